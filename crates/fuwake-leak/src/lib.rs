//! For tests: recipients of our own invention, planted into mails of others in every place and encoding that senders use ([`planted`]),
//! mails of our own that name them in natural places ([`letters`]), and a finder that sees through all of these ([`Finder`]). It shares no
//! code with what masks.
#![allow(
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::string_slice,
    reason = "it is for tests alone"
)]

mod finder;
mod letter;
mod mime;
mod person;
mod plant;
mod published;
mod spelling;
mod template;

pub use finder::Finder;
pub use letter::{Letter, PLACES, letters};
pub use person::Person;
pub use plant::planted;
pub use published::{DRAWN, HANDED_IN, Searched, search, with_desks};
