//! Whether a domain is registered, since when, by whom.

use std::time::Duration;

use fuwake_core::domain::has_registry;
use fuwake_core::evidence::Data;

use super::{Registries, either};
use crate::world::Reply;

/// How long a registration is kept.
const LIFETIME: Duration = Duration::from_secs(86_400);

impl Registries {
    /// A registrable domain's registration.
    pub async fn registration(&self, domain: &str) -> Reply {
        // A registry knows nothing of the names that its customer gives away below his own: its "no" would be a falsehood.
        if !has_registry(domain) {
            return Reply::not_asked("private-suffix", "fuwake");
        }
        let by_rdap = self.rdap.registration(domain).await;
        match either(by_rdap, self.whois.registration(domain)).await {
            Ok(said) => said.reply(Data::Registration, LIFETIME),
            Err(miss) => miss.reply(),
        }
    }
}
