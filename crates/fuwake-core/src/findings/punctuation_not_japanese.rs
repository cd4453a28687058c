//! Japanese sentences with Western or Chinese marks where a company writes 。 and 、: a half-width full stop behind kana, a comma that
//! stands alone, a Chinese comma among Japanese ones. Silent for people's own letters: they name no company.

use super::scene::japanese::{Line, is_hiragana, is_japanese_letter};
use super::{Scene, Sign};
use crate::span::Span;

/// Places that are shown.
const SHOWN: usize = 6;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    if !scene.is_japanese()
        || scene.is_second_hand()
        || scene.presented().next().is_none() && scene.from_owner().is_none()
    {
        return None;
    }
    let mixed = {
        let text = scene.mail.own_text();
        text.contains('，') && text.contains('、')
    };
    let spans: Vec<Span> = scene.lines().flat_map(|line| marks(line, mixed)).take(SHOWN).collect();
    let first = spans.first()?;
    let around =
        scene.mail.own_text().chars().skip(first.start.saturating_sub(10)).take(first.start.min(10) + 1);
    let quote: String = around.collect::<String>().replace('\n', " ");
    Some(Sign::at_all(spans.iter().map(|&span| scene.in_text(span))).with("quote", quote))
}

/// The marks of a line that do not belong there.
fn marks(line: Line<'_>, mixed: bool) -> Vec<Span> {
    if !line.text.contains(['.', ',', '，']) {
        return Vec::new();
    }
    let letters: Vec<char> = line.text.chars().collect();
    let letter = |at: usize| letters.get(at).copied().unwrap_or('\n');
    let is_wrong = |at: usize| {
        let (before, after) = (at.checked_sub(1).map_or('\n', &letter), letter(at + 1));
        match letters[at] {
            '.' => is_hiragana(before) && (after.is_whitespace() || is_japanese_letter(after)),
            ',' => {
                before == ' '
                    && after == ' '
                    && at
                        .checked_sub(2)
                        .is_some_and(|at| matches!(letter(at), '。' | '、') || is_japanese_letter(letter(at)))
            }
            '，' => mixed && is_japanese_letter(before),
            _ => false,
        }
    };
    let wrong = (0..letters.len()).filter(|&at| is_wrong(at));
    wrong.map(|at| Span::new(line.start + at, line.start + at + 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn wrong(from: &str, text: &str) -> bool {
        fires(
            "punctuation-not-japanese",
            &format!("From: {from} <a@example.com>\nSubject: お知らせ\n\n{text}\n"),
            "",
        )
    }

    #[test]
    fn foreign_marks_in_a_companys_sentences() {
        assert!(wrong("Amazon", "ご確認をお願いいたします."));
        assert!(wrong("Amazon", "ご確認ください。 , 期限は本日です。"));
        assert!(wrong("Amazon", "ご確認，お手続きをお願いいたします、本日中に。"));
    }

    #[test]
    fn numbers_hosts_and_people() {
        assert!(!wrong("Amazon", "合計1,250円(税込)です。www.example.jpをご覧ください...。"));
        assert!(!wrong("Taro", "明日でお願いします."));
    }
}
