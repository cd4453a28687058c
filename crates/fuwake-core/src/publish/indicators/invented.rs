//! What visits put in the place of the recipient and of his marks: values that this program made up. Nobody else will ever meet them, so
//! that no indicator may hold them.

use std::collections::BTreeSet;

use percent_encoding::percent_decode_str;
use url::{Position, Url};

use super::super::edit::Edit;
use super::super::secret::Secret;
use crate::case::Dissection;

/// What stands between the pieces of a link behind its host, as far as decoys leave it alone.
const DIVIDERS: [char; 9] = ['/', '?', '&', '=', '#', ';', ',', ':', '|'];
/// A shorter value stands in other texts by chance.
const LONG: usize = 6;

/// The made-up values of a case.
#[derive(Debug, Default)]
pub(super) struct Invented {
    /// Pieces of links as they stand there, and without their percent signs.
    pieces: BTreeSet<String>,
}

impl Invented {
    /// Wherever the link that was asked for differs from the mail's own.
    pub(super) fn of(mail: &Dissection) -> Self {
        let mut invented = Self::default();
        for landing in mail.landing.iter().filter(|landing| landing.decoyed) {
            for link in landing.links.iter().filter_map(|at| mail.mail.links.get(*at)) {
                invented.compare(&link.url, &landing.url);
            }
        }
        invented
    }

    fn compare(&mut self, link: &str, asked: &str) {
        let (Ok(link), Ok(asked)) = (Url::parse(link), Url::parse(asked)) else { return };
        for part in [labels, user, behind] {
            let own: BTreeSet<String> = pieces(part(&link)).map(str::to_owned).collect();
            let made_up = pieces(part(&asked)).filter(|piece| !piece.is_empty() && !own.contains(*piece));
            for piece in made_up {
                self.pieces.insert(decoded(piece));
                self.pieces.insert(piece.to_owned());
            }
        }
    }

    /// Where they stand in a link.
    pub(super) fn edits(&self, link: &str, mask: &str) -> Vec<Edit> {
        let mut edits = Vec::new();
        let Some(host) = link.find("://").map(|at| at + 3).filter(|_| !self.pieces.is_empty()) else {
            return edits;
        };
        let mut at = host;
        for piece in link.get(host..).unwrap_or_default().split(DIVIDERS) {
            if self.is_one(piece) {
                edits.push(Edit::new(at, at + piece.len(), mask));
            }
            at += piece.len() + 1;
        }
        edits
    }

    /// Whether a piece of a link is made up.
    pub(super) fn is_one(&self, piece: &str) -> bool {
        !piece.is_empty() && (self.pieces.contains(piece) || self.pieces.contains(&decoded(piece)))
    }

    /// The same for whoever looks for them in every text and coat.
    pub(super) fn secrets(&self) -> Vec<Secret> {
        let opened = self.pieces.iter().filter_map(|piece| address_within(piece));
        let all = self.pieces.iter().cloned().chain(opened);
        let secret = |piece: String| match piece.contains('@') {
            true => Some(Secret::Address(piece.to_lowercase())),
            false => (piece.len() >= LONG).then_some(Secret::Given(piece)),
        };
        all.filter_map(secret).collect()
    }
}

fn labels(url: &Url) -> &str {
    url.domain().unwrap_or_default()
}

fn user(url: &Url) -> &str {
    url.username()
}

fn behind(url: &Url) -> &str {
    &url[Position::BeforePath..]
}

fn pieces(text: &str) -> impl Iterator<Item = &str> {
    // A host's labels stand between dots; behind it a dot is a part of a file's name or of an address.
    let is_host = !text.starts_with('/');
    text.split(move |sign| if is_host { sign == '.' } else { DIVIDERS.contains(&sign) })
}

fn decoded(piece: &str) -> String {
    percent_decode_str(piece).decode_utf8_lossy().into_owned()
}

/// An address in base64 or hexadecimal digits: a page that opens the coat passes it on bare.
fn address_within(piece: &str) -> Option<String> {
    let decodings = [
        data_encoding::BASE64_NOPAD.decode(piece.as_bytes()),
        data_encoding::BASE64URL_NOPAD.decode(piece.as_bytes()),
        data_encoding::HEXLOWER_PERMISSIVE.decode(piece.as_bytes()),
    ];
    let mut texts = decodings.into_iter().flatten().filter_map(|octets| String::from_utf8(octets).ok());
    texts.find(|text| text.matches('@').count() == 1 && text.bytes().all(|byte| byte.is_ascii_graphic()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::edit::apply;

    fn invented(link: &str, asked: &str) -> Invented {
        let mut invented = Invented::default();
        invented.compare(link, asked);
        invented
    }

    #[test]
    fn what_was_made_up_is_known_wherever_it_turns_up() {
        let invented = invented(
            "https://hanako.evil.shop/c/81?u=hanako@example.jp&t=aGFuYWtvQGV4YW1wbGUuanA=",
            "https://xkqzvb.evil.shop/c/81?u=xkqzvb@test.example.jp&t=eGtxenZiQHRlc3QuZXhhbXBsZS5qcA=",
        );
        let masked = |link: &str| apply(link, &invented.edits(link, "MASKED"), 0, link.len());
        assert_eq!(
            masked("https://evil.shop/in?mail=xkqzvb%40test.example.jp&v=1"),
            "https://evil.shop/in?mail=MASKED&v=1"
        );
        assert_eq!(masked("https://evil.shop/c/81"), "https://evil.shop/c/81");
        assert!(invented.is_one("xkqzvb") && !invented.is_one("evil"));
        let secrets = invented.secrets();
        assert!(secrets.contains(&Secret::Address("xkqzvb@test.example.jp".to_owned())), "{secrets:?}");
        assert!(invented.edits("no link", "x").is_empty());
    }

    #[test]
    fn a_link_cut_short_for_a_genuine_site_holds_nothing_made_up() {
        let invented = invented("https://card.example.com/a?u=1#x", "https://card.example.com/a");
        assert!(invented.secrets().is_empty() && !invented.is_one("a"));
    }
}
