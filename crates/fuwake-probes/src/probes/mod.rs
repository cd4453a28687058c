//! One file a kind of question.

pub mod archive;
pub(crate) mod authenticity;
pub mod dns;
pub mod outlook_message;
pub mod place;
pub mod registry;
pub mod reputation;
