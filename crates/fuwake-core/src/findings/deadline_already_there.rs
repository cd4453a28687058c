//! A term for paying or acting that ends on the day of the mail, or before it. Silent where the text says that it is over: a real
//! reminder does.

use time::Date;

use super::scene::dates::{dates, day_of_mail};
use super::scene::japanese::Line;
use super::{Scene, Sign};
use crate::span::Span;

/// Words before a term.
const TERMS: [&str; 6] = ["期限", "締め切り", "締切", "〆切", "期日", "推奨日"];
/// Words that make a term on the same day odd: nobody asks for money or steps that late.
const DUTIES: [&str; 7] = ["支払", "納付", "納期限", "最終", "手続", "処理", "更新"];
/// Words behind a term that is known to be over.
const OVER: [&str; 6] = ["過ぎ", "経過", "超過", "到来", "でした", "満了"];
/// How far behind the date these words stand, in code points.
const BEHIND: usize = 25;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    if !scene.is_japanese()
        || scene.is_second_hand()
        || !TERMS.iter().any(|term| scene.text.text.contains(term))
    {
        return None;
    }
    let today = day_of_mail(scene)?;
    let (line, term) = scene.lines().find_map(|line| Some((line, late_term(line, today)?)))?;
    let text: String = line.text.chars().skip(term.start).take(term.end - term.start).collect();
    let place = scene.in_text(Span::new(line.start + term.start, line.start + term.end));
    Some(Sign::at(place).and(scene.mail.date.as_ref()?.span).with("date", text))
}

/// The date of a line that is a term and is not after today.
fn late_term(line: Line<'_>, today: Date) -> Option<Span> {
    let term = TERMS.iter().find_map(|term| line.text.find(term))?;
    let term = line.text.get(..term)?.chars().count();
    let duty = DUTIES.iter().any(|duty| line.text.contains(duty));
    let date = dates(line).into_iter().find(|date| date.span.start > term)?;
    let day = date.resolve(today)?;
    let behind: String = line.text.chars().skip(date.span.end).take(BEHIND).collect();
    let late = day < today || duty && day == today;
    (late && !OVER.iter().any(|over| behind.contains(over))).then_some(date.span)
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn late(text: &str) -> bool {
        let mail = "Date: Mon, 23 Nov 2026 10:00:00 +0900\nFrom: a@example.com\nSubject: お知らせです\n\n";
        fires("deadline-already-there", &format!("{mail}{text}\n"), "")
    }

    #[test]
    fn on_the_day_or_before() {
        assert!(late("お支払い期限:2026年11月23日(月)"));
        assert!(late("締め切り: 令和8年11月20日"));
        assert!(!late("お支払い期限:2026年11月30日(月)"));
        assert!(!late("ご回答の期限は本日11月23日(月)です。"));
        assert!(!late("お支払い期限(11月20日)を過ぎておりますので、ご連絡いたします。"));
    }
}
