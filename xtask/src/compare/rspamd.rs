//! rspamd: its daemon with one worker, asked over its own HTTP interface.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, bail, ensure};

use super::{Outcome, sample::Mail};
use crate::measure::{children, own_cpu, peak_memory};

/// The score from which its default configuration marks a mail as spam (`add_header`).
const THRESHOLD: f64 = 6.0;
const ADDRESS: &str = "127.0.0.1:11333";

/// Modules that ask the network or a database, or that judge the connection, which an archived mail has not.
pub(super) const OFF: [&str; 27] = [
    "antivirus",
    "arc",
    "asn",
    "bimi",
    "clickhouse",
    "dcc",
    "dkim",
    "dkim_signing",
    "dmarc",
    "elastic",
    "external_services",
    "fuzzy_check",
    "greylist",
    "hfilter",
    "history_redis",
    "metadata_exporter",
    "milter_headers",
    "mx_check",
    "neural",
    "p0f",
    "ratelimit",
    "rbl",
    "replies",
    "reputation",
    "rspamd_update",
    "spf",
    "url_redirector",
];

/// Symbols that say only that the mail is old or that no connection was seen; their scores are taken off.
pub(super) const ARTEFACTS: [&str; 5] =
    ["DATE_IN_PAST", "RDNS_NONE", "RDNS_DNSFAIL", "ONCE_RECEIVED_STRICT", "AUTH_NA"];

/// Judges the mails.
pub(crate) fn run(mails: &[Mail], folder: &Path) -> anyhow::Result<Outcome> {
    configure(folder)?;
    let mut daemon = start(folder)?;
    let judged = judge(&daemon, mails);
    // Only its own process is ended; it ends its workers.
    let ended = Command::new("kill").arg(daemon.id().to_string()).status();
    daemon.wait()?;
    ended?;
    judged
}

fn configure(folder: &Path) -> anyhow::Result<()> {
    let local = folder.join("local.d");
    for path in ["local.d", "run", "db", "log"] {
        fs::create_dir_all(folder.join(path))?;
    }
    for module in OFF {
        fs::write(local.join(module).with_extension("conf"), "enabled = false;\n")?;
    }
    for worker in ["proxy", "controller", "fuzzy"] {
        fs::write(local.join(format!("worker-{worker}.inc")), "enabled = false;\n")?;
    }
    let worker = format!("bind_socket = \"{ADDRESS}\"; count = 1;\n");
    fs::write(local.join("worker-normal.inc"), worker)?;
    let dns = "dns { nameserver = [\"127.0.0.1:1\"]; timeout = 0.05s; retransmits = 1; }\n";
    fs::write(local.join("options.inc"), dns)?;
    let log = folder.join("log/rspamd.log");
    let logging = format!("type = \"file\"; filename = \"{}\"; level = \"error\";\n", log.display());
    fs::write(local.join("logging.inc"), logging)?;
    let owned = Command::new("chown").args(["-R", "_rspamd:_rspamd"]).arg(folder).status()?;
    ensure!(owned.success(), "chown: {owned}");
    Ok(())
}

fn start(folder: &Path) -> anyhow::Result<Child> {
    let variable = |name: &str, place: &Path| format!("--var={name}={}", place.display());
    let mut daemon = Command::new("rspamd")
        .args(["--no-fork", "--user", "_rspamd", "--group", "_rspamd"])
        .arg(variable("LOCAL_CONFDIR", folder))
        .arg(variable("DBDIR", &folder.join("db")))
        .arg(variable("RUNDIR", &folder.join("run")))
        .arg(variable("LOGDIR", &folder.join("log")))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .context("cannot run rspamd")?;
    for _ in 0..240 {
        if check(b"Subject: a\r\n\r\na\r\n").is_ok() {
            return Ok(daemon);
        }
        if let Some(status) = daemon.try_wait()? {
            bail!("rspamd ended: {status}");
        }
        std::thread::sleep(Duration::from_millis(500));
    }
    daemon.kill()?;
    daemon.wait()?;
    bail!("rspamd did not answer within two minutes")
}

fn judge(daemon: &Child, mails: &[Mail]) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome { name: "rspamd", version: version()?, ..Outcome::default() };
    let before = cpu(daemon);
    let mut flagged = BTreeSet::new();
    for mail in mails {
        let score = check(&fs::read(&mail.path)?).with_context(|| mail.path.display().to_string())?;
        outcome.judged += 1;
        if score >= THRESHOLD {
            flagged.insert(mail.path.clone());
        }
    }
    outcome.flagged = flagged;
    outcome.cpu = cpu(daemon) - before;
    outcome.peak = family(daemon).map(peak_memory).max().unwrap_or(0);
    Ok(outcome)
}

fn family(daemon: &Child) -> impl Iterator<Item = u32> {
    std::iter::once(daemon.id()).chain(children(daemon.id()))
}

fn cpu(daemon: &Child) -> f64 {
    family(daemon).map(own_cpu).sum()
}

/// The score of a mail, without the artefacts.
fn check(mail: &[u8]) -> anyhow::Result<f64> {
    let mut stream = TcpStream::connect(ADDRESS)?;
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    write!(stream, "POST /checkv2 HTTP/1.0\r\nContent-Length: {}\r\n\r\n", mail.len())?;
    stream.write_all(mail)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer);
    let (_, body) = answer.split_once("\r\n\r\n").context("no answer")?;
    let said: serde_json::Value = serde_json::from_str(body).context("the answer is no JSON")?;
    let score = said["score"].as_f64().context("no score")?;
    let of = |symbol: &str| said["symbols"][symbol]["score"].as_f64().unwrap_or(0.0);
    Ok(score - ARTEFACTS.into_iter().map(of).sum::<f64>())
}

fn version() -> anyhow::Result<String> {
    let output = Command::new("rspamd").arg("--version").output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(text.split_whitespace().last().unwrap_or_default().to_owned())
}
