//! The questions: to the server that IANA names, and on to where that refers.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use fuwake_core::evidence::{Network, Registration};
use moka::future::Cache;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::fields::Fields;
use super::{domain, network, text};
use crate::probes::registry::asking::{Miss, Said};
use crate::probes::registry::host;
use crate::world::{Dialer, Fault, Manners, Rule};

#[cfg(test)]
mod tests;

/// Registries bear a question or two a second.
const RULE: Rule = Rule { at_once: 2, per_second: 2, time_out: Duration::from_secs(15), retries: 0 };
/// JPRS and JPNIC shut out who asks much.
const RESTRAINED: Rule = Rule { at_once: 1, per_second: 1, ..RULE };
/// The longest answer that is read, in bytes.
const LONGEST: usize = 256 << 10;
/// How long IANA's word holds which server is whose.
const LIFETIME: Duration = Duration::from_secs(86_400);
/// How many servers are kept.
const SERVERS: u64 = 2_000;
/// How many servers one block's question is handed on to.
const REFERRALS: usize = 2;
/// Where all referrals begin.
const IANA: &str = "whois.iana.org";
/// The port of the protocol.
const PORT: u16 = 43;

/// Asks registries by WHOIS.
#[derive(Debug)]
pub(in crate::probes::registry) struct Whois {
    dialer: Dialer,
    manners: Arc<Manners>,
    /// The servers of top-level domains and of heads of addresses; none where there is none.
    servers: Cache<String, Option<String>>,
    iana: String,
    port: u16,
}

impl Whois {
    /// Asks nothing yet.
    pub(in crate::probes::registry) fn new(dialer: Dialer, manners: Arc<Manners>) -> Self {
        Self::at(IANA, PORT, dialer, manners)
    }

    fn at(iana: &str, port: u16, dialer: Dialer, manners: Arc<Manners>) -> Self {
        let servers = Cache::builder().max_capacity(SERVERS).time_to_live(LIFETIME).build();
        Self { dialer, manners, servers, iana: iana.to_owned(), port }
    }

    /// A domain's registration.
    pub(in crate::probes::registry) async fn registration(
        &self,
        domain: &str,
    ) -> Result<Said<Registration>, Miss> {
        let top = domain.rsplit('.').next().unwrap_or(domain);
        let server = self.server(top.to_owned(), top).await?;
        let missed = |fault| self.missed(fault, &server);
        let answer = self.ask(&server, &domain::query(&server, domain)).await.map_err(missed)?;
        match domain::read(&answer.text, &server, domain).map_err(missed)? {
            None if answer.is_cut => Err(missed(Fault::Garbled("WHOIS: cut".to_owned()))),
            None => Ok(Said::absent(source(&server))),
            Some((found, registrars)) => {
                let said = self.with_registrar(found, registrars, &server, domain).await;
                Ok(said.cut(answer.is_cut))
            }
        }
    }

    /// Thin registries leave the registrant to the registrar's server, asked where it does not stand on the domain itself: whoever
    /// registers a domain must not learn that it is looked at.
    async fn with_registrar(
        &self,
        mut found: Registration,
        registrars: Option<String>,
        server: &str,
        domain: &str,
    ) -> Said<Registration> {
        let below = |host: &String| {
            host.strip_suffix(domain).is_some_and(|head| head.is_empty() || head.ends_with('.'))
        };
        let other = |host: &String| host != server && !below(host);
        let Some(named) = registrars.filter(other).filter(|_| found.registrant.is_none()) else {
            return Said::found(found, source(server));
        };
        let asked = self.ask(&named, &domain::query(&named, domain)).await;
        let more = asked.and_then(|answer| domain::read(&answer.text, &named, domain)).ok().flatten();
        let Some((more, _)) = more else { return Said::in_part(found, source(server)) };
        found.registrant = more.registrant;
        found.country = found.country.or(more.country);
        found.abuse = found.abuse.or(more.abuse);
        Said::found(found, format!("whois {server}, {named}"))
    }

    /// The block that an address lies in.
    pub(in crate::probes::registry) async fn network(&self, ip: IpAddr) -> Result<Said<Network>, Miss> {
        let mut server = self.server(head(ip), &ip.to_string()).await?;
        let mut asked = Vec::new();
        loop {
            let missed = |fault| self.missed(fault, &server);
            let answer = self.ask(&server, &network::query(&server, ip)).await.map_err(missed)?;
            let fields = Fields::read(&answer.text);
            asked.push(server.clone());
            let handed = network::referral(&fields).filter(|next| !asked.contains(next));
            if let Some(next) = handed.filter(|_| asked.len() <= REFERRALS) {
                server = next;
                continue;
            }
            return match network::read(&fields, &answer.text, &server, ip).map_err(missed) {
                Ok(found) => Ok(Said::found(found, source(&server)).cut(answer.is_cut)),
                Err(miss) => Err(miss),
            };
        }
    }

    /// The server that IANA names for a top-level domain or an address; `key` is what its word holds for.
    async fn server(&self, key: String, question: &str) -> Result<String, Miss> {
        if !self.dialer.can_connect() {
            return Err(Miss::NotAsked("proxy", "whois".to_owned()));
        }
        let asking = async {
            let answer = self.ask(&self.iana, question).await?;
            let fields = Fields::read(&answer.text);
            let named = fields.first(&["refer"]).or_else(|| fields.first(&["whois"])).and_then(host);
            match named {
                None if fields.is_empty() => Err(Fault::Garbled("WHOIS".to_owned())),
                named => Ok(named),
            }
        };
        match self.servers.try_get_with(key, asking).await {
            Ok(Some(server)) => Ok(server),
            Ok(None) => Err(Miss::NotAsked("no-registry", source(&self.iana))),
            Err(fault) => Err(Miss::Failed(Fault::clone(&fault), source(&self.iana))),
        }
    }

    /// A server that says in words that it was asked too much is left alone.
    fn missed(&self, fault: Fault, server: &str) -> Miss {
        let service = source(server);
        if let Fault::RateLimited(wanted) = &fault {
            self.manners.leave_alone(&service, *wanted);
        }
        Miss::Failed(fault, service)
    }

    async fn ask(&self, server: &str, question: &str) -> Result<Heard, Fault> {
        let rule = if matches!(server, "whois.jprs.jp" | "whois.nic.ad.jp") { RESTRAINED } else { RULE };
        self.manners.ask(&source(server), rule, || self.exchange(server, question)).await
    }

    async fn exchange(&self, server: &str, question: &str) -> Result<Heard, Fault> {
        let mut stream = self.dialer.connect(server, self.port).await?;
        let sent = stream.write_all(format!("{question}\r\n").as_bytes()).await;
        sent.map_err(|_| Fault::Unreachable)?;
        let mut answer = Vec::new();
        // Some servers end with a reset: what came before it counts, though nobody knows whether it was all.
        let read = stream.take(LONGEST as u64 + 1).read_to_end(&mut answer).await;
        match read {
            _ if answer.len() > LONGEST => Err(Fault::TooLong),
            Err(_) if answer.is_empty() => Err(Fault::Unreachable),
            read => Ok(Heard { text: text::decode(&answer, server), is_cut: read.is_err() }),
        }
    }
}

/// What a server said.
struct Heard {
    text: String,
    /// It was interrupted.
    is_cut: bool,
}

/// What IANA's word on an address holds for: it gives IPv4 out by the first octet, IPv6 by the first 23 bits at most.
fn head(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => format!("{}/8", ip.octets()[0]),
        IpAddr::V6(ip) => format!("{:x}/23", ip.to_bits() >> 105),
    }
}

fn source(server: &str) -> String {
    format!("whois {server}")
}
