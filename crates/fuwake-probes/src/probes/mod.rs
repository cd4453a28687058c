//! One file a kind of question.

pub mod outlook_message;
