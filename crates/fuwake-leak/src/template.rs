//! What mails are like: lures, notices, answers, forwards, bounces, lists. Each tells its recipient a number of his and names him where
//! such a mail does.

use crate::letter::{Pen, carried};
use crate::mime::Part;
use crate::person::Person;
use crate::spelling::{capital, entities, folded};

/// Subject and body.
type Template = fn(&mut Pen<'_>) -> (&'static str, Part);

/// All.
pub(crate) const TEMPLATES: [Template; 20] = [
    card_stopped,
    parcel,
    mailbox_full,
    bank,
    recorded,
    order,
    invoice,
    forwarded,
    forwarded_inline,
    bounced,
    list,
    answered,
    answered_in_japanese,
    newsletter,
    invitation,
    page_attached,
    all_in_references,
    greeted_by_half,
    points,
    delivery_in_pieces,
];

fn text(text: String) -> Part {
    Part::Text("plain", text)
}

fn html(body: &str) -> Part {
    Part::Text("html", format!("<html><body>{body}</body></html>"))
}

fn anchor(link: &str, shown: &str) -> String {
    format!("<p><a href=\"{link}\">{shown}</a></p>")
}

/// Paragraphs of links, every other one shown as it is.
fn anchors(pen: &mut Pen<'_>, count: usize) -> String {
    let pair = |at: usize| {
        let link = pen.link();
        let shown = if at.is_multiple_of(2) { link.clone() } else { "こちら".to_owned() };
        anchor(&link, &shown)
    };
    (0..count).map(pair).collect()
}

fn picture(pen: &mut Pen<'_>) -> String {
    let (target, shown) = (pen.target("picture"), pen.said("alt text"));
    format!("<img src=\"{target}\" alt=\"{shown}\" width=1 height=1>")
}

fn form(pen: &mut Pen<'_>) -> String {
    let (target, address) = (pen.target("form"), pen.person.address());
    format!(
        "<form action=\"{target}\"><input name=user value=\"{address}\"><input type=password name=pass></form>"
    )
}

fn hidden(pen: &mut Pen<'_>) -> String {
    format!("<div style=\"display:none\">{}</div>", pen.said("hidden text"))
}

fn card_stopped(pen: &mut Pen<'_>) -> (&'static str, Part) {
    let Person { kanji, number, .. } = pen.person;
    let (said, links) = (pen.said("text"), pen.links(4));
    let body = format!(
        "{kanji} 様\r\n\r\nいつもご利用いただきありがとうございます。\r\n会員番号：{number}\r\nご登録のメールアドレス {said} のカードの利用を一時停止しました。\r\n\
         24時間以内に次のページでご確認ください。\r\n\r\n{links}\r\n"
    );
    ("【重要】カードの利用を停止しました", text(body))
}

fn parcel(pen: &mut Pen<'_>) -> (&'static str, Part) {
    let Person { kanji, number, .. } = pen.person;
    let body = format!(
        "<p>{kanji} 様</p><p>お荷物をお届けに上がりましたが、宛先が不明のため持ち帰りました。お問い合わせ番号：{number}</p><p>お届け先: {}</p>{}{}{}",
        pen.said("text"),
        anchors(pen, 5),
        picture(pen),
        hidden(pen),
    );
    ("お荷物のお届けについて", html(&body))
}

fn mailbox_full(pen: &mut Pen<'_>) -> (&'static str, Part) {
    let Person { domain, number, .. } = pen.person;
    let body = format!(
        "<p>Dear {},</p><p>The mailbox of {} at {domain} is full. Customer ID: {number}</p>{}{}{}{}{}",
        pen.person.address(),
        pen.said("text"),
        form(pen),
        form(pen),
        form(pen),
        anchors(pen, 3),
        picture(pen),
    );
    ("Mailbox is almost full", html(&body))
}

fn bank(pen: &mut Pen<'_>) -> (&'static str, Part) {
    let (number, surname) = (&pen.person.number, capital(&pen.person.surname));
    let body = format!(
        "<p>Dear {} {surname},</p><p>We noticed an unusual sign-in. Account number: {number}</p>{}<p>This message was sent to {}.</p>{}",
        capital(&pen.person.given),
        anchors(pen, 6),
        pen.said("text"),
        hidden(pen),
    );
    ("Unusual sign-in", html(&body))
}

fn recorded(pen: &mut Pen<'_>) -> (&'static str, Part) {
    let (said, links) = (pen.said("text"), pen.links(2));
    let body = format!(
        "Hello {said}!\r\n\r\nI know your account number: {}. I recorded you with your own camera and have the contacts of {}.\r\n\
         Send 0.3 BTC within 48 hours.\r\n\r\n{links}",
        pen.person.number, pen.person.domain
    );
    ("You have been recorded", text(body))
}

fn order(pen: &mut Pen<'_>) -> (&'static str, Part) {
    let Person { kanji, number, .. } = pen.person;
    let head = format!("{kanji} 様\r\n\r\nご注文ありがとうございます。お客様番号：{number}\r\n");
    let plain = format!("{head}お届け先: {}\r\n{}", pen.said("text"), pen.links(3));
    let page = format!("<p>{}</p>{}{}", head.replace("\r\n", "<br>"), anchors(pen, 4), picture(pen));
    ("ご注文の確認", Part::Many("alternative", vec![text(plain), html(&page)]))
}

fn invoice(pen: &mut Pen<'_>) -> (&'static str, Part) {
    let Person { kanji, number, .. } = pen.person;
    let plain =
        format!("{kanji} 様\r\n\r\n請求書を添付します。顧客番号：{number}\r\n{}\r\n", pen.said("text"));
    let name = format!("請求書_{}様_{}.pdf.exe", kanji.replace(' ', ""), pen.said("name of a file"));
    let other = format!("invoice-{}.zip", pen.said("name of a file"));
    let files =
        [name, other].map(|name| Part::File("application/octet-stream", name, b"MZ\x90\0\x03".to_vec()));
    let mut parts = vec![text(plain + &pen.links(2))];
    parts.extend(files);
    ("請求書の送付", Part::Many("mixed", parts))
}

fn forwarded(pen: &mut Pen<'_>) -> (&'static str, Part) {
    let Person { kanji, number, .. } = pen.person;
    let inner = format!("{kanji} 様\r\n\r\n口座番号：{number}\r\n{}\r\n{}", pen.said("text"), pen.links(4));
    let inner = carried(pen, "口座を凍結しました", &inner);
    let note = format!("このようなメールが届きました。\r\n-- \r\n{kanji}\r\n{}\r\n", pen.said("text"));
    let parts = vec![text(note), Part::Plain("message/rfc822", inner)];
    ("Fw: 口座を凍結しました", Part::Many("mixed", parts))
}

fn forwarded_inline(pen: &mut Pen<'_>) -> (&'static str, Part) {
    let (said, links, address) = (pen.said("text"), pen.links(4), pen.person.address());
    let body = format!(
        "Is this real?\r\n\r\n---------- Forwarded message ---------\r\nFrom: Bank <info@evil-shop.example.net>\r\nDate: Tue, 14 Oct 2025 at 08:12\r\n\
         Subject: Your account\r\nTo: <{address}>\r\n\r\nDear customer {said},\r\nyour account number: {}\r\n{links}",
        pen.person.number
    );
    ("Fwd: Your account", text(body))
}

fn bounced(pen: &mut Pen<'_>) -> (&'static str, Part) {
    let address = pen.person.address();
    let Person { server, number, .. } = pen.person;
    let note = format!(
        "The message to <{address}> could not be delivered: {}\r\nhost {server} said: 550 5.1.1 <{address}>: unknown user\r\nCustomer no {number}\r\n",
        pen.said("text")
    );
    let status = format!(
        "Reporting-MTA: dns; {server}\r\n\r\nFinal-Recipient: rfc822; {address}\r\nOriginal-Recipient: rfc822;{address}\r\nAction: failed\r\n\
         Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 <{address}> unknown\r\n"
    );
    let inner = pen.links(3);
    let returned = carried(pen, "Your account", &inner);
    let parts = vec![
        text(note),
        Part::Plain("message/delivery-status", status.into_bytes()),
        Part::Plain("message/rfc822", returned),
    ];
    ("Undelivered Mail Returned to Sender", Part::Many("report", parts))
}

fn list(pen: &mut Pen<'_>) -> (&'static str, Part) {
    let body = format!(
        "Hello all,\r\n\r\nthe meeting is at noon. Member ID: {}\r\n\r\n_______________________________________________\r\n\
         You are subscribed as {}. To leave:\r\n{}",
        pen.person.number,
        pen.said("text"),
        pen.links(3)
    );
    ("[list] Meeting", text(body))
}

fn answered(pen: &mut Pen<'_>) -> (&'static str, Part) {
    let (number, surname) = (&pen.person.number, capital(&pen.person.surname));
    let (said, link, more, given) = (pen.said("text"), pen.link(), pen.links(3), capital(&pen.person.given));
    let address = pen.person.address();
    let body = format!(
        "Dear {given} {surname},\r\n\r\nplease pay by the new account.\r\n{link}\r\n\r\nOn Tue, 14 Oct 2025 at 08:12, {given} {surname} <{address}> wrote:\r\n\
         > When shall I pay? My customer no: {number}\r\n> {said}\r\n> {}\r\n>> {given}\r\n",
        more.trim_end().replace("\r\n", "\r\n> ")
    );
    ("Re: Invoice", text(body))
}

fn answered_in_japanese(pen: &mut Pen<'_>) -> (&'static str, Part) {
    let Person { kanji, number, .. } = pen.person;
    let (said, links, address) = (pen.said("text"), pen.links(4), pen.person.address());
    let body = format!(
        "{kanji} 様\r\n{}さん、お世話になっております。新しい口座をお知らせします。\r\n{links}\r\n2025年10月14日(火) 8:12 {kanji} <{address}>:\r\n\
         > 契約番号：{number}\r\n> {said}\r\n> {kanji}（{}）\r\n",
        pen.person.japanese_surname(),
        kanji.replace(' ', "　")
    );
    ("Re: お振込先の変更", text(body))
}

fn newsletter(pen: &mut Pen<'_>) -> (&'static str, Part) {
    let number = &pen.person.number;
    let body = format!(
        "<h1>今週のお知らせ</h1><p>{}さんへのおすすめ（会員番号：{number}）</p>{}{}{}<p>配信停止: {}</p>",
        pen.person.local,
        anchors(pen, 14),
        picture(pen),
        picture(pen),
        pen.said("text"),
    );
    ("今週のお知らせ", html(&body))
}

fn invitation(pen: &mut Pen<'_>) -> (&'static str, Part) {
    let address = pen.person.address();
    let calendar = format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:{}\r\nDTSTART:20251014T000000Z\r\n\
         SUMMARY:Payment for {}\r\nDESCRIPTION:Account number: {}. Pay at {}\r\nORGANIZER:mailto:info@evil-shop.example.net\r\n\
         ATTENDEE;CN={} {};RSVP=TRUE:mailto:{address}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        pen.person.marks[0],
        pen.said("text"),
        pen.person.number,
        pen.link(),
        capital(&pen.person.given),
        capital(&pen.person.surname),
    );
    let parts = vec![
        text(format!("Your account number: {}\r\n{}", pen.person.number, pen.links(2))),
        Part::Text("calendar; method=REQUEST", calendar),
    ];
    ("Invitation: payment", Part::Many("alternative", parts))
}

fn page_attached(pen: &mut Pen<'_>) -> (&'static str, Part) {
    let shown = pen.said("alt text");
    let coded = data_encoding::BASE64.encode(pen.person.address().as_bytes());
    let page = format!(
        "<html><body><img alt=\"{shown}\">{}{}<script>var u=atob('{coded}');location='{}'</script></body></html>",
        form(pen),
        form(pen),
        pen.link(),
    );
    let name = format!("{}.html", pen.said("name of a file"));
    let body =
        format!("You have a new voice message, {}. Customer ID: {}\r\n", pen.said("text"), pen.person.number);
    let parts = vec![text(body), Part::File("text/html", name, page.into_bytes())];
    ("Voice message", Part::Many("mixed", parts))
}

fn all_in_references(pen: &mut Pen<'_>) -> (&'static str, Part) {
    let Person { kanji, number, .. } = pen.person;
    let body = format!(
        "<p>{}</p><p>{}</p><p>{}</p><p>{}</p>{}{}",
        entities(&format!("{kanji} 様")),
        entities(&pen.person.address()),
        entities(&format!("会員番号：{number}")),
        entities(&pen.person.address()).replace('&', "&amp;"),
        anchor(&entities(&pen.link()), &entities(&pen.said("text"))),
        anchors(pen, 2),
    );
    ("アカウントの確認", html(&body))
}

fn greeted_by_half(pen: &mut Pen<'_>) -> (&'static str, Part) {
    let Person { kana, number, surname, .. } = pen.person;
    let body = format!(
        "{kana} 様\r\n\r\nHi {}, we tried to reach you. Hi {surname}!\r\nYour user ID: {number}\r\n{}{}",
        capital(&pen.person.given),
        pen.said("text"),
        "\r\n".to_owned() + &pen.links(4)
    );
    ("Please confirm", text(body))
}

fn points(pen: &mut Pen<'_>) -> (&'static str, Part) {
    let Person { kanji, number, .. } = pen.person;
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let page = format!(
        "<table><tr><td>{kanji}　様</td></tr><tr><td>お客様番号：{number}</td></tr><tr><td>ポイント残高 1,234</td></tr></table><p>{digits}</p>{}{}<p>{}</p>",
        anchors(pen, 7),
        hidden(pen),
        pen.said("text")
    );
    ("ポイント失効のお知らせ", html(&page))
}

fn delivery_in_pieces(pen: &mut Pen<'_>) -> (&'static str, Part) {
    let coded = format!("a long line of no use before it, {}, and after it", pen.person.address());
    let coded = folded(&data_encoding::BASE64.encode(coded.as_bytes()));
    let address = pen.person.address();
    let (start, end) = address.split_at(address.find('@').unwrap_or(0));
    let page = format!(
        "<p>Dear <b>{}</b> <i>{}</i>,</p><p>order no: {}</p><p>{start}<span></span>{end}</p><p>{start}<br>{end}</p><pre>{coded}</pre>{}{}",
        capital(&pen.person.given),
        capital(&pen.person.surname),
        pen.person.number,
        anchors(pen, 4),
        picture(pen),
    );
    ("Your delivery", html(&page))
}
