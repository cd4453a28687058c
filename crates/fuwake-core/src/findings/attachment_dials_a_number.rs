//! An attached document with hardly any words dials a telephone number when it is clicked: the button of a call-back fraud.

use super::{Scene, Sign, attached};
use crate::evidence::Lead;

/// Letters of a page with a button, as in `pdf_with_link_elsewhere`.
const FEW: usize = 500;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    attached::decoded(scene).filter(|file| file.letters() < FEW).find_map(|file| {
        let dialled = |by: Lead| matches!(by, Lead::Link | Lead::QrCode);
        let mut links = file.contents.links.iter().filter(|link| dialled(link.by));
        let number = links
            .find_map(|link| link.url.get(..4)?.eq_ignore_ascii_case("tel:").then(|| link.url.get(4..))?)?;
        Some(Sign::at_all(file.because()).with("name", file.name()).with("number", number))
    })
}

#[cfg(test)]
mod tests {
    use crate::evidence::{Contents, FileKind};
    use crate::findings::testing::*;

    #[test]
    fn buttons_that_dial() {
        let fires = |text: &str| {
            let contents = Contents { text: text.into(), ..Contents::default() };
            fires_on_file("attachment-dials-a-number", FileKind::Pdf, linking("tel:+15550100199", contents))
        };
        assert!(fires("Call now"));
        assert!(!fires(&"Invoice for our services in May. ".repeat(30)));
    }
}
