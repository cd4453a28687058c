//! SPF records (RFC 7208 sections 4.5, 4.6, 5, 6 and 12).

use std::net::{Ipv4Addr, Ipv6Addr};

use super::macros::Template;

/// A record, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) directives: Vec<Directive>,
    /// Where to go on if none of them matches, and the term as written.
    pub(super) redirect: Option<(Template, String)>,
    pub(super) explanation: Option<Template>,
}

/// A mechanism and what follows where it matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Directive {
    pub(super) result: &'static str,
    pub(super) mechanism: Mechanism,
    /// As written.
    pub(super) text: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mechanism {
    All,
    Include(Template),
    A(Target),
    Mx(Target),
    Ptr(Option<Template>),
    Ip4(Ipv4Addr, u8),
    Ip6(Ipv6Addr, u8),
    Exists(Template),
}

/// A domain, else the one whose record it is, and how many bits of its addresses count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) domain: Option<Template>,
    pub(super) bits4: u8,
    pub(super) bits6: u8,
}

/// Whether a TXT record is an SPF record (RFC 7208 section 4.5).
pub(super) fn is_record(text: &str) -> bool {
    let version = text.get(..6).filter(|version| version.eq_ignore_ascii_case("v=spf1"));
    version.is_some() && matches!(text.as_bytes().get(6), None | Some(b' '))
}

impl Record {
    /// Reads a record; else the term that is wrong.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut record = Self::default();
        for term in text.get(6..).unwrap_or_default().split(' ').filter(|term| !term.is_empty()) {
            record.add(term).ok_or_else(|| term.chars().take(200).collect::<String>())?;
        }
        Ok(record)
    }

    fn add(&mut self, term: &str) -> Option<()> {
        if let Some((name, value)) = modifier(term) {
            return self.add_modifier(&name, value, term);
        }
        let result = match term.chars().next()? {
            '-' => "fail",
            '~' => "softfail",
            '?' => "neutral",
            _ => "pass",
        };
        let mechanism = mechanism(term.strip_prefix(['+', '-', '~', '?']).unwrap_or(term))?;
        self.directives.push(Directive { result, mechanism, text: term.to_owned() });
        Some(())
    }

    fn add_modifier(&mut self, name: &str, value: &str, term: &str) -> Option<()> {
        match name {
            "redirect" if self.redirect.is_none() => {
                self.redirect = Some((Template::domain(value)?, term.to_owned()));
            }
            "exp" if self.explanation.is_none() => self.explanation = Some(Template::domain(value)?),
            "redirect" | "exp" => return None,
            _ => drop(Template::parse(value, false)?),
        }
        Some(())
    }
}

/// `name=value`, where nothing that belongs to no name comes before the sign.
fn modifier(term: &str) -> Option<(String, &str)> {
    let (name, value) = term.split_once('=')?;
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    is_name.then(|| (name.to_ascii_lowercase(), value))
}

fn mechanism(text: &str) -> Option<Mechanism> {
    let end = text.find([':', '/']).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let argument = rest.strip_prefix(':');
    Some(match name.to_ascii_lowercase().as_str() {
        "all" if rest.is_empty() => Mechanism::All,
        "include" => Mechanism::Include(Template::domain(argument?)?),
        "exists" => Mechanism::Exists(Template::domain(argument?)?),
        "a" => Mechanism::A(target(rest)?),
        "mx" => Mechanism::Mx(target(rest)?),
        "ptr" if rest.is_empty() => Mechanism::Ptr(None),
        "ptr" => Mechanism::Ptr(Some(Template::domain(argument?)?)),
        "ip4" => {
            let (address, bits) = network(argument?, 32)?;
            Mechanism::Ip4(address.parse().ok()?, bits)
        }
        "ip6" => {
            let (address, bits) = network(argument?, 128)?;
            Mechanism::Ip6(address.parse().ok()?, bits)
        }
        _ => return None,
    })
}

/// `[:domain][/bits][//bits]`.
fn target(rest: &str) -> Option<Target> {
    let (rest, bits6) = length(rest, "//", 128)?;
    let (rest, bits4) = length(rest, "/", 32)?;
    let domain = match rest.strip_prefix(':') {
        Some(domain) => Some(Template::domain(domain)?),
        None if rest.is_empty() => None,
        None => return None,
    };
    Some(Target { domain, bits4: bits4.unwrap_or(32), bits6: bits6.unwrap_or(128) })
}

fn network(text: &str, most: u8) -> Option<(&str, u8)> {
    match text.split_once('/') {
        Some((address, length)) => Some((address, bits(length, most)?)),
        None => Some((text, most)),
    }
}

/// The text without a prefix length at its end, and that length; none where the length is too large. Anything else after the sign
/// belongs to the name.
fn length<'t>(text: &'t str, sign: &str, most: u8) -> Option<(&'t str, Option<u8>)> {
    let Some((before, digits)) = text.rsplit_once(sign) else { return Some((text, None)) };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some((text, None));
    }
    Some((before, Some(bits(digits, most)?)))
}

fn bits(digits: &str, most: u8) -> Option<u8> {
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    let has_zero = digits.len() > 1 && digits.starts_with('0');
    digits.parse().ok().filter(|bits| is_number && !has_zero && *bits <= most)
}
