//! The whole offline dissection: any bytes give a case that can be written as JSON.

#![no_main]

use std::sync::LazyLock;

use fuwake_core::case::{self, Language, Setting};
use fuwake_core::evidence::Ledger;
use fuwake_core::findings::{Judge, Reader};
use fuwake_core::knowledge::Knowledge;
use fuwake_core::mail::{RawMail, Trusted, dissect};

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| Knowledge::embedded().expect("built in"));

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let raw = RawMail { bytes, size: bytes.len() as u64, sha256: [0; 32] };
    let mail = dissect(raw, &Trusted::default());
    let (judge, reader, ledger) = (Judge::new(&KNOWLEDGE), Reader::default(), Ledger::default());
    let setting = Setting { judge: &judge, reader: &reader, language: Language::Ja, reach: None, fingerprint: true };
    let case = case::conclude(mail, &ledger, Vec::new(), setting);
    serde_json::to_vec(&case).expect("a case can be written");
});
