//! Where a mail entered, as far as trace lines can be trusted.

use std::net::IpAddr;

use crate::mail::received::Trust;

/// The address that the mail came from, and the line that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The peer address.
    pub ip: IpAddr,
    /// The hop (0 = oldest) that recorded it.
    pub hop: usize,
    /// How far that line is believed; never [`Trust::Claimed`].
    pub trust: Trust,
}
