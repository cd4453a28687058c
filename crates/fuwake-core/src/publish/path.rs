//! The way that the mail came, and where it began.

use super::moment::moment;
use super::writer::Writer;
use crate::case::{Dissection, HopRecord};
use crate::mail::received::Trust;
use crate::report::{Block, Cell, Fact, Path, Section, Step, Stop, Tone};

/// How many stops are shown; the newest ones, which are believed.
const STOPS: usize = 24;

/// Path and origin.
pub(super) fn section(writer: &Writer, mail: &Dissection) -> Section {
    let words = &writer.words.path;
    let hops = &mail.mail.hops;
    let shown = &hops[hops.len().saturating_sub(STOPS)..];
    let way = match shown.first() {
        None => Block::Paragraph(writer.word(words.no_hops)),
        Some(first) => Block::Path(Path {
            caption: writer.word(words.caption),
            boundary: writer.word(words.boundary),
            stops: stops(writer, first, shown),
        }),
    };
    let blocks = vec![way, Block::Facts(origin(writer, mail))];
    Section { id: "path", title: writer.word(writer.words.sections.path), blocks }
}

fn stops(writer: &Writer, first: &HopRecord, hops: &[HopRecord]) -> Vec<Stop> {
    let words = &writer.words.path;
    let source = first.reverse_dns.as_ref().or(first.helo.as_ref());
    let mut stops = vec![Stop {
        name: named(writer, source.map(String::as_str).or(first.ip.map(|ip| ip.to_string()).as_deref())),
        role: writer.word(words.source),
        step: None,
        is_boundary: false,
    }];
    let boundary = hops.iter().position(|hop| hop.trust == Trust::Observed);
    for (at, hop) in hops.iter().enumerate() {
        let role = if hop.trust == Trust::Observed { words.receiver } else { words.relay };
        stops.push(Stop {
            name: named(writer, hop.by.as_deref()),
            role: writer.word(role),
            step: Some(step(writer, hop)),
            is_boundary: boundary == Some(at),
        });
    }
    stops
}

fn named(writer: &Writer, name: Option<&str>) -> crate::report::Plain {
    name.map_or_else(|| writer.word(writer.words.path.unnamed), |name| writer.line(name))
}

/// A trust level and how it looks.
pub(super) const fn trust(trust: Trust) -> (&'static str, Tone) {
    match trust {
        Trust::Observed => ("observed", Tone::Good),
        Trust::Corroborated => ("corroborated", Tone::Neutral),
        Trust::Claimed => ("claimed", Tone::Warning),
    }
}

fn step(writer: &Writer, hop: &HopRecord) -> Step {
    let words = &writer.words.path;
    let (name, tone) = trust(hop.trust);
    let label = writer.words.name(name);
    let ip = hop.ip.map(|ip| ip.to_string());
    let delay = hop.delay_seconds.map(|seconds| delay(writer, seconds));
    let short: Vec<&str> =
        ip.iter().map(String::as_str).chain(delay.as_ref().map(|cell| cell.text.as_str())).collect();
    let reverse = hop.reverse_dns.as_ref().map(|name| {
        if hop.reverse_dns_unconfirmed { format!("{name} {}", words.unconfirmed) } else { name.clone() }
    });
    let mut facts: Vec<Fact> = vec![writer.fact(words.trust, writer.toned(label, tone))];
    facts.extend(writer.optional(words.ip, ip.as_deref()));
    facts.extend(writer.optional(words.reverse_dns, reverse.as_deref()));
    facts.extend(writer.optional(words.helo, hop.helo.as_deref()));
    facts.extend(writer.optional(words.user, hop.authenticated_user.as_deref()));
    facts.extend(writer.optional(words.with, hop.with.as_deref()));
    facts.extend(hop.at.as_deref().map(|at| writer.fact(words.at, writer.word_cell(&moment(at)))));
    let short = writer.line(&short.join(" · "));
    facts.extend(delay.map(|cell| writer.fact(words.delay, cell)));
    Step { trust: hop.trust, trust_label: writer.word(label), tone, short, facts }
}

fn delay(writer: &Writer, seconds: i64) -> Cell {
    let text = duration(writer.words.path.units, seconds.unsigned_abs());
    if seconds < 0 {
        return writer.toned(&format!("−{text} ({})", writer.words.path.skew), Tone::Warning);
    }
    writer.word_cell(&text)
}

fn duration([days, hours, minutes, in_seconds]: [&str; 4], seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds}{in_seconds}"),
        60..3_600 => format!("{}{minutes} {}{in_seconds}", seconds / 60, seconds % 60),
        3_600..86_400 => format!("{}{hours} {}{minutes}", seconds / 3_600, seconds % 3_600 / 60),
        _ => format!("{}{days} {}{hours}", seconds / 86_400, seconds % 86_400 / 3_600),
    }
}

fn origin(writer: &Writer, mail: &Dissection) -> Vec<Fact> {
    let words = &writer.words.path;
    let mut facts = match &mail.mail.origin {
        None => vec![writer.fact(words.origin, writer.toned(words.no_origin, Tone::Faint))],
        Some(origin) => {
            let (name, tone) = trust(origin.trust);
            vec![
                writer.fact(words.origin, writer.code(&origin.ip.to_string())),
                writer.fact(words.origin_trust, writer.toned(writer.words.name(name), tone)),
            ]
        }
    };
    facts.extend(writer.optional(words.claimed_client, mail.mail.claimed_client.as_deref()));
    facts
}

#[cfg(test)]
mod tests {
    use super::duration;

    const UNITS: [&str; 4] = [" d", " h", " min", " s"];

    #[test]
    fn durations_are_readable() {
        assert_eq!(duration(UNITS, 8), "8 s");
        assert_eq!(duration(UNITS, 125), "2 min 5 s");
        assert_eq!(duration(UNITS, 7_320), "2 h 2 min");
        assert_eq!(duration(UNITS, 90_000), "1 d 1 h");
    }
}
