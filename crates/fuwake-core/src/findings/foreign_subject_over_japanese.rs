//! An English sentence as the subject of a wholly Japanese text: subject and text come from two templates. Silent for answers, lists,
//! system mail with a tag, and companies whose address is proved.

use super::scene::japanese::is_hiragana;
use super::{Alignment, Scene, Sign};

/// English words that make a sentence.
const WORDS: usize = 3;
/// Hiragana that make a Japanese text.
const KANA: usize = 30;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let subject = scene.mail.subject.as_ref()?;
    let text = subject.text.trim();
    let proved = scene.alignment == Alignment::Aligned && scene.from_owner().is_some();
    let tagged = text.starts_with(['[', '(', '#']) && subject.stamps.is_empty();
    let head = text.get(..4).unwrap_or_default().to_ascii_lowercase();
    let answer = ["re:", "fw:", "fwd:"].iter().any(|mark| head.starts_with(mark));
    if !scene.is_japanese() || scene.is_second_hand() || proved || tagged || answer {
        return None;
    }
    let english = text.chars().all(|letter| letter.is_ascii() || !letter.is_alphabetic());
    let is_word = |word: &&str| {
        word.chars().nth(2).is_some() && word.chars().all(|letter| letter.is_ascii_alphabetic())
    };
    let words = text.split([' ', ',', '.', ':', '!']).filter(is_word).count();
    let kana = scene.mail.own_text().chars().filter(|&letter| is_hiragana(letter)).take(KANA).count();
    (english && words >= WORDS && kana == KANA).then(|| Sign::at(subject.span).with("subject", text))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn foreign(subject: &str) -> bool {
        let text = "いつもご利用いただきありがとうございます。設定をご確認のうえ、変更してくださいますようお願いいたします。";
        fires(
            "foreign-subject-over-japanese",
            &format!("From: a@example.com\nSubject: {subject}\n\n{text}\n"),
            "",
        )
    }

    #[test]
    fn a_sentence_and_not_a_word() {
        assert!(foreign("Important update on your mailbox"));
        assert!(!foreign("PO-4471"));
        assert!(!foreign("Re: Important update on your mailbox"));
        assert!(!foreign("メールボックスの重要な更新"));
    }
}
