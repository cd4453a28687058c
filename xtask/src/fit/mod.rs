//! Estimates the weights of the findings from labelled mail, and says how far they can be trusted.
//!
//! The method is stated in `docs/judgement.md`: maximum a posteriori logistic regression over the findings, with each author's
//! belief as the mean of a normal prior, the sign of the belief kept and the groups' caps applied as in the verdict itself.

mod classes;
mod figures;
mod mails;
mod model;
mod table;

use std::path::PathBuf;

use anyhow::ensure;
use clap::Args;

use mails::Mails;
use model::Model;

/// Arguments of `fit`.
#[derive(Debug, Args)]
pub(crate) struct Fit {
    /// Folders of mails, each with its side before it: `wanted:DIR` or `unwanted:DIR`
    #[arg(required = true)]
    folders: Vec<mails::Folder>,
    /// Classes of single mails: tab-separated columns sha256, class and sure (1 to 3; the guesses of 3 are not used)
    #[arg(long)]
    labels: Option<PathBuf>,
    /// Own mail servers, as `fuwake dissect --trust` takes them
    #[arg(long)]
    trust: Vec<String>,
    /// How many mails' worth of evidence an author's belief is
    #[arg(long, default_value_t = 30.0)]
    belief: f64,
    /// How many missed mails one accused mail is worth
    #[arg(long, default_value_t = 3.0)]
    cost: f64,
    /// The program to dissect with [default: the release, built from this tree]
    #[arg(long)]
    program: Option<PathBuf>,
    /// Only say how good it is; leave data/weights.toml as it is
    #[arg(long)]
    dry_run: bool,
}

/// Fits, measures and writes.
pub(crate) fn run(fit: &Fit) -> anyhow::Result<()> {
    let reading = fuwake_data::read::read(&crate::root().join("data"));
    ensure!(reading.faults.is_empty(), "the data folders have faults; see `cargo xtask lint-data`");
    let data = reading.data;
    let mails = Mails::read(fit, &data)?;
    let model = Model::new(&data, fit.belief);
    let weights = model.fit(&mails.all());
    let points = classes::Classes::new(&data).fit(&mails.all());
    println!("{}", figures::write(&mails, &model, &data, &weights, &points));
    if !fit.dry_run {
        table::write(&crate::root().join("data/weights.toml"), &data, &mails, &weights, &points)?;
    }
    Ok(())
}
