//! How senders write somebody into links, headers and texts.

use std::io::Write as _;

use data_encoding::{BASE32_NOPAD, BASE64, BASE64URL_NOPAD, HEXLOWER};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::person::Person;

/// A way to write a person.
pub(crate) type Spelling = (&'static str, fn(&Person) -> String);

/// Those that can stand in a link as they are.
pub(crate) const IN_LINKS: [Spelling; 23] = [
    ("address", Person::address),
    ("percent, where it must be", |person| usual_percent(&person.address())),
    ("percent", |person| percent(&person.address())),
    ("percent in percent", |person| usual_percent(&percent(&person.address()))),
    ("quoted-printable", |person| quoted(&person.address())),
    ("hex", |person| HEXLOWER.encode(person.address().as_bytes())),
    ("hex in capitals", |person| HEXLOWER.encode(person.address().as_bytes()).to_uppercase()),
    ("base32", |person| BASE32_NOPAD.encode(person.address().as_bytes()).to_lowercase()),
    ("base64", |person| BASE64.encode(person.address().as_bytes())),
    ("base64, one byte on", |person| BASE64URL_NOPAD.encode(format!("u{}", person.address()).as_bytes())),
    ("base64, two bytes on", |person| BASE64.encode(format!("u={}", person.local).as_bytes())),
    ("base64 of JSON", |person| BASE64URL_NOPAD.encode(json(person).as_bytes())),
    ("base64 in base64", |person| BASE64.encode(BASE64.encode(person.address().as_bytes()).as_bytes())),
    ("percent in base64", |person| BASE64.encode(percent(&person.address()).as_bytes())),
    ("gzip in base64", |person| BASE64.encode(&gzip(&person.address()))),
    ("hyphens", |person| person.address().replace(['@', '.'], "-")),
    ("VERP", |person| person.address().replace('@', "=")),
    ("local part", |person| person.local.replace('.', "_")),
    ("local part in one", |person| person.local.replace('.', "")),
    ("backwards", |person| person.address().chars().rev().collect()),
    ("number", |person| person.number.clone()),
    ("digits of the number", |person| person.number.replace('-', "")),
    ("mark", |person| person.marks[0].clone()),
];

/// Those that can stand before a dot of a host.
pub(crate) const IN_HOSTS: [Spelling; 4] = [
    ("hyphens", |person| person.address().replace(['@', '.'], "-")),
    ("local part", |person| person.local.replace('.', "-")),
    ("hex", |person| HEXLOWER.encode(person.local.as_bytes())),
    ("base32", |person| BASE32_NOPAD.encode(person.local.as_bytes()).to_lowercase()),
];

/// Those that a reader reads.
pub(crate) const IN_TEXTS: [Spelling; 8] = [
    ("address", Person::address),
    ("capitals", |person| person.address().to_uppercase()),
    ("full-width", |person| wide(&person.address())),
    ("[at]", |person| person.address().replace('@', " [at] ")),
    ("(at)", |person| person.address().replace('@', "(at)")),
    ("unseen characters", |person| person.address().replace('.', "\u{200b}.")),
    ("local part", |person| person.local.clone()),
    ("number", |person| person.number.clone()),
];

/// As a name is written.
pub(crate) fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

fn json(person: &Person) -> String {
    format!("{{\"campaign\":\"spring\",\"mail\":\"{}\",\"no\":\"{}\"}}", person.address(), person.number)
}

pub(crate) fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

pub(crate) fn usual_percent(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || b".-_".contains(&byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

pub(crate) fn quoted(text: &str) -> String {
    text.bytes().map(|byte| format!("={byte:02X}")).collect()
}

pub(crate) fn entities(text: &str) -> String {
    text.chars()
        .enumerate()
        .map(
            |(at, c)| {
                if at % 2 == 0 { format!("&#{};", u32::from(c)) } else { format!("&#x{:x};", u32::from(c)) }
            },
        )
        .collect()
}

pub(crate) fn wide(text: &str) -> String {
    text.chars()
        .map(|c| char::from_u32(u32::from(c) + 0xfee0).filter(|_| c.is_ascii_graphic()).unwrap_or(c))
        .collect()
}

pub(crate) fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let _ = encoder.write_all(text.as_bytes());
    encoder.finish().unwrap_or_default()
}

/// Lines of 76 characters.
pub(crate) fn folded(text: &str) -> String {
    text.as_bytes().chunks(76).map(|line| String::from_utf8_lossy(line).into_owned() + "\r\n").collect()
}
