//! Mails whose links are visited, in a real browser: recorded, replayed to the same bytes, held against what their worlds expect; and
//! no server hears who received them.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::ensure;
use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::cases::{Expect, confidence, verdict};
use super::program::{dissect, evidence, name};
use super::sites::{self, LOG};
use super::world::{Case, Worlds};
use super::{Place, articles};

/// How much confidence a genuine page may take: it speaks for its mail by itself, in a prank too.
const GENUINE: f64 = 0.01;

/// Who received the mails of the worlds.
const RECIPIENT: &str = "taro@example.jp";

/// What must come out where the links of a mail are visited.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Visit {
    /// The links are a brand's own: without `--visit-genuine` nobody hears of them.
    #[serde(default)]
    genuine: bool,
    /// What the servers must have heard, as their log writes it.
    #[serde(default)]
    heard: Vec<String>,
    #[serde(default)]
    expect: Vec<Expect>,
    /// What the Japanese article must say.
    #[serde(default)]
    article: Vec<String>,
}

/// The addresses of the sites are this machine's own here: the lab says that they may be visited.
pub(super) fn settings(worlds: &Worlds) -> anyhow::Result<String> {
    let mut allowed = BTreeSet::new();
    for site in &worlds.sites {
        allowed.insert(format!("{}/32", sites::address(worlds, &site.host)?));
    }
    Ok(format!("\n[visit]\nallow = {allowed:?}\n").replace('{', "[").replace('}', "]"))
}

/// Runs them all, or those whose name has `only` in it; with a folder, keeps each ledger there as `visited-<mail>/ledger.jsonl`.
pub(super) fn run(
    place: &Place,
    worlds: &Worlds,
    only: Option<&str>,
    keep: Option<&Path>,
) -> anyhow::Result<()> {
    println!("\n{:<24} {:>6} {:>9} {:>6} {:>6}  verdict", "visited", "visits", "questions", "facts", "s");
    let mut wrong = Vec::new();
    for case in worlds.cases.iter().filter(|case| name(&case.mail).contains(only.unwrap_or_default())) {
        let Some(visit) = &case.visit else { continue };
        let faults = one(place, case, visit, keep)?;
        wrong.extend(faults.into_iter().map(|fault| format!("{}: {fault}", name(&case.mail))));
    }
    wrong.extend(told(place)?);
    ensure!(wrong.is_empty(), "{} facts of visits did not come out:\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}

/// What is wrong with one.
fn one(place: &Place, case: &Case, visit: &Visit, keep: Option<&Path>) -> anyhow::Result<Vec<String>> {
    let mail = case.mail.as_path();
    let folder = keep.map_or_else(|| place.file("visited"), Path::to_owned);
    let folder = folder.join(format!("visited-{}", name(mail).trim_start_matches("visited-")));
    std::fs::create_dir_all(&folder)?;
    let ledger = folder.join("ledger.jsonl");
    let ledger = ledger.to_string_lossy();
    let mut wrong = Vec::new();
    let heard = || std::fs::read_to_string(place.file(LOG));
    let before = heard()?.len();
    let offline = &dissect(place, &["--format", "jsonl"], [mail])?.cases()?[0];
    let mut record = vec!["--reach", "active", "--format", "jsonl", "--record", &ledger];
    if visit.genuine {
        dissect(place, &record, [mail])?;
        if heard()?.len() > before {
            wrong.push("the brand's own site was visited without --visit-genuine".to_owned());
        }
        record.push("--visit-genuine");
    }
    let live = dissect(place, &record, [mail])?;
    let replayed = dissect(place, &["--replay", &ledger, "--format", "jsonl"], [mail])?;
    if replayed.output != live.output {
        wrong.push("replayed, it differs".to_owned());
    }
    let found = &live.cases()?[0];
    wrong.extend(verdict(offline, found, if visit.genuine { GENUINE } else { 0.0 }));
    let heard = heard()?;
    let heard = heard.get(before..).unwrap_or_default();
    wrong.extend(
        visit.heard.iter().filter(|line| !heard.contains(*line)).map(|line| format!("nobody heard {line}")),
    );
    for format in ["text", "html"] {
        let report = dissect(place, &["--replay", &ledger, "--format", format], [mail])?;
        let report = String::from_utf8_lossy(&report.output);
        let missing = visit.expect.iter().filter(|expect| !expect.holds(found, &report));
        wrong.extend(missing.map(|expect| format!("{} ({format})", expect.fact)));
        if keep.is_some() && format == "html" {
            std::fs::write(folder.join("report.html"), report.as_bytes())?;
        }
    }
    wrong.extend(articles::missing(place, mail, &folder, &visit.article)?);
    let asked = evidence(found);
    let visits = asked.values().filter(|evidence| evidence["question"]["kind"] == "visit").count();
    println!(
        "{:<24} {visits:>6} {:>9} {:>6} {:>6.2}  {} {:.3} (offline {:.3})",
        name(mail),
        asked.len(),
        visit.expect.len(),
        live.took.as_secs_f64(),
        found["verdict"]["class"].as_str().unwrap_or_default(),
        confidence(found),
        confidence(offline),
    );
    Ok(wrong)
}

/// Which servers heard who received the mails, in whatever coat.
fn told(place: &Place) -> anyhow::Result<Vec<String>> {
    let mut told = Vec::new();
    for entry in std::fs::read_dir(&place.scratch)? {
        let file = entry?.path();
        let is_log = file.extension().is_some_and(|kind| kind == "log" || kind == "out" || kind == "err");
        if !is_log {
            continue;
        }
        let log = String::from_utf8_lossy(&std::fs::read(&file)?).into_owned();
        let coats = coats(RECIPIENT);
        told.extend(log.lines().filter(|line| names(line, &coats)).map(|line| {
            format!("{} heard of the recipient: {line}", file.file_name().unwrap_or_default().display())
        }));
    }
    Ok(told)
}

/// Whether a line has one of the coats in it, as it stands or with its percent signs undone, twice.
fn names(line: &str, coats: &[String]) -> bool {
    let once = unescaped(line);
    let twice = unescaped(&once);
    [line, &once, &twice].into_iter().any(|line| {
        let lower = line.to_lowercase();
        coats.iter().any(|coat| line.contains(coat) || lower.contains(coat))
    })
}

/// An address, and its name at its domain, as senders write them into links.
fn coats(address: &str) -> Vec<String> {
    let mut coats = vec![
        address.to_owned(),
        address.chars().rev().collect(),
        address.replace('@', "="),
        address.replace('@', "."),
        address.replace('@', "_at_"),
        HEXLOWER.encode(address.as_bytes()),
        HEXLOWER.encode(&Sha256::digest(address)),
    ];
    // Base64 of the address wherever it stands in what was encoded: but for its edges it looks one of three ways.
    for before in 0..3 {
        let bytes = [&b"  "[..before], address.as_bytes()].concat();
        let whole = bytes.len() / 3 * 4;
        let first = if before == 0 { 0 } else { 4 };
        for encoded in [BASE64_NOPAD.encode(&bytes), BASE64URL_NOPAD.encode(&bytes)] {
            coats.extend(encoded.get(first..whole).map(str::to_owned));
        }
    }
    coats
}

/// Percent-decoded (RFC 3986 section 2.1).
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let code = || {
            let digits = std::str::from_utf8(after.get(..2)?).ok()?;
            u8::from_str_radix(digits, 16).ok()
        };
        match code().filter(|_| *first == b'%') {
            Some(code) => {
                bytes.push(code);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_coat_is_seen_through() {
        let coats = coats(RECIPIENT);
        let all = [
            "GET /?email=taro@example.jp",
            "GET /?email=TARO%40example.jp",
            "GET /?e=%2574aro%2540example.jp",
            "GET /dGFyb0BleGFtcGxlLmpw",
            "GET /?d=ZT10YXJvQGV4YW1wbGUuanA",
            "GET /7461726f406578616d706c652e6a70",
            "GET /taro=example.jp/",
        ];
        for line in all {
            assert!(names(line, &coats), "{line}");
        }
        assert!(!names("GET /?email=hana@example.com", &coats));
    }
}
