//! RDAP: what registries say as JSON (RFC 9082, RFC 9083), found by IANA's bootstrap registries (RFC 9224).

#[cfg(feature = "network")]
mod asking;
#[cfg(feature = "network")]
mod bootstrap;
mod card;
mod object;
mod services;

use std::net::IpAddr;

use serde_json::Value;

#[cfg(feature = "network")]
pub(super) use asking::Rdap;

/// Reads an answer as each kind of object, and as a bootstrap registry.
pub(super) fn read_any(bytes: &[u8], domain: &str, ip: IpAddr, number: u32) {
    if let Some(services) = services::Services::read(bytes) {
        let _ = (services.of_domain(domain), services.of_address(ip), services.of_number(number));
    }
    let Ok(answer) = serde_json::from_slice::<Value>(bytes) else { return };
    let _ = (object::registration(&answer, domain), object::network(&answer, ip));
    let _ =
        (object::autonomous_system(&answer, number), object::related(&answer), object::error_code(&answer));
}
