//! For tests: recipients of our own invention, planted into mails in every place and encoding that senders use ([`plant`]), and a finder
//! that sees through all of these ([`Finder`]). It shares no code with what masks.
#![allow(
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::string_slice,
    reason = "it is for tests alone"
)]

mod finder;
pub mod plant;

pub use finder::Finder;
