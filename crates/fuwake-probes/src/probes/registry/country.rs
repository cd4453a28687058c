//! Countries as registries write them, to ISO 3166-1 alpha-2.

/// Code, Japanese, English; source: `data/map/README.md`.
const COUNTRIES: &str = include_str!("../../../../../data/map/countries.tsv");

/// Other names that registries write out, lower case (those of ISO 3166-1, and the countries' own).
const OTHER_NAMES: [(&str, &str); 17] = [
    ("brasil", "BR"),
    ("curacao", "CW"),
    ("czech republic", "CZ"),
    ("deutschland", "DE"),
    ("iran, islamic republic of", "IR"),
    ("korea", "KR"),
    ("korea, republic of", "KR"),
    ("macau", "MO"),
    ("moldova, republic of", "MD"),
    ("republic of korea", "KR"),
    ("russian federation", "RU"),
    ("saint kitts and nevis", "KN"),
    ("taiwan, province of china", "TW"),
    ("the netherlands", "NL"),
    ("turkey", "TR"),
    ("united states of america", "US"),
    ("viet nam", "VN"),
];

/// The code of a country that is told by its code or its English name; none where it is neither.
#[must_use]
pub(super) fn code(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() == 2 && text.chars().all(|c| c.is_ascii_alphabetic()) {
        return match text.to_ascii_uppercase().as_str() {
            // Not known, and the two regions that RIRs write for no country.
            "ZZ" | "EU" | "AP" => None,
            "UK" => Some("GB".to_owned()),
            code => Some(code.to_owned()),
        };
    }
    let mut rows = COUNTRIES.lines().filter_map(|row| Some((row.get(..2)?, row.rsplit_once('\t')?.1)));
    let mut others = OTHER_NAMES.into_iter().map(|(name, code)| (code, name));
    let is_it = |(_, name): &(&str, &str)| name.eq_ignore_ascii_case(text);
    rows.find(is_it).or_else(|| others.find(is_it)).map(|(code, _)| code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names() {
        for (text, expected) in [
            ("jp", Some("JP")),
            (" US ", Some("US")),
            ("UK", Some("GB")),
            ("United States", Some("US")),
            ("HONG KONG", Some("HK")),
            ("Korea, Republic of", Some("KR")),
            ("EU", None),
            ("Narnia", None),
            ("日本", None),
        ] {
            assert_eq!(code(text).as_deref(), expected, "{text}");
        }
    }
}
