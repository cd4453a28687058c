//! Servers of the lab: started, waited for, ended.

use std::fs::File;
use std::net::{Ipv4Addr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use rustix::process::{Pid, Signal, kill_process};

use super::dns::{self, BEHIND, RESOLVER};
use super::faults::Fault;
use super::measure::Delay;
use super::relay::Mangle;
use super::web::Trouble;
use super::whois_server::Manner;
use super::world::Worlds;
use super::{Place, relay, web, whois_server};

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
    /// Starts a program in the foreground and waits until it is up; what it says goes into `<name>.out`.
    pub(super) fn start(
        place: &Place,
        name: &str,
        program: &str,
        arguments: &[&str],
        up: Wait,
    ) -> anyhow::Result<Self> {
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

/// A kind of server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// nsd.
    Authorities,
    /// unbound.
    Resolver,
    /// nginx.
    Web,
    /// The lab's own.
    Whois,
}

impl Part {
    /// Where these servers stand.
    pub(super) fn addresses(self) -> Vec<Ipv4Addr> {
        match self {
            Self::Authorities => vec![dns::ROOT, dns::REGISTRY, dns::AUTHORITY],
            Self::Resolver => vec![RESOLVER],
            Self::Web => vec![web::ADDRESS],
            Self::Whois => (0..20).map(whois_server::address).collect(),
        }
    }
}

/// All servers of the standing lab; they end when it is dropped.
pub(super) struct Servers {
    _running: Vec<Server>,
}

impl Servers {
    /// Starts them all, with something wrong or not.
    pub(super) fn start(place: &Place, worlds: &Worlds, fault: Option<Fault>) -> anyhow::Result<Self> {
        let runs = |part| !matches!(fault, Some(Fault::Down(down)) if down == part);
        web::furnish(place, worlds)?;
        for log in ["unbound.log", "web.log"] {
            place.write(log, "")?;
        }
        let mut running = Vec::new();
        if runs(Part::Authorities) {
            running.extend(dns::authorities(place, worlds, fault)?);
        }
        match fault.and_then(resolver) {
            Some(mangle) => {
                running.push(dns::resolver(place, BEHIND)?);
                running.push(relay::start_front(place, mangle)?);
            }
            None if runs(Part::Resolver) => running.push(dns::resolver(place, RESOLVER)?),
            None => {}
        }
        if runs(Part::Web) {
            running.extend(web::servers(place, worlds, fault.and_then(web_trouble))?);
        }
        if runs(Part::Whois) {
            running.push(whois_server::start(place, fault.map(whois_manner).unwrap_or_default())?);
        }
        Ok(Self { _running: running })
    }
}

/// What a fault means for the resolver.
fn resolver(fault: Fault) -> Option<Mangle> {
    match fault {
        Fault::Resolver(mangle) => Some(mangle),
        Fault::Everywhere(Delay::Late) => Some(Mangle::Late),
        Fault::Everywhere(Delay::Later) => Some(Mangle::Later),
        _ => None,
    }
}

/// What a fault means for the web servers.
fn web_trouble(fault: Fault) -> Option<Trouble> {
    match fault {
        Fault::Web(trouble) => Some(trouble),
        Fault::Everywhere(Delay::Late) => Some(Trouble::Late),
        Fault::Everywhere(Delay::Later) => Some(Trouble::Later),
        _ => None,
    }
}

/// What a fault means for the WHOIS servers.
fn whois_manner(fault: Fault) -> Manner {
    match fault {
        Fault::Whois(manner) => manner,
        Fault::Everywhere(Delay::Late) => Manner::Late,
        Fault::Everywhere(Delay::Later) => Manner::Later,
        _ => Manner::Plain,
    }
}
