//! What the mail is after.

use super::teller::Teller;
use crate::case::LandingRecord;
use crate::publish::words::Landing as PageWords;
use crate::publish::words::article::Said;
use crate::publish::words::article::wants::*;
use crate::report::{Block, Section};
use crate::verdict::Class;

/// Sectors whose accounts are mailboxes and servers.
const MAILBOXES: [&str; 3] = ["hosting", "internet-provider", "mail"];
/// Findings that speak of a mailbox.
const MAILBOX_FINDINGS: [&str; 3] =
    ["claim-does-not-fit-the-service", "landing-webmail-look-alike", "mailbox-notice"];

/// What a page asks for, as a list in a sentence.
pub(super) fn asks(teller: &Teller<'_>, page: &LandingRecord) -> String {
    let words = PageWords::of(teller.language());
    let mut asked: Vec<String> = page.asks_for.iter().map(|id| words.asked(id).to_owned()).collect();
    asked.dedup();
    teller.listed(&asked)
}

/// What it is after: the secrets of the pages that were seen, else what such a mail mostly wants; `money`, `device`.
pub(super) fn targets(teller: &Teller<'_>) -> Vec<&'static str> {
    match teller.class() {
        Class::Phishing => match teller.trap() {
            Some(trap) if !trap.asks_for.is_empty() => trap.asks_for.clone(),
            _ if is_mailbox(teller) => vec!["password"],
            _ => vec!["password", "card"],
        },
        Class::Fraud => vec!["money"],
        Class::Malware => vec!["device", "password"],
        _ => Vec::new(),
    }
}

/// What it was seen to ask for, or asks for in words: no law is cited for what was only guessed.
pub(super) fn shown(teller: &Teller<'_>) -> Vec<&'static str> {
    const CARDS: [&str; 5] = ["カード番号", "クレジットカード", "カード情報", "credit card", "card number"];
    let mut targets = targets(teller);
    if teller.class() == Class::Phishing && teller.trap().is_none() {
        let text = teller.mail.mail.text.to_lowercase();
        targets.retain(|target| *target != "card" || CARDS.iter().any(|word| text.contains(word)));
    }
    targets
}

/// Whether the account is a mailbox or a server.
pub(super) fn is_mailbox(teller: &Teller<'_>) -> bool {
    let sector = teller.brand().map(|brand| brand.sector.as_str());
    sector.is_some_and(|sector| MAILBOXES.contains(&sector))
        || MAILBOX_FINDINGS.iter().any(|id| teller.has(id))
}

pub(super) fn section(teller: &Teller<'_>) -> Option<Section> {
    let sentences = match teller.class() {
        Class::Phishing => phishing(teller),
        Class::Fraud if teller.has("sextortion-threat") => vec![teller.tell(EXTORTION)],
        Class::Fraud => vec![teller.tell(MONEY)],
        Class::Malware => vec![teller.tell(DEVICE)],
        Class::Spam => vec![teller.tell(ATTENTION)],
        Class::Prank => vec![teller.tell(NOTHING), teller.tell(NOTHING_TO_FEAR)],
        Class::Simulation | Class::Legitimate | Class::Undetermined => return None,
    };
    let blocks: Vec<Block> = match teller.class() {
        // Each is a thought of its own.
        Class::Prank => {
            sentences.iter().filter_map(|one| teller.paragraph(std::slice::from_ref(one))).collect()
        }
        _ => teller.paragraph(&sentences).into_iter().collect(),
    };
    Some(super::section("wants", teller.title(TITLE), blocks))
}

fn phishing(teller: &Teller<'_>) -> Vec<String> {
    let mut sentences = Vec::new();
    match teller.trap().map(|trap| asks(teller, trap)).filter(|asks| !asks.is_empty()) {
        Some(asks) => sentences.push(teller.say(ASKED_FOR, &[("asks", &asks)])),
        None => sentences.push(teller.tell(NOT_SEEN)),
    }
    let targets = targets(teller);
    let wants = |ids: &[&str]| ids.iter().any(|id| targets.contains(id));
    let harms: [(bool, Said); 6] = [
        (wants(&["password", "code"]) && is_mailbox(teller), MAILBOX),
        (wants(&["password", "code"]) && !is_mailbox(teller), ACCOUNT),
        (wants(&["card", "security-code"]), CARD),
        (wants(&["bank-pin"]), BANK),
        (wants(&["id-number", "address", "telephone"]), IDENTITY),
        (wants(&["seed-phrase"]), SEED),
    ];
    sentences.extend(harms.iter().filter(|(holds, _)| *holds).map(|(_, said)| teller.tell(*said)));
    if let Some(brand) = teller.mail.impersonation.as_ref().map(|whom| whom.name.as_str()) {
        sentences.push(teller.say(TARGETS, &[("brand", brand)]));
    }
    sentences
}
