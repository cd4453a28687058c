//! Runs the findings on mails that tests write.

use std::sync::LazyLock;

use sha2::Digest as _;

use super::{Judge, Reader, Scene};
use crate::evidence::Ledger;
use crate::knowledge::Knowledge;
use crate::mail::{RawMail, Trusted, dissect};

static KNOWLEDGE: LazyLock<Knowledge> =
    LazyLock::new(|| Knowledge::embedded().expect("the library carries its knowledge"));

/// What the library carries.
pub(crate) fn knowledge() -> &'static Knowledge {
    &KNOWLEDGE
}

/// The ids of all findings on `mail`; `trusted` names the reader's own server, where one is given.
pub(crate) fn found(mail: &str, trusted: &str) -> Vec<String> {
    found_for(mail, trusted, &Reader::default(), &Ledger::default())
}

/// The same for a reader who told something of himself, over what was answered.
pub(crate) fn found_for(mail: &str, trusted: &str, reader: &Reader, ledger: &Ledger) -> Vec<String> {
    let names = [trusted].into_iter().filter(|name| !name.is_empty()).map(str::to_owned).collect();
    let trusted = Trusted { names, ..Trusted::default() };
    let raw = mail.replace('\n', "\r\n").into_bytes();
    let whole = RawMail { bytes: &raw, size: raw.len() as u64, sha256: sha2::Sha256::digest(&raw).into() };
    let mut mail = dissect(whole, &trusted);
    crate::mail::link::open_redirectors(&mut mail, &KNOWLEDGE);
    let scene = Scene::new(&mail, ledger, &KNOWLEDGE, reader);
    let findings = Judge::new(&KNOWLEDGE).findings(&scene);
    findings.into_iter().map(|finding| finding.spec.id.clone()).collect()
}

/// Whether the finding `id` stands on `mail`.
pub(crate) fn fires(id: &str, mail: &str, trusted: &str) -> bool {
    assert!(KNOWLEDGE.finding(id).is_some(), "{id} has no words");
    found(mail, trusted).iter().any(|found| found == id)
}
