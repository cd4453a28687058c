#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Write};

use super::convert;

/// A .msg made of streams and storages.
struct Made(cfb::CompoundFile<Cursor<Vec<u8>>>);

impl Made {
    fn new() -> Self {
        let mut made = Self(cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap());
        made.properties("", 32, &[]);
        made
    }

    fn stream(&mut self, path: &str, bytes: &[u8]) {
        self.0.create_stream(path).unwrap().write_all(bytes).unwrap();
    }

    fn text(&mut self, storage: &str, id: u16, text: &str) {
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        self.stream(&format!("{storage}/__substg1.0_{id:04X}001F"), &bytes);
    }

    fn properties(&mut self, storage: &str, header: usize, fixed: &[(u16, u16, u64)]) {
        let mut bytes = vec![0; header];
        for (id, kind, value) in fixed {
            bytes.extend(kind.to_le_bytes());
            bytes.extend(id.to_le_bytes());
            bytes.extend([6, 0, 0, 0]);
            bytes.extend(value.to_le_bytes());
        }
        self.stream(&format!("{storage}/__properties_version1.0"), &bytes);
    }

    fn converted(self) -> String {
        String::from_utf8(convert(self.0.into_inner(), 8 << 20).unwrap()).unwrap()
    }
}

#[test]
fn the_transport_header_is_kept_but_for_the_structure() {
    let mut made = Made::new();
    made.text(
        "",
        0x007D,
        "Received: from a\r\n by b\r\nContent-Type: text/html;\r\n charset=x\r\nFrom: <a@example.jp>\r\n\r\n",
    );
    made.text("", 0x0037, "Subject from the property");
    made.text("", 0x1000, "Guten Tag");
    let message = made.converted();
    assert!(
        message.starts_with("Received: from a\r\n by b\r\nFrom: <a@example.jp>\r\nSubject: Subject from"),
        "{message}"
    );
    assert!(!message.contains("charset=x"));
    assert!(message.contains("Content-Type: text/plain; charset=utf-8\r\n"));
}

#[test]
fn a_message_without_a_transport_header_is_made_from_its_properties() {
    let mut made = Made::new();
    made.text("", 0x0C1A, "山田 太郎");
    made.text("", 0x0C1F, "taro@example.jp");
    made.text("", 0x0037, "お知らせ");
    made.0.create_storage("/__recip_version1.0_#00000000").unwrap();
    made.properties("/__recip_version1.0_#00000000", 8, &[(0x0C15, 3, 1)]);
    made.text("/__recip_version1.0_#00000000", 0x3003, "hanako@example.jp");
    let message = made.converted();
    assert!(message.contains("From: =?utf-8?B?5bGx55SwIOWkqumDjg==?= <taro@example.jp>\r\n"), "{message}");
    assert!(message.contains("To: <hanako@example.jp>\r\n"), "{message}");
    assert!(message.contains("Subject: =?utf-8?B?44GK55+l44KJ44Gb?=\r\n"), "{message}");
}

#[test]
fn strings_of_eight_bits_follow_the_code_page() {
    let mut made = japanese();
    made.stream("/__substg1.0_1000001E", b"\x82\xA0");
    let message = made.converted();
    assert!(message.contains(&data_encoding::BASE64.encode("あ".as_bytes())), "{message}");
}

fn japanese() -> Made {
    let mut made = Made(cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap());
    made.properties("", 32, &[(0x3FFD, 3, 932)]);
    made
}

#[test]
fn attachments_and_embedded_messages_are_parts() {
    let mut made = Made::new();
    for number in ["0", "1"] {
        made.0.create_storage(format!("/__attach_version1.0_#0000000{number}")).unwrap();
        made.properties(&format!("/__attach_version1.0_#0000000{number}"), 8, &[]);
    }
    made.text("/__attach_version1.0_#00000000", 0x3707, "請求書.pdf");
    made.stream("/__attach_version1.0_#00000000/__substg1.0_37010102", b"%PDF-1.7");
    let inner = "/__attach_version1.0_#00000001/__substg1.0_3701000D";
    made.0.create_storage(inner).unwrap();
    made.properties(inner, 24, &[]);
    made.text(inner, 0x0037, "inner");
    let message = made.converted();
    assert!(message.contains("filename*=utf-8''%E8%AB%8B%E6%B1%82%E6%9B%B8.pdf"), "{message}");
    assert!(message.contains(&data_encoding::BASE64.encode(b"%PDF-1.7")), "{message}");
    assert!(message.contains("Content-Type: message/rfc822\r\n"), "{message}");
    assert!(message.contains("\r\nSubject: inner\r\n"), "{message}");
}

#[test]
fn an_attachment_that_does_not_fit_is_named() {
    let mut made = Made::new();
    made.0.create_storage("/__attach_version1.0_#00000000").unwrap();
    made.properties("/__attach_version1.0_#00000000", 8, &[]);
    made.text("/__attach_version1.0_#00000000", 0x3707, "large.bin");
    made.stream("/__attach_version1.0_#00000000/__substg1.0_37010102", &vec![0; 9 << 20]);
    let message = made.converted();
    assert!(message.contains("X-Fuwake-Attachment-Left-Out: large.bin\r\n"));
    assert!(message.len() < 1000);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn damaged_files_never_panic(at in 0..6000_usize, byte: u8, cut in 0..9000_usize) {
        let mut made = Made::new();
        made.text("", 0x0037, "x");
        let mut bytes = made.0.into_inner().into_inner();
        if let Some(place) = bytes.get_mut(at) {
            *place = byte;
        }
        bytes.truncate(cut);
        let _ = convert(Cursor::new(bytes), 8 << 20);
    }
}
