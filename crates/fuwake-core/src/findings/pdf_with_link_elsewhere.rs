//! A PDF that is a button: hardly any words on few pages, and a link that leads away from its sender. Silent for documents with
//! something to read, for links to the sender's own hosts and to those of registered brands.

use super::{Scene, Sign, attached};
use crate::evidence::FileKind;
use crate::mail::link::Source;

/// Letters that a page with a button holds at most; an invoice or a letter has more.
const FEW: usize = 500;
/// Pages that a lure has at most.
const PAGES: u32 = 2;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    attached::decoded(scene).filter(|file| file.kind == FileKind::Pdf).find_map(|file| {
        let bare = file.contents.pages.is_none_or(|pages| pages <= PAGES) && file.letters() < FEW;
        let mut links = scene.links_in(file.file);
        let (_, host) = links
            .find(|(link, host)| link.source == Source::Attachment && scene.is_strange(host))
            .filter(|_| bare)?;
        Some(Sign::at_all(file.because()).with("name", file.name()).with("host", host))
    })
}

#[cfg(test)]
mod tests {
    use crate::evidence::{Contents, FileKind};
    use crate::findings::testing::*;

    #[test]
    fn a_button_that_leads_away() {
        let fires = |contents: Contents| fires_on_file("pdf-with-link-elsewhere", FileKind::Pdf, contents);
        let page = Contents { pages: Some(1), pictures: 1, ..Contents::default() };
        assert!(fires(linking("https://files.example.net/doc", page.clone())));
        assert!(!fires(linking("https://www.example.com/invoice", page.clone())), "the sender's own host");
        let text = "Invoice for our services in May. ".repeat(30);
        assert!(!fires(linking("https://files.example.net/doc", Contents { text, ..page })));
    }
}
