//! What a site is made of: the folders of published cases, and what its author wrote. Nothing here is believed: a folder may have come
//! from elsewhere.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::time::UNIX_EPOCH;

use anyhow::{Context, ensure};
use fuwake_core::publication::{FILE, MOST_BYTES, Publication, is_slug};
use fuwake_report::site::{Entry, LANGUAGES, Settings};
use sha2::{Digest, Sha256};

/// The largest file of the author's, and the largest page of a case, in bytes.
const MOST_TEXT: u64 = 1 << 20;
const MOST_PAGE: u64 = 16 << 20;
/// The largest other file.
const MOST_FILE: u64 = 64 << 20;
/// Files of one case that are shown.
const MOST_FILES: usize = 60;
/// Endings of what may be shown beside a case, of what its record names as made for everybody.
const SHOWN: [&str; 10] = [".csv", ".html", ".json", ".md", ".pdf", ".png", ".svg", ".txt", ".webp", ".zone"];
/// Threads that read.
const READERS: usize = 2;

/// What the folder holds.
pub(super) struct Found {
    pub(super) entries: Vec<Entry>,
    /// Folders that were not taken, and why.
    pub(super) refused: Vec<(String, String)>,
}

/// Reads all published cases.
pub(super) fn cases(folder: &Path, output: &Path) -> anyhow::Result<Found> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        // A link could lead anywhere: only folders that are here are read.
        if is_slug(&name) && entry.file_type()?.is_dir() && entry.path() != output {
            names.push(name);
        }
    }
    names.sort_unstable();
    let share = names.len().div_ceil(READERS).max(1);
    let results: Vec<Result<Option<Entry>, (String, String)>> = std::thread::scope(|scope| {
        let readers: Vec<_> = names
            .chunks(share)
            .map(|names| scope.spawn(move || names.iter().map(|name| case(folder, name)).collect::<Vec<_>>()))
            .collect();
        readers.into_iter().flat_map(|reader| reader.join().unwrap_or_default()).collect()
    });
    let mut read = Found { entries: Vec::with_capacity(results.len()), refused: Vec::new() };
    for result in results {
        match result {
            Ok(entry) => read.entries.extend(entry),
            Err(why) => read.refused.push(why),
        }
    }
    read.once_each();
    Ok(read)
}

impl Found {
    /// A mail that was judged anew may have got a folder of another name: the newest record of it holds, the others are told of.
    fn once_each(&mut self) {
        let newest = |one: &Entry| (one.publication.updated.clone(), one.publication.slug.clone());
        let mut mails: BTreeMap<String, (String, String)> = BTreeMap::new();
        for entry in &self.entries {
            let known = mails.entry(entry.publication.sha256.clone()).or_default();
            *known = newest(entry).max(std::mem::take(known));
        }
        let is_newest = |entry: &Entry| mails.get(&entry.publication.sha256) == Some(&newest(entry));
        let older = self.entries.iter().filter(|entry| !is_newest(entry));
        self.refused.extend(older.map(|entry| {
            let slug = &entry.publication.slug;
            let holds = mails.get(&entry.publication.sha256).map_or("", |(_, slug)| slug.as_str());
            (slug.clone(), format!("an older record of the mail of {holds}; it can be removed"))
        }));
        self.entries.retain(is_newest);
    }
}

/// A folder's case; none where it holds no record, so that it is no published case.
fn case(folder: &Path, name: &str) -> Result<Option<Entry>, (String, String)> {
    let case = folder.join(name);
    let record = match limited(&case.join(FILE), MOST_BYTES) {
        Ok(record) => record,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err((name.to_owned(), format!("cannot read {FILE}: {error}"))),
    };
    let publication =
        Publication::read(&record, name).map_err(|refused| (name.to_owned(), refused.to_string()))?;
    let digest: [u8; 32] = Sha256::digest(&record).into();
    let shown = |file: &str| is_shown(file) && publication.files.contains(file);
    let (files, stamp) =
        files(&case, &digest, shown).map_err(|error| (name.to_owned(), error.to_string()))?;
    Ok(Some(Entry { publication, files, digest, stamp }))
}

/// The other files of a case that are shown, and what differs where any of them may differ: name, size and time.
fn files(
    case: &Path,
    digest: &[u8; 32],
    is_shown: impl Fn(&str) -> bool,
) -> io::Result<(Vec<String>, [u8; 32])> {
    let mut found = Vec::new();
    for entry in fs::read_dir(case)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        if is_shown(&name) && entry.file_type()?.is_file() {
            let about = entry.metadata()?;
            let time = about.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
            found.push((name, about.len(), time));
        }
    }
    found.sort_unstable();
    found.truncate(MOST_FILES);
    let mut hash = Sha256::new_with_prefix(digest);
    for (name, size, time) in &found {
        hash.update(name);
        hash.update(size.to_le_bytes());
        hash.update(time.to_le_bytes());
    }
    Ok((found.into_iter().map(|(name, ..)| name).collect(), hash.finalize().into()))
}

/// Names that `publish` makes: small letters, digits, dots and hyphens.
fn is_shown(name: &str) -> bool {
    let allowed =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.');
    name != FILE
        && name.len() <= 100
        && !name.starts_with('.')
        && !name.contains("..")
        && name.bytes().all(allowed)
        && SHOWN.iter().any(|ending| name.ends_with(ending))
}

/// The text of a file of a case, for its page.
pub(super) fn text(folder: &Path, slug: &str, file: &str) -> Option<String> {
    let bytes = limited(&folder.join(slug).join(file), MOST_PAGE).ok()?;
    String::from_utf8(bytes).ok()
}

/// A file of a case, to be copied.
pub(super) fn bytes(path: &Path) -> anyhow::Result<Vec<u8>> {
    limited(path, MOST_FILE).with_context(|| format!("cannot read {}", path.display()))
}

/// What the author says of the site; these files are never written.
pub(super) fn settings(folder: &Path, base_url: Option<String>) -> anyhow::Result<Settings> {
    let mut settings = match author(&folder.join("site.toml"))? {
        Some(text) => toml::from_str(&text).context("site.toml")?,
        None => Settings::default(),
    };
    settings.base_url = settings.base_url.or(base_url);
    if let Some(base) = &settings.base_url {
        let url = url::Url::parse(base).context("base-url")?;
        let plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
        ensure!(
            matches!(url.scheme(), "http" | "https") && plain,
            "base-url: {base:?} is no address of a site"
        );
        settings.base_url = Some(url.to_string());
    }
    for language in LANGUAGES {
        let about = author(&folder.join(format!("about.{}.md", language.tag())))?;
        settings.about.extend(about.map(|about| (language, about)));
    }
    Ok(settings)
}

fn author(path: &Path) -> anyhow::Result<Option<String>> {
    match limited(path, MOST_TEXT) {
        Ok(bytes) => {
            Ok(Some(String::from_utf8(bytes).with_context(|| format!("{} is not UTF-8", path.display()))?))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

/// A file that is no larger than it may be, and no link.
fn limited(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    if !fs::symlink_metadata(path)?.is_file() {
        return Err(io::Error::other("not a file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::other(format!("larger than {most} bytes")));
    }
    Ok(bytes)
}
