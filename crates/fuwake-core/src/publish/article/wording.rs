//! What is odd in the subject and the text, in the order in which it is read.

use super::teller::Teller;
use crate::case::FindingRecord;
use crate::publish::words::article::opening::{
    BY_CHANCE, MORE, PLAIN_WORDING, SUBJECT_FIRST, TEXT_ALONE, THEN_TEXT, WEAK_WORDING, WELL_WRITTEN, WORDING,
};
use crate::report::{Block, Section};
use crate::span::Because;

/// How many oddities an article tells of, and how many a paragraph bears.
const TOLD: usize = 9;
const PARAGRAPH: usize = 3;
/// The groups of findings about what is written.
const GROUPS: [&str; 2] = ["wording", "message"];
/// Of other groups: what stands in the subject or the sender's name.
const SEEN_FIRST: [&str; 11] = [
    "brand-name-disguised",
    "brand-name-misspelt",
    "brands-contradict",
    "display-name-decorated",
    "display-name-is-a-notice",
    "display-name-is-subject",
    "display-name-with-pictures",
    "display-name-with-serial",
    "other-companys-template",
    "recipient-in-subject",
    "recipient-named-as-sender",
];
/// Told elsewhere in the article.
const ELSEWHERE: [&str; 4] = ["stamped-as-spam", "tracking-pixel", "list-mail", "filter-called-it-unwanted"];

/// Where something stands, in reading order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stands {
    /// In the header, as it is seen before the mail is opened.
    Before(usize),
    /// In the text.
    Inside(usize),
}

pub(super) fn is_about_words(finding: &FindingRecord) -> bool {
    let about = GROUPS.contains(&finding.group.as_str()) || SEEN_FIRST.contains(&finding.id.as_str());
    about && !ELSEWHERE.contains(&finding.id.as_str())
}

pub(super) fn section(teller: &Teller<'_>) -> Section {
    let odd = odd(teller);
    let unwanted = teller.class().is_unwanted();
    let mut blocks = Vec::new();
    if odd.is_empty() {
        let sentence = if unwanted { WELL_WRITTEN } else { PLAIN_WORDING };
        blocks.extend(teller.paragraph(&[teller.tell(sentence)]));
        return super::section("wording", teller.title(WORDING), blocks);
    }
    if !unwanted {
        blocks.extend(teller.paragraph(&[teller.tell(WEAK_WORDING)]));
    }
    let (before, inside): (Vec<_>, Vec<_>) =
        odd.into_iter().partition(|(stands, _)| matches!(stands, Stands::Before(_)));
    let count = before.len() + inside.len();
    let both = !before.is_empty() && !inside.is_empty();
    if !before.is_empty() {
        let lead = teller.tell(SUBJECT_FIRST);
        blocks.extend(woven(teller, unwanted.then_some(&*lead), &before));
    }
    if !inside.is_empty() {
        let lead = teller.tell(if both { THEN_TEXT } else { TEXT_ALONE });
        blocks.extend(woven(teller, unwanted.then_some(&*lead), &inside));
    }
    if unwanted && count >= 4 {
        blocks.extend(teller.paragraph(&[teller.tell(BY_CHANCE)]));
    }
    super::section("wording", teller.title(WORDING), blocks)
}

/// The strongest oddities, in reading order.
fn odd<'c>(teller: &Teller<'c>) -> Vec<(Stands, &'c FindingRecord)> {
    let about = teller.mail.findings.iter().filter(|finding| finding.weight > 0.0 && is_about_words(finding));
    let mut strongest: Vec<&FindingRecord> = about.collect();
    strongest.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let mut strongest = once(strongest);
    strongest.truncate(TOLD);
    let mut placed: Vec<(Stands, &FindingRecord)> =
        strongest.into_iter().map(|finding| (stands(teller, finding), finding)).collect();
    placed.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.id.cmp(&b.1.id)));
    placed
}

/// Without weaker ones that quote the words of a stronger one: a reader would think them said twice.
fn once(strongest: Vec<&FindingRecord>) -> Vec<&FindingRecord> {
    let mut told: Vec<&FindingRecord> = Vec::new();
    for finding in strongest {
        let quoted = quotations(finding);
        let is_told =
            |ground: &&Because| told.iter().any(|of| quotations(of).any(|one| one.overlaps(ground)));
        if quoted.clone().next().is_none() || !quoted.clone().all(|ground| is_told(&ground)) {
            told.push(finding);
        }
    }
    told
}

/// Where the words of the text stand that a finding quotes.
fn quotations(finding: &FindingRecord) -> impl Iterator<Item = &Because> + Clone {
    finding
        .because
        .iter()
        .map(|ground| &ground.because)
        .filter(|ground| matches!(ground, Because::Text { .. }))
}

fn stands(teller: &Teller<'_>, finding: &FindingRecord) -> Stands {
    let places = finding.because.iter().filter_map(|ground| match &ground.because {
        Because::Bytes { bytes } if bytes.start < teller.mail.mail.header_size => {
            Some(Stands::Before(bytes.start))
        }
        Because::Bytes { bytes } => Some(Stands::Inside(bytes.start)),
        Because::Text { text, .. } => Some(Stands::Inside(text.start)),
        Because::Evidence { .. } => None,
    });
    places.min().unwrap_or(Stands::Inside(usize::MAX))
}

/// Paragraphs of a few explanations each, with words between them.
fn woven(teller: &Teller<'_>, lead: Option<&str>, odd: &[(Stands, &FindingRecord)]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut quoted = 0;
    for (at, few) in odd.chunks(PARAGRAPH).enumerate() {
        let mut sentences: Vec<String> = match at {
            0 => lead.map(str::to_owned).into_iter().collect(),
            _ if few.len() > 1 => vec![teller.tell(MORE)],
            _ => Vec::new(),
        };
        for (nth, (_, finding)) in few.iter().enumerate() {
            let explanation = teller.writer.line(&finding.explanation);
            let joint = joint(teller, at, nth, few.len());
            sentences.push(varied(format!("{joint}{explanation}"), &mut quoted));
        }
        blocks.extend(teller.paragraph(&sentences));
    }
    blocks
}

/// Explanations in English quote the mail by “It says …”, each for itself; one after the other they are joined in other words.
fn varied(sentence: String, quoted: &mut usize) -> String {
    const SAYS: [&str; 4] = ["It says", "It also says", "Then it says", "Further on it says"];
    let Some(rest) = sentence.strip_prefix(SAYS[0]) else { return sentence };
    let says = SAYS[if *quoted < SAYS.len() { *quoted } else { 1 }];
    *quoted += 1;
    format!("{says}{rest}")
}

/// What joins a sentence to the one before it.
fn joint(teller: &Teller<'_>, paragraph: usize, nth: usize, of: usize) -> &'static str {
    const JA: [&str; 4] = ["また、", "さらに、", "加えて、", "そのうえ、"];
    match (nth, of) {
        (0, 1) if paragraph > 0 => teller.language().pick("もう一つ、", ""),
        (0, _) => "",
        _ => {
            let at = (paragraph * 2 + nth - 1) % JA.len();
            teller.language().pick(JA.get(at).copied().unwrap_or_default(), "")
        }
    }
}
