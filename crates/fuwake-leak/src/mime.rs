//! Mails as bytes (RFC 5322, RFC 2045, RFC 2046), in the character sets and encodings of Japanese senders.

use std::fmt::Write as _;

use data_encoding::BASE64;
use encoding_rs::{EUC_JP, Encoding, ISO_2022_JP, SHIFT_JIS, UTF_8};

use crate::spelling::folded;

/// A part of a mail.
pub(crate) enum Part {
    /// `text/…`.
    Text(&'static str, String),
    /// A file: type, name, bytes.
    File(&'static str, String, Vec<u8>),
    /// What stands there as it is: type, lines.
    Plain(&'static str, Vec<u8>),
    /// `multipart/…`.
    Many(&'static str, Vec<Self>),
}

/// How bytes are carried (RFC 2045 section 6).
#[derive(Clone, Copy)]
enum Transfer {
    SevenBit,
    EightBit,
    Base64,
    QuotedPrintable,
}

/// How a mail is written.
#[derive(Clone, Copy)]
pub(crate) struct Writing {
    name: &'static str,
    charset: &'static Encoding,
    transfer: Transfer,
}

impl Writing {
    /// As Japanese mails are.
    const ALL: [Self; 7] = [
        Self { name: "iso-2022-jp", charset: ISO_2022_JP, transfer: Transfer::SevenBit },
        Self { name: "utf-8", charset: UTF_8, transfer: Transfer::Base64 },
        Self { name: "shift_jis", charset: SHIFT_JIS, transfer: Transfer::QuotedPrintable },
        Self { name: "utf-8", charset: UTF_8, transfer: Transfer::QuotedPrintable },
        Self { name: "euc-jp", charset: EUC_JP, transfer: Transfer::Base64 },
        Self { name: "utf-8", charset: UTF_8, transfer: Transfer::EightBit },
        Self { name: "shift_jis", charset: SHIFT_JIS, transfer: Transfer::EightBit },
    ];

    /// One for every number.
    pub(crate) fn of(number: usize) -> Self {
        Self::ALL[number % Self::ALL.len()]
    }

    /// An encoded word (RFC 2047).
    pub(crate) fn word(self, text: &str) -> String {
        if text.is_ascii() {
            return text.to_owned();
        }
        format!("=?{}?B?{}?=", self.name, BASE64.encode(&self.charset.encode(text).0))
    }

    fn body(self, text: &str) -> Vec<u8> {
        let (bytes, _, _) = self.charset.encode(text);
        match self.transfer {
            Transfer::SevenBit | Transfer::EightBit => bytes.into_owned(),
            Transfer::Base64 => folded(&BASE64.encode(&bytes)).into_bytes(),
            Transfer::QuotedPrintable => quoted_printable(&bytes).into_bytes(),
        }
    }

    const fn transfer(self) -> &'static str {
        match self.transfer {
            Transfer::SevenBit => "7bit",
            Transfer::EightBit => "8bit",
            Transfer::Base64 => "base64",
            Transfer::QuotedPrintable => "quoted-printable",
        }
    }
}

impl Part {
    /// Its own header, an empty line, and what it holds.
    pub(crate) fn write(&self, writing: Writing, boundary: &str) -> Vec<u8> {
        match self {
            Self::Text(kind, text) => {
                let head = format!(
                    "Content-Type: text/{kind}; charset={}\r\nContent-Transfer-Encoding: {}\r\n\r\n",
                    writing.name,
                    writing.transfer()
                );
                [head.into_bytes(), writing.body(text)].concat()
            }
            Self::File(kind, name, bytes) => {
                let name = writing.word(name);
                let head = format!(
                    "Content-Type: {kind}; name=\"{name}\"\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\
                     Content-Transfer-Encoding: base64\r\n\r\n"
                );
                (head + &folded(&BASE64.encode(bytes))).into_bytes()
            }
            Self::Plain(kind, bytes) => [format!("Content-Type: {kind}\r\n\r\n").as_bytes(), bytes].concat(),
            Self::Many(kind, parts) => {
                let mut out =
                    format!("Content-Type: multipart/{kind}; boundary=\"{boundary}\"\r\n\r\n").into_bytes();
                for part in parts {
                    out.extend(format!("--{boundary}\r\n").into_bytes());
                    out.extend(part.write(writing, &format!("{boundary}.{}", out.len())));
                    out.extend(b"\r\n");
                }
                out.extend(format!("--{boundary}--\r\n").into_bytes());
                out
            }
        }
    }
}

/// RFC 2045 section 6.7, with soft line ends wherever a line is full.
fn quoted_printable(bytes: &[u8]) -> String {
    let mut out = String::new();
    let mut line = 0;
    for &byte in bytes {
        let plain = byte.is_ascii_graphic() && byte != b'=' || byte == b' ';
        if byte == b'\n' {
            out.push_str("\r\n");
            line = 0;
        } else if byte != b'\r' {
            if line > 72 {
                out.push_str("=\r\n");
                line = 0;
            }
            let before = out.len();
            let _ = if plain { write!(out, "{}", char::from(byte)) } else { write!(out, "={byte:02X}") };
            line += out.len() - before;
        }
    }
    out
}
