//! `fuwake brand capture`: visits a brand's genuine page and keeps how it looks in the operator's own folder. Nothing of it is shipped.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use fuwake_core::evidence::Ledger;
use fuwake_core::inquiry::Observables;
use fuwake_core::knowledge::{Knowledge, Reference};
use fuwake_core::landing::reference;
use fuwake_probes::ledger_file::Recording;

use crate::answerer::Answerer;
use crate::cli::{VisitAs, Visiting};
use crate::config::Config;

/// What is captured.
#[derive(Debug)]
pub(crate) struct Asked<'a> {
    /// The brand's id.
    pub(crate) brand: &'a str,
    /// The page.
    pub(crate) url: &'a str,
    /// As whom it is visited.
    pub(crate) visit_as: VisitAs,
    /// The ledger that answers instead of the page.
    pub(crate) replay: Option<&'a Path>,
}

/// Visits the page, or takes what a ledger says of it, and writes `references/<brand>-<number>.toml`.
pub(crate) fn capture(
    asked: &Asked<'_>,
    folder: &Path,
    config: &Config,
    knowledge: &Knowledge,
) -> anyhow::Result<PathBuf> {
    let Asked { brand, url, .. } = asked;
    ensure!(knowledge.brand(brand).is_some(), "there is no brand {brand:?}; see `fuwake brand list`");
    ensure!(is_of(url, brand, knowledge), "{url:?} is not on a domain of {brand}");
    let seen = seen(asked, config, knowledge)?;
    ensure!(is_of(&seen.url, brand, knowledge), "the page led to {:?}, which is not {brand}'s", seen.url);
    let file = free(&folder.join("references"), brand)?;
    let mut table = toml::Table::try_from(&seen)?;
    // The file's name says it.
    table.remove("id");
    fs::write(&file, table.to_string()).with_context(|| format!("cannot write {}", file.display()))?;
    Ok(file)
}

fn is_of(url: &str, brand: &str, knowledge: &Knowledge) -> bool {
    let hosts = Observables::of_url(url, knowledge).hosts;
    hosts.first().and_then(|host| knowledge.owner(&host.name)).is_some_and(|owner| owner.id == brand)
}

fn seen(asked: &Asked<'_>, config: &Config, knowledge: &Knowledge) -> anyhow::Result<Reference> {
    let answerer = match asked.replay {
        Some(file) => Answerer::Recorded(Recording::read(file).context("cannot replay")?),
        None => visiting(asked.visit_as, config, knowledge)?,
    };
    let observables = Observables::of_url(asked.url, knowledge);
    let ledger = answerer.inquire_about(&observables, knowledge, Ledger::default());
    let (visit, evidence) = ledger.visits().next().context("the page could not be visited")?;
    Ok(reference(asked.brand, visit, knowledge, evidence.asked_at.as_deref())?)
}

fn visiting(visit_as: VisitAs, config: &Config, knowledge: &Knowledge) -> anyhow::Result<Answerer> {
    let visiting = Visiting { visit_genuine: true, visit_as: vec![visit_as], ..Visiting::default() };
    let mut settings = config.settings()?;
    settings.visits = Some(config.visits(&visiting, knowledge)?);
    Answerer::world(&settings, config.tables(), None)
}

/// The first number that no file has.
fn free(folder: &Path, brand: &str) -> anyhow::Result<PathBuf> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let mut files = (1..).map(|number: u32| folder.join(format!("{brand}-{number}.toml")));
    files.find(|file| !file.exists()).context("no free number")
}
