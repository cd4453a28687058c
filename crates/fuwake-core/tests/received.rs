//! Trace lines as real servers write them (`received/shapes/*.txt`) and whole paths with their trust and origin
//! (`received/chains/*.txt`). Both folders are found by walking; how a file looks stands in `received/README.md`.

#![allow(clippy::disallowed_methods, reason = "the vectors stand in files")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use fuwake_core::mail::authentication::{Authentication, MethodResult};
use fuwake_core::mail::received::{self, Hop};
use fuwake_core::mail::{Field, Trusted, origin, trust};
use fuwake_core::span::Span;
use proptest::prelude::*;

/// The files of a folder beside this one, in order.
fn cases(folder: &str, at_least: usize) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/received").join(folder);
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("readable").path())
        .collect();
    paths.sort();
    assert!(paths.len() >= at_least, "{} holds only {} cases", folder.display(), paths.len());
    paths.iter().map(|path| (path.display().to_string(), fs::read_to_string(path).expect("UTF-8"))).collect()
}

/// A header block cut into fields, enough for these tests.
fn fields(header: &str) -> Vec<Field<'_>> {
    let mut fields = Vec::new();
    let mut start = 0;
    for (at, _) in header.match_indices('\n').chain([(header.len(), "")]) {
        let continues = header.as_bytes().get(at + 1).is_some_and(|byte| b" \t".contains(byte));
        if continues {
            continue;
        }
        let text = header.get(start..at).expect("line ends are boundaries");
        if let Some((name, value)) = text.split_once(':') {
            let span = Span::new(start, at);
            fields.push(Field { name, value: value.as_bytes(), span, value_span: span });
        }
        start = at + 1;
    }
    fields
}

/// `key: value` lines.
fn expectations(text: &str) -> BTreeMap<&str, &str> {
    text.lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(key, value)| (key.trim(), value.trim()))
        .collect()
}

fn value(hop: &Hop, key: &str) -> String {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    match key {
        "helo" => text(&hop.helo),
        "reverse" => text(&hop.reverse_dns),
        "unconfirmed" => hop.reverse_dns_unconfirmed.to_string(),
        "ip" => hop.ip.map(|ip| ip.to_string()).unwrap_or_default(),
        "user" => text(&hop.authenticated_user),
        "authenticated" => hop.authenticated.to_string(),
        "by" => text(&hop.by),
        "by-ip" => hop.by_ip.map(|ip| ip.to_string()).unwrap_or_default(),
        "with" => text(&hop.with),
        "id" => text(&hop.id),
        "for" => text(&hop.recipient),
        "at" => hop.at.map(|at| at.unix_timestamp().to_string()).unwrap_or_default(),
        _ => format!("no such key: {key}"),
    }
}

#[test]
fn shapes() {
    let keys =
        ["helo", "reverse", "unconfirmed", "ip", "user", "authenticated", "by", "by-ip", "with", "id", "for"];
    let mut wrong = Vec::new();
    for (path, text) in cases("shapes", 45) {
        let (line, expected) = text.split_once("\n\n").expect("a line, an empty line, what is expected");
        let fields = fields(line);
        let (hops, _) = received::hops(&fields);
        assert_eq!(hops.len(), 1, "{path}");
        let expected = expectations(expected);
        assert!(hops[0].at.is_some() != expected.contains_key("undated"), "{path}: time");
        // A key that a case does not name is expected to be empty.
        for key in keys {
            let default = if matches!(key, "unconfirmed" | "authenticated") { "false" } else { "" };
            let (found, wanted) = (value(&hops[0], key), expected.get(key).copied().unwrap_or(default));
            if found != wanted {
                wrong.push(format!("{path}: {key} is `{found}`, not `{wanted}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// One result for each Authentication-Results line: authserv-id and the first `method=result`.
fn results(fields: &[Field<'_>]) -> Authentication {
    let of = |field: &&Field<'_>| field.name.ends_with("Authentication-Results");
    let results = fields.iter().filter(of).map(|field| {
        let text = String::from_utf8_lossy(field.value).into_owned();
        let (server, rest) = text.split_once(';').unwrap_or(("", &text));
        let (method, result) = rest.trim().split_once('=').expect("method=result");
        let server = Some(server.trim().to_owned()).filter(|server| !server.is_empty());
        MethodResult {
            method: method.to_owned(),
            result: result.to_owned(),
            domain: None,
            properties: Vec::new(),
            authserv_id: server,
            trusted: false,
            span: field.span,
        }
    });
    Authentication { results: results.collect(), ..Authentication::default() }
}

#[test]
fn chains() {
    let mut wrong = Vec::new();
    for (path, text) in cases("chains", 15) {
        let (expected, header) = text.split_once("\n\n").expect("what is expected, an empty line, a header");
        let expected = expectations(expected);
        let trusted = Trusted::parse(expected.get("trusted").unwrap_or(&"").split_whitespace())
            .expect("--trust values");
        let fields = fields(header);
        let (mut hops, _) = received::hops(&fields);
        let boundary = trust::grade(&mut hops, &trusted);
        let grades: Vec<String> =
            hops.iter().rev().map(|hop| format!("{:?}", hop.trust).to_lowercase()).collect();
        let origin =
            origin::find(&hops).map(|origin| format!("{} {}", origin.ip, origin.hop)).unwrap_or_default();
        let mut authentication = results(&fields);
        trust::mark_results(&mut authentication, &fields, &hops, &boundary, &trusted);
        let results: Vec<String> =
            authentication.results.iter().map(|result| result.trusted.to_string()).collect();
        for (key, found) in [("trust", grades.join(" ")), ("origin", origin), ("results", results.join(" "))]
        {
            let wanted = expected.get(key).copied().unwrap_or_default();
            if found != wanted {
                wrong.push(format!("{path}: {key} is `{found}`, not `{wanted}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Pieces of trace lines and bytes of any kind.
fn hostile_line() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "from ",
            "by ",
            "with ",
            "id ",
            "for ",
            "(",
            ")",
            "[",
            "]",
            ";",
            "HELO ",
            "helo=",
            "192.0.2.1",
            "IPv6:::1",
            "@",
            "?",
            "\\",
            "Authenticated sender: ",
            "auth: ",
            "mx.example.jp",
            "Tue, 3 Sep 2002 1:02:03 +0900",
            "\r\n\t",
        ])
        .prop_map(|piece| piece.as_bytes().to_vec()),
        prop::collection::vec(any::<u8>(), 0..6),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn any_bytes_give_hops(lines in prop::collection::vec(hostile_line(), 0..6)) {
        let fields: Vec<Field<'_>> = lines
            .iter()
            .map(|value| Field { name: "Received", value, span: Span::default(), value_span: Span::default() })
            .collect();
        let (mut hops, _) = received::hops(&fields);
        prop_assert_eq!(hops.len(), fields.len());
        let boundary = trust::grade(&mut hops, &Trusted::default());
        prop_assert_eq!(boundary.hop.is_some(), !hops.is_empty());
        let falling = hops.windows(2).all(|pair| pair[0].trust <= pair[1].trust);
        prop_assert!(falling, "an older line is believed more than a newer one");
        if let Some(origin) = origin::find(&hops) {
            prop_assert!(origin.trust != received::Trust::Claimed);
        }
    }
}

#[test]
fn bounds_are_said() {
    let value = b" from a by b; 1 Jan 2020 00:00:00 +0000".as_slice();
    let field = |value| Field { name: "received", value, span: Span::default(), value_span: Span::default() };
    let many: Vec<Field<'_>> = (0..300).map(|_| field(value)).collect();
    let (hops, defects) = received::hops(&many);
    assert_eq!((hops.len(), defects[0].id), (200, "too-many-received"));
    let long = vec![b'('; 1 << 20];
    let (hops, defects) = received::hops(&[field(&long)]);
    assert_eq!((hops.len(), defects[0].id), (1, "received-too-long"));
}

#[test]
fn delays_may_be_negative() {
    let header = "Received: by b.example.jp; 1 Jan 2020 00:00:05 +0000\nReceived: by a.example.jp; 1 Jan 2020 09:00:09 +0900";
    let (hops, _) = received::hops(&fields(header));
    assert_eq!((hops[0].delay_seconds, hops[1].delay_seconds), (None, Some(-4)));
}
