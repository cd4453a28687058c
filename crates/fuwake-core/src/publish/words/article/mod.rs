//! The sentences of articles, each in both languages side by side; `{name}` is filled in.

pub(in crate::publish) mod checking;
pub(in crate::publish) mod closing;
pub(in crate::publish) mod landing;
pub(in crate::publish) mod opening;
pub(in crate::publish) mod path;
pub(in crate::publish) mod sender;
pub(in crate::publish) mod wants;

use crate::case::Language;

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
        let mut filled = String::new();
        let mut rest = language.pick(self.ja, self.en);
        while let Some((head, tail)) = rest.split_once('{') {
            filled.push_str(head);
            let Some((name, after)) = tail.split_once('}') else {
                rest = tail;
                break;
            };
            let value = values.iter().find(|(known, _)| *known == name);
            filled.push_str(value.map_or("", |(_, value)| value));
            rest = after;
        }
        filled + rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_not_read_again() {
        let sentence = said("{a}と{b}", "{a} and {b}");
        assert_eq!(sentence.fill(Language::Ja, &[("a", "{b}"), ("b", "x")]), "{b}とx");
        assert_eq!(sentence.fill(Language::En, &[]), " and ");
    }
}
