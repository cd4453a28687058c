//! How much an archive gives for what it is; a decompression bomb is stopped.

use std::cell::Cell;
use std::fmt;
use std::io::{self, Read};

/// What any archive may give.
const FREE: u64 = 64 << 20;
/// How many times its own size an archive may give beyond that; text packs 3 to 10 times, 1032 is the most that deflate can do.
const RATIO: u64 = 200;
/// The same of an archive in an archive, so that what each gives does not multiply.
const NESTED_RATIO: u64 = 20;

/// The archive gives far more than it is.
#[derive(Debug)]
pub(super) struct Bomb {
    ratio: u64,
}

impl fmt::Display for Bomb {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let ratio = self.ratio;
        write!(formatter, "the archive unpacks to more than {ratio} times its size and was not read further")
    }
}

impl std::error::Error for Bomb {}

/// Counts what goes into an archive's decoder and what comes out.
pub(super) struct Meter {
    ratio: u64,
    packed: Cell<u64>,
    unpacked: Cell<u64>,
}

impl Meter {
    /// A meter for an archive that stands in `depth` others and of which `packed` bytes are known.
    pub(super) fn new(depth: u8, packed: u64) -> Self {
        let ratio = if depth == 0 { RATIO } else { NESTED_RATIO };
        Self { ratio, packed: Cell::new(packed), unpacked: Cell::new(0) }
    }

    /// Counts the packed bytes as they are read.
    pub(super) fn packed<R: Read>(&self, inner: R) -> Packed<'_, R> {
        Packed { meter: self, inner }
    }

    /// Counts the unpacked bytes, and fails where they are too many.
    pub(super) fn unpacked<R: Read>(&self, inner: R) -> Unpacked<'_, R> {
        Unpacked { meter: self, inner }
    }
}

/// Counts what is read from `inner` as packed.
pub(super) struct Packed<'m, R> {
    meter: &'m Meter,
    inner: R,
}

impl<R: Read> Read for Packed<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.meter.packed.set(self.meter.packed.get() + read as u64);
        Ok(read)
    }
}

/// Counts what is read from `inner` as unpacked.
pub(super) struct Unpacked<'m, R> {
    meter: &'m Meter,
    inner: R,
}

impl<R: Read> Read for Unpacked<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let unpacked = self.meter.unpacked.get() + read as u64;
        self.meter.unpacked.set(unpacked);
        if unpacked > FREE && unpacked / self.meter.ratio > self.meter.packed.get() {
            return Err(io::Error::other(Bomb { ratio: self.meter.ratio }));
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many MiB an archive of `packed` MiB may give.
    fn gives(depth: u8, packed: u64) -> u64 {
        let meter = Meter::new(depth, packed << 20);
        let mut unpacked = meter.unpacked(io::repeat(0));
        let mut buffer = vec![0; 1 << 20];
        let mut given = 0;
        while unpacked.read(&mut buffer).is_ok() {
            given += 1;
        }
        given
    }

    #[test]
    fn an_archive_in_an_archive_gives_less() {
        assert!((200..=201).contains(&gives(0, 1)));
        assert_eq!(gives(1, 1), 64);
        assert!((200..=210).contains(&gives(1, 10)));
    }
}
