//! One file a kind of question.

pub mod archive;
pub mod outlook_message;
