//! Date fields (RFC 5322 section 3.3), read as tolerantly as mail programs read them.

use time::{Date, Month, OffsetDateTime, Time, UtcOffset, Weekday};

use crate::span::Span;

/// A Date field that could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateField {
    /// The moment, in the zone that the field names.
    pub at: OffsetDateTime,
    /// The weekday that the field names contradicts the date.
    pub weekday_wrong: bool,
    /// The bytes of the field's value.
    pub span: Span,
}

const MONTHS: [&[u8; 3]; 12] =
    [b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec"];
const WEEKDAYS: [(&[u8; 3], Weekday); 7] = [
    (b"mon", Weekday::Monday),
    (b"tue", Weekday::Tuesday),
    (b"wed", Weekday::Wednesday),
    (b"thu", Weekday::Thursday),
    (b"fri", Weekday::Friday),
    (b"sat", Weekday::Saturday),
    (b"sun", Weekday::Sunday),
];
/// Zone names in hours and minutes from UTC: RFC 5322 section 4.3, and those that servers write all the same.
const ZONES: [(&[u8], i8, i8); 29] = [
    (b"ut", 0, 0),
    (b"utc", 0, 0),
    (b"gmt", 0, 0),
    (b"z", 0, 0),
    (b"wet", 0, 0),
    (b"bst", 1, 0),
    (b"cet", 1, 0),
    (b"met", 1, 0),
    (b"mez", 1, 0),
    (b"cest", 2, 0),
    (b"mest", 2, 0),
    (b"eet", 2, 0),
    (b"eest", 3, 0),
    (b"msk", 3, 0),
    (b"msd", 4, 0),
    (b"ist", 5, 30),
    (b"hkt", 8, 0),
    (b"sgt", 8, 0),
    (b"awst", 8, 0),
    (b"jst", 9, 0),
    (b"kst", 9, 0),
    (b"aest", 10, 0),
    (b"est", -5, 0),
    (b"edt", -4, 0),
    (b"cst", -6, 0),
    (b"cdt", -5, 0),
    (b"mst", -7, 0),
    (b"mdt", -6, 0),
    (b"pst", -8, 0),
];
/// No date is longer; what follows is not looked at.
const MAX_LENGTH: usize = 200;

/// Reads a date and says whether the weekday that stands there contradicts it. Takes missing seconds, years of two digits,
/// named zones, any order of day and month name, asctime's order and ISO 8601; a missing zone is UTC.
#[must_use]
pub fn parse(value: &[u8]) -> Option<(OffsetDateTime, bool)> {
    let value = value.trim_ascii();
    let mut reading = Reading::default();
    for word in words(&value[..value.len().min(MAX_LENGTH)]) {
        reading.take(word);
    }
    reading.finish()
}

/// What was found so far.
#[derive(Default)]
struct Reading {
    weekday: Option<Weekday>,
    day: Option<u8>,
    month: Option<Month>,
    year: Option<i32>,
    time: Option<Time>,
    offset: Option<UtcOffset>,
}

impl Reading {
    fn take(&mut self, word: &[u8]) {
        match word[0] {
            b'+' | b'-' if self.time.is_some() => self.offset = self.offset.or_else(|| numeric_zone(word)),
            b'0'..=b'9' => match word.iter().find(|byte| matches!(byte, b':' | b'-' | b'/')) {
                Some(b':') => self.take_time(word),
                Some(_) => self.take_whole_date(word),
                None => self.take_number(word),
            },
            _ => self.take_name(word),
        }
    }

    fn take_number(&mut self, word: &[u8]) {
        let digits = word.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let Some(number) = number(&word[..digits]) else { return };
        if self.day.is_none() && digits <= 2 {
            self.day = u8::try_from(number).ok();
        } else if self.year.is_none() && digits <= 4 {
            self.year = Some(full_year(number, digits));
        }
    }

    fn take_name(&mut self, word: &[u8]) {
        let mut head = [0; 3];
        for (place, byte) in head.iter_mut().zip(word) {
            *place = byte.to_ascii_lowercase();
        }
        if let (None, Some(&(_, day))) = (self.weekday, WEEKDAYS.iter().find(|(name, _)| **name == head)) {
            self.weekday = Some(day);
        } else if let (None, Some(at)) = (self.month, MONTHS.iter().position(|name| **name == head)) {
            self.month = u8::try_from(at + 1).ok().and_then(|number| Month::try_from(number).ok());
        } else if let (None, true) = (self.offset, self.time.is_some()) {
            self.offset = named_zone(word);
        }
    }

    /// `12:34`, `12:34:56`, `12:34:56.789`, with a zone stuck to it or not.
    fn take_time(&mut self, word: &[u8]) {
        let end =
            word.iter().position(|byte| !matches!(byte, b'0'..=b'9' | b':' | b'.')).unwrap_or(word.len());
        let (clock, zone) = word.split_at(end);
        let mut parts = clock.split(|byte| *byte == b':').map(|part| {
            number(part.split(|byte| *byte == b'.').next().unwrap_or_default())
                .and_then(|part| u8::try_from(part).ok())
        });
        let (Some(Some(hour)), Some(Some(minute))) = (parts.next(), parts.next()) else { return };
        // A leap second counts as the second before it.
        let second = parts.next().flatten().unwrap_or(0).min(59);
        self.time = self.time.or_else(|| Time::from_hms(hour, minute, second).ok());
        if !zone.is_empty() {
            self.take(zone);
        }
    }

    /// `2026-11-22`, `2026/11/22`, `22-Nov-2026`, each with a time stuck to it or not.
    fn take_whole_date(&mut self, word: &[u8]) {
        let (date, time) = match word.iter().position(|byte| matches!(byte, b'T' | b't')) {
            Some(at) if word.get(at + 1).is_some_and(u8::is_ascii_digit) => (&word[..at], &word[at + 1..]),
            _ => (word, &word[..0]),
        };
        let parts: Vec<&[u8]> = date.split(|byte| matches!(byte, b'-' | b'/')).take(3).collect();
        if let [year @ [_, _, _, _], month, day] = parts[..] {
            self.year = number(year);
            self.month = number(month)
                .and_then(|month| u8::try_from(month).ok())
                .and_then(|month| Month::try_from(month).ok());
            self.day = number(day).and_then(|day| u8::try_from(day).ok());
        } else {
            parts.into_iter().filter(|part| !part.is_empty()).for_each(|part| self.take(part));
        }
        if !time.is_empty() {
            self.take(time);
        }
    }

    fn finish(self) -> Option<(OffsetDateTime, bool)> {
        let date = Date::from_calendar_date(self.year?, self.month?, self.day?).ok()?;
        let time = self.time.unwrap_or(Time::MIDNIGHT);
        let at = date.with_time(time).assume_offset(self.offset.unwrap_or(UtcOffset::UTC));
        Some((at, self.weekday.is_some_and(|weekday| weekday != date.weekday())))
    }
}

/// Words between blanks, commas and comments; a comment's own words count too, since `(JST)` may be the only zone.
fn words(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    value
        .split(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b',' | b'(' | b')' | b'"'))
        .filter(|word| !word.is_empty())
}

/// `+0900`, `-08:00`, `+9`.
fn numeric_zone(word: &[u8]) -> Option<UtcOffset> {
    let digits: Vec<u8> = word[1..]
        .iter()
        .copied()
        .take_while(|byte| matches!(byte, b'0'..=b'9' | b':'))
        .filter(u8::is_ascii_digit)
        .collect();
    let value = number(&digits)?;
    let (hours, minutes) = if digits.len() <= 2 { (value, 0) } else { (value / 100, value % 100) };
    let sign = if word[0] == b'-' { -1 } else { 1 };
    UtcOffset::from_hms(i8::try_from(hours * sign).ok()?, i8::try_from(minutes * sign).ok()?, 0).ok()
}

fn named_zone(word: &[u8]) -> Option<UtcOffset> {
    let letters = word.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(word.len());
    let (name, rest) = word.split_at(letters);
    if matches!(rest, [b'+' | b'-', digit, ..] if digit.is_ascii_digit()) {
        return numeric_zone(rest);
    }
    if name.eq_ignore_ascii_case(b"pdt") {
        return UtcOffset::from_hms(-7, 0, 0).ok();
    }
    let &(_, hours, minutes) = ZONES.iter().find(|(zone, ..)| zone.eq_ignore_ascii_case(name))?;
    UtcOffset::from_hms(hours, minutes, 0).ok()
}

/// Years of two and three digits (RFC 5322 section 4.3).
fn full_year(number: i32, digits: usize) -> i32 {
    match (digits, number) {
        (..=2, 0..=49) => number + 2000,
        (..=3, _) => number + 1900,
        _ => number,
    }
}

fn number(digits: &[u8]) -> Option<i32> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(value: &str) -> String {
        let (at, wrong) = parse(value.as_bytes()).unwrap_or((OffsetDateTime::UNIX_EPOCH, false));
        let shown = at.format(&time::format_description::well_known::Rfc3339).unwrap();
        if wrong { format!("{shown} !") } else { shown }
    }

    #[test]
    fn dates_in_many_hands() {
        for (value, expected) in [
            ("Tue, 5 May 2026 10:38:30 +0900", "2026-05-05T10:38:30+09:00"),
            ("Mon, 5 May 2026 10:38:30 +0900 (JST)", "2026-05-05T10:38:30+09:00 !"),
            ("5 May 2026 10:38 JST", "2026-05-05T10:38:00+09:00"),
            ("Tue,  5 May 26 10:38:30 GMT", "2026-05-05T10:38:30Z"),
            ("Tue May  5 10:38:30 2026", "2026-05-05T10:38:30Z"),
            ("Tue, 05 May 2026 10:38:30 GMT+09:00", "2026-05-05T10:38:30+09:00"),
            ("2026-05-05T10:38:30.123+09:00", "2026-05-05T10:38:30+09:00"),
            ("2026/05/05 10:38:30", "2026-05-05T10:38:30Z"),
            ("Tue, 5-May-2026 10:38:30 -0800", "2026-05-05T10:38:30-08:00"),
            ("Tue, 5 May 102 10:38:30 EST", "2002-05-05T10:38:30-05:00 !"),
            ("Tue, 5 May 2026 10:38:60 +0900 (\"GMT+09:00\")", "2026-05-05T10:38:59+09:00"),
        ] {
            assert_eq!(read(value), expected, "{value}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for value in [
            "",
            "tomorrow",
            "32 May 2026 10:00:00",
            "May 2026",
            "+",
            "-",
            ":",
            "5/",
            "Tue, 5 May 2026x 99:99",
        ] {
            let _ = parse(value.as_bytes());
        }
        assert_eq!(parse(b"tomorrow"), None);
        assert_eq!(parse(b"32 May 2026 10:00:00 +0000"), None);
    }
}
