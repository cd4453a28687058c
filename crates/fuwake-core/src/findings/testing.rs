//! Runs the findings on mails that tests write.

use std::sync::LazyLock;

use sha2::Digest as _;

use super::{Judge, Reader, Scene};
use crate::evidence::{
    Act, ActKind, Answer, ArchiveEntry, Contents, Data, Evidence, FileKind, FileLink, Lead, Ledger, Question,
};
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
    in_scene_with(mail, trusted, reader, ledger, |scene| {
        let findings = Judge::new(&KNOWLEDGE).findings(scene);
        findings.into_iter().map(|finding| finding.spec.id.clone()).collect()
    })
}

/// What `look` sees of `mail`; `trusted` names the reader's own server, where one is given.
pub(crate) fn in_scene<T>(mail: &str, trusted: &str, look: impl FnOnce(&Scene<'_>) -> T) -> T {
    in_scene_with(mail, trusted, &Reader::default(), &Ledger::default(), look)
}

/// What `look` sees of `mail` for a reader who told something of himself, over what was answered.
pub(crate) fn in_scene_with<T>(
    mail: &str,
    trusted: &str,
    reader: &Reader,
    ledger: &Ledger,
    look: impl FnOnce(&Scene<'_>) -> T,
) -> T {
    let names = [trusted].into_iter().filter(|name| !name.is_empty()).map(str::to_owned).collect();
    let trusted = Trusted { names, ..Trusted::default() };
    let raw = mail.replace('\n', "\r\n").into_bytes();
    let whole = RawMail { bytes: &raw, size: raw.len() as u64, sha256: sha2::Sha256::digest(&raw).into() };
    let mut mail = dissect(whole, &trusted);
    crate::mail::link::join_attached(&mut mail, ledger);
    crate::mail::link::open_redirectors(&mut mail, &KNOWLEDGE);
    look(&Scene::new(&mail, ledger, &KNOWLEDGE, reader))
}

/// Whether the finding `id` stands on `mail`.
pub(crate) fn fires(id: &str, mail: &str, trusted: &str) -> bool {
    assert!(KNOWLEDGE.finding(id).is_some(), "{id} has no words");
    found(mail, trusted).iter().any(|found| found == id)
}

/// A mail from example.com by a machine that introduced itself as `helo` and whose address bore the name `reverse`.
pub(crate) fn handed_over_by(helo: &str, reverse: &str) -> String {
    format!(
        "Received: from {helo} ({reverse} [192.0.2.7])\n\tby mx.example.jp (Postfix) with ESMTP id A1; Mon, 23 Nov 2026 10:00:00 +0900\nFrom: a@example.com\n\nHello\n"
    )
}

/// A mail with one attached file.
pub(crate) fn with_attachment(name: &str, media_type: &str, content: &str) -> String {
    format!(
        "From: a@example.com\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nhello\n--b\nContent-Type: {media_type}\nContent-Disposition: attachment; filename=\"{name}\"\n\n{content}\n--b--\n"
    )
}

/// Whether the finding `id` stands on a mail from example.com with a file in which a decoder read `contents`.
pub(crate) fn fires_on_file(id: &str, kind: FileKind, contents: Contents) -> bool {
    let mail = with_attachment("file.bin", "application/octet-stream", "file");
    let question = Question::FileContents {
        sha256: data_encoding::HEXLOWER.encode(&sha2::Sha256::digest("file")),
        kind,
    };
    let answer = Answer::Found { data: Data::FileContents { contents } };
    let evidence = Evidence { id: question.id(), question, answer, source: "test".into(), asked_at: None };
    let mut ledger = Ledger::default();
    ledger.record(evidence);
    found_for(&mail, "", &Reader::default(), &ledger).iter().any(|found| found == id)
}

/// The contents with a link.
pub(crate) fn linked(by: Lead, url: &str, mut contents: Contents) -> Contents {
    contents.links.push(FileLink { url: url.to_owned(), text: None, by });
    contents
}

/// The contents with a link to click.
pub(crate) fn linking(url: &str, contents: Contents) -> Contents {
    linked(Lead::Link, url, contents)
}

/// Contents that do something.
pub(crate) fn doing(kind: ActKind, detail: &str) -> Contents {
    Contents { acts: vec![Act { kind, detail: detail.to_owned() }], ..Contents::default() }
}

/// Whether the finding `id` stands on a mail with an archive that holds one entry.
pub(crate) fn fires_on_archive(id: &str, name: &str, encrypted: bool) -> bool {
    fires_on_archive_in(id, "hello", name, encrypted)
}

/// The same, in a mail with this text.
pub(crate) fn fires_on_archive_in(id: &str, text: &str, name: &str, encrypted: bool) -> bool {
    let archive = "PK\u{3}\u{4}archive";
    let mail = with_attachment("a.zip", "application/zip", archive).replace("hello", text);
    let sha256 = data_encoding::HEXLOWER.encode(&sha2::Sha256::digest(archive));
    let question = Question::ArchiveListing { sha256 };
    let entries = vec![ArchiveEntry { name: name.into(), size: 1, encrypted }];
    let answer = Answer::Found { data: Data::ArchiveListing { entries, truncated: false } };
    let evidence = Evidence { id: question.id(), question, answer, source: "test".into(), asked_at: None };
    let mut ledger = Ledger::default();
    ledger.record(evidence);
    found_for(&mail, "", &Reader::default(), &ledger).iter().any(|found| found == id)
}
