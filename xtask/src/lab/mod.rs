//! The lab: an internet on this machine, without a way out of it. In a network namespace whose loopback bears the addresses of the
//! worlds under `lab/worlds/`, real programs serve DNS, RDAP, WHOIS and pages, and the unmodified program asks them.

mod dns;
mod namespace;
mod rdap;
mod registry;
mod server;
mod web;
mod whois;
mod whois_server;
mod world;
mod zones;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};
use clap::{Args, Subcommand};

use server::Servers;
use whois_server::Manner;
use world::Worlds;

/// Run the program against real servers in a network namespace without a way out
#[derive(Debug, Args)]
pub(crate) struct Lab {
    /// Already inside the namespace
    #[arg(long, hide = true)]
    inside: bool,
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
    /// Be the WHOIS servers
    #[command(hide = true)]
    Whois { manner: Manner },
}

/// Enters the namespace, sets the lab up and does what is asked; the lab ends with this process, however that ends.
pub(crate) fn run(lab: &Lab) -> anyhow::Result<()> {
    if !lab.inside {
        namespace::install()?;
        build()?;
        return namespace::enter();
    }
    let place = Place::new()?;
    let worlds = Worlds::read(&crate::root().join("lab/worlds"))?;
    if let Some(What::Whois { manner }) = &lab.what {
        return whois_server::serve(worlds, *manner);
    }
    namespace::furnish(&place, &worlds)?;
    let servers = Servers::start(&place, &worlds)?;
    match &lab.what {
        Some(What::Shell { command }) => shell(&place, command),
        Some(What::Whois { .. }) => Ok(()),
        None => cases(&place, &worlds),
    }?;
    drop(servers);
    Ok(())
}

/// Where things stand.
struct Place {
    /// Scratch room that nobody outside sees and that ends with the lab.
    scratch: PathBuf,
    /// The program's folder.
    binaries: PathBuf,
}

impl Place {
    fn new() -> anyhow::Result<Self> {
        let own = std::env::current_exe().context("where is this program?")?;
        let binaries = own.parent().context("a program lies in a folder")?.to_owned();
        let scratch = binaries.join("lab");
        std::fs::create_dir_all(&scratch)?;
        Ok(Self { scratch, binaries })
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
    fn command(&self, program: &str) -> Command {
        let path = std::env::var("PATH").unwrap_or_default();
        let mut command = Command::new(program);
        command
            .env("PATH", format!("{}:{path}", self.binaries.display()))
            .env("SSL_CERT_FILE", self.file("ca.crt"))
            .env("XDG_CACHE_HOME", self.file("cache"))
            .env("XDG_CONFIG_HOME", self.file("config"))
            .env("XDG_DATA_HOME", self.file("data"));
        command
    }
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

/// Every mail of the worlds, recorded and replayed: the same bytes.
fn cases(place: &Place, worlds: &Worlds) -> anyhow::Result<()> {
    for case in &worlds.cases {
        let mail = crate::root().join(&case.mail);
        let ledger = place.file("ledger.jsonl");
        let dissect = |how: &[&str]| -> anyhow::Result<Vec<u8>> {
            let output = place
                .command("fuwake")
                .args(["dissect", "--format", "json"])
                .args(how)
                .arg(&ledger)
                .arg(&mail)
                .output()?;
            let said = String::from_utf8_lossy(&output.stderr);
            ensure!(output.status.success(), "{}: {}", case.mail.display(), said.trim());
            Ok(output.stdout)
        };
        let live = dissect(&["--reach", "passive", "--record"])?;
        ensure!(dissect(&["--replay"])? == live, "{}: replayed, it differs", case.mail.display());
        println!("{}: recorded and replayed", case.mail.display());
    }
    Ok(())
}

fn shell(place: &Place, command: &[String]) -> anyhow::Result<()> {
    let (program, arguments) = command.split_first().context("a command has a program")?;
    let status =
        place.command(program).args(arguments).status().with_context(|| format!("cannot run {program}"))?;
    ensure!(status.success(), "{program}: {status}");
    Ok(())
}
