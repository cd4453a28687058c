//! A recipient of our own invention, planted into a mail of somebody else in every place and encoding that senders use.

use std::fmt::Write as _;

use data_encoding::{BASE64, BASE64URL_NOPAD, HEXLOWER};
use encoding_rs::{EUC_JP, ISO_2022_JP, SHIFT_JIS, UTF_8};

use crate::person::Person;
use crate::spelling::{IN_HOSTS, IN_LINKS, capital, entities, folded, percent, quoted, usual_percent, wide};

/// Where all links lead.
pub(crate) const HOST: &str = "login.evil-shop.example.net";

/// A link that holds a piece in one of five places.
pub(crate) fn link(place: usize, piece: &str) -> String {
    match place % 5 {
        0 => format!("https://{HOST}/l?e={piece}&x=1"),
        1 => format!("https://{HOST}/{piece}/index.html"),
        2 => format!("http://{HOST}/c/{piece}"),
        3 => format!("https://{HOST}/a#{piece}"),
        _ => format!("https://{HOST}/r?to=https%3A%2F%2Fnext.example.net%2F%3Fid%3D{piece}"),
    }
}

/// Links whose every piece holds the person in another spelling.
fn links(person: &Person) -> Vec<String> {
    let (address, local) = (person.address(), &person.local);
    let mut pieces: Vec<String> = IN_LINKS.iter().map(|(_, spelled)| spelled(person)).collect();
    pieces.push(percent(&person.kanji));
    for lead in ["", "u", "u=", "id="] {
        pieces.push(BASE64.encode(format!("{lead}{address}").as_bytes()));
        pieces.push(BASE64.encode(format!("{lead}{}", address.to_uppercase()).as_bytes()));
        pieces.push(BASE64URL_NOPAD.encode(format!("{lead}{local}").as_bytes()));
    }
    let mut links: Vec<String> = pieces.iter().enumerate().map(|(at, piece)| link(at, piece)).collect();
    links.extend(IN_HOSTS.iter().map(|(_, spelled)| format!("https://{}.{HOST}/", spelled(person))));
    links.push(format!("https://{}@{HOST}/", usual_percent(&address)));
    links.push(format!("https://{HOST}/{}/{}/x", person.given, person.surname));
    links.push(format!("mailto:stop@evil-shop.example.net?subject={}", usual_percent(&address)));
    links
}

/// The same without markup, in one of the character sets of Japanese mail.
fn text(person: &Person, number: usize) -> Vec<u8> {
    let text = format!(
        "{} 様\r\n{}さんのアカウント（{}）を停止しました。会員番号：{}\r\n\r\n> {} wrote:\r\n> hello\r\n{}\r\n",
        person.kanji,
        person.japanese_surname(),
        person.address(),
        person.number,
        person.address(),
        links(person).join("\r\n"),
    );
    let charsets =
        [("iso-2022-jp", ISO_2022_JP), ("shift_jis", SHIFT_JIS), ("euc-jp", EUC_JP), ("utf-8", UTF_8)];
    let (name, charset) = charsets[number % charsets.len()];
    let (bytes, _, _) = charset.encode(&text);
    let head =
        format!("Content-Type: text/plain; charset={name}\r\nContent-Transfer-Encoding: base64\r\n\r\n");
    (head + &folded(&BASE64.encode(&bytes))).into_bytes()
}

fn html(person: &Person) -> String {
    let (address, kanji) = (person.address(), &person.kanji);
    let given = capital(&person.given);
    let mut page = format!(
        "<html><body><p>{kanji} 様</p><p>Dear {given} {},</p><p>会員番号：{} のお客様 {address} のアカウントを停止しました。</p>\
         <p>{} / {} / {} / {}</p><p>Account number: {}</p>",
        person.surname,
        person.number,
        wide(&address),
        address.replace('@', " [at] "),
        entities(&address),
        address.replace('.', "\u{200b}."),
        person.number,
    );
    for (at, link) in links(person).iter().enumerate() {
        let text = if at % 2 == 0 { address.as_str() } else { "ログイン" };
        let _ = write!(
            page,
            "<p><a href=\"{link}\">{text}</a> {}</p>",
            if at % 3 == 0 { link.as_str() } else { "" }
        );
    }
    let coded = BASE64.encode(format!("a long line of no use before it, {address}, and after it").as_bytes());
    let _ = write!(
        page,
        "<img src=\"https://t.evil-shop.example.net/o/{}.gif\" alt=\"{kanji} {address}\" width=1 height=1><div style=\"display:none\">{kanji}様 \
         {address}</div><form action=\"https://f.evil-shop.example.net/{}\"><input type=password name=\"{}\"></form><pre>{}</pre><p>{}</p><p>{}</p>\
         </body></html>",
        BASE64URL_NOPAD.encode(address.as_bytes()),
        HEXLOWER.encode(address.as_bytes()),
        person.local,
        folded(&coded),
        entities(&address).replace('&', "&amp;"),
        quoted(&address),
    );
    page
}

pub(crate) fn word(text: &str) -> String {
    format!("=?utf-8?B?{}?=", BASE64.encode(text.as_bytes()))
}

fn head(person: &Person) -> String {
    let address = person.address();
    let Person { server, filter, machine, domain, local, marks, .. } = person;
    let verp = address.replace('@', "=");
    format!(
        "Return-Path: <bounce-{verp}@evil-shop.example.net>\r\nX-Original-To: {address}\r\nDelivered-To: {address}\r\n\
         Authentication-Results: {server}; spf=pass smtp.mailfrom=bounce-{verp}@evil-shop.example.net; dkim=fail header.d=evil-shop.example.net\r\n\
         Received: from {filter} ({filter} [{machine}])\r\n\tby {server} (Postfix) with ESMTPS id {q1}\r\n\tfor <{address}>; Tue, 14 Oct 2025 09:12:47 +0900\r\n\
         Received: from out.evil-shop.example.net (unknown [203.0.113.77])\r\n\tby {filter} (Postfix) with ESMTP id {q1}\r\n\tfor <{address}>; Tue, 14 Oct 2025 09:12:45 +0900\r\n\
         Received: from [192.0.2.99] (helo={local})\r\n\tby out.evil-shop.example.net with SMTP id {q2} for {address}; Tue, 14 Oct 2025 09:13:40 +0900\r\n\
         DKIM-Signature: v=1; a=rsa-sha256; d=evil-shop.example.net; s=s1; h=from:to; bh={q2}47DEQpj8HBSaTImWuW; b={q2}AAAAB3NzaC1yc2EAAAADAQ\r\n\
         To: {kanji} <{address}>\r\nCc: \"{given} {surname}\" <{upper}>\r\nMessage-ID: <{id}@evil-shop.example.net>\r\n\
         List-Unsubscribe: <https://u.evil-shop.example.net/?{coded}>, <mailto:off-{verp}@evil-shop.example.net>\r\n\
         X-Mailer: sender for {address}\r\nX-Spam-Status: Yes, score=9.1 tests=TO_{local}\r\nX-Forwarded-To: {address}\r\nX-Host: {domain}\r\n",
        kanji = word(&person.kanji),
        given = person.given,
        surname = person.surname,
        upper = address.to_uppercase(),
        id = marks[1],
        q1 = marks[3],
        q2 = marks[2],
        coded = BASE64URL_NOPAD.encode(address.as_bytes()),
    )
}

/// A mail with the person in every place, around the body of `original`.
#[must_use]
pub fn planted(person: &Person, original: &[u8], number: usize) -> Vec<u8> {
    let (fields, body) = parted(original);
    let mut mail = head(person);
    let is_content = |field: &str| {
        let lower = field.to_ascii_lowercase();
        lower.starts_with("content-") || lower.starts_with("mime-version")
    };
    let others = ["to:", "cc:", "message-id:", "return-path:", "delivered-to:", "received:"];
    for field in fields.iter().filter(|field| !is_content(field)) {
        let lower = field.to_ascii_lowercase();
        if lower.starts_with("subject:") || others.iter().any(|name| lower.starts_with(name)) {
            continue;
        }
        mail += field;
    }
    let subject = format!("【重要】{} 様 {} 会員番号 {}", person.kanji, person.address(), person.number);
    let boundary = &person.marks[4];
    let _ = write!(
        mail,
        "Subject: {}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"{boundary}\"\r\n\r\n",
        word(&subject)
    );
    let _ = write!(
        mail,
        "--{boundary}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    );
    let mut page = html(person);
    if number % 3 == 1 {
        page = page.replace(&person.kanji, &wide(&person.address()));
    }
    mail += &folded(&BASE64.encode(page.as_bytes()));
    let _ = write!(mail, "\r\n--{boundary}\r\n");
    fields.iter().filter(|field| is_content(field)).for_each(|field| mail += field);
    mail += "\r\n";
    let mut mail = mail.into_bytes();
    mail.extend_from_slice(body);
    mail.extend(format!("\r\n--{boundary}\r\n").into_bytes());
    mail.extend(text(person, number));
    let name = word(&format!("請求書_{}様_{}.pdf.exe", person.kanji.replace(' ', ""), person.local));
    let mut rest = format!(
        "\r\n--{boundary}\r\nContent-Type: application/octet-stream; name=\"{name}\"\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\
         Content-Transfer-Encoding: base64\r\n\r\nTVqQAAMAAAAEAAAA\r\n"
    );
    if number.is_multiple_of(3) {
        let inner = format!(
            "{}From: <info@evil-shop.example.net>\r\nSubject: {}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{}",
            head(person),
            word(&subject),
            html(person)
        );
        let _ = write!(rest, "\r\n--{boundary}\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n");
    }
    let _ = write!(rest, "\r\n--{boundary}--\r\n");
    mail.extend(rest.into_bytes());
    mail
}

/// Header fields, folded lines and line ends included, and the body.
fn parted(mail: &[u8]) -> (Vec<String>, &[u8]) {
    let ends = [b"\r\n\r\n".as_slice(), b"\n\n"];
    let end = ends
        .iter()
        .filter_map(|end| mail.windows(end.len()).position(|window| window == *end).map(|at| (at, end.len())))
        .min();
    let (at, length) = end.unwrap_or((mail.len(), 0));
    let (head, body) =
        (String::from_utf8_lossy(&mail[..at]).into_owned(), mail.get(at + length..).unwrap_or_default());
    let mut fields: Vec<String> = Vec::new();
    for line in head.lines() {
        match fields.last_mut().filter(|_| line.starts_with([' ', '\t'])) {
            Some(last) => *last += &format!("{line}\r\n"),
            None if line
                .split_once(':')
                .is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(|b| b.is_ascii_graphic())) =>
            {
                fields.push(format!("{line}\r\n"));
            }
            None => {}
        }
    }
    (fields, body)
}
