//! What is known: brands, findings, tables, and the operator's own.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{Language, TableFormat, VisitAs};

/// What is known, and the language.
#[derive(Debug, Args)]
pub(crate) struct Known {
    /// Configuration file [default: fuwake/config.toml in the user's configuration folder]
    #[arg(long, value_name = "FILE", global = true)]
    pub(crate) config: Option<PathBuf>,
    /// Your own brands, phrases and findings [default: the folder knowledge beside the configuration file]
    #[arg(long, value_name = "DIR", global = true)]
    pub(crate) knowledge: Option<PathBuf>,
    /// Language of the output [default: from the locale, else en]
    #[arg(long, global = true)]
    pub(crate) lang: Option<Language>,
}

/// What to do with tables.
#[derive(Debug, Subcommand)]
pub(crate) enum DataCommand {
    /// Fetch DB-IP's free tables of cities and networks (CC BY 4.0), or take one from elsewhere
    Update {
        /// One table (.mmdb or .mmdb.gz) instead
        #[arg(long, value_name = "URL|FILE")]
        from: Option<String>,
    },
}

/// What to do with the registry of brands.
#[derive(Debug, Subcommand)]
pub(crate) enum BrandCommand {
    /// All brands with their official domains
    List,
    /// One brand with its sources
    Show {
        /// The brand's id.
        id: String,
    },
    /// Whose domain is it, and whose does it imitate?
    Check {
        /// A domain, a host name, a link or a mail address.
        domain: String,
        /// What to write
        #[arg(long, value_enum, default_value_t = TableFormat::Text)]
        format: TableFormat,
    },
    /// Visit a brand's genuine page and keep how it looks in your own folder, for copies of it to be known by
    Capture {
        /// The brand's id.
        id: String,
        /// The page, on a domain of the brand: best its log-in.
        url: String,
        /// As whom it is visited
        #[arg(long, value_enum, default_value_t = VisitAs::JapaneseMobile)]
        visit_as: VisitAs,
        /// Take what a ledger says of the page: nothing is visited
        #[arg(long, value_name = "FILE")]
        replay: Option<PathBuf>,
    },
}

/// What to do with the findings.
#[derive(Debug, Subcommand)]
pub(crate) enum FindingCommand {
    /// All findings with group and weight
    List,
    /// What one means and why it counts
    Explain {
        /// The finding's id.
        id: String,
    },
    /// Check your own brands, phrases and findings, and run the tests beside them
    Check {
        /// Their folder [default: as for --knowledge]
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
    },
}
