//! A stream of which the next bytes can be looked at before they are taken.

use std::io::{self, Read};

/// How many bytes can be looked at; a line longer than this comes in pieces.
pub(super) const WINDOW: usize = 4 << 20;
const STEP: usize = 64 << 10;

/// The next bytes of a stream.
pub(super) struct Window<R> {
    inner: R,
    buffer: Vec<u8>,
    start: usize,
    ended: bool,
}

impl<R: Read> Window<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, buffer: Vec::new(), start: 0, ended: false }
    }

    /// At least the next `wanted` bytes (at most [`WINDOW`]), or all that are left.
    pub(super) fn peek(&mut self, wanted: usize) -> io::Result<&[u8]> {
        while !self.ended && self.buffer.len() - self.start < wanted.min(WINDOW) {
            self.fill()?;
        }
        Ok(&self.buffer[self.start..])
    }

    /// The length of the next line with its line end; 0 at the end of the stream.
    pub(super) fn line_length(&mut self) -> io::Result<usize> {
        let mut searched = 0;
        loop {
            let seen = self.buffer.len() - self.start;
            if let Some(at) = memchr::memchr(b'\n', &self.buffer[self.start + searched..]) {
                return Ok(searched + at + 1);
            }
            if self.ended || seen >= WINDOW {
                return Ok(seen);
            }
            searched = seen;
            self.fill()?;
        }
    }

    /// The next `length` bytes, which have been looked at.
    pub(super) fn take(&mut self, length: usize) -> &[u8] {
        let from = self.start;
        self.start = (from + length).min(self.buffer.len());
        &self.buffer[from..self.start]
    }

    fn fill(&mut self) -> io::Result<()> {
        if self.start > 0 {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        let read = self.inner.by_ref().take(STEP as u64).read_to_end(&mut self.buffer)?;
        self.ended = read == 0;
        Ok(())
    }
}

impl<R: Read> Read for Window<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.start == self.buffer.len() && !self.ended {
            self.fill()?;
        }
        let next = self.take(buffer.len());
        buffer[..next.len()].copy_from_slice(next);
        Ok(next.len())
    }
}
