//! Intake: files, folders, mailboxes and archives become a stream of mails. One file a format.
//!
//! Everything is streamed. Of each mail the first [`KEPT`] bytes are kept for analysis, all of it is counted and
//! hashed, and a [`budget::Budget`] bounds what is in flight, so that memory does not grow with the input.

pub(crate) mod budget;
mod content;
mod emlx;
mod folder;
mod gzip;
mod keeper;
mod mbox;
mod meter;
mod outlook;
mod window;
mod zip;

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(crate) use fuwake_core::case::Input;
use fuwake_core::mail::RawMail;

use budget::{Budget, Permit};
use content::Kind;
use keeper::Keeper;

/// How many bytes of one mail are kept for analysis; the rest is counted and hashed only.
pub(crate) const KEPT: usize = 16 << 20;

/// How deep an archive may stand in an archive.
const NESTING: u8 = 2;

/// A file as an input.
fn file_input(path: &Path) -> Input {
    Input { path: path.to_string_lossy().into_owned(), member: None }
}

/// The place `member` inside an input; places inside places are joined by a slash.
fn inside(input: &Input, member: &str) -> Input {
    let member = match &input.member {
        Some(outer) => format!("{outer}/{member}"),
        None => member.to_owned(),
    };
    Input { path: input.path.clone(), member: Some(member) }
}

/// A mail as it was read.
#[derive(Debug)]
pub(crate) struct OwnedMail {
    bytes: Vec<u8>,
    size: u64,
    sha256: [u8; 32],
    permit: Permit,
}

impl OwnedMail {
    /// The mail as the core takes it.
    #[must_use]
    pub(crate) fn raw(&self) -> RawMail<'_> {
        RawMail { bytes: &self.bytes, size: self.size, sha256: self.sha256 }
    }

    /// The mail's share of the budget, to be held until its output is written; the bytes are given up.
    #[must_use]
    pub(crate) fn into_permit(self) -> Permit {
        self.permit
    }
}

/// Why an input gives no mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Kebab-case: `unreadable`, `empty`, `no-mail`, `encrypted` …
    pub(crate) id: &'static str,
    /// For a person, in English.
    pub(crate) detail: String,
}

impl Fault {
    /// A fault `id` with its explanation.
    pub(crate) fn new(id: &'static str, detail: impl Into<String>) -> Self {
        Self { id, detail: detail.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.detail)
    }
}

impl std::error::Error for Fault {}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<meter::Bomb>()) {
            Some(bomb) => Self::new("decompression-bomb", bomb.to_string()),
            None => Self::new("unreadable", error.to_string()),
        }
    }
}

/// One thing that intake found: a mail, or why there is none.
#[derive(Debug)]
pub(crate) struct Item {
    /// Where it stands.
    pub(crate) input: Input,
    /// The mail, or what is wrong.
    pub(crate) content: Result<OwnedMail, Fault>,
}

/// Whether the one who takes the mails wants more.
pub(crate) type Flow = ControlFlow<()>;

/// Reads inputs and hands every mail to `sink`, in order.
pub(crate) struct Intake<'s> {
    /// Passwords that are tried on encrypted archives, in order.
    pub(crate) passwords: &'s [String],
    /// What bounds the mails in flight.
    pub(crate) budget: Arc<Budget>,
    /// Who takes the mails.
    pub(crate) sink: &'s mut dyn FnMut(Item) -> Flow,
    /// Files of a walked folder that do not look like mail and were left out.
    pub(crate) skipped: u64,
    /// How many items were handed over.
    pub(crate) given: u64,
}

/// How an input was come by; it decides what is expected of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    /// Named by the operator: always taken for a mail.
    Named,
    /// Found in a folder or an archive: taken where its name or its first bytes are a mail's.
    Walked,
    /// Found in a Maildir, which holds nothing but single mails.
    Maildir,
}

/// Bytes that can be read from any place.
trait Seekable: Read + Seek {}
impl<T: Read + Seek> Seekable for T {}

/// The bytes of an input.
enum Source<'r> {
    File(File),
    Stream(Box<dyn Read + 'r>),
}

impl Read for Source<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => file.read(buffer),
            Self::Stream(stream) => stream.read(buffer),
        }
    }
}

impl<'r> Source<'r> {
    /// The first bytes, and the source as it was before they were read.
    fn peek(mut self) -> io::Result<(Vec<u8>, Self)> {
        let mut head = vec![0; content::HEAD];
        let mut filled = 0;
        while filled < head.len() {
            match self.read(&mut head[filled..]) {
                Ok(0) => break,
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        head.truncate(filled);
        let rewound = match &mut self {
            Self::File(file) => file.seek(SeekFrom::Start(0)).is_ok(),
            Self::Stream(_) => false,
        };
        let whole =
            if rewound { self } else { Self::Stream(Box::new(io::Cursor::new(head.clone()).chain(self))) };
        Ok((head, whole))
    }

    /// The source with random access; a stream is written to a temporary file where it is large.
    fn seekable(self) -> io::Result<Box<dyn Seekable + 'r>> {
        match self {
            Self::File(file) => Ok(Box::new(io::BufReader::new(file))),
            Self::Stream(mut stream) => {
                let mut spool = tempfile::spooled_tempfile(4 << 20);
                io::copy(&mut stream, &mut spool)?;
                spool.seek(SeekFrom::Start(0))?;
                Ok(Box::new(spool))
            }
        }
    }
}

impl Intake<'_> {
    /// Reads all inputs in the order given; `-` is standard input.
    pub(crate) fn read(&mut self, inputs: &[PathBuf]) -> Flow {
        for input in inputs {
            self.read_one(input)?;
        }
        Flow::Continue(())
    }

    fn read_one(&mut self, path: &Path) -> Flow {
        match path.to_str() {
            Some("-") => {
                let input = file_input(path);
                let stdin = Source::Stream(Box::new(io::stdin().lock()));
                self.guarded(&input, |intake| intake.source(&input, "", stdin, Found::Named, 0))
            }
            _ if path.is_dir() => self.folder(path),
            _ => self.file(path, Found::Named),
        }
    }

    fn file(&mut self, path: &Path, found: Found) -> Flow {
        let input = file_input(path);
        match File::open(path) {
            Ok(file) => self
                .guarded(&input, |intake| intake.source(&input, &input.path, Source::File(file), found, 0)),
            Err(error) => self.fault(&input, error.into()),
        }
    }

    /// A decoder that panics costs its own input only.
    fn guarded(&mut self, input: &Input, read: impl FnOnce(&mut Self) -> Flow) -> Flow {
        match crate::guard::guarded(|| read(self)) {
            Ok(flow) => flow,
            Err(fault) => self.fault(input, fault),
        }
    }

    /// Reads whatever `source` is, judged by its name and its first bytes.
    fn source(&mut self, input: &Input, name: &str, source: Source, found: Found, depth: u8) -> Flow {
        let (head, source) = match source.peek() {
            Ok(peeked) => peeked,
            Err(error) => return self.fault(input, error.into()),
        };
        if found == Found::Walked && !content::may_be_mail(name, &head) {
            self.skipped += 1;
            return Flow::Continue(());
        }
        let kind =
            if found == Found::Maildir { content::kind_by_content(&head) } else { Kind::of(name, &head) };
        match kind {
            Kind::Gzip | Kind::Zip if depth >= NESTING => self.fault(
                input,
                Fault::new("nested-too-deep", "an archive in an archive in an archive is not opened"),
            ),
            Kind::Gzip => self.gzip(input, name, source, depth),
            Kind::Zip => self.zip(input, source, depth),
            Kind::Outlook => self.outlook(input, source),
            Kind::Emlx => self.emlx(input, source),
            Kind::Mbox => self.mbox(input, source, false),
            Kind::MayBeMbox if found != Found::Maildir => self.mbox(input, source, true),
            Kind::Mail | Kind::MayBeMbox => self.mail(input, source),
        }
    }

    /// The whole source is one mail.
    fn mail(&mut self, input: &Input, mut source: impl Read) -> Flow {
        let mut keeper = Keeper::new(&self.budget);
        let read = keeper.take_all(&mut source);
        self.finish(input, read.map(|()| keeper))
    }

    /// Hands over what was kept of a mail, or why there is none.
    fn finish(&mut self, input: &Input, keeper: io::Result<Keeper>) -> Flow {
        let content = keeper.map_err(Fault::from).and_then(Keeper::finish);
        self.give(Item { input: input.clone(), content })
    }

    fn fault(&mut self, input: &Input, fault: Fault) -> Flow {
        self.give(Item { input: input.clone(), content: Err(fault) })
    }

    fn give(&mut self, item: Item) -> Flow {
        self.given += 1;
        (self.sink)(item)
    }
}

#[cfg(test)]
mod tests;
