//! Charsets and encoded-words. The first byte chooses the label.

#![no_main]

use fuwake_core::mail::{charset, encoded_word};

const LABELS: [Option<&str>; 8] = [
    None,
    Some("utf-8"),
    Some("iso-2022-jp"),
    Some("shift_jis"),
    Some("euc-jp"),
    Some("utf-7"),
    Some("us-ascii"),
    Some("no-such-charset"),
];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((&first, rest)) = bytes.split_first() else { return };
    let _ = charset::decode(rest, LABELS[usize::from(first) % LABELS.len()]);
    let _ = encoded_word::decode(rest);
});
