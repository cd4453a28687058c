//! Temporary folders: gone with their owner, and also where a signal ends the program before its owners let go of them.

use std::collections::BTreeMap;
use std::io;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tempfile::TempDir;

/// How often a folder that somebody still writes into is tried to be removed, and how long is waited between.
const TRIES: usize = 10;
const PAUSE: Duration = Duration::from_millis(20);

/// Ends the processes that write into a folder.
type End = Box<dyn Fn() + Send>;

/// All that there are, with what must end before each.
static ALL: Mutex<BTreeMap<PathBuf, Option<End>>> = Mutex::new(BTreeMap::new());

/// A temporary folder.
#[derive(Debug)]
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new(prefix: &str) -> io::Result<Self> {
        let mut all = all();
        let folder = tempfile::Builder::new().prefix(prefix).tempdir()?;
        all.insert(folder.path().to_owned(), None);
        Ok(Self(folder))
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Processes write into it: how they are ended before it goes.
    pub(crate) fn end_first(&self, end: impl Fn() + Send + 'static) {
        all().insert(self.path().to_owned(), Some(Box::new(end)));
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let end = all().remove(self.path()).flatten();
        take_away(self.path(), end.as_ref());
    }
}

/// Takes all of them away, for a program that ends now: whoever wants a new one after this waits until it has.
pub fn take_all_away() {
    let all = ManuallyDrop::new(all());
    all.iter().for_each(|(folder, end)| take_away(folder, end.as_ref()));
}

fn take_away(folder: &Path, end: Option<&End>) {
    if let Some(end) = end {
        end();
    }
    // What a process wrote as it died may be in the way.
    for _ in 0..TRIES {
        let gone = std::fs::remove_dir_all(folder);
        if gone.is_ok() || gone.is_err_and(|why| why.kind() == io::ErrorKind::NotFound) {
            return;
        }
        std::thread::sleep(PAUSE);
    }
}

fn all() -> MutexGuard<'static, BTreeMap<PathBuf, Option<End>>> {
    ALL.lock().unwrap_or_else(PoisonError::into_inner)
}
