//! Ways to do harm that need no link to a foreign host: an answer, a call, a picture that may be a QR code, a form, a script, a file,
//! a redirector.

use crate::knowledge::Brand;
use crate::mail::{Link, Mailbox};

use crate::findings::Scene;

/// Nothing but its links could harm the reader of a mail in the brand's name, and all of it was seen.
pub(in crate::findings) fn but_for_links(scene: &Scene<'_>, brand: &Brand) -> bool {
    let mail = scene.mail;
    let text = &scene.text.text;
    let answers_stay = |reply: &Mailbox| {
        let domain = reply.domain.as_deref();
        domain == scene.from_domain() || domain.is_some_and(|domain| scene.is_of(domain, brand))
    };
    mail.attachments.is_empty()
        && mail.reply_to.iter().all(answers_stay)
        && !scene.is_cut()
        && !does_something(scene, brand)
        && !names_an_address(scene, brand, text)
        && !names_a_telephone(text)
        && !scene.web_links().any(leads_on)
}

/// A form, a script, or a picture from elsewhere.
fn does_something(scene: &Scene<'_>, brand: &Brand) -> bool {
    let host = |source: &str| url::Url::parse(source).ok().and_then(|url| url.host_str().map(str::to_owned));
    let mut pages = scene.mail.bodies.iter().filter_map(|body| body.html.as_ref());
    pages.any(|page| {
        let mut pictures = page.images.iter().filter(|image| !image.tracking);
        page.scripts > 0
            || !page.forms.is_empty()
            || pictures.any(|image| !host(&image.source).is_some_and(|host| scene.is_of(&host, brand)))
    })
}

/// A mail address that is neither the brand's nor the reader's own.
fn names_an_address(scene: &Scene<'_>, brand: &Brand, text: &str) -> bool {
    let own = |domain: &str| {
        let mut readers = scene.mail.recipients.iter().filter_map(|reader| reader.domain.as_deref());
        readers.any(|reader| reader == domain) || scene.is_of(domain, brand)
    };
    text.split('@').skip(1).any(|behind| {
        let ends = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
        let domain = behind.split(ends).next().unwrap_or_default().trim_end_matches('.');
        domain.contains('.') && !own(domain)
    })
}

/// Digits in a row, with the blanks, brackets and hyphens of telephone numbers: ten or eleven from `0` as in Japan, ten to thirteen
/// from `+` (ITU-T E.123).
fn names_a_telephone(text: &str) -> bool {
    let joins =
        |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')' | '+' | '\u{2010}'..='\u{2015}');
    text.split(|c| !joins(c)).any(|run| {
        let digits = run.bytes().filter(u8::is_ascii_digit).count();
        match run.trim_start_matches([' ', '-', '(']).chars().next() {
            Some('0') => (10..=11).contains(&digits),
            Some('+') => (10..=13).contains(&digits),
            _ => false,
        }
    })
}

/// The target holds another address, to which the brand's server may send the reader on.
fn leads_on(link: &Link) -> bool {
    let rest = link.url.split_once("://").map_or("", |(_, rest)| rest).to_ascii_lowercase();
    ["://", "%3a//", "%3a%2f", "=//", "=%2f%2f"].iter().any(|mark| rest.contains(mark))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    /// A page in a brand's name whose only link is the brand's.
    fn is_prank(head: &str, page: &str) -> bool {
        fires(
            "genuine-links-under-forged-sender",
            &format!(
                "From: Amazon <a@mail.example.com>\nTo: taro@example.jp\n{head}Subject: hello\nContent-Type: text/html; charset=utf-8\n\n<a href=\"https://www.amazon.co.jp/a\">x</a> {page}\n"
            ),
            "",
        )
    }

    #[test]
    fn genuine_links_alone_make_a_prank() {
        assert!(is_prank("", "taro@example.jp 様 2026-11-23 10:00"));
        assert!(is_prank("", "<img src=\"https://www.amazon.co.jp/logo.png\">"));
    }

    #[test]
    fn whatever_else_leads_somewhere_is_no_prank() {
        for page in [
            "Call 050-1234-5678",
            "Call +81 50 1234 5678",
            "Write to help@example.net",
            "Write to help＠example.net",
            "<img src=\"https://www.example.net/qr.png\">",
            "<img src=\"cid:qr\">",
            "<img src=\"data:image/png;base64,AAAA\">",
            "<form action=\"https://www.example.net/\"><input name=a></form>",
            "<button onclick=\"location='https://www.example.net'\">x</button>",
            "<a href=\"https://www.amazon.co.jp/r?to=https%3A%2F%2Fwww.example.net\">x</a>",
        ] {
            assert!(!is_prank("", page), "{page}");
        }
        assert!(!is_prank("Reply-To: a@example.net\n", ""));
        let decoys: String =
            (0..3_000).map(|n| format!("<a href=\"https://www.amazon.co.jp/{n}\">x</a>")).collect();
        assert!(!is_prank("", &format!("{decoys}<a href=\"https://www.example.net/\">y</a>")));
    }
}
