//! Outlook's .msg files: the bytes as they are, and as the streams of a sound compound file.

#![no_main]

use std::io::{Cursor, Write};

use fuwake_probes::probes::outlook_message::convert;

/// As the program bounds it: a message of about this many bytes.
const LIMIT: usize = 1 << 20;

/// Properties, compressed RTF, HTML, transport header, subject.
const STREAMS: [&str; 5] = [
    "/__properties_version1.0",
    "/__substg1.0_10090102",
    "/__substg1.0_10130102",
    "/__substg1.0_007D001F",
    "/__substg1.0_0037001E",
];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = convert(Cursor::new(bytes), LIMIT);
    if let Ok(file) = compound(bytes) {
        let _ = convert(Cursor::new(file), LIMIT);
    }
});

/// A compound file whose streams are cut out of the bytes: each begins with its length.
fn compound(mut bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new()))?;
    for name in STREAMS {
        let Some((&length, rest)) = bytes.split_first() else { break };
        let (content, rest) = rest.split_at(rest.len().min(usize::from(length) * 4));
        file.create_stream(name)?.write_all(content)?;
        bytes = rest;
    }
    file.flush()?;
    Ok(file.into_inner().into_inner())
}
