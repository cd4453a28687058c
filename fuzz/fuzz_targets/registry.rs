//! What registries answer, by RDAP and by WHOIS, in the encodings of several countries.

#![no_main]

use fuwake_probes::probes::registry::read_any_answer;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for server in ["whois.jprs.jp", "whois.kr", "whois.cnnic.cn", "whois.ripe.net"] {
        read_any_answer(bytes, server);
    }
});
