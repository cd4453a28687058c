//! A panic over one input costs that input only.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;
use std::thread;

use crate::intake::Fault;

thread_local! {
    /// Where this thread panicked last.
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// What `work` returns, or the fault that it panicked. Nothing of the panic's message is shown, which may quote a mail.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Fault> {
    remember_places();
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        let place = PLACE.take();
        Fault::new("internal-error", format!("this is an error of fuwake's own ({place}); please report it"))
    })
}

/// Panics of threads other than the main one are not printed: they become faults.
fn remember_places() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |panicked| {
            if thread::current().name() == Some("main") {
                usual(panicked);
            } else {
                let place = panicked.location().map(ToString::to_string).unwrap_or_default();
                PLACE.with_borrow_mut(|last| *last = place);
            }
        }));
    });
}
