//! The whole check, on a bare Debian 12 with a Rust tool chain.

use std::process::Command;

use anyhow::{Context, ensure};

/// Tools that are not part of the tool chain: (subcommand of cargo, crate, version).
const TOOLS: [(&str, &str, &str); 1] = [("deny", "cargo-deny", "0.20.2")];

/// The checks in order, cheapest first.
const CHECKS: [&[&str]; 8] = [
    &["cargo", "fmt", "--all", "--check"],
    &["cargo", "clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"],
    &["cargo", "run", "--quiet", "--package", "xtask", "--", "lint-data"],
    &["cargo", "deny", "check", "licenses", "bans", "sources"],
    &["cargo", "doc", "--workspace", "--no-deps", "--document-private-items", "--locked"],
    &["cargo", "test", "--workspace", "--locked"],
    &["cargo", "run", "--quiet", "--package", "xtask", "--", "validate"],
    &["cargo", "run", "--quiet", "--package", "xtask", "--", "lab"],
];

/// Installs and checks.
pub(crate) fn run() -> anyhow::Result<()> {
    components()?;
    browser()?;
    readers()?;
    for (tool, package, version) in TOOLS {
        install(tool, package, version)?;
    }
    for check in CHECKS {
        step(check)?;
    }
    Ok(())
}

/// rustfmt and clippy, where the tool chain came without them.
fn components() -> anyhow::Result<()> {
    let missing = |tool: &str| !succeeds("cargo", &[tool, "--version"]);
    if missing("fmt") || missing("clippy") {
        println!("installing rustfmt and clippy");
        step(&["rustup", "component", "add", "rustfmt", "clippy"])?;
    }
    Ok(())
}

/// Chromium, by which links are visited, and letters for Japanese pages: from Debian, as root.
fn browser() -> anyhow::Result<()> {
    if succeeds("chromium", &["--version"]) {
        return Ok(());
    }
    println!("installing chromium and fonts-noto-cjk");
    let install = "apt-get update --quiet && apt-get install --yes --quiet --no-install-recommends \
                   chromium chromium-sandbox fonts-noto-cjk";
    step(&["sh", "-c", install])
}

/// What reads PDF and pictures where the tests look for people in what was drawn: from Debian, as root.
fn readers() -> anyhow::Result<()> {
    let languages = Command::new("tesseract").arg("--list-langs").output();
    let reads_japanese = languages.is_ok_and(|said| String::from_utf8_lossy(&said.stdout).contains("jpn"));
    if reads_japanese && Command::new("pdftotext").arg("-v").output().is_ok() {
        return Ok(());
    }
    println!("installing poppler-utils, tesseract-ocr and tesseract-ocr-jpn");
    let install = "apt-get update --quiet && apt-get install --yes --quiet --no-install-recommends \
                   poppler-utils tesseract-ocr tesseract-ocr-jpn";
    step(&["sh", "-c", install])
}

fn install(tool: &str, package: &str, version: &str) -> anyhow::Result<()> {
    if succeeds("cargo", &[tool, "--version"]) {
        return Ok(());
    }
    println!("installing {package} {version} (a few minutes)");
    step(&["cargo", "install", "--locked", "--quiet", "--version", version, package])
}

fn succeeds(program: &str, arguments: &[&str]) -> bool {
    Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success())
}

fn step(command: &[&str]) -> anyhow::Result<()> {
    let shown = command.join(" ");
    println!("> {shown}");
    let (program, arguments) = command.split_first().context("a command has a program")?;
    let status = Command::new(program)
        .args(arguments)
        .current_dir(crate::root())
        .env("RUSTDOCFLAGS", "-D warnings")
        .status()
        .with_context(|| format!("cannot run {shown}"))?;
    ensure!(status.success(), "{shown}: {status}");
    Ok(())
}
