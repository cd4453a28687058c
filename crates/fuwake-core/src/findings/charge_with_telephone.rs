//! A charge, a number to call, and nothing else to do: no link leads anywhere. Call-back frauds state an order that nobody placed
//! and wait by the telephone. Silent for replies, lists and mails with a link to follow.

use super::{Scene, Sign};
use crate::span::Span;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let excused = scene.mail.list.is_reply || scene.is_list_mail() || scene.is_carrier();
    if excused || scene.web_links().next().is_some() {
        return None;
    }
    let text = &scene.text.text;
    let amount = amount(text)?;
    let telephone = telephone(text)?;
    let place = |span: Span| scene.in_text(scene.text.original(span.start, span.end));
    let number = text.get(telephone.start..telephone.end).unwrap_or_default();
    Some(Sign::at(place(telephone)).and(place(amount)).with("number", number))
}

/// `$ 399.00`, `usd 1,059.99`, `€290`: a currency mark with digits behind it.
fn amount(text: &str) -> Option<Span> {
    const MARKS: [&str; 6] = ["$", "€", "£", "usd", "eur", "gbp"];
    MARKS.iter().find_map(|mark| {
        text.match_indices(mark).take(50).find_map(|(at, _)| {
            let rest = text.get(at + mark.len()..)?;
            let blank = rest.len() - rest.trim_start_matches([' ', ':', '$']).len();
            let digits = rest
                .get(blank..)?
                .bytes()
                .take_while(|byte| byte.is_ascii_digit() || b".,".contains(byte))
                .count();
            (blank < 4 && digits >= 2).then(|| Span::new(at, at + mark.len() + blank + digits))
        })
    })
}

/// A North American number as impostors dress it: ten digits, or eleven after `1`, with marks, blanks, and an `o` or `l` for a digit.
fn telephone(text: &str) -> Option<Span> {
    let is_part = |byte: u8| byte.is_ascii_digit() || b"+()-. *_~ol".contains(&byte);
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(start) = bytes
        .get(at..)
        .and_then(|rest| rest.iter().position(|byte| byte.is_ascii_digit() || b"+(".contains(byte)))
    {
        let start = at + start;
        let length = bytes[start..].iter().take(32).take_while(|byte| is_part(**byte)).count().max(1);
        let run = &bytes[start..start + length];
        let digits = run.iter().filter(|byte| byte.is_ascii_digit()).count();
        let posing = run.iter().filter(|byte| b"ol".contains(byte)).count();
        let marks = run.iter().filter(|byte| b"-. ()*_~".contains(byte)).count();
        let country = run.iter().find(|byte| byte.is_ascii_digit()) == Some(&b'1');
        let alone = start
            .checked_sub(1)
            .and_then(|before| bytes.get(before))
            .is_none_or(|byte| !byte.is_ascii_alphanumeric());
        let whole = digits + posing == 10 || digits + posing == 11 && country;
        if whole && digits >= 7 && posing < 4 && marks >= 2 && alone {
            let end = start + run.iter().rposition(u8::is_ascii_alphanumeric).unwrap_or_default() + 1;
            return Some(Span::new(start, end));
        }
        at = start + length;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn calls(text: &str) -> bool {
        fires("charge-with-telephone", &format!("From: a@example.com\nSubject: Order\n\n{text}\n"), "")
    }

    #[test]
    fn an_order_that_only_a_call_undoes() {
        assert!(calls("Amount: $399.00. For help call +1 (888) 555-0142."));
        assert!(calls("Total USD 490.15\nSupport: (8o8) 555 ol42"));
    }

    #[test]
    fn everyday_mail() {
        assert!(!calls("Amount: $399.00. See https://www.example.com/orders or call +1 (888) 555-0142."));
        assert!(!calls("Call me at (888) 555-0142 tonight."));
        assert!(!calls("We counted $399.00 in the box on 2026-11-22 at 10:15."));
    }
}
