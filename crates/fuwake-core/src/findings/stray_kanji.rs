//! Kanji that belong to no sentence behind the end of a line (…です。   孔月), in a mail that falsely speaks for a company: left over from somebody's
//! template, or put there to make each mail different.

use super::scene::japanese::is_kanji;
use super::{Scene, Sign};
use crate::span::Span;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    if !scene.is_japanese() {
        return None;
    }
    scene.impersonated()?;
    scene.lines().find_map(|line| {
        let text = line.text.trim_end();
        let (_, behind) = text.rsplit_once('。')?;
        let stray = behind.trim_start();
        let apart = behind.chars().count() - stray.chars().count();
        let count = stray.chars().count();
        let odd = apart > 0 && (1..=4).contains(&count) && stray.chars().all(is_kanji);
        let end = line.start + text.chars().count();
        odd.then(|| Sign::at(scene.in_text(Span::new(end - count, end))).with("kanji", stray))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn behind_a_companys_sentence() {
        let stray = |from: &str| {
            let text = "自動で配信しています。   孔月\nお知らせです。";
            fires("stray-kanji", &format!("From: {from} <a@example.com>\nSubject: お知らせ\n\n{text}\n"), "")
        };
        assert!(stray("Amazon"));
        assert!(!stray("孔月"));
    }
}
