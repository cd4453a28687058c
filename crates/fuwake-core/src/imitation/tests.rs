#![allow(clippy::unwrap_used)]
use std::collections::BTreeMap;

use super::*;
use crate::findings::testing::knowledge;

fn found(host: &str) -> Vec<(&'static str, Manner)> {
    imitations(knowledge(), host).into_iter().map(|found| (found.brand.id.as_str(), found.manner)).collect()
}

#[test]
fn every_kind_is_seen() {
    for (host, brand, manner) in [
        ("www.amazon.co.jp.login.example.com", "amazon", Manner::WholeDomain),
        ("my-jcb-co-jp.example.com", "jcb", Manner::WholeDomain),
        ("amazon-co-jp.example.com", "amazon", Manner::WholeDomain),
        ("paypal.com.account.example.net", "paypal", Manner::WholeDomain),
        ("amazon.example", "amazon", Manner::OtherSuffix),
        ("www.netflix.example", "netflix", Manner::OtherSuffix),
        ("www.eki-net.example.com", "eki-net", Manner::Label),
        ("netflix.example.com", "netflix", Manner::Label),
        ("correios", "correios", Manner::Label),
        ("amazon-login.example.com", "amazon", Manner::Combosquat),
        ("login-eki-net-info.example", "eki-net", Manner::Combosquat),
        ("kuronekoyamatoinfo.example", "yamato", Manner::Combosquat),
        ("www.arnazon.example", "amazon", Manner::Homoglyph),
        ("paypa1.example", "paypal", Manner::Homoglyph),
        ("xn--mazon-3ve.example", "amazon", Manner::Homoglyph),
        ("amazom.example", "amazon", Manner::Typo),
        ("netfliix.example", "netflix", Manner::Typo),
        ("microsfot.example", "microsoft", Manner::Typo),
        ("amazom-support.example", "amazon", Manner::Typo),
    ] {
        assert!(found(host).contains(&(brand, manner)), "{host}: {:?}", found(host));
    }
}

/// Without a claim, chance is the better explanation; what customers of a service call themselves still counts.
#[test]
fn words_and_names_of_services_are_no_imitations() {
    for host in ["amazonaws.com", "x.s3.amazonaws.com", "sakura.ne.jp", "reiyama.sakura.ne.jp", "chasen.jp"] {
        assert_eq!(found(host), [], "{host}");
    }
    assert_eq!(found("amazon-login.sakura.ne.jp"), [("amazon", Manner::Combosquat)]);
    assert_eq!(found("jp-post.jp"), [("japan-post", Manner::Label)]);
}

#[test]
fn others_resemble_nobody() {
    for host in
        ["www.example.com", "mail.reiyama.example", "jcbank.example.com", "192.0.2.1", "localhost", ""]
    {
        assert_eq!(found(host), [], "{host}");
    }
    assert!(!found("www.example.com").iter().any(|(brand, _)| brand.starts_with("gov-")));
}

/// A genuine domain of any brand, and a host below it, is never called an imitation of another.
#[test]
fn genuine_domains_imitate_nobody() {
    for brand in knowledge().brands() {
        for domain in brand.all_domains().chain(&brand.redirectors) {
            for host in [domain.clone(), format!("www.{domain}"), format!("mail.info.{domain}")] {
                let named: Vec<_> = imitations(knowledge(), &host);
                let own = knowledge().owner(&host).is_some_and(|owner| owner.id == brand.id);
                assert!(named.is_empty() && (own || brand.redirectors.contains(domain)), "{host}: {named:?}");
            }
        }
    }
}

/// Were a brand unknown, its domains would hardly ever be taken for slips of the keyboard in another's: the likeness is narrow.
#[test]
fn few_genuine_labels_are_slips_of_another() {
    let labels: BTreeMap<&str, &Brand> = knowledge()
        .brands()
        .iter()
        .flat_map(|brand| labels_of(brand).map(move |label| (label, brand)))
        .collect();
    let mut near = Vec::new();
    for (label, brand) in &labels {
        let strangers = labels.iter().filter(|(_, other)| {
            other.id != brand.id && (other.group.is_empty() || other.group != brand.group)
        });
        near.extend(
            strangers.filter(|(name, _)| distance::is_typo(name, label)).map(|(name, _)| (label, name)),
        );
    }
    assert!(near.len() * 16 < labels.len(), "{} of {}: {near:?}", near.len(), labels.len());
}

#[test]
fn labels_count_as_words() {
    let jcb = knowledge().brand("jcb").unwrap();
    assert!(of("jcb-login.example.com", jcb).is_some());
    assert!(of("jcbank.example.com", jcb).is_none());
    assert_eq!(whole_domain(knowledge(), "amazon.example.com"), None);
    assert_eq!(
        homoglyph(knowledge(), "www.arnazon.example").map(|found| found.name).as_deref(),
        Some("amazon")
    );
}
