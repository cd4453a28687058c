//! What RDAP's answers say (RFC 9083). Real servers stray from it in many places, so each value is read by itself and what is not
//! of its form is passed over: one odd remark must not cost the whole answer.

use std::net::IpAddr;

use fuwake_core::evidence::{AutonomousSystem, Network, Registration};
use serde_json::Value;
use time::UtcOffset;

use super::super::{blank, country, date, host};
use super::card::Card;

/// How deep entities are nested, and how many of an answer are looked at.
const DEPTH: usize = 4;
const ENTITIES: usize = 200;
/// How many states and name servers are kept.
const MOST: usize = 20;

/// A domain (section 5.3); none where the answer is about another one, or about none.
pub(super) fn registration(answer: &Value, domain: &str) -> Option<Registration> {
    let name = text(answer, "ldhName").map(|name| name.trim_end_matches('.').to_ascii_lowercase());
    let other = name.as_deref().is_some_and(|name| name.is_ascii() && name != domain);
    if other || !is_a(answer, "domain") || (name.is_none() && answer.get("handle").is_none()) {
        return None;
    }
    let entities = entities(answer);
    let registrar = entities.iter().find(|entity| entity.is("registrar"));
    let registrant = entities.iter().find(|entity| entity.is("registrant"));
    let mut name_servers: Vec<String> = list(answer, "nameservers")
        .take(MOST)
        .filter_map(|server| host(server.get("ldhName")?.as_str()?))
        .collect();
    name_servers.sort_unstable();
    name_servers.dedup();
    Some(Registration {
        domain: domain.to_owned(),
        registrar: registrar.and_then(Entity::name),
        registered: event(answer, "registration"),
        changed: event(answer, "last changed"),
        expires: event(answer, "expiration"),
        status: list(answer, "status").take(MOST).filter_map(|status| blank(status.as_str()?)).collect(),
        name_servers,
        registrant: registrant.and_then(|registrant| registrant.card.holder().map(str::to_owned)),
        is_organisation: registrant.and_then(|registrant| registrant.card.is_organisation()),
        country: registrant.and_then(|registrant| registrant.card.country.clone()),
        abuse: abuse(&entities),
    })
}

/// A block of addresses (section 5.4); none where it does not hold the address, or holds all of them, which says nothing.
pub(super) fn network(answer: &Value, ip: IpAddr) -> Option<Network> {
    let bound = |name| text(answer, name)?.parse::<IpAddr>().ok();
    let (first, last) = (bound("startAddress")?, bound("endAddress")?);
    if !is_a(answer, "ip network") || !(first..=last).contains(&ip) || is_everything(first, last) {
        return None;
    }
    let entities = entities(answer);
    let holder = holder(&entities);
    Some(Network {
        range: cidr(answer).unwrap_or_else(|| format!("{first} - {last}")),
        name: text(answer, "name"),
        holder: holder.and_then(Entity::name).or_else(|| description(answer)),
        country: country_of(answer, holder),
        abuse: abuse(&entities),
        registered: event(answer, "registration"),
    })
}

/// An autonomous system (section 5.5); none where the answer is about other ones.
pub(super) fn autonomous_system(answer: &Value, number: u32) -> Option<AutonomousSystem> {
    let bound = |name| answer.get(name).and_then(Value::as_u64);
    let (first, last) = (bound("startAutnum"), bound("endAutnum"));
    let holds = (first.or(last)?..=last.or(first)?).contains(&number.into());
    if !is_a(answer, "autnum") || !holds {
        return None;
    }
    let entities = entities(answer);
    let holder = holder(&entities);
    Some(AutonomousSystem {
        number,
        name: text(answer, "name"),
        holder: holder.and_then(Entity::name).or_else(|| description(answer)),
        country: country_of(answer, holder),
        abuse: abuse(&entities),
    })
}

/// Where the registrar tells more (RFC 9083 section 4.2, the gTLD RDAP profile's `related`).
pub(super) fn related(answer: &Value) -> Option<&str> {
    let mut links = list(answer, "links");
    let is = |link: &Value, name: &str, value: &str| {
        link.get(name).and_then(Value::as_str).is_some_and(|text| text.eq_ignore_ascii_case(value))
    };
    let link = links.find(|link| is(link, "rel", "related") && is(link, "type", "application/rdap+json"))?;
    link.get("href")?.as_str()
}

/// The code of an error (section 6).
pub(super) fn error_code(answer: &Value) -> Option<u64> {
    answer.get("errorCode")?.as_u64()
}

/// A server that leaves the class out is believed; one that names another is not.
fn is_a(answer: &Value, class: &str) -> bool {
    answer
        .get("objectClassName")
        .and_then(Value::as_str)
        .is_none_or(|named| named.eq_ignore_ascii_case(class))
}

fn is_everything(first: IpAddr, last: IpAddr) -> bool {
    match (first, last) {
        (IpAddr::V4(first), IpAddr::V4(last)) => first.to_bits() == 0 && last.to_bits() == u32::MAX,
        (IpAddr::V6(first), IpAddr::V6(last)) => first.to_bits() == 0 && last.to_bits() == u128::MAX,
        _ => true,
    }
}

struct Entity {
    handle: Option<String>,
    roles: Vec<String>,
    card: Card,
}

impl Entity {
    fn is(&self, role: &str) -> bool {
        self.roles.iter().any(|named| named.eq_ignore_ascii_case(role))
    }

    /// The organisation, else the name, else the handle.
    fn name(&self) -> Option<String> {
        self.card.holder().map(str::to_owned).or_else(|| self.handle.clone())
    }

    /// RIPE names maintainers, objects that may change a record, as registrants too.
    fn is_maintainer(&self) -> bool {
        self.handle.as_deref().is_some_and(|handle| handle.starts_with("MNT-") || handle.ends_with("-MNT"))
    }
}

/// All entities, those inside others behind them.
fn entities(answer: &Value) -> Vec<Entity> {
    let mut found = Vec::new();
    let mut level: Vec<&Value> = list(answer, "entities").collect();
    for _ in 0..DEPTH {
        let room = ENTITIES.saturating_sub(found.len());
        found.extend(
            level.iter().take(room).map(|entity| Entity {
                handle: text(entity, "handle"),
                roles: list(entity, "roles")
                    .filter_map(|role| role.as_str().map(str::to_owned))
                    .take(MOST)
                    .collect(),
                card: entity.get("vcardArray").map(Card::read).unwrap_or_default(),
            }),
        );
        level = level.into_iter().flat_map(|entity| list(entity, "entities")).collect();
    }
    found
}

/// An organisation that holds the block, else any holder that is not a maintainer.
fn holder(entities: &[Entity]) -> Option<&Entity> {
    let holders = || entities.iter().filter(|entity| entity.is("registrant") && !entity.is_maintainer());
    let is_organisation = |entity: &&Entity| entity.card.kind.as_deref() == Some("org");
    holders().find(is_organisation).or_else(|| holders().next())
}

/// The first line of the description, where APNIC and its national registries write the holder.
fn description(answer: &Value) -> Option<String> {
    let is_description = |remark: &&Value| {
        remark.get("title").and_then(Value::as_str).is_some_and(|title| title == "description")
    };
    let remark = list(answer, "remarks").find(is_description)?;
    blank(remark.get("description")?.get(0)?.as_str()?)
}

fn country_of(answer: &Value, holder: Option<&Entity>) -> Option<String> {
    let told = text(answer, "country").as_deref().and_then(country::code);
    told.or_else(|| holder.and_then(|holder| holder.card.country.clone()))
}

fn abuse(entities: &[Entity]) -> Option<String> {
    entities.iter().filter(|entity| entity.is("abuse")).find_map(|entity| entity.card.email.clone())
}

/// The date of an event (section 4.5).
fn event(answer: &Value, action: &str) -> Option<String> {
    let is = |event: &Value| {
        event
            .get("eventAction")
            .and_then(Value::as_str)
            .is_some_and(|named| named.eq_ignore_ascii_case(action))
    };
    let event = list(answer, "events").find(|event| is(event))?;
    date::rfc3339(event.get("eventDate")?.as_str()?, UtcOffset::UTC)
}

/// The block as its only prefix (the `cidr0` extension).
fn cidr(answer: &Value) -> Option<String> {
    let mut blocks = list(answer, "cidr0_cidrs");
    let (block, None) = (blocks.next()?, blocks.next()) else { return None };
    let prefix: IpAddr = text(block, "v4prefix").or_else(|| text(block, "v6prefix"))?.parse().ok()?;
    let length = block.get("length")?.as_u64().filter(|length| *length <= 128)?;
    Some(format!("{prefix}/{length}"))
}

fn list<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> + use<'v> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}

fn text(value: &Value, name: &str) -> Option<String> {
    blank(value.get(name)?.as_str()?)
}
