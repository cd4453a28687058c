//! The reader's own address inside a link: whoever opens it tells the sender who he is.

use std::cell::OnceCell;

use data_encoding::{BASE64_NOPAD, HEXLOWER};
use memchr::memmem;
use percent_encoding::percent_decode_str;

/// Addresses that are looked for.
const MOST_ADDRESSES: usize = 8;
/// Shorter runs of base64 say nothing.
const SHORTEST: usize = 8;

/// The recipients' addresses, spelled in every way that senders use as soon as a link is looked at.
#[derive(Debug, Default)]
pub(crate) struct Recipients {
    addresses: Vec<String>,
    spellings: OnceCell<Spellings>,
}

impl Recipients {
    /// Takes the first `addresses`.
    pub(crate) fn new<'a>(addresses: impl IntoIterator<Item = &'a str>) -> Self {
        let mut different: Vec<String> = Vec::new();
        for address in addresses {
            if different.len() >= MOST_ADDRESSES {
                break;
            }
            if address.contains('@') && !different.iter().any(|known| known.eq_ignore_ascii_case(address)) {
                different.push(address.to_owned());
            }
        }
        Self { addresses: different, spellings: OnceCell::new() }
    }

    /// All of `addresses`, however many.
    pub(crate) fn all<'a>(addresses: impl IntoIterator<Item = &'a str>) -> Self {
        let addresses = addresses.into_iter().filter(|address| address.contains('@')).map(str::to_owned);
        Self { addresses: addresses.collect(), spellings: OnceCell::new() }
    }

    /// Whether one of the addresses stands in `url`.
    pub(crate) fn is_in(&self, url: &str) -> bool {
        if self.addresses.is_empty() {
            return false;
        }
        let spellings = self.spellings.get_or_init(|| Spellings::of(&self.addresses));
        spellings.are_in(url.as_bytes())
            || (url.contains('%') && {
                let once: Vec<u8> = percent_decode_str(url).collect();
                let twice: Vec<u8> = percent_encoding::percent_decode(&once).collect();
                spellings.are_in(&once) || (twice != once && spellings.are_in(&twice))
            })
    }
}

/// Every spelling of some addresses.
#[derive(Debug, Default)]
struct Spellings {
    /// Those in which case does not count, lower case.
    folded: Vec<String>,
    /// Base64, in which it does.
    exact: Vec<String>,
}

impl Spellings {
    fn of(addresses: &[String]) -> Self {
        let mut spellings = Self::default();
        for address in addresses {
            let lower = address.to_lowercase();
            spellings.add(&lower);
            if lower != *address {
                spellings.add_base64(address);
            }
        }
        spellings
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
        self.folded.extend(spellings);
        if long_local {
            self.folded.push(format!("{local}.{domain}"));
        }
        self.add_base64(address);
    }

    /// Base64 of the address wherever it starts inside a longer text: the characters that do not depend on its neighbours.
    fn add_base64(&mut self, address: &str) {
        for shift in 0..3_usize {
            let shifted = [&b"\0\0"[..shift], address.as_bytes()].concat();
            let whole = shifted.len() / 3 * 3;
            let skip = (shift * 8).div_ceil(6);
            let encoded = BASE64_NOPAD.encode(&shifted[..whole]);
            if let Some(stable) = encoded.get(skip..).filter(|s| s.len() >= SHORTEST) {
                // The alphabet for URLs differs in two characters.
                if stable.contains(['+', '/']) {
                    self.exact.push(stable.replace('+', "-").replace('/', "_"));
                }
                self.exact.push(stable.to_owned());
            }
        }
    }

    fn are_in(&self, url: &[u8]) -> bool {
        let lower = url.to_ascii_lowercase();
        let is_in = |url: &[u8], spellings: &[String]| {
            let pairs = Pairs::of(url);
            let mut spellings = spellings.iter().map(String::as_bytes);
            spellings.any(|spelling| pairs.may_hold(spelling) && memmem::find(url, spelling).is_some())
        };
        is_in(&lower, &self.folded) || is_in(url, &self.exact)
    }
}

/// The pairs of neighbours in a text, some of them taken for one: a text without a pair of a word does not hold the word. Cheaper
/// than a search for a word that is hardly ever there.
struct Pairs([u64; 16]);

impl Pairs {
    fn of(text: &[u8]) -> Self {
        let mut pairs = [0; 16];
        for (word, bit) in text.windows(2).map(Self::place) {
            pairs[word] |= bit;
        }
        Self(pairs)
    }

    fn may_hold(&self, word: &[u8]) -> bool {
        word.windows(2).map(Self::place).all(|(word, bit)| self.0[word] & bit != 0)
    }

    /// Five bits of each, of these the first four as the index.
    fn place(pair: &[u8]) -> (usize, u64) {
        let place = usize::from(pair[0] & 31) << 5 | usize::from(pair[1] & 31);
        (place >> 6, 1 << (place & 63))
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
