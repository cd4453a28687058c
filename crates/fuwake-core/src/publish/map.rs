//! Where the servers that a mail passed and the hosts involved are, as far as tables on this machine tell.

use std::net::IpAddr;

use super::country::country;
use super::hosts::roles;
use super::moment::moment;
use super::writer::Writer;
use crate::case::{Dissection, HopRecord, HostRecord, Language};
use crate::evidence::{Ledger, Place};
use crate::inquiry::Role;
use crate::mail::received::Trust;
use crate::report::{Map, MapPoint, Plain};

/// Autonomous systems of delivery networks with their names; source: `data/map/README.md`.
const DELIVERY_NETWORKS: &str = include_str!("../../../../data/map/delivery-networks.tsv");

/// How far off a place is taken to be where the table does not say, in kilometres: a city's, a region's, a country's.
const CITY: f64 = 50.0;
const REGION: f64 = 200.0;
const COUNTRY: f64 = 500.0;

/// The servers that a mail passed: from its origin on, for of earlier ones anybody can write; up to the recipient's own, whose place
/// is the recipient's.
pub(super) fn passed(mail: &Dissection) -> &[HopRecord] {
    let origin = mail.mail.origin.as_ref().map(|origin| origin.hop);
    let hops = origin.and_then(|origin| mail.mail.hops.get(origin..)).unwrap_or_default();
    let arrival = hops.iter().position(|hop| hop.trust == Trust::Observed);
    arrival.and_then(|arrival| hops.get(..=arrival)).unwrap_or(hops)
}

/// The hosts whose place a table knows: those that the mail passed, in order of time, then the others by their roles.
pub(super) fn map(
    writer: &Writer,
    hops: &[HopRecord],
    hosts: &[&HostRecord],
    ledger: &Ledger,
) -> Option<Map> {
    let mut points: Vec<MapPoint> = Vec::new();
    let mut tables: Vec<&str> = Vec::new();
    let mut drawn: Vec<IpAddr> = Vec::new();
    for hop in hops {
        let Some(ip) = hop.ip.map(|ip| ip.to_canonical()).filter(|ip| !drawn.contains(ip)) else { continue };
        let Some(place) = ledger.place(ip).found().map(|(place, _)| place) else { continue };
        let host = hosts.iter().find(|host| host.addresses.contains(&ip));
        let name = host.and_then(|host| host.name.clone()).or_else(|| hop.reverse_dns.clone());
        let role = host.map_or_else(|| writer.words.path.relay.to_owned(), |host| roles(writer, host));
        let Some(mut point) = point(writer, &name.unwrap_or_else(|| ip.to_string()), &role, place) else {
            continue;
        };
        point.at = hop.at.as_deref().map(|at| writer.word(&moment(at)));
        point.is_origin = host.is_some_and(|host| host.roles.contains(&Role::Origin));
        points.push(point);
        drawn.push(ip);
        tables.extend(place.tables.iter().map(String::as_str));
    }
    let passed = points.len();
    for host in hosts.iter().filter(|host| !host.addresses.iter().any(|ip| drawn.contains(ip))) {
        let Some(place) = host.addresses.iter().find_map(|ip| Some(ledger.place(*ip).found()?.0)) else {
            continue;
        };
        let name = host.name.clone().unwrap_or_else(|| host.addresses[0].to_string());
        let Some(mut point) = point(writer, &name, &roles(writer, host), place) else { continue };
        point.is_origin = host.roles.contains(&Role::Origin);
        points.push(point);
        tables.extend(place.tables.iter().map(String::as_str));
    }
    tables.sort_unstable();
    tables.dedup();
    points.iter_mut().enumerate().for_each(|(at, point)| point.number = at + 1);
    (!points.is_empty()).then(|| Map {
        caption: writer.word(writer.words.hosts.map),
        note: note(writer, &tables),
        recipient: writer.word(writer.words.hosts.recipient_side),
        points,
        passed,
    })
}

/// A point without a number; none where the table has no position.
fn point(writer: &Writer, name: &str, role: &str, place: &Place) -> Option<MapPoint> {
    let guess = match (&place.city, &place.region) {
        (Some(_), _) => CITY,
        (None, Some(_)) => REGION,
        (None, None) => COUNTRY,
    };
    Some(MapPoint {
        number: 0,
        latitude: place.latitude?,
        longitude: place.longitude?,
        radius: place.radius.map_or(guess, f64::from),
        is_origin: false,
        is_edge: delivery_network(place).is_some(),
        name: writer.line(name),
        place: writer.line(&place_name(writer, place)),
        role: writer.word(role),
        at: None,
    })
}

/// Whose tables they are, as their licence wants it said (DB-IP Lite, CC BY 4.0): the link is none of the mail's.
fn note(writer: &Writer, tables: &[&str]) -> Plain {
    let note = writer.line(&format!("{} {}", writer.words.hosts.map_note, tables.join(writer.words.comma)));
    if tables.iter().any(|table| table.starts_with("dbip-")) {
        return writer.word(&format!("{note} (IP Geolocation by DB-IP, https://db-ip.com, CC BY 4.0)"));
    }
    note
}

/// From the large to the small, as Japanese writes it, or the other way around; an edge of a delivery network is called one.
pub(super) fn place_name(writer: &Writer, place: &Place) -> String {
    let land = place.country.as_deref().map(|code| country(writer.words.language, code));
    let mut parts: Vec<String> =
        [land, place.region.clone(), place.city.clone()].into_iter().flatten().collect();
    parts.dedup();
    let name = if writer.words.language == Language::En {
        parts.reverse();
        parts.join(", ")
    } else {
        parts.join(" ")
    };
    match delivery_network(place) {
        Some(network) => format!("{name} · {}", writer.words.hosts.edge.replace("{network}", network)),
        None => name,
    }
}

/// The delivery network that announces an address.
fn delivery_network(place: &Place) -> Option<&'static str> {
    let system = place.system?.to_string();
    let mut rows = DELIVERY_NETWORKS.lines().filter_map(|line| line.split_once('\t'));
    rows.find(|(number, _)| *number == system).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_of_delivery_networks_are_known_by_their_system() {
        let of = |system| delivery_network(&Place { system: Some(system), ..Place::default() });
        assert_eq!((of(13335), of(9370)), (Some("Cloudflare"), None));
    }
}
