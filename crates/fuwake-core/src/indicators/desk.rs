//! Who can act, and what each is told of.

use std::net::IpAddr;

use serde::Serialize;

use super::{Masked, Standing};

/// What somebody who takes reports can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Duty {
    /// Its network sent the mail.
    Sending,
    /// The page stands in its network.
    Hosting,
    /// It sold the name.
    Registrar,
    /// It gave the mailbox that answers are to go to.
    Mailbox,
}

/// A place that takes reports of abuse, found in a registry.
#[derive(Clone, Debug, Serialize)]
pub struct Desk {
    /// Its mail address.
    pub address: String,
    /// Whose it is, as the registry names it.
    pub who: Masked,
    /// What it is told of; never empty.
    pub matters: Vec<Matter>,
    /// It reads Japanese.
    pub is_japanese: bool,
}

/// What a desk is told of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Matter {
    /// What it can do about it.
    pub duty: Duty,
    /// The address or domain that it is responsible for.
    pub about: Masked,
    /// The address of the machine, where one is known.
    pub ip: Option<IpAddr>,
    /// The pages that stand there, or below that name.
    pub urls: Vec<Masked>,
    /// Whose the name is: the owner of a site that was broken into is a victim.
    pub standing: Standing,
}
