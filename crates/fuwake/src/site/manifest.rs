//! Which files in the site's folder are ours, what each was made of, and what it holds: only those are ever written over or removed.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Component, Path};

use anyhow::Context;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::writing::replace;

/// Its name in the site's folder.
const FILE: &str = ".fuwake-site";
/// What its first line begins with; a hash of all the others follows.
const HEAD: &str = "fuwake.site/2";
/// Bytes of a hash that are kept.
pub(super) const HASH: usize = 16;

/// A short hash.
pub(super) type Hash = [u8; HASH];

/// What is known of a file of ours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// Of what it is made of; zeros where it may not be finished.
    pub(super) key: Hash,
    /// Of its bytes.
    pub(super) bytes: Hash,
}

/// Files by their paths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Manifest {
    pub(super) files: BTreeMap<String, Known>,
    /// It is of this version and undamaged. Of another only the paths are believed: every file is made anew, and one that stands in the
    /// way is held for ours, because the folder was.
    pub(super) is_whole: bool,
}

impl Default for Manifest {
    fn default() -> Self {
        Self { files: BTreeMap::new(), is_whole: true }
    }
}

impl Manifest {
    /// Reads it; empty where there is none.
    pub(super) fn read(folder: &Path) -> anyhow::Result<Self> {
        let path = folder.join(FILE);
        match fs::read(&path) {
            Ok(bytes) => Ok(Self::parse(&String::from_utf8_lossy(&bytes))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
    }

    fn parse(text: &str) -> Self {
        let (head, rest) = text.split_once('\n').unwrap_or((text, ""));
        let is_whole = head == self::head(rest);
        let line = |line: &str| {
            let mut words = line.splitn(3, ' ');
            let (key, bytes, path) = (hash(words.next()?)?, hash(words.next()?)?, words.next()?);
            let known = if is_whole { Known { key, bytes } } else { Known::default() };
            is_below(path).then(|| (path.to_owned(), known))
        };
        Self { files: rest.lines().filter_map(line).collect(), is_whole }
    }

    /// Writes it.
    pub(super) fn write(&self, folder: &Path) -> anyhow::Result<()> {
        let mut text = String::with_capacity(self.files.len() * 120);
        for (path, known) in &self.files {
            HEXLOWER.encode_append(&known.key, &mut text);
            text.push(' ');
            HEXLOWER.encode_append(&known.bytes, &mut text);
            text.push(' ');
            text.push_str(path);
            text.push('\n');
        }
        let head = head(&text);
        replace(&folder.join(FILE), format!("{head}\n{text}").as_bytes())
    }
}

/// The first line above the others.
fn head(rest: &str) -> String {
    format!("{HEAD} {}", HEXLOWER.encode(&Sha256::digest(rest)))
}

fn hash(text: &str) -> Option<Hash> {
    HEXLOWER.decode(text.as_bytes()).ok()?.try_into().ok()
}

/// Whether a path stays below the folder that it begins in.
pub(super) fn is_below(path: &str) -> bool {
    !path.is_empty() && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_nothing_leads_outside() {
        let folder = tempfile::tempdir().expect("a folder");
        let known = Known { key: [1; HASH], bytes: [2; HASH] };
        let files = BTreeMap::from([("a b/index.html".to_owned(), known), ("../x".to_owned(), known)]);
        let written = Manifest { files, is_whole: true };
        written.write(folder.path()).expect("written");
        let read = Manifest::read(folder.path()).expect("read");
        assert!(read.is_whole);
        assert_eq!(read.files.into_iter().collect::<Vec<_>>(), [("a b/index.html".to_owned(), known)]);
        assert!(!is_below("/etc/passwd") && !is_below("a/../b") && !is_below(""));
    }
    #[test]
    fn of_what_is_damaged_or_older_paths_alone_are_believed() {
        let hash = "01".repeat(HASH);
        let line = format!("{hash} {hash} a/index.html\n");
        for text in [String::new(), format!("fuwake.site/1\n{line}"), format!("{}\n{line}", head("else"))] {
            let read = Manifest::parse(&text);
            assert!(!read.is_whole && read.files.values().all(|known| *known == Known::default()), "{text}");
        }
        let whole = Manifest::parse(&format!("{}\n{line}", head(&line)));
        assert!(whole.is_whole && whole.files.contains_key("a/index.html"));
    }
}
