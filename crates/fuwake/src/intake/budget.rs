//! How many bytes of mail may be in flight at once: read, dissected or waiting to be written.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// The least that one mail counts, so that many small mails (and what is written about them) are bounded too.
const LEAST: usize = 64 << 10;

/// A number of bytes that mails in flight share. Only the reader waits, and only for mails that are ahead of its own
/// in the order of output, so that nobody waits for ever.
#[derive(Debug)]
pub(crate) struct Budget {
    total: usize,
    used: Mutex<Used>,
    released: Condvar,
}

#[derive(Debug, Default)]
struct Used {
    bytes: usize,
    mails: usize,
    waiting: bool,
}

impl Budget {
    /// A budget of `total` bytes; no single mail may need more than that.
    #[must_use]
    pub(crate) fn new(total: usize) -> Arc<Self> {
        Arc::new(Self { total, used: Mutex::default(), released: Condvar::new() })
    }

    /// Room for one mail, small at first; waits until there is some.
    pub(crate) fn permit(self: &Arc<Self>) -> Permit {
        self.take(LEAST, 1);
        Permit { budget: Arc::clone(self), bytes: LEAST }
    }

    fn take(&self, bytes: usize, mails: usize) {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        while used.bytes.saturating_add(bytes) > self.total {
            used.waiting = true;
            used = self.released.wait(used).unwrap_or_else(PoisonError::into_inner);
        }
        used.waiting = false;
        used.bytes += bytes;
        used.mails += mails;
    }

    /// Wakes the reader when half of the budget is free, not for each mail, or when only its own mail is left.
    fn give_back(&self, bytes: usize) {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.bytes -= bytes;
        used.mails -= 1;
        if used.waiting && (used.bytes <= self.total / 2 || used.mails <= 1) {
            self.released.notify_all();
        }
    }
}

/// A mail's share of the budget; dropping it gives the share back.
#[derive(Debug)]
pub(crate) struct Permit {
    budget: Arc<Budget>,
    bytes: usize,
}

impl Permit {
    /// Waits until the mail may use `bytes` in all.
    pub(crate) fn grow_to(&mut self, bytes: usize) {
        let more = bytes.saturating_sub(self.bytes);
        if more > 0 {
            self.budget.take(more, 0);
            self.bytes += more;
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.budget.give_back(self.bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_mail_waits_until_the_others_are_done() {
        let budget = Budget::new(LEAST * 3);
        let first = budget.permit();
        let waiting = {
            let budget = Arc::clone(&budget);
            std::thread::spawn(move || {
                let mut second = budget.permit();
                second.grow_to(LEAST * 3);
            })
        };
        drop(first);
        waiting.join().expect("the waiting mail goes on");
        assert_eq!(budget.used.lock().expect("no thread panicked").bytes, 0);
    }
}
