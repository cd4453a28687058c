//! Decoders that crash, hang, eat memory or reach out cost one answer, and nothing else.
#![allow(clippy::panic)]

use std::path::PathBuf;

use fuwake_core::evidence::{Answer, Contents, Data, FileKind};
use fuwake_probes::worker::{Fence, Task, Workers};

/// A program of its own, which cargo builds for these tests (Cargo.toml says why).
fn faulty_worker() -> PathBuf {
    env!("CARGO_BIN_EXE_faulty_worker").into()
}

fn workers() -> Workers {
    Workers::new(faulty_worker())
}

fn why(workers: &Workers, file: &[u8]) -> String {
    match workers.decode(&Task::File(FileKind::Pdf), file).answer {
        Answer::Failed { why } => why,
        other => panic!("{other:?}"),
    }
}

fn is_fine(workers: &Workers) -> bool {
    let contents = Contents { text: "fine".into(), ..Contents::default() };
    workers.decode(&Task::File(FileKind::Pdf), b"a file").answer
        == Answer::Found { data: Data::FileContents { contents } }
}

/// The fence of a worker, which must be whole: where it is not, nothing below is proven.
fn whole_fence(workers: &Workers) -> Fence {
    let fence = workers.fence().expect("a worker starts");
    let missing: Vec<&str> = fence.missing().collect();
    assert!(
        fence.is_whole(),
        "this kernel does not offer {}: attachments would be decoded without it (`fuwake doctor` says so)",
        missing.join(", ")
    );
    fence
}

#[test]
fn a_decoder_that_fails_fails_alone() {
    let workers = workers();
    assert!(is_fine(&workers));
    assert!(why(&workers, b"panic").contains("worker/faulty_worker.rs"));
    assert!(is_fine(&workers), "after a panic");
    assert!(why(&workers, b"abort").contains("crashed"));
    assert!(is_fine(&workers), "after a crash");
}

#[test]
fn memory_is_bounded() {
    let workers = workers();
    whole_fence(&workers);
    let why = why(&workers, b"eat");
    assert!(why.contains("crashed"), "{why}");
    assert!(is_fine(&workers), "after too much memory");
}

#[test]
fn time_is_bounded() {
    let workers = workers();
    whole_fence(&workers);
    let why = why(&workers, b"loop");
    // On a busy machine our patience ends before the processor time does.
    assert!(why.contains("crashed") || why.contains("not done"), "{why}");
    assert!(is_fine(&workers), "after an endless loop");
}

#[test]
fn nothing_is_reached_from_inside() {
    let workers = workers();
    whole_fence(&workers);
    for file in [&b"read"[..], b"write", b"connect", b"listen", b"start"] {
        let why = why(&workers, file);
        assert_eq!(why, "PermissionDenied", "{}", String::from_utf8_lossy(file));
    }
    assert!(is_fine(&workers));
}

/// What a program leaves open goes to all that it starts, unless it is marked otherwise: here a shell that becomes the worker.
#[test]
#[cfg(unix)]
fn an_inherited_file_is_not_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (secret, script) = (folder.path().join("secret"), folder.path().join("leaky"));
    std::fs::write(&secret, "secret").expect("written");
    let lines =
        format!("#!/bin/sh\nexec 3<'{}'\nexec '{}' \"$@\"\n", secret.display(), faulty_worker().display());
    std::fs::write(&script, lines).expect("written");
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o700)).expect("set");
    let workers = Workers::new(script);
    whole_fence(&workers);
    assert_eq!(why(&workers, b"inherited"), "PermissionDenied");
    assert!(is_fine(&workers));
}

#[test]
fn a_program_that_is_no_worker_is_a_failure() {
    let workers = Workers::new(PathBuf::from("/bin/true"));
    assert!(why(&workers, b"x").contains("did not start"));
    let workers = Workers::new(PathBuf::from("/nowhere/at/all"));
    assert!(why(&workers, b"x").contains("could be started"));
}
