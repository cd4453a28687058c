//! The lure stands in two languages: a translated text over the button or the footer of the first version. Judged by known wording
//! of at least two words each, so that a loan word is no second language.

use super::{Scene, Sign, Worded};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    if scene.mail.list.is_reply || scene.is_list_mail() || scene.is_carrier() {
        return None;
    }
    let language = |hit: &&Worded| scene.knowledge.phrases()[hit.file].language.as_str();
    let telling = |hit: &&Worded| !hit.hint && hit.quote.split_whitespace().count() > 2;
    let mut hits = scene.phrases.iter().filter(telling);
    let first = hits.next()?;
    let other = hits.find(|hit| language(hit) != language(&first))?;
    let sign = Sign::at(first.because.clone()).and(other.because.clone());
    Some(sign.with("first", first.quote.as_str()).with("other", other.quote.as_str()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn mixed(text: &str) -> bool {
        let mail = format!("From: a@example.com\nContent-Type: text/plain; charset=utf-8\n\n{text}\n");
        fires("two-languages-in-one-lure", &mail, "")
    }

    #[test]
    fn a_translated_text_with_the_old_footer() {
        assert!(mixed(
            "Sie wurden ausgewählt! Gutschein im Wert von 500 €.\nclick here to remove yourself from our emails list"
        ));
        assert!(!mixed("Sie wurden ausgewählt! Gutschein im Wert von 500 €."));
    }
}
