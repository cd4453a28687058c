//! Who registered a domain is told to the public where it is an organisation, and to who acts or compares in any case.

#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "the tests make the cases that they publish"
)]

mod examined;
mod world;

use std::collections::BTreeMap;

use fuwake_core::case::Language;
use fuwake_core::evidence::{Data, Question, Registration};
use fuwake_core::knowledge::Knowledge;
use fuwake_core::publish::{Audience, Beside, article, publish};
use world::answered;

const MAIL: &str = "From: Eki <x@kaiin-jimu.example>\r\nTo: hanako.sato@sato-shoten.co.jp\r\n\
    Date: Thu, 19 Nov 2026 08:12:40 +0900\r\nSubject: Your account\r\nMIME-Version: 1.0\r\n\
    Content-Type: text/plain; charset=utf-8\r\n\r\nVerify your account: https://kaiin-jimu.example/\r\n";

/// The report and the article on a mail whose domain somebody registered.
fn told(registrant: &str, audience: Audience, language: Language) -> String {
    let domain = "kaiin-jimu.example".to_owned();
    let registration = Registration {
        domain: domain.clone(),
        registered: Some("2026-11-01T00:00:00Z".to_owned()),
        registrar: Some("Example Registrar".to_owned()),
        registrant: Some(registrant.to_owned()),
        ..Registration::default()
    };
    let ledger = answered([(Question::Registration { domain }, Data::Registration(registration))]);
    let knowledge = Knowledge::embedded().expect("sound knowledge");
    let case = examined::case(MAIL.as_bytes(), (&ledger, &BTreeMap::new()), &knowledge, language);
    let report = publish(&case, &audience.into(), language);
    let article = article(&case, &knowledge, &audience.into(), language, &Beside::default());
    format!("{report:?}\n{article:?}")
}

#[test]
fn a_person_who_registered_a_domain_is_not_named_to_the_public() {
    for language in [Language::Ja, Language::En] {
        for (name, is_person) in [
            ("王某", true),
            ("Taro Yamada", true),
            ("Mihon Trading Co., Ltd.", false),
            ("見本商事株式会社", false),
        ] {
            let named = |audience| told(name, audience, language).contains(name);
            assert_eq!(named(Audience::Public), !is_person, "{name}");
            assert!(named(Audience::AbuseDesk) && named(Audience::PeerAnalyst) && named(Audience::Operator));
        }
    }
}
