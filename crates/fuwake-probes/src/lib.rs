//! Answers to the core's questions: about files that need a decoder, and about the outside world.

pub mod blob_store;
pub mod decoders;
pub mod ledger_file;
pub mod machine;
pub mod probes;
pub mod visit;
pub mod worker;
pub mod world;
