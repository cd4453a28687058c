//! ARC (RFC 8617): the chain of those who handled a message.

use std::collections::BTreeMap;

use fuwake_core::evidence::Arc;
use mail_auth::dkim::Canonicalization;

use super::asker::Asker;
use super::message::{Field, Message};
use super::signature::{Clock, Failure, Sign, Signature, failure, without_signature};
use super::tags::Tags;

/// The longest chain (RFC 8617 section 4.2.1).
const LONGEST: usize = 50;
/// The fields of a set, in the order in which a seal signs them.
const NAMES: [&str; 3] = ["ARC-Authentication-Results", "ARC-Message-Signature", "ARC-Seal"];

/// One handler's set.
type Set<'m> = [Option<Field<'m>>; 3];

/// The chain's result; none where there is no chain.
pub(super) async fn check(
    asker: &Asker<'_>,
    message: &Message<'_>,
    fields: &[Field<'_>],
    clock: Clock,
) -> Option<Arc> {
    let (sets, mut outcome) = match sets(fields) {
        Ok(sets) if sets.is_empty() => return None,
        Ok(sets) => (sets, Ok(())),
        Err(failure) => (BTreeMap::new(), Err(failure)),
    };
    let seals: Vec<Tags> = sets.values().filter_map(|set| set[2]).filter_map(tags).collect();
    let sealers = seals.iter().filter_map(|seal| seal.bare("d")).map(|domain| domain.to_ascii_lowercase());
    let sealers = sealers.map(|domain| domain.chars().take(253).collect()).collect();
    if outcome.is_ok() {
        outcome = verify(asker, message, fields, &sets, clock).await;
    }
    let (result, why) = match outcome {
        Ok(()) => ("pass", None),
        Err(Failure { result, why }) => (result, Some(why)),
    };
    Some(Arc { result: result.to_owned(), sealers, why })
}

fn tags(field: Field<'_>) -> Option<Tags> {
    Tags::parse(&String::from_utf8_lossy(field.1))
}

/// The sets by their number.
fn sets<'m>(fields: &[Field<'m>]) -> Result<BTreeMap<usize, Set<'m>>, Failure> {
    let mut sets: BTreeMap<usize, Set<'m>> = BTreeMap::new();
    for field in fields {
        let name = field.0.trim_ascii_end();
        let Some(kind) = NAMES.iter().position(|known| name.eq_ignore_ascii_case(known.as_bytes())) else {
            continue;
        };
        let number =
            instance(field.1).ok_or_else(|| failure("fail", "a field of the chain has no number"))?;
        let place = &mut sets.entry(number).or_default()[kind];
        if place.replace(*field).is_some() {
            return Err(failure("fail", "a field of the chain stands twice"));
        }
    }
    let is_whole = sets.values().flatten().all(Option::is_some);
    let is_counted = sets.keys().copied().eq(1..=sets.len());
    if is_whole && is_counted { Ok(sets) } else { Err(failure("fail", "a part of the chain is missing")) }
}

/// `i=`, which results give first.
fn instance(value: &[u8]) -> Option<usize> {
    let text = String::from_utf8_lossy(value);
    let mut tags = text.split(';').filter_map(|tag| tag.split_once('='));
    let (_, number) = tags.find(|(name, _)| name.trim() == "i")?;
    number.trim().parse().ok().filter(|number| (1..=LONGEST).contains(number))
}

/// The steps of RFC 8617 section 5.2.
async fn verify(
    asker: &Asker<'_>,
    message: &Message<'_>,
    fields: &[Field<'_>],
    sets: &BTreeMap<usize, Set<'_>>,
    clock: Clock,
) -> Result<(), Failure> {
    let seals: Vec<Tags> = sets.values().filter_map(|set| set[2]).filter_map(tags).collect();
    if seals.len() != sets.len() {
        return Err(failure("fail", "a seal cannot be read"));
    }
    for (index, seal) in seals.iter().enumerate() {
        let expected = if index == 0 { "none" } else { "pass" };
        if seal.bare("cv").as_deref() != Some(expected) {
            return Err(failure("fail", format!("seal {} does not say cv={expected}", index + 1)));
        }
        if seal.get("h").is_some() {
            return Err(failure("fail", "a seal names header fields"));
        }
    }
    let newest = sets.values().next_back().and_then(|set| set[1]);
    if let Some(field) = newest {
        check_message(asker, message, fields, field, clock).await?;
    }
    for (index, seal) in seals.iter().enumerate().rev() {
        check_seal(asker, sets, index, seal).await?;
    }
    Ok(())
}

async fn check_message(
    asker: &Asker<'_>,
    message: &Message<'_>,
    fields: &[Field<'_>],
    own: Field<'_>,
    clock: Clock,
) -> Result<(), Failure> {
    let tags = tags(own).ok_or_else(|| failure("fail", "the newest signature cannot be read"))?;
    let signature = Signature::read(&tags).map_err(|why| failure("fail", why))?;
    signature.in_time(clock)?;
    signature.covers(message)?;
    let key = signature.sign.key(asker).await?;
    signature.verify(&key, fields, own)
}

/// A seal signs all sets up to its own.
async fn check_seal(
    asker: &Asker<'_>,
    sets: &BTreeMap<usize, Set<'_>>,
    index: usize,
    seal: &Tags,
) -> Result<(), Failure> {
    let sign = Sign::read(seal).map_err(|why| failure("fail", why))?;
    let key = sign.key(asker).await?;
    let mut signed: Vec<Field<'_>> = sets.values().take(index + 1).flatten().flatten().copied().collect();
    let Some((name, value)) = signed.pop() else { return Ok(()) };
    let without = without_signature(value);
    signed.push((name, &without));
    sign.verify(&key, signed, Canonicalization::Relaxed)
        .map_err(|_| failure("fail", format!("seal {} does not match", index + 1)))
}
