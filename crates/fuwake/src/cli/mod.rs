//! The command line. Help, man page and completions are made from this one definition.

mod comparing;
mod evidence;
mod knowledge;
mod publishing;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use fuwake_core::verdict::Class;

pub(crate) use comparing::{Campaign, CampaignFormat, Evaluate, TableFormat};
pub(crate) use evidence::{AddEvidence, EvidenceCommand, Seen};
pub(crate) use knowledge::{BrandCommand, DataCommand, FindingCommand, Known};
pub(crate) use publishing::{BuildSite, Publish, ServeSite, SiteCommand};

/// Takes a suspicious e-mail apart, judges it with evidence, and writes a report that can be published.
#[derive(Debug, Parser)]
#[command(name = "fuwake", version, max_term_width = 100, arg_required_else_help = true)]
#[command(
    after_help = "Exit status: 0 done; 1 some input could not be read; 2 usage or configuration; 3 --fail-on matched."
)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What fuwake does.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Take mails apart and judge them
    Dissect(Dissect),
    /// Ask the world about a name or an address
    Host {
        /// A host name, a domain or an address.
        #[arg(value_name = "NAME|IP")]
        asked: String,
        /// How it is asked and written.
        #[command(flatten)]
        asking: Asking,
    },
    /// Ask the world about a link; visit it at --reach active alone
    Url {
        /// The link; nothing in it that may be a mark for somebody is sent.
        #[arg(value_name = "URL")]
        asked: String,
        /// How far to go for facts
        #[arg(long, value_enum, default_value_t = UrlReach::Passive)]
        reach: UrlReach,
        /// How it is visited at `--reach active`.
        #[command(flatten)]
        visiting: Visiting,
        /// How it is asked and written.
        #[command(flatten)]
        asking: Asking,
    },
    /// Judge kept cases again, from their ledgers alone, and show what is different now
    Replay(Replay),
    /// Make of kept cases what others may read: masked, for each its own audience
    Publish(Publish),
    /// Make a site of published cases
    Site {
        /// What to do with it.
        #[command(subcommand)]
        command: SiteCommand,
    },
    /// Make links and addresses whole again that a report broke (hxxps://, h**ps://, [.]); standard input where no text is given
    Refang {
        /// What was broken
        #[arg(value_name = "TEXT")]
        texts: Vec<String>,
    },
    /// Add to a case what a person saw
    Evidence {
        /// What to do with it.
        #[command(subcommand)]
        command: EvidenceCommand,
    },
    /// Judge labelled mails and say how well
    Evaluate(Evaluate),
    /// Group mails by campaign and say why they belong together
    Campaign(Campaign),
    /// Look at the registry of brands
    Brand {
        /// What to do with it.
        #[command(subcommand)]
        command: BrandCommand,
        /// What it is looked up in and how it is said.
        #[command(flatten)]
        known: Known,
    },
    /// Look at what a mail is judged by
    Finding {
        /// What to do with it.
        #[command(subcommand)]
        command: FindingCommand,
        /// What it is looked up in and how it is said.
        #[command(flatten)]
        known: Known,
    },
    /// Get or refresh the tables that say where addresses are
    Data {
        /// What to do with them.
        #[command(subcommand)]
        command: DataCommand,
        /// Where they are kept and how it is said.
        #[command(flatten)]
        known: Known,
    },
    /// Say what this build on this machine can do, and what it would send where
    Doctor {
        /// What it is looked up in and how it is said.
        #[command(flatten)]
        known: Known,
    },
    /// Print completions for a shell
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Manpage,
}

/// What every command that reads mail shares.
#[derive(Debug, Args)]
pub(crate) struct Reading {
    /// Your own mail servers, beside those inferred: a network, or a host name and its subdomains
    #[arg(long, value_name = "CIDR|NAME")]
    pub(crate) trust: Vec<String>,
    /// How many mails at once [default: the number of processors]
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
    /// What mails are judged by and how it is said.
    #[command(flatten)]
    pub(crate) known: Known,
}

/// Arguments of `dissect`.
#[derive(Debug, Args)]
pub(crate) struct Dissect {
    /// .eml, .msg, .emlx, mbox, Maildir, folder, .zip or .gz of mails; - is standard input
    #[arg(value_name = "INPUT", required = true)]
    pub(crate) inputs: Vec<PathBuf>,
    /// How far to go for facts
    #[arg(long, value_enum, default_value_t = Reach::Offline)]
    pub(crate) reach: Reach,
    /// How links are visited at `--reach active`.
    #[command(flatten)]
    pub(crate) visiting: Visiting,
    /// Write all questions and answers to a ledger, which --replay answers from
    #[arg(long, value_name = "FILE")]
    pub(crate) record: Option<PathBuf>,
    /// Answer from a ledger alone: nothing is asked, whatever the reach
    #[arg(long, value_name = "FILE", conflicts_with = "record")]
    pub(crate) replay: Option<PathBuf>,
    /// Keep each case in a folder of its own in DIR: mail, case, ledger, blobs
    #[arg(long, value_name = "DIR")]
    pub(crate) case: Option<PathBuf>,
    /// Compare with earlier cases, kept by --case in DIR: who used the same machines and names?
    #[arg(long, value_name = "DIR", conflicts_with = "replay")]
    pub(crate) earlier: Option<PathBuf>,
    /// What to write; json and jsonl are complete and unmasked, the others are masked and defanged
    #[arg(long, value_parser = Format::parser(), default_value = "text")]
    pub(crate) format: Format,
    /// Write to a file, or to a folder where there are many mails
    #[arg(short, long, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,
    /// Add the campaign's fingerprint to json and jsonl (`fuwake campaign` compares them)
    #[arg(long)]
    pub(crate) fingerprint: bool,
    /// Exit with status 3 where a mail is of one of these classes
    #[arg(long, value_name = "CLASS", value_delimiter = ',', value_parser = classes())]
    pub(crate) fail_on: Vec<Class>,
    /// What is read and how.
    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// How links are visited.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Visits (--reach active)")]
pub(crate) struct Visiting {
    /// Visit links of a brand's own site too, once and without what may be a mark for somebody
    #[arg(long)]
    pub(crate) visit_genuine: bool,
    /// Visit links as they stand in the mail: the recipient's address and marks are NOT replaced by decoys, and their sender learns who reads
    #[arg(long)]
    pub(crate) exact_links: bool,
    /// Fill marked, made-up values into forms and see where they would go; nothing is sent
    #[arg(long)]
    pub(crate) probe_form: bool,
    /// As whom links are visited, each by each [default: both]
    #[arg(long, value_enum, value_name = "PROFILE", num_args = 1..)]
    pub(crate) visit_as: Vec<VisitAs>,
}

/// As whom a link is visited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum VisitAs {
    /// A telephone in Japan
    JapaneseMobile,
    /// A desk computer in Japan
    JapaneseDesktop,
}

/// Arguments of `host` and `url`.
#[derive(Debug, Args)]
pub(crate) struct Asking {
    /// Write all questions and answers to a ledger, which --replay answers from
    #[arg(long, value_name = "FILE")]
    pub(crate) record: Option<PathBuf>,
    /// Answer from a ledger alone: nothing is asked
    #[arg(long, value_name = "FILE", conflicts_with = "record")]
    pub(crate) replay: Option<PathBuf>,
    /// What to write; json and jsonl are complete, the others are defanged
    #[arg(long, value_parser = Format::parser(), default_value = "text")]
    pub(crate) format: Format,
    /// Write to a file
    #[arg(short, long, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,
    /// What is known and how it is said.
    #[command(flatten)]
    pub(crate) known: Known,
}

/// Arguments of `replay`.
#[derive(Debug, Args)]
pub(crate) struct Replay {
    /// A case's folder (mail.eml and ledger.jsonl), or a folder of such
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
    /// What to write
    #[arg(long, value_enum, default_value_t = TableFormat::Text)]
    pub(crate) format: TableFormat,
    /// What is read and how.
    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// How far to go for facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Reach {
    /// Answer on this machine alone
    Offline,
    /// Ask third parties, never the sender's own web servers
    Passive,
    /// Visit the links too, in a browser with an empty profile, behind a guard
    Active,
}

/// How far to go for facts about a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum UrlReach {
    /// Ask third parties, never the link's own web server
    Passive,
    /// Visit it too, in a browser with an empty profile, behind a guard
    Active,
}

/// What to write.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Format {
    /// The complete case, indented; many cases are a list.
    Json,
    /// The complete case, one line a mail.
    Jsonl,
    /// A report for people, masked and defanged.
    Report(fuwake_report::Format),
}

impl Format {
    /// The ending of its files.
    pub(crate) const fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Report(format) => format.extension,
        }
    }

    /// Whether it is meant for a terminal and may hold colours.
    pub(crate) fn is_text(self) -> bool {
        matches!(self, Self::Report(format) if format.name == "text")
    }

    /// Those of the report crate and the two complete ones, by the names of the interface.
    fn parser() -> impl TypedValueParser<Value = Self> {
        let reports = fuwake_report::Format::ALL.iter().map(|format| format.name);
        PossibleValuesParser::new(reports.chain(["json", "jsonl"])).map(|name| match name.as_str() {
            "jsonl" => Self::Jsonl,
            name => fuwake_report::Format::named(name).map_or(Self::Json, Self::Report),
        })
    }
}

/// Language of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// Japanese
    Ja,
    /// English
    En,
}

/// The classes, by their names in the interface.
fn classes() -> impl TypedValueParser<Value = Class> {
    let named = |name: String| {
        Class::ALL.into_iter().find(|class| class.name() == name).unwrap_or(Class::Undetermined)
    };
    PossibleValuesParser::new(Class::ALL.map(Class::name)).map(named)
}
