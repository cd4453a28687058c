//! Decoders that crash, hang, eat memory or reach out cost one answer, and nothing else.
#![allow(clippy::panic)]

use std::path::PathBuf;

use fuwake_core::evidence::{Answer, Contents, Data, FileKind};
use fuwake_probes::worker::Workers;

/// Cargo builds the examples beside the tests.
fn workers() -> Workers {
    let test = std::env::current_exe().expect("a test knows its own place");
    let folder = test.parent().and_then(|folder| folder.parent()).expect("it lies in deps");
    let program: PathBuf = folder.join("examples").join("faulty_worker");
    assert!(program.exists(), "cargo builds {}", program.display());
    Workers::new(program)
}

fn why(workers: &Workers, file: &[u8]) -> String {
    match workers.decode(FileKind::Pdf, file).answer {
        Answer::Failed { why } => why,
        other => panic!("{other:?}"),
    }
}

fn is_fine(workers: &Workers) -> bool {
    let contents = Contents { text: "fine".into(), ..Contents::default() };
    workers.decode(FileKind::Pdf, b"a file").answer == Answer::Found { data: Data::FileContents { contents } }
}

#[test]
fn a_decoder_that_fails_fails_alone() {
    let workers = workers();
    assert!(is_fine(&workers));
    assert!(why(&workers, b"panic").contains("examples/faulty_worker.rs"));
    assert!(is_fine(&workers), "after a panic");
    assert!(why(&workers, b"abort").contains("crashed"));
    assert!(is_fine(&workers), "after a crash");
}

#[test]
fn memory_and_time_are_bounded() {
    let workers = workers();
    if workers.fence().is_ok_and(|fence| fence.limits) {
        assert!(why(&workers, b"eat").contains("crashed"));
        assert!(why(&workers, b"loop").contains("crashed"), "processor time is bounded");
    }
    assert!(is_fine(&workers));
}

/// What the kernel lacks is named by the fence; what it has must hold.
#[test]
fn nothing_is_reached_from_inside() {
    let workers = workers();
    let fence = workers.fence().expect("a worker starts");
    if fence.landlock || fence.seccomp {
        for file in [&b"read"[..], b"write", b"connect", b"start"] {
            let why = why(&workers, file);
            assert!(!why.contains("Refused"), "a socket was opened: {why}");
        }
    } else {
        assert!(fence.missing().any(|missing| missing == "seccomp"), "the lack is stated");
    }
}

#[test]
fn a_program_that_is_no_worker_is_a_failure() {
    let workers = Workers::new(PathBuf::from("/bin/true"));
    assert!(why(&workers, b"x").contains("did not start"));
    let workers = Workers::new(PathBuf::from("/nowhere/at/all"));
    assert!(why(&workers, b"x").contains("could be started"));
}
