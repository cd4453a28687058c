//! A filter on the way wrote into the header that it takes the mail for unwanted. A hint: filters err, and a forged header
//! field may say anything; nobody forges one against himself, though. Exchange's organisation-internal fields do not count: every
//! organisation writes them anew, so whose they are cannot be told.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let stamp = scene.mail.filter_stamps.iter().find(|stamp| {
        stamp.unwanted == Some(true) && !stamp.field.to_ascii_lowercase().starts_with("x-ms-exchange-")
    })?;
    let value: String = stamp.value.chars().take(80).collect();
    Some(Sign::at(stamp.span).with("field", stamp.field.clone()).with("value", value))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn a_filters_word() {
        let mail = "From: a@example.com\nX-Spam-Flag: YES\n\nHello\n";
        assert!(fires("filter-called-it-unwanted", mail, ""));
        assert!(!fires("filter-called-it-unwanted", &mail.replace("YES", "NO"), ""));
    }
}
