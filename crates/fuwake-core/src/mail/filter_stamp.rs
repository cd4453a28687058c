//! Verdicts that filters on the way left in the header: X-Spam-*, Microsoft's SCL, BCL, CAT and SFV, and others. Hints, never proof.

use crate::mail::encoded_word;
use crate::mail::field::{Field, starts_with_ignore_case};
use crate::span::Span;

/// How many stamps are kept, and how long a value may be.
const MAX_STAMPS: usize = 200;
const MAX_LENGTH: usize = 2_000;

/// One filter's word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterStamp {
    /// The field's name as written.
    pub field: String,
    /// `score`, `flag`, `scl`, `bcl`, `cat`, `sfv`, `ctry`, `status` …
    pub key: String,
    /// The value as written.
    pub value: String,
    /// Whether the filter called the mail unwanted; none where it did not say.
    pub unwanted: Option<bool>,
    /// The field's bytes.
    pub span: Span,
}

/// Takes what a filter's field says; other fields say nothing.
pub(super) fn read(field: &Field<'_>, into: &mut Vec<FilterStamp>) {
    if !starts_with_ignore_case(field.name, "x-") || into.len() >= MAX_STAMPS {
        return;
    }
    let name = field.name.to_ascii_lowercase();
    let Some(key) = key(&name) else { return };
    let value = encoded_word::decode(&field.value[..field.value.len().min(MAX_LENGTH)]).text;
    let mut stamp = |key: &str, value: &str, unwanted| {
        let (field_name, key, value) = (field.name.to_owned(), key.to_owned(), value.to_owned());
        into.push(FilterStamp { field: field_name, key, value, unwanted, span: field.span });
    };
    match key {
        Key::Plain(key) => stamp(key, &value, judgement(key, &value)),
        Key::Status => {
            stamp("status", &value, judgement("status", &value));
            if let Some((key, score)) =
                ["score", "hits"].iter().find_map(|key| Some((key, after(&value, key)?)))
            {
                stamp(if *key == "hits" { "score" } else { key }, score, None);
            }
        }
        Key::Microsoft => {
            for (key, value) in value.split(';').filter_map(|pair| pair.split_once(':')) {
                let key = key.trim().to_ascii_lowercase();
                if MICROSOFT.contains(&key.as_str()) && !value.trim().is_empty() {
                    stamp(&key, value.trim(), judgement(&key, value.trim()));
                }
            }
        }
    }
}

/// Keys of Microsoft's reports that are kept: spam and bulk confidence, category, verdict of the filter, address, country, names.
const MICROSOFT: [&str; 9] = ["scl", "bcl", "pcl", "cat", "sfv", "ipv", "ctry", "cip", "ptr"];

/// How a field's value is read.
enum Key<'n> {
    Plain(&'n str),
    /// SpamAssassin's `Yes, score=…`.
    Status,
    /// `SCL:5;CAT:PHSH;…`.
    Microsoft,
}

fn key(name: &str) -> Option<Key<'_>> {
    Some(match name {
        "x-spam-status" => Key::Status,
        "x-forefront-antispam-report"
        | "x-microsoft-antispam"
        | "x-forefront-antispam-report-untrusted"
        | "x-microsoft-antispam-untrusted" => Key::Microsoft,
        "x-ms-exchange-organization-scl" => Key::Plain("scl"),
        "x-ms-exchange-organization-pcl" => Key::Plain("pcl"),
        "x-rspamd-score"
        | "x-barracuda-spam-score"
        | "x-proofpoint-spam-score"
        | "x-mailscanner-spamscore" => Key::Plain("score"),
        "x-barracuda-spam-flag" | "x-rspamd-flag" => Key::Plain("flag"),
        "x-rspamd-action" => Key::Plain("action"),
        "x-barracuda-spam-status" => Key::Status,
        "x-spamd-result" | "x-rspamd-result" => Key::Plain("status"),
        "x-spamd-bar" => Key::Plain("level"),
        "x-proofpoint-spam-details" | "x-proofpoint-virus-version" => Key::Plain("details"),
        "x-bogosity" => Key::Plain("bogosity"),
        "x-dspam-result" | "x-gmail-spam" | "x-yandex-spam" | "x-spambayes-classification" => {
            Key::Plain("result")
        }
        "x-antivirus" | "x-antivirus-status" | "x-virus-status" | "x-virus-scanned" => Key::Plain("virus"),
        "x-text-classification" => Key::Plain("result"),
        "x-antispam" | "x-junkmail" | "x-junk-mail" | "x-meiwaku" => Key::Plain("flag"),
        _ if name.ends_with("-mailscanner-spamcheck") => Key::Plain("status"),
        _ => Key::Plain(
            name.strip_prefix("x-spam-")
                .filter(|key| !matches!(*key, "report" | "checker-version" | "relay-country"))?,
        ),
    })
}

/// The value behind `key=`.
fn after<'v>(value: &'v str, key: &str) -> Option<&'v str> {
    let (_, behind) = value.split_once(key)?;
    let behind = behind.strip_prefix('=')?;
    behind.split(|c: char| c.is_whitespace() || c == ',').next()
}

/// Whether a value calls the mail unwanted, where its field says so by itself.
fn judgement(key: &str, value: &str) -> Option<bool> {
    let word = value
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '.'))
        .next()
        .unwrap_or_default();
    let word = word.to_ascii_lowercase();
    match key {
        "flag" | "status" | "result" | "bogosity" => match word.as_str() {
            "yes" | "true" | "spam" | "1" | "junk" => Some(true),
            "no" | "false" | "ham" | "innocent" | "0" | "not" => Some(false),
            _ => None,
        },
        // Spam confidence: -1 skipped, 0 and 1 wanted, 5 and up unwanted; bulk complaints from 7 on.
        "scl" => word.parse::<i32>().ok().map(|level| level >= 5),
        "bcl" => word.parse::<i32>().ok().filter(|level| *level >= 7).map(|_| true),
        "cat" => match word.as_str() {
            "none" => Some(false),
            "" => None,
            _ => Some(!matches!(word.as_str(), "bulk" | "amp")),
        },
        "sfv" => match word.as_str() {
            "spm" | "skb" | "sks" | "blk" => Some(true),
            "nspm" | "skn" | "sfe" | "ska" | "skq" => Some(false),
            _ => None,
        },
        "action" => Some(!matches!(word.as_str(), "no" | "greylist")),
        _ => None,
    }
}
