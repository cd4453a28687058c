use super::{Mailbox, mailboxes};
use crate::span::Span;

fn read(value: &str) -> Vec<Mailbox> {
    mailboxes(value.as_bytes(), Span::new(0, value.len()), &mut Vec::new())
}

/// `name <address>` of each mailbox, `-` where there is none.
fn shown(value: &str) -> Vec<String> {
    let show = |mailbox: Mailbox| {
        let name = mailbox.display_name.unwrap_or_else(|| "-".to_owned());
        format!("{name} <{}>", mailbox.address.unwrap_or_else(|| "-".to_owned()))
    };
    read(value).into_iter().map(show).collect()
}

#[test]
fn mailboxes_in_many_hands() {
    for (value, expected) in [
        ("taro@Example.JP", vec!["- <taro@example.jp>"]),
        ("Taro <taro@example.jp>", vec!["Taro <taro@example.jp>"]),
        ("taro@example.jp (山田 太郎)", vec!["山田 太郎 <taro@example.jp>"]),
        (
            "\"Yamada, \\\"Taro\\\"\" <taro@example.jp>, b@example.com",
            vec!["Yamada, \"Taro\" <taro@example.jp>", "- <b@example.com>"],
        ),
        ("Yamada, Taro <taro@example.jp>", vec!["Yamada, Taro <taro@example.jp>"]),
        ("info@bank.example.jp <crook@example.com>", vec!["info@bank.example.jp <crook@example.com>"]),
        ("\"info@bank.example.jp\" <crook@example.com>", vec!["info@bank.example.jp <crook@example.com>"]),
        ("Taro <taro@example.jp", vec!["Taro <taro@example.jp>"]),
        ("<@a.example,@b.example:taro@example.jp>", vec!["- <taro@example.jp>"]),
        ("<>", vec!["- <->"]),
        ("<@example.jp>", vec!["- <->"]),
        ("taro@", vec!["- <->"]),
        ("a@b@example.jp", vec!["- <->"]),
        ("<taro@example.jp.>", vec!["- <taro@example.jp>"]),
        ("taro..x.@example.jp", vec!["- <taro..x.@example.jp>"]),
        ("taro @ example.jp", vec!["- <taro@example.jp>"]),
        ("Taro taro@example.jp", vec!["Taro <taro@example.jp>"]),
        ("taro＠example.jp", vec!["- <taro@example.jp>"]),
        ("<taro@例え.jp>", vec!["- <taro@xn--r8jz45g.jp>"]),
        ("mailto:taro@example.jp", vec!["- <taro@example.jp>"]),
        ("<taro@[192.0.2.1]>", vec!["- <taro@[192.0.2.1]>"]),
        ("'taro@example.jp'", vec!["- <taro@example.jp>"]),
        ("a@example.jp; b@example.jp", vec!["- <a@example.jp>", "- <b@example.jp>"]),
        ("undisclosed-recipients:;", vec![]),
        ("\"=?UTF-8?B?5bGx55Sw?=\" <taro@example.jp>", vec!["山田 <taro@example.jp>"]),
        ("=?UTF-8?Q?Taro,_\"x\"?= <taro@example.jp>", vec!["Taro, \"x\" <taro@example.jp>"]),
        ("=?UTF-8?B?5bGx55Sw?=<taro@example.jp>", vec!["山田 <taro@example.jp>"]),
        ("\u{1b}$B$,;3\u{1b}(B <taro@example.jp>", vec!["が山 <taro@example.jp>"]),
        ("\"Taro <taro@example.jp>", vec!["\"Taro <taro@example.jp>"]),
        ("Taro (the (old) one) Yamada <taro@example.jp>", vec!["Taro  Yamada <taro@example.jp>"]),
    ] {
        assert_eq!(shown(value), expected, "{value}");
    }
}

#[test]
fn groups_and_spans() {
    let value = "Staff: Taro <taro@example.jp>, b@sub.example.co.jp; c@example.com";
    let read = read(value);
    let at = |span: Span| value.get(span.start..span.end).unwrap_or_default();
    assert_eq!(read.len(), 3);
    assert_eq!(read[0].group.as_deref(), Some("Staff"));
    assert_eq!(at(read[0].span), "Taro <taro@example.jp>");
    assert_eq!(at(read[0].address_span), "taro@example.jp");
    assert_eq!(at(read[1].address_span), "b@sub.example.co.jp");
    assert_eq!(read[1].registrable_domain.as_deref(), Some("example.co.jp"));
    assert_eq!(read[2].group, None);
}

#[test]
fn what_is_no_address_is_a_defect() {
    let mut defects = Vec::new();
    let value = b"a@b@example.jp";
    let read = mailboxes(value, Span::new(0, value.len()), &mut defects);
    assert_eq!(read.len(), 1);
    assert_eq!(defects.iter().map(|defect| defect.id).collect::<Vec<_>>(), ["address-invalid"]);
}
