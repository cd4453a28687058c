//! What a page's fields ask for (`data/fields`).

use super::Secret;
use crate::evidence::visit::{Field, Page};
use crate::fold::fold;
use crate::knowledge::{FieldWords, Knowledge};

/// What a page asks for, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Asks(pub(crate) Vec<Secret>);

impl Asks {
    /// Whether this is asked for.
    pub(crate) fn has(&self, secret: Secret) -> bool {
        self.0.contains(&secret)
    }

    /// Without what any shop's form asks for.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = Secret> {
        self.0.iter().copied().filter(|secret| secret.is_secret())
    }
}

/// All that the fields of a page ask for.
pub(super) fn asks(page: &Page, knowledge: &Knowledge) -> Asks {
    let fields = page.forms.iter().flat_map(|form| &form.fields);
    let mut asked: Vec<Secret> = fields.filter_map(|field| asked(field, knowledge)).collect();
    asked.sort_unstable();
    asked.dedup();
    Asks(asked)
}

/// What one field asks for.
pub(super) fn asked(field: &Field, knowledge: &Knowledge) -> Option<Secret> {
    const FILLED: [&str; 8] = ["button", "checkbox", "hidden", "image", "radio", "reset", "search", "submit"];
    if FILLED.contains(&field.kind.as_str()) {
        return None;
    }
    let by_browser = match field.autocomplete.as_deref() {
        Some("cc-number") => Some(Secret::Card),
        Some("cc-csc") => Some(Secret::SecurityCode),
        Some("one-time-code") => Some(Secret::Code),
        _ => None,
    };
    let by_kind = match field.kind.as_str() {
        "password" => Some(Secret::Password),
        "tel" => Some(Secret::Telephone),
        _ => None,
    };
    by_browser.or_else(|| by_words(field, knowledge)).or(by_kind)
}

/// By what stands at it, then by its name; of several the most exact, which stand first in [`Secret`]'s order of words.
fn by_words(field: &Field, knowledge: &Knowledge) -> Option<Secret> {
    const EXACT_FIRST: [Secret; 9] = [
        Secret::SecurityCode,
        Secret::Code,
        Secret::SeedPhrase,
        Secret::BankPin,
        Secret::Card,
        Secret::IdNumber,
        Secret::Password,
        Secret::Address,
        Secret::Telephone,
    ];
    let label = fold(&field.label).text;
    let name: String =
        field.name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let words = |secret: Secret| knowledge.fields().iter().filter(move |words| words.asks == secret.id());
    let says = |words: &FieldWords| {
        let said = |list: &[String]| list.iter().any(|word| label.contains(word.as_str()));
        said(&words.words) && !said(&words.unless)
    };
    let named = |words: &FieldWords| {
        words.names.contains(&name) && !words.unless.iter().any(|word| label.contains(word.as_str()))
    };
    let found = |holds: &dyn Fn(&FieldWords) -> bool| {
        EXACT_FIRST.into_iter().find(|&secret| words(secret).any(holds))
    };
    // A text field that is no password's asks for one only where it says so.
    found(&says).or_else(|| found(&named))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testing::knowledge;

    fn of(kind: &str, name: &str, label: &str) -> Option<Secret> {
        let field = Field { kind: kind.into(), name: name.into(), label: label.into(), ..Field::default() };
        asked(&field, knowledge())
    }

    #[test]
    fn fields_are_known_by_what_they_say_in_seven_languages() {
        for (kind, name, label, secret) in [
            ("password", "p", "", Secret::Password),
            ("text", "x", "パスワード", Secret::Password),
            ("tel", "x", "カード番号", Secret::Card),
            ("text", "cardNumber", "", Secret::Card),
            ("password", "x", "セキュリティコード", Secret::SecurityCode),
            ("password", "x", "暗証番号（4桁）", Secret::BankPin),
            ("password", "x", "ワンタイムパスワード", Secret::Code),
            ("text", "x", "マイナンバー", Secret::IdNumber),
            ("text", "x", "Secret Recovery Phrase", Secret::SeedPhrase),
            ("text", "x", "Kreditkartennummer", Secret::Card),
            ("text", "x", "Número do cartão", Secret::Card),
            ("text", "x", "Contraseña", Secret::Password),
            ("text", "x", "Mot de passe", Secret::Password),
            ("text", "x", "Wachtwoord", Secret::Password),
        ] {
            assert_eq!(of(kind, name, label), Some(secret), "{label}{name}");
        }
        assert_eq!(of("hidden", "password", ""), None);
        assert_eq!(of("text", "email", "メールアドレス"), None);
        assert_eq!(of("text", "x", "ポイントカード番号"), None);
    }
}
