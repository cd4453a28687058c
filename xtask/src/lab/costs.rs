//! What a visit costs: beside a bare browser that takes one picture of the same page, and in a browser that is used again.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};

use super::Place;
use super::program::dissect;

/// The page.
const URL: &str = "https://takaki-shiho.com/wp-includes/active/index.php";
/// What the visitor starts its browser with, as far as it bears on speed; no virtual time.
const FLAGS: [&str; 14] = [
    "--headless=new",
    "--disable-gpu",
    "--hide-scrollbars",
    "--mute-audio",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-breakpad",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-field-trial-config",
    "--disable-sync",
    "--disable-features=IsolateOrigins,site-per-process,Translate,OptimizationHints,MediaRouter",
];
/// How often each is timed; the least is what the machine's other work disturbed least.
const TIMES: usize = 5;
/// Visits for the rates, and how many of them go on at once.
const VISITS: usize = 24;
const AT_ONCE: usize = 4;
/// An unprivileged user, as whom Chromium keeps its own sandbox.
const USER: &str = "61184";

/// Prints the table.
pub(super) fn run(place: &Place) -> anyhow::Result<()> {
    let (mut bare_times, mut visit_times, mut memory) = (Vec::new(), Vec::new(), (0, 0));
    for _ in 0..TIMES {
        bare_times.push(timed(&mut memory.0, || bare(place))?);
        visit_times.push(timed(&mut memory.1, || visit(place))?);
    }
    let (bare, visit) = (least(&bare_times), least(&visit_times));
    println!("\n{:<52} {:>8} {:>8} {:>10}", "one page, one visitor", "least s", "median s", "memory MB");
    for (name, times, memory) in [
        ("bare browser, one picture", &bare_times, memory.0),
        ("visit, pictures and all evidence", &visit_times, memory.1),
    ] {
        println!("{name:<52} {:>8.2} {:>8.2} {:>10}", least(times), median(times), memory >> 20);
    }
    println!(
        "{:<52} {:>8.2} {:>8.2}",
        "visit / bare",
        visit / bare,
        median(&visit_times) / median(&bare_times)
    );
    rates(place)
}

/// Visits a minute by one process with its pool, and by a process and browser each.
fn rates(place: &Place) -> anyhow::Result<()> {
    let mails: Vec<PathBuf> = (0..VISITS).map(|number| mail(place, number)).collect::<Result<_, _>>()?;
    let how = ["--reach", "active", "--visit-as", "japanese-desktop", "--format", "jsonl"];
    let (mut pooled, mut apart) = (0, 0);
    let together = timed(&mut pooled, || {
        let run = dissect(place, &how, mails.iter().map(PathBuf::as_path))?;
        ensure!(run.cases()?.len() == VISITS, "a mail was not read");
        Ok(())
    })?;
    let next = AtomicUsize::new(0);
    let each = timed(&mut apart, || {
        thread::scope(|scope| {
            let work = || -> anyhow::Result<()> {
                while let Some(mail) = mails.get(next.fetch_add(1, Ordering::Relaxed)) {
                    single(place, &how, mail)?;
                }
                Ok(())
            };
            let workers: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(work)).collect();
            workers.into_iter().try_for_each(|worker| worker.join().unwrap_or(Ok(())))
        })
    })?;
    let visits = u32::try_from(VISITS).map(f64::from)?;
    println!(
        "\n{:<52} {:>8} {:>8} {:>10}",
        format!("{VISITS} visits, {AT_ONCE} at once"),
        "s",
        "a minute",
        "memory MB"
    );
    for (name, took, memory) in
        [("one browser for all", together, pooled), ("a process and a browser each", each, apart)]
    {
        println!("{name:<52} {took:>8.2} {:>8.1} {:>10}", visits * 60.0 / took, memory >> 20);
    }
    println!("{:<52} {:>8.2}", "rate, one browser / a browser each", each / together);
    Ok(())
}

/// One mail by a process of its own; others run at the same time, so nothing of theirs is cleared away.
fn single(place: &Place, how: &[&str], mail: &Path) -> anyhow::Result<()> {
    let status = place
        .command(&place.program)
        .args(["dissect", "--lang", "ja"])
        .args(how)
        .arg(mail)
        .env("XDG_CACHE_HOME", mail.with_extension("cache"))
        .stdout(Stdio::null())
        .status()?;
    ensure!(status.success(), "fuwake dissect: {status}");
    Ok(())
}

fn mail(place: &Place, number: usize) -> anyhow::Result<PathBuf> {
    let text = format!(
        "From: a@takaki-shiho.com\r\nTo: taro@example.jp\r\nSubject: page {number}\r\nContent-Type: text/plain\r\n\r\n{URL}?page={number}\r\n"
    );
    place.write(&format!("costs/{number}.eml"), text)
}

fn visit(place: &Place) -> anyhow::Result<()> {
    let ledger = place.file("costs.jsonl");
    let output = place
        .command(&place.program)
        .args([
            "url",
            URL,
            "--reach",
            "active",
            "--visit-as",
            "japanese-desktop",
            "--format",
            "json",
            "--record",
        ])
        .arg(&ledger)
        .env("XDG_CACHE_HOME", place.file("costs.cache"))
        .output()?;
    let _ = std::fs::remove_dir_all(place.file("costs.cache"));
    let said = String::from_utf8_lossy(&output.stdout);
    ensure!(
        output.status.success() && said.contains("\"whole\""),
        "fuwake url: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}

fn bare(place: &Place) -> anyhow::Result<()> {
    let home = std::env::temp_dir().join(format!("fuwake-lab-bare-{}", std::process::id()));
    std::fs::create_dir_all(&home)?;
    let user: u32 = USER.parse()?;
    std::os::unix::fs::chown(&home, Some(user), Some(user)).context("the browser's folder")?;
    let picture = home.join("picture.png");
    let status = place
        .command("setpriv")
        .args(["--reuid", USER, "--regid", USER, "--clear-groups", "chromium"])
        .args(FLAGS)
        .arg(format!("--user-data-dir={}", home.display()))
        .args(["--window-size=1366,768", &format!("--screenshot={}", picture.display()), URL])
        .env("HOME", &home)
        .env("XDG_CONFIG_HOME", &home)
        .env("XDG_CACHE_HOME", &home)
        .env("TMPDIR", &home)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    let is_there = picture.exists();
    std::fs::remove_dir_all(&home)?;
    ensure!(status.success() && is_there, "chromium --screenshot: {status}");
    Ok(())
}

/// How long it takes, in seconds, and the most memory that browsers have meanwhile, in bytes.
fn timed(memory: &mut u64, work: impl FnOnce() -> anyhow::Result<()>) -> anyhow::Result<f64> {
    let (most, is_over) = (Arc::new(AtomicU64::new(*memory)), Arc::new(AtomicBool::new(false)));
    let watcher = thread::spawn({
        let (most, is_over) = (Arc::clone(&most), Arc::clone(&is_over));
        move || {
            while !is_over.load(Ordering::Relaxed) {
                most.fetch_max(browsers(), Ordering::Relaxed);
                thread::sleep(Duration::from_millis(150));
            }
        }
    });
    let start = Instant::now();
    let done = work();
    let took = start.elapsed().as_secs_f64();
    is_over.store(true, Ordering::Relaxed);
    let _ = watcher.join();
    *memory = most.load(Ordering::Relaxed);
    done.map(|()| took)
}

/// The memory of all browsers in the lab, shared pages counted once (`Pss`, proc(5)), in bytes.
fn browsers() -> u64 {
    let Ok(processes) = std::fs::read_dir("/proc") else { return 0 };
    let share = |folder: PathBuf| -> Option<u64> {
        let name = std::fs::read_to_string(folder.join("comm")).ok()?;
        let memory = name
            .starts_with("chrom")
            .then(|| std::fs::read_to_string(folder.join("smaps_rollup")).ok())??;
        let line = memory.lines().find_map(|line| line.strip_prefix("Pss:"))?;
        line.split_whitespace().next()?.parse::<u64>().ok()
    };
    processes.flatten().filter_map(|process| share(process.path())).sum::<u64>() * 1_024
}

fn least(times: &[f64]) -> f64 {
    times.iter().copied().fold(f64::INFINITY, f64::min)
}

fn median(times: &[f64]) -> f64 {
    let mut times = times.to_vec();
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}
