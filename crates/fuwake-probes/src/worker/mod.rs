//! Decoders for files of strangers run in processes of their own, which can do nothing but compute: see [`fence`].
//!
//! The program starts itself as a worker when the first file asks for one. A worker decodes many files, one at a time; one that
//! crashes, hangs or speaks nonsense is killed, and the file is tried once more by a fresh one, so that no file suffers from an
//! earlier one and the answer depends on the file alone.

pub mod fence;
pub mod serve;
mod wire;

use std::io;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use fuwake_core::evidence::{Answer, FileKind};
use serde::{Deserialize, Serialize};

pub use fence::Fence;

/// The argument that makes the program a worker.
pub const ARGUMENT: &str = "decode-worker";
/// The longest that a worker may take over one file; its processor time is bounded more narrowly.
const PATIENCE: Duration = Duration::from_secs(30);
/// Files after which a worker is replaced: its processor time is bounded for its whole life.
const FILES: u32 = 200;
/// The stack of the thread that talks to a worker.
const STACK: usize = 128 << 10;

/// What a worker is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Task {
    /// Read a file.
    File(FileKind),
    /// Read the files in an archive.
    Archive {
        /// Passwords to try where it needs one.
        passwords: Vec<String>,
    },
}

/// Workers, started when they are needed.
#[derive(Debug)]
pub struct Workers {
    program: PathBuf,
    idle: Mutex<Vec<Worker>>,
}

/// What a worker answered.
#[derive(Debug, PartialEq)]
pub struct Decoded {
    /// The answer.
    pub answer: Answer,
    /// What the kernel held the worker back with; none where none could be started.
    pub fence: Option<Fence>,
}

impl Workers {
    /// Workers that are `program` itself, which must call [`serve::serve`] where its first argument is [`ARGUMENT`].
    #[must_use]
    pub const fn new(program: PathBuf) -> Self {
        Self { program, idle: Mutex::new(Vec::new()) }
    }

    /// Has a worker decode a file.
    pub fn decode(&self, task: &Task, bytes: &[u8]) -> Decoded {
        // Taken in a statement of its own: the lock must be free again while the worker works.
        let idle = self.idle().pop();
        if let Some(decoded) = idle.and_then(|worker| self.ask(worker, task, bytes).ok()) {
            return decoded;
        }
        let asked = Worker::start(&self.program).and_then(|worker| self.ask(worker, task, bytes));
        asked.unwrap_or_else(|why| Decoded { answer: Answer::Failed { why }, fence: None })
    }

    /// How a worker is held back on this machine.
    ///
    /// # Errors
    /// Why no worker can be started.
    pub fn fence(&self) -> Result<Fence, String> {
        Worker::start(&self.program).map(|worker| worker.fence)
    }

    fn ask(&self, mut worker: Worker, task: &Task, bytes: &[u8]) -> Result<Decoded, String> {
        let answer = worker.ask(task, bytes)?;
        let fence = Some(worker.fence);
        if worker.files < FILES {
            self.idle().push(worker);
        }
        Ok(Decoded { answer, fence })
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Worker>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A file to decode.
type Request = (Task, Vec<u8>);

/// A worker process; a thread of ours writes to it and reads from it, so that no wait is without end.
#[derive(Debug)]
struct Worker {
    process: Child,
    requests: Option<Sender<Request>>,
    answers: Receiver<io::Result<Answer>>,
    fence: Fence,
    files: u32,
}

impl Worker {
    fn start(program: &PathBuf) -> Result<Self, String> {
        let mut process = Command::new(program)
            .arg(ARGUMENT)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|why| format!("no decoder could be started: {why}"))?;
        let (mut to, mut from) =
            (process.stdin.take().expect("it is piped"), process.stdout.take().expect("it is piped"));
        let (requests, to_do) = mpsc::channel::<Request>();
        let (greet, greeting) = mpsc::channel();
        let (done, answers) = mpsc::channel();
        let talk = move || {
            let greeted = wire::read(&mut from);
            let failed = greeted.is_err();
            if greet.send(greeted).is_err() || failed {
                return;
            }
            for (task, bytes) in to_do {
                let answer = wire::ask(&mut to, &mut from, &task, &bytes);
                let failed = answer.is_err();
                if done.send(answer).is_err() || failed {
                    return;
                }
            }
        };
        let thread = thread::Builder::new().stack_size(STACK).spawn(talk);
        let mut worker =
            Self { process, requests: Some(requests), answers, fence: Fence::default(), files: 0 };
        thread.map_err(|why| format!("no decoder could be started: {why}"))?;
        worker.fence = match greeting.recv_timeout(PATIENCE) {
            Ok(Ok(fence)) => fence,
            _ => return Err(format!("the decoder did not start: {}", worker.end())),
        };
        Ok(worker)
    }

    fn ask(&mut self, task: &Task, bytes: &[u8]) -> Result<Answer, String> {
        self.files += 1;
        let sent = self
            .requests
            .as_ref()
            .is_some_and(|requests| requests.send((task.clone(), bytes.to_vec())).is_ok());
        if !sent {
            return Err(self.end());
        }
        match self.answers.recv_timeout(PATIENCE) {
            Ok(Ok(answer)) => Ok(answer),
            Err(mpsc::RecvTimeoutError::Timeout) => {
                self.end();
                Err(format!("the decoder was not done after {} s", PATIENCE.as_secs()))
            }
            _ => Err(self.end()),
        }
    }

    /// Ends the process; how it ended, for a person.
    fn end(&mut self) -> String {
        self.requests = None;
        // A process that has ended by itself keeps its own status.
        let ended = match self.process.try_wait() {
            Ok(Some(status)) => Ok(status),
            _ => {
                thread::sleep(Duration::from_millis(20));
                let own = self.process.try_wait().ok().flatten();
                let _ = self.process.kill();
                self.process.wait().map(|status| own.unwrap_or(status))
            }
        };
        match ended {
            Ok(status) => format!("the decoder crashed ({status})"),
            Err(why) => format!("the decoder crashed ({why})"),
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.requests = None;
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
