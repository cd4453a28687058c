//! The namespace: network, mounts and processes of its own, all gone when its first process ends.

use std::fmt::Write as _;
use std::io::Write as _;
use std::net::IpAddr;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, bail, ensure};

use super::Place;
use super::dns::{self, RESOLVER};
use super::world::Worlds;

/// What the lab needs: (program, Debian package).
const PROGRAMS: [(&str, &str); 9] = [
    ("chromium", "chromium chromium-sandbox fonts-noto-cjk"),
    ("ip", "iproute2"),
    ("nft", "nftables"),
    ("nginx", "nginx-light"),
    ("nsd", "nsd"),
    ("openssl", "openssl"),
    ("setpriv", "util-linux"),
    ("unbound", "unbound"),
    ("unshare", "util-linux"),
];

/// The first process: it ends at Ctrl-C, which a first process without a handler would not hear, and all others end with it.
const FIRST: &str = r#"trap 'exit 130' INT TERM; "$@" <&3 & wait $!"#;

/// Installs from Debian what is missing.
pub(super) fn install() -> anyhow::Result<()> {
    let missing: Vec<&str> =
        PROGRAMS.iter().filter(|(program, _)| !exists(program)).map(|(_, package)| *package).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let command = format!("apt-get install --yes --quiet --no-install-recommends {}", missing.join(" "));
    println!("> {command}");
    let status = Command::new("sh")
        .args(["-c", &format!("apt-get update --quiet && {command}")])
        .env("DEBIAN_FRONTEND", "noninteractive")
        // A server that comes up by itself would be outside the lab.
        .env("RUNLEVEL", "1")
        .stdout(Stdio::null())
        .status()?;
    ensure!(status.success(), "{command}: {status}; the lab needs these programs (as root on Debian)");
    Ok(())
}

fn exists(program: &str) -> bool {
    let path = std::env::var("PATH").unwrap_or_default();
    let usual = "/usr/sbin:/sbin";
    path.split(':').chain(usual.split(':')).any(|folder| Path::new(folder).join(program).exists())
}

/// Becomes the same command inside a new namespace. Only returns where that is not possible.
pub(super) fn enter() -> anyhow::Result<()> {
    let mut isolation = vec!["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"];
    if !succeeds("unshare", &["--net", "--mount", "--pid", "--fork", "true"]) {
        isolation.push("--map-root-user");
    }
    let trial = Command::new("unshare").args(&isolation).arg("true").output()?;
    if !trial.status.success() {
        let said = String::from_utf8_lossy(&trial.stderr);
        bail!("this machine lets nobody make a network namespace here (run as root): {}", said.trim());
    }
    let own = std::env::current_exe().context("where is this program?")?;
    let mut arguments: Vec<_> = std::env::args_os().skip(1).collect();
    // Right behind `lab`.
    arguments.insert(1, "--inside".into());
    let error = Command::new("sh")
        .args(["-c", r#"exec unshare "$@" 3<&0"#, "sh"])
        .args(&isolation)
        .args(["sh", "-c", FIRST, "sh"])
        .arg(own)
        .args(arguments)
        .exec();
    Err(error).context("cannot run unshare")
}

/// Loopback with the addresses of the worlds, scratch room, and the resolver that programs find.
pub(super) fn furnish(place: &Place, worlds: &Worlds) -> anyhow::Result<()> {
    run("mount", &["-t", "tmpfs", "lab", &place.scratch.to_string_lossy()])?;
    let mut batch = "link set lo up\n".to_owned();
    let own = worlds.machines().into_iter().map(|(_, ip)| ip).chain(dns::ADDRESSES.map(IpAddr::from));
    let mut addresses = worlds.addresses();
    addresses.extend(own);
    for ip in addresses {
        let length = if ip.is_ipv4() { 32 } else { 128 };
        writeln!(batch, "addr add {ip}/{length} dev lo")?;
    }
    let mut ip = Command::new("ip").args(["-batch", "-"]).stdin(Stdio::piped()).spawn()?;
    ip.stdin.take().context("ip reads")?.write_all(batch.as_bytes())?;
    let status = ip.wait()?;
    ensure!(status.success(), "ip -batch: {status}");
    let resolv = place.write("resolv.conf", format!("nameserver {RESOLVER}\n"))?;
    run("mount", &["--bind", &resolv.to_string_lossy(), "/etc/resolv.conf"])?;
    let routes = Command::new("ip").args(["route", "show", "default"]).output()?;
    ensure!(routes.stdout.is_empty(), "there is a way out of the lab");
    Ok(())
}

pub(super) fn run(program: &str, arguments: &[&str]) -> anyhow::Result<()> {
    let output = Command::new(program).args(arguments).output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{program} {}: {}", arguments.join(" "), said.trim());
    Ok(())
}

fn succeeds(program: &str, arguments: &[&str]) -> bool {
    Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success())
}
