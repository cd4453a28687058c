//! What to do if one has typed something in, by what was asked for, and where to find help.

use super::teller::Teller;
use super::wants::{is_mailbox, targets};
use crate::knowledge::{Applies, Contact};
use crate::publish::words::article::Said;
use crate::publish::words::article::wants::*;
use crate::report::{Block, Cell, Fact, Plain, Section};
use crate::verdict::Class;

pub(super) fn section(teller: &Teller<'_>) -> Option<Section> {
    let calm = match teller.class() {
        Class::Phishing => CALM,
        Class::Fraud => CALM_MONEY,
        Class::Malware => CALM_DEVICE,
        _ => return None,
    };
    let steps = steps(teller).into_iter().map(|step| Cell { text: Plain::new(step), ..Cell::default() });
    let mut blocks: Vec<Block> = teller.paragraph(&[teller.tell(calm)]).into_iter().collect();
    blocks.push(Block::Steps(steps.collect()));
    blocks.extend(contacts(teller, "help", HELP));
    Some(super::section("harm", teller.title(harm_title(teller.class())), blocks))
}

fn steps(teller: &Teller<'_>) -> Vec<String> {
    let targets = targets(teller);
    let wants = |ids: &[&str]| ids.iter().any(|id| targets.contains(id));
    let named = teller.mail.impersonation.as_ref().map(|whom| whom.name.clone());
    let service = named.unwrap_or_else(|| teller.tell(THE_SERVICE));
    let device = teller.class() == Class::Malware;
    let password = wants(&["password", "code"]) && !device;
    let all: [(bool, Said); 13] = [
        (device, DO_NETWORK),
        (wants(&["money"]), DO_MONEY),
        (wants(&["money"]), DO_SILENCE),
        (wants(&["card", "security-code"]), DO_CARD),
        (wants(&["bank-pin"]), DO_BANK),
        (wants(&["code"]), DO_CODE),
        (password, DO_PASSWORD),
        (password && is_mailbox(teller), DO_MAILBOX),
        (password, DO_SECOND),
        (wants(&["seed-phrase"]), DO_SEED),
        (wants(&["id-number", "address", "telephone"]), DO_IDENTITY),
        (device, DO_OTHER_DEVICE),
        (device, DO_SCAN),
    ];
    let told =
        all.iter().filter(|(holds, _)| *holds).map(|(_, said)| teller.say(*said, &[("service", &service)]));
    let last = [wants(&["card", "security-code"]).then_some(DO_STATEMENT), Some(DO_KEEP)];
    told.chain(last.into_iter().flatten().map(|said| teller.tell(said))).collect()
}

/// Who helps, or takes reports.
pub(super) fn contacts(teller: &Teller<'_>, role: &str, lead: Said) -> Vec<Block> {
    let targets = targets(teller);
    let fits = |contact: &&Contact| contact.role == role && applies(teller, &contact.applies, &targets);
    let facts: Vec<Fact> =
        teller.knowledge.contacts().iter().filter(fits).map(|contact| fact(teller, contact)).collect();
    if facts.is_empty() {
        return Vec::new();
    }
    let lead = teller.paragraph(&[teller.tell(lead)]);
    lead.into_iter().chain([Block::Facts(facts)]).collect()
}

fn fact(teller: &Teller<'_>, contact: &Contact) -> Fact {
    let language = teller.language();
    let says = format!("{}{}", language.pick(&contact.says.ja, &contact.says.en), language.pick("。", "."));
    let page = Cell { text: Plain::new(contact.url.clone()), link: true, ..Cell::default() };
    let mut values = vec![Cell { text: Plain::new(capital(&says)), ..Cell::default() }];
    values.extend((!contact.url.is_empty()).then_some(page));
    Fact { label: Plain::new(capital(language.pick(&contact.name.ja, &contact.name.en))), values }
}

/// Whether an entry fits the mail, which is after `targets`.
pub(super) fn applies(teller: &Teller<'_>, applies: &Applies, targets: &[&str]) -> bool {
    let any =
        |wanted: &[String], has: &dyn Fn(&str) -> bool| wanted.is_empty() || wanted.iter().any(|id| has(id));
    any(&applies.classes, &|class| class == teller.class().name())
        && any(&applies.asks, &|asks| targets.contains(&asks))
        && any(&applies.findings, &|id| teller.has(id))
}

/// With a capital at the beginning.
pub(super) fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
