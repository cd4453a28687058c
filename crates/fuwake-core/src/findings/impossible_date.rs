//! A date that no calendar has: 2月30日, 13月1日, 2025年2月29日. Written by a program that only adds.

use super::scene::dates::{Written, dates};
use super::{Scene, Sign};
use crate::span::Span;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    if !scene.is_japanese() || scene.is_second_hand() {
        return None;
    }
    let (line, date) =
        scene.lines().find_map(|line| Some((line, dates(line).into_iter().find(is_impossible)?)))?;
    let quote: String =
        line.text.chars().skip(date.span.start).take(date.span.end - date.span.start).collect();
    let place = Span::new(line.start + date.span.start, line.start + date.span.end);
    Some(Sign::at(scene.in_text(place)).with("date", quote))
}

/// Numbers with strokes may be anything; 2月29日 without a year may be any leap year's.
fn is_impossible(date: &Written) -> bool {
    let longest = match date.month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let leap = date.year.is_none_or(time::util::is_leap_year);
    date.in_words
        && (!(1..=12).contains(&date.month)
            || !(1..=longest).contains(&date.day)
            || date.month == 2 && date.day == 29 && !leap)
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn impossible(text: &str) -> bool {
        fires("impossible-date", &format!("From: a@example.com\nSubject: お知らせです\n\n{text}\n"), "")
    }

    #[test]
    fn days_that_no_month_has() {
        assert!(impossible("お支払い期限:2026年2月29日までにお願いします"));
        assert!(impossible("4月31日までにお願いします"));
        assert!(!impossible("2028年2月29日、12月31日、部品番号13/45のお知らせ"));
    }
}
