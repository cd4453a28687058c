//! Where results and complaints go, and what the program says with its exit status.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use fuwake_core::publish::plain;
use fuwake_data::Fault;

use crate::cli::Format;
use crate::intake::Input;

/// The exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// 0.
    Done,
    /// 1: some input could not be read; the others were done.
    Unread,
    /// 3: `--fail-on` matched.
    Matched,
    /// 2: usage or configuration.
    Usage,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Done => 0,
            Status::Unread => 1,
            Status::Usage => 2,
            Status::Matched => 3,
        })
    }
}

/// Says on standard error what went wrong.
pub(crate) fn complain(message: &str) {
    let _ = writeln!(anstream::stderr(), "fuwake: {}", plain(message));
}

/// Says on standard error what is wrong with the operator's data.
pub(crate) fn complain_of(faults: &[Fault]) {
    let text: String = faults.iter().map(lines).collect();
    let _ = write!(anstream::stderr(), "{text}");
}

/// A fault on lines of its own, each free of what steers a terminal: its message may show a line of the file and a caret below it.
pub(crate) fn lines(fault: &Fault) -> String {
    fault.to_string().lines().map(|line| plain(line) + "\n").collect()
}

/// Writes a text of the program itself on standard output.
pub(crate) fn print(text: &str) -> io::Result<()> {
    let mut output = io::stdout().lock();
    output.write_all(text.as_bytes())?;
    output.flush()
}

/// Writes results: one after the other, or each to a file of its own.
///
/// A single result goes where the operator says; only when a second one comes is it known that there are many, which
/// makes `PATH` a folder. Until then the first one waits.
pub(crate) struct Writer {
    format: Format,
    path: Option<PathBuf>,
    /// Standard output, or the one file of JSON lines.
    stream: Option<Box<dyn Write + Send>>,
    waiting: Option<(String, Vec<u8>)>,
    /// Results written.
    count: u64,
    /// The place of the last input in their order, those without a result too.
    place: u64,
}

impl Writer {
    /// A writer to `path`, or to standard output.
    pub(crate) fn new(format: Format, path: Option<PathBuf>) -> anyhow::Result<Self> {
        let stream: Option<Box<dyn Write + Send>> = match &path {
            None if format.is_text() => Some(Box::new(BufWriter::new(anstream::stdout()))),
            None => Some(Box::new(BufWriter::new(io::stdout()))),
            Some(path) if matches!(format, Format::Jsonl) => Some(Box::new(BufWriter::new(create(path)?))),
            Some(_) => None,
        };
        Ok(Self { format, path, stream, waiting: None, count: 0, place: 0 })
    }

    /// Writes one result.
    pub(crate) fn write(&mut self, input: &Input, bytes: &[u8]) -> anyhow::Result<()> {
        self.count += 1;
        self.place += 1;
        let name = file_name(self.place, input, self.format);
        match (self.count, self.stream.as_mut()) {
            (_, Some(stream)) if matches!(self.format, Format::Jsonl) => {
                stream.write_all(bytes)?;
                stream.write_all(b"\n")?;
                // Whoever reads a stream of results wants each when it is there.
                Ok(stream.flush()?)
            }
            (1, _) => {
                self.waiting = Some((name, bytes.to_vec()));
                Ok(())
            }
            (_, Some(_)) => self.append(bytes),
            (_, None) => self.write_into_folder(&name, bytes),
        }
    }

    /// Writes what stands for an input without a mail, where the format has something.
    pub(crate) fn write_failure(&mut self, input: &Input, bytes: Option<&[u8]>) -> anyhow::Result<()> {
        let Some(bytes) = bytes else {
            self.place += 1;
            return Ok(());
        };
        self.write(input, bytes)
    }

    /// Writes what waited, and ends the output.
    pub(crate) fn finish(mut self) -> anyhow::Result<()> {
        let waiting = self.waiting.take();
        let many = self.count > 1;
        match (self.stream.as_mut(), waiting, &self.path) {
            (Some(stream), Some((_, bytes)), _) => {
                stream.write_all(&bytes)?;
                stream.write_all(b"\n")?;
            }
            (Some(stream), None, _) if many && matches!(self.format, Format::Json) => {
                stream.write_all(b"\n]\n")?;
            }
            (None, Some((name, bytes)), Some(path)) => {
                let path = if path.is_dir() { path.join(name) } else { path.clone() };
                self.write_file(&path, &bytes)?;
            }
            _ => {}
        }
        Ok(self.stream.as_mut().map_or(Ok(()), Write::flush)?)
    }

    /// One more on standard output: JSON becomes a list, and whole pages cannot follow each other.
    fn append(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        let [open, between] = match self.format {
            Format::Json => ["[\n", ",\n"],
            Format::Jsonl => ["", "\n"],
            Format::Report(format) if format.extension == "html" => {
                anyhow::bail!("many mails as html need a folder: -o FOLDER")
            }
            Format::Report(_) => ["", "\n\n"],
        };
        let Some(stream) = self.stream.as_mut() else { return Ok(()) };
        if let Some((_, first)) = self.waiting.take() {
            stream.write_all(open.as_bytes())?;
            stream.write_all(&first)?;
        }
        stream.write_all(between.as_bytes())?;
        Ok(stream.write_all(bytes)?)
    }

    /// One file; a terminal's colours have no place there.
    fn write_file(&self, path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
        let mut file = create(path)?;
        if self.format.is_text() {
            anstream::StripStream::new(file).write_all(bytes)?;
        } else {
            file.write_all(bytes)?;
        }
        Ok(())
    }

    /// One more in the folder.
    fn write_into_folder(&mut self, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let folder = self.path.as_deref().unwrap_or(Path::new("."));
        let created = std::fs::create_dir_all(folder);
        created
            .with_context(|| format!("{} must be a folder, for there are many mails", folder.display()))?;
        let first = self.waiting.take();
        let first = first.as_ref().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
        for (name, bytes) in first.into_iter().chain([(name, bytes)]) {
            self.write_file(&folder.join(name), bytes)?;
        }
        Ok(())
    }
}

/// The columns of the terminal on standard output; 80 where it is none.
pub(crate) fn width() -> usize {
    terminal_size::terminal_size_of(io::stdout()).map_or(80, |(terminal_size::Width(width), _)| width.into())
}

fn create(path: &Path) -> anyhow::Result<File> {
    File::create(path).with_context(|| format!("cannot write {}", path.display()))
}

/// The place in the input and the harmless characters of the input's own name; nothing that a mail says.
fn file_name(number: u64, input: &Input, format: Format) -> String {
    let stem = Path::new(&input.path).file_stem().unwrap_or_default().to_string_lossy();
    let harmless = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '_' };
    let stem: String = stem.chars().take(40).map(harmless).collect();
    format!("{number:05}-{stem}.{}", format.extension())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_are_harmless() {
        let input = Input {
            path: "../a/..\u{202e}\n;rm -rf.eml".to_owned(),
            member: Some("../../etc/passwd".to_owned()),
        };
        assert_eq!(file_name(7, &input, Format::Json), "00007-_____rm_-rf.json");
        let input = Input { path: "届いた/請求書のメール.eml".to_owned(), member: None };
        assert_eq!(file_name(8, &input, Format::Json), "00008-請求書のメール.json");
    }
}
