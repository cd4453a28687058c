//! Which trace lines were written by a server that the recipient trusts.

use std::net::IpAddr;

/// A network in CIDR notation (RFC 4632); a lone address is a network of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    /// The network address.
    pub address: IpAddr,
    /// How many leading bits count.
    pub prefix: u8,
}
