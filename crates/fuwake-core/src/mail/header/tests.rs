use super::read;

fn ids(raw: &[u8]) -> Vec<&'static str> {
    read(raw).defects.iter().map(|defect| defect.id).collect()
}

fn names(raw: &[u8]) -> Vec<String> {
    read(raw).fields.iter().map(|field| field.name.to_owned()).collect()
}

#[test]
fn any_line_end_splits_fields() {
    for end in ["\r\n", "\n", "\r", "\r\r\n"] {
        let raw =
            ["From: a@example.jp", "Subject: one", "\ttwo", "To: b@example.jp", "", "Body: x"].join(end);
        let header = read(raw.as_bytes());
        assert_eq!(names(raw.as_bytes()), ["From", "Subject", "To"], "{end:?}");
        assert_eq!(header.subject.map(|subject| subject.text).as_deref(), Some("one two"), "{end:?}");
        assert_eq!(raw.get(header.body..), Some("Body: x"), "{end:?}");
        assert_eq!(header.defects, [], "{end:?}");
    }
    assert_eq!(
        names(b"From: a@example.jp\r\nTo: b@example.jp\nSubject: c\rDate: d\n\n"),
        ["From", "To", "Subject", "Date"]
    );
}

#[test]
fn spans_are_exact() {
    let raw = b"\n\nSubject :  one\r\n two \r\nTo: x\r\n\r\nbody";
    let header = read(raw);
    assert_eq!(header.fields[0].span.of(raw), b"Subject :  one\r\n two ");
    assert_eq!(header.fields[0].value_span.of(raw), b"one\r\n two");
    assert_eq!(header.span.of(raw), b"Subject :  one\r\n two \r\nTo: x");
    assert_eq!(&raw[header.body..], b"body");
    assert_eq!(ids(raw), ["lines-before-header", "blank-before-colon"]);
}

#[test]
fn oddities_are_told() {
    for (raw, expected, body) in [
        ("\u{feff}From: a@example.jp\n\nx", vec!["byte-order-mark"], "x"),
        ("From a@example.jp Mon Jan 1\n>From b\nFrom: a@example.jp\n\nx", vec!["lines-before-header"], "x"),
        ("From: a@example.jp\nodd line\nTo: b@example.jp\n\nx", vec!["header-line-without-colon"], "x"),
        (
            "From: a@example.jp\nHello,\nthis is\nthe text\n",
            vec!["header-end-missing"],
            "Hello,\nthis is\nthe text\n",
        ),
        ("Hello,\nthis is text: only\n", vec!["header-missing"], "Hello,\nthis is text: only\n"),
        ("Note: read this\n\nplease", vec!["header-missing"], "Note: read this\n\nplease"),
        ("From: a@example.jp\nSubject: x", vec![], ""),
        ("From: a@example.jp\nFrom: b@example.jp\n\n", vec!["duplicate-field"], ""),
        ("", vec!["header-missing"], ""),
    ] {
        assert_eq!(ids(raw.as_bytes()), expected, "{raw:?}");
        assert_eq!(raw.get(read(raw.as_bytes()).body..), Some(body), "{raw:?}");
    }
}

#[test]
fn headers_are_bounded() {
    let many = "X-A: b\n".repeat(3_000) + "\nbody";
    let header = read(many.as_bytes());
    assert_eq!(header.fields.len(), 2_000);
    assert_eq!(many.get(header.body..), Some("body"));
    assert_eq!(ids(many.as_bytes()), ["too-many-fields"]);
    let long = format!("From: a@example.jp\nX-A: {}\n\nbody", "x".repeat(2 << 20));
    assert!(ids(long.as_bytes()).contains(&"header-too-long"));
    assert_eq!(long.get(read(long.as_bytes()).body..), Some("body"));
}

#[test]
fn authentication_fields_are_read() {
    let raw = b"Authentication-Results: mx.example.jp 1; spf=pass (ok; really) smtp.mailfrom=a@Example.com;\r\n dkim=fail reason=\"bad; sig\" header.i=@example.net\r\n\
Authentication-Results: spf=pass (sender IP is 192.0.2.1)\r\n smtp.mailfrom=example.com; dkim=none (message not signed)\r\n header.d=none;dmarc=fail action=none header.from=example.org;compauth=fail reason=000\r\n\
Received-SPF: softfail (mx.example.jp: domain of transitioning x@example.com does not) client-ip=192.0.2.1;\r\n\
DKIM-Signature: v=1; a=rsa-sha256; d=Example.com; s=sel; l=10;\r\n h=From:To:\r\n Subject; b=AAAA\r\n\
ARC-Seal: i=1; a=rsa-sha256; cv=none; d=example.net; s=x; b=AAAA\r\n\r\n";
    let authentication = read(raw).authentication;
    let shown: Vec<String> = authentication
        .results
        .iter()
        .map(|result| {
            let by = result.authserv_id.as_deref().unwrap_or("-");
            format!("{by} {}={} {}", result.method, result.result, result.domain.as_deref().unwrap_or("-"))
        })
        .collect();
    assert_eq!(
        shown,
        [
            "mx.example.jp spf=pass example.com",
            "mx.example.jp dkim=fail example.net",
            "- spf=pass example.com",
            "- dkim=none -",
            "- dmarc=fail example.org",
            "- compauth=fail -",
            "mx.example.jp spf=softfail example.com",
        ]
    );
    let signature = &authentication.signatures[0];
    assert_eq!(signature.domain.as_deref(), Some("example.com"));
    assert_eq!(signature.signed_fields, ["from", "to", "subject"]);
    assert_eq!(signature.body_length, Some(10));
    assert_eq!(authentication.seals[0].chain_validation.as_deref(), Some("none"));
}

#[test]
fn filter_fields_are_read() {
    let raw =
        b"X-Spam-Flag: YES\nX-Spam-Status: No, score=1.2 required=5\nX-MS-Exchange-Organization-SCL: 5\n\
X-Forefront-Antispam-Report: CIP:192.0.2.1;CTRY:JP;SCL:9;SFV:SPM;CAT:PHSH;\nX-Mailer: x\n\n";
    let shown: Vec<String> = read(raw)
        .filter_stamps
        .iter()
        .map(|stamp| format!("{}={} {:?}", stamp.key, stamp.value, stamp.unwanted))
        .collect();
    assert_eq!(
        shown,
        [
            "flag=YES Some(true)",
            "status=No, score=1.2 required=5 Some(false)",
            "score=1.2 None",
            "scl=5 Some(true)",
            "cip=192.0.2.1 None",
            "ctry=JP None",
            "scl=9 Some(true)",
            "sfv=SPM Some(true)",
            "cat=PHSH Some(true)",
        ]
    );
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_have_a_header(bytes: Vec<u8>, text in "[ -~\r\n\u{1b}あ]{0,200}") {
        let _ = read(&bytes);
        let _ = read([b"From: ".as_slice(), &bytes, b"\nTo: ", text.as_bytes()].concat().as_slice());
        let _ = read(format!("Authentication-Results: {text}\nReceived-SPF: {text}\nDKIM-Signature: {text}\nDate: {text}\nTo: \"{text}\nFrom: <{text}").as_bytes());
        let _ = crate::mail::parameter::parameters(text.as_bytes());
        let _ = crate::mail::parameter::parameters(&bytes);
    }

    #[test]
    fn any_structure_has_mailboxes(text in "[\"(),:;<>@\\\\=?a. \u{1b}$B＠]{0,80}") {
        let _ = read(format!("From: {text}\nDate: {text}\nContent-Type: {text}").as_bytes());
        let _ = crate::mail::parameter::parameters(text.as_bytes());
    }
}
