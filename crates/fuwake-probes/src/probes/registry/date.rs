//! Dates as registries write them, to RFC 3339.

use time::{Date, Month, OffsetDateTime, Time, UtcOffset};

/// How much of a value is looked at, in characters.
const LONGEST: usize = 64;

/// A date of any shape that registries use, as RFC 3339 with the offset that it is told in: `2001/03/26`, `26-Mar-2001 01:02:03 UTC`,
/// `2010-05-17 15:12:37 (UTC+8)`, `2002. 04. 24.`, `20010326`. Where neither time nor zone is told the day begins, in `zone`.
#[must_use]
pub(super) fn rfc3339(text: &str, zone: UtcOffset) -> Option<String> {
    let tokens = tokens(text);
    let clock = tokens.windows(3).position(|window| {
        matches!(window, [Token::Number(_, 1..=2), Token::Mark(':'), Token::Number(_, 2)])
    });
    let (time, zone) = clock.map_or((Time::MIDNIGHT, zone), |at| {
        (time(&tokens[at..]).unwrap_or(Time::MIDNIGHT), told_zone(&tokens[at..]).unwrap_or(zone))
    });
    let before = &tokens[..clock.unwrap_or(tokens.len())];
    // `Thu Mar 26 01:02:03 GMT 2001` has the year behind the time.
    let date = date(before).or_else(|| date(&[before, &tokens[clock?..]].concat()))?;
    let at = OffsetDateTime::new_in_offset(date, time, zone);
    at.format(&time::format_description::well_known::Rfc3339).ok()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    /// A number and how many digits it has.
    Number(u32, usize),
    Month(Month),
    /// An offset's name, in hours.
    Zone(i8),
    Word,
    Mark(char),
}

fn tokens(text: &str) -> Vec<Token> {
    let characters: Vec<char> = text.chars().take(LONGEST).collect();
    let kind = |c: &char| (c.is_ascii_digit(), c.is_ascii_alphabetic());
    let alike = |a: &char, b: &char| kind(a) == kind(b) && kind(a) != (false, false);
    let pieces = characters.chunk_by(alike).filter(|piece| piece != &[' ']);
    pieces.map(token).collect()
}

fn token(piece: &[char]) -> Token {
    match piece {
        [c, ..] if c.is_ascii_digit() => {
            let text: String = piece.iter().collect();
            text.parse().map_or(Token::Word, |number| Token::Number(number, piece.len()))
        }
        [c, ..] if c.is_ascii_alphabetic() => word(&piece.iter().collect::<String>().to_ascii_lowercase()),
        [c, ..] => Token::Mark(*c),
        [] => Token::Word,
    }
}

fn word(word: &str) -> Token {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    match word {
        "z" | "utc" | "gmt" => return Token::Zone(0),
        "jst" | "kst" => return Token::Zone(9),
        _ => {}
    }
    let month = MONTHS.iter().position(|month| word.get(..3) == Some(month));
    let month = month.and_then(|index| Month::try_from(u8::try_from(index + 1).ok()?).ok());
    month.map_or(Token::Word, Token::Month)
}

/// The time that the tokens begin with.
fn time(tokens: &[Token]) -> Option<Time> {
    let [Token::Number(hour, _), _, Token::Number(minute, _), rest @ ..] = tokens else { return None };
    let second = match rest {
        [Token::Mark(':'), Token::Number(second, 2), ..] => *second,
        _ => 0,
    };
    Time::from_hms((*hour).try_into().ok()?, (*minute).try_into().ok()?, second.try_into().ok()?).ok()
}

/// The zone told behind a time: `Z`, `JST`, `+09:00`, `+0900`, `UTC+8`.
fn told_zone(tokens: &[Token]) -> Option<UtcOffset> {
    let named =
        tokens.iter().find_map(|token| if let Token::Zone(hours) = token { Some(*hours) } else { None });
    let signed = tokens.windows(2).find_map(|window| match window {
        [Token::Mark(sign @ ('+' | '-')), Token::Number(number, digits @ (1 | 2 | 4))] => {
            let (hours, minutes) = if *digits == 4 { (number / 100, number % 100) } else { (*number, 0) };
            let (hours, minutes) = (i8::try_from(hours).ok()?, i8::try_from(minutes).ok()?);
            let turn = if *sign == '-' { -1 } else { 1 };
            UtcOffset::from_hms(hours.checked_mul(turn)?, minutes.checked_mul(turn)?, 0).ok()
        }
        _ => None,
    });
    signed.or_else(|| UtcOffset::from_hms(named?, 0, 0).ok())
}

fn date(tokens: &[Token]) -> Option<Date> {
    let numbers: Vec<(u32, usize)> = tokens
        .iter()
        .filter_map(
            |token| if let Token::Number(number, digits) = token { Some((*number, *digits)) } else { None },
        )
        .collect();
    let month =
        tokens.iter().find_map(|token| if let Token::Month(month) = token { Some(*month) } else { None });
    if let Some(month) = month {
        let year = numbers.iter().find(|(_, digits)| *digits == 4)?.0;
        let day = numbers.iter().find(|(_, digits)| *digits <= 2)?.0;
        return day_of(year, month, day);
    }
    match numbers.as_slice() {
        [(whole, 8), ..] => numbered(whole / 10_000, whole / 100 % 100, whole % 100),
        [(year, 4), (month, 1 | 2), (day, 1 | 2), ..] => numbered(*year, *month, *day),
        // The day stands first wherever registries write the year last.
        [(day, 1 | 2), (month, 1 | 2), (year, 4), ..] => numbered(*year, *month, *day),
        _ => None,
    }
}

fn numbered(year: u32, month: u32, day: u32) -> Option<Date> {
    day_of(year, Month::try_from(u8::try_from(month).ok()?).ok()?, day)
}

fn day_of(year: u32, month: Month, day: u32) -> Option<Date> {
    let year = i32::try_from(year).ok().filter(|year| (1970..=9999).contains(year))?;
    Date::from_calendar_date(year, month, day.try_into().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_all_registries() {
        let japan = UtcOffset::from_hms(9, 0, 0).expect("an offset");
        for (text, zone, expected) in [
            ("2019-11-05T18:30:05Z", UtcOffset::UTC, "2019-11-05T18:30:05Z"),
            ("2019-11-05T18:30:05.123Z", UtcOffset::UTC, "2019-11-05T18:30:05Z"),
            ("2019-11-05T18:30:05+09:00", UtcOffset::UTC, "2019-11-05T18:30:05+09:00"),
            ("2019-11-05T18:30:05+0100", UtcOffset::UTC, "2019-11-05T18:30:05+01:00"),
            ("2019-11-05T18:30:05-03:00", UtcOffset::UTC, "2019-11-05T18:30:05-03:00"),
            ("2001/03/26", japan, "2001-03-26T00:00:00+09:00"),
            ("2025/04/01 01:05:04 (JST)", UtcOffset::UTC, "2025-04-01T01:05:04+09:00"),
            ("2022-03-10 12:00:00", UtcOffset::UTC, "2022-03-10T12:00:00Z"),
            ("2010-05-17 15:12:37 (UTC+8)", UtcOffset::UTC, "2010-05-17T15:12:37+08:00"),
            ("2002. 04. 24.", japan, "2002-04-24T00:00:00+09:00"),
            ("20010326", UtcOffset::UTC, "2001-03-26T00:00:00Z"),
            ("20010326 #12345", UtcOffset::UTC, "2001-03-26T00:00:00Z"),
            ("26-Mar-2001 01:02:03 UTC", UtcOffset::UTC, "2001-03-26T01:02:03Z"),
            ("26-mar-2001", UtcOffset::UTC, "2001-03-26T00:00:00Z"),
            ("March 26 2001", UtcOffset::UTC, "2001-03-26T00:00:00Z"),
            ("Thu Mar 26 01:02:03 GMT 2001", UtcOffset::UTC, "2001-03-26T01:02:03Z"),
            ("26.03.2001 12:13:14", UtcOffset::UTC, "2001-03-26T12:13:14Z"),
            ("26.3.2001", UtcOffset::UTC, "2001-03-26T00:00:00Z"),
            ("26/03/2001", UtcOffset::UTC, "2001-03-26T00:00:00Z"),
            ("2001.03.26 12:13:14", UtcOffset::UTC, "2001-03-26T12:13:14Z"),
        ] {
            assert_eq!(rfc3339(text, zone).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn no_date_is_none() {
        for text in
            ["", "before Aug-1996", "2001-13-45", "n/a", "99999999999999999999", "0000-00-00", "12:00:00"]
        {
            assert_eq!(rfc3339(text, UtcOffset::UTC), None, "{text}");
        }
    }
}
