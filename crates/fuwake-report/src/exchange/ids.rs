//! Ids that are the same in every run: UUID version 5 (RFC 9562 section 5.5).

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid, uuid};

/// The namespace of STIX cyber-observable objects (STIX 2.1 section 2.9).
const STIX: Uuid = uuid!("00abedb4-aa42-466c-9c01-fed23315a9b7");
/// The namespace of everything else that is made here.
const OWN: Uuid = uuid!("5c1f5a0e-6d0b-5d0c-9a52-0f0e5a3c7f21");

/// The id of a cyber-observable object by the properties that STIX names for its type, as RFC 8785 writes them: keys sorted, no blanks.
pub(super) fn of_observable(kind: &str, properties: &BTreeMap<&str, Value>) -> String {
    let json = serde_json::to_string(properties).unwrap_or_default();
    format!("{kind}--{}", Uuid::new_v5(&STIX, json.as_bytes()))
}

/// The id of a cyber-observable object that has none of those properties: STIX wants version 4 there, so that nobody takes equal ids for
/// equal things. Its bits are those of a hash, which makes it the same in every run.
pub(super) fn of_content(kind: &str, object: &Map<String, Value>) -> String {
    let sorted: BTreeMap<&String, &Value> = object.iter().collect();
    let digest: [u8; 32] = Sha256::digest(serde_json::to_vec(&sorted).unwrap_or_default()).into();
    let mut bits = [0; 16];
    bits.copy_from_slice(&digest[..16]);
    format!("{kind}--{}", Builder::from_random_bytes(bits).into_uuid())
}

/// The id of anything else, by what it is.
pub(super) fn of_name(kind: &str, parts: &[&str]) -> String {
    Uuid::new_v5(&OWN, format!("{kind}\u{1f}{}", parts.join("\u{1f}")).as_bytes()).to_string()
}

/// The same as STIX writes ids.
pub(super) fn stix(kind: &str, parts: &[&str]) -> String {
    format!("{kind}--{}", of_name(kind, parts))
}
