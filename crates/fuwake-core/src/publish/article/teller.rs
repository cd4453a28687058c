//! What all parts of an article share: the mail, what the world said of it, and how sentences are made and joined.

use std::net::IpAddr;

use crate::case::{Case, Dissection, FindingRecord, LandingRecord, Language, LinkRecord};
use crate::evidence::{Evidence, Ledger, Place};
use crate::knowledge::domains::is_within;
use crate::knowledge::{Brand, Knowledge};
use crate::landing::LandingKind;
use crate::publish::country::country;
use crate::publish::map::place_name;
use crate::publish::moment;
use crate::publish::words::article::Said;
use crate::publish::writer::Writer;
use crate::report::{Block, Plain};
use crate::verdict::Class;

/// Whose the blocks are that nobody is given.
const RESERVED: &str = "Internet Assigned Numbers Authority";
/// How many official domains a sentence names.
const DOMAINS: usize = 3;

pub(super) struct Teller<'c> {
    pub(super) writer: &'c Writer,
    pub(super) mail: &'c Dissection,
    pub(super) knowledge: &'c Knowledge,
    pub(super) ledger: Ledger,
    /// The mail came inside another one.
    pub(super) is_carried: bool,
}

impl<'c> Teller<'c> {
    pub(super) fn new(
        writer: &'c Writer,
        case: &Case,
        mail: &'c Dissection,
        knowledge: &'c Knowledge,
    ) -> Self {
        let mut ledger = Ledger::default();
        mail.evidence.iter().cloned().for_each(|evidence| ledger.record(evidence));
        let is_carried = !std::ptr::eq(mail, &raw const case.dissection);
        Self { writer, mail, knowledge, ledger, is_carried }
    }

    pub(super) fn language(&self) -> Language {
        self.writer.words.language
    }

    pub(super) fn class(&self) -> Class {
        self.mail.verdict.class
    }

    /// A sentence; values come from the mail and are cleaned here.
    pub(super) fn say(&self, sentence: Said, values: &[(&str, &str)]) -> String {
        let clean: Vec<(&str, Plain)> =
            values.iter().map(|(name, value)| (*name, self.writer.line(value))).collect();
        let clean: Vec<(&str, &str)> = clean.iter().map(|(name, value)| (*name, value.as_str())).collect();
        sentence.fill(self.language(), &clean)
    }

    /// A sentence without values.
    pub(super) fn tell(&self, sentence: Said) -> String {
        sentence.fill(self.language(), &[])
    }

    pub(super) fn title(&self, title: Said) -> Plain {
        Plain::new(self.tell(title))
    }

    /// Sentences as one text.
    pub(super) fn joined(&self, sentences: &[String]) -> String {
        let kept: Vec<&str> = sentences.iter().map(|one| one.trim()).filter(|one| !one.is_empty()).collect();
        kept.join(self.language().pick("", " "))
    }

    /// A paragraph of sentences; none of none.
    pub(super) fn paragraph(&self, sentences: &[String]) -> Option<Block> {
        let text = self.joined(sentences);
        (!text.is_empty()).then(|| Block::Paragraph(Plain::new(text)))
    }

    /// A list in a sentence: `a、bとc`, `a, b and c`.
    pub(super) fn listed(&self, items: &[String]) -> String {
        let and = self.language().pick("と", " and ");
        match items.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, rest)) => format!("{}{and}{last}", rest.join(self.writer.words.comma)),
            None => String::new(),
        }
    }

    /// What a finding explains, where the mail has it.
    pub(super) fn explained(&self, id: &str) -> Option<String> {
        let finding = self.finding(id)?;
        Some(self.writer.line(&finding.explanation).as_str().to_owned())
    }

    pub(super) fn finding(&self, id: &str) -> Option<&'c FindingRecord> {
        self.mail.findings.iter().find(|finding| finding.id == id)
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.finding(id).is_some()
    }

    /// Whom the mail imitates, or whose genuine mail it is.
    pub(super) fn brand_name(&self) -> Option<&'c str> {
        let named = self.mail.impersonation.as_ref().map(|whom| whom.name.as_str());
        let worn = || self.worst_landing()?.brand.as_ref().map(|brand| brand.name.as_str());
        named.or_else(worn)
    }

    /// The entry of whom it imitates.
    pub(super) fn brand(&self) -> Option<&'c Brand> {
        let named = self.mail.impersonation.as_ref().and_then(|whom| whom.brand.as_deref());
        let worn = || self.worst_landing()?.brand.as_ref().map(|brand| brand.id.as_str());
        self.knowledge.brand(named.or_else(worn)?)
    }

    /// The domains of whom it imitates that a sentence has room for.
    pub(super) fn official(&self) -> Option<String> {
        let domains = &self.mail.impersonation.as_ref()?.official_domains;
        let shown: Vec<String> = domains.iter().take(DOMAINS).cloned().collect();
        let more = if domains.len() > DOMAINS { self.language().pick("など", " and others") } else { "" };
        (!shown.is_empty()).then(|| format!("{}{more}", shown.join(self.writer.words.comma)))
    }

    pub(super) fn is_official(&self, host: &str) -> bool {
        let whom = self.mail.impersonation.as_ref();
        whom.is_some_and(|whom| whom.official_domains.iter().any(|own| is_within(host, own)))
    }

    /// The page that matters most: of the worst kind, the first.
    pub(super) fn worst_landing(&self) -> Option<&'c LandingRecord> {
        self.mail.landing.iter().min_by_key(|landing| landing.kind as usize)
    }

    /// A page that asks for secrets and is not its brand's own.
    pub(super) fn trap(&self) -> Option<&'c LandingRecord> {
        let is_trap = |landing: &&LandingRecord| {
            let asks = matches!(
                landing.kind,
                LandingKind::FakeLogin | LandingKind::CredentialForm | LandingKind::PaymentForm
            );
            asks && !landing.is_brands_own && self.class().is_unwanted()
        };
        self.mail.landing.iter().find(is_trap)
    }

    /// The links that a reader can press, one a target.
    pub(super) fn links(&self) -> Vec<&'c LinkRecord> {
        use crate::mail::link::Source;
        let pressed = |link: &&LinkRecord| {
            link.host.is_some()
                && matches!(
                    link.source,
                    Source::Html
                        | Source::Area
                        | Source::Text
                        | Source::Form
                        | Source::MetaRefresh
                        | Source::QrCode
                )
        };
        let mut links: Vec<&LinkRecord> = Vec::new();
        for link in self.mail.mail.links.iter().filter(pressed) {
            if !links.iter().any(|known| known.url == link.url) {
                links.push(link);
            }
        }
        links
    }

    /// The link that the article is about: where a page was visited that one's, else the first that leads away from the brand.
    pub(super) fn main_link(&self) -> Option<&'c LinkRecord> {
        let links = self.links();
        let visited = self.trap().or(self.worst_landing());
        let visited = visited.and_then(|landing| landing.links.first());
        let visited = visited.and_then(|at| self.mail.mail.links.get(*at)).filter(|link| link.host.is_some());
        let away = || {
            links
                .iter()
                .find(|link| !link.host.as_deref().is_some_and(|host| self.is_official(host)))
                .copied()
        };
        visited.or_else(away).or_else(|| links.first().copied())
    }

    /// Where an address is by the table, as a sentence says it.
    pub(super) fn place(&self, ip: IpAddr) -> Option<(String, &Place)> {
        let (place, _) = self.ledger.place(ip).found()?;
        let name = match (self.language(), place.country.as_deref()) {
            // Tables name regions and towns in Latin letters.
            (Language::Ja, Some(code)) if place.city.is_some() || place.region.is_some() => {
                let mut parts =
                    [place.region.clone(), place.city.clone()].map(Option::unwrap_or_default).to_vec();
                parts.retain(|part| !part.is_empty());
                parts.dedup();
                format!("{}({})", country(self.language(), code), parts.join("、"))
            }
            _ => place_name(self.writer, place),
        };
        (!name.is_empty()).then_some((name, place))
    }

    /// Who lends out an address.
    pub(super) fn holder(&self, ip: IpAddr) -> Option<String> {
        let network = self.ledger.network(ip).found();
        let registered = network.and_then(|(found, _)| found.holder.clone().or_else(|| found.name.clone()));
        let announced = || self.ledger.place(ip).found().and_then(|(place, _)| place.system_holder.clone());
        registered.or_else(announced).filter(|holder| !holder.is_empty() && holder != RESERVED)
    }

    /// A day as people write it: 2025年1月15日, 15 January 2025.
    pub(super) fn day(&self, rfc3339: &str) -> String {
        moment::day(self.language(), rfc3339)
    }

    /// When something was asked.
    pub(super) fn asked(&self, evidence: &Evidence) -> String {
        evidence.asked_at.as_deref().map_or_else(String::new, |at| self.day(at))
    }
}
