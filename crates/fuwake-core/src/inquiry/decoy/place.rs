//! Where in a link a word stands: by that it is a mark for somebody, or what the page is about.

use crate::inquiry::token::{is_code, is_token};

/// In which parts of a link marks are replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Marks {
    /// Labels left of the registered name.
    pub(crate) host: bool,
    /// The path.
    pub(crate) path: bool,
    /// User, query and fragment.
    pub(crate) behind: bool,
}

impl Marks {
    /// Everywhere.
    pub(crate) const ALL: Self = Self { host: true, path: true, behind: true };
    /// Nowhere.
    pub(crate) const NONE: Self = Self { host: false, path: false, behind: false };
}

/// Where in a link a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place<'l> {
    /// Where marks stay.
    Unmarked,
    /// Anywhere.
    Anywhere,
    /// The value of a key.
    Value(&'l str),
    /// A step of the path behind another, or a key.
    Step(&'l str),
}

/// What comes before the number of a page's own matter, lower case.
const CONTENT: [&str; 28] = [
    "archives",
    "article",
    "articles",
    "asin",
    "blog",
    "cat",
    "category",
    "detail",
    "details",
    "dp",
    "entry",
    "goods",
    "item",
    "itemid",
    "items",
    "news",
    "page",
    "pid",
    "post",
    "posts",
    "prod",
    "product",
    "productid",
    "products",
    "sku",
    "topics",
    "v",
    "ver",
];

impl Place<'_> {
    /// Whether a word is a mark there.
    pub(super) fn marks(self, word: &str) -> bool {
        let marks = match self {
            Self::Unmarked => false,
            Self::Value(key) => is_code(key, word),
            Self::Anywhere | Self::Step(_) => is_token(word),
        };
        marks && !self.is_content(word)
    }

    /// Whether it names what a page is about: a product, an article.
    pub(super) fn is_content(self, word: &str) -> bool {
        let (Self::Value(before) | Self::Step(before)) = self else { return false };
        let digits = word.bytes().all(|byte| byte.is_ascii_digit()) && word.len() <= 8;
        let number =
            word.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase()) && word.len() <= 10;
        (digits || number) && CONTENT.contains(&before.to_ascii_lowercase().as_str())
    }
}
