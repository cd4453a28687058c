//! Digests of what names somebody: whoever tries addresses learns from one whose it is. Gravatar's are SHA-256 or MD5 of the address in
//! lower case; senders and their services write SHA-1 too.

use rustc_hash::FxHashSet;

/// So much of a digest is enough to know it by, where senders cut it off too: nothing else begins so by chance.
const HEAD: usize = 8;
/// Shorter words are everybody's.
const SHORTEST: usize = 4;

/// The first octets of digests.
#[derive(Debug, Default)]
pub(super) struct Digests {
    heads: FxHashSet<u64>,
}

impl Digests {
    /// Those of one more word, as it is written, in small letters and in capitals; of an address also with the end of its line, as
    /// `echo` writes it, and as a link (RFC 6068).
    pub(super) fn add(&mut self, word: &str) {
        if word.chars().count() < SHORTEST {
            return;
        }
        let lower = word.to_lowercase();
        let mut forms = vec![word.to_owned(), word.to_uppercase()];
        if word.contains('@') {
            forms.extend([format!("{lower}\n"), format!("mailto:{lower}")]);
        }
        forms.push(lower);
        forms.dedup();
        for form in &forms {
            let md5 = <md5::Md5 as md5::Digest>::digest(form);
            let sha1 = <sha1::Sha1 as sha1::Digest>::digest(form);
            let sha256 = <sha2::Sha256 as sha2::Digest>::digest(form);
            self.heads.extend([head(&md5), head(&sha1), head(&sha256)].into_iter().flatten());
        }
    }

    /// Whether one of them stands among octets.
    pub(super) fn are_in(&self, octets: &[u8]) -> bool {
        !self.heads.is_empty() && octets.windows(HEAD).filter_map(head).any(|head| self.heads.contains(&head))
    }
}

fn head(octets: &[u8]) -> Option<u64> {
    octets.first_chunk().map(|head| u64::from_be_bytes(*head))
}
