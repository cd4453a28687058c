//! An article on a case: what a careful person would write about it, in the order in which readers know such articles. Each room writes
//! one part; every value from the mail goes through the [`Writer`].

mod checking;
mod closing;
mod harm;
mod landing;
mod law;
mod opening;
mod path;
mod remarks;
mod sender;
mod teller;
mod wants;
mod wording;

use super::moment::arrived;
use super::writer::Writer;
use super::{Release, colophon, slug};
use crate::case::{Case, Language, worst};
use crate::knowledge::Knowledge;
use crate::report::{Article, FrontMatter, Section};
use teller::Teller;

/// What lies beside an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// The author's own remarks, Markdown.
    pub notes: Option<String>,
    /// The names of pictures that others make: `mail.ja.webp`, `card.ja.png`.
    pub pictures: Vec<String>,
}

impl Beside {
    fn has(&self, file: &str) -> bool {
        self.pictures.iter().any(|known| known == file)
    }
}

/// Writes an article on the worst mail of a case.
#[must_use]
pub fn article(
    case: &Case,
    knowledge: &Knowledge,
    release: &Release,
    language: Language,
    beside: &Beside,
) -> Article {
    let writer = Writer::new(case, release, language);
    let mail = worst(&case.dissection);
    let teller = Teller::new(&writer, case, mail, knowledge);
    let sections = [
        Some(opening::letter(&teller, beside)),
        Some(wording::section(&teller)),
        Some(sender::section(&teller)),
        Some(path::section(&teller)),
        path::map(&teller),
        landing::section(&teller),
        landing::attachments(&teller),
        wants::section(&teller),
        harm::section(&teller),
        Some(checking::section(&teller)),
        law::section(&teller),
        closing::unknown(&teller),
        remarks::section(&teller, beside.notes.as_deref()),
        Some(closing::about(&teller)),
    ];
    Article {
        language,
        front: front(&teller, case, beside),
        lead: opening::lead(&teller),
        sections: sections.into_iter().flatten().filter(|section| !section.blocks.is_empty()).collect(),
        colophon: colophon(&writer, case),
    }
}

fn front(teller: &Teller<'_>, case: &Case, beside: &Beside) -> FrontMatter {
    let card = format!("card.{}.png", teller.language().tag());
    let class = teller.writer.words.name(teller.mail.verdict.class.name());
    let brand = teller.brand_name().map(|name| teller.writer.line(name));
    FrontMatter {
        title: opening::title(teller),
        description: opening::description(teller),
        date: arrived(teller.mail).map(str::to_owned),
        slug: slug(case),
        tags: [Some(teller.writer.word(class)), brand].into_iter().flatten().collect(),
        image: beside.has(&card).then_some(card),
    }
}

/// A section.
fn section(id: &'static str, title: crate::report::Plain, blocks: Vec<crate::report::Block>) -> Section {
    Section { id, title, blocks }
}
