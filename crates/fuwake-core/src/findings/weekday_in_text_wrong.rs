//! The text names a weekday on which that date does not fall (4月23日(日) of a year in which it is a Tuesday): an old template with a
//! new date. A date without a year is taken as the one nearest to the mail.

use super::scene::dates::{dates, day_of_mail};
use super::{Scene, Sign};
use crate::span::{Because, Span};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    if !scene.is_japanese() || scene.is_second_hand() {
        return None;
    }
    let near = day_of_mail(scene)?;
    let wrong = |text: &str, start: usize| {
        let line = super::scene::japanese::Line { start, text };
        let date = dates(line).into_iter().find(|date| {
            let day = date.weekday.and_then(|_| date.resolve(near));
            day.is_some_and(|day| Some(day.weekday()) != date.weekday)
        })?;
        let quote: String =
            text.chars().skip(date.span.start).take(date.span.end - date.span.start).collect();
        Some((quote, Span::new(start + date.span.start, start + date.span.end)))
    };
    let in_heading =
        scene.headings().find_map(|(text, place)| wrong(text, 0).map(|(quote, _)| (quote, place)));
    let in_text = || {
        scene
            .lines()
            .find_map(|line| wrong(line.text, line.start))
            .map(|(quote, span)| (quote, scene.in_text(span)))
    };
    let (quote, place): (String, Because) = in_heading.or_else(in_text)?;
    Some(Sign::at(place).with("date", quote))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn wrong(subject: &str) -> bool {
        let mail = "Date: Mon, 23 Nov 2026 10:00:00 +0900\nFrom: a@example.com\nSubject: ";
        fires("weekday-in-text-wrong", &format!("{mail}{subject}\n\nお知らせです。\n"), "")
    }

    #[test]
    fn no_such_day() {
        assert!(wrong("11月25日(日)のお届け"));
        assert!(wrong("令和8年11月25日（火曜日）まで"));
        assert!(!wrong("11月25日(水)のお届け、1月5日(火)から営業"));
    }
}
