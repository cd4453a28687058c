//! Folders and Maildirs: walked in the order of names, hidden and lock files left out, no folder twice.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use super::{Fault, Flow, Found, Intake, file_input};

/// Real paths of the folders that were entered: a symbolic link may lead back.
type Entered = BTreeSet<PathBuf>;

impl Intake<'_> {
    /// Reads every mail in a folder and in the folders inside.
    pub(super) fn folder(&mut self, path: &Path) -> Flow {
        let given = self.given;
        self.enter(path, &mut Entered::new())?;
        if self.given == given {
            let detail = "no mail was found in this folder";
            return self.fault(&file_input(path), Fault::new("no-mail", detail));
        }
        Flow::Continue(())
    }

    fn enter(&mut self, path: &Path, entered: &mut Entered) -> Flow {
        let first = path.canonicalize().is_ok_and(|real| entered.insert(real));
        if !first {
            return Flow::Continue(());
        }
        let maildir = path.join("cur").is_dir() && path.join("new").is_dir();
        match names(path) {
            Ok(names) if maildir => self.maildir(path, &names, entered),
            Ok(names) => self.entries(path, &names, entered, Found::Walked),
            Err(error) => self.fault(&file_input(path), error.into()),
        }
    }

    /// `cur` and `new` hold one mail a file, `tmp` what is still being written; Maildir++ keeps folders as `.Name`.
    fn maildir(&mut self, path: &Path, folders: &[OsString], entered: &mut Entered) -> Flow {
        for folder in folders {
            let entry = path.join(folder);
            match folder.to_str() {
                Some("cur" | "new") => match names(&entry) {
                    Ok(names) => self.entries(&entry, &names, entered, Found::Maildir)?,
                    Err(error) => self.fault(&file_input(&entry), error.into())?,
                },
                Some("tmp") => {}
                _ if entry.join("cur").is_dir() => self.enter(&entry, entered)?,
                _ => {}
            }
        }
        Flow::Continue(())
    }

    fn entries(&mut self, path: &Path, names: &[OsString], entered: &mut Entered, found: Found) -> Flow {
        for name in names.iter().filter(|name| !is_left_out(name)) {
            let entry = path.join(name);
            if entry.is_dir() {
                self.enter(&entry, entered)?;
            } else if entry.is_file() || entry.symlink_metadata().is_ok_and(|data| data.is_symlink()) {
                self.file(&entry, found)?;
            }
        }
        Flow::Continue(())
    }
}

/// The names in a folder, sorted by their bytes.
fn names(path: &Path) -> io::Result<Vec<OsString>> {
    let mut names = path.read_dir()?.map(|entry| Ok(entry?.file_name())).collect::<io::Result<Vec<_>>>()?;
    names.sort_unstable();
    Ok(names)
}

/// Hidden files, locks and editors' copies.
fn is_left_out(name: &OsString) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b".") || name.ends_with(b".lock") || name.ends_with(b"~")
}
