//! jCard (RFC 7095): who somebody is, as RDAP tells it.

use serde_json::Value;

use super::super::{blank, country};

/// How many properties of one card are read.
const MOST: usize = 100;

/// What of a card counts here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Card {
    /// `fn`.
    pub(super) name: Option<String>,
    /// `org`.
    pub(super) organisation: Option<String>,
    /// `kind`.
    pub(super) kind: Option<String>,
    /// `email`.
    pub(super) email: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub(super) country: Option<String>,
}

impl Card {
    /// Reads `["vcard", [[name, parameters, type, value, …], …]]`, as far as it is one.
    pub(super) fn read(card: &Value) -> Self {
        let mut read = Self::default();
        let properties = card.get(1).and_then(Value::as_array).into_iter().flatten();
        for property in properties.take(MOST) {
            let (Some(name), Some(value)) = (property.get(0).and_then(Value::as_str), property.get(3)) else {
                continue;
            };
            match name.to_ascii_lowercase().as_str() {
                "fn" => set(&mut read.name, text(value)),
                "org" => set(&mut read.organisation, text(value)),
                "kind" => set(&mut read.kind, text(value)),
                "email" => set(&mut read.email, text(value).as_deref().and_then(super::super::address)),
                "adr" => set(&mut read.country, country_of(property.get(1), value)),
                _ => {}
            }
        }
        read
    }

    /// By its kind.
    pub(super) fn is_organisation(&self) -> Option<bool> {
        match self.kind.as_deref()? {
            "org" => Some(true),
            "individual" => Some(false),
            _ => None,
        }
    }

    /// The organisation, else the name.
    pub(super) fn holder(&self) -> Option<&str> {
        self.organisation.as_deref().or(self.name.as_deref())
    }
}

fn set(field: &mut Option<String>, value: Option<String>) {
    if field.is_none() {
        *field = value;
    }
}

/// A value that says something; an organisation may come as a list with its units behind it.
fn text(value: &Value) -> Option<String> {
    blank(value.as_str().or_else(|| value.get(0)?.as_str())?)
}

/// By the code of RFC 8605, the seventh part of the address, the last line of its label, or a name at that line's end (a code there may
/// be a state's: `Austin, TX`).
fn country_of(parameters: Option<&Value>, address: &Value) -> Option<String> {
    let parameter = |name| parameters?.get(name)?.as_str();
    let seventh = || address.get(6)?.as_str();
    let last_line = || parameter("label")?.lines().map(str::trim).rfind(|line| !line.is_empty());
    let last_name = || Some(last_line()?.rsplit_once(',')?.1.trim()).filter(|name| name.chars().count() > 2);
    parameter("cc")
        .and_then(country::code)
        .or_else(|| country::code(seventh()?))
        .or_else(|| country::code(last_line()?))
        .or_else(|| country::code(last_name()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(json: &str) -> Card {
        Card::read(&serde_json::from_str(json).expect("JSON"))
    }

    #[test]
    fn a_card_with_all() {
        let card = card(
            r#"["vcard",[["version",{},"text","4.0"],["fn",{},"text","Abuse Desk"],["kind",{},"text","org"],
            ["org",{"type":"work"},"text",["Example KK","Unit 7"]],
            ["adr",{"label":"1 Way\nTokyo\nJapan\n"},"text",["","","","","","",""]],
            ["email",{},"text","mailto:abuse@example.jp"]]]"#,
        );
        assert_eq!(card.holder(), Some("Example KK"));
        assert_eq!(card.name.as_deref(), Some("Abuse Desk"));
        assert_eq!(card.email.as_deref(), Some("abuse@example.jp"));
        assert_eq!(card.country.as_deref(), Some("JP"));
    }

    #[test]
    fn a_card_with_gaps_and_quirks() {
        assert_eq!(card("[]"), Card::default());
        assert_eq!(
            card(r#"["vcard",[[],7,["fn"],["fn",{},"text",{}],["org",{},"text",[[]]]]]"#),
            Card::default()
        );
        let redacted = card(
            r#"["vcard",[["fn",{},"text",""],["org",{},"text","REDACTED FOR PRIVACY"],["adr",{"cc":"is"},"text",[]]]]"#,
        );
        assert_eq!(redacted.holder(), None);
        assert_eq!(redacted.country.as_deref(), Some("IS"));
    }
}
