//! What a case can be published as.

use anstream::adapter::strip_str;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use fuwake_core::case::{Case, Language};
use fuwake_core::publish::{Release, publish};
use fuwake_report::{Format, Layout, render};

use super::{Publication, Work};

/// A kind of publication.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// The whole report, one a language.
    Report(Format),
}

impl Kind {
    /// All, by the names that `--as` takes.
    pub(crate) fn parser() -> impl TypedValueParser<Value = Self> {
        let names = Format::ALL.iter().map(|format| format.name);
        PossibleValuesParser::new(names).try_map(|name| Self::named(&name).ok_or("no such kind"))
    }

    fn named(name: &str) -> Option<Self> {
        Format::named(name).map(Self::Report)
    }

    /// As `--as` names it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Report(format) => format.name,
        }
    }

    /// Its files.
    pub(super) fn make(self, work: &Work<'_>) -> anyhow::Result<Vec<Publication>> {
        match self {
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
