//! One browser for many visits: started with the first, replaced after a number of them or after a fault, watched for its memory.

use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use serde_json::json;
use tokio::sync::{Mutex, Semaphore, SemaphorePermit};

use crate::browser::chromium::Chromium;
use crate::browser::devtools::PATIENCE;
use crate::browser::processes::{self, Process};

/// Visits of one browser.
const VISITS: usize = 100;
/// Memory of one page, and of the browser with all of its pages, in bytes.
const PAGE: u64 = 800 << 20;
const BROWSER: u64 = 2 << 30;
/// How often memory is looked at.
const LOOK: Duration = Duration::from_millis(500);
/// How soon a page that is ended is seen to have died.
const SOON: Duration = Duration::from_secs(2);
/// How long a browser that did not start is not tried again: each try may take long, and every visit would wait for it.
const PENANCE: Duration = Duration::from_secs(300);

/// One browser for many visits.
#[derive(Debug)]
pub(super) struct Pool {
    program: PathBuf,
    current: Mutex<Current>,
    slots: Semaphore,
}

/// What there is to be taken.
#[derive(Debug, Default)]
enum Current {
    #[default]
    None,
    Running(Arc<Running>),
    /// It did not start: when, and why.
    Broken(Instant, String),
}

/// A browser that runs.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) chromium: Chromium,
    visits: AtomicUsize,
    is_faulty: AtomicBool,
    /// When a page last took too much memory and was ended.
    ended: std::sync::Mutex<Option<Instant>>,
}

impl Running {
    /// Not for another visit.
    pub(super) fn give_up(&self) {
        self.is_faulty.store(true, Ordering::Relaxed);
    }

    /// Whether a page that died just now may have been ended for its memory.
    pub(super) fn ended_a_page(&self) -> bool {
        let ended = *self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        ended.is_some_and(|when| when.elapsed() < SOON)
    }

    fn is_usable(&self) -> bool {
        !self.is_faulty.load(Ordering::Relaxed) && self.visits.load(Ordering::Relaxed) < VISITS
    }
}

impl Pool {
    /// Starts nothing yet.
    pub(super) fn new(program: PathBuf, at_once: usize) -> Self {
        Self { program, current: Mutex::default(), slots: Semaphore::new(at_once) }
    }

    /// A browser for one visit, once it is this visit's turn.
    pub(super) async fn take(&self) -> io::Result<(Arc<Running>, SemaphorePermit<'_>)> {
        let turn = self.slots.acquire().await.map_err(io::Error::other)?;
        let mut current = self.current.lock().await;
        let running = match &*current {
            Current::Running(running) if running.is_usable() => Arc::clone(running),
            Current::Broken(when, why) if when.elapsed() < PENANCE => {
                return Err(io::Error::other(why.clone()));
            }
            _ => {
                // The old one ends with its last visit.
                *current = Current::None;
                let started = start(&self.program).await;
                let running = Arc::new(started.inspect_err(|why| {
                    *current = Current::Broken(Instant::now(), why.to_string());
                })?);
                tokio::spawn(watch(Arc::downgrade(&running)));
                *current = Current::Running(Arc::clone(&running));
                running
            }
        };
        running.visits.fetch_add(1, Ordering::Relaxed);
        Ok((running, turn))
    }
}

async fn start(program: &std::path::Path) -> io::Result<Running> {
    let chromium = Chromium::start(program).await?;
    let discover = json!({ "discover": true });
    let told = chromium.devtools.call::<serde_json::Value>("Target.setDiscoverTargets", discover, PATIENCE);
    told.await.map_err(io::Error::other)?;
    Ok(Running {
        chromium,
        visits: AtomicUsize::new(0),
        is_faulty: AtomicBool::new(false),
        ended: std::sync::Mutex::default(),
    })
}

/// Ends pages that take too much memory, and a browser that does.
async fn watch(running: std::sync::Weak<Running>) {
    loop {
        tokio::time::sleep(LOOK).await;
        let Some(running) = running.upgrade() else { return };
        let (group, folder) = (running.chromium.group(), running.chromium.profile().to_owned());
        // A table of thousands takes its time.
        let all =
            tokio::task::spawn_blocking(move || processes::of(group, &folder)).await.unwrap_or_default();
        let together: u64 = all.iter().map(|process| process.memory).sum();
        let too_large = |process: &&Process| {
            process.memory > if process.is_renderer { PAGE } else { BROWSER / 2 } || together > BROWSER
        };
        if let Some(largest) = all.iter().filter(too_large).max_by_key(|process| process.memory) {
            *running.ended.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
            running.give_up();
            processes::end(*largest);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[tokio::test]
    async fn a_browser_that_does_not_start_is_not_tried_for_each_visit() {
        let folder = tempfile::tempdir().expect("a folder");
        let (program, tries) = (folder.path().join("browser"), folder.path().join("tries"));
        fs::write(&tries, "").expect("a file");
        fs::write(&program, format!("#!/bin/sh\n[ \"$1\" = --version ] || echo x >> {}\n", tries.display()))
            .expect("a file");
        for (file, mode) in [(folder.path(), 0o755), (&program, 0o755), (&tries, 0o666)] {
            fs::set_permissions(file, PermissionsExt::from_mode(mode)).expect("permissions");
        }
        let pool = Pool::new(program, 1);
        for _ in 0..3 {
            assert!(pool.take().await.is_err());
        }
        assert_eq!(fs::read_to_string(&tries).expect("a file"), "x\n");
    }
}
