//! Files by the SHA-256 of their bytes: what answers made, beside the ledger that names them.

use std::collections::VecDeque;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::temporary::Folder;

/// Bytes that a temporary store holds: many times what the visits of all mails at once make.
const MOST: u64 = 1 << 30;

/// Files by the SHA-256 of their bytes.
#[derive(Debug)]
pub struct BlobStore {
    folder: PathBuf,
    temporary: Option<Temporary>,
}

/// What is removed with the store, and the oldest of it before where there is too much.
#[derive(Debug)]
struct Temporary {
    _folder: Folder,
    most: u64,
    kept: Mutex<Kept>,
}

/// The files of a temporary store with their bytes, the oldest first.
#[derive(Debug, Default)]
struct Kept {
    files: VecDeque<(String, u64)>,
    bytes: u64,
}

impl Kept {
    /// Adds a file, or makes it the newest; tells one that must go, if any.
    fn add(&mut self, name: &str, bytes: u64) {
        match self.files.iter().position(|(own, _)| own == name) {
            Some(place) => {
                self.files.remove(place);
            }
            None => self.bytes += bytes,
        }
        self.files.push_back((name.to_owned(), bytes));
    }

    /// The oldest, where there is more than may be; never the newest.
    fn surplus(&mut self, most: u64) -> Option<String> {
        let (name, bytes) = (self.bytes > most && self.files.len() > 1).then(|| self.files.pop_front())??;
        self.bytes -= bytes;
        Some(name)
    }
}

impl BlobStore {
    /// In a folder, which is made with the first file.
    #[must_use]
    pub fn in_folder(folder: PathBuf) -> Self {
        Self { folder, temporary: None }
    }

    /// The `blobs` folder beside a ledger, as in a case's folder.
    #[must_use]
    pub fn beside(ledger: &Path) -> Self {
        Self::in_folder(ledger.parent().unwrap_or(Path::new("")).join("blobs"))
    }

    /// In a folder of its own that goes with the store; where much is kept, the oldest goes before.
    ///
    /// # Errors
    /// Where no folder can be made.
    pub fn temporary() -> io::Result<Self> {
        Self::temporary_of(MOST)
    }

    fn temporary_of(most: u64) -> io::Result<Self> {
        let folder = Folder::new("fuwake-")?;
        let path = folder.path().to_owned();
        Ok(Self {
            folder: path,
            temporary: Some(Temporary { _folder: folder, most, kept: Mutex::default() }),
        })
    }

    /// Keeps bytes, whole or not at all; returns their name.
    ///
    /// # Errors
    /// Where they cannot be written.
    pub fn put(&self, bytes: &[u8]) -> io::Result<String> {
        let sha256 = HEXLOWER.encode(&Sha256::digest(bytes));
        if self.temporary.is_none() {
            fs::create_dir_all(&self.folder)?;
        }
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
        file.write_all(bytes)?;
        let Some(temporary) = &self.temporary else {
            file.persist(self.place(&sha256))?;
            return Ok(sha256);
        };
        // In one go: another thread must not take away what this one has just put.
        let mut kept = temporary.kept.lock().unwrap_or_else(PoisonError::into_inner);
        file.persist(self.place(&sha256))?;
        kept.add(&sha256, bytes.len() as u64);
        while let Some(name) = kept.surplus(temporary.most) {
            fs::remove_file(self.place(&name))?;
        }
        Ok(sha256)
    }

    /// Whether a file is there.
    #[must_use]
    pub fn holds(&self, sha256: &str) -> bool {
        self.place(sha256).is_file()
    }

    /// Bytes by their name; none where they are not there, or not those.
    #[must_use]
    pub fn get(&self, sha256: &str) -> Option<Vec<u8>> {
        let is_name = sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
        let bytes = is_name.then(|| fs::read(self.place(sha256)).ok()).flatten()?;
        (HEXLOWER.encode(&Sha256::digest(&bytes)) == sha256).then_some(bytes)
    }

    /// Where a file lies.
    #[must_use]
    pub fn place(&self, sha256: &str) -> PathBuf {
        self.folder.join(sha256)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_by_their_name_alone() {
        let store = BlobStore::temporary().expect("a folder");
        let name = store.put(b"a page").expect("a file");
        assert_eq!(store.get(&name).as_deref(), Some(&b"a page"[..]));
        fs::write(store.place(&name), b"another").expect("a file");
        assert_eq!(store.get(&name), None, "not those bytes");
        assert_eq!(store.get("../../etc/passwd"), None);
    }

    #[test]
    fn a_temporary_store_does_not_grow_and_goes() {
        let store = BlobStore::temporary_of(10).expect("a folder");
        let put = |bytes: &[u8]| store.put(bytes).expect("a file");
        let [first, second] = [b"1111", b"2222"].map(|bytes| put(bytes));
        put(b"1111");
        let third = put(b"3333");
        assert!(store.holds(&first) && store.holds(&third), "the newest stay");
        assert!(!store.holds(&second), "the oldest goes");
        let large = put(&[0; 100]);
        assert!(store.get(&large).is_some(), "what was put last is there");
        assert_eq!(fs::read_dir(&store.folder).expect("a folder").count(), 1);
        let folder = store.folder.clone();
        drop(store);
        assert!(!folder.exists());
    }
}
