//! A mail while it is read: its first bytes are kept, all of it is counted and hashed.

use std::io::{self, Read};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::budget::{Budget, Permit};
use super::{Fault, KEPT, OwnedMail};

/// Keeps, counts and hashes what is pushed into it.
pub(super) struct Keeper {
    bytes: Vec<u8>,
    size: u64,
    hash: Sha256,
    blank: bool,
    permit: Permit,
}

impl Keeper {
    pub(super) fn new(budget: &Arc<Budget>) -> Self {
        Self { bytes: Vec::new(), size: 0, hash: Sha256::new(), blank: true, permit: budget.permit() }
    }

    /// A mail that is already here.
    pub(super) fn of(bytes: Vec<u8>, permit: Permit) -> Self {
        let blank = is_blank(&bytes);
        Self { size: bytes.len() as u64, hash: Sha256::new_with_prefix(&bytes), blank, bytes, permit }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.size += bytes.len() as u64;
        self.hash.update(bytes);
        self.blank = self.blank && is_blank(bytes);
        let room = KEPT.saturating_sub(self.bytes.len()).min(bytes.len());
        if room > 0 {
            self.make_room(room);
            self.bytes.extend_from_slice(&bytes[..room]);
        }
    }

    /// Grows by doubling and never beyond [`KEPT`], so that the permit is what the memory is.
    fn make_room(&mut self, room: usize) {
        let needed = self.bytes.len() + room;
        if needed > self.bytes.capacity() {
            let capacity = needed.next_power_of_two().min(KEPT);
            self.permit.grow_to(capacity);
            self.bytes.reserve_exact(capacity - self.bytes.len());
        }
    }

    /// Pushes all that `source` holds.
    pub(super) fn take_all(&mut self, source: &mut impl Read) -> io::Result<()> {
        let mut buffer = [0; 16 << 10];
        loop {
            match source.read(&mut buffer) {
                Ok(0) => return Ok(()),
                Ok(read) => self.push(&buffer[..read]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// The mail, or why it is none.
    pub(super) fn finish(self) -> Result<OwnedMail, Fault> {
        if self.size == 0 {
            return Err(Fault::new("empty", "the input is empty"));
        }
        if self.blank {
            return Err(Fault::new("no-mail", "there is neither a header field nor a body"));
        }
        let sha256 = self.hash.finalize().into();
        Ok(OwnedMail { bytes: self.bytes, size: self.size, sha256, permit: self.permit })
    }
}

/// Nothing but blanks, line ends and a byte order mark.
fn is_blank(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    bytes.iter().all(u8::is_ascii_whitespace)
}
