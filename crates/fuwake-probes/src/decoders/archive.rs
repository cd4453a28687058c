//! Zip archives (APPNOTE 6.3): what the files in them show and do, opened with the passwords that the mail names.

use std::io::{Cursor, Read};

use fuwake_core::evidence::{Contents, Data, FileKind, Member};
use fuwake_core::inquiry::kind_of_member;
use fuwake_core::mail::attachment::ends_as_zip;
use zip::ZipArchive;

use crate::probes::archive::name_of_entry;

/// How deep archives in archives are opened.
const DEPTH: usize = 3;
/// Files that are decoded, or that passwords are tried on.
const FILES: usize = 60;
/// Files that are unpacked and looked at: most ask for no decoder.
const UNPACKED_FILES: usize = 1_000;
/// The largest file that is unpacked, in bytes.
const LARGEST: u64 = 24 << 20;
/// What all files together may unpack to, in bytes.
const UNPACKED: u64 = 48 << 20;

/// Why a file is not read whose password is not known.
const LOCKED: &str = "no password in the mail opens it";

/// Reads the files in an archive.
///
/// # Errors
/// It is damaged, or no password opens any of it.
pub fn read(bytes: &[u8], passwords: &[String]) -> Result<Data, String> {
    let mut opening = Opening {
        passwords,
        password: None,
        members: Vec::new(),
        files: FILES,
        unpacked: UNPACKED_FILES,
        left: UNPACKED,
        truncated: false,
    };
    opening.zip("", bytes, 0)?;
    let Opening { password, members, truncated, .. } = opening;
    let is_locked = |member: &Member| member.unread.as_deref() == Some(LOCKED);
    if !members.is_empty() && members.iter().all(is_locked) {
        return Err(LOCKED.to_owned());
    }
    Ok(Data::ArchiveContents { password: password.cloned(), members, truncated })
}

struct Opening<'p> {
    passwords: &'p [String],
    /// The one that opened a file.
    password: Option<&'p String>,
    members: Vec<Member>,
    /// How many files may still be decoded.
    files: usize,
    /// How many files may still be unpacked.
    unpacked: usize,
    /// How many bytes may still be unpacked.
    left: u64,
    truncated: bool,
}

impl Opening<'_> {
    fn zip(&mut self, prefix: &str, bytes: &[u8], depth: usize) -> Result<(), String> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|why| why.to_string())?;
        for index in 0..archive.len() {
            let Ok(entry) = archive.by_index_data(index) else { continue };
            let name = format!("{prefix}{}", name_of_entry(&entry));
            let (is_locked, size) = (entry.encrypted(), entry.size());
            if name.ends_with('/') {
                continue;
            }
            let spent = if is_locked { &mut self.files } else { &mut self.unpacked };
            if !spend(spent) || size > LARGEST {
                self.truncated = true;
                continue;
            }
            match self.unpack(&mut archive, index, is_locked) {
                Some(content) => self.member(name, &content, is_locked, depth),
                None => {
                    self.truncated = true;
                    self.members.extend(is_locked.then(|| unopened(name, size)));
                }
            }
        }
        Ok(())
    }

    fn unpack(
        &mut self,
        archive: &mut ZipArchive<Cursor<&[u8]>>,
        index: usize,
        is_locked: bool,
    ) -> Option<Vec<u8>> {
        if !is_locked {
            return self.whole(archive.by_index(index).ok()?);
        }
        // The one that opened a file before is likely to open this one.
        let candidates = self.password.into_iter().chain(self.passwords);
        for password in candidates.collect::<Vec<_>>() {
            // A password is only known to be right once the whole file has its checksum.
            let Ok(file) = archive.by_index_decrypt(index, password.as_bytes()) else { continue };
            if let Some(content) = self.whole(file) {
                self.password = Some(password);
                return Some(content);
            }
        }
        None
    }

    /// All of a file, where the bound allows it and it has its checksum.
    fn whole(&mut self, file: impl Read) -> Option<Vec<u8>> {
        let mut content = Vec::new();
        let read = file.take(self.left + 1).read_to_end(&mut content);
        let length = content.len() as u64;
        let fits = length <= self.left;
        self.left = self.left.saturating_sub(length);
        (read.is_ok() && fits).then_some(content)
    }

    fn member(&mut self, name: String, content: &[u8], was_locked: bool, depth: usize) {
        // Pictures are left out: unlike those of a mail nobody sees them beside its words.
        let kind = kind_of_member(&name, content).filter(|kind| *kind != FileKind::Picture);
        if kind.is_none() && (content.starts_with(b"PK\x03\x04") || ends_as_zip(content)) && depth + 1 < DEPTH
        {
            self.truncated |= self.zip(&format!("{name}/"), content, depth + 1).is_err();
        }
        if kind.is_none() && !was_locked && self.password.is_none() {
            return;
        }
        // A locked file was counted when it was opened.
        if kind.is_some() && !was_locked && !spend(&mut self.files) {
            self.truncated = true;
            return;
        }
        let read = kind.map_or_else(|| Ok(Default::default()), |kind| super::read(kind, content));
        let (contents, unread) = match read {
            Ok(mut contents) => {
                if kind == Some(FileKind::Page) {
                    contents.links.extend(super::page::links(content));
                    contents = super::page::add_words(content, contents);
                }
                self.truncated |= contents.truncated;
                (contents, None)
            }
            Err(why) => (Default::default(), Some(why)),
        };
        self.members.push(Member { name, size: content.len() as u64, kind, contents, unread });
    }
}

/// Takes one off a budget; false where nothing is left of it.
fn spend(budget: &mut usize) -> bool {
    budget.checked_sub(1).map(|left| *budget = left).is_some()
}

/// A file that no password opens: its neighbours are read all the same.
fn unopened(name: String, size: u64) -> Member {
    Member { name, size, kind: None, contents: Contents::default(), unread: Some(LOCKED.to_owned()) }
}
