//! Links in text, with a recipient to look for.

#![no_main]

use fuwake_core::mail::{RawMail, Trusted, dissect};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut mail = b"To: reader@example.jp\nContent-Type: text/plain; charset=utf-8\n\n".to_vec();
    mail.extend_from_slice(bytes);
    let mail = dissect(RawMail { bytes: &mail, size: 0, sha256: [0; 32] }, &Trusted::default());
    let length = mail.text.chars().count();
    for link in &mail.links {
        if let fuwake_core::span::Because::Text { text, .. } = &link.because {
            assert!(text.start <= text.end && text.end <= length);
        }
    }
});
