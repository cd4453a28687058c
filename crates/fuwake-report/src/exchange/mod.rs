//! What other programs and those who can act are given. Each makes files of one and the same [`Indicators`], in which people are masked
//! and nothing is defanged. A new one is a file here and a line in [`Exchange::ALL`].

mod arf;
pub mod blocklist;
mod copy;
mod hand_in;
mod ids;
mod indicators;
mod letters;
mod message;
mod misp;
mod stix;
mod xarf;

use fuwake_core::indicators::Indicators;

/// Who hands something in: the operator, by his configuration.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reporter {
    /// His organisation's name, or his own.
    pub organisation: String,
    /// Where he can be reached by mail.
    pub address: String,
}

/// What files are made of.
#[derive(Clone, Copy, Debug)]
pub struct Request<'r> {
    /// The case.
    pub indicators: &'r Indicators,
    /// Who hands it in, where the configuration says so.
    pub reporter: Option<&'r Reporter>,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name: nothing that a mail says.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// Whom it is to be sent to, where it is a message.
    pub to: Option<String>,
}

impl File {
    fn text(name: &str, text: String) -> Self {
        Self { name: name.to_owned(), bytes: text.into_bytes(), to: None }
    }
}

/// Why there is nothing to hand over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Nothing {
    /// Nobody is named as sender.
    #[error("the configuration names nobody who reports: [publish.reporter] organisation, address")]
    NoReporter,
    /// No registry named a place that takes reports, or there is nothing to report.
    #[error(
        "nobody is known who takes reports about this mail: judge it with --reach passive or active first"
    )]
    NoDesk,
    /// It is not what this place takes.
    #[error("this place does not take such mails")]
    NotTaken,
}

/// A format for others.
#[derive(Clone, Copy)]
pub struct Exchange {
    /// As `--as` names it.
    pub name: &'static str,
    /// It is handed to somebody who can act, who needs whole links.
    pub is_handed_in: bool,
    make: fn(Request<'_>) -> Result<Vec<File>, Nothing>,
}

impl Exchange {
    /// All, by name.
    pub const ALL: &'static [Self] = &[
        Self::handed_in("anti-spam-center", hand_in::center),
        Self::handed_in("antiphishing-council", hand_in::council),
        Self::handed_in("arf", arf::reports),
        Self::of("csv", |request| one("indicators.csv", blocklist::csv(request.indicators))),
        Self::of("hosts", |request| one("hosts.txt", blocklist::hosts(request.indicators))),
        Self::of("indicators", |request| one("indicators.json", indicators::json(request.indicators))),
        Self::of("misp", |request| one("misp.json", misp::event(request))),
        Self::of("rpz", |request| one("rpz.zone", blocklist::rpz(request.indicators))),
        Self::of("stix", |request| one("stix.json", stix::bundle(request))),
        Self::handed_in("xarf", xarf::reports),
    ];

    const fn of(name: &'static str, make: fn(Request<'_>) -> Result<Vec<File>, Nothing>) -> Self {
        Self { name, is_handed_in: false, make }
    }

    const fn handed_in(name: &'static str, make: fn(Request<'_>) -> Result<Vec<File>, Nothing>) -> Self {
        Self { name, is_handed_in: true, make }
    }

    /// The format of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|exchange| exchange.name == name).copied()
    }

    /// Its files.
    ///
    /// # Errors
    /// Where there is nothing to hand over.
    pub fn files(self, request: Request<'_>) -> Result<Vec<File>, Nothing> {
        (self.make)(request)
    }
}

impl std::fmt::Debug for Exchange {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name)
    }
}

fn one(name: &str, text: String) -> Result<Vec<File>, Nothing> {
    Ok(vec![File::text(name, text)])
}

/// JSON as files hold it: indented, with a line end.
fn pretty(value: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

/// A time as mails write it (RFC 5322 section 3.3).
fn rfc5322(utc: &str) -> Option<String> {
    use time::format_description::well_known::{Rfc2822, Rfc3339};
    time::OffsetDateTime::parse(utc, &Rfc3339).ok()?.format(&Rfc2822).ok()
}
