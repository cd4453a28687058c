//! fuwake takes a suspicious e-mail apart, judges it with evidence, and writes a report that can be published.

mod cli;
mod config;
mod dissect;
mod examine;
mod intake;
mod output;
mod progress;
mod runner;
mod shown;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    match run(&cli::Cli::parse()) {
        Ok(status) => status.into(),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::complain(&format!("{error:#}"));
            output::Status::Usage.into()
        }
    }
}

fn run(cli: &cli::Cli) -> anyhow::Result<output::Status> {
    match &cli.command {
        cli::Command::Dissect(arguments) => dissect::run(arguments),
    }
}

/// Whoever read the output wants no more of it.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}
