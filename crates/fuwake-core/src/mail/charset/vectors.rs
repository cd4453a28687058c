//! The vectors of `vectors.tsv`: damaged and sound header texts and bodies, what they must become and which repairs are told.

use crate::mail::charset::{self, Repair};
use crate::mail::encoded_word;

fn bytes(escaped: &str) -> Vec<u8> {
    let mut parts = escaped.split("\\x");
    let mut out = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at(2);
        out.push(u8::from_str_radix(digits, 16).expect("two hexadecimal digits"));
        out.extend_from_slice(rest.as_bytes());
    }
    out
}

fn ids(repairs: &[Repair]) -> String {
    repairs.iter().map(|repair| repair.id).collect::<Vec<_>>().join(",")
}

#[test]
fn vectors_come_out_right() {
    let mut wrong = Vec::new();
    for line in include_str!("vectors.tsv").lines().filter(|line| !line.starts_with('#')) {
        let [name, kind, label, escaped, expected, repairs] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("six columns: {line}");
        };
        let input = bytes(escaped);
        let (text, told) = if kind == "header" {
            let decoded = encoded_word::decode(&input);
            (decoded.text, ids(&decoded.repairs))
        } else {
            let decoded = charset::decode(&input, Some(label).filter(|label| *label != "-"));
            (decoded.text, ids(&decoded.repairs))
        };
        if text != expected.replace("\\n", "\n") || told != repairs {
            wrong.push(format!("{name}: {text:?} [{told}] instead of {expected:?} [{repairs}]"));
        }
    }
    assert!(wrong.is_empty(), "{} vectors:\n{}", wrong.len(), wrong.join("\n"));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_decode(bytes: Vec<u8>, label in "[a-z0-9-]{0,12}|iso-2022-jp|utf-7|shift_jis|gb2312|utf-8") {
        let _ = charset::decode(&bytes, Some(&label));
        let _ = charset::decode(&bytes, None);
        let _ = encoded_word::decode(&bytes);
        let _ = encoded_word::decode(&[b"=?iso-2022-jp?b?".as_slice(), &bytes, b"?= =?iso-2022-jp?q?$B(B"].concat());
    }

    #[test]
    fn any_seven_bit_bytes_decode(text in "[\u{1b}$B(@IJ=?bqQ\u{e}\u{f} -~\r\n]{0,80}") {
        let _ = charset::decode(text.as_bytes(), Some("iso-2022-jp"));
        let _ = encoded_word::decode(text.as_bytes());
    }
}
