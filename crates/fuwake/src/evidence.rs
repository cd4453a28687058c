//! `fuwake evidence`: what a person saw, as evidence with his name and the time; what other ledgers hold.

use std::env;
use std::fs;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use fuwake_core::by_hand::Site;
use fuwake_core::domain::normalise;
use fuwake_core::evidence::{Answer, Data, Evidence, Question, Reputation, Sighting, Subject};
use fuwake_probes::ledger_file::{PERSON, Recording, lock};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use url::Url;

use crate::case_folder::LEDGER;
use crate::cli::{AddEvidence, Seen};
use crate::output::{Status, complain, print};

/// How long a text may be, in characters.
const TEXT: usize = 2_000;
/// How large a picture may be, in bytes.
const PICTURE: u64 = 16 << 20;

/// Adds it to the case's ledger.
pub(crate) fn add(arguments: &AddEvidence) -> anyhow::Result<Status> {
    let file = ledger(&arguments.case);
    let _alone = lock(&file).context("no ledger to add to")?;
    let mut recording = Recording::read(&file).context("no ledger to add to")?;
    let subject = subject(&arguments.about)?;
    let site = Site::named(&arguments.service).context("no such site")?;
    let link = site.link(&subject).with_context(|| format!("{} is not asked about addresses", site.name))?;
    let picture = arguments.picture.as_deref().map(|file| kept(file, &recording)).transpose()?;
    let categories = match arguments.verdict {
        Seen::Dangerous => "dangerous",
        Seen::Clean => "clean",
        Seen::Unknown => "unknown",
    };
    let reputation = Reputation {
        warns: arguments.verdict == Seen::Dangerous,
        categories: vec![categories.to_owned()],
        text: arguments.text.as_deref().map(|text| text.chars().take(TEXT).collect()),
        link: Some(link),
        picture,
    };
    let seen = Sighting { by: name(arguments.by.as_deref())?, at: at(arguments.at.as_deref())? };
    let (source, asked_at) = (format!("{PERSON}{}", seen.by), Some(seen.at.clone()));
    let question = Question::Reputation { service: site.id.to_owned(), subject, seen: Some(seen) };
    let id = question.id();
    recording.add(Evidence {
        id: id.clone(),
        question,
        answer: Answer::Found { data: Data::Reputation(reputation) },
        source,
        asked_at,
    });
    recording.write(&file)?;
    print(&format!("{id}\n"))?;
    Ok(Status::Done)
}

/// Takes into a case's ledger what others recorded.
pub(crate) fn merge(case: &Path, from: &[PathBuf]) -> anyhow::Result<Status> {
    let file = ledger(case);
    let _alone = lock(&file).context("no ledger to merge into")?;
    let mut recording = Recording::read(&file).context("no ledger to merge into")?;
    let others: Result<Vec<Recording>, _> = from.iter().map(|case| Recording::read(&ledger(case))).collect();
    let (mut taken, mut status) = (0, Status::Done);
    for other in &others.context("no ledger to merge")? {
        let merged = recording.merge(other)?;
        taken += merged.taken;
        for name in merged.missing {
            status = Status::Unread;
            complain(&format!("an answer names a file that is not there: blobs/{name}"));
        }
    }
    recording.write(&file)?;
    print(&format!("{taken}\n"))?;
    Ok(status)
}

fn ledger(case: &Path) -> PathBuf {
    if case.is_dir() { case.join(LEDGER) } else { case.to_owned() }
}

/// An address, a link or a name, as questions write it.
fn subject(about: &str) -> anyhow::Result<Subject> {
    let about = about.trim();
    if let Ok(ip) = about.trim_matches(['[', ']']).parse::<IpAddr>() {
        return Ok(Subject::Address(ip.to_canonical()));
    }
    if let Ok(url) = Url::parse(about)
        && matches!(url.scheme(), "http" | "https")
    {
        return Ok(Subject::Url(url.into()));
    }
    match normalise(about) {
        Some(name) if name.contains('.') => Ok(Subject::Domain(name)),
        _ => bail!("--about: {about:?} is no host, link or address"),
    }
}

fn kept(file: &Path, recording: &Recording) -> anyhow::Result<String> {
    let cannot = || format!("cannot read {}", file.display());
    if fs::metadata(file).with_context(cannot)?.len() > PICTURE {
        bail!("{} is larger than {} MiB", file.display(), PICTURE >> 20);
    }
    let bytes = fs::read(file).with_context(cannot)?;
    let is_picture =
        [&b"\x89PNG"[..], b"\xFF\xD8\xFF", b"GIF8", b"RIFF"].iter().any(|head| bytes.starts_with(head));
    if !is_picture {
        bail!("{} is no PNG, JPEG, GIF or WebP picture", file.display());
    }
    recording.blobs().put(&bytes).context("cannot keep the picture")
}

fn name(by: Option<&str>) -> anyhow::Result<String> {
    let user = || env::var("USER").or_else(|_| env::var("USERNAME")).ok();
    let name = by.map(str::to_owned).or_else(user).unwrap_or_default();
    let name: String = name.trim().chars().filter(|c| !c.is_control()).take(100).collect();
    if name.is_empty() { bail!("who saw it? --by NAME") } else { Ok(name) }
}

/// In UTC and whole seconds, as all evidence is.
fn at(time: Option<&str>) -> anyhow::Result<String> {
    let at = match time {
        Some(text) => OffsetDateTime::parse(text, &Rfc3339)
            .with_context(|| format!("--at: {text:?} is no time like 2026-11-22T09:30:00+09:00"))?,
        None => OffsetDateTime::now_utc(),
    };
    let at = at.to_offset(time::UtcOffset::UTC);
    Ok(at.replace_nanosecond(0).unwrap_or(at).format(&Rfc3339)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_looked_up_is_written_as_questions_write_it() {
        let of = |about: &str| subject(about).ok();
        assert_eq!(of("Example.COM."), Some(Subject::Domain("example.com".into())));
        assert_eq!(of("[2001:db8::1]"), Some(Subject::Address("2001:db8::1".parse().expect("an address"))));
        assert_eq!(of("https://Example.com/A"), Some(Subject::Url("https://example.com/A".into())));
        assert_eq!(of("localhost"), None);
        assert_eq!(at(Some("2026-11-22T09:30:00+09:00")).ok().as_deref(), Some("2026-11-22T00:30:00Z"));
    }
}
