//! The verdict, what it rests on, what is missing, and what to do.

use super::by_hand;
use super::moment::moment;
use super::writer::Writer;
use crate::by_hand::Site;
use crate::case::Dissection;
use crate::evidence::{Answer, Data, Evidence, Question};
use crate::report::{Block, Cell, Fact, Gauge, Section, Table, Tone, VerdictCard};
use crate::verdict::Class;

/// How many rows of a kind are shown.
const ROWS: usize = 60;

/// The verdict's card; `leads` where a carried mail heads the report.
pub(super) fn verdict(writer: &Writer, mail: &Dissection, leads: bool) -> VerdictCard {
    let words = writer.words;
    let verdict = &mail.verdict;
    let (class, tone) = class(writer, verdict.class);
    let level = match verdict.confidence {
        sure if sure >= 0.75 => words.confidences[2],
        sure if sure >= 0.4 => words.confidences[1],
        _ => words.confidences[0],
    };
    let notice = leads.then(|| writer.word(&format!("{} {}", words.carried.lead, words.carried.forwarder)));
    VerdictCard {
        label: writer.word(words.verdict),
        class: writer.word(class),
        tone,
        summary: writer.line(&verdict.summary),
        notice,
        score: gauge(writer, words.score, verdict.score, &percent(verdict.score)),
        confidence: gauge(
            writer,
            words.confidence,
            verdict.confidence,
            &format!("{level} ({})", percent(verdict.confidence)),
        ),
        facts: impersonation(writer, mail),
    }
}

/// A class in words, and how bad it is.
pub(super) fn class(writer: &Writer, class: Class) -> (&'static str, Tone) {
    let tone = match class {
        Class::Phishing | Class::Fraud | Class::Malware => Tone::Bad,
        Class::Spam | Class::Prank | Class::Simulation => Tone::Warning,
        Class::Legitimate => Tone::Good,
        Class::Undetermined => Tone::Neutral,
    };
    (writer.words.name(class.name()), tone)
}

fn gauge(writer: &Writer, label: &str, value: f32, text: &str) -> Gauge {
    Gauge { label: writer.word(label), value: value.clamp(0.0, 1.0), text: writer.word(text) }
}

/// Whole percents, but never "100 %" or "0 %": nothing is that certain.
fn percent(value: f32) -> String {
    match value * 100.0 {
        tiny if tiny < 1.0 => "< 1 %".to_owned(),
        huge if huge > 99.0 => "> 99 %".to_owned(),
        usual => format!("{usual:.0} %"),
    }
}

fn impersonation(writer: &Writer, mail: &Dissection) -> Vec<Fact> {
    let words = writer.words;
    let Some(impersonation) = &mail.impersonation else { return Vec::new() };
    let places: Vec<&str> = impersonation
        .claimed_in
        .iter()
        .map(|place| match place {
            crate::impersonation::Place::DisplayName => "display_name",
            crate::impersonation::Place::Subject => "subject",
            crate::impersonation::Place::LocalPart => "local_part",
            crate::impersonation::Place::FromDomain => "from_domain",
            crate::impersonation::Place::LinkHost => "link_host",
            crate::impersonation::Place::Text => "text",
            crate::impersonation::Place::Attachment => "attachment",
        })
        .map(|place| words.name(place))
        .collect();
    let mut facts = vec![writer.fact(words.impersonated, writer.prose(&impersonation.name))];
    let domains: Vec<&str> = impersonation.official_domains.iter().map(String::as_str).take(8).collect();
    if !domains.is_empty() {
        facts.push(writer.fact(words.official_domains, writer.code(&domains.join(words.comma))));
    }
    facts.push(writer.fact(words.claimed_in, writer.word_cell(&places.join(words.comma))));
    if !impersonation.also_claimed.is_empty() {
        let others = impersonation.also_claimed.join(words.comma);
        facts.push(writer.fact(words.also_impersonated, writer.prose(&others)));
    }
    facts
}

/// Everything after the mail itself.
pub(super) fn sections(writer: &Writer, mail: &Dissection) -> Vec<Section> {
    let words = writer.words;
    let section = |id, title, block| Section { id, title: writer.word(title), blocks: vec![block] };
    let advice =
        words.advice(mail.verdict.class.name()).iter().map(|point| writer.word_cell(point)).collect();
    let not_checked = Section {
        id: "not-checked",
        title: writer.word(words.sections.not_checked),
        blocks: not_checked(writer, mail),
    };
    let first = [
        section("defects", words.sections.defects, defects(writer, mail)),
        section("evidence", words.sections.evidence, evidence(writer, mail)),
        not_checked,
    ];
    let last = [
        section("responsible", words.sections.responsible, responsible(writer, mail)),
        section("advice", words.sections.advice, Block::List(advice)),
    ];
    first.into_iter().chain(by_hand::section(writer, mail)).chain(last).collect()
}

fn defects(writer: &Writer, mail: &Dissection) -> Block {
    let defects = &mail.mail.defects;
    if defects.is_empty() {
        return Block::Paragraph(writer.word(writer.words.rest.no_defects));
    }
    let mut facts: Vec<Fact> = Vec::new();
    for defect in defects.iter().take(ROWS) {
        let (sentence, has_detail) = writer.words.defect(defect.id).unwrap_or((defect.id, true));
        let label = writer.word(defect.id);
        let detail =
            has_detail.then(|| Cell { tone: Tone::Faint, ..writer.prose(&format!("({})", defect.detail)) });
        match facts.iter_mut().find(|fact| fact.label == label) {
            Some(known) => {
                let news: Vec<Cell> =
                    detail.into_iter().filter(|cell| !known.values.contains(cell)).collect();
                known.values.extend(news);
            }
            None => {
                let values = [writer.word_cell(sentence)].into_iter().chain(detail).collect();
                facts.push(Fact { label, values });
            }
        }
    }
    Block::Facts(facts)
}

fn evidence(writer: &Writer, mail: &Dissection) -> Block {
    let words = &writer.words.rest;
    if mail.evidence.is_empty() {
        return Block::Paragraph(writer.word(words.no_evidence));
    }
    let rows = mail.evidence.iter().take(ROWS).map(|evidence| {
        vec![
            question(writer, mail, evidence),
            answer(writer, evidence),
            writer.prose(source(writer, &evidence.source)),
            writer.word_cell(&evidence.asked_at.as_deref().map(moment).unwrap_or_default()),
            writer.code(&evidence.id),
        ]
    });
    let heads = [words.question, words.answer, words.source, words.asked_at, words.id];
    Block::Table(Table {
        caption: writer.word(words.evidence),
        columns: heads.iter().map(|head| writer.word(head)).collect(),
        rows: rows.collect(),
    })
}

/// What was asked, and of which attached file, name, address or link.
pub(super) fn question(writer: &Writer, mail: &Dissection, evidence: &Evidence) -> Cell {
    if let Question::Visit { url, profile, .. } = &evidence.question {
        return writer.prose(&super::landing::asked(writer, url, *profile));
    }
    let asked = kind(writer, &evidence.question);
    let blob = evidence.question.blob();
    let file = mail.mail.attachments.iter().find(|attachment| Some(attachment.sha256.as_str()) == blob);
    match (file.and_then(|file| file.name.as_deref()), about(&evidence.question)) {
        (Some(name), _) => Cell { text: writer.name(&format!("{asked} ({name})")), ..Cell::default() },
        (None, Some(about)) => writer.prose(&format!("{asked} ({about})")),
        (None, None) => writer.word_cell(asked),
    }
}

/// The name, address or link that a question is about.
pub(super) fn about(question: &Question) -> Option<String> {
    match question {
        Question::Dns { name, record } => Some(format!("{name} {}", record.name())),
        Question::Registration { domain } => Some(domain.clone()),
        Question::Network { ip } | Question::Place { ip } => Some(ip.to_string()),
        Question::AutonomousSystem { number } => Some(format!("AS{number}")),
        Question::Reputation { service, subject, .. } => {
            let service = Site::named(service).map_or(service.as_str(), |site| site.name);
            Some(format!("{service}: {}", subject.text()))
        }
        Question::Visit { url, .. } => Some(url.clone()),
        Question::ArchiveListing { .. }
        | Question::ArchiveContents { .. }
        | Question::FileContents { .. }
        | Question::OutlookMessage { .. }
        | Question::Authenticity { .. } => None,
        Question::EarlierCases { shared, .. } => Some(shared.text()),
    }
}

/// Who answered, by the name that people know.
fn source<'a>(writer: &Writer, id: &'a str) -> &'a str {
    // What could not be checked is named by the same word.
    if id == "dns" { "DNS" } else { writer.words.name(id) }
}

/// What was asked.
pub(super) fn kind(writer: &Writer, question: &Question) -> &'static str {
    let words = &writer.words.rest;
    match question {
        Question::ArchiveListing { .. } => words.archive_listing,
        Question::ArchiveContents { .. } => words.archive_contents,
        Question::FileContents { .. } => words.file_contents,
        Question::OutlookMessage { .. } => words.outlook_message,
        Question::Place { .. } => words.place,
        Question::EarlierCases { .. } => words.earlier_cases,
        Question::Dns { .. } => words.dns,
        Question::Registration { .. } => words.registration,
        Question::Network { .. } | Question::AutonomousSystem { .. } => words.network,
        Question::Reputation { .. } => words.reputation,
        Question::Authenticity { .. } => words.authenticity,
        Question::Visit { .. } => words.visit,
    }
}

fn answer(writer: &Writer, evidence: &Evidence) -> Cell {
    let words = &writer.words.rest;
    match &evidence.answer {
        Answer::Found { data } => match value(writer, data) {
            Some(value) => writer.prose(&value),
            None => writer.word_cell(words.found),
        },
        Answer::Absent { .. } => writer.word_cell(words.absent),
        Answer::Failed { why } => Cell {
            tone: Tone::Warning,
            ..writer.prose(&format!("{}: {}", words.failed, writer.words.reason(why)))
        },
        Answer::NotAsked { why } => Cell {
            tone: Tone::Faint,
            ..writer.prose(&format!("{}: {}", words.not_asked, writer.words.reason(why)))
        },
    }
}

/// The heart of what was found, where a line can hold it.
fn value(writer: &Writer, data: &Data) -> Option<String> {
    const LONGEST: usize = 200;
    let value = match data {
        Data::Records(found) => found.records.join(", "),
        Data::Registration(found) => {
            let registrant = writer.registrant(found);
            let parts = [registrant.as_deref(), found.registrar.as_deref(), found.registered.as_deref()];
            parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
        }
        Data::Network(found) => found.holder.clone().or_else(|| found.name.clone())?,
        Data::AutonomousSystem(found) => found.holder.clone().or_else(|| found.name.clone())?,
        Data::Place(found) => {
            let parts = [&found.city, &found.region, &found.country];
            parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(", ")
        }
        _ => return None,
    };
    let short: String = value.chars().take(LONGEST).collect();
    let cut = short.len() < value.len();
    (!short.is_empty()).then(|| if cut { short + "…" } else { short })
}

fn not_checked(writer: &Writer, mail: &Dissection) -> Vec<Block> {
    let words = writer.words;
    let open = &mail.verdict.not_checked;
    if open.is_empty() {
        return vec![Block::Paragraph(writer.word(words.rest.all_checked))];
    }
    let named = open.iter().take(ROWS).map(|what| {
        let asked = mail.evidence.iter().find(|evidence| evidence.id == *what);
        match asked {
            Some(evidence) => match super::landing::unseen(writer, evidence) {
                Some(why) => why,
                None => question(writer, mail, evidence),
            },
            None => writer.word_cell(words.name(what)),
        }
    });
    vec![Block::Paragraph(writer.word(words.rest.not_checked)), Block::List(named.collect())]
}

fn responsible(writer: &Writer, mail: &Dissection) -> Block {
    let words = &writer.words.rest;
    let responsible = &mail.verdict.responsible;
    let kind = serde_json::to_value(responsible.kind).ok();
    let kind = kind.as_ref().and_then(|kind| kind.as_str()).unwrap_or_default().to_owned();
    let mut values = vec![writer.word_cell(writer.words.name(&kind))];
    values.push(writer.prose(&responsible.explanation));
    let mut facts = vec![writer.facts(words.responsible, values)];
    facts.extend(writer.optional(words.whom, responsible.who.as_deref()));
    let told: Vec<Cell> = responsible
        .tell
        .iter()
        .map(|tell| {
            let contact = tell.contact.as_deref().map(|contact| format!(" <{contact}>")).unwrap_or_default();
            writer.prose(&format!("{}{contact}: {}", tell.who, tell.about))
        })
        .collect();
    facts.extend((!told.is_empty()).then(|| writer.facts(words.tell, told)));
    Block::Facts(facts)
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn nothing_is_certain() {
        assert_eq!(percent(0.9987), "> 99 %");
        assert_eq!(percent(0.0), "< 1 %");
        assert_eq!(percent(0.5), "50 %");
    }
}
