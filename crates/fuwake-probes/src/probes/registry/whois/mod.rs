//! WHOIS (RFC 3912): one line out, text back, in a form of each registry's own.

#[cfg(feature = "network")]
mod asking;
mod domain;
mod fields;
mod network;
mod sentences;
mod text;

use std::net::IpAddr;

#[cfg(feature = "network")]
pub(super) use asking::Whois;
use fields::Fields;

/// Reads an answer as a domain's and as a block's.
pub(super) fn read_any(bytes: &[u8], server: &str, domain: &str, ip: IpAddr) {
    let answer = text::decode(bytes, server);
    let fields = Fields::read(&answer);
    let _ = (domain::read(&answer, server, domain), network::read(&fields, &answer, server, ip));
    let _ = network::referral(&fields);
}
