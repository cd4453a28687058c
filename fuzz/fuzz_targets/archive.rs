//! Listings of archives.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = fuwake_probes::probes::archive::list(bytes);
});
