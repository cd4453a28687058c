//! Macros in SPF records (RFC 7208 section 7).

use std::fmt::Write as _;
use std::net::IpAddr;

/// The longest name that is asked about, in octets (RFC 7208 section 7.3).
const LONGEST: usize = 253;

/// A macro-string, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Template(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Literal(String),
    Macro(Macro),
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Macro {
    /// Lower case.
    letter: char,
    /// The letter was a capital: the value is escaped as in a URL (RFC 3986 section 2.3).
    escaped: bool,
    /// How many of the right-hand parts are kept; none: all.
    parts: Option<usize>,
    reversed: bool,
    delimiters: String,
}

/// What macros stand for.
#[derive(Clone, Debug)]
pub(super) struct Values<'v> {
    pub(super) ip: IpAddr,
    pub(super) local: &'v str,
    pub(super) sender_domain: &'v str,
    pub(super) helo: &'v str,
    /// The domain whose record is read.
    pub(super) domain: &'v str,
    /// The client's name, confirmed (`%{p}`).
    pub(super) confirmed: &'v str,
    /// Seconds since 1970.
    pub(super) now: i64,
}

impl Template {
    /// Reads a macro-string; `for_reader` allows what only explanations may use.
    pub(super) fn parse(text: &str, for_reader: bool) -> Option<Self> {
        let (mut pieces, mut literal, mut rest) = (Vec::new(), String::new(), text);
        while let Some(first) = rest.chars().next() {
            rest = rest.strip_prefix(first)?;
            if first != '%' {
                if !(first.is_ascii_graphic() || for_reader && first == ' ') {
                    return None;
                }
                literal.push(first);
                continue;
            }
            let sign = rest.chars().next()?;
            rest = rest.get(1..)?;
            match sign {
                '%' => literal.push('%'),
                '_' => literal.push(' '),
                '-' => literal.push_str("%20"),
                '{' => {
                    let (inside, after) = rest.split_once('}')?;
                    pieces.push(Piece::Literal(std::mem::take(&mut literal)));
                    pieces.push(Piece::Macro(Macro::parse(inside, for_reader)?));
                    rest = after;
                }
                _ => return None,
            }
        }
        pieces.push(Piece::Literal(literal));
        pieces.retain(|piece| *piece != Piece::Literal(String::new()));
        Some(Self(pieces))
    }

    /// Reads a domain-spec: it ends in a macro or in a top label (RFC 7208 section 7.1).
    pub(super) fn domain(text: &str) -> Option<Self> {
        let template = Self::parse(text, false)?;
        let ends_in_macro = text.ends_with('}') && matches!(template.0.last(), Some(Piece::Macro(_)))
            || ["%%", "%_", "%-"].iter().any(|end| text.ends_with(end));
        (ends_in_macro || ends_in_top_label(text)).then_some(template)
    }

    /// Whether it needs the client's confirmed name.
    pub(super) fn needs_confirmed_name(&self) -> bool {
        self.0.iter().any(|piece| matches!(piece, Piece::Macro(Macro { letter: 'p', .. })))
    }

    /// The text with everything filled in.
    pub(super) fn expand(&self, values: &Values<'_>) -> String {
        self.0.iter().fold(String::new(), |mut text, piece| {
            match piece {
                Piece::Literal(literal) => text.push_str(literal),
                Piece::Macro(inserted) => text.push_str(&inserted.expand(values)),
            }
            text
        })
    }

    /// A domain with everything filled in; labels are dropped on the left until it fits.
    pub(super) fn expand_domain(&self, values: &Values<'_>) -> String {
        let whole = self.expand(values);
        let mut name = whole.strip_suffix('.').unwrap_or(&whole);
        while name.len() > LONGEST {
            name = name.split_once('.').map_or("", |(_, rest)| rest);
        }
        name.to_owned()
    }
}

impl Macro {
    fn parse(inside: &str, for_reader: bool) -> Option<Self> {
        let letter = inside.chars().next().filter(char::is_ascii_alphabetic)?;
        let rest = inside.get(1..)?;
        let known = if for_reader { "slodiphcrtv" } else { "slodiphv" };
        let lower = letter.to_ascii_lowercase();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = rest.split_at(digits);
        // A number beyond all parts is as good as the largest; zero is none (RFC 7208 section 7.1).
        let parts = (!number.is_empty()).then(|| number.parse().unwrap_or(usize::MAX));
        let after = rest.strip_prefix(['r', 'R']);
        let delimiters = after.unwrap_or(rest);
        let is_valid = known.contains(lower)
            && parts != Some(0)
            && delimiters.chars().all(|delimiter| ".-+,/_=".contains(delimiter));
        is_valid.then(|| Self {
            letter: lower,
            escaped: letter.is_ascii_uppercase(),
            parts,
            reversed: after.is_some(),
            delimiters: if delimiters.is_empty() { ".".to_owned() } else { delimiters.to_owned() },
        })
    }

    fn expand(&self, values: &Values<'_>) -> String {
        let value = value(self.letter, values);
        let mut parts: Vec<&str> = value.split(|c| self.delimiters.contains(c)).collect();
        if self.reversed {
            parts.reverse();
        }
        let kept = parts.len() - self.parts.unwrap_or(usize::MAX).min(parts.len());
        let text = parts[kept..].join(".");
        if self.escaped { escape(&text) } else { text }
    }
}

fn value(letter: char, values: &Values<'_>) -> String {
    match letter {
        's' => format!("{}@{}", values.local, values.sender_domain),
        'l' => values.local.to_owned(),
        'o' => values.sender_domain.to_owned(),
        'd' => values.domain.to_owned(),
        'i' => dotted(values.ip),
        'p' => values.confirmed.to_owned(),
        'v' => if values.ip.is_ipv4() { "in-addr" } else { "ip6" }.to_owned(),
        'h' => values.helo.to_owned(),
        'c' => values.ip.to_string(),
        't' => values.now.to_string(),
        _ => "unknown".to_owned(),
    }
}

/// An address as SPF writes it in names: IPv6 by its nibbles (RFC 7208 section 7.3).
fn dotted(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => {
            let nibbles = ip.octets().into_iter().flat_map(|octet| [octet >> 4, octet & 15]);
            let nibbles: Vec<String> = nibbles.map(|nibble| format!("{nibble:x}")).collect();
            nibbles.join(".")
        }
    }
}

fn escape(text: &str) -> String {
    text.bytes().fold(String::new(), |mut escaped, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(escaped, "%{byte:02X}");
        }
        escaped
    })
}

/// `.` and a label with a letter or an inner hyphen, and perhaps the last dot.
fn ends_in_top_label(text: &str) -> bool {
    let text = text.strip_suffix('.').unwrap_or(text);
    let Some((_, label)) = text.rsplit_once('.') else { return false };
    let is_label = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_number = label.bytes().all(|byte| byte.is_ascii_digit());
    is_label && !is_number && !label.is_empty() && !label.starts_with('-') && !label.ends_with('-')
}
