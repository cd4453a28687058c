//! A running Chromium: an empty profile in a folder of its own, a process group of its own, both gone with it.

use std::env;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use fuwake_core::evidence::visit::Profile;
use rustix::process::{Pid, Signal, geteuid, kill_process_group};
use serde::Deserialize;
use serde_json::json;
use tokio::process::{Child, Command};
use tokio::time::timeout;

use super::devtools::Devtools;
use super::{agent, processes};
use crate::temporary::Folder;

/// Its usual names.
const NAMES: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome-headless-shell"];
/// How long it may take to start.
const START: Duration = Duration::from_secs(20);
/// How long the program may take to tell its version.
const VERSION: Duration = Duration::from_secs(5);
/// User ids that systemd's list of them (`UIDS-GIDS`) gives to nobody: so many that each process of a machine has one to itself, and some
/// for containers, which often know no more than 65,536.
const NOBODY: [(u32, u32); 2] = [(1_879_048_192, 4_194_304), (60_578, 606)];

/// Moves the pipes to the handles at which Chromium looks for them; takes the profile away where this program ended first: the browser
/// ends when nobody speaks to it any longer.
const SHELL: &str = r#"exec 3<&0 4>&1 </dev/null >/dev/null; "$0" "$@"; rm -rf -- "$HOME""#;

/// What each start says. Nothing is fetched for the browser itself; pages get no way around the proxy (WebRTC, QUIC, name look-ups);
/// frames share their page's process, so that one conversation sees them all (profiles are empty: there is nothing to part).
pub(crate) const FLAGS: [&str; 32] = [
    "--headless=new",
    "--remote-debugging-pipe",
    "--disable-gpu",
    "--hide-scrollbars",
    "--mute-audio",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-service-autorun",
    "--no-pings",
    "--metrics-recording-only",
    "--password-store=basic",
    "--use-mock-keychain",
    "--disable-background-networking",
    "--disable-breakpad",
    "--disable-client-side-phishing-detection",
    "--disable-component-extensions-with-background-pages",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-field-trial-config",
    "--disable-quic",
    "--disable-search-engine-choice-screen",
    "--disable-sync",
    "--disable-blink-features=AutomationControlled",
    "--disable-features=IsolateOrigins,site-per-process,LocalNetworkAccessChecks,Translate,OptimizationHints,MediaRouter,\
     InterestFeedContentSuggestions,Prerender2,AutofillServerCommunication,CertificateTransparencyComponentUpdater,HttpsUpgrades,\
     HttpsFirstBalancedModeAutoEnable",
    "--disable-site-isolation-trials",
    // Where the browser has no blocker of windows of its own: the headless shell.
    "--block-new-web-contents",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    // Pages come through a proxy of their own; whatever belongs to none of them goes nowhere.
    "--proxy-server=http://127.0.0.1:9",
    "--js-flags=--max-old-space-size=512",
];

/// A running browser.
#[derive(Debug)]
pub(crate) struct Chromium {
    pub(crate) devtools: Devtools,
    /// Name and version, as the browser tells them: `Chrome/156.0.8078.79`.
    pub(crate) version: String,
    /// Chromium's own sandbox is on.
    pub(crate) is_sandboxed: bool,
    group: Pid,
    folder: PathBuf,
    /// Taken when it is let go of.
    remains: Option<Remains>,
}

/// What is left of a browser that nobody speaks to any longer: to let go of it takes a while.
#[derive(Debug)]
struct Remains {
    group: Pid,
    child: Child,
    profile: Folder,
}

#[derive(Deserialize)]
struct Version {
    product: String,
}

impl Chromium {
    /// Starts it; without its own sandbox only where it says itself that it can have none, never for being slow.
    pub(crate) async fn start(program: &Path) -> io::Result<Self> {
        match Self::try_start(program, true).await {
            Err(why) if has_no_sandbox(&why.to_string()) => Self::try_start(program, false).await,
            started => started,
        }
    }

    async fn try_start(program: &Path, sandboxed: bool) -> io::Result<Self> {
        let profile = Folder::new("fuwake-browser-")?;
        let mut child = spawn(program, &profile, sandboxed, &user_agent(program).await)?;
        let pipes = child.stdin.take().zip(child.stdout.take());
        let group = child.id().and_then(|id| Pid::from_raw(id.try_into().ok()?));
        let ((to, from), group) = pipes.zip(group).ok_or_else(|| io::Error::other("it ended at once"))?;
        let folder = profile.path().to_owned();
        profile.end_first(move || {
            let _ = kill_process_group(group, Signal::KILL);
            processes::end_all(group, &folder);
        });
        let devtools = Devtools::new(to, from);
        let folder = profile.path().to_owned();
        let remains = Some(Remains { group, child, profile });
        let mut chromium =
            Self { devtools, version: String::new(), is_sandboxed: sandboxed, group, folder, remains };
        let version = chromium.devtools.call::<Version>("Browser.getVersion", json!({}), START).await;
        chromium.version = version.map_err(|why| chromium.complaint(&why.to_string()))?.product;
        Ok(chromium)
    }

    /// As evidence names it.
    pub(crate) fn named(&self) -> String {
        format!("{}{}", self.name(), if self.is_sandboxed { "" } else { " (without sandbox)" })
    }

    /// Name and version.
    pub(crate) fn name(&self) -> String {
        let version = self.version.split_once('/').map_or(&*self.version, |(_, version)| version);
        format!("Chromium/{version}")
    }

    /// The profile's folder, which names all of its processes.
    pub(crate) fn profile(&self) -> &Path {
        &self.folder
    }

    /// The group of its processes.
    pub(crate) fn group(&self) -> Pid {
        self.group
    }

    /// Why it did not start: its own last words.
    fn complaint(&self, why: &str) -> io::Error {
        let said = std::fs::read_to_string(said(&self.folder)).unwrap_or_default();
        let last = said.lines().rfind(|line| line.contains("FATAL") || line.contains("sandbox"));
        io::Error::other(last.unwrap_or(why).chars().take(300).collect::<String>())
    }
}

impl Drop for Chromium {
    /// Ends it at once, and clears away what remains beside the work of a runtime, which waits for that at its own end.
    fn drop(&mut self) {
        let _ = kill_process_group(self.group, Signal::KILL);
        let remains = self.remains.take();
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn_blocking(move || drop(remains));
        }
    }
}

impl Drop for Remains {
    /// Ends all of its processes; the folder goes after them: one that still runs would write it anew.
    fn drop(&mut self) {
        let _ = self.child.start_kill();
        processes::end_all(self.group, self.profile.path());
        // Reaps the first of them, so that no dead one stays in the table.
        for _ in 0..100 {
            if !matches!(self.child.try_wait(), Ok(None)) {
                break;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

/// Whether its last words are that neither namespaces nor a setuid program shut it in; mere warnings name the sandbox too.
fn has_no_sandbox(last_words: &str) -> bool {
    last_words.contains("FATAL") && ["sandbox", "zygote_host"].iter().any(|part| last_words.contains(part))
}

/// As whom everything speaks that no page's own disguise covers: windows before they are closed, workers that pages share. The version is
/// the program's own, so that it does not tell by being another.
async fn user_agent(program: &Path) -> String {
    let mut asked = Command::new(program);
    asked
        .arg("--version")
        .env_clear()
        .env("PATH", env::var_os("PATH").unwrap_or_default())
        .kill_on_drop(true);
    let told = timeout(VERSION, asked.output()).await.ok().and_then(Result::ok);
    let said = told.map(|told| String::from_utf8_lossy(&told.stdout).into_owned()).unwrap_or_default();
    let number = said.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let product = format!("Chrome/{}", number.unwrap_or_default());
    agent::user_agent(Profile::JapaneseDesktop, agent::major(&product))
}

fn spawn(program: &Path, profile: &Folder, sandboxed: bool, agent: &str) -> io::Result<Child> {
    let folder = profile.path();
    let mut command = Command::new("/bin/sh");
    command.arg("-c").arg(SHELL).arg(program).args(FLAGS);
    command.arg(format!("--user-agent={agent}")).arg(format!("--accept-lang={}", agent::ACCEPTED));
    command.arg(format!("--user-data-dir={}", folder.display())).arg("about:blank");
    if !sandboxed {
        command.arg("--no-sandbox");
    }
    command
        .env_clear()
        .env("PATH", env::var_os("PATH").unwrap_or_default())
        .env("HOME", folder)
        .env("TMPDIR", folder)
        .env("LANG", "ja_JP.UTF-8")
        .env("LANGUAGE", "ja")
        .env("TZ", "Asia/Tokyo")
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(File::create(said(folder))?)
        .process_group(0)
        .kill_on_drop(true);
    if let Some(user) = user() {
        std::os::unix::fs::chown(folder, Some(user), Some(user))?;
        command.uid(user).gid(user);
    }
    command.spawn()
}

/// The user of root's browsers, who is nobody, and no other run's; none where they are the operator's own. As root Chromium would give up
/// its own sandbox; and without one, what a page breaks into must be nobody's.
pub(crate) fn user() -> Option<u32> {
    let known = std::fs::read_to_string("/proc/self/uid_map").unwrap_or_default();
    geteuid().is_root().then(|| nobody(&known, std::process::id()))
}

/// The first that is known here (user_namespaces(7): first, first outside, how many).
fn nobody(known: &str, process: u32) -> u32 {
    let ranges = known.lines().filter_map(|line| {
        let mut fields = line.split_whitespace().map(str::parse::<u32>);
        let (first, _, many) = (fields.next()?.ok()?, fields.next()?, fields.next()?.ok()?);
        Some((first, many))
    });
    let ranges: Vec<(u32, u32)> = ranges.collect();
    let is_known = |user: &u32| ranges.iter().any(|(first, many)| user.wrapping_sub(*first) < *many);
    let [first, last] = NOBODY.map(|(first, many)| first + process % many);
    Some(first).filter(is_known).unwrap_or(last)
}

fn said(folder: &Path) -> PathBuf {
    folder.join("said")
}

/// The program: the operator's, else the first of the usual names in the path.
pub(crate) fn find(named: Option<&Path>) -> Option<PathBuf> {
    if let Some(named) = named {
        return named.is_file().then(|| named.to_owned());
    }
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    NAMES
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_sandbox_that_cannot_be_is_done_without() {
        let none = "[1:1:1122/1.2:FATAL:content/browser/zygote_host/zygote_host_impl_linux.cc:127] No usable sandbox!";
        assert!(has_no_sandbox(none));
        let namespace =
            "[1:1:FATAL:zygote_host_impl_linux.cc(201)] Check failed: . : Operation not permitted (1)";
        assert!(has_no_sandbox(namespace));
        let warning = "[1:1:ERROR:sandbox/policy/linux/sandbox_linux.cc:420] InitializeSandbox() called with multiple threads";
        assert!(!has_no_sandbox(warning));
        assert!(!has_no_sandbox("Browser.getVersion: no answer"));
    }

    #[test]
    fn nobody_is_whom_the_system_knows_and_gives_to_none() {
        assert_eq!(nobody("         0          0 4294967295\n", 7_001), 1_879_055_193);
        assert_eq!(nobody("0 100000 65536\n", 7_001), 60_578 + 7_001 % 606);
        assert_eq!(nobody("0 1000 1\n1 100000 65536\n", 5), 60_583);
        assert_eq!(nobody("", 5), 60_583);
    }
}
