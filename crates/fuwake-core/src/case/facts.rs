//! The facts of a case that an operator's own findings may ask of: the paths of the case's JSON.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use cel::objects::Key;
use cel::{Value, to_value};
use serde::Serialize;

use super::record::{self, MailRecord};
use super::{Inner, Setting, words};
use crate::expression::Needs;
use crate::findings::{Finding, Scene};
use crate::recipient::Parties;

/// What an expression may name.
pub const FACTS: [&str; 6] = ["mail", "findings", "impersonation", "evidence", "inner", "reader"];

/// The longest list that is handed over.
const LIST: usize = 100;
/// The longest text that is handed over, in bytes.
const TEXT: usize = 64 << 10;

/// Names the fields of `mail`, and finds the value of one.
macro_rules! mail_facts {
    ($($name:ident)*) => {
        /// The fields of `mail`.
        pub const MAIL_FACTS: &[&str] = &[$(stringify!($name)),*];

        fn field(mail: &MailRecord, name: &str) -> Value {
            match name {
                $(stringify!($name) => value(&mail.$name),)*
                _ => Value::Null,
            }
        }
    };
}

mail_facts! {
    sha256 size subject subject_stamps date mailer languages text text_part from authors sender reply_to recipients
    envelope_from message_id list identities hops origin claimed_client authentication filter_stamps parts links
    attachments defects
}

/// The facts that are named; `mail` holds the named fields alone.
pub(super) fn facts(
    needs: &Needs,
    scene: &Scene<'_>,
    findings: &[Finding<'_>],
    inner: &[Inner],
    setting: Setting<'_>,
) -> BTreeMap<&'static str, Value> {
    let named = FACTS.into_iter().filter(|name| needs.roots.contains(*name));
    let mut facts: BTreeMap<_, _> = named
        .map(|name| {
            let fact = match name {
                "findings" => value(&findings.iter().map(|finding| &finding.spec.id).collect::<Vec<_>>()),
                "impersonation" => value(&words::accused(scene, findings, setting.language)),
                "evidence" => value(&scene.ledger.iter().collect::<Vec<_>>()),
                "inner" => value(inner),
                _ => reader(scene),
            };
            (name, fact)
        })
        .collect();
    if !needs.mail.is_empty() {
        let identities = record::identities(scene, setting.language);
        let mail = MailRecord::new(scene.mail.clone(), identities, Parties::default());
        let fields = needs.mail.iter().map(|name| (name.clone(), field(&mail, name)));
        facts.insert("mail", Value::from(fields.collect::<HashMap<String, Value>>()));
    }
    facts
}

/// What the reader told, as in the configuration.
fn reader(scene: &Scene<'_>) -> Value {
    let reader = scene.reader;
    let mut addresses: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (brand, address) in &reader.addresses {
        addresses.entry(brand).or_default().push(address);
    }
    let facts = [
        ("services", value(&reader.services)),
        ("organisation", value(&reader.organisation)),
        ("addresses", value(&addresses)),
    ];
    Value::from(HashMap::from(facts))
}

/// A value of bounded size; what cannot be written is null.
fn value<T: Serialize + ?Sized>(fact: &T) -> Value {
    to_value(fact).map_or(Value::Null, bounded)
}

/// Lists and texts are cut, and numbers have one type.
fn bounded(value: Value) -> Value {
    match value {
        Value::List(items) => {
            let items = Arc::unwrap_or_clone(items).into_iter().take(LIST).map(bounded);
            Value::List(Arc::new(items.collect()))
        }
        Value::Map(map) => {
            let entries = Arc::unwrap_or_clone(map.map).into_iter();
            Value::from(entries.map(|(key, value)| (key, bounded(value))).collect::<HashMap<Key, Value>>())
        }
        Value::String(text) if text.len() > TEXT => {
            let end = text.floor_char_boundary(TEXT);
            Value::from(text.get(..end).unwrap_or_default())
        }
        Value::UInt(number) => i64::try_from(number).map_or(Value::UInt(number), Value::Int),
        other => other,
    }
}
