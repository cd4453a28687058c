//! Many mails at once: how well they are judged, and which belong together.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Reading;

/// Arguments of `evaluate`.
#[derive(Debug, Args)]
pub(crate) struct Evaluate {
    /// Folders of mails; a folder inside (phish, spam, ham ...) names the label of what it holds
    #[arg(value_name = "DIR", required = true)]
    pub(crate) folders: Vec<PathBuf>,
    /// Labels in a table instead: tab-separated columns sha256 or file, and class
    #[arg(long, value_name = "FILE")]
    pub(crate) labels: Option<PathBuf>,
    /// Leave out the rows of the table whose column sure holds a greater number: the guesses of whoever labelled
    #[arg(long, value_name = "N", requires = "labels")]
    pub(crate) sure: Option<u8>,
    /// List the mails that were judged wrongly
    #[arg(long)]
    pub(crate) misses: bool,
    /// What to write
    #[arg(long, value_enum, default_value_t = TableFormat::Text)]
    pub(crate) format: TableFormat,
    /// What is read and how.
    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// Arguments of `campaign`.
#[derive(Debug, Args)]
pub(crate) struct Campaign {
    /// .eml, .msg, .emlx, mbox, Maildir, folder, .zip or .gz of mails; - is standard input
    #[arg(value_name = "INPUT", required = true)]
    pub(crate) inputs: Vec<PathBuf>,
    /// What to write, unmasked; jsonl is one line a mail with the id of its group
    #[arg(long, value_enum, default_value_t = CampaignFormat::Text)]
    pub(crate) format: CampaignFormat,
    /// The smallest group that is told, in mails (not for jsonl)
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub(crate) least: usize,
    /// What is read and how.
    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// How groups are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CampaignFormat {
    /// For a terminal, masked and defanged
    Text,
    /// JSON, a list of groups, complete and unmasked
    Json,
    /// A line a mail: path, group, fingerprint
    Jsonl,
}

/// How an evaluation is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    /// For a terminal
    Text,
    /// JSON
    Json,
}
