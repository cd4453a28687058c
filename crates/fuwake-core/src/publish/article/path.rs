//! The way of the mail, with its picture, and the map.

use super::teller::Teller;
use crate::case::{HopRecord, HostRecord};
use crate::mail::received::Trust;
use crate::publish::words::article::path::*;
use crate::publish::{map as maps, path as paths};
use crate::report::{Block, Cell, Content, Figure, Map, Path, Plain, Section};

/// How many names are given of what nobody vouches for, and how many findings on the way are told.
const NAMES: usize = 3;
const TOLD: usize = 2;
/// How many hosts are on the map, as in the report.
const HOSTS: usize = 24;
/// Findings on the way that are told beside what the sentences here say themselves.
const ODDITIES: [&str; 8] = [
    "forged-trace-line",
    "helo-lies",
    "date-contradicts-arrival",
    "sent-by-web-script",
    "sending-host-numbered",
    "origin-at-rented-machine",
    "origin-on-blocklist",
    "zone-of-elsewhere",
];

pub(super) fn section(teller: &Teller<'_>) -> Section {
    let Some(hop) = origin(teller) else {
        let blocks = teller.paragraph(&[teller.tell(NO_HOPS)]).into_iter().collect();
        return super::section("path", teller.title(TITLE), blocks);
    };
    let odd: Vec<String> = ODDITIES.iter().filter_map(|id| teller.explained(id)).take(TOLD).collect();
    let doubtful = teller.mail.mail.hops.iter().any(|hop| hop.trust != Trust::Observed);
    let how = teller.tell(if doubtful { HOW } else { HOW_OBSERVED });
    let paragraphs = [vec![how], machine(teller, hop), place(teller, hop), odd, claimed(teller)];
    let mut blocks: Vec<Block> =
        paragraphs.iter().filter_map(|sentences| teller.paragraph(sentences)).collect();
    blocks.extend(picture(teller).map(Block::Figure));
    super::section("path", teller.title(TITLE), blocks)
}

/// The line that tells where the mail came from.
fn origin<'c>(teller: &Teller<'c>) -> Option<&'c HopRecord> {
    let origin = teller.mail.mail.origin.as_ref()?;
    teller.mail.mail.hops.get(origin.hop)
}

/// Which machine it was, and what it called itself.
fn machine(teller: &Teller<'_>, hop: &HopRecord) -> Vec<String> {
    let Some(origin) = &teller.mail.mail.origin else { return Vec::new() };
    let ip = origin.ip.to_string();
    let seen = if origin.trust == Trust::Corroborated { ORIGIN_CORROBORATED } else { ORIGIN_OBSERVED };
    let mut sentences = vec![teller.say(seen, &[("ip", &ip)])];
    let confirmed = teller.ledger.confirmed_name(origin.ip).map(|(name, _)| name);
    let name = confirmed.or(hop.reverse_dns.as_deref());
    match name {
        Some(name) => {
            let sentence = match (confirmed.is_some(), hop.reverse_dns_unconfirmed) {
                (true, _) => NAMED_CONFIRMED,
                (false, true) => NAMED_UNCONFIRMED,
                (false, false) => NAMED,
            };
            sentences.push(teller.say(sentence, &[("name", name)]));
        }
        None if origin.trust == Trust::Observed => sentences.push(teller.tell(NAMELESS)),
        None => {}
    }
    let helo = hop.helo.as_deref().filter(|helo| Some(*helo) != name && hop.ip == Some(origin.ip));
    sentences.extend(helo.map(|helo| teller.say(HELO, &[("helo", helo)])));
    if let Some(user) = hop.authenticated_user.as_deref() {
        let from = teller.mail.mail.from.as_ref().and_then(|from| from.address.as_deref());
        let same = from.is_some_and(|from| from.eq_ignore_ascii_case(user));
        let sentence = if same { LOGGED_IN } else { LOGGED_IN_OTHER };
        sentences.push(teller.say(sentence, &[("user", user)]));
    }
    sentences
}

/// Who lends it out, and where it stands.
fn place(teller: &Teller<'_>, _: &HopRecord) -> Vec<String> {
    let Some(origin) = &teller.mail.mail.origin else { return Vec::new() };
    let ip = origin.ip.to_canonical();
    let mut sentences: Vec<String> =
        teller.holder(ip).map(|holder| teller.say(HOLDER, &[("holder", &holder)])).into_iter().collect();
    if let Some((place, record)) = teller.place(ip) {
        let places: Vec<&str> =
            record.tables.iter().map(String::as_str).filter(|table| !table.contains("asn")).collect();
        let table = places.join(teller.writer.words.comma);
        sentences.push(teller.say(PLACE, &[("place", &place), ("table", &table)]));
        sentences.push(teller.tell(PLACE_ROUGH));
    }
    sentences
}

/// What earlier lines say that nobody vouches for.
fn claimed(teller: &Teller<'_>) -> Vec<String> {
    let hops = teller.mail.mail.hops.iter().filter(|hop| hop.trust == Trust::Claimed);
    let named = hops.filter_map(|hop| hop.by.clone().or_else(|| hop.helo.clone()));
    let mut names: Vec<String> = Vec::new();
    for name in named {
        if !names.contains(&name) && names.len() < NAMES {
            names.push(name);
        }
    }
    if names.is_empty() {
        return Vec::new();
    }
    vec![teller.say(CLAIMED, &[("names", &names.join(teller.writer.words.comma))])]
}

fn picture(teller: &Teller<'_>) -> Option<Figure> {
    let blocks = paths::section(teller.writer, teller.mail).blocks;
    let path: Path = blocks.into_iter().find_map(|block| match block {
        Block::Path(path) => Some(path),
        _ => None,
    })?;
    let stops: Vec<&str> = path.stops.iter().map(|stop| stop.name.as_str()).collect();
    let alt = PATH_ALT.fill(teller.language(), &[("stops", &stops.join(" → "))]);
    Some(Figure {
        file: format!("path.{}.svg", teller.language().tag()),
        content: Content::Path(path),
        alt: Plain::new(alt),
        caption: teller.title(PATH_CAPTION),
        frame: None,
    })
}

/// The map with its legend; none where no place is known.
pub(super) fn map(teller: &Teller<'_>) -> Option<Section> {
    let hosts: Vec<&HostRecord> = teller.mail.hosts.iter().take(HOSTS).collect();
    let map: Map = maps::map(teller.writer, maps::passed(teller.mail), &hosts, &teller.ledger)?;
    let legend = map.points.iter().map(|point| {
        let text = format!("{} — {} ({})", point.name, point.place, point.role);
        Cell { text: Plain::new(text), ..Cell::default() }
    });
    let legend = Block::Steps(legend.collect());
    let points: Vec<String> =
        map.points.iter().map(|point| format!("{} {}", point.name, point.place)).collect();
    let alt = MAP_ALT.fill(teller.language(), &[("points", &points.join(teller.writer.words.comma))]);
    let figure = Figure {
        file: format!("map.{}.svg", teller.language().tag()),
        alt: Plain::new(alt),
        caption: map.note.clone(),
        content: Content::Map(map),
        frame: None,
    };
    let lead = teller.paragraph(&[teller.tell(MAP_LEAD)]);
    let blocks = lead.into_iter().chain([Block::Figure(figure), legend]).collect();
    Some(super::section("map", teller.title(MAP), blocks))
}
