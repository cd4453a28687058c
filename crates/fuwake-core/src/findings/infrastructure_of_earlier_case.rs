//! The sending machine, or a link's domain, address, name servers or registrant, was that of earlier cases that were judged to be
//! dangerous, and of no other case. What many share is no sign: a service's sending machines, addresses of known providers, whatever
//! more than five unrelated domains have, name servers that are not the frauds' own, and services that lend their name to registrants.

use std::net::IpAddr;

use super::world::World;
use super::{Scene, Sign, Value};
use crate::evidence::RecordType;
use crate::evidence::earlier::{EarlierCases, Shared};
use crate::knowledge::schema::Bilingual;
use crate::span::Because;

/// So many unrelated domains at one place are customers of a provider.
const MANY: usize = 5;

/// Words in the names of those who register domains for others.
const STAND_INS: [&str; 12] = [
    "privacy",
    "private",
    "proxy",
    "protect",
    "whois",
    "redact",
    "withheld",
    "anonym",
    "behalf",
    "registrar",
    "非公開",
    "代行",
];

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let world = World { scene, ledger: scene.ledger };
    world.ledger.earlier_cases().find_map(|(shared, cases, evidence)| {
        let alone = !cases.malicious.is_empty() && cases.others == 0 && cases.domains.len() <= MANY;
        let place = if alone { place(world, shared, cases)? } else { return None };
        let sign = Sign::at(place).and(evidence).with("what", told(shared)).with("value", shared.text());
        Some(sign.with("count", cases.malicious.len().to_string()))
    })
}

/// Where the mail has it, where it is one hand's own.
fn place(world: World<'_, '_>, shared: &Shared, cases: &EarlierCases) -> Option<Because> {
    let links = world.link_domains();
    let link = |is_it: &dyn Fn(&str, &str) -> bool| {
        let found = links.iter().find(|(_, host, domain)| is_it(host, domain))?;
        Some(found.0.because.clone())
    };
    match shared {
        Shared::Origin(ip) => {
            let (own, hop) = world.origin()?;
            let excused = own != *ip || world.is_proven() || world.is_sent_by_service(own, hop);
            (!excused).then(|| hop.span.into())
        }
        Shared::LinkDomain(name) => link(&|_, domain| domain == name),
        Shared::LinkAddress(ip) if is_shared_address(world, *ip) => None,
        Shared::LinkAddress(ip) => {
            let stands = |host: &str| world.ledger.addresses(host).iter().any(|(own, _)| own == ip);
            link(&|host, _| stands(host))
        }
        Shared::NameServers(operator) => {
            let own = |domain: &str| domain == operator || cases.domains.contains(operator);
            let served = |domain: &str| {
                let servers = world.ledger.records(domain, RecordType::Ns).found();
                servers.is_some_and(|(servers, _)| {
                    servers.records.iter().any(|server| server.ends_with(operator.as_str()))
                })
            };
            link(&|_, domain| own(domain) && served(domain))
        }
        Shared::Registrant(name) if is_stand_in(name) => None,
        Shared::Registrant(name) => {
            let registered = |domain: &str| {
                let found = world.ledger.registration(domain).found();
                found.is_some_and(|(found, _)| found.registrant.as_ref() == Some(name))
            };
            link(&|_, domain| registered(domain))
        }
    }
}

/// Nothing is known of who holds the address, or it is a provider's, whose customers share it.
fn is_shared_address(world: World<'_, '_>, ip: IpAddr) -> bool {
    let knowledge = world.scene.knowledge;
    let Some((network, _)) = world.network(ip) else { return true };
    let Some(holder) = network.holder.as_deref().or(network.name.as_deref()) else { return true };
    let names = world.ledger.reverse_names(ip).found();
    let is_provider = |name: &String| knowledge.hosting_provider(name).is_some();
    knowledge.network_holder(holder).is_some()
        || names.is_some_and(|(names, _)| names.records.iter().any(is_provider))
}

fn is_stand_in(registrant: &str) -> bool {
    let registrant = registrant.to_lowercase();
    STAND_INS.iter().any(|word| registrant.contains(word))
}

fn told(shared: &Shared) -> Value {
    let (ja, en) = match shared {
        Shared::Origin(_) => ("送信元のIPアドレス", "the sending address"),
        Shared::LinkDomain(_) => ("リンク先のドメイン", "a link's domain"),
        Shared::LinkAddress(_) => ("リンク先のサーバーのIPアドレス", "the address of a link's server"),
        Shared::NameServers(_) => {
            ("リンク先のドメインの専用ネームサーバー", "the name servers of a link's domain")
        }
        Shared::Registrant(_) => ("リンク先のドメインの登録者", "the registrant of a link's domain"),
    };
    Value::Name(Bilingual { ja: ja.to_owned(), en: en.to_owned() })
}
