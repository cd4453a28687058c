//! Which trace lines were written by a server that the recipient trusts, and which results count for that reason.
//!
//! A mail's trace is read from the top, where the recipient's own server wrote, downwards. Every line is believed only
//! as far as the believed line above it *saw* who handed the mail over; HELO names and `by` names can be made up by
//! anybody who writes lines below.

mod host;
mod network;
mod results;

pub use network::{BadTrust, Network};
pub use results::mark_results;

use crate::mail::Trusted;
use std::net::IpAddr;

use crate::mail::received::{Hop, Trust, is_web};
use host::organisation;

pub use host::is_public;

/// Where the recipient's own servers end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Boundary {
    /// The oldest observed line; none where the mail has no Received field.
    pub hop: Option<usize>,
    /// The organisations (registrable domains) of the recipient's servers, as inferred from the top; lower case.
    pub organisations: Vec<String>,
}

/// Grades the lines (oldest first) and says where the recipient's own servers end.
pub fn grade(hops: &mut [Hop], trusted: &Trusted) -> Boundary {
    let mut grading =
        Grading { trusted, home: Vec::new(), served: Vec::new(), witness: None, side: None, pulled: false };
    let mut nameless = Vec::new();
    for hop in hops.iter_mut() {
        hop.trust = Trust::Claimed;
    }
    for index in (0..hops.len()).rev() {
        let (older, newer) = hops.split_at_mut(index + 1);
        let line = &mut older[index];
        let witness = grading.witness.and_then(|at| newer.get(at - index - 1));
        if line.by.is_none() && witness.is_some_and(|witness| !grading.same_side(witness)) {
            // A hand-over inside a foreign host: as believable as the line below that names the host.
            nameless.push(index);
            continue;
        }
        line.trust = grading.line(witness, line);
        let trust = line.trust;
        grading.accept(index, &hops[index]);
        for at in nameless.drain(..) {
            hops[at].trust = trust;
        }
        if trust == Trust::Claimed {
            break;
        }
    }
    let hop = hops.iter().position(|hop| hop.trust == Trust::Observed);
    Boundary { hop, organisations: grading.home }
}

/// What is known while the lines are read from the newest down.
struct Grading<'t> {
    trusted: &'t Trusted,
    home: Vec<String>,
    /// Domains of recipients by observed lines.
    served: Vec<String>,
    /// The last line that was believed.
    witness: Option<usize>,
    /// The organisation of the last believed line that names one.
    side: Option<String>,
    /// The last line fetched the mail out of a mailbox: the next one is the mailbox provider's.
    pulled: bool,
}

impl Grading<'_> {
    fn line(&self, witness: Option<&Hop>, line: &Hop) -> Trust {
        let Some(witness) = witness else { return Trust::Observed };
        if witness.trust == Trust::Observed && self.is_ours(witness, line) {
            return Trust::Observed;
        }
        let within =
            witness.trust == Trust::Corroborated && self.same_side(witness) && self.same_provider(line);
        if within || saw_writer(witness, line) { Trust::Corroborated } else { Trust::Claimed }
    }

    fn accept(&mut self, index: usize, line: &Hop) {
        self.witness = Some(index);
        let domain = line.recipient.as_deref().and_then(|address| address.rsplit_once('@'));
        let domain = domain.filter(|_| line.trust == Trust::Observed);
        self.served.extend(domain.map(|(_, domain)| domain.to_owned()));
        let organisation = line.by.as_deref().and_then(organisation);
        if line.trust == Trust::Observed
            && let Some(organisation) = &organisation
            && (self.home.is_empty() || self.pulled)
            && !self.home.contains(organisation)
        {
            self.home.push(organisation.clone());
        }
        self.side = organisation.or(self.side.take());
        self.pulled = pulls(line) || (self.pulled && line.by.is_none());
    }

    /// The recipient's own server wrote `line`, and the line above it saw no stranger hand the mail over.
    fn is_ours(&self, witness: &Hop, line: &Hop) -> bool {
        if witness.ip.is_some_and(|ip| self.trusted.networks.iter().any(|network| network.contains(ip))) {
            return true;
        }
        let Some(by) = line.by.as_deref() else { return self.same_side(witness) };
        let named = self.trusted.names.iter().any(|name| host::is_within(by, name));
        if named && (saw_writer(witness, line) || self.same_side(witness)) {
            return true;
        }
        let ours = match organisation(by) {
            Some(organisation) => self.home.is_empty() || self.pulled || self.home.contains(&organisation),
            None => true,
        };
        ours && (self.same_side(witness) || saw_neighbour(witness, line))
            || self.saw_server_of_recipient(witness, line)
    }

    /// `newer` saw by its reverse name the server of the recipient's domain, which wrote `older`: a machine at home bears another name, or
    /// an inner one, than the server that it gets its mail from.
    fn saw_server_of_recipient(&self, newer: &Hop, older: &Hop) -> bool {
        let (Some(name), Some(by)) = (newer.confirmed_name(), older.by.as_deref()) else { return false };
        let customer = newer.authenticated || newer.ip.is_some_and(|ip| host::is_generic(name, ip));
        // Anywhere else a machine of the domain may be a customer's or a broken one.
        let is_inner = newer.by.as_deref().is_some_and(|by| organisation(by).is_none());
        let serves = |domain: &String| host::same_organisation(name, domain);
        is_inner && !customer && host::same_host(name, by) && self.served.iter().any(serves)
    }

    /// `line` names the organisation that is being followed, or an inner name, or nothing.
    fn same_provider(&self, line: &Hop) -> bool {
        let organisation = line.by.as_deref().and_then(organisation);
        organisation.is_none() || organisation == self.side
    }

    /// The client that `witness` saw is on its own side: nobody but itself, a private address, or a server of its organisation.
    fn same_side(&self, witness: &Hop) -> bool {
        if pulls(witness) || hands_over_by_web(witness) {
            return true;
        }
        match witness.ip {
            Some(ip) if !is_public(ip) => true,
            Some(ip) if self.trusted.networks.iter().any(|network| network.contains(ip)) => true,
            Some(_) => peer_of_own_organisation(witness),
            None => witness.helo.is_none() || hands_over_locally(witness),
        }
    }
}

/// Its reverse name is of the organisation that wrote the line, and no customer's: customers write lines too.
fn peer_of_own_organisation(line: &Hop) -> bool {
    let (Some(name), Some(by)) = (line.confirmed_name(), line.by.as_deref()) else { return false };
    let customer = line.authenticated || line.ip.is_some_and(|ip| host::is_generic(name, ip));
    !customer && host::same_organisation(name, by)
}

/// `newer` observed, by reverse name or address, the server that `older` says wrote it.
fn saw_writer(newer: &Hop, older: &Hop) -> bool {
    let Some(by) = older.by.as_deref() else { return false };
    if newer.ip.is_some() && newer.ip == older.by_ip {
        return true;
    }
    let Some(name) = newer.confirmed_name() else { return false };
    let customer = newer.ip.is_some_and(|ip| host::is_generic(name, ip));
    host::same_host(name, by) || (!customer && host::same_organisation(name, by))
}

/// Exchange writes no reverse names: the client is a neighbour where its IPv6 address lies in the same provider's network
/// (24 bits) as the address that the writer gives for itself, and it bears the organisation's name.
fn saw_neighbour(newer: &Hop, older: &Hop) -> bool {
    let (Some(ip @ IpAddr::V6(_)), Some(own)) = (newer.ip, newer.by_ip) else { return false };
    let (Some(helo), Some(by)) = (newer.helo.as_deref(), older.by.as_deref()) else { return false };
    Network { address: own, prefix: 24 }.contains(ip) && host::same_organisation(helo, by)
}

/// The line fetched the mail out of a mailbox (fetchmail and its kin): its peer is the recipient's own provider.
fn pulls(line: &Hop) -> bool {
    line.with.as_deref().is_some_and(|with| {
        ["POP3", "IMAP", "APOP", "POP", "POP3S", "IMAPS", "POP2", "IMAP4"]
            .iter()
            .any(|pull| with.eq_ignore_ascii_case(pull))
    })
}

/// A hand-over that no stranger can use and that records no address.
fn hands_over_locally(line: &Hop) -> bool {
    let Some(with) = line.with.as_deref() else { return false };
    ["LMTP", "LMTPS", "local", "QMQP", "mapi", "listexpand"]
        .iter()
        .any(|local| with.eq_ignore_ascii_case(local))
}

/// Exchange's last step into the mailbox: one of its servers calls another one by HTTPS, where a client cannot name itself.
fn hands_over_by_web(line: &Hop) -> bool {
    let names = line.helo.as_deref().zip(line.by.as_deref());
    line.with.as_deref().is_some_and(is_web)
        && names.is_some_and(|(helo, by)| host::same_organisation(helo, by))
}

/// The line records a client that handed its own mail in: it logged in, or wrote in a browser.
pub(crate) fn records_client(line: &Hop) -> bool {
    let web = line.with.as_deref().is_some_and(is_web) && !hands_over_by_web(line);
    line.ip.is_some_and(is_public) && (line.authenticated || web)
}

/// Two `by` hosts of one provider; inner names count as its own.
pub(crate) fn same_provider(one: &str, other: &str) -> bool {
    organisation(one).is_none() || organisation(other).is_none() || host::same_organisation(one, other)
}
