//! Sentences that lost a piece when a template was cut together: an opening without its first letter (利用いただき、 for
//! ご利用いただき、), a politeness without its end (お願いいたしま。), a clause that nothing follows. Silent for lines that are only
//! broken.

use super::scene::japanese::Line;
use super::{Scene, Sign};
use crate::span::Because;

/// Openings of letters that have ご or お before them.
const HEADLESS: [&str; 6] =
    ["利用いただき", "利用頂き", "愛顧いただき", "愛顧を賜り", "世話になっており", "協力いただき"];
/// Beginnings of endings: す, い, た, た and す are missing.
const TAILLESS: [&str; 11] = [
    "いたしま。",
    "致しま。",
    "ございま。",
    "くださ。",
    "下さ。",
    "申し上げま。",
    "申しあげま。",
    "おりま。",
    "しまし。",
    "ありがとうござい。",
    "お願いし。",
];
/// Clauses that a main clause must follow.
const DEPENDENT: [&str; 4] = ["高めるため", "図るため", "防ぐため", "行うため"];

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    if !scene.is_japanese() || scene.is_second_hand() {
        return None;
    }
    let lines: Vec<Line<'_>> = scene.lines().take(1_000).collect();
    let cut: Vec<usize> = (0..lines.len()).filter(|&at| is_cut(&lines, at)).take(4).collect();
    let first = lines[*cut.first()?].text.trim();
    let because: Vec<Because> = cut.iter().map(|&at| scene.in_text(lines[at].span())).collect();
    Some(Sign::at_all(because).with("quote", first.chars().take(60).collect::<String>()))
}

fn is_cut(lines: &[Line<'_>], at: usize) -> bool {
    let line = lines[at].text.trim();
    if line.is_ascii() {
        return false;
    }
    let before = at.checked_sub(1).map_or("", |before| lines[before].text.trim());
    let after = lines.get(at + 1).map_or("", |after| after.text.trim());
    has_no_head(line, before) || TAILLESS.iter().any(|tail| line.contains(tail)) || has_no_end(line, after)
}

fn has_no_head(line: &str, before: &str) -> bool {
    let opening = line.rsplit_once('】').map_or(line, |(_, opening)| opening).trim_start();
    let runs_on = before.ends_with(['ご', 'お', 'を', 'に', 'は', 'の', 'が', 'も', '、', '・']);
    let bracketed = opening.len() < line.len();
    (bracketed || !runs_on) && HEADLESS.iter().any(|head| opening.starts_with(head))
}

/// The last words of a paragraph that are none.
fn has_no_end(line: &str, after: &str) -> bool {
    let ends =
        after.is_empty() || after.starts_with(['※', '■', '▼', '【', '<', '─', '━', '-']) || is_label(after);
    let topic = line.contains("は、") && !is_label(line);
    let thanks = line == "ありがとう、" || line == "ありがとうございます、";
    ends && (topic && DEPENDENT.iter().any(|clause| line.ends_with(clause)) || thanks)
}

/// `発行:株式会社…`: a short word and a colon.
fn is_label(line: &str) -> bool {
    line.chars().take(8).any(|letter| matches!(letter, ':' | '：'))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn cut(text: &str) -> bool {
        fires("cut-sentence", &format!("From: a@example.com\nSubject: お知らせ\n\n{text}\n"), "")
    }

    #[test]
    fn pieces_are_missing() {
        assert!(cut("例山カードをご利用のお客さま\n利用いただき、ありがとうございます。"));
        assert!(cut("【例山カード】利用いただき、ありがとうございます。"));
        assert!(cut("ご確認をお願いいたしま。"));
        assert!(cut("弊社は、サイトの信頼性を高めるため\n発行:例山カード"));
        assert!(cut("ご確認ください。\n\nありがとう、\n\n例山"));
    }

    #[test]
    fn lines_are_only_broken() {
        assert!(!cut("いつも例山カードをご\n利用いただき、ありがとうございます。"));
        assert!(!cut("理由:性能を高めるため\n影響:ありません。"));
        assert!(!cut("当社は、信頼性を高めるため\n設備を入れ替えます。ご確認をお願いいたしま\nす。"));
    }
}
