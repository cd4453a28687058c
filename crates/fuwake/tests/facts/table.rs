//! The table `corpus/facts.toml`, as the test of our own mails and `cargo xtask facts` read it.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

/// `corpus/facts.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    pub(super) fact: Vec<Fact>,
}

/// A sentence, and where we say the same.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fact {
    pub(super) says: String,
    /// Findings that say it.
    #[serde(default)]
    pub(super) findings: Vec<String>,
    /// Values of the case that say it, by path, each with a part of what stands there.
    #[serde(default)]
    pub(super) values: BTreeMap<String, String>,
    /// The case of our own that shows it.
    pub(super) case: String,
}

impl Fact {
    /// Its findings that are not among those of a case.
    pub(super) fn silent<'f>(&'f self, said: &'f Value) -> impl Iterator<Item = &'f String> {
        let fires = |id: &String| {
            said["findings"].as_array().is_some_and(|all| all.iter().any(|one| one["id"] == **id))
        };
        self.findings.iter().filter(move |id| !fires(id))
    }
}

/// The values at a path such as `mail.links.*.host`, without those that are null.
pub(super) fn at<'v>(value: &'v Value, path: &str) -> Vec<&'v Value> {
    let mut found = path.split('.').fold(vec![value], |values, step| {
        let inside = |value: &'v Value| match step {
            "*" => value.as_array().map_or_else(Vec::new, |items| items.iter().collect()),
            key => value.get(key).into_iter().collect(),
        };
        values.into_iter().flat_map(inside).collect()
    });
    found.retain(|value| !value.is_null());
    found
}
