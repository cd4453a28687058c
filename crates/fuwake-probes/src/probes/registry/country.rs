//! Countries as registries write them, to ISO 3166-1 alpha-2.

/// The names that registries write out, lower case.
const NAMES: [(&str, &str); 108] = [
    ("algeria", "DZ"),
    ("argentina", "AR"),
    ("armenia", "AM"),
    ("australia", "AU"),
    ("austria", "AT"),
    ("azerbaijan", "AZ"),
    ("bahamas", "BS"),
    ("bangladesh", "BD"),
    ("belarus", "BY"),
    ("belgium", "BE"),
    ("belize", "BZ"),
    ("bermuda", "BM"),
    ("bolivia", "BO"),
    ("brazil", "BR"),
    ("brasil", "BR"),
    ("british virgin islands", "VG"),
    ("bulgaria", "BG"),
    ("cambodia", "KH"),
    ("canada", "CA"),
    ("cayman islands", "KY"),
    ("chile", "CL"),
    ("china", "CN"),
    ("colombia", "CO"),
    ("costa rica", "CR"),
    ("croatia", "HR"),
    ("curacao", "CW"),
    ("cyprus", "CY"),
    ("czech republic", "CZ"),
    ("czechia", "CZ"),
    ("denmark", "DK"),
    ("dominican republic", "DO"),
    ("ecuador", "EC"),
    ("egypt", "EG"),
    ("estonia", "EE"),
    ("ethiopia", "ET"),
    ("finland", "FI"),
    ("france", "FR"),
    ("georgia", "GE"),
    ("germany", "DE"),
    ("deutschland", "DE"),
    ("ghana", "GH"),
    ("gibraltar", "GI"),
    ("greece", "GR"),
    ("hong kong", "HK"),
    ("hungary", "HU"),
    ("iceland", "IS"),
    ("india", "IN"),
    ("indonesia", "ID"),
    ("iran, islamic republic of", "IR"),
    ("iraq", "IQ"),
    ("ireland", "IE"),
    ("israel", "IL"),
    ("italy", "IT"),
    ("jamaica", "JM"),
    ("japan", "JP"),
    ("jordan", "JO"),
    ("kazakhstan", "KZ"),
    ("kenya", "KE"),
    ("korea, republic of", "KR"),
    ("republic of korea", "KR"),
    ("south korea", "KR"),
    ("kuwait", "KW"),
    ("latvia", "LV"),
    ("lebanon", "LB"),
    ("liechtenstein", "LI"),
    ("lithuania", "LT"),
    ("luxembourg", "LU"),
    ("malaysia", "MY"),
    ("malta", "MT"),
    ("mauritius", "MU"),
    ("mexico", "MX"),
    ("moldova", "MD"),
    ("mongolia", "MN"),
    ("morocco", "MA"),
    ("nepal", "NP"),
    ("netherlands", "NL"),
    ("new zealand", "NZ"),
    ("nigeria", "NG"),
    ("norway", "NO"),
    ("pakistan", "PK"),
    ("panama", "PA"),
    ("peru", "PE"),
    ("philippines", "PH"),
    ("poland", "PL"),
    ("portugal", "PT"),
    ("puerto rico", "PR"),
    ("romania", "RO"),
    ("russian federation", "RU"),
    ("russia", "RU"),
    ("saint kitts and nevis", "KN"),
    ("saudi arabia", "SA"),
    ("serbia", "RS"),
    ("seychelles", "SC"),
    ("singapore", "SG"),
    ("slovakia", "SK"),
    ("slovenia", "SI"),
    ("south africa", "ZA"),
    ("spain", "ES"),
    ("sweden", "SE"),
    ("switzerland", "CH"),
    ("taiwan", "TW"),
    ("thailand", "TH"),
    ("turkey", "TR"),
    ("ukraine", "UA"),
    ("united arab emirates", "AE"),
    ("united kingdom", "GB"),
    ("united states", "US"),
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
    let name = text.to_ascii_lowercase();
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, code)| (*code).to_owned())
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
            ("EU", None),
            ("Narnia", None),
            ("日本", None),
        ] {
            assert_eq!(code(text).as_deref(), expected, "{text}");
        }
    }
}
