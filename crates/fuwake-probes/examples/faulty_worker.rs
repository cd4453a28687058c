//! A worker whose decoder does what the file says: what tests of the fence and of the recovery from bad decoders start.

use std::io;
use std::net::{TcpListener, TcpStream};
use std::process::{Command, ExitCode};

use fuwake_core::evidence::{Contents, FileKind};
use fuwake_probes::worker::serve::serve;

fn main() -> ExitCode {
    match serve(misbehave) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

#[allow(clippy::panic, reason = "a decoder that panics is what is tried")]
fn misbehave(_: FileKind, bytes: &[u8]) -> Result<Contents, String> {
    let done = |text: &str| Ok(Contents { text: text.to_owned(), ..Contents::default() });
    match bytes {
        b"panic" => panic!("planted"),
        b"abort" => std::process::abort(),
        b"loop" => loop {
            std::hint::spin_loop();
        },
        b"eat" => done(&"x".repeat(1 << 30)),
        b"read" => reached(std::fs::read("/etc/passwd")),
        b"write" => reached(std::fs::write("/tmp/fuwake-worker", "x")),
        b"connect" => reached(TcpStream::connect("127.0.0.1:9")),
        b"listen" => reached(TcpListener::bind("127.0.0.1:0")),
        b"start" => reached(Command::new("/bin/true").status()),
        _ => done("fine"),
    }
}

/// What became of reaching out: the kind of the refusal.
fn reached<T>(result: io::Result<T>) -> Result<Contents, String> {
    result.map(|_| Contents::default()).map_err(|why| format!("{:?}", why.kind()))
}
