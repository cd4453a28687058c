//! Dates as Japanese texts write them: `2026年5月1日(金)`, `令和8年5月1日`, `5月1日（金曜日）`, `2026/5/1 (Fri)`, `5/1(金)`.

use time::{Date, Duration, Month, Weekday};

use super::japanese::Line;
use crate::findings::Scene;
use crate::span::Span;

/// A date in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::findings) struct Written {
    /// The year, where one is named.
    pub year: Option<i32>,
    /// As written, not checked.
    pub month: u8,
    /// As written, not checked.
    pub day: u8,
    /// The weekday beside it.
    pub weekday: Option<Weekday>,
    /// It is written with 月 and 日, so that it cannot be some other number.
    pub in_words: bool,
    /// Where, in code points of its line.
    pub span: Span,
}

/// The date nearest to `near` of those that have no year.
const HALF_A_YEAR: Duration = Duration::days(183);

impl Written {
    /// The day that is meant, seen from a day near to it; none where there is no such day.
    pub(in crate::findings) fn resolve(&self, near: Date) -> Option<Date> {
        if let Some(year) = self.year {
            return self.in_year(year);
        }
        let years = [near.year() - 1, near.year(), near.year() + 1];
        years.iter().filter_map(|&year| self.in_year(year)).find(|date| (*date - near).abs() <= HALF_A_YEAR)
    }

    fn in_year(&self, year: i32) -> Option<Date> {
        Date::from_calendar_date(year, Month::try_from(self.month).ok()?, self.day).ok()
    }
}

/// The day on which the mail was written, as its Japanese reader counts.
pub(in crate::findings) fn day_of_mail(scene: &Scene<'_>) -> Option<Date> {
    let japan = time::UtcOffset::from_hms(9, 0, 0).ok()?;
    Some(scene.mail.date.as_ref()?.at.checked_to_offset(japan)?.date())
}

/// The dates of a line, left to right.
pub(in crate::findings) fn dates(line: Line<'_>) -> Vec<Written> {
    if !line.text.contains(['月', '/', '年', '-']) {
        return Vec::new();
    }
    let letters: Vec<char> = line.text.chars().collect();
    let mut dates = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let reader = Reader { letters: &letters, at };
        match reader.starts_number().then(|| reader.date()).flatten() {
            Some(date) => {
                at = date.span.end;
                dates.push(date);
            }
            None => at += 1,
        }
    }
    dates
}

/// A place in a line.
#[derive(Clone, Copy)]
struct Reader<'t> {
    letters: &'t [char],
    at: usize,
}

impl Reader<'_> {
    fn peek(self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    /// A digit that continues no number, host name or path.
    fn starts_number(self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.letters.get(at)).copied();
        let joined = before.is_some_and(|letter| {
            digit(letter).is_some()
                || letter.is_ascii_alphabetic()
                || matches!(letter, '/' | '-' | '.' | '=' | '_')
        });
        self.peek().and_then(digit).is_some() && !joined
    }

    fn date(mut self) -> Option<Written> {
        let start = self.at;
        let (first, figures) = self.number()?;
        let (year, month, day, in_words) = match self.peek()? {
            '年' => {
                let year = self.year_before(start, first, figures)?;
                self.at += 1;
                let month = self.number_before('月')?;
                (Some(year), month, self.number_before('日')?, true)
            }
            '月' => {
                self.at += 1;
                (None, first, self.number_before('日')?, true)
            }
            mark @ ('/' | '-') if figures == 4 => {
                self.at += 1;
                let month = self.number_before(mark)?;
                (Some(first), month, self.number()?.0, false)
            }
            '/' if figures <= 2 => {
                self.at += 1;
                (None, first, self.number()?.0, false)
            }
            _ => return None,
        };
        if !in_words
            && self.peek().is_some_and(|letter| matches!(letter, '/' | '-') || letter.is_ascii_alphanumeric())
        {
            return None;
        }
        let weekday = self.weekday();
        // Two small numbers and a stroke are a date only beside a weekday.
        if year.is_none() && !in_words && weekday.is_none() {
            return None;
        }
        let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        Some(Written { year, month, day, weekday, in_words, span: Span::new(start, self.at) })
    }

    /// The year before 年: of four figures, or of the eras 令和 and 平成.
    fn year_before(self, start: usize, year: i32, figures: usize) -> Option<i32> {
        let before: String = self.letters.get(start.saturating_sub(2)..start)?.iter().collect();
        match before.as_str() {
            "令和" => Some(2018 + year),
            "平成" => Some(1988 + year),
            _ => (figures == 4).then_some(year),
        }
    }

    /// A number and the mark behind it.
    fn number_before(&mut self, mark: char) -> Option<i32> {
        self.skip_blanks();
        let (number, figures) = self.number()?;
        self.skip_blanks();
        (figures <= 2 && self.peek() == Some(mark)).then(|| self.at += 1)?;
        Some(number)
    }

    /// A number of up to four figures, and how many figures it has.
    fn number(&mut self) -> Option<(i32, usize)> {
        let start = self.at;
        let mut number = 0;
        while let Some(figure) = self.peek().and_then(digit).filter(|_| self.at - start < 4) {
            number = number * 10 + figure;
            self.at += 1;
        }
        let figures = self.at - start;
        (figures > 0 && self.peek().and_then(digit).is_none()).then_some((number, figures))
    }

    fn skip_blanks(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    /// `(火)`, `（火曜日）`, `(火・祝)`, `(Tue)`; the place moves on only where one stands there.
    fn weekday(&mut self) -> Option<Weekday> {
        let mut ahead = *self;
        ahead.skip_blanks();
        let opened = ahead.peek().is_some_and(|letter| matches!(letter, '(' | '（' | '[' | '〔'));
        ahead.at += usize::from(opened);
        let rest: String = ahead.letters.get(ahead.at..)?.iter().take(4).collect();
        let (weekday, length) = named_weekday(&rest)?;
        let behind = rest.chars().nth(length);
        let closed =
            behind.is_some_and(|letter| matches!(letter, ')' | '）' | ']' | '〕' | '・' | '曜' | '/' | '祝'));
        let named = rest.chars().nth(1) == Some('曜');
        if !(opened && closed || named) {
            return None;
        }
        self.at = ahead.at + length;
        Some(weekday)
    }
}

/// The weekday that a text begins with, and the length of its name.
fn named_weekday(text: &str) -> Option<(Weekday, usize)> {
    const NAMES: [(&str, &str, Weekday); 7] = [
        ("月", "mon", Weekday::Monday),
        ("火", "tue", Weekday::Tuesday),
        ("水", "wed", Weekday::Wednesday),
        ("木", "thu", Weekday::Thursday),
        ("金", "fri", Weekday::Friday),
        ("土", "sat", Weekday::Saturday),
        ("日", "sun", Weekday::Sunday),
    ];
    let english: String = text.chars().take(3).flat_map(char::to_lowercase).collect();
    NAMES.iter().find_map(|&(kanji, name, weekday)| {
        if text.starts_with(kanji) {
            return Some((weekday, 1));
        }
        (english == name).then_some((weekday, 3))
    })
}

/// The value of a digit, full-width or not.
fn digit(letter: char) -> Option<i32> {
    let narrow = match letter {
        '０'..='９' => char::from_u32(u32::from(letter) - 0xFEE0)?,
        _ => letter,
    };
    narrow.to_digit(10).and_then(|value| i32::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(Option<i32>, u8, u8, Option<Weekday>)> {
        let read = dates(Line { start: 0, text });
        read.iter().map(|date| (date.year, date.month, date.day, date.weekday)).collect()
    }

    #[test]
    fn all_the_usual_forms() {
        let (year, friday) = (Some(2026), Some(Weekday::Friday));
        for (text, expected) in [
            ("期限は2026年5月1日(金)です", (year, 5, 1, friday)),
            ("２０２６年 ５月 １日（金曜日）", (year, 5, 1, friday)),
            ("令和8年5月1日", (year, 5, 1, None)),
            ("5月1日 金曜日", (None, 5, 1, friday)),
            ("5月1日（金・祝）", (None, 5, 1, friday)),
            ("2026/05/01 (Fri)", (year, 5, 1, friday)),
            ("2026-05-01", (year, 5, 1, None)),
            ("5/1(金)", (None, 5, 1, friday)),
        ] {
            assert_eq!(read(text), [expected], "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_dates() {
        for text in [
            "1/2に減量",
            "2026-05-01-0012",
            "03-1234-5678",
            "https://example.com/2026/05/01/",
            "第5月",
            "月1日",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }

    #[test]
    fn the_nearest_day_is_meant() {
        let near = time::macros::date!(2026 - 12 - 28);
        let january = dates(Line { start: 0, text: "1月5日(火)" })[0];
        assert_eq!(january.resolve(near), Some(time::macros::date!(2027 - 01 - 05)));
    }
}
