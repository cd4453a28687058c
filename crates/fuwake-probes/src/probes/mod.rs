//! One file a kind of question.

pub mod archive;
#[cfg(feature = "network")]
pub(crate) mod authenticity;
#[cfg(feature = "network")]
pub mod dns;
pub mod earlier_cases;
pub mod outlook_message;
pub mod place;
pub mod registry;
#[cfg(feature = "network")]
pub mod reputation;
