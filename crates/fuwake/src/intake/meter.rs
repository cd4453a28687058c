//! How much an archive gives for what it is; a decompression bomb is stopped.

use std::cell::Cell;
use std::fmt;
use std::io::{self, Read};

/// What any archive may give.
const FREE: u64 = 64 << 20;
/// How many times its own size an archive may give beyond that; text packs 3 to 10 times, 1032 is the most that deflate can do.
const RATIO: u64 = 200;

/// The archive gives far more than it is.
#[derive(Debug)]
pub(super) struct Bomb;

impl fmt::Display for Bomb {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "the archive unpacks to more than {RATIO} times its size and was not read further")
    }
}

impl std::error::Error for Bomb {}

/// Counts what goes into an archive's decoder and what comes out.
#[derive(Default)]
pub(super) struct Meter {
    packed: Cell<u64>,
    unpacked: Cell<u64>,
}

impl Meter {
    /// A meter for an archive of `packed` bytes.
    pub(super) fn of(packed: u64) -> Self {
        Self { packed: Cell::new(packed), ..Self::default() }
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
        if unpacked > FREE && unpacked / RATIO > self.meter.packed.get() {
            return Err(io::Error::other(Bomb));
        }
        Ok(read)
    }
}
