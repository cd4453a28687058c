//! A worker whose decoder does what the file says: what tests of the fence and of the recovery from bad decoders start.

use std::net::TcpStream;
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
        b"read" => {
            std::fs::read_to_string("/etc/passwd").map_err(|why| why.to_string()).and_then(|text| done(&text))
        }
        b"write" => {
            std::fs::write("/tmp/fuwake-worker", "x").map_err(|why| why.to_string()).and_then(|()| done(""))
        }
        b"connect" => TcpStream::connect("127.0.0.1:9")
            .map_err(|why| format!("{:?}", why.kind()))
            .and_then(|_| done("")),
        b"start" => Command::new("/bin/true").status().map_err(|why| why.to_string()).and_then(|_| done("")),
        _ => done("fine"),
    }
}
