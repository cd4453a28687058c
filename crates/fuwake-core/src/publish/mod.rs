//! The only way from a [`Case`] to something that a person reads: words are chosen, people are masked, links are defanged, and
//! characters that steer or hide are written out.

mod article;
mod authenticity;
mod by_hand;
mod coded;
mod contents;
mod country;
mod cut;
mod defang;
mod edit;
mod findings;
mod hosts;
mod indicators;
mod landing;
mod letter;
mod lookup;
mod machine;
mod mail_picture;
mod map;
mod marks;
mod mask;
mod moment;
mod organisation;
mod outcome;
mod path;
mod plain;
mod private;
mod publication;
mod refang;
mod registrant;
mod release;
mod reputation;
mod secret;
mod sender;
mod spared;
mod told;
mod words;
mod writer;

pub use article::{Beside, article};
pub use indicators::indicators;
pub use lookup::publish_lookup;
pub use mail_picture::{card, mail_picture};
pub use plain::plain;
pub use publication::publication;
pub use refang::refang;
pub use release::{Audience, Release, Style};

use crate::case::{Case, Dissection, Inner, Language, worst};
use crate::mail::carried::CarriedAs;
use crate::report::{Block, Chapter, Fact, Plain, Report, Section};
pub use words::SiteWords;
use words::Words;
use writer::Writer;

/// What people call a country, by its ISO 3166-1 alpha-2 code.
#[must_use]
pub fn country_name(language: Language, code: &str) -> String {
    country::country(language, code)
}

/// What people call a class, a group or another name of the interface; the name itself where there is no word for it.
#[must_use]
pub fn name(language: Language, id: &str) -> &str {
    Words::of(language).name(id)
}

/// How many mails a report tells of.
const CHAPTERS: usize = 30;

/// Writes the report on a case.
#[must_use]
pub fn publish(case: &Case, release: &Release, language: Language) -> Report {
    let writer = Writer::new(case, release, language);
    let mut mails = Vec::new();
    gather(&case.dissection, None, &mut mails);
    let lead = worst(&case.dissection);
    // Not `sort`: the others keep their order.
    if let Some(at) = mails.iter().position(|(mail, _)| std::ptr::eq(*mail, lead)) {
        let worst = mails.remove(at);
        mails.insert(0, worst);
    }
    mails.truncate(CHAPTERS);
    let alone = mails.len() == 1;
    let chapters =
        mails.iter().enumerate().map(|(at, &(mail, how))| chapter(&writer, mail, how, at, alone)).collect();
    Report { language, title: writer.word(writer.words.title), chapters, colophon: colophon(&writer, case) }
}

/// What a list of mails shows of one.
#[derive(Clone, Debug)]
pub struct Headline {
    /// Its subject; empty where there is none.
    pub subject: Plain,
    /// The domain of From; empty where there is none.
    pub sender: Plain,
}

/// A mail in one line, masked and defanged as its report is.
#[must_use]
pub fn headline(case: &Case, release: &Release, language: Language) -> Headline {
    let writer = Writer::new(case, release, language);
    let mail = &case.dissection.mail;
    let domain = mail.from.as_ref().and_then(|from| from.domain.as_deref());
    Headline {
        subject: writer.line(mail.subject.as_deref().unwrap_or_default()),
        sender: writer.line(domain.unwrap_or_default()),
    }
}

/// What a case's publications are called, in file names and addresses: the day on which it came, whom the mail imitates or else its class, and the head of
/// its SHA-256. Only small letters, digits and hyphens; the same for every run.
#[must_use]
pub fn slug(case: &Case) -> String {
    let worst = worst(&case.dissection);
    let brand = worst.impersonation.as_ref().and_then(|whom| whom.brand.as_deref());
    let day = moment::arrived(worst).and_then(|at| at.get(..10)).unwrap_or("undated");
    let sha256 = case.dissection.mail.sha256.get(..8).unwrap_or_default();
    let name = format!("{day}-{}-{sha256}", brand.unwrap_or(worst.verdict.class.name()));
    name.chars().filter(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '-').collect()
}

/// A mail and the mails in it, in reading order, with how each is carried.
fn gather<'c>(
    mail: &'c Dissection,
    how: Option<CarriedAs>,
    mails: &mut Vec<(&'c Dissection, Option<CarriedAs>)>,
) {
    if mails.len() > CHAPTERS {
        return;
    }
    mails.push((mail, how));
    for Inner { carried_as, dissection, .. } in &mail.inner {
        gather(dissection, Some(*carried_as), mails);
    }
}

fn chapter(writer: &Writer, mail: &Dissection, how: Option<CarriedAs>, at: usize, alone: bool) -> Chapter {
    let words = writer.words;
    let role = match how {
        Some(how) => format!("{} ({})", words.carried.inner, words.name(carried_as(how))),
        None => words.carried.outer.to_owned(),
    };
    let leads = at == 0 && how.is_some();
    let role = (!alone).then(|| writer.word(&role));
    let anchor = format!("mail-{}", at + 1);
    if mail.brings_unwanted() && writer.hides_carriers() {
        return withheld(writer, mail, anchor, role);
    }
    let numbered = findings::numbered(mail);
    let mut sections = findings::sections(writer, mail, &numbered);
    sections.push(findings::sum(writer, mail));
    let label = letter::label(writer, (!alone).then_some(at + 1));
    sections.push(letter::section(writer, mail, &numbered, label));
    sections.extend(landing::section(writer, mail));
    sections.push(sender::section(writer, mail));
    sections.push(path::section(writer, mail));
    sections.extend(hosts::section(writer, mail));
    sections.push(sender::authentication(writer, mail));
    sections.push(findings::wording(writer, mail, &numbered));
    sections.push(contents::links(writer, mail));
    sections.push(contents::attachments(writer, mail));
    sections.extend(contents::carried(writer, mail));
    sections.extend(outcome::sections(writer, mail));
    Chapter {
        anchor,
        role,
        heading: match &mail.mail.subject {
            Some(subject) if !subject.trim().is_empty() => writer.line(subject),
            _ => writer.word(words.without_subject),
        },
        verdict: Some(outcome::verdict(writer, mail, leads)),
        sections,
    }
}

/// A mail that only brought the one that matters: its text, signature and servers tell who handed it on.
fn withheld(writer: &Writer, mail: &Dissection, anchor: String, role: Option<Plain>) -> Chapter {
    let words = &writer.words.carried;
    let why = Section {
        id: "withheld",
        title: writer.word(writer.words.sections.letter),
        blocks: vec![Block::Paragraph(writer.word(words.why_withheld))],
    };
    Chapter {
        anchor,
        role,
        heading: writer.word(words.withheld),
        verdict: None,
        sections: [Some(why), contents::carried(writer, mail)].into_iter().flatten().collect(),
    }
}

const fn carried_as(how: CarriedAs) -> &'static str {
    match how {
        CarriedAs::Message => "message-carried",
        CarriedAs::OutlookMessage => "outlook-message",
        CarriedAs::InlineForward => "inline-forward",
        CarriedAs::Returned => "returned",
    }
}

fn colophon(writer: &Writer, case: &Case) -> Vec<Fact> {
    let words: &Words = writer.words;
    let mail = &case.dissection.mail;
    let size = format!("{} {}", mail.size, words.attachments.bytes);
    vec![
        writer.fact(words.rest.tool, writer.word_cell(&format!("{} {}", case.tool.name, case.tool.version))),
        writer.fact(words.rest.knowledge, writer.word_cell(&case.tool.knowledge)),
        writer.fact(words.rest.mail, writer.code(&mail.sha256)),
        writer.fact(words.attachments.size, writer.word_cell(&size)),
        writer.fact(words.rest.masked, writer.word_cell(words.rest.masking)),
    ]
}
