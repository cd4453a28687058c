//! What a case can be published as.

use anstream::adapter::strip_str;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use fuwake_core::case::{Case, Language};
use fuwake_core::publish::{Audience, Release, publish};
use fuwake_report::{Exchange, Format, Layout, render};

use super::{Publication, Work, article, exchange};

/// A kind of publication.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// What a person would write about it, one a language, with its pictures.
    Article,
    /// The whole report, one a language.
    Report(Format),
    /// The same on paper.
    Pdf,
    /// The mail as a picture, and a card for where others link to an article.
    Pictures,
    /// For other programs, or for those who can act.
    Exchange(Exchange),
}

impl Kind {
    /// All, by the names that `--as` takes.
    pub(crate) fn parser() -> impl TypedValueParser<Value = Self> {
        let exchanges = Exchange::ALL.iter().map(|exchange| exchange.name);
        let names = Format::ALL
            .iter()
            .map(|format| format.name)
            .chain(["article", "pdf", "pictures"])
            .chain(exchanges);
        PossibleValuesParser::new(names).try_map(|name| Self::named(&name).ok_or("no such kind"))
    }

    fn named(name: &str) -> Option<Self> {
        match name {
            "article" => Some(Self::Article),
            "pdf" => Some(Self::Pdf),
            "pictures" => Some(Self::Pictures),
            name => {
                let exchange = || Exchange::named(name).map(Self::Exchange);
                Format::named(name).map(Self::Report).or_else(exchange)
            }
        }
    }

    /// As `--as` names it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Report(format) => format.name,
            Self::Pdf => "pdf",
            Self::Pictures => "pictures",
            Self::Exchange(exchange) => exchange.name,
        }
    }

    /// Whether what is made for an audience may be shown to everybody.
    pub(super) fn is_for_all(self, audience: Audience) -> bool {
        let is_handed_in = matches!(self, Self::Exchange(exchange) if exchange.is_handed_in);
        audience == Audience::Public && !is_handed_in
    }

    /// Its files.
    pub(super) fn make(self, work: &Work<'_>) -> anyhow::Result<Vec<Publication>> {
        match self {
            Self::Article => article::make(work),
            Self::Pdf => work.tools.drawing()?.reports(work),
            Self::Pictures => work.tools.drawing()?.pictures(work),
            Self::Exchange(exchange) => Ok(exchange::make(work, exchange)),
            Self::Report(format) => {
                Ok(work.each(|language, case| report(case, format, language, work.release)))
            }
        }
    }
}

fn report(case: &Case, format: Format, language: Language, release: &Release) -> Publication {
    let text = render(&publish(case, release, language), format, Layout::default());
    let name = format!("report.{}.{}", language.tag(), format.extension);
    // In a file the colours of a terminal have no place.
    Publication { name, bytes: strip_str(&text).to_string().into_bytes() }
}
