//! Title, what came, the verdict in one breath, and the mail.

use super::teller::Teller;
use super::{Beside, section};
use crate::publish::letter;
use crate::publish::mail_picture::unstamped;
use crate::publish::moment::{arrived, observed};
use crate::publish::outcome;
use crate::publish::plain::steers;
use crate::publish::words::article::opening::*;
use crate::report::{Block, Content, Figure, Notice, Plain, Section};
use crate::verdict::Class;

/// The longest subject in a title, in characters.
const TITLE: usize = 60;
/// How much of the text an article quotes, in characters.
const QUOTED: usize = 3_000;
/// How much of the text stands for its picture.
const ALT: usize = 120;

/// The subject as its sender wrote it, without what filters put before it.
fn subject<'c>(teller: &Teller<'c>) -> &'c str {
    unstamped(teller.mail, teller.mail.mail.subject.as_deref().unwrap_or_default())
}

fn has_subject(teller: &Teller<'_>) -> bool {
    !subject(teller).is_empty()
}

fn shown_subject(teller: &Teller<'_>) -> String {
    if has_subject(teller) { subject(teller).to_owned() } else { teller.tell(NO_SUBJECT) }
}

pub(super) fn title(teller: &Teller<'_>) -> Plain {
    let subject = teller.writer.line(&shown_subject(teller));
    let short = match subject.as_str().char_indices().nth(TITLE) {
        Some((at, _)) => format!("{}…", subject.as_str().get(..at).unwrap_or_default()),
        None => subject.as_str().to_owned(),
    };
    let brand = teller.brand_name().map(|name| teller.writer.line(name));
    let values = [("subject", short.as_str()), ("brand", brand.as_ref().map_or("", Plain::as_str))];
    Plain::new(
        crate::publish::words::article::opening::title(teller.class(), brand.is_some())
            .fill(teller.language(), &values),
    )
}

/// For lists and cards.
pub(super) fn description(teller: &Teller<'_>) -> Plain {
    let mut sentences = came(teller);
    sentences.push(teller.writer.line(&teller.mail.verdict.summary).as_str().to_owned());
    Plain::new(teller.joined(&sentences))
}

/// What came, and what it is.
pub(super) fn lead(teller: &Teller<'_>) -> Section {
    let carried = teller.is_carried.then(|| teller.tell(CARRIED));
    let opening: Vec<String> = came(teller).into_iter().chain(carried).collect();
    let (_, tone) = outcome::class(teller.writer, teller.class());
    let breath = teller.joined(&verdict_and_why(teller));
    let notice = Notice { tone, paragraphs: vec![Plain::new(breath), teller.title(at_once(teller.class()))] };
    let blocks = teller.paragraph(&opening).into_iter().chain([Block::Notice(notice)]).collect();
    section("lead", Plain::default(), blocks)
}

fn came(teller: &Teller<'_>) -> Vec<String> {
    let day = arrived(teller.mail).map(|at| teller.day(at));
    let when = match &day {
        Some(day) if observed(teller.mail).is_some() => teller.say(ON, &[("day", day)]),
        Some(day) => teller.say(DATED, &[("day", day)]),
        None => teller.tell(ONCE),
    };
    let undated = day.is_none().then(|| teller.tell(UNDATED));
    [Some(came_from(teller, &when)), undated].into_iter().flatten().collect()
}

fn came_from(teller: &Teller<'_>, when: &str) -> String {
    let mail = &teller.mail.mail;
    let name = mail.from.as_ref().and_then(|from| from.display_name.as_deref()).map(str::trim);
    let name = name.filter(|name| name.chars().any(|letter| !is_unseen(letter)));
    let address = mail.from.as_ref().and_then(|from| from.address.as_deref());
    let subject = shown_subject(teller);
    let values = [
        ("when", when),
        ("name", name.unwrap_or_default()),
        ("address", address.unwrap_or_default()),
        ("subject", &subject),
    ];
    if !has_subject(teller) {
        let from = match (name, address) {
            (Some(_), _) => teller.say(SOMEBODY_NAMED, &values),
            (None, Some(_)) => teller.say(SOMEBODY_AT, &values),
            (None, None) => teller.tell(NOBODY),
        };
        return CAME_WITHOUT_SUBJECT.fill(teller.language(), &[("when", when), ("from", &from)]);
    }
    teller.say(
        match (name, address) {
            (Some(_), _) => CAME_NAMED,
            (None, Some(_)) => CAME_FROM,
            (None, None) => CAME_UNNAMED,
        },
        &values,
    )
}

/// A letter that shows nothing: a name of these alone is none.
fn is_unseen(letter: char) -> bool {
    letter.is_whitespace() || steers(letter)
}

/// What it is, and the one thing that shows it best.
fn verdict_and_why(teller: &Teller<'_>) -> Vec<String> {
    let class = teller.class();
    let brand = teller.brand_name();
    let mut sentences =
        vec![teller.say(verdict(class, brand.is_some()), &[("brand", brand.unwrap_or_default())])];
    if matches!(class, Class::Phishing | Class::Fraud | Class::Prank) {
        sentences.extend(why(teller));
    }
    sentences
}

fn why(teller: &Teller<'_>) -> Option<String> {
    if let Some(trap) = teller.trap() {
        let asks = super::wants::asks(teller, trap);
        if !asks.is_empty() {
            return Some(teller.say(LANDED_FAKE, &[("asks", &asks)]));
        }
    }
    let brand = teller.brand_name()?;
    teller.mail.impersonation.as_ref()?;
    let from = teller.mail.mail.from.as_ref().and_then(|from| from.domain.as_deref());
    let from = from.filter(|domain| !teller.is_official(domain));
    let link = teller.main_link().and_then(|link| link.host.as_deref());
    let link = link.filter(|host| !teller.is_official(host));
    let values = [("brand", brand), ("from", from.unwrap_or_default()), ("host", link.unwrap_or_default())];
    let sentence = match (from, link) {
        (Some(_), Some(_)) => BOTH_FOREIGN,
        (Some(_), None) => SENDER_FOREIGN,
        (None, Some(_)) => LINK_FOREIGN,
        (None, None) => return None,
    };
    Some(teller.say(sentence, &values))
}

/// The mail as a picture where there is one, else its words.
pub(super) fn letter(teller: &Teller<'_>, beside: &Beside) -> Section {
    let file = format!("mail.{}.webp", teller.language().tag());
    let mut blocks = Vec::new();
    if beside.has(&file) {
        blocks.extend(teller.paragraph(&[teller.tell(LETTER_PICTURE)]));
        blocks.push(Block::Figure(picture(teller, file)));
    } else {
        blocks.extend(teller.paragraph(&[teller.tell(LETTER_TEXT)]));
        blocks.push(Block::Facts(letter::head(teller.writer, teller.mail)));
        let label = teller.title(LETTER_LABEL);
        blocks.push(letter::quoted(teller.writer, teller.mail, label, QUOTED));
    }
    let stamps = teller.mail.mail.subject_stamps.join(" ");
    if !stamps.is_empty() {
        blocks.extend(teller.paragraph(&[teller.say(STAMPED, &[("stamp", &stamps)])]));
    }
    section("letter", teller.title(LETTER), blocks)
}

fn picture(teller: &Teller<'_>, file: String) -> Figure {
    let mail = &teller.mail.mail;
    let from = mail.from.as_ref().map(|from| teller.writer.mailbox(from)).unwrap_or_default();
    let text: String = mail.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = teller.writer.line(&text);
    let head: String = text.as_str().chars().take(ALT).collect();
    let (from, subject) = (teller.writer.line(&from), teller.writer.line(&shown_subject(teller)));
    let values = [("from", from.as_str()), ("subject", subject.as_str()), ("text", head.as_str())];
    let alt = if from.as_str().is_empty() { LETTER_ALT_UNNAMED } else { LETTER_ALT };
    Figure {
        file,
        content: Content::Elsewhere,
        alt: Plain::new(alt.fill(teller.language(), &values)),
        caption: teller.title(LETTER_CAPTION),
        frame: None,
    }
}
