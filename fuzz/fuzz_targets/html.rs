//! HTML parts.

#![no_main]

use fuwake_core::mail::{RawMail, Trusted, dissect};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut mail = b"Content-Type: text/html; charset=utf-8\n\n".to_vec();
    mail.extend_from_slice(bytes);
    let mail = dissect(RawMail { bytes: &mail, size: 0, sha256: [0; 32] }, &Trusted::default());
    assert!(mail.bodies.len() <= 1);
});
