//! A progress bar on standard error, on a terminal only.

use std::fs;
use std::io::{IsTerminal, stderr};
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};

/// How far a run is, in bytes of mail and in mails.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
    mails: u64,
}

impl Progress {
    /// A bar for `inputs`; a hidden one where nobody looks at a terminal or where standard output shares it.
    #[must_use]
    pub(crate) fn new(inputs: &[PathBuf], output_is_shown: bool) -> Self {
        let bar = match stderr().is_terminal() && !output_is_shown {
            true => ProgressBar::new(inputs.iter().map(|input| size(input, 0)).sum()),
            false => ProgressBar::hidden(),
        };
        let template = "{bar:30} {bytes}/{total_bytes} {msg} mails, {bytes_per_sec}, {eta} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
            bar.set_message("0");
        }
        Self { bar, mails: 0 }
    }

    /// One more mail of `bytes` is done.
    pub(crate) fn advance(&mut self, bytes: u64) {
        self.mails += 1;
        self.bar.inc(bytes);
        if self.mails.is_multiple_of(64) {
            self.bar.set_message(self.mails.to_string());
        }
    }

    /// Writes a line on standard error without tearing the bar.
    pub(crate) fn complain(&self, line: &str) {
        self.bar.suspend(|| crate::output::complain(line));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// Bytes of a file or of all files in a folder. Links to folders inside are not followed: they may lead back.
fn size(path: &Path, depth: u8) -> u64 {
    let linked = |entry: &fs::DirEntry| entry.file_type().is_ok_and(|kind| kind.is_symlink());
    match fs::metadata(path) {
        Ok(data) if data.is_dir() && depth < 32 => match path.read_dir() {
            Ok(entries) => {
                let own = entries.flatten().filter(|entry| !linked(entry));
                own.map(|entry| size(&entry.path(), depth + 1)).sum()
            }
            Err(_) => 0,
        },
        Ok(data) if data.is_file() => data.len(),
        _ => 0,
    }
}
