//! Header fields and the path.

#![no_main]

use fuwake_core::mail::{field, received};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut header = b"Received: ".to_vec();
    header.extend_from_slice(bytes);
    let block = field::split(&header);
    let (hops, _) = received::hops(&block.fields);
    assert!(hops.iter().all(|hop| hop.span.end <= header.len()));
});
