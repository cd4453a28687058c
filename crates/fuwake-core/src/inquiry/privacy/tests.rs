use super::*;
use crate::findings::testing::knowledge;
use crate::mail::{RawMail, dissect};

const TO_TARO: &str = "To: Taro Yamada <Taro.Yamada+shop@victim-corp.co.jp>\n\n";

fn with_reader(mail: &str, reader: &Reader) -> Privacy {
    let raw = RawMail { bytes: mail.as_bytes(), size: 0, sha256: [0; 32] };
    let trusted = Trusted::default();
    let circle = Circle { knowledge: knowledge(), reader, trusted: &trusted };
    Privacy::of(&dissect(raw, &trusted), circle)
}

fn of(mail: &str) -> Privacy {
    with_reader(mail, &Reader::default())
}

fn host(privacy: &Privacy, name: &str) -> Option<String> {
    privacy.host(name)
}

#[test]
fn a_name_is_cut_to_what_names_nobody() {
    let privacy = of(TO_TARO);
    for (name, kept) in [
        ("www.example.com", Some("www.example.com")),
        ("a8f3k2q9x1z7.click.example.com", Some("click.example.com")),
        ("x.a8f3k2q9x1z7.click.example.com", Some("click.example.com")),
        ("taro.yamada-victim-corp-co-jp.example.com", Some("example.com")),
        ("taro-yamada.example.com", Some("example.com")),
        ("taroyamada.www.example.com", Some("www.example.com")),
        ("taro-yamada-victim-corp-co-jp.example.com", Some("example.com")),
        ("victim-corp-co-jp.example.com", Some("example.com")),
        ("victim-corp.example.com", Some("example.com")),
        ("taro.yamada.victim-corp.co.jp.example.com", Some("example.com")),
        ("taro.yamada.com", Some("yamada.com")),
        ("mail.victim-corp.co.jp", None),
        ("www.taro-yamada.com", None),
        ("taro-yamada-victim-corp-co-jp.com", None),
        ("taro-yamada.vercel.app", None),
        ("victim-corp.vercel.app", None),
        ("www.victim-corp-invoice.com", Some("www.victim-corp-invoice.com")),
    ] {
        assert_eq!(host(&privacy, name).as_deref(), kept, "{name}");
    }
    let long = "capecodbaseballorgtrackerwwwbtnewsorkrshopbannerhitssponsord101.kidsetb.net";
    assert_eq!(host(&privacy, long).as_deref(), Some(long), "long words are no mark");
}

#[test]
fn digests_and_other_character_sets_are_spellings_too() {
    // MD5 of the address in lower case.
    let address = "bc9317b644ef90f13d051066e56a6f2d";
    let privacy = of(TO_TARO);
    assert_eq!(host(&privacy, &format!("{address}.a.example.com")).as_deref(), Some("example.com"));
    assert!(!privacy.may_ask(&format!("{address}.example.com")));
    assert!(privacy.may_ask("ba95799ceedd18316033196cb243cfc0.example.com"));
    let link = privacy.url(&format!("https://example.com/avatar/{address}"));
    assert_eq!(link.as_deref(), Some("https://example.com/avatar"));
    let privacy = of("To: =?utf-8?B?5bGx55Sw5aSq6YOO?= <taro@victim-corp.co.jp>\n\n");
    // 山田太郎 in Shift_JIS and EUC-JP.
    assert!(privacy.names("https://example.com/jlKTY5G-mFk") && privacy.names("%BB%B3%C5%C4%C2%C0%CF%BA"));
}

#[test]
fn a_link_is_cut_at_the_first_mark() {
    let privacy = of(TO_TARO);
    for (url, kept) in [
        ("https://a.example.com/login/x.php?id=1", "https://a.example.com/login/x.php"),
        ("https://a.example.com:8443/", "https://a.example.com:8443/"),
        ("https://taro@a.example.com/a/b/", "https://a.example.com/a/b/"),
        ("https://a.example.com/u/8f3a9c2b7d/x", "https://a.example.com/u"),
        ("https://a.example.com/u/8f3a/9c2b/7d", "https://a.example.com/u/8f3a"),
        ("https://a.example.com/u/QWxhZGRpbjpvcGVu", "https://a.example.com/u"),
        ("https://a.example.com/u/482917/x", "https://a.example.com/u"),
        ("https://a.example.com/taro.yamada@victim-corp.co.jp", "https://a.example.com/"),
        ("https://a.example.com/taro.yamada/victim-corp.co.jp/x", "https://a.example.com/"),
        ("https://a.example.com/taro/yamada/x", "https://a.example.com/taro"),
        ("https://a.example.com/u/dGFyb3lhbWFkYQ/login", "https://a.example.com/u"),
        ("https://taro-yamada.example.com/login", "https://example.com/"),
    ] {
        assert_eq!(privacy.url(url).as_deref(), Some(kept), "{url}");
    }
    assert_eq!(privacy.url("mailto:a@example.com"), None);
    assert_eq!(privacy.url("https://webmail.victim-corp.co.jp/"), None);
}

#[test]
fn a_sender_made_for_one_recipient_becomes_postmaster() {
    let privacy = of(TO_TARO);
    let sender = |address: &str| privacy.sender(address);
    assert_eq!(sender("info@example.com").as_deref(), Some("info@example.com"));
    let verp = sender("bounce-taro.yamada=victim-corp.co.jp@example.com");
    assert_eq!(verp.as_deref(), Some("postmaster@example.com"));
    assert_eq!(sender("info@taro-yamada.example.com"), None);
    assert_eq!(sender("boss@victim-corp.co.jp"), None);
}

#[test]
fn names_that_are_made_on_the_way_are_tested_whole() {
    let privacy = of(TO_TARO);
    for name in ["_dmarc.example.com", "ug7nbtf4gccmlpwj322ax3p6ow6yfsug._domainkey.example.com"] {
        assert!(privacy.may_ask(name), "{name}");
    }
    for name in [
        "_dmarc.victim-corp.co.jp",
        "taro.yamada-victim-corp-co-jp._domainkey.example.com",
        "Taro.Yamada._l.example.com",
        "x._h.taro-yamada.example.com",
    ] {
        assert!(!privacy.may_ask(name), "{name}");
    }
}

#[test]
fn decoys_in_to_hide_nobody() {
    let decoys: String = (0..40).map(|n| format!("<d{n}@decoy{n}.example.com>, ")).collect();
    let received = "Received: from a by mx.victim-corp.co.jp for <taro.yamada@victim-corp.co.jp>; x\n";
    let privacy = of(&format!("{received}To: {decoys}<z@decoy.example>\n\n"));
    assert_eq!(host(&privacy, "taro-yamada.example.org").as_deref(), Some("example.org"));
    assert_eq!(host(&privacy, "victim-corp.co.jp"), None);
}

#[test]
fn a_blind_copy_is_known_by_what_the_reader_told_and_by_his_servers() {
    let mail = "Received: from a by mx.victim-corp.co.jp with ESMTP; x\nTo: undisclosed-recipients:;\n\n";
    assert_eq!(host(&of(mail), "webmail.victim-corp.co.jp"), None);
    let reader = Reader {
        addresses: vec![("amazon".to_owned(), "taro.yamada@example.net".to_owned())],
        organisation: vec!["victim-group.jp".to_owned()],
        ..Reader::default()
    };
    let privacy = with_reader("\n", &reader);
    assert_eq!(host(&privacy, "www.victim-group.jp"), None);
    assert_eq!(host(&privacy, "taro-yamada.example.org").as_deref(), Some("example.org"));
    let shared = of("Received: from a by mx.google.com with ESMTP; x\n\n");
    assert_eq!(host(&shared, "sites.google.com").as_deref(), Some("sites.google.com"));
}

#[test]
fn a_role_or_a_brand_in_an_address_hides_nobody_elses_names() {
    let privacy = of("To: <info@shop.example>, <amazon@taro.example>\n\n");
    for name in ["info.example.com", "amazon.co.jp", "amazon.example.org"] {
        assert_eq!(host(&privacy, name).as_deref(), Some(name), "{name}");
    }
}

#[test]
fn a_mail_to_its_own_author_tells_of_no_recipient() {
    let self_sent = "From: <info@evil-shop.example.org>\nTo: <info@evil-shop.example.org>\n\n";
    let received = "Received: from a by mx.victim-corp.co.jp for <taro@victim-corp.co.jp>; x\n";
    assert_eq!(host(&of(&format!("{received}{self_sent}")), "example.org").as_deref(), Some("example.org"));
    assert_eq!(host(&of(self_sent), "example.org"), None);
}

#[test]
fn who_hands_a_mail_on_is_private_in_it() {
    let outer = of("From: Taro <taro.yamada@victim-corp.co.jp>\nTo: <abuse@helpdesk.example>\n\n");
    let raw = RawMail { bytes: b"From: <info@evil.example.org>\n\n", size: 0, sha256: [0; 32] };
    let (reader, trusted) = (Reader::default(), Trusted::default());
    let circle = Circle { knowledge: knowledge(), reader: &reader, trusted: &trusted };
    let inner = outer.carried(&dissect(raw, &trusted), circle);
    assert_eq!(host(&inner, "www.victim-corp.co.jp"), None);
    assert_eq!(host(&inner, "taro-yamada.example.org").as_deref(), Some("example.org"));
    assert_eq!(host(&outer, "www.victim-corp.co.jp").as_deref(), Some("www.victim-corp.co.jp"));
}

#[test]
fn a_sender_hides_no_domain_of_his_own() {
    const HOP: &str = "Received: from a by mx.victim-corp.co.jp for <taro.yamada@victim-corp.co.jp>; x\n";
    const LINK: &str = "\n\nhttps://www.montaly.example.org/\nhttps://montaly.com/\n";
    let forged = "Received: from b by mx.evil.example for <x@montaly.com>; x\n";
    for claim in [
        "Cc: info@montaly.com",
        "Delivered-To: x@www.montaly.com",
        "To: \"montaly\" <taro.yamada@victim-corp.co.jp>",
        "To: \"www.montaly.com\" <taro.yamada@victim-corp.co.jp>",
        "To: montaly@example.net",
    ] {
        for mail in [format!("{HOP}{claim}{LINK}"), format!("{HOP}{forged}{claim}{LINK}")] {
            let privacy = of(&mail);
            assert_eq!(host(&privacy, "www.montaly.com").as_deref(), Some("www.montaly.com"), "{claim}");
            assert_eq!(host(&privacy, "victim-corp.co.jp"), None, "{claim}");
        }
    }
    let delivered = of(&format!("Delivered-To: x@montaly.com\n{HOP}To: y@example.net{LINK}"));
    assert_eq!(host(&delivered, "www.montaly.com"), None, "a field above the recipient's own line is his");
}

#[test]
fn a_recipient_whom_only_to_tells_of_stays_private() {
    let mail = "From: <x@evil.example.org>\nTo: taro.yamada@victim-corp.co.jp\n\nhttps://montaly.com/\n";
    assert_eq!(host(&of(mail), "www.victim-corp.co.jp"), None);
    let spoofed = "From: <taro@victim-corp.co.jp>\nTo: <taro@victim-corp.co.jp>\n\nhttps://montaly.com/\n";
    assert_eq!(host(&of(spoofed), "www.victim-corp.co.jp"), None);
    let linked = "From: <x@evil.example.org>\nTo: <info@montaly.com>\n\nhttps://montaly.com/\n";
    assert_eq!(host(&of(linked), "montaly.com"), None, "no server of the recipient tells otherwise");
    let received = "Received: from a by mx.provider.example; x\n";
    let linked = of(&format!("{received}{linked}"));
    assert_eq!(host(&linked, "montaly.com").as_deref(), Some("montaly.com"));
}

#[test]
fn whoever_wraps_his_own_mail_hides_nothing_that_it_leads_to() {
    let outer = of("From: <x@montaly.com>\nTo: <abuse@helpdesk.example>\n\n");
    let raw = RawMail { bytes: b"From: <a@b.example>\n\nhttps://montaly.com/\n", size: 0, sha256: [0; 32] };
    let (reader, trusted) = (Reader::default(), Trusted::default());
    let circle = Circle { knowledge: knowledge(), reader: &reader, trusted: &trusted };
    let inner = outer.carried(&dissect(raw, &trusted), circle);
    assert_eq!(host(&inner, "montaly.com").as_deref(), Some("montaly.com"));
}
