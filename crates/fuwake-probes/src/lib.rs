//! Answers to the core's questions about the outside world and about files that need a decoder.

pub mod probes;
