//! Servers of the lab: started, waited for, ended.

use std::fs::File;
use std::net::{Ipv4Addr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use rustix::process::{Pid, Signal, kill_process};

use super::dns::{self, RESOLVER};
use super::whois_server::Manner;
use super::world::Worlds;
use super::{Place, web, whois_server};

/// How long a server may take to come up.
const PATIENCE: Duration = Duration::from_secs(20);

/// What tells that a server is up.
#[derive(Clone, Copy)]
pub(super) enum Wait {
    /// It takes connections at this address and port.
    Port(Ipv4Addr, u16),
}

/// A running server; ended when dropped.
pub(super) struct Server {
    child: Child,
}

impl Server {
    /// Starts a program in the foreground and waits until it is up; what it says goes into a file of the scratch room.
    pub(super) fn start(place: &Place, program: &str, arguments: &[&str], up: Wait) -> anyhow::Result<Self> {
        let name = program.rsplit('/').next().unwrap_or(program);
        let said = place.file(&format!("{name}.out"));
        let log = File::create(&said)?;
        let path = std::env::var("PATH").unwrap_or_default();
        let child = Command::new(program)
            .args(arguments)
            .env("PATH", format!("{path}:/usr/sbin:/sbin"))
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .with_context(|| format!("cannot start {program}"))?;
        let mut server = Self { child };
        let Wait::Port(address, port) = up;
        let end = Instant::now() + PATIENCE;
        while TcpStream::connect((address, port)).is_err() {
            let ended = server.child.try_wait()?;
            if ended.is_some() || Instant::now() > end {
                let said = std::fs::read_to_string(&said).unwrap_or_default();
                bail!("{name} did not come up at {address}:{port}: {}", said.trim());
            }
            sleep(Duration::from_millis(20));
        }
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Asked to end, for nsd would leave its own children behind; it may have ended by itself.
        if let Some(process) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
            let _ = kill_process(process, Signal::TERM);
        }
        let _ = self.child.wait();
    }
}

/// All servers of the standing lab.
pub(super) struct Servers {
    _authorities: Server,
    _resolver: Server,
    _web: Server,
    _whois: Server,
}

impl Servers {
    /// Starts them all.
    pub(super) fn start(place: &Place, worlds: &Worlds) -> anyhow::Result<Self> {
        web::furnish(place, worlds)?;
        Ok(Self {
            _authorities: dns::authorities(place, worlds)?,
            _resolver: dns::resolver(place, RESOLVER)?,
            _web: web::server(place, worlds)?,
            _whois: whois_server::start(place, Manner::Plain)?,
        })
    }
}
