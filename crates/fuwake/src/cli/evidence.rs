//! What is added to a kept case.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand, ValueEnum};
use fuwake_core::by_hand::SITES;

/// What to do with evidence.
#[derive(Debug, Subcommand)]
pub(crate) enum EvidenceCommand {
    /// Add what a person saw on a site that answers people alone; it counts when the case is replayed
    Add(AddEvidence),
    /// Take into a case what other cases or ledgers recorded: an answer stays before a failure, the newer before the older
    Merge {
        /// A case's folder, or a ledger
        case: PathBuf,
        /// Cases or ledgers to take from
        #[arg(value_name = "FROM", required = true)]
        from: Vec<PathBuf>,
    },
}

/// Arguments of `evidence add`.
#[derive(Debug, Args)]
pub(crate) struct AddEvidence {
    /// A case's folder, or a ledger
    pub(crate) case: PathBuf,
    /// Where it was seen
    #[arg(long, value_parser = PossibleValuesParser::new(SITES.iter().map(|site| site.id)))]
    pub(crate) service: String,
    /// What was looked up
    #[arg(long, value_name = "HOST|URL|IP")]
    pub(crate) about: String,
    /// What the site says of it
    #[arg(long, value_enum)]
    pub(crate) verdict: Seen,
    /// What stands there, in its words
    #[arg(long)]
    pub(crate) text: Option<String>,
    /// A picture of it, kept beside the ledger
    #[arg(long, value_name = "FILE")]
    pub(crate) picture: Option<PathBuf>,
    /// When it was seen, RFC 3339 [default: now]
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<String>,
    /// Who saw it [default: the user's name]
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<String>,
}

/// What a site says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Seen {
    /// It warns
    Dangerous,
    /// It knows it, and does not warn
    Clean,
    /// It does not know it
    Unknown,
}
