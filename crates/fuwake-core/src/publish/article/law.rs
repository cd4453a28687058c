//! The laws that it may break.

use super::harm::{applies, capital};
use super::teller::Teller;
use super::wants::shown;
use crate::case::Language;
use crate::knowledge::Law;
use crate::publish::moment::arrived;
use crate::publish::words::article::closing::*;
use crate::report::{Block, Cell, Plain, Section};

/// Of the European Union since 2020, by ISO 3166-1.
const MEMBER_STATES: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT",
    "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];

pub(super) fn section(teller: &Teller<'_>) -> Option<Section> {
    if !teller.class().is_unwanted() {
        return None;
    }
    let laws: Vec<&Law> = teller
        .knowledge
        .laws()
        .iter()
        .filter(|law| is_at_home(teller, law) && applies(teller, &law.applies, &shown(teller)))
        .collect();
    let read = laws.iter().flat_map(|law| &law.sources).map(|source| source.read.as_str()).max();
    let japan = laws.iter().all(|law| law.country == "JP");
    let lead = teller.tell(if japan { LAW_LEAD } else { LAW_LEAD_OTHER });
    let entries: Vec<Cell> =
        laws.iter().map(|law| Cell { text: Plain::new(entry(teller, law)), ..Cell::default() }).collect();
    if entries.is_empty() {
        return None;
    }
    let read = read.map(|read| teller.day(read)).unwrap_or_default();
    let blocks = teller
        .paragraph(&[lead])
        .into_iter()
        .chain([Block::List(entries)])
        .chain(teller.paragraph(&[LAW_READ.fill(teller.language(), &[("read", &read)])]))
        .collect();
    Some(super::section("law", teller.title(LAW), blocks))
}

/// A law is told of to its own country's readers: by the article's language, the mail's, or whom it imitates.
fn is_at_home(teller: &Teller<'_>, law: &Law) -> bool {
    let written_in = |language| teller.mail.mail.languages.contains(&language);
    let spoken = match law.country.as_str() {
        "JP" => teller.language() == Language::Ja || written_in("ja"),
        "KR" => written_in("ko"),
        _ => false,
    };
    spoken || teller.brand().is_some_and(|brand| holds_in(law, &brand.country))
}

fn holds_in(law: &Law, country: &str) -> bool {
    law.country == country || law.country == "EU" && MEMBER_STATES.contains(&country)
}

fn entry(teller: &Teller<'_>, law: &Law) -> String {
    let language = teller.language();
    let name = language.pick(&law.name.ja, &law.name.en);
    let values = [
        ("name", name),
        ("Name", &capital(name)),
        ("articles", language.pick(&law.articles.ja, &law.articles.en)),
        ("says", language.pick(&law.says.ja, &law.says.en)),
    ];
    let mut sentences = vec![LAW_ENTRY.fill(language, &values)];
    let day = arrived(teller.mail).and_then(|at| at.get(..10));
    if let Some(penalty) = law.penalty(day) {
        let sentence = if penalty.until.is_empty() { LAW_PENALTY } else { LAW_PENALTY_THEN };
        sentences.push(sentence.fill(language, &[("penalty", language.pick(&penalty.ja, &penalty.en))]));
    }
    sentences.extend(law.unverified.then(|| teller.tell(LAW_UNVERIFIED)));
    teller.joined(&sentences)
}
