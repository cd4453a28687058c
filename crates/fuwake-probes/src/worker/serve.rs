//! The worker's half: fences itself in, then decodes what comes until there is no more.

use std::cell::Cell;
use std::io::{self, Read, Write, stdin, stdout};
use std::panic::{self, AssertUnwindSafe};

use fuwake_core::evidence::{Answer, Data};

use super::{Task, fence, wire};

/// The largest file that is decoded, in bytes.
const LARGEST: u32 = 64 << 20;

thread_local! {
    /// Where a decoder panicked last.
    static PLACE: Cell<String> = const { Cell::new(String::new()) };
}

/// A decoder: what a file holds, or why that cannot be read.
pub type Decoder = fn(&Task, &[u8]) -> Result<Data, String>;

/// Works for the program that started this one, until that one has no more or goes away.
///
/// # Errors
/// The program speaks nonsense.
pub fn serve(decoder: Decoder) -> io::Result<()> {
    panic::set_hook(Box::new(|panicked| {
        PLACE.set(panicked.location().map(|place| tail(place.file(), place.line())).unwrap_or_default());
    }));
    let (mut from, mut to) = (stdin().lock(), stdout().lock());
    wire::write(&mut to, &fence::put_up())?;
    loop {
        match wire::read::<Task>(&mut from) {
            Ok(task) => one(&mut from, &mut to, &task, decoder)?,
            Err(end) if end.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            Err(error) => return Err(error),
        }
    }
}

fn one(from: &mut impl Read, to: &mut impl Write, task: &Task, decoder: Decoder) -> io::Result<()> {
    let bytes = wire::read_bytes(from, LARGEST)?;
    let decoded = panic::catch_unwind(AssertUnwindSafe(|| decoder(task, &bytes)));
    let answer = match decoded {
        Ok(Ok(data)) => Answer::Found { data },
        Ok(Err(why)) => Answer::Failed { why },
        Err(_) => Answer::Failed { why: format!("the decoder panicked ({})", PLACE.take()) },
    };
    wire::write(to, &answer)
}

/// `lopdf-0.47.0/src/reader.rs:12`, without the folders of the machine that it was built on.
fn tail(path: &str, line: u32) -> String {
    let mut pieces: Vec<&str> = path.rsplit('/').take(3).collect();
    pieces.reverse();
    format!("{}:{line}", pieces.join("/"))
}
