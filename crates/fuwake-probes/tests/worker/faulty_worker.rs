//! A worker whose decoder does what the file says: what tests of the fence and of the recovery from bad decoders start.

use std::fs::File;
use std::io::{self, Read};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, ExitCode};
use std::sync::OnceLock;

use fuwake_core::evidence::{Contents, Data};
use fuwake_probes::worker::Task;
use fuwake_probes::worker::serve::serve;

/// The first handle behind the three standard ones, where whoever started this program left one open in it.
static INHERITED: OnceLock<io::Result<File>> = OnceLock::new();

fn main() -> ExitCode {
    // Opened through /proc it is a second handle for the same file: safe code cannot name the first by its number.
    INHERITED.get_or_init(|| File::open("/proc/self/fd/3"));
    match serve(misbehave) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

#[allow(clippy::panic, reason = "a decoder that panics is what is tried")]
fn misbehave(_: &Task, bytes: &[u8]) -> Result<Data, String> {
    let done = |text: &str| {
        let contents = Contents { text: text.to_owned(), ..Contents::default() };
        Ok(Data::FileContents { contents })
    };
    match bytes {
        b"panic" => panic!("planted"),
        b"abort" => std::process::abort(),
        b"loop" => loop {
            std::hint::spin_loop();
        },
        b"eat" => done(&"x".repeat(1 << 30)),
        b"read" => reached(std::fs::read("/etc/passwd")),
        b"inherited" => match INHERITED.get() {
            Some(Ok(file)) => reached({ file }.read(&mut [0])),
            _ => Err("nothing was inherited".to_owned()),
        },
        b"write" => reached(std::fs::write("/tmp/fuwake-worker", "x")),
        b"connect" => reached(TcpStream::connect("127.0.0.1:9")),
        b"listen" => reached(TcpListener::bind("127.0.0.1:0")),
        b"start" => reached(Command::new("/bin/true").status()),
        _ => done("fine"),
    }
}

/// What became of reaching out: the kind of the refusal.
fn reached<T>(result: io::Result<T>) -> Result<Data, String> {
    result
        .map(|_| Data::FileContents { contents: Contents::default() })
        .map_err(|why| format!("{:?}", why.kind()))
}
