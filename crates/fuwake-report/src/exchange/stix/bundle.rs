//! The objects of a bundle, each once.

use std::collections::{BTreeMap, BTreeSet};

use fuwake_core::indicators::Indicators;
use serde_json::{Map, Value, json};

use super::super::{Reporter, ids};
use super::marking;

/// Objects in the order in which they were added.
pub(super) struct Bundle<'i> {
    pub(super) objects: Vec<Value>,
    known: BTreeSet<String>,
    indicators: &'i Indicators,
    /// Who made them.
    author: String,
    markings: Vec<&'static str>,
}

impl<'i> Bundle<'i> {
    pub(super) fn new(indicators: &'i Indicators, reporter: Option<&Reporter>) -> Self {
        let (name, class) = match reporter {
            Some(reporter) => (reporter.organisation.as_str(), "organization"),
            None => (indicators.tool.name, "system"),
        };
        let author = ids::stix("identity", &["author", name]);
        let markings = marking::of(indicators.audience);
        let refs = markings.iter().map(|marking| marking.id).collect();
        let mut bundle = Self {
            objects: Vec::new(),
            known: BTreeSet::new(),
            indicators,
            author: author.clone(),
            markings: refs,
        };
        for marking in markings {
            bundle.push(marking.object());
        }
        bundle.domain_object("identity", author, json!({ "name": name, "identity_class": class }));
        bundle
    }

    fn push(&mut self, object: Value) {
        let id = object.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
        if self.known.insert(id) {
            self.objects.push(object);
        }
    }

    /// A cyber-observable object: its id follows from `by`, the properties that STIX names for its type.
    pub(super) fn observable(&mut self, kind: &str, by: &[&'static str], properties: Value) -> String {
        let mut object = into_map(properties);
        let named: BTreeMap<&str, Value> =
            by.iter().filter_map(|name| Some((*name, object.get(*name)?.clone()))).collect();
        let id = match named.is_empty() {
            true => ids::of_content(kind, &object),
            false => ids::of_observable(kind, &named),
        };
        object.insert("type".to_owned(), json!(kind));
        object.insert("spec_version".to_owned(), json!("2.1"));
        object.insert("id".to_owned(), json!(id));
        object.insert("object_marking_refs".to_owned(), json!(self.markings));
        self.push(Value::Object(object));
        id
    }

    /// A domain or relationship object, dated by when the newest of the case was seen.
    pub(super) fn domain_object(&mut self, kind: &str, id: String, properties: Value) -> String {
        let mut object = into_map(properties);
        let seen = time(&self.indicators.seen);
        object.insert("type".to_owned(), json!(kind));
        object.insert("spec_version".to_owned(), json!("2.1"));
        object.insert("id".to_owned(), json!(id));
        object.insert("created".to_owned(), json!(seen));
        object.insert("modified".to_owned(), json!(seen));
        object.insert("object_marking_refs".to_owned(), json!(self.markings));
        if id != self.author {
            object.insert("created_by_ref".to_owned(), json!(self.author));
        }
        self.push(Value::Object(object));
        id
    }

    /// `source` does `kind` to `target`.
    pub(super) fn relate(&mut self, source: &str, kind: &str, target: &str) -> String {
        let id = ids::stix("relationship", &[&self.indicators.mail.sha256, source, kind, target]);
        let properties = json!({ "relationship_type": kind, "source_ref": source, "target_ref": target });
        self.domain_object("relationship", id, properties)
    }
}

fn into_map(value: Value) -> Map<String, Value> {
    let Value::Object(map) = value else { return Map::new() };
    map.into_iter().filter(|(_, value)| !value.is_null()).collect()
}

/// A time as STIX writes it: UTC with milliseconds.
pub(super) fn time(utc: &str) -> String {
    match utc.strip_suffix('Z') {
        Some(second) if !second.contains('.') => format!("{second}.000Z"),
        _ => utc.to_owned(),
    }
}
