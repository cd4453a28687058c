//! The mails that all filters are given: the same copies, in the same order.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use sha2::{Digest, Sha256};

/// A mail to be judged.
pub(crate) struct Mail {
    /// The copy that the filters read.
    pub(crate) path: PathBuf,
    /// Index of its folder.
    pub(crate) folder: usize,
    /// It belongs to the sample of its folder; the others are there for their labels.
    pub(crate) sampled: bool,
    /// Its label, where it has one.
    pub(crate) label: Option<String>,
}

/// Copies the mails of `folders` to `stage`: of each the first `most` in the order of their SHA-256, and all that have a label.
pub(crate) fn stage(
    folders: &[PathBuf],
    most: Option<usize>,
    labels: &BTreeMap<String, String>,
    stage: &Path,
) -> anyhow::Result<Vec<Mail>> {
    let mut mails = Vec::new();
    for (folder, root) in folders.iter().enumerate() {
        let mut files = Vec::new();
        walk(root, &mut files)?;
        ensure!(!files.is_empty(), "{}: no files", root.display());
        let mut by_digest: BTreeMap<String, PathBuf> = BTreeMap::new();
        for file in files {
            let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            let digest = Sha256::digest(bytes);
            by_digest.insert(digest.iter().map(|byte| format!("{byte:02x}")).collect(), file);
        }
        for (number, (digest, file)) in by_digest.into_iter().enumerate() {
            let sampled = most.is_none_or(|most| number < most);
            let label = labels.get(&digest).cloned();
            if !sampled && label.is_none() {
                continue;
            }
            let path = stage.join(format!("{folder}-{digest}.eml"));
            fs::copy(file, &path)?;
            mails.push(Mail { path, folder, sampled, label });
        }
    }
    Ok(mails)
}

/// Labels by SHA-256: tab-separated, with columns `sha256` and `class` named in the first line.
pub(crate) fn labels(table: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let text = fs::read_to_string(table).with_context(|| format!("cannot read {}", table.display()))?;
    let mut lines = text.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let head = lines.next().unwrap_or_default();
    let column =
        |name| head.iter().position(|title| *title == name).with_context(|| format!("no column {name}"));
    let (digest, class) = (column("sha256")?, column("class")?);
    let row = |line: Vec<&str>| Some((line.get(digest)?.to_string(), line.get(class)?.to_string()));
    Ok(lines.filter_map(row).collect())
}

/// The classes that mails have, sorted.
pub(crate) fn classes(mails: &[Mail]) -> BTreeSet<&str> {
    mails.iter().filter_map(|mail| mail.label.as_deref()).collect()
}

/// All files below a folder.
pub(crate) fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<_>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() { walk(&path, files)? } else { files.push(path) }
    }
    Ok(())
}
