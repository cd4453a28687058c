//! A panic over one input costs that input only.

use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use crate::intake::Fault;

thread_local! {
    /// Whether this thread is at work under guard.
    static GUARDED: Cell<bool> = const { Cell::new(false) };
    /// Where this thread panicked last.
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// What `work` returns, or the fault that it panicked. Nothing of the panic's message is shown, which may quote a mail.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Fault> {
    remember_places();
    let outer = GUARDED.replace(true);
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(outer);
    done.map_err(|_| {
        let place = PLACE.take();
        Fault::new("internal-error", format!("this is an error of fuwake's own ({place}); please report it"))
    })
}

/// Panics under guard are not printed: they become faults.
fn remember_places() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |panicked| {
            if GUARDED.get() {
                let place = panicked.location().map(ToString::to_string).unwrap_or_default();
                PLACE.with_borrow_mut(|last| *last = place);
            } else {
                usual(panicked);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_fault_that_names_its_place_and_quotes_nothing() {
        let fault = guarded(|| {
            assert_eq!(guarded(|| 1), Ok(1));
            std::iter::empty::<()>().next().expect("a mail's words");
        });
        let fault = fault.expect_err("it panicked");
        assert!(fault.detail.contains("guard.rs") && !fault.detail.contains("words"), "{fault}");
    }
}
