//! How a report looks. Each format arranges one and the same [`Report`](fuwake_core::report::Report), in which all words are
//! chosen, people masked and links defanged already; nothing here reads a case, a file, the network or the clock.

pub mod exchange;
pub mod formats;
pub mod pictures;
pub mod site;

pub use exchange::Exchange;
pub use formats::article::{File, Site, write};
pub use formats::{Format, Layout, render};
