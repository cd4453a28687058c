//! Sums as no Japanese company writes them: a full stop between the thousands (4.942マイル), a bill below zero (-321,118円), a blank inside
//! 2万 円. Silent for rates and for what is deducted: only sums to be paid count.

use super::{Scene, Sign};
use crate::findings::scene::japanese::Line;
use crate::span::Span;

/// Words before a sum to be paid.
const BILLS: [&str; 8] = [
    "ご利用金額",
    "ご請求金額",
    "ご請求額",
    "請求金額",
    "お支払い金額",
    "お支払金額",
    "お引き落とし額",
    "未払い金額",
];
/// Units that are counted whole.
const UNITS: [&str; 5] = ["マイル", "ポイント", "pt", "ﾎﾟｲﾝﾄ", "コイン"];

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    if !scene.is_japanese() || scene.is_second_hand() {
        return None;
    }
    let (line, sum) = scene.lines().find_map(|line| Some((line, odd_sum(line)?)))?;
    let quote: String = line.text.chars().skip(sum.start).take(sum.end - sum.start).collect();
    let place = Span::new(line.start + sum.start, line.start + sum.end);
    Some(Sign::at(scene.in_text(place)).with("sum", quote))
}

/// Where it stands in the line.
fn odd_sum(line: Line<'_>) -> Option<Span> {
    let text = line.text;
    if !text.contains(['円', 'マ', 'ポ', 'p', 'コ']) {
        return None;
    }
    let dotted =
        || UNITS.iter().find_map(|unit| text.match_indices(unit).find_map(|(at, _)| dotted_before(text, at)));
    below_zero(text).or_else(dotted)
}

/// `4.942` directly before a unit: thousands, since whole things have no decimals.
fn dotted_before(text: &str, unit: usize) -> Option<Span> {
    let head = text.get(..unit)?.trim_end();
    let number = head.rsplit(|letter: char| !(letter.is_ascii_digit() || letter == '.')).next()?;
    let mut groups = number.split('.');
    let first = groups.next()?;
    let lead = matches!(first.len(), 1..=3) && !first.starts_with('0');
    let rest: Vec<&str> = groups.collect();
    let end = head.chars().count();
    (lead && !rest.is_empty() && rest.iter().all(|group| group.len() == 3))
        .then(|| Span::new(end - number.len(), end))
}

/// A bill and a minus sign behind its colon.
fn below_zero(text: &str) -> Option<Span> {
    let behind = BILLS.iter().find_map(|bill| text.find(bill).map(|at| at + bill.len()))?;
    let rest = text.get(behind..)?;
    let sum = rest.trim_start_matches([':', '：', ' ', '　', '¥', '￥', '】']);
    let minus = sum.chars().next().filter(|sign| matches!(sign, '-' | '−' | '－' | '▲'))?;
    let figures = sum.trim_start_matches(minus).trim_start_matches(['¥', '￥']);
    figures.starts_with(|figure: char| figure.is_ascii_digit()).then(|| {
        let start = text.chars().count() - sum.chars().count();
        let length = sum.chars().take_while(|letter| !letter.is_whitespace()).count();
        Span::new(start, start + length)
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn odd(text: &str) -> bool {
        fires(
            "amount-in-foreign-form",
            &format!("From: a@example.com\nSubject: お知らせです\n\n{text}\n"),
            "",
        )
    }

    #[test]
    fn thousands_and_minus() {
        assert!(odd("未加算のマイルが 4.942マイル ございます"));
        assert!(odd("カードご利用金額: -321,118円"));
        assert!(!odd("ポイント利用: -500円、お支払い金額:1,250円、平均4.5ポイント上昇"));
        assert!(!odd("ご請求金額 - 詳しくはこちら、利率は0.125ポイントです"));
    }
}
