//! The mail is in Japanese and in a Japanese company's name, but was written on a clock set to the zone of China and Singapore.
//! Silent for everybody who names no Japanese company, and where the From domain is authenticated as the company's.

use super::{Alignment, Scene, Sign};

/// UTC+8.
const ZONE: i32 = 8 * 3600;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let date = scene.mail.date.as_ref()?;
    let (claim, brand) = scene.claimed()?;
    let japanese = scene.mail.languages.first() == Some(&"ja") && brand.country == "JP" && claim.is_clear();
    let own = scene.alignment == Alignment::Aligned && scene.from_owner().is_some();
    let found = japanese && !own && date.at.offset().whole_seconds() == ZONE && !scene.is_list_mail();
    found.then(|| Sign::at(date.span).with("brand", &brand.name))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn mail(zone: &str, name: &str) -> String {
        format!(
            "Date: Mon, 23 Nov 2026 10:00:00 {zone}\nFrom: {name} <a@example.com>\nSubject: ご確認のお願い\nContent-Type: text/plain; charset=utf-8\n\nお客様のご契約内容について、ご確認をお願いいたします。\n"
        )
    }

    #[test]
    fn a_japanese_company_on_another_clock() {
        assert!(fires("zone-of-elsewhere", &mail("+0800", "三井住友カード"), ""));
        assert!(!fires("zone-of-elsewhere", &mail("+0900", "三井住友カード"), ""));
        assert!(!fires("zone-of-elsewhere", &mail("+0800", "王"), ""));
    }
}
