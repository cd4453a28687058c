//! A recipient of our own invention, planted into a mail in every place and encoding that senders use.

use std::fmt::Write as _;
use std::io::Write as _;

use data_encoding::{BASE32_NOPAD, BASE64, BASE64URL_NOPAD, HEXLOWER};
use flate2::Compression;
use flate2::write::GzEncoder;

/// Somebody who exists nowhere.
pub struct Person {
    given: String,
    surname: String,
    kanji: String,
    local: String,
    domain: String,
    number: String,
    server: String,
    filter: String,
    machine: String,
    /// What programs know him or his mail by: a tracking id, the local part of Message-ID, ids of queues, a boundary.
    marks: [String; 5],
}

/// Two syllables, different for every number under 10,000.
fn syllables(number: usize) -> String {
    const ONSETS: [char; 10] = ['b', 'd', 'g', 'k', 'm', 'n', 'r', 't', 'v', 'z'];
    const VOWELS: [char; 10] = ['a', 'e', 'i', 'o', 'u', 'y', 'a', 'e', 'i', 'o'];
    let digit = |place: u32| number / 10_usize.pow(place) % 10;
    let pair = |place| [ONSETS[digit(place)], VOWELS[digit(place + 1)]].iter().collect::<String>();
    pair(0) + if digit(1) > 5 { "l" } else { "" } + &pair(2) + if digit(3) > 5 { "l" } else { "" }
}

impl Person {
    /// One for every number under 10,000.
    #[must_use]
    pub fn new(number: usize) -> Self {
        const SURNAMES: [&str; 10] =
            ["霧咲", "棗原", "栞崎", "璃辺", "狼谷", "鴉森", "梟田", "蛍澤", "鷺沼井", "雫石田"];
        const GIVEN: [&str; 10] =
            ["瑠璃", "琥珀", "玻璃", "珊瑚", "翡翠", "瑪瑙", "蛍", "茉莉", "杏珠", "胡桃"];
        let (surname, given) =
            (format!("vorx{}", syllables(number)), format!("mizq{}", syllables(9_999 - number)));
        let domain = format!("{surname}haus.example");
        let hash = |salt: usize| {
            format!(
                "{:08x}",
                (number + 1).wrapping_mul(2_654_435_761).wrapping_mul(salt * 2 + 3) % 0xffff_ffff
            )
        };
        Self {
            kanji: format!("{} {}", SURNAMES[number % 10], GIVEN[number / 10 % 10]),
            local: format!("{given}.{surname}"),
            number: format!("7731-{}-9942", 12_345 + number * 7_919 % 80_000),
            server: format!("mx7.{domain}"),
            filter: format!("filter3.inner.{domain}"),
            machine: format!("100.88.{}.{}", number / 250 % 250 + 1, number % 250 + 1),
            marks: [
                format!("a9{}f4b7", hash(1)),
                format!("8c{}.1d5e9f", hash(2)),
                format!("4Zq{}", hash(3).to_uppercase()),
                format!("h7{}si", hash(4)),
                format!("=_b0{}e1", hash(5)),
            ],
            given,
            surname,
            domain,
        }
    }

    fn address(&self) -> String {
        format!("{}@{}", self.local, self.domain)
    }

    /// What must stand nowhere, without blanks and hyphens: himself, his number and machines, the ids of his servers; `with_marks`: what
    /// others know him and his mail by too.
    #[must_use]
    pub fn secrets(&self, with_marks: bool) -> Vec<String> {
        let mut secrets = vec![
            self.surname.clone(),
            self.given.clone(),
            self.number.replace('-', ""),
            self.machine.clone(),
        ];
        secrets.push(self.kanji.replace(' ', ""));
        secrets.extend(self.marks.iter().filter(|_| with_marks).map(|mark| mark.to_lowercase()));
        secrets.push(self.marks[3].clone());
        secrets
    }
}

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn usual_percent(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || b".-_".contains(&byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

fn quoted(text: &str) -> String {
    text.bytes().map(|byte| format!("={byte:02X}")).collect()
}

fn entities(text: &str) -> String {
    text.chars()
        .enumerate()
        .map(
            |(at, c)| {
                if at % 2 == 0 { format!("&#{};", u32::from(c)) } else { format!("&#x{:x};", u32::from(c)) }
            },
        )
        .collect()
}

fn wide(text: &str) -> String {
    text.chars()
        .map(|c| char::from_u32(u32::from(c) + 0xfee0).filter(|_| c.is_ascii_graphic()).unwrap_or(c))
        .collect()
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let _ = encoder.write_all(text.as_bytes());
    encoder.finish().unwrap_or_default()
}

/// Lines of 76 characters.
fn folded(text: &str) -> String {
    text.as_bytes().chunks(76).map(|line| String::from_utf8_lossy(line).into_owned() + "\r\n").collect()
}

/// Links whose every piece holds the person in another spelling.
fn links(person: &Person) -> Vec<String> {
    let (address, local) = (person.address(), &person.local);
    let long = format!("{{\"campaign\":\"spring\",\"mail\":\"{address}\",\"no\":\"{}\"}}", person.number);
    let mut pieces: Vec<String> = vec![
        address.clone(),
        usual_percent(&address),
        percent(&address),
        usual_percent(&percent(&address)),
        quoted(&address),
        HEXLOWER.encode(address.as_bytes()),
        HEXLOWER.encode(address.as_bytes()).to_uppercase(),
        BASE32_NOPAD.encode(address.as_bytes()).to_lowercase(),
        BASE64.encode(percent(&address).as_bytes()),
        BASE64.encode(BASE64.encode(address.as_bytes()).as_bytes()),
        BASE64URL_NOPAD.encode(long.as_bytes()),
        BASE64.encode(&gzip(&address)),
        percent(&person.kanji),
        address.replace(['@', '.'], "-"),
        address.replace('@', "="),
        local.replace('.', "_"),
        local.replace('.', ""),
        address.chars().rev().collect(),
        person.number.clone(),
        person.number.replace('-', ""),
        person.marks[0].clone(),
    ];
    for lead in ["", "u", "u=", "id="] {
        pieces.push(BASE64.encode(format!("{lead}{address}").as_bytes()));
        pieces.push(BASE64.encode(format!("{lead}{}", address.to_uppercase()).as_bytes()));
        pieces.push(BASE64URL_NOPAD.encode(format!("{lead}{local}").as_bytes()));
    }
    let host = "login.evil-shop.example.net";
    let mut links: Vec<String> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        links.push(match at % 5 {
            0 => format!("https://{host}/l?e={piece}&x=1"),
            1 => format!("https://{host}/{piece}/index.html"),
            2 => format!("http://{host}/c/{piece}"),
            3 => format!("https://{host}/a#{piece}"),
            _ => format!("https://{host}/r?to=https%3A%2F%2Fnext.example.net%2F%3Fid%3D{piece}"),
        });
    }
    links.push(format!("https://{}.{host}/", local.replace('.', "-")));
    links.push(format!("https://{}.{host}/", HEXLOWER.encode(local.as_bytes())));
    links.push(format!("https://{}@{host}/", usual_percent(&address)));
    links.push(format!("https://{host}/{}/{}/x", person.given, person.surname));
    links.push(format!("mailto:stop@evil-shop.example.net?subject={}", usual_percent(&address)));
    links
}

fn html(person: &Person) -> String {
    let (address, kanji) = (person.address(), &person.kanji);
    let given: String = person
        .given
        .chars()
        .take(1)
        .flat_map(char::to_uppercase)
        .chain(person.given.chars().skip(1))
        .collect();
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

fn word(text: &str) -> String {
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

/// A mail of our own wording, for where no collection is at hand.
#[must_use]
pub fn synthetic(number: usize) -> Vec<u8> {
    let bodies = [
        "Content-Type: text/html; charset=utf-8\r\n\r\n<p>Amazonアカウントの利用を一時停止しました。24時間以内にパスワードを確認してください。<a href=\"https://amazon-login.evil-shop.example.net/\">Amazonにサインイン</a></p>\r\n",
        "Content-Type: text/html; charset=utf-8\r\n\r\n<p>Your parcel waits. <a href=\"https://parcel.example.org/\">Pay 2 EUR</a></p>\r\n",
        "Content-Type: text/plain; charset=utf-8\r\n\r\nI recorded you. Send 0.3 BTC within 48 hours.\r\n",
        "Content-Type: text/plain\r\n\r\nSee you at noon.\r\n",
    ];
    format!(
        "From: Amazon <info{number}@evil-shop.example.net>\r\nDate: Tue, 14 Oct 2025 08:12:40 +0800\r\n{}",
        bodies[number % bodies.len()]
    )
    .into_bytes()
}
