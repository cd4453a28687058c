//! What a mail says to its reader alone: his name in the greeting, and what a service would know him by.

mod greeting;
mod number;

pub(super) use greeting::{ANYBODY, greeted, hailed, is_greeting, is_kanji, names};
pub(super) use number::numbers;
