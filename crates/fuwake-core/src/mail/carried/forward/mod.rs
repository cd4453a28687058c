//! Mails forwarded inside a text: the marks that mail programs put before them, the header fields that they quote, and
//! the mail rebuilt from both.

mod label;
mod mark;

use crate::mail::link::{Link, Source};
use crate::span::{Because, Span};
use label::{LONGEST_VALUE, Label, field, refang};
use mark::{Mark, mark};

/// Lines between a mark and the first quoted field.
const NEAR: usize = 4;

/// A forward found in a text.
#[derive(Debug)]
pub(super) struct Forward<'t> {
    /// The byte at which it begins, its mark included.
    pub(super) start: usize,
    /// The byte at which the words of whoever forwards it end, above it: there, or where his signature begins.
    pub(super) words_end: usize,
    fields: Vec<(Label, String)>,
    text: &'t str,
    quoted: bool,
    /// The subject of the mail that forwards it, where the quoted mail shows none of its own.
    subject: Option<String>,
}

/// The first forward in a text with a header, by its mark or by that: such as a reply has too. What a reply quotes is none: after `Re:`
/// only a mark that says "forwarded" counts.
pub(super) fn headed<'t>(text: &'t str, subject: &str) -> Option<Forward<'t>> {
    let is_reply = is_reply(subject);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let mark = mark(line);
        let begins = match mark {
            Some(Mark::Forwarded) => true,
            Some(Mark::Original) => !is_reply,
            None => !is_reply && field(line).is_some_and(|(l, _)| l == Label::From),
        };
        if begins {
            let behind = if mark.is_some() { start + line.len() } else { start };
            let found = text.get(behind..).and_then(|rest| read(rest, start, mark.is_some()));
            if found.is_some() {
                return found;
            }
        }
        start += line.len();
    }
    None
}

/// A quotation without any header: under `Fw:`, or of more than what its author wrote above it.
pub(super) fn bare<'t>(text: &'t str, subject: &str) -> Option<Forward<'t>> {
    const LEAST: usize = 40;
    let start = line_starts(text).find(|&at| is_quoted(text.get(at..).unwrap_or_default()))?;
    let (above, rest) = text.split_at_checked(start)?;
    let words_end = signature(above).unwrap_or(above.len());
    let own = letters(above.get(..words_end).unwrap_or_default());
    let quoted: usize = rest.lines().filter(|line| is_quoted(line)).map(letters).sum();
    let forwarded = unforwarded(subject);
    let is_most = own > 0 && quoted >= LEAST && quoted > own;
    if is_reply(subject) || !(is_most || forwarded.is_some() && quoted > 0) {
        return None;
    }
    let subject = Some(forwarded.unwrap_or(subject).trim().to_owned());
    Some(Forward { start, words_end, fields: Vec::new(), text: rest, quoted: true, subject })
}

/// Where a signature begins: so many lines at most, or it is no signature.
fn signature(text: &str) -> Option<usize> {
    const LONGEST: usize = 12;
    let marks = ["\n-- \n", "\n--\n"];
    let start = marks.iter().filter_map(|mark| text.find(mark)).min()?;
    (text.get(start..)?.lines().count() <= LONGEST).then_some(start)
}

fn line_starts(text: &str) -> impl Iterator<Item = usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1))
}

fn is_quoted(line: &str) -> bool {
    line.trim_start_matches([' ', '\u{3000}']).starts_with(['>', '＞'])
}

/// How many letters and digits a text has: what is written, not how it is laid out.
fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

/// The subject behind what programs write before a forwarded one; none where they did not.
fn unforwarded(subject: &str) -> Option<&str> {
    const MARKS: [&str; 9] = ["fw:", "fwd:", "fw：", "fwd：", "転送:", "転送：", "【転送】", "wg:", "tr:"];
    let subject = without_list(subject).trim_start().trim_start_matches('[');
    MARKS.iter().find_map(|mark| {
        let head = subject.get(..mark.len())?;
        (head.to_lowercase() == *mark).then(|| subject.get(mark.len()..)).flatten()
    })
}

/// The subject behind the name that a mailing list writes before it: `[sec] Re: …`, but not `[Fwd: …]`.
fn without_list(subject: &str) -> &str {
    let named = subject.trim_start().strip_prefix('[').and_then(|rest| rest.split_once(']'));
    named.filter(|(name, _)| !name.contains([':', '：'])).map_or(subject, |(_, rest)| rest)
}

fn is_reply(subject: &str) -> bool {
    let start: String = without_list(subject).trim_start().chars().take(6).collect::<String>().to_lowercase();
    ["re:", "re：", "aw:", "sv:", "antw:", "回复", "返信", "re["].iter().any(|reply| start.starts_with(reply))
}

/// Reads the quoted fields at the head of `rest`; a From and, without a mark, two others make a forward.
fn read(rest: &str, start: usize, marked: bool) -> Option<Forward<'_>> {
    let mut fields: Vec<(Label, String)> = Vec::new();
    let mut end = 0;
    let mut at = 0;
    let mut idle = 0;
    let mut quoted = false;
    for line in rest.split_inclusive('\n') {
        at += line.len();
        let blank = line.trim_matches(|c: char| c == '>' || c.is_whitespace()).is_empty();
        if let Some((label, value)) = field(line) {
            quoted |= line.trim_start().starts_with('>');
            fields.push((label, value.to_owned()));
            (end, idle) = (at, 0);
        } else if blank || fields.is_empty() {
            idle += 1;
        } else if let Some((_, value)) =
            fields.last_mut().filter(|(l, v)| idle == 0 && continues(*l, v, line))
        {
            value.push(' ');
            value.push_str(line.trim());
            end = at;
        } else {
            break;
        }
        if fields.len() > 8 || idle > if fields.is_empty() { NEAR } else { 1 } {
            break;
        }
    }
    let has = |label| fields.iter().any(|(l, v)| *l == label && !v.is_empty());
    let enough = if marked { 2 } else { 3 };
    (has(Label::From) && fields.len() >= enough && (has(Label::Subject) || has(Label::Date))).then(|| {
        Forward {
            start,
            words_end: start,
            fields,
            text: rest.get(end..).unwrap_or_default(),
            quoted,
            subject: None,
        }
    })
}

/// Whether a line goes on with the field before it: an empty value, or a list of addresses that ends in a comma.
fn continues(label: Label, value: &str, line: &str) -> bool {
    let open = value.is_empty()
        || value.ends_with([',', ';'])
        || (label == Label::From && !value.contains('@') && line.contains('@'));
    open && value.len() < LONGEST_VALUE
}

impl Forward<'_> {
    /// The mail that was forwarded, as far as it can be had: quoted fields, text, and the links that stand behind the mark.
    pub(super) fn rebuild(&self, part: &str, start: usize, links: &[Link]) -> Vec<u8> {
        let mut mail = String::new();
        for label in [Label::From, Label::ReplyTo, Label::To, Label::Cc, Label::Date, Label::Subject] {
            if let Some((_, value)) = self.fields.iter().find(|(l, _)| *l == label) {
                mail.push_str(label.name());
                mail.push_str(": ");
                mail.push_str(&label.value(value));
                mail.push_str("\r\n");
            }
        }
        if let Some(subject) = self.subject.as_deref().filter(|subject| !subject.is_empty()) {
            mail.push_str(&format!("Subject: {}\r\n", Label::Subject.value(subject)));
        }
        mail.push_str("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n");
        mail.push_str("Content-Transfer-Encoding: 8bit\r\n\r\n");
        let lines = self.text.trim_start_matches(['\n', '\r']).lines();
        // What stands beside the quotation is the forwarder's own.
        for line in lines.filter(|line| !self.quoted || is_quoted(line) || line.trim().is_empty()) {
            let line = if self.quoted { unquoted(line) } else { line };
            mail.push_str(&refang(line));
            mail.push_str("\r\n");
        }
        for link in links.iter().filter(|l| stands_behind(l, part, start)) {
            mail.push_str(&link.url);
            mail.push_str("\r\n");
        }
        mail.into_bytes()
    }
}

/// A line without its first quote mark.
fn unquoted(line: &str) -> &str {
    let line = if is_quoted(line) { line.trim_start_matches([' ', '\u{3000}']) } else { line };
    let rest = line.strip_prefix(['>', '＞']).unwrap_or(line);
    rest.strip_prefix(' ').unwrap_or(rest)
}

/// Whether a link stands behind the mark and is not written out in the text anyway.
fn stands_behind(link: &Link, part: &str, start: usize) -> bool {
    let hidden = matches!(link.source, Source::Html | Source::Area | Source::Form | Source::Svg);
    let text = link.text.as_deref().unwrap_or_default();
    let behind = matches!(&link.because, Because::Text { part: p, text: Span { start: s, .. } } if p == part && *s >= start);
    hidden && behind && text.trim() != link.url && link.host.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rebuilt(text: &str, subject: &str) -> Option<String> {
        headed(text, subject)
            .or_else(|| bare(text, subject))
            .map(|f| String::from_utf8(f.rebuild("1", 0, &[])).expect("UTF-8"))
    }

    #[test]
    fn forwards_of_common_programs_are_rebuilt() {
        for text in [
            "確認お願いします\n---------- Forwarded message ---------\nFrom: 銀行 <a@x.example>\nDate: 2025\nSubject: 重要\nTo: <b@example.jp>\n\n\nhxxps://evil[.]example/\n",
            "\n-----Original Message-----\nFrom: 銀行 [mailto:a@x.example]\nSent: Monday\nTo: b\nSubject: 重要\n\nhttps://evil.example/",
            "差出人: 銀行 <a@x.example>\n送信日時: 2025年1月1日\n宛先: b@example.jp\n件名: 重要\n\nhttps://evil.example/",
            "Begin forwarded message:\n\n> From: \"銀行\" <a@x.example>\n> Subject: 重要\n> Date: x\n> \n> https://evil.example/",
            "-------- 転送されたメッセージ --------\n件名: \t重要\n日付: \tx\n差出人: \t銀行 <a@x.example>\n\nhttps://evil.example/",
            "Von: 銀行 <a@x.example>\nGesendet: x\nAn: b\nBetreff: 重要\n\nhttps://evil.example/",
            "*From:* 銀行 <a@x.example>\n*Sent:* x\n*Subject:* 重要\n\nhttps://evil.example/",
        ] {
            let mail = rebuilt(text, "Fwd: 重要").expect(text);
            assert!(mail.contains("From: \"銀行\" <a@x.example>\r\n"), "{mail}");
            assert!(
                mail.contains("Subject: 重要\r\n") && mail.contains("\r\n\r\nhttps://evil.example/\r\n"),
                "{mail}"
            );
        }
    }

    #[test]
    fn what_is_quoted_without_a_header_is_a_forward() {
        let phish = "> 霊山銀行からのお知らせです。お客様の口座の利用を一時停止しました。\n>\n> https://evil.example/\n> ログインして、確認してください。\n";
        let signed = format!("詐欺でしょうか。\n-- \n鈴木 一郎\nTEL 03-0000-0000\n{phish}よろしく\n");
        let body = "\r\n\r\n霊山銀行からのお知らせです。お客様の口座の利用を一時停止しました。\r\n\r\nhttps://evil.example/\r\nログインして、確認してください。\r\n";
        for (subject, shown) in
            [("Fw: 重要", "重要"), ("転送：重要", "重要"), ("[Fwd: 重要", "重要"), ("これは？", "これは？")]
        {
            let mail = rebuilt(&signed, subject).expect(subject);
            assert!(mail.starts_with(&format!("Subject: {shown}\r\n")) && mail.ends_with(body), "{mail}");
        }
        assert_eq!(rebuilt(&signed, "Re: 重要"), None);
        assert_eq!(rebuilt(&format!("{}\n{phish}", "長い文章です。".repeat(20)), "これは？"), None);
        let headed = "見てください\n> From: 銀行 <a@x.example>\n> Date: x\n> Subject: 重要\n>\n> https://evil.example/\n\n鈴木\n";
        let mail = rebuilt(headed, "不審なメール").expect("a header");
        assert!(mail.contains("From: \"銀行\" <a@x.example>") && !mail.contains("鈴木"), "{mail}");
    }

    #[test]
    fn replies_and_chat_are_no_forwards() {
        let quoted = "-----Original Message-----\nFrom: a@x.example\nSent: x\nSubject: y\n\nz";
        assert_eq!(rebuilt(quoted, "Re: y"), None);
        assert_eq!(rebuilt("On Monday, A wrote:\n> From: a\n> b", "y"), None);
        assert_eq!(rebuilt("From: here to there\nis a long way", "y"), None);
        assert_eq!(rebuilt("Forwarded message:\nnothing follows", "y"), None);
    }
}
