//! Who holds an address, and who holds an autonomous system.

use std::net::IpAddr;
use std::time::Duration;

use fuwake_core::evidence::Data;

use super::{Registries, either};
use crate::world::Reply;

/// How long a holder is kept: blocks change hands seldom.
const LIFETIME: Duration = Duration::from_secs(7 * 86_400);

impl Registries {
    /// The block that an address lies in.
    pub async fn network(&self, ip: IpAddr) -> Reply {
        let ip = ip.to_canonical();
        let by_rdap = self.rdap.network(ip).await;
        match either(by_rdap, self.whois.network(ip)).await {
            Ok(said) => said.reply(Data::Network, LIFETIME),
            Err(miss) => miss.reply(),
        }
    }

    /// Who holds an autonomous system.
    pub async fn autonomous_system(&self, number: u32) -> Reply {
        match self.rdap.autonomous_system(number).await {
            Ok(Some(said)) => said.reply(Data::AutonomousSystem, LIFETIME),
            Err(miss) => miss.reply(),
            Ok(None) => Reply::not_asked("no-registry", "rdap data.iana.org"),
        }
    }
}
