//! Many mails on all cores: one thread reads, several work and write, in the order of the input.
//!
//! What is in flight is bounded by the [`Budget`]: a mail's share is given back when its output is written. A panic
//! over one mail becomes its error line; the run goes on.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, Scope};

use fuwake_core::mail::RawMail;

use crate::guard::guarded;
use crate::intake::budget::{Budget, Permit};
use crate::intake::{Fault, Input, Intake, Item, KEPT};

/// How many inputs wait for a worker at most; so many that threads seldom wait for each other.
const WAITING: usize = 512;
/// A worker's stack: a hostile mail nests deeply.
const STACK: usize = 16 << 20;

/// What is to be read, and by how many.
#[derive(Debug)]
pub(crate) struct Run<'r> {
    /// Files, folders, `-`.
    pub(crate) inputs: &'r [PathBuf],
    /// Passwords for archives, beside the usual ones.
    pub(crate) passwords: &'r [String],
    /// How many workers.
    pub(crate) jobs: usize,
}

/// What became of one input.
#[derive(Debug)]
pub(crate) struct Done<T> {
    /// Where it stands.
    pub(crate) input: Input,
    /// The mail's size in bytes; 0 where there is no mail.
    pub(crate) size: u64,
    /// The work's result, or why there is none.
    pub(crate) result: Result<T, Fault>,
    _permit: Option<Permit>,
}

/// Reads all inputs, does `work` on every mail and hands the results to `write` in the order of the input, until it
/// breaks off. Returns how many files of walked folders were left out as no mail.
///
/// # Errors
/// Whatever `write` fails with.
pub(crate) fn run<T: Send, E: Send>(
    run: &Run,
    work: impl Fn(&Input, RawMail) -> T + Sync,
    write: impl FnMut(Done<T>) -> Result<(), E> + Send,
) -> Result<u64, E> {
    let output = Mutex::new(Output { early: BTreeMap::new(), next: 0, write, failed: None });
    let skipped = thread::scope(|scope| {
        let (items, waiting) = mpsc::sync_channel(WAITING);
        start_workers(scope, run.jobs, waiting, &output, &work);
        scope.spawn(|| read(run, items)).join().unwrap_or(0)
    });
    match output.into_inner().unwrap_or_else(PoisonError::into_inner).failed {
        Some(error) => Err(error),
        None => Ok(skipped),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "dropping it tells the workers that there is no more")]
fn read(run: &Run, items: SyncSender<(u64, Item)>) -> u64 {
    let mut number = 0;
    let mut sink = |item| {
        number += 1;
        match items.send((number - 1, item)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    };
    let mut intake =
        Intake { passwords: run.passwords, budget: Budget::new(KEPT), sink: &mut sink, skipped: 0, given: 0 };
    let _ = intake.read(run.inputs);
    intake.skipped
}

/// The workers end, and the reader with them, where there is no more or where the output failed.
fn start_workers<'scope, T, E, W>(
    scope: &'scope Scope<'scope, '_>,
    jobs: usize,
    waiting: Receiver<(u64, Item)>,
    output: &'scope Mutex<Output<T, E, W>>,
    work: &'scope (impl Fn(&Input, RawMail) -> T + Sync),
) where
    T: Send,
    E: Send,
    W: FnMut(Done<T>) -> Result<(), E> + Send,
{
    let waiting = Arc::new(Mutex::new(waiting));
    for _ in 0..jobs {
        let waiting = Arc::clone(&waiting);
        let next = move || waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let worker = move || {
            while let Ok((number, item)) = next() {
                let done = one(item, work);
                if output.lock().unwrap_or_else(PoisonError::into_inner).take(number, done).is_break() {
                    break;
                }
            }
        };
        thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, worker)
            .expect("a thread can be started");
    }
}

fn one<T>(item: Item, work: &impl Fn(&Input, RawMail) -> T) -> Done<T> {
    let Item { input, content } = item;
    match content {
        Err(fault) => Done { input, size: 0, result: Err(fault), _permit: None },
        Ok(mail) => {
            let result = guarded(|| work(&input, mail.raw()));
            Done { input, size: mail.raw().size, result, _permit: Some(mail.into_permit()) }
        }
    }
}

/// Where results are written; it holds back what is finished too early.
struct Output<T, E, W> {
    early: BTreeMap<u64, Done<T>>,
    next: u64,
    write: W,
    failed: Option<E>,
}

impl<T, E, W: FnMut(Done<T>) -> Result<(), E>> Output<T, E, W> {
    fn take(&mut self, number: u64, done: Done<T>) -> ControlFlow<()> {
        self.early.insert(number, done);
        while self.failed.is_none()
            && let Some(done) = self.early.remove(&self.next)
        {
            self.next += 1;
            self.failed = (self.write)(done).err();
        }
        if self.failed.is_none() {
            return ControlFlow::Continue(());
        }
        // Nobody will write these; the reader may be waiting for their share of the budget.
        self.early.clear();
        ControlFlow::Break(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An mbox of two thousand mails, and the folder that it lives in.
    fn many() -> (tempfile::TempDir, [PathBuf; 1]) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("many.mbox");
        let mails = "From a@example.com Sat Jan  3 01:05:34 2026\nSubject: one of many\n\n\n".repeat(2_000);
        std::fs::write(&path, mails).expect("written");
        (folder, [path])
    }

    #[test]
    fn a_panic_over_one_mail_is_its_error_and_order_is_kept() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let inputs: Vec<PathBuf> = (0..50)
            .map(|number| {
                let path = folder.path().join(format!("{number:02}.eml"));
                std::fs::write(&path, format!("Subject: {number}\n\n")).expect("written");
                path
            })
            .collect();
        let work = |input: &Input, _: RawMail| {
            assert!(!input.path.ends_with("07.eml"), "planted");
            input.path.clone()
        };
        let mut seen = Vec::new();
        let all = Run { inputs: &inputs, passwords: &[], jobs: 4 };
        run(&all, work, |done: Done<String>| {
            seen.push((done.input.path, done.result.err().map(|fault| fault.id)));
            Ok::<_, ()>(())
        })
        .expect("nothing fails");
        let expected: Vec<_> = inputs
            .iter()
            .map(|path| {
                let fault = path.ends_with("07.eml").then_some("internal-error");
                (path.to_string_lossy().into_owned(), fault)
            })
            .collect();
        assert_eq!(seen, expected);
    }

    /// While the first mail is worked on, the others use up the whole budget, so that the reader waits when the output fails.
    #[test]
    fn an_output_that_fails_late_ends_the_run() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        let (_folder, inputs) = many();
        let all = Run { inputs: &inputs, passwords: &[], jobs: 2 };
        let others = AtomicUsize::new(0);
        let work = |input: &Input, _: RawMail| {
            if input.member.as_deref() == Some("1") {
                while others.load(Ordering::SeqCst) < 250 {
                    thread::yield_now();
                }
            } else {
                others.fetch_add(1, Ordering::SeqCst);
            }
        };
        assert_eq!(run(&all, work, |_| Err("full")), Err("full"));
    }

    #[test]
    fn an_output_that_fails_ends_the_run() {
        let (_folder, inputs) = many();
        let all = Run { inputs: &inputs, passwords: &[], jobs: 2 };
        let mut written = 0;
        let ended = run(
            &all,
            |_, _| (),
            |_| {
                written += 1;
                if written < 5 { Ok(()) } else { Err("full") }
            },
        );
        assert_eq!((ended, written), (Err("full"), 5));
    }
}
