//! `fuwake host` and `fuwake url`: the world's answers about one name, address or link.

use std::net::IpAddr;

use anyhow::{Context, bail};
use fuwake_core::case::{Input, Lookup, Tool};
use fuwake_core::evidence::Ledger;
use fuwake_core::inquiry::{Observables, Privacy};
use fuwake_core::publish::publish_lookup;
use fuwake_probes::ledger_file::Recording;
use fuwake_report::{Layout, render};

use crate::answerer::Answerer;
use crate::cli::{Asking, Format, Visiting};
use crate::config::Config;
use crate::known;
use crate::output::{Status, Writer, width};
use crate::recorder::Recorder;

/// Asks about a name or an address.
pub(crate) fn host(asked: &str, asking: &Asking) -> anyhow::Result<Status> {
    run(asked, None, asking, |knowledge| match asked.trim_matches(['[', ']']).parse::<IpAddr>() {
        Ok(ip) => Observables::of_address(ip),
        Err(_) => Observables::of_host(asked, knowledge),
    })
}

/// Asks about a link, and visits it where that is wanted.
pub(crate) fn url(asked: &str, visiting: Option<&Visiting>, asking: &Asking) -> anyhow::Result<Status> {
    run(asked, visiting, asking, |knowledge| Observables::of_url(asked, knowledge))
}

fn run(
    asked: &str,
    visiting: Option<&Visiting>,
    asking: &Asking,
    observables: impl FnOnce(&fuwake_core::knowledge::Knowledge) -> Observables,
) -> anyhow::Result<Status> {
    let knowledge = known::load(&asking.known)?;
    let observables = observables(&knowledge);
    if observables.is_empty() {
        bail!("{asked:?} is nothing that anybody outside could be asked about");
    }
    let config = Config::read(asking.known.config.as_deref())?;
    let language = config.language(asking.known.lang)?;
    let answerer = match &asking.replay {
        Some(file) => Answerer::Recorded(Recording::read(file).context("cannot replay")?),
        None => {
            let mut settings = config.settings()?;
            settings.visits = visiting.map(|visiting| config.visits(visiting, &knowledge)).transpose()?;
            Answerer::world(&settings, config.tables(), None)?
        }
    };
    let ledger = answerer.inquire_about(&observables, &knowledge, Ledger::default());
    let observables = observables.with_landings(&ledger, &knowledge, &Privacy::default());
    if let Some(file) = &asking.record {
        let recorder = Recorder::new(answerer.scope().clone(), file);
        recorder.take(None, &ledger, &answerer.visited(&ledger));
        recorder.finish().context("the ledger was not written")?;
    }
    let lookup =
        Lookup::new(asked, (&observables, &ledger), (&knowledge, language), Tool::new(knowledge.date()));
    let bytes = match asking.format {
        Format::Jsonl => serde_json::to_vec(&lookup)?,
        Format::Json => serde_json::to_vec_pretty(&lookup)?,
        Format::Report(format) => {
            render(&publish_lookup(&lookup, language), format, Layout { width: width() }).into_bytes()
        }
    };
    let mut writer = Writer::new(asking.format, asking.output.clone())?;
    writer.write(&Input { path: asked.to_owned(), member: None }, &bytes)?;
    writer.finish()?;
    Ok(Status::Done)
}
