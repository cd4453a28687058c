//! What of a link others may look for or block: never more than the attacker's, and nothing that was made for one reader. Lists of
//! phishing and malware pages hold links as they were met; one that ends in somebody's address names him, and matches nobody else's. So a
//! link is cut before the first such piece, and says so: it is then the beginning of what is looked for.

use url::{Position, Url};

use super::{Maker, Met};
use crate::domain::{is_reserved, registrable};
use crate::indicators::{Sought, Standing};
use crate::knowledge::KeptMarks;
use crate::mail::trust::is_public;
use crate::publish::Style;
use crate::publish::marks;

/// A longer one is in no list.
const LONGEST: usize = 2_048;

impl Maker<'_> {
    /// None where it is not the attacker's, and where too little is left to mean his page alone.
    pub(super) fn sought(&self, link: &Url, met: Met, standing: Standing) -> Option<Sought> {
        // What stands before the host is never sent to it as a part of the address (RFC 9110 section 4.2.4).
        let mut link = link.clone();
        link.set_username("").and_then(|()| link.set_password(None)).ok()?;
        let (link, host) = (&link, link.host_str()?);
        if standing != Standing::Attacker || !is_outside(link) || self.is_personal(host) {
            return None;
        }
        let owner = self.whose.host(host);
        let is_bare = link.path() == "/" && link.query().is_none() && link.fragment().is_none();
        let Some(cut) = self.first_personal(link, met) else {
            let is_anybodys = matches!(owner, Standing::Shared | Standing::Bystander);
            let url = link.as_str();
            let fits = url.len() <= LONGEST && !(is_bare && is_anybodys && link.domain().is_some());
            return fits.then(|| Sought { url: url.to_owned(), is_cut: false });
        };
        let end_of_path = link[..Position::AfterPath].len();
        let is_behind = cut > end_of_path && link.path() != "/";
        // Whatever else begins so at another's site is his own or his users'.
        if owner != Standing::Attacker && !is_behind || cut > LONGEST {
            return None;
        }
        let head = link.as_str().get(..cut)?.trim_end_matches(['#', '?', '&']);
        let says_more = head.len() > link[..Position::BeforePath].len() + 1;
        says_more.then(|| Sought { url: head.to_owned(), is_cut: true })
    }

    /// Where the first piece behind the host begins that names the reader, tells him from others, or was made up.
    fn first_personal(&self, link: &Url, met: Met) -> Option<usize> {
        let (text, path) = (link.as_str(), link[..Position::BeforePath].len());
        let mut edits = self.writer.mask.edits(text, Style::International.marks());
        if met != Met::Mail {
            edits.extend(self.invented.edits(text, ""));
        }
        let kept = match self.whose.knowledge.keeps_marks(link.host_str().unwrap_or_default()) {
            KeptMarks::All => text.len(),
            KeptMarks::HostAndPath => link[..Position::AfterPath].len(),
            KeptMarks::Host | KeptMarks::None => 0,
        };
        edits.extend(marks::in_links(text, "").into_iter().filter(|edit| edit.start >= kept));
        edits.into_iter().map(|edit| edit.start).filter(|start| *start >= path).min()
    }

    /// The host without the labels that name the reader, tell him from others, or were made up, and without whatever stands left of them.
    pub(super) fn impersonal<'h>(&self, host: &'h str) -> &'h str {
        let fixed = registrable(host).unwrap_or(host);
        let keeps = self.whose.knowledge.keeps_marks(host) != KeptMarks::None;
        let personal = |label: &str| {
            self.invented.is_one(label)
                || !keeps && marks::is_mark_like(label)
                || self.writer.is_masked(label)
        };
        let free = host.len() - fixed.len();
        let mut start = free;
        for label in host.get(..free).unwrap_or_default().trim_end_matches('.').rsplit('.') {
            if label.is_empty() || personal(label) {
                break;
            }
            start = start.saturating_sub(label.len() + 1);
        }
        host.get(start..).unwrap_or(fixed)
    }

    fn is_personal(&self, host: &str) -> bool {
        self.impersonal(host) != host || self.writer.is_masked(host)
    }
}

/// In the public DNS, or an address there.
fn is_outside(link: &Url) -> bool {
    match link.host() {
        Some(url::Host::Domain(name)) => !is_reserved(name.trim_end_matches('.')),
        Some(url::Host::Ipv4(ip)) => is_public(ip.into()),
        Some(url::Host::Ipv6(ip)) => is_public(std::net::IpAddr::V6(ip).to_canonical()),
        None => false,
    }
}
