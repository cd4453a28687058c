//! Answers to the core's questions: about files that need a decoder, and about the outside world.
#![cfg_attr(not(feature = "network"), allow(dead_code, reason = "readers remain without those who ask"))]

pub mod blob_store;
#[cfg(feature = "network")]
pub mod browser;
pub mod decoders;
pub mod fault;
pub mod ledger_file;
pub mod machine;
pub mod probes;
pub mod temporary;
#[cfg(feature = "network")]
pub mod visit;
pub mod worker;
#[cfg(feature = "network")]
pub mod world;
