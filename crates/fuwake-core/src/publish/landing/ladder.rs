//! The way from the link to the page, step by step.

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::super::moment::moment;
use super::{Telling, Visited, host_of};
use crate::domain::registrable;
use crate::evidence::visit::{Certificate, Step};
use crate::knowledge::domains::is_within;
use crate::report::{Cell, Fact, HostPiece, Ladder, Plain, Rung, Tone};

/// Of a longer way the middle is left out.
const FIRST: usize = 16;
const LAST: usize = 4;
/// From this length on a brand's name is looked for inside of a label; a shorter one must be a word of it.
const TELLING: usize = 4;

/// A step, where it stands, and when it was made.
struct Place<'c> {
    at: usize,
    of: usize,
    step: &'c Step,
    before: Option<&'c Step>,
    when: Option<&'c str>,
}

impl Telling<'_> {
    /// The way that a visit went.
    pub(super) fn ladder(&self, visited: &Visited<'_>) -> Ladder {
        let steps = &visited.visit.steps;
        let of = steps.len();
        let places = steps.iter().enumerate().map(|(at, step)| Place {
            at,
            of,
            step,
            before: at.checked_sub(1).and_then(|before| steps.get(before)),
            when: step.at.as_deref().or(visited.at),
        });
        let shown = places.filter(|place| place.at < FIRST || place.at + LAST >= of);
        let rungs = shown.map(|place| self.rung(&place)).collect();
        Ladder { caption: self.writer.word(self.words.way), rungs }
    }

    fn rung(&self, place: &Place<'_>) -> Rung {
        let words = self.words;
        let role = match place.at {
            0 if place.of == 1 => words.roles[3],
            0 => words.roles[0],
            at if at + 1 == place.of => words.roles[2],
            _ => words.roles[1],
        };
        let crosses = place.before.is_some_and(|before| {
            domain(&before.url) != domain(&place.step.url)
                && !self.are_brands_own(&before.url, &place.step.url)
        });
        let official = self.is_official(&place.step.url);
        let host = self.host_pieces(&place.step.url, official);
        let tone = match official {
            true => Tone::Good,
            false if host.iter().any(|piece| piece.is_marked) => Tone::Bad,
            false => Tone::Neutral,
        };
        Rung {
            number: place.at + 1,
            led_by: place.before.map(|_| self.writer.word(words.step(place.step.kind))),
            crossing: crosses.then(|| self.writer.word(words.crossing)),
            role: self.writer.word(role),
            status: self.status(place.step),
            host,
            tone,
            short: self.short(place),
            facts: self.step_facts(place),
        }
    }

    fn status(&self, step: &Step) -> Cell {
        match step.status {
            Some(status) => self.writer.word_cell(&status.to_string()),
            None => self.writer.toned(self.words.no_answer, Tone::Warning),
        }
    }

    /// The host of a URL, its labels apart. A label that bears the name of a brand it does not belong to is marked.
    fn host_pieces(&self, url: &str, official: bool) -> Vec<HostPiece> {
        let url = self.writer.line(url);
        let names = if official { Vec::new() } else { self.names() };
        let labels = host_of(url.as_str()).split_inclusive("[.]");
        let mut pieces: Vec<HostPiece> = Vec::new();
        for label in labels {
            let bare = label.trim_end_matches("[.]");
            let is_marked = names.iter().any(|name| bears(bare, name));
            for (text, is_marked) in [(bare, is_marked), (label.get(bare.len()..).unwrap_or_default(), false)]
            {
                match pieces.last_mut() {
                    _ if text.is_empty() => {}
                    Some(last) if last.is_marked == is_marked => {
                        last.text = Plain::new(format!("{}{text}", last.text));
                    }
                    _ => pieces.push(HostPiece { text: Plain::new(text.to_owned()), is_marked }),
                }
            }
        }
        pieces
    }

    /// Two domains of one brand: no other owner begins at the second.
    pub(super) fn are_brands_own(&self, one: &str, other: &str) -> bool {
        let own = |url: &str| {
            let host = name_of(url).to_ascii_lowercase();
            let mut domains = self.record.brand.iter().flat_map(|brand| &brand.official_domains);
            domains.any(|own| is_within(&host, own))
        };
        own(one) && own(other)
    }

    /// A host of the brand's that the page or the mail wears.
    fn is_official(&self, url: &str) -> bool {
        let host = name_of(url).to_ascii_lowercase();
        let mut worn = self.record.brand.iter().flat_map(|brand| &brand.official_domains);
        self.writer.is_official(&host) || worn.any(|own| is_within(&host, own))
    }

    /// What the brands are called that the page or the mail wears, as it can stand in a host's name.
    fn names(&self) -> Vec<String> {
        let label = |domain: &'_ String| registrable(domain)?.split('.').next().map(str::to_owned);
        let worn = self.record.brand.iter().flat_map(|brand| {
            let names = [brand.id.clone(), brand.name.clone()];
            names.into_iter().chain(brand.official_domains.iter().filter_map(label))
        });
        let told = self.mail.iter().flat_map(|mail| &mail.impersonation).flat_map(|brand| {
            let names = brand.brand.iter().chain([&brand.name]).cloned();
            names.chain(brand.official_domains.iter().filter_map(label))
        });
        let ascii = worn.chain(told).filter(|name| name.is_ascii()).map(|name| folded(&name));
        ascii.filter(|name| name.len() > 1).collect()
    }

    /// Address and certificate.
    fn short(&self, place: &Place<'_>) -> Vec<Plain> {
        let words = self.words;
        let address = place.step.ip.map(|ip| self.writer.line(&ip.to_string()));
        let certificate = match &place.step.certificate {
            Some(certificate) => {
                let issuer = words.certificate_short.replace("{issuer}", &certificate.issuer);
                let parts = [Some(issuer), self.age(certificate, place.when)];
                let parts: Vec<String> = parts.into_iter().flatten().collect();
                Some(self.writer.line(&parts.join(self.writer.words.comma)))
            }
            None if place.step.url.starts_with("http:") => Some(self.writer.word(words.unencrypted)),
            None => None,
        };
        address.into_iter().chain(certificate).collect()
    }

    fn step_facts(&self, place: &Place<'_>) -> Vec<Fact> {
        let (words, writer, step) = (self.words, self.writer, place.step);
        let mut facts = vec![writer.fact(words.url, writer.code(&step.url))];
        let unicode = unicode(name_of(&step.url));
        facts.extend(unicode.map(|name| writer.fact(writer.words.links.host, writer.code(&name))));
        facts.extend(
            self.wrapper(place).map(|name| writer.fact(writer.words.links.wrapper, writer.word_cell(name))),
        );
        let official = self.is_official(&step.url);
        let worn = self.host_pieces(&step.url, official).into_iter().filter(|piece| piece.is_marked);
        let worn: Vec<Cell> = worn
            .map(|piece| Cell { text: piece.text, code: true, tone: Tone::Bad, ..Cell::default() })
            .collect();
        facts.extend((!worn.is_empty()).then(|| writer.facts(words.worn, worn)));
        facts.push(writer.fact(words.status, self.status(step)));
        facts.extend(step.fault.as_deref().map(|fault| {
            let known = words.name(fault);
            let text = if known == fault { fault.to_owned() } else { format!("{known} ({fault})") };
            writer.fact(words.fault, writer.prose(&text))
        }));
        facts.extend(
            writer.optional(writer.words.hosts.addresses, step.ip.map(|ip| ip.to_string()).as_deref()),
        );
        facts.extend(step.certificate.as_ref().map(|certificate| self.certificate(certificate, place.when)));
        facts.extend(step.at.as_deref().map(|at| writer.fact(words.at, writer.word_cell(&moment(at)))));
        facts
    }

    /// What kind of redirector the link is.
    fn wrapper(&self, place: &Place<'_>) -> Option<&'static str> {
        let wrapper = self.links().filter(|_| place.at == 0).find_map(|link| link.wrapper)?;
        Some(self.writer.words.name(wrapper))
    }

    fn certificate(&self, certificate: &Certificate, when: Option<&str>) -> Fact {
        let (words, writer) = (self.words, self.writer);
        let mut values = vec![writer.prose(&certificate.issuer)];
        let span = [&certificate.from, &certificate.until]
            .map(|date| date.as_deref().map(moment).unwrap_or_default());
        if span.iter().any(|date| !date.is_empty()) {
            let age = self.age(certificate, when).map(|age| format!(" ({age})")).unwrap_or_default();
            values.push(writer.prose(&format!("{} – {}{age}", span[0], span[1])));
        }
        let names: Vec<&str> = certificate.names.iter().take(4).map(String::as_str).collect();
        if !names.is_empty() {
            values.push(writer.code(&names.join(", ")));
        }
        if !certificate.is_trusted {
            values.push(writer.toned(words.not_trusted, Tone::Warning));
        }
        writer.facts(words.certificate, values)
    }

    /// How old a certificate was when the page was visited.
    fn age(&self, certificate: &Certificate, when: Option<&str>) -> Option<String> {
        let instant = |date: &str| OffsetDateTime::parse(date, &Rfc3339).ok();
        let days = (instant(when?)? - instant(certificate.from.as_deref()?)?).whole_days();
        match days {
            0 => Some(self.words.age_now.to_owned()),
            1 => Some(self.words.age_one.to_owned()),
            days if days > 0 => Some(self.words.age.replace("{days}", &days.to_string())),
            _ => None,
        }
    }
}

/// The host of a URL without its port.
pub(super) fn name_of(url: &str) -> &str {
    let host = host_of(url);
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

/// What one buys to have the host of a URL; the host where nobody sells it.
pub(super) fn domain(url: &str) -> String {
    let host = name_of(url).to_ascii_lowercase();
    registrable(&host).map_or(host.clone(), str::to_owned)
}

/// A name with what it spells, where it is written in A-labels (RFC 5891).
fn unicode(host: &str) -> Option<String> {
    let (unicode, _) = idna::domain_to_unicode(host);
    (unicode != host.to_ascii_lowercase()).then(|| format!("{host} ({unicode})"))
}

/// Letters and digits alone, in lower case.
fn folded(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// Whether a label has a name in it.
fn bears(label: &str, name: &str) -> bool {
    if name.len() >= TELLING {
        return folded(label).contains(name);
    }
    label.split(['-', '_']).any(|word| word.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_bear_a_name() {
        assert!(
            bears("eki-net", "ekinet") && bears("login-kagoya-net", "kagoya") && bears("jcb-card", "jcb")
        );
        assert!(!bears("ajcbx", "jcb") && !bears("montaly", "ekinet"));
    }

    #[test]
    fn domains_of_hosts() {
        assert_eq!(domain("https://www.Shop.example.co.jp:8443/x"), "example.co.jp");
        assert_eq!(domain("http://203.0.113.7:8080/"), "203.0.113.7");
        assert_eq!(unicode("shop.example.jp"), None);
    }
}
