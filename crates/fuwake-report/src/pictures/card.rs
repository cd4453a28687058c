//! The card that stands for an article where others link to it.

use askama::Template;
use fuwake_core::report::Card;

/// Its size in pixels, as those who show it want it (Open Graph, Twitter).
pub const CARD: [u32; 2] = [1_200, 630];

#[derive(Template)]
#[template(path = "card.html")]
struct Page<'p> {
    card: &'p Card,
}

/// The page.
#[must_use]
pub fn card_page(card: &Card) -> String {
    Page { card }.render().expect("writing to a string does not fail")
}
