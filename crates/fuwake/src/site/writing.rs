//! Writes a site: what is made of the same as before stays, files appear whole or not at all, and nothing that is not ours is touched.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, anyhow};
use fuwake_report::site::{Page, Site};
use sha2::{Digest, Sha256};

use super::folder;
use super::manifest::{Hash, Known, Manifest};
use crate::output::complain;

/// Threads that write.
const WRITERS: usize = 2;
/// How many files one of them takes at a time.
const PORTION: usize = 64;

/// What was done.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Done {
    /// Files of the site.
    pub(super) files: usize,
    /// Those that were written.
    pub(super) written: usize,
    /// Files that are no longer of the site.
    pub(super) removed: usize,
}

/// A file as it shall be.
enum Wanted<'s> {
    Page(&'s Page),
    /// The folder of a case, and the file's name there.
    Copy(&'s str, &'s str),
}

/// A path, what its file is made of, and how.
type Due<'s> = (&'s str, Hash, Wanted<'s>);

/// Writes what is new, and removes what is no longer wanted.
pub(super) fn write(site: &Site, source: &Path, output: &Path) -> anyhow::Result<Done> {
    let (pages, copies) = (pages(site), site.copies());
    let mut wanted: Vec<Due<'_>> =
        pages.iter().map(|page| (page.path.as_str(), short(&page.key), Wanted::Page(page))).collect();
    wanted.extend(copies.iter().map(|(entry, file, path)| {
        (path.as_str(), short(&entry.stamp), Wanted::Copy(&entry.publication.slug, file))
    }));
    fs::create_dir_all(output).with_context(|| format!("cannot make {}", output.display()))?;
    let old = Manifest::read(output)?;
    if !old.is_whole {
        complain(&format!(
            "{}: the list of the site's files is damaged or of another version; every file is made anew, and what the list does not \
             name stays: remove the folder to be rid of it",
            output.display()
        ));
    }
    let files = wanted.len();
    let there = are_there(&wanted, output);
    let (mut current, mut due) = (Vec::with_capacity(files), Vec::new());
    for (one, there) in wanted.into_iter().zip(there) {
        let known = old.files.get(one.0);
        if there && known.is_some_and(|known| known.key == one.1) {
            current.push(one);
        } else if there && known.is_none() && old.is_whole {
            return Err(anyhow!("{} is there already, and is none of ours", output.join(one.0).display()));
        } else {
            due.push(one);
        }
    }
    claim(&old, &due, output)?;
    let work = Work { site, source, output, old: &old };
    let made = work.all(&due)?;
    let mut new = Manifest::default();
    let stay = current.iter().filter_map(|(path, ..)| Some(((*path).to_owned(), *old.files.get(*path)?)));
    new.files.extend(stay);
    let mut written = 0;
    for (path, known, is_new) in made {
        written += usize::from(is_new);
        new.files.insert(path.to_owned(), known);
    }
    let removed = remove(&old, &new, output)?;
    if written + removed + due.len() > 0 {
        new.write(output)?;
    }
    Ok(Done { files, written, removed })
}

/// All pages and the search, made at the same time.
fn pages(site: &Site) -> Vec<Page> {
    std::thread::scope(|scope| {
        let search = scope.spawn(|| site.search());
        let mut pages = site.pages();
        pages.extend(search.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        pages
    })
}

/// Which files are there, in the order of the files.
fn are_there(wanted: &[Due<'_>], output: &Path) -> Vec<bool> {
    let share = wanted.len().div_ceil(WRITERS).max(1);
    let look = |wanted: &[Due<'_>]| -> Vec<bool> {
        wanted.iter().map(|(path, ..)| output.join(path).exists()).collect()
    };
    std::thread::scope(|scope| {
        let lookers: Vec<_> = wanted.chunks(share).map(|wanted| scope.spawn(move || look(wanted))).collect();
        let join = |looker: std::thread::ScopedJoinHandle<'_, Vec<bool>>| looker.join();
        let there = lookers.into_iter().map(join);
        there.flat_map(|there| there.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    })
}

/// Says that the files are ours before there are any, so that a run that is broken off leaves nothing that the next one holds for
/// another's or for finished.
fn claim(old: &Manifest, due: &[Due<'_>], output: &Path) -> anyhow::Result<()> {
    if due.is_empty() {
        return Ok(());
    }
    let mut claimed = old.clone();
    claimed.files.extend(due.iter().map(|(path, ..)| ((*path).to_owned(), Known::default())));
    claimed.write(output)
}

struct Work<'w> {
    site: &'w Site,
    source: &'w Path,
    output: &'w Path,
    old: &'w Manifest,
}

impl Work<'_> {
    /// Makes all files, by several threads; whether each was written.
    fn all<'d>(&self, due: &'d [Due<'_>]) -> anyhow::Result<Vec<(&'d str, Known, bool)>> {
        let portions = std::sync::Mutex::new(due.chunks(PORTION));
        let work = || -> anyhow::Result<Vec<(&'d str, Known, bool)>> {
            let mut made = Vec::new();
            loop {
                let portion = portions.lock().map_err(|_| anyhow!("another thread failed"))?.next();
                let Some(portion) = portion else { return Ok(made) };
                for (path, key, wanted) in portion {
                    let (bytes, is_new) = self.one(path, wanted).with_context(|| (*path).to_owned())?;
                    made.push((*path, Known { key: *key, bytes }, is_new));
                }
            }
        };
        std::thread::scope(|scope| {
            let writers: Vec<_> = (0..WRITERS).map(|_| scope.spawn(work)).collect();
            let mut all = Vec::with_capacity(due.len());
            for writer in writers {
                all.extend(writer.join().map_err(|_| anyhow!("a writer failed"))??);
            }
            Ok(all)
        })
    }

    /// Makes a file; written only where its bytes are others than before.
    fn one(&self, path: &str, wanted: &Wanted<'_>) -> anyhow::Result<(Hash, bool)> {
        let bytes = match wanted {
            Wanted::Page(page) => self.site.render(page, &|slug, file| folder::text(self.source, slug, file)),
            Wanted::Copy(slug, file) => folder::bytes(&self.source.join(slug).join(file))?,
        };
        let hash = short(&Sha256::digest(&bytes).into());
        let target = self.output.join(path);
        let same = self.old.files.get(path).is_some_and(|known| known.bytes == hash) && target.exists();
        if !same {
            replace(&target, &bytes)?;
        }
        Ok((hash, !same))
    }
}

/// Removes our files that are no longer wanted, and folders that are empty then.
fn remove(old: &Manifest, new: &Manifest, output: &Path) -> anyhow::Result<usize> {
    let mut removed = 0;
    for path in old.files.keys().filter(|path| !new.files.contains_key(*path)) {
        let target = output.join(path);
        match fs::remove_file(&target) {
            Ok(()) => removed += 1,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error).with_context(|| format!("cannot remove {}", target.display())),
        }
        let above = target.ancestors().skip(1).take_while(|above| *above != output);
        // A folder that still holds something stays.
        let _ = above.map(fs::remove_dir).take_while(Result::is_ok).count();
    }
    Ok(removed)
}

/// Writes a file beside its place and moves it there: whoever reads it sees the old one or the new one.
pub(super) fn replace(target: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let write = || -> io::Result<()> {
        let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let beside = target.with_file_name(format!(".{name}.{}", std::process::id()));
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        OpenOptions::new().write(true).create_new(true).open(&beside)?.write_all(bytes)?;
        fs::rename(&beside, target)
    };
    write().with_context(|| format!("cannot write {}", target.display()))
}

fn short(hash: &[u8; 32]) -> Hash {
    std::array::from_fn(|at| hash[at])
}
