//! `fuwake site`: a site of published cases. What it looks like is the report crate's; here folders are read and files written.

mod folder;
mod manifest;
mod server;
mod writing;

use std::path::{Path, PathBuf};

use anyhow::Context;
use fuwake_report::site::Site;
use time::{Date, OffsetDateTime};

use crate::cli;
use crate::config::Config;
use crate::output::{Status, complain, print};

/// Writes the site, and says how much of it was new.
pub(crate) fn build(arguments: &cli::BuildSite) -> anyhow::Result<Status> {
    Ok(written(arguments)?.1)
}

/// Writes the site and serves it until the program is stopped.
pub(crate) fn serve(arguments: &cli::ServeSite) -> anyhow::Result<Status> {
    let (output, _) = written(&arguments.build)?;
    server::serve(&output, arguments.port)?;
    Ok(Status::Done)
}

fn written(arguments: &cli::BuildSite) -> anyhow::Result<(PathBuf, Status)> {
    let output = arguments.output.clone().unwrap_or_else(|| arguments.folder.join("_site"));
    let config = Config::read(arguments.config.as_deref())?;
    let settings = folder::settings(&arguments.folder, config.site.base_url)?;
    if settings.base_url.is_none() {
        complain(
            "no base-url in site.toml: there will be no sitemap.xml, and the feed has addresses relative to itself",
        );
    }
    let read = folder::cases(&arguments.folder, &output)?;
    let mut status = Status::Done;
    for (name, why) in &read.refused {
        status = Status::Unread;
        complain(&format!("{name}: {why}"));
    }
    let site = Site::new(read.entries, settings, today()?);
    let done = writing::write(&site, &arguments.folder, &output)?;
    print(&format!("{}\n", told(&output, &site, &done)))?;
    Ok((output, status))
}

/// Today; the day that `SOURCE_DATE_EPOCH` names where a build has to be the same at any time (reproducible-builds.org).
fn today() -> anyhow::Result<Date> {
    let Ok(told) = std::env::var("SOURCE_DATE_EPOCH") else { return Ok(OffsetDateTime::now_utc().date()) };
    let seconds = told.parse().with_context(|| format!("SOURCE_DATE_EPOCH: {told:?} is no number"))?;
    Ok(OffsetDateTime::from_unix_timestamp(seconds).context("SOURCE_DATE_EPOCH")?.date())
}

fn told(output: &Path, site: &Site, done: &writing::Done) -> String {
    let (cases, files) = (site.cases(), done.files);
    let (written, removed) = (done.written, done.removed);
    format!("{}: {cases} cases, {files} files, {written} written, {removed} removed", output.display())
}
