//! Countries by their codes, as each language names them.

use crate::case::Language;

/// Code, Japanese, English; source: `data/map/README.md`.
const COUNTRIES: &str = include_str!("../../../../data/map/countries.tsv");

/// The name of an ISO 3166-1 alpha-2 code; the code itself where there is none.
pub(super) fn country(language: Language, code: &str) -> String {
    let rows = COUNTRIES.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let row = rows.into_iter().find(|row| row.first().is_some_and(|known| known.eq_ignore_ascii_case(code)));
    match row.as_deref() {
        Some([_, ja, en]) => language.pick(ja, en).to_owned(),
        _ => code.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_names() {
        assert_eq!(country(Language::Ja, "FR"), "フランス");
        assert_eq!(country(Language::En, "jp"), "Japan");
        assert_eq!(country(Language::En, "ZZ"), "ZZ");
    }
}
