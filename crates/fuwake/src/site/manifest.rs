//! Which files in the site's folder are ours, what each was made of, and what it holds: only those are ever written over or removed.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Component, Path};

use anyhow::Context;
use data_encoding::HEXLOWER;

use super::writing::replace;

/// Its name in the site's folder.
const FILE: &str = ".fuwake-site";
/// Its first line.
const HEAD: &str = "fuwake.site/1";
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    pub(super) files: BTreeMap<String, Known>,
}

impl Manifest {
    /// Reads it; empty where there is none.
    pub(super) fn read(folder: &Path) -> anyhow::Result<Self> {
        let path = folder.join(FILE);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Self::parse(&text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
    }

    fn parse(text: &str) -> Self {
        let mut lines = text.lines();
        if lines.next() != Some(HEAD) {
            return Self::default();
        }
        let line = |line: &str| {
            let mut words = line.splitn(3, ' ');
            let (key, bytes, path) = (hash(words.next()?)?, hash(words.next()?)?, words.next()?);
            is_below(path).then(|| (path.to_owned(), Known { key, bytes }))
        };
        Self { files: lines.filter_map(line).collect() }
    }

    /// Writes it.
    pub(super) fn write(&self, folder: &Path) -> anyhow::Result<()> {
        let mut text = String::with_capacity(self.files.len() * 120);
        text.push_str(HEAD);
        text.push('\n');
        for (path, known) in &self.files {
            HEXLOWER.encode_append(&known.key, &mut text);
            text.push(' ');
            HEXLOWER.encode_append(&known.bytes, &mut text);
            text.push(' ');
            text.push_str(path);
            text.push('\n');
        }
        replace(&folder.join(FILE), text.as_bytes())
    }
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
        Manifest { files }.write(folder.path()).expect("written");
        let read = Manifest::read(folder.path()).expect("read");
        assert_eq!(read.files.into_iter().collect::<Vec<_>>(), [("a b/index.html".to_owned(), known)]);
        assert!(Manifest::parse("other\n").files.is_empty());
        assert!(!is_below("/etc/passwd") && !is_below("a/../b") && !is_below(""));
    }
}
