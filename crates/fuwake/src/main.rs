//! fuwake takes a suspicious e-mail apart, judges it with evidence, and writes a report that can be published.

mod answerer;
mod brand;
mod brand_capture;
mod brand_check;
mod campaign;
mod case_folder;
mod cli;
mod config;
mod data;
mod dissect;
mod doctor;
mod evaluate;
mod evidence;
mod examine;
mod finding;
mod guard;
mod intake;
mod kept_case;
mod known;
mod lookup;
mod output;
mod progress;
mod publish;
mod recorder;
mod replay;
mod runner;
mod signals;
mod site;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};
use fuwake_core::case::Language;
use fuwake_probes::{decoders, worker};

use cli::{Cli, Command, DataCommand, EvidenceCommand, SiteCommand, UrlReach};
use config::Config;
use output::Status;

fn main() -> ExitCode {
    if is_worker() {
        return work();
    }
    match run(&Cli::parse()) {
        Ok(status) => status.into(),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::complain(&format!("{error:#}"));
            Status::Usage.into()
        }
    }
}

/// Whether the program was started by itself to decode files.
fn is_worker() -> bool {
    std::env::args_os().nth(1).is_some_and(|argument| argument == worker::ARGUMENT)
}

fn work() -> ExitCode {
    match worker::serve::serve(decoders::work) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn run(cli: &Cli) -> anyhow::Result<Status> {
    match &cli.command {
        Command::Dissect(arguments) => dissect::run(arguments),
        Command::Host { asked, asking } => lookup::host(asked, asking),
        Command::Url { asked, reach, visiting, asking } => {
            lookup::url(asked, (*reach == UrlReach::Active).then_some(visiting), asking)
        }
        Command::Replay(arguments) => replay::run(arguments),
        Command::Publish(arguments) => publish::run(arguments),
        Command::Site { command: SiteCommand::Build(arguments) } => site::build(arguments),
        Command::Site { command: SiteCommand::Serve(arguments) } => site::serve(arguments),
        Command::Refang { texts } => refang(texts),
        Command::Evidence { command: EvidenceCommand::Add(arguments) } => evidence::add(arguments),
        Command::Evidence { command: EvidenceCommand::Merge { case, from } } => evidence::merge(case, from),
        Command::Evaluate(arguments) => evaluate::run(arguments),
        Command::Campaign(arguments) => campaign::run(arguments),
        Command::Brand { command, known } => brand::run(command, known),
        Command::Finding { command, known } => finding::run(command, language(known)?, known),
        Command::Data { command: DataCommand::Update { from }, known } => {
            data::update(from.as_deref(), known)
        }
        Command::Doctor { known } => doctor::run(language(known)?, known),
        Command::Completions { shell } => completions(*shell),
        Command::Manpage => manual_page(),
    }
}

fn language(known: &cli::Known) -> anyhow::Result<Language> {
    Config::read(known.config.as_deref())?.language(known.lang)
}

/// Each text on a line of its own.
fn refang(texts: &[String]) -> anyhow::Result<Status> {
    let text =
        if texts.is_empty() { std::io::read_to_string(std::io::stdin())? } else { texts.join("\n") + "\n" };
    output::print(&fuwake_core::publish::refang(&text))?;
    Ok(Status::Done)
}

fn completions(shell: clap_complete::Shell) -> anyhow::Result<Status> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "fuwake", &mut text);
    output::print(&String::from_utf8_lossy(&text))?;
    Ok(Status::Done)
}

/// The manual page, that of each command behind it.
fn manual_page() -> anyhow::Result<Status> {
    let mut text = Vec::new();
    let mut command = Cli::command();
    command.build();
    clap_mangen::Man::new(command.clone()).render(&mut text)?;
    manual_sections(&command, &mut text)?;
    output::print(&String::from_utf8_lossy(&text))?;
    Ok(Status::Done)
}

/// Name, synopsis and options of all commands inside `command`, at any depth.
fn manual_sections(command: &clap::Command, text: &mut Vec<u8>) -> std::io::Result<()> {
    for subcommand in command.get_subcommands().filter(|subcommand| subcommand.get_name() != "help") {
        let man = clap_mangen::Man::new(subcommand.clone());
        man.render_name_section(text)?;
        man.render_synopsis_section(text)?;
        man.render_description_section(text)?;
        man.render_options_section(text)?;
        manual_sections(subcommand, text)?;
    }
    Ok(())
}

/// Whoever read the output wants no more of it.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}
