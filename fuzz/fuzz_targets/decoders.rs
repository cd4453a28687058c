//! Decoders of attached files: the first byte picks the kind. In use a worker bounds their time and memory.

#![no_main]

use fuwake_core::evidence::FileKind;
use fuwake_probes::decoders::read;

const KINDS: [FileKind; 9] = [
    FileKind::Pdf,
    FileKind::OfficeXml,
    FileKind::OfficeBinary,
    FileKind::RichText,
    FileKind::Page,
    FileKind::Picture,
    FileKind::Shortcut,
    FileKind::UrlFile,
    FileKind::Profile,
];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((&kind, bytes)) = bytes.split_first() else { return };
    if let Some(&kind) = KINDS.get(usize::from(kind) % KINDS.len()) {
        let _ = read(kind, bytes);
    }
});
