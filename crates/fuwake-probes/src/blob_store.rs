//! Files by the SHA-256 of their bytes: what answers made, beside the ledger that names them.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// Files by the SHA-256 of their bytes.
#[derive(Debug)]
pub struct BlobStore {
    folder: PathBuf,
    /// Removed with the store.
    _temporary: Option<TempDir>,
}

impl BlobStore {
    /// In a folder, which is made with the first file.
    #[must_use]
    pub fn in_folder(folder: PathBuf) -> Self {
        Self { folder, _temporary: None }
    }

    /// The `blobs` folder beside a ledger, as in a case's folder.
    #[must_use]
    pub fn beside(ledger: &Path) -> Self {
        Self::in_folder(ledger.parent().unwrap_or(Path::new("")).join("blobs"))
    }

    /// In a folder of its own that goes with the store.
    ///
    /// # Errors
    /// Where no folder can be made.
    pub fn temporary() -> io::Result<Self> {
        let temporary = tempfile::Builder::new().prefix("fuwake-").tempdir()?;
        Ok(Self { folder: temporary.path().to_owned(), _temporary: Some(temporary) })
    }

    /// Keeps bytes, whole or not at all; returns their name.
    ///
    /// # Errors
    /// Where they cannot be written.
    pub fn put(&self, bytes: &[u8]) -> io::Result<String> {
        let sha256 = HEXLOWER.encode(&Sha256::digest(bytes));
        fs::create_dir_all(&self.folder)?;
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
        file.write_all(bytes)?;
        file.persist(self.place(&sha256))?;
        Ok(sha256)
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
}
