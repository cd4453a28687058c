//! How long a cold mail takes where every server takes its time, and how often the same thing is asked.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, ensure};
use serde_json::Value;

use super::Place;
use super::faults::Fault;
use super::program::{dissect, evidence, name};
use super::server::Servers;
use super::world::Worlds;

/// A delay of every server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Delay {
    /// 100 ms.
    Late,
    /// 200 ms.
    Later,
}

/// Times of cold mails; nothing is held against a limit, for a machine may have other work.
pub(super) fn times(place: &Place, worlds: &Worlds) -> anyhow::Result<()> {
    println!(
        "every server answers after 100 ms; waits: how many of these answers are waited for one after the other"
    );
    println!("{:<24} {:>8} {:>8} {:>8} {:>6} {:>7}", "mail", "0 ms", "100 ms", "200 ms", "waits", "ratio");
    for case in &worlds.cases {
        let mail = case.mail.as_path();
        let time = |delay: Option<Delay>| -> anyhow::Result<Duration> {
            let _servers = Servers::start(place, worlds, delay.map(Fault::Everywhere))?;
            let run = || dissect(place, &["--reach", "passive", "--format", "jsonl"], [mail]);
            let times = [run()?.took, run()?.took, run()?.took];
            // The least is what the machine's other work disturbed least; every run is cold, for nothing is kept between runs but
            // what the resolver knows.
            times.into_iter().min().context("three runs")
        };
        let (none, late, later) = (time(None)?, time(Some(Delay::Late))?, time(Some(Delay::Later))?);
        let waits = (later.saturating_sub(late).as_secs_f64() / 0.1).round();
        let ratio = late.as_secs_f64() / (waits * 0.1);
        println!(
            "{:<24} {:>8.2} {:>8.2} {:>8.2} {:>6} {:>7.2}",
            name(mail),
            none.as_secs_f64(),
            late.as_secs_f64(),
            later.as_secs_f64(),
            waits,
            ratio
        );
    }
    Ok(())
}

/// Mails beside those of the worlds, for ten campaigns.
const OTHERS: [&str; 3] = ["paypay-points", "card-epos-misspelt", "government-benefit-payment"];
/// How many mails of each.
const EACH: usize = 100;

/// A thousand mails of ten campaigns: each distinct question reaches its server once.
pub(super) fn counts(place: &Place, worlds: &Worlds) -> anyhow::Result<()> {
    let mails = campaigns(place, worlds)?;
    let _servers = Servers::start(place, worlds, None)?;
    let run = dissect(place, &["--reach", "passive", "--format", "jsonl"], [mails.as_path()])?;
    let cases = run.cases()?;
    let asked = asked(&cases);
    let logs = [
        ("DNS", questions(&std::fs::read_to_string(place.file("unbound.log"))?)),
        ("RDAP", count(&std::fs::read_to_string(place.file("web.log"))?)),
        ("WHOIS", count(&std::fs::read_to_string(place.file("whois.out"))?)),
    ];
    println!(
        "\n{} mails of {} campaigns in {:.1} s",
        cases.len(),
        cases.len() / EACH,
        run.took.as_secs_f64()
    );
    let mut again = Vec::new();
    for (service, log) in &logs {
        let all: usize = log.values().sum();
        // What a server could not answer is asked again, once: the look-up of one registration fails in its world.
        let (failed, repeated): (Vec<_>, Vec<_>) =
            log.iter().filter(|(_, times)| **times > 1).partition(|(question, _)| question.ends_with(" 503"));
        let retries: usize = failed.iter().map(|(_, times)| **times - 1).sum();
        println!(
            "{service}: {all} questions, {} distinct, {retries} tried again after the server failed",
            log.len()
        );
        again.extend(
            repeated.into_iter().map(|(question, times)| format!("{service}: {question}: {times} times")),
        );
    }
    println!("{asked} distinct questions in the evidence");
    ensure!(again.is_empty(), "{} questions were asked again:\n{}", again.len(), again.join("\n"));
    Ok(())
}

/// Distinct questions of all cases.
fn asked(cases: &[Value]) -> usize {
    let ids: BTreeSet<&str> = cases.iter().flat_map(|case| evidence(case).into_keys()).collect();
    ids.len()
}

/// The folder of the thousand: each mail to another reader, with a number of its own.
fn campaigns(place: &Place, worlds: &Worlds) -> anyhow::Result<PathBuf> {
    let root = crate::root();
    let own = worlds.cases.iter().map(|case| root.join(&case.mail));
    let others = OTHERS.iter().map(|case| root.join("corpus").join(case).join("mail.eml"));
    for (campaign, file) in own.chain(others).enumerate() {
        let mail = std::fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let mail = String::from_utf8_lossy(&mail);
        for number in 0..EACH {
            let own = mail.replace("taro@example.jp", &format!("reader{number}@example.jp")).replacen(
                "Message-ID: <",
                &format!("Message-ID: <{number}."),
                1,
            );
            place.write(&format!("campaigns/{campaign}-{number}.eml"), own)?;
        }
    }
    Ok(place.file("campaigns"))
}

/// Lines and how often they stand there.
fn count(log: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for line in log.lines() {
        *counts.entry(line.to_owned()).or_default() += 1;
    }
    counts
}

/// The same of a log of unbound's: `[time] unbound[1:0] info: 127.0.0.1 example.jp. A IN`.
fn questions(log: &str) -> BTreeMap<String, usize> {
    let lines = log.lines().filter_map(|line| {
        let (_, told) = line.split_once(" info: ")?;
        let mut words = told.split(' ');
        let _client: std::net::IpAddr = words.next()?.parse().ok()?;
        Some(words.collect::<Vec<_>>().join(" "))
    });
    count(&lines.collect::<Vec<_>>().join("\n"))
}
