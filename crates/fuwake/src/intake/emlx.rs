//! Apple Mail's .emlx: a line with the mail's length in bytes, the mail, and a property list.

use std::io::{self, Read};

use super::keeper::Keeper;
use super::{Flow, Input, Intake, Source};

/// The longest first line: digits and the blanks that pad them.
const LINE: usize = 64;

impl Intake<'_> {
    /// Reads an .emlx; without the leading length all of it is the mail.
    pub(super) fn emlx(&mut self, input: &Input, mut source: Source) -> Flow {
        let mut keeper = Keeper::new(&self.budget);
        let read = read(&mut source, &mut keeper);
        self.finish(input, read.map(|()| keeper))
    }
}

fn read(source: &mut Source, keeper: &mut Keeper) -> io::Result<()> {
    let mut line = Vec::new();
    while line.last() != Some(&b'\n') && line.len() < LINE {
        if source.by_ref().take(1).read_to_end(&mut line)? == 0 {
            break;
        }
    }
    let length = std::str::from_utf8(line.trim_ascii()).ok().and_then(|digits| digits.parse().ok());
    match length {
        Some(length) => keeper.take_all(&mut source.take(length)),
        None => keeper.take_all(&mut io::Cursor::new(line).chain(source)),
    }
}
