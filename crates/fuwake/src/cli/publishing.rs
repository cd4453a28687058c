//! The commands that make of kept cases what others read.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use fuwake_core::publish;

use super::Reading;
use crate::publish::Kind;

/// Arguments of `publish`.
#[derive(Debug, Args)]
pub(crate) struct Publish {
    /// Folders of cases, as --case keeps them
    #[arg(value_name = "CASE", required = true)]
    pub(crate) cases: Vec<PathBuf>,
    /// What to make
    #[arg(long = "as", value_name = "KIND", value_delimiter = ',', value_parser = Kind::parser(), default_value = "html")]
    pub(crate) kinds: Vec<Kind>,
    /// For whom: it decides what is masked
    #[arg(long, value_enum, default_value_t = Audience::Public)]
    pub(crate) audience: Audience,
    /// What kind of site the article is for: its front matter and the name of its file
    #[arg(long = "for", value_name = "SITE", value_enum)]
    pub(crate) site: Option<Site>,
    /// Leave the drawn pictures out of articles, which quote the mail instead: quicker, and no browser is needed
    #[arg(long)]
    pub(crate) no_pictures: bool,
    /// Mask innocent bystanders too: the owner of a forged sender's domain, of a hacked site
    #[arg(long)]
    pub(crate) hide_bystanders: bool,
    /// Write into a folder named after the case in DIR
    #[arg(short, long, value_name = "DIR", default_value = "published")]
    pub(crate) output: PathBuf,
    /// Send the drafts that were made through the mail server of the configuration, after asking; nobody is sent a case twice
    #[arg(long)]
    pub(crate) send: bool,
    /// What is read and how; without --lang both languages are made.
    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// What articles are made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Site {
    /// A page bundle of Hugo
    Hugo,
    /// A post of Jekyll
    Jekyll,
    /// An export file for WordPress's importer
    #[value(name = "wordpress")]
    WordPress,
    /// A page of Zola with its pictures
    Zola,
}

impl From<Site> for fuwake_report::Site {
    fn from(site: Site) -> Self {
        match site {
            Site::Hugo => Self::Hugo,
            Site::Jekyll => Self::Jekyll,
            Site::WordPress => Self::WordPress,
            Site::Zola => Self::Zola,
        }
    }
}

/// What to do with a site.
#[derive(Debug, Subcommand)]
pub(crate) enum SiteCommand {
    /// Write the site; of what is there already, only what is different
    Build(BuildSite),
    /// Write the site and show it to this machine alone
    Serve(ServeSite),
}

/// Arguments of `site build`.
#[derive(Debug, Args)]
pub(crate) struct BuildSite {
    /// The folder of published cases, as `publish` makes it; site.toml and about.LANG.md in it are its author's
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// Where to write it [default: DIR/_site]
    #[arg(short, long, value_name = "OUT")]
    pub(crate) output: Option<PathBuf>,
    /// Configuration file [default: fuwake/config.toml in the user's configuration folder]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

/// Arguments of `site serve`.
#[derive(Debug, Args)]
pub(crate) struct ServeSite {
    /// What to write.
    #[command(flatten)]
    pub(crate) build: BuildSite,
    /// The port on the loopback interface; 0 takes any that is free
    #[arg(long, value_name = "PORT", default_value_t = 8000)]
    pub(crate) port: u16,
}

/// For whom something is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Audience {
    /// Anybody
    Public,
    /// Who can act against the sender: a host, a registrar, a provider
    AbuseDesk,
    /// Who fights the same senders
    PeerAnalyst,
    /// The recipient's own organisation
    Operator,
}

impl From<Audience> for publish::Audience {
    fn from(audience: Audience) -> Self {
        match audience {
            Audience::Public => Self::Public,
            Audience::AbuseDesk => Self::AbuseDesk,
            Audience::PeerAnalyst => Self::PeerAnalyst,
            Audience::Operator => Self::Operator,
        }
    }
}
