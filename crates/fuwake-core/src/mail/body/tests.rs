use super::*;
use crate::mail::carried::CarriedAs;
use crate::mail::field;
use crate::mail::link::Source;

fn content(mail: &str) -> Content {
    let raw = mail.as_bytes();
    let block = field::split(raw);
    read(raw, &block.fields, block.body, "", &["taro@example.jp"])
}

fn multipart(kind: &str, parts: &[&str]) -> String {
    let mut mail = format!("Content-Type: multipart/{kind}; boundary=\"b {kind}\"\n\npreamble\n");
    for part in parts {
        mail.push_str(&format!("--b {kind}\n{part}\n"));
    }
    mail + &format!("--b {kind}--\nepilogue\n")
}

const PLAIN: &str = "Content-Type: text/plain; charset=utf-8\n\n平文 https://a.example/p";
const HTML: &str = "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<p>HTML <a href=3D\"https://a.ex=\nample/h\">link</a></p>";

#[test]
fn a_single_part_is_section_1() {
    let content = content(&format!("Subject: x\n{PLAIN}"));
    assert_eq!(content.text, "平文 https://a.example/p");
    assert_eq!(content.text_part.as_deref(), Some("1"));
    assert_eq!(content.links[0].because, link::in_text("1", Span::new(3, 22)));
}

#[test]
fn of_alternatives_the_html_is_shown_and_both_are_kept() {
    let content = content(&multipart("alternative", &[PLAIN, HTML]));
    assert_eq!(content.text, "HTML link");
    assert_eq!(content.text_part.as_deref(), Some("2"));
    let urls: Vec<_> = content.links.iter().map(|l| (l.url.as_str(), l.source)).collect();
    assert_eq!(urls, [("https://a.example/p", Source::Text), ("https://a.example/h", Source::Html)]);
    assert!(alternatives_disagree(&content.bodies).is_some_and(|d| d > 0.5));
}

#[test]
fn sections_are_numbered_as_imap_does() {
    let related = multipart(
        "related",
        &[
            HTML,
            "Content-Type: image/png\nContent-ID: <x>\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=",
        ],
    );
    let alternative = multipart("alternative", &[PLAIN, &related]);
    let content = content(&multipart(
        "mixed",
        &[&alternative, PLAIN, "Content-Type: application/pdf; name=a.pdf\n\n%PDF-1.4"],
    ));
    let sections: Vec<_> = content.bodies.iter().map(|b| (b.part.as_str(), b.displayed)).collect();
    assert_eq!(sections, [("1.1", false), ("1.2.1", true), ("2", true)]);
    let files: Vec<_> =
        content.attachments.iter().map(|a| (a.part.as_str(), a.detected_type, a.inline)).collect();
    assert_eq!(files, [("1.2.2", Some("image/png"), true), ("3", Some("application/pdf"), false)]);
    assert_eq!(content.attachments[1].name.as_deref(), Some("a.pdf"));
    assert_eq!(content.attachments[1].size, 8);
    assert_eq!(content.text_part, None);
}

#[test]
fn attached_html_and_calendars_lead_to_links() {
    let attached = "Content-Type: application/octet-stream\nContent-Disposition: attachment; filename=\"a.html\"\n\n<html><a href=https://h.example/>x</a>";
    let calendar =
        "Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nDESCRIPTION:see https://c.exam\n ple/a\\nnext\n";
    let content = content(&multipart("mixed", &[PLAIN, attached, calendar]));
    let urls: Vec<_> = content.links.iter().map(|l| (l.url.as_str(), l.source)).collect();
    assert_eq!(
        urls[1..],
        [("https://h.example/", Source::HtmlAttachment), ("https://c.example/a", Source::Calendar)]
    );
    assert_eq!(content.text, "平文 https://a.example/p\n\nsee https://c.example/a\nnext");
}

#[test]
fn invitations_are_shown_where_the_text_does_not_say_the_same() {
    let base64 = "Content-Type: text/calendar; method=REQUEST\nContent-Transfer-Encoding: base64\n\nQkVHSU46VkVWRU5UClNVTU1BUlk6WW91ciBvcmRlcgpERVNDUklQVElPTjo8cD5DYWxsIDxhIGhyZWY9Imh0dHBzOi8vZC5leGFtcGxlLyI+MS01NTUtMDEwMDwvYT48L3A+CkVORDpWRVZFTlQK";
    let attached = base64.replace("text/calendar; method=REQUEST", "application/ics; name=invite.ics");
    let content = content(&multipart("mixed", &[PLAIN, base64, &attached]));
    assert_eq!(content.text, "平文 https://a.example/p\n\nYour order\n\nCall 1-555-0100");
    assert!(
        content.links.iter().any(|link| link.url == "https://d.example/" && link.source == Source::Calendar)
    );
    let said = "Content-Type: text/plain\n\nYour order: Call 1-555-0100 now";
    let content = self::content(&multipart("alternative", &[said, base64]));
    assert_eq!(content.text, "Your order: Call 1-555-0100 now");
}

#[test]
fn header_fields_offer_links_and_the_reader_is_recognised() {
    let content =
        content("List-Unsubscribe: <https://l.example/u?a=taro%40example.jp>,\n <mailto:u@l.example>\n\nx");
    let links: Vec<_> =
        content.links.iter().map(|l| (l.host.as_deref(), l.source, l.carries_recipient)).collect();
    assert_eq!(links, [(Some("l.example"), Source::Header, true), (None, Source::Header, false)]);
}

#[test]
fn wrapped_links_are_opened_behind_their_wrapper() {
    let inner = "https%253A%252F%252Fevil.example%252F";
    let content = content(&format!(
        "Subject: x\n\nhttps://a.safelinks.protection.outlook.com/?url=https%3A%2F%2Flinkprotect.cudasvc.com%2Furl%3Fa%3D{inner}"
    ));
    let links: Vec<_> = content.links.iter().map(|l| (l.wrapper, l.wrapped_in)).collect();
    assert_eq!(links, [(Some("safe-links"), None), (Some("barracuda"), Some(0)), (None, Some(1))]);
    assert_eq!(content.links[2].url, "https://evil.example/");
}

#[test]
fn mails_inside_are_taken_out() {
    let message = "Content-Type: message/rfc822\n\nFrom: a@x.example\nSubject: inner\n\ntext";
    let file = "Content-Type: application/octet-stream; name=a.eml\n\nReceived: x\nFrom: b@x.example\n\ntext";
    let content = content(&multipart("mixed", &[PLAIN, message, file]));
    let carried: Vec<_> = content.carried.iter().map(|c| (c.how, c.part.as_str())).collect();
    assert_eq!(carried, [(CarriedAs::Message, "2"), (CarriedAs::Message, "3")]);
    assert!(content.carried[0].bytes.starts_with(b"From: a@x.example"));
    let report = multipart("report; report-type=delivery-status", &[PLAIN, message]);
    let report = report.replace("b report; report-type=delivery-status", "b");
    assert_eq!(self::content(&report).carried[0].how, CarriedAs::Returned);
}

#[test]
fn an_inline_forward_says_where_it_begins() {
    let content = content(
        "\n見てください\n\n---------- Forwarded message ---------\nFrom: a@x.example\nSubject: s\n\nbody",
    );
    let carried = &content.carried[0];
    assert_eq!((carried.how, carried.text_start), (CarriedAs::InlineForward, Some(8)));
}

#[test]
fn a_missing_boundary_and_a_meta_charset_do_not_hide_the_text() {
    let content = content("Content-Type: multipart/mixed; boundary=x\n\n<p>body</p>");
    assert_eq!((content.text.as_str(), content.defects[0].id), ("body", "boundary-missing"));
    let (sjis, _, _) = encoding_rs::SHIFT_JIS.encode("<meta charset=shift_jis>日本語の文");
    let raw = [b"Content-Type: text/html\n\n", &*sjis].concat();
    let block = field::split(&raw);
    assert_eq!(read(&raw, &block.fields, block.body, "", &[]).text, "日本語の文");
}

#[test]
fn bounds_hold_and_are_said() {
    let ids = |content: &Content| content.defects.iter().map(|d| d.id).collect::<Vec<_>>();
    let mut deep = String::new();
    for level in 0..10_000 {
        deep.push_str(&format!("Content-Type: multipart/mixed; boundary=\"b{level}\"\n\n--b{level}\n"));
    }
    assert!(ids(&content(&deep)).contains(&"nesting-too-deep"));
    let messages = "Content-Type: message/rfc822\n\n".repeat(10_000);
    assert_eq!(content(&messages).carried.len(), 1);
    let many = multipart("mixed", &vec![PLAIN; 3_000]);
    assert_eq!(ids(&content(&many)), ["too-many-parts"]);
    let links: String = (0..100_000).map(|n| format!("https://a.example/{n}\n")).collect();
    let content = content(&format!("Subject: x\n\n{links}"));
    assert!(content.links.len() == 2_000 && ids(&content).contains(&"too-many-links"));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_give_content(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
        let block = field::split(&bytes);
        let _ = read(&bytes, &block.fields, block.body, "", &["a@b.example"]);
    }

    #[test]
    fn any_text_gives_content(text in "(https?://|www\\.|[a-z]{1,3}\\.jp/|。|（|ｈｔｔｐ：／／|From: |-+ Forwarded message -+\n|--b\n|\n|[ -~あ-ん]){0,60}") {
        let mail = format!("Content-Type: multipart/mixed; boundary=b\n\n--b\n\n{text}");
        let content = content(&mail);
        let length = content.text.chars().count();
        for link in &content.links {
            if let crate::span::Because::Text { text, .. } = &link.because {
                proptest::prop_assert!(text.start <= text.end && text.end <= length.max(text.end));
            }
        }
    }
}
