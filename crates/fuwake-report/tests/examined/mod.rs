//! From the bytes of a mail to its case, as the program makes it.

use std::collections::BTreeMap;

use fuwake_core::case::{self, Case, Dissection, Input, Language, SCHEMA, Setting, Tool, conclude};
use fuwake_core::evidence::Ledger;
use fuwake_core::findings::{Judge, Reader};
use fuwake_core::inquiry::Privacy;
use fuwake_core::knowledge::Knowledge;
use fuwake_core::mail::{RawMail, Trusted, dissect};
use sha2::{Digest, Sha256};

/// How deep mails are carried in each other.
const DEPTH: usize = 3;

/// The case of a mail over what was answered, with the pictures of `files`.
pub(crate) fn case(
    bytes: &[u8],
    (ledger, files): (&Ledger, &BTreeMap<String, Vec<u8>>),
    knowledge: &Knowledge,
    language: Language,
) -> Case {
    let judge = Judge::new(knowledge);
    let dissection = examine(bytes, &judge, (ledger, files), language, DEPTH);
    let input = Input { path: "/home/somebody/mail.eml".into(), member: None };
    // The date of the knowledge changes with every addition to it.
    Case { schema: SCHEMA, input, tool: Tool::new("2026-01-01"), dissection }
}

fn examine(
    bytes: &[u8],
    judge: &Judge<'_>,
    known: (&Ledger, &BTreeMap<String, Vec<u8>>),
    language: Language,
    depth: usize,
) -> Dissection {
    let raw = RawMail { bytes, size: bytes.len() as u64, sha256: Sha256::digest(bytes).into() };
    let mail = dissect(raw, &Trusted::default());
    let carried = mail.carried.iter().filter(|_| depth > 0);
    let inner = carried
        .map(|carried| case::inner(carried, examine(&carried.bytes, judge, known, language, depth - 1)))
        .collect();
    let setting = Setting {
        judge,
        reader: &Reader::default(),
        language,
        reach: None,
        fingerprint: true,
        privacy: &Privacy::default(),
    };
    conclude(mail, known.0, inner, setting).with_pictures(known.1)
}
