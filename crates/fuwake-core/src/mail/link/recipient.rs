//! The reader's own address inside a link: whoever opens it tells the sender who he is.

use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER};
use memchr::memmem::Finder;
use percent_encoding::percent_decode_str;

/// Addresses that are looked for.
const MOST_ADDRESSES: usize = 8;
/// Shorter runs of base64 say nothing.
const SHORTEST: usize = 8;

/// The recipients' addresses in every spelling that senders use.
#[derive(Debug, Default)]
pub(crate) struct Recipients {
    /// Spellings in which case does not count, lower case.
    folded: Vec<Finder<'static>>,
    /// Base64, in which it does.
    exact: Vec<Finder<'static>>,
}

impl Recipients {
    /// Prepares the search for `addresses`.
    pub(crate) fn new<'a>(addresses: impl IntoIterator<Item = &'a str>) -> Self {
        let mut recipients = Self::default();
        let mut seen: Vec<String> = Vec::new();
        for address in addresses {
            let lower = address.to_lowercase();
            if seen.len() < MOST_ADDRESSES && !seen.contains(&lower) && lower.contains('@') {
                recipients.add(&lower);
                if lower != address {
                    recipients.add_base64(address);
                }
                seen.push(lower);
            }
        }
        recipients
    }

    fn add(&mut self, address: &str) {
        let Some((local, domain)) = address.rsplit_once('@') else { return };
        let reversed: String = address.chars().rev().collect();
        let spellings = [
            address.to_owned(),
            reversed,
            HEXLOWER.encode(address.as_bytes()),
            // As bounce addresses and host labels write it: `taro=example.jp`, `taro-example-jp`.
            format!("{local}={domain}"),
            format!("{local}-{}", domain.replace('.', "-")),
        ];
        let long_local = local.len() >= 4;
        self.folded.extend(spellings.iter().map(|s| Finder::new(s.as_bytes()).into_owned()));
        if long_local {
            self.folded.push(Finder::new(format!("{local}.{domain}").as_bytes()).into_owned());
        }
        self.add_base64(address);
    }

    /// Base64 of the address wherever it starts inside a longer text: the characters that do not depend on its neighbours.
    fn add_base64(&mut self, address: &str) {
        for shift in 0..3_usize {
            let shifted = [&b"\0\0"[..shift], address.as_bytes()].concat();
            let whole = shifted.len() / 3 * 3;
            let skip = (shift * 8).div_ceil(6);
            for encoding in [&BASE64_NOPAD, &BASE64URL_NOPAD] {
                let encoded = encoding.encode(&shifted[..whole]);
                if let Some(stable) = encoded.as_bytes().get(skip..).filter(|s| s.len() >= SHORTEST) {
                    self.exact.push(Finder::new(stable).into_owned());
                }
            }
        }
    }

    /// Whether one of the addresses stands in `url`.
    pub(crate) fn is_in(&self, url: &str) -> bool {
        if self.folded.is_empty() {
            return false;
        }
        let plain = self.is_spelled_in(url.as_bytes());
        plain
            || (url.contains('%') && {
                let once: Vec<u8> = percent_decode_str(url).collect();
                let twice: Vec<u8> = percent_encoding::percent_decode(&once).collect();
                self.is_spelled_in(&once) || (twice != once && self.is_spelled_in(&twice))
            })
    }

    fn is_spelled_in(&self, url: &[u8]) -> bool {
        let lower = url.to_ascii_lowercase();
        self.folded.iter().any(|f| f.find(&lower).is_some())
            || self.exact.iter().any(|f| f.find(url).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_known() {
        let recipients = Recipients::new(["Taro.Yamada@example.jp"]);
        for url in [
            "https://x.example/?e=taro.yamada@example.jp",
            "https://x.example/?e=taro.yamada%40example.jp",
            "https://x.example/?e=taro.yamada%2540example.jp",
            "https://x.example/#VGFyby5ZYW1hZGFAZXhhbXBsZS5qcA==",
            "https://x.example/dGFyby55YW1hZGFAZXhhbXBsZS5qcA",
            "https://x.example/?j=eyJlIjoidGFyby55YW1hZGFAZXhhbXBsZS5qcCJ9",
            "https://x.example/7461726f2e79616d616461406578616d706c652e6a70",
            "https://x.example/pj.elpmaxe@adamay.orat",
            "https://taro.yamada-example-jp.x.example/",
        ] {
            assert!(recipients.is_in(url), "{url}");
        }
        assert!(!recipients.is_in("https://x.example/?e=hanako@example.jp"));
        assert!(!Recipients::new([]).is_in("https://x.example/"));
    }
}
