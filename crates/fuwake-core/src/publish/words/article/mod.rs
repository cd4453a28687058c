//! The sentences of articles, each in both languages side by side; `{name}` is filled in.

pub(in crate::publish) mod checking;
pub(in crate::publish) mod closing;
pub(in crate::publish) mod landing;
pub(in crate::publish) mod opening;
pub(in crate::publish) mod path;
pub(in crate::publish) mod sender;
pub(in crate::publish) mod wants;

use crate::case::{Language, filled};

/// A sentence, or a few that belong together, in both languages.
#[derive(Clone, Copy, Debug)]
pub(in crate::publish) struct Said {
    ja: &'static str,
    en: &'static str,
}

/// A sentence.
const fn said(ja: &'static str, en: &'static str) -> Said {
    Said { ja, en }
}

impl Said {
    /// In a language, with values in the place of `{name}`; a value is never read for names again.
    pub(in crate::publish) fn fill(self, language: Language, values: &[(&str, &str)]) -> String {
        filled(language.pick(self.ja, self.en), language, |name| {
            values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value).into()
        })
    }
}
