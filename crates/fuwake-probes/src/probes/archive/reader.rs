//! Numbers and pieces as the headers of archives hold them.

/// Bytes that are taken from the front.
pub(super) struct Reader<'b>(pub(super) &'b [u8]);

impl<'b> Reader<'b> {
    /// As many bytes, where there are.
    pub(super) fn take(&mut self, length: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    /// A number of `length` bytes, the lowest first.
    pub(super) fn number(&mut self, length: usize) -> Option<u64> {
        Some(self.take(length)?.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    /// A length of four bytes.
    pub(super) fn length(&mut self) -> Option<usize> {
        self.number(4).and_then(|number| usize::try_from(number).ok())
    }

    /// A number of seven bits a byte, the lowest first, the eighth bit set where more follow; ten bytes at most.
    pub(super) fn variable(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }
}
