//! The lab: an internet on this machine, without a way out of it. In a network namespace whose loopback bears the addresses of the
//! worlds under `lab/worlds/`, real programs serve DNS, RDAP, WHOIS and pages, and the unmodified program asks them.

mod articles;
mod blocklists;
mod canary;
mod cases;
mod costs;
mod dns;
mod faults;
mod measure;
mod namespace;
mod program;
mod rdap;
mod rebinder;
mod registry;
mod relay;
mod server;
mod sites;
mod tables;
mod visits;
mod web;
mod whois;
mod whois_server;
mod world;
mod zones;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};
use clap::{Args, Subcommand};

use relay::Mangle;
use server::Servers;
use whois_server::Manner;
use world::Worlds;

/// Run the program against real servers in a network namespace without a way out
#[derive(Debug, Args)]
pub(crate) struct Lab {
    /// Already inside the namespace
    #[arg(long, hide = true)]
    inside: bool,
    /// Keep the recorded ledgers in this folder
    #[arg(long)]
    keep: Option<PathBuf>,
    /// Run this program instead of the one that is built here
    #[arg(long)]
    program: Option<PathBuf>,
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Run a command inside the standing lab; `fuwake` is in its path
    Shell {
        /// The command and its arguments
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, required = true)]
        command: Vec<String>,
    },
    /// Run the mails of the worlds and nothing more
    Cases,
    /// Visit the links of the mails of the worlds, and nothing more
    Visits {
        /// Only those whose name has this in it
        only: Option<String>,
    },
    /// Run the faults and nothing more
    Faults {
        /// Only those whose name has this in it
        only: Option<String>,
    },
    /// Measure how long cold mails take, and count what a thousand mails ask
    Measure,
    /// Attack the guard of visits, with canaries listening
    Guard,
    /// Measure what a visit costs beside a bare browser, and visits in a browser that is used again
    Costs,
    /// Count what a thousand mails of ten campaigns ask
    Counts,
    /// Stand before the resolver
    #[command(hide = true)]
    Front { mangle: Mangle },
    /// Open a port after so many milliseconds
    #[command(hide = true)]
    Door { from: u16, to: u16, wait: u64 },
    /// Be the WHOIS servers
    #[command(hide = true)]
    Whois { manner: Manner },
}

/// Enters the namespace, sets the lab up and does what is asked; the lab ends with this process, however that ends.
pub(crate) fn run(lab: &Lab) -> anyhow::Result<()> {
    if !lab.inside {
        namespace::install()?;
        if lab.program.is_none() {
            build()?;
        }
        return namespace::enter();
    }
    let place = Place::new(lab.program.as_deref())?;
    let mut worlds = Worlds::read(&crate::root().join("lab/worlds"))?;
    worlds.domains.extend(canary::domains()?);
    // Those that are servers of a standing lab have it around them already.
    match lab.what {
        Some(What::Whois { manner }) => return whois_server::serve(worlds, manner),
        Some(What::Front { mangle }) => return relay::front(mangle),
        Some(What::Door { from, to, wait }) => return relay::door(from, to, wait),
        _ => furnish(&place, &worlds)?,
    }
    let cases = || {
        let _servers = Servers::start(&place, &worlds, None)?;
        cases::run(&place, &worlds, lab.keep.as_deref())
    };
    let visits = |only: Option<&str>| {
        let _servers = Servers::start(&place, &worlds, None)?;
        let _sites = sites::stand(&place, &worlds)?;
        visits::run(&place, &worlds, only, lab.keep.as_deref())
    };
    let guard = || {
        let _servers = Servers::start(&place, &worlds, None)?;
        canary::run(&place)
    };
    let costs = || {
        let _servers = Servers::start(&place, &worlds, None)?;
        let _sites = sites::stand(&place, &worlds)?;
        costs::run(&place)
    };
    match &lab.what {
        Some(What::Shell { command }) => {
            let _servers = Servers::start(&place, &worlds, None)?;
            let _sites = sites::stand(&place, &worlds)?;
            shell(&place, command)
        }
        Some(What::Cases) => cases(),
        Some(What::Visits { only }) => visits(only.as_deref()),
        Some(What::Faults { only }) => faults::run(&place, &worlds, only.as_deref()),
        Some(What::Measure) => {
            measure::times(&place, &worlds)?;
            measure::counts(&place, &worlds)?;
            costs()
        }
        Some(What::Guard) => guard(),
        Some(What::Costs) => costs(),
        Some(What::Counts) => measure::counts(&place, &worlds),
        _ => {
            let outcomes = [
                cases(),
                visits(None),
                faults::run(&place, &worlds, None),
                measure::counts(&place, &worlds),
                guard(),
            ];
            outcomes.into_iter().collect()
        }
    }
}

/// Where things stand.
struct Place {
    /// Scratch room that nobody outside sees and that ends with the lab.
    scratch: PathBuf,
    /// The program.
    program: PathBuf,
}

impl Place {
    fn new(program: Option<&Path>) -> anyhow::Result<Self> {
        let own = std::env::current_exe().context("where is this program?")?;
        let binaries = own.parent().context("a program lies in a folder")?;
        let scratch = binaries.join("lab");
        std::fs::create_dir_all(&scratch)?;
        let program = program.map_or_else(|| Ok(binaries.join("fuwake")), Path::canonicalize)?;
        Ok(Self { scratch, program })
    }

    /// A file in the scratch room.
    fn file(&self, name: &str) -> PathBuf {
        self.scratch.join(name)
    }

    /// Writes a file in the scratch room, with its folders.
    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> anyhow::Result<PathBuf> {
        let file = self.file(name);
        let folder = file.parent().unwrap_or(Path::new("/"));
        std::fs::create_dir_all(folder)?;
        std::fs::write(&file, content).with_context(|| format!("cannot write {}", file.display()))?;
        Ok(file)
    }

    /// A command that finds the program first and trusts the lab's authority; whatever is kept for the user is kept in the scratch room.
    fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let path = std::env::var("PATH").unwrap_or_default();
        let folder = self.program.parent().unwrap_or(Path::new("/"));
        let mut command = Command::new(program);
        command
            .env("PATH", format!("{}:{path}", folder.display()))
            .env("SSL_CERT_FILE", self.file("ca.crt"))
            .env_remove("SSL_CERT_DIR")
            .env("CURL_CA_BUNDLE", self.file("ca.crt"))
            .env("XDG_CACHE_HOME", self.file("cache"))
            .env("XDG_CONFIG_HOME", self.file("config"))
            .env("XDG_DATA_HOME", self.file("data"));
        command
    }
}

/// The namespace, the tables of places, and the program's configuration where a user has his.
fn furnish(place: &Place, worlds: &Worlds) -> anyhow::Result<()> {
    namespace::furnish(place, worlds)?;
    tables::furnish(place, worlds)?;
    place.write("config/fuwake/config.toml", settings(place) + &visits::settings(worlds)?)?;
    Ok(())
}

/// What the operator of the lab has settled, as a user would write it.
fn settings(place: &Place) -> String {
    let tables = place.file(tables::FOLDER);
    let services = ["barracuda", "spamhaus-dbl", "spamhaus-zen", "surbl", "uribl"];
    format!("[ask]\ntables = \"{}\"\nservices = {services:?}\n", tables.display())
}

/// The program itself, next to this one; outside, for inside there is nothing to download from.
fn build() -> anyhow::Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["build", "--quiet", "--package", "fuwake", "--locked"])
        .current_dir(crate::root())
        .status()?;
    ensure!(status.success(), "cargo build: {status}");
    Ok(())
}

fn shell(place: &Place, command: &[String]) -> anyhow::Result<()> {
    let (program, arguments) = command.split_first().context("a command has a program")?;
    let status =
        place.command(program).args(arguments).status().with_context(|| format!("cannot run {program}"))?;
    ensure!(status.success(), "{program}: {status}");
    Ok(())
}
