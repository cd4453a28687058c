//! Copies of mails without what only their collection gave them, so that figures can be taken without it: the fields that its
//! receiving chain wrote, dates and list names, and the address that a collection put in the place of its recipients.
//!
//! The address is replaced wherever it stands as bytes, with its `@` written as in quoted-printable (RFC 2045 section 6.7) or in a
//! link (`%40`), in base64 bodies and in base64 encoded-words (RFC 2047). Not replaced: forms broken by a soft line break, UTF-16,
//! digests, base64 inside links, and what stands inside attached archives or documents. Fields of carried mails stay. Signatures no
//! longer verify.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use data_encoding::{BASE64, BASE64_NOPAD};

use crate::compare::walk;

/// Fields that are left out.
const FIELDS: [&str; 9] = [
    "arc-authentication-results",
    "authentication-results",
    "date",
    "received",
    "received-spf",
    "return-path",
    "x-incomingheadercount",
    "x-incomingtopheadermarker",
    "x-sender-ip",
];

/// What the names of fields begin with that are left out: lists, and what one receiving service writes.
const PREFIXES: [&str; 7] =
    ["list-", "x-eop", "x-forefront-", "x-message-", "x-microsoft-", "x-ms-", "x-sid-"];

/// The address that stands for the recipients of a collection, by how its `@` is written, and a neutral one.
const ADDRESSES: [(&[u8], &[u8]); 3] = [
    (b"phishing@pot", b"user@example.com"),
    (b"phishing=40pot", b"user=40example.com"),
    (b"phishing%40pot", b"user%40example.com"),
];

/// The fewest letters of base64 that could hold the address.
const SHORTEST: usize = 16;

/// Writes the copies, in the same folders.
pub(crate) fn run(source: &Path, target: &Path) -> anyhow::Result<()> {
    ensure!(!target.starts_with(source), "{} lies in {}", target.display(), source.display());
    let mut files: Vec<PathBuf> = Vec::new();
    walk(source, &mut files)?;
    for file in &files {
        let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        let copy = target.join(file.strip_prefix(source)?);
        if let Some(folder) = copy.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&copy, without_marks(&bytes))
            .with_context(|| format!("cannot write {}", copy.display()))?;
    }
    println!("{} mails", files.len());
    Ok(())
}

fn without_marks(mail: &[u8]) -> Vec<u8> {
    let lines: Vec<&[u8]> = mail.split_inclusive(|byte| *byte == b'\n').collect();
    let end = lines.iter().position(|line| line.trim_ascii().is_empty()).unwrap_or(lines.len());
    let (header, body) = lines.split_at(end);
    let mut kept = Vec::with_capacity(mail.len());
    let mut keeps = true;
    for line in header {
        if !line.starts_with(b" ") && !line.starts_with(b"\t") {
            keeps = !is_mark(line);
        }
        if keeps {
            kept.extend(without_address(&in_encoded_words(line)));
        }
    }
    for block in body.chunk_by(|a, b| is_base64(a) == is_base64(b)) {
        kept.extend(if is_base64(block[0]) { in_base64(block) } else { without_address(&block.concat()) });
    }
    kept
}

fn is_mark(line: &[u8]) -> bool {
    let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
    let name = String::from_utf8_lossy(name).trim_end().to_lowercase();
    FIELDS.contains(&name.as_str()) || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

/// With a neutral address, in whatever case the other one is written.
fn without_address(bytes: &[u8]) -> Vec<u8> {
    let mut clean = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, tail)) = rest.split_first() {
        let begins =
            |address: &[u8]| rest.get(..address.len()).is_some_and(|head| head.eq_ignore_ascii_case(address));
        if let Some((address, neutral)) = ADDRESSES.iter().find(|(address, _)| begins(address)) {
            clean.extend(*neutral);
            rest = &rest[address.len()..];
        } else {
            clean.push(*first);
            rest = tail;
        }
    }
    clean
}

fn is_base64(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let letter = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    !line.is_empty() && line.iter().all(letter)
}

/// A block of base64, written anew where the address stands in it.
fn in_base64(lines: &[&[u8]]) -> Vec<u8> {
    let letters: Vec<u8> = lines.iter().flat_map(|line| line.trim_ascii()).copied().collect();
    let (Some(clean), Some(first)) = (clean_base64(&letters), lines.first()) else { return lines.concat() };
    let width = first.trim_ascii().len().max(4) / 4 * 4;
    let ending: &[u8] = if first.ends_with(b"\r\n") { b"\r\n" } else { b"\n" };
    clean.as_bytes().chunks(width).flat_map(|line| [line, ending].concat()).collect()
}

/// The same with a neutral address; none where the other one does not stand in it.
fn clean_base64(letters: &[u8]) -> Option<String> {
    if letters.len() < SHORTEST {
        return None;
    }
    let text = letters.trim_ascii_end();
    let bare = text.iter().rposition(|byte| *byte != b'=').map_or(0, |last| last + 1);
    let decoded = BASE64_NOPAD.decode(&text[..bare]).ok()?;
    let clean = without_address(&decoded);
    (clean != decoded).then(|| BASE64.encode(&clean))
}

/// A line with its base64 encoded-words written anew where the address stands in them.
fn in_encoded_words(line: &[u8]) -> Vec<u8> {
    let mut pieces: Vec<Vec<u8>> = line.split(|byte| *byte == b'?').map(<[u8]>::to_vec).collect();
    for at in 1..pieces.len() {
        if pieces[at - 1].eq_ignore_ascii_case(b"b")
            && let Some(clean) = clean_base64(&pieces[at])
        {
            pieces[at] = clean.into_bytes();
        }
    }
    pieces.join(&b'?')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copy(mail: &str) -> String {
        String::from_utf8(without_marks(mail.as_bytes())).expect("text stays text")
    }

    #[test]
    fn fields_of_the_chain_go_with_their_continuations() {
        let mail = "Received: from a\r\n\tby b\r\nFrom: a@example.jp\r\nX-MS-Exchange-Organization-SCL: 1\r\n\
            List-Id: <a>\r\nDate: x\r\n y\r\nSubject: Date: and\r\n Received: stay\r\n\r\nDate: stays\r\n";
        assert_eq!(
            copy(mail),
            "From: a@example.jp\r\nSubject: Date: and\r\n Received: stay\r\n\r\nDate: stays\r\n"
        );
        assert_eq!(copy("no header"), "no header");
    }

    #[test]
    fn the_address_goes_from_every_form() {
        assert_eq!(copy("To: Phishing@Pot\n\nphishing=40pot ?a=phishing%40pot"), {
            "To: user@example.com\n\nuser=40example.com ?a=user%40example.com"
        });
        let word = |text: &str| format!("Subject: =?UTF-8?B?{}?= b\n\n", BASE64.encode(text.as_bytes()));
        assert_eq!(copy(&word("to phishing@pot, now")), word("to user@example.com, now"));
        let body = |text: &str| {
            let letters = BASE64.encode(text.as_bytes());
            let lines = letters.as_bytes().chunks(20).map(|line| String::from_utf8_lossy(line).into_owned());
            format!("Subject: a\r\n\r\n{}\r\n\r\n--b\r\n", lines.collect::<Vec<_>>().join("\r\n"))
        };
        assert_eq!(copy(&body("dear phishing@pot, enter now")), body("dear user@example.com, enter now"));
        let other = body("dear customer, enter now");
        assert_eq!(copy(&other), other);
    }
}
