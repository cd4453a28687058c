//! The time at the end of a trace line: RFC 5322 section 3.3, its obsolete forms, and what else servers write.

use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};

/// Reads a time, ignoring weekday and comments; none where day, month, year or hour is missing or impossible.
pub(super) fn read(text: &str) -> Option<OffsetDateTime> {
    let mut read = Reading::default();
    let words = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')'))
        .filter(|word| !word.is_empty());
    for word in words.take(12) {
        read.take(word);
    }
    read.finish()
}

#[derive(Default)]
struct Reading {
    day: Option<u8>,
    month: Option<Month>,
    year: Option<i32>,
    time: Option<Time>,
    offset: Option<UtcOffset>,
    afternoon: Option<bool>,
}

impl Reading {
    fn take(&mut self, word: &str) {
        if word.contains(':') {
            self.time = self.time.or_else(|| clock(word));
        } else if word.starts_with(['+', '-']) && self.time.is_some() {
            self.offset = self.offset.or_else(|| numeric_offset(word));
        } else if word.bytes().all(|byte| byte.is_ascii_digit()) {
            self.number(word);
        } else if let Some((day, month, year)) = joined(word) {
            (self.day, self.month, self.year) = (Some(day), Some(month), Some(year));
        } else if let Some(month) = month(word) {
            self.month = self.month.or(Some(month));
        } else if word.eq_ignore_ascii_case("pm") || word.eq_ignore_ascii_case("am") {
            self.afternoon = Some(word.starts_with(['p', 'P']));
        } else if self.time.is_some() {
            self.offset = self.offset.or_else(|| named_offset(word));
        }
    }

    fn number(&mut self, word: &str) {
        let Ok(value) = word.parse::<i32>() else { return };
        if self.day.is_none() && word.len() <= 2 {
            self.day = u8::try_from(value).ok();
        } else if self.year.is_none() {
            self.year = Some(full_year(value, word.len()));
        }
    }

    fn finish(self) -> Option<OffsetDateTime> {
        let date = Date::from_calendar_date(self.year?, self.month?, self.day?).ok()?;
        let time = self.time?;
        let time = match self.afternoon {
            Some(true) if time.hour() < 12 => time.replace_hour(time.hour() + 12).ok()?,
            Some(false) if time.hour() == 12 => time.replace_hour(0).ok()?,
            _ => time,
        };
        Some(PrimitiveDateTime::new(date, time).assume_offset(self.offset.unwrap_or(UtcOffset::UTC)))
    }
}

/// Two and three digits as RFC 5322 section 4.3 reads them.
fn full_year(value: i32, digits: usize) -> i32 {
    match (digits, value) {
        (1 | 2, 0..=49) => value + 2000,
        (1 | 2, _) | (3, _) => value + 1900,
        _ => value,
    }
}

/// `h:mm` or `h:mm:ss`, fractions cut off; a leap second counts as the one before.
fn clock(word: &str) -> Option<Time> {
    let mut numbers =
        word.split(':').map(|piece| piece.split(['.', '+', 'Z']).next().unwrap_or_default().parse::<u8>());
    let hour = numbers.next()?.ok()?;
    let minute = numbers.next()?.ok()?;
    let second = numbers.next().and_then(Result::ok).unwrap_or(0).min(59);
    Time::from_hms(hour, minute, second).ok()
}

/// `1-Jan-2020`, `2020-01-31`, `1/31/2020`, and `31/1/2020` where the first number can be no month.
fn joined(word: &str) -> Option<(u8, Month, i32)> {
    let mut pieces = word.split(['-', '/']);
    let (first, second, third) = (pieces.next()?, pieces.next()?, pieces.next()?);
    let third = third.split('T').next()?;
    if let Some(month) = month(second) {
        return Some((first.parse().ok()?, month, full_year(third.parse().ok()?, third.len())));
    }
    let number = |text: &str| text.parse::<u8>().ok();
    if first.len() == 4 {
        return Some((number(third)?, Month::try_from(number(second)?).ok()?, first.parse().ok()?));
    }
    let (first, second) = (number(first)?, number(second)?);
    let (day, month) = if first > 12 { (first, second) } else { (second, first) };
    Some((day, Month::try_from(month).ok()?, full_year(third.parse().ok()?, third.len())))
}

fn month(word: &str) -> Option<Month> {
    const NAMES: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = word.get(..3)?;
    let index = NAMES.iter().position(|name| start.eq_ignore_ascii_case(name))?;
    Month::try_from(u8::try_from(index + 1).ok()?).ok()
}

fn numeric_offset(word: &str) -> Option<UtcOffset> {
    let sign = if word.starts_with('-') { -1 } else { 1 };
    let digits = word.get(1..)?;
    if digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let value: i32 = digits.parse().ok()?;
    UtcOffset::from_whole_seconds(sign * (value / 100 * 3600 + value % 100 * 60)).ok()
}

/// The names of RFC 5322 section 4.3 and those that servers near us write; others say nothing.
fn named_offset(word: &str) -> Option<UtcOffset> {
    let hours = match word.to_ascii_uppercase().as_str() {
        "UT" | "UTC" | "GMT" | "Z" | "WET" => 0,
        "BST" | "CET" | "MET" | "WEST" => 1,
        "CEST" | "EET" | "MEST" => 2,
        "EEST" | "MSK" => 3,
        "HKT" | "SGT" | "CCT" => 8,
        "JST" | "KST" => 9,
        "AEST" => 10,
        "EDT" => -4,
        "EST" | "CDT" => -5,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        _ => return None,
    };
    UtcOffset::from_hms(hours, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn forms() {
        for (text, expected) in [
            ("Wed, 15 Jan 2025 06:12:44 +0900 (JST)", datetime!(2025-01-15 06:12:44 +9)),
            ("9 Jun 2022 08:41:10 -0000", datetime!(2022-06-09 08:41:10 UTC)),
            ("Tue, 3 Sep 02 1:02 PDT", datetime!(2002-09-03 01:02:00 -7)),
            ("Tue Sep  3 14:22:44 2002", datetime!(2002-09-03 14:22:44 UTC)),
            ("2024-05-06 07:08:09.123 +0200", datetime!(2024-05-06 07:08:09 +2)),
            ("03-Sep-2002 14:22:44 (CST)", datetime!(2002-09-03 14:22:44 -6)),
            ("Mon, 21 Oct 2019 13:13:24.0937 UTC m=+0.1", datetime!(2019-10-21 13:13:24 UTC)),
            ("22/08/2002 15:28:10", datetime!(2002-08-22 15:28:10 UTC)),
            ("9/3/2002 2:22:44 PM", datetime!(2002-09-03 14:22:44 UTC)),
        ] {
            assert_eq!(read(text), Some(expected), "{text}");
        }
        for text in ["", "yesterday", "Wed, 32 Jan 2025 06:12:44 +0900", "99:99:99"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
