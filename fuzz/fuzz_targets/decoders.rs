//! Decoders of attached files: the first byte picks the kind, or the files in an archive. In use a worker bounds their time and memory.

#![no_main]

use fuwake_core::evidence::FileKind;
use fuwake_probes::decoders::work;
use fuwake_probes::worker::Task;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((&kind, bytes)) = bytes.split_first() else { return };
    let task = match FileKind::ALL.get(usize::from(kind) % (FileKind::ALL.len() + 1)) {
        Some(&kind) => Task::File(kind),
        None => Task::Archive { passwords: vec!["7788".to_owned(), "other".to_owned()] },
    };
    let _ = work(&task, bytes);
});
