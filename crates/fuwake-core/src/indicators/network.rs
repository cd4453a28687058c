//! Names, addresses and links behind a mail.

use std::net::IpAddr;

use serde::Serialize;

use super::{Masked, Standing};
use crate::inquiry::Role;

/// A name.
#[derive(Clone, Debug, Serialize)]
pub struct HostFacts {
    /// The name, lower case, IDN as A-labels.
    pub name: Masked,
    /// Its registrable domain.
    pub domain: Masked,
    /// What it is to the mail.
    pub roles: Vec<Role>,
    /// Whose it is.
    pub standing: Standing,
    /// The whole registrable domain is the attacker's, with all names below.
    pub holds_domain: bool,
    /// Its addresses.
    pub addresses: Vec<IpAddr>,
    /// When it was seen last, RFC 3339: by a visit, else by the mail.
    pub seen: String,
    /// Its domain's registration.
    pub registration: Option<RegistrationFacts>,
}

/// A registration.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RegistrationFacts {
    /// Who sold it.
    pub registrar: Option<Masked>,
    /// Where that takes reports.
    pub abuse: Option<Masked>,
    /// Since when, RFC 3339.
    pub registered: Option<String>,
    /// The same day as the registry's own calendar has it, `2026-11-15`.
    #[serde(skip)]
    pub registered_on: Option<String>,
    /// When it was changed, RFC 3339.
    pub changed: Option<String>,
    /// Until when, RFC 3339.
    pub expires: Option<String>,
    /// Its name servers.
    pub name_servers: Vec<Masked>,
}

/// An address.
#[derive(Clone, Debug, Serialize)]
pub struct AddressFacts {
    /// The address.
    pub ip: IpAddr,
    /// It handed the mail over.
    pub is_origin: bool,
    /// Whose it is; what stands on a shared machine is never its holder's fault.
    pub standing: Standing,
    /// The network's range as the registry writes it.
    pub range: Option<String>,
    /// Who holds the network.
    pub holder: Option<Masked>,
    /// The holder's country, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Where the holder takes reports.
    pub abuse: Option<Masked>,
    /// The number of the network that announces it.
    pub system: Option<u32>,
    /// Who holds that.
    pub system_holder: Option<Masked>,
}

/// Where a link was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Met {
    /// In the mail.
    Mail,
    /// On the way from a link to a page.
    Step,
    /// Where a form sends what is entered.
    Form,
    /// A file that a page hands over.
    Download,
}

/// A link.
#[derive(Clone, Debug, Serialize)]
pub struct LinkFacts {
    /// The address.
    pub url: Masked,
    /// Its host's name; none for an address.
    pub host: Option<Masked>,
    /// Where it was met.
    pub met: Met,
    /// When it was seen last, RFC 3339: by a visit, else by the mail.
    pub seen: String,
    /// Whose what stands there is: a page at a shared service can be the attacker's, and then the service is not.
    pub standing: Standing,
    /// What of it may be looked for or blocked.
    pub sought: Option<Sought>,
}

/// What of an attacker's link may be looked for or blocked: nothing in it was made for one reader, or made up for a visit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Sought {
    /// The link, or its beginning.
    pub url: String,
    /// It was cut before what is personal: whatever begins so is meant.
    pub is_cut: bool,
}
