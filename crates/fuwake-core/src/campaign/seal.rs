//! A fingerprint that may be published: still comparable, no longer readable.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::{Fingerprint, HeaderShape};

/// Bytes of a seal: enough to tell different texts apart.
const SEAL: usize = 8;

impl Fingerprint {
    /// The same without words of the mail: shapes of links and the header's features become hashes, which are as equal or different as
    /// they were, and say something only to who knows the text already. What `is_public` refuses names somebody and is left out. The
    /// sketch holds eight bits of hashes of three tokens each, the reader's name not among them.
    #[must_use]
    pub fn sealed(&self, is_public: impl Fn(&str) -> bool) -> Self {
        let seal = |text: &String| {
            let named = text.is_empty() || !is_public(text);
            if named { String::new() } else { hash(text) }
        };
        let HeaderShape { fields, message_id, boundary, mailer, encoding } = &self.header;
        Self {
            text: self.text,
            links: self.links.iter().map(seal).filter(|seal| !seal.is_empty()).collect(),
            header: HeaderShape {
                fields: seal(fields),
                message_id: seal(message_id),
                boundary: seal(boundary),
                mailer: seal(mailer),
                encoding: seal(encoding),
            },
        }
    }
}

fn hash(text: &str) -> String {
    HEXLOWER.encode(Sha256::digest(text).get(..SEAL).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fingerprint(links: &[&str], mailer: &str) -> Fingerprint {
        let header = HeaderShape { mailer: mailer.to_owned(), ..HeaderShape::default() };
        Fingerprint {
            links: links.iter().map(|link| (*link).to_owned()).collect(),
            header,
            ..Fingerprint::default()
        }
    }

    #[test]
    fn what_is_alike_stays_alike_and_names_nobody() {
        let public = |text: &str| !text.contains("hanako");
        let one = fingerprint(&["*.example/u/hanako", "*.example/login&id=d4"], "X .").sealed(public);
        let two = fingerprint(&["*.example/login&id=d4"], "X .").sealed(public);
        assert_eq!(one, two);
        assert_eq!(one.links.len(), 1);
        assert_ne!(two, fingerprint(&["*.example/login&id=d4"], "Y .").sealed(public));
        let json = serde_json::to_string(&one).expect("plain data");
        assert!(!json.contains("login") && !json.contains("hanako"), "{json}");
        assert_eq!(serde_json::from_str::<Fingerprint>(&json).expect("as it was written"), one);
    }
}
