//! Findings: their words, their weights, and when one follows from others.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::Origin;

/// The words and numbers of a finding: `data/findings/<id>.toml`.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct FindingSpec {
    /// The file's name without its ending.
    #[serde(default)]
    pub id: String,
    /// One of the groups of [`Scale::caps`].
    pub group: String,
    /// Log-odds (natural) that it adds for an unwanted mail; negative where it speaks for the mail; 0 for information. As its
    /// author believes, or as [`Scale::weights`] has it from labelled mail.
    pub weight: f32,
    /// Classes of unwanted mail that it makes likelier, and by how much (0 to 3).
    #[serde(default)]
    pub points_to: BTreeMap<String, f32>,
    /// Pages, standards.
    #[serde(default)]
    pub references: Vec<String>,
    /// A finding that follows from others, or from the facts of the case.
    #[serde(default)]
    pub when: Option<When>,
    /// Findings that say the same and more: where they stand on all that this one stands on, it is silent.
    #[serde(default)]
    pub told_better_by: Vec<String>,
    /// Japanese words.
    #[serde(default)]
    pub ja: Words,
    /// English words.
    #[serde(default)]
    pub en: Words,
    /// None for a shipped finding.
    #[serde(skip)]
    pub origin: Option<Origin>,
}

impl FindingSpec {
    /// Whether an expression decides it.
    #[must_use]
    pub fn has_expression(&self) -> bool {
        self.when.as_ref().is_some_and(|when| !when.expression.is_empty())
    }
}

/// How findings add up to a verdict: `data/weights.toml`. All numbers are natural log-odds.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// Before anything is known of a mail.
    pub prior: f32,
    /// The most that the findings of a group can add for a mail; negative.
    pub relief: f32,
    /// Below this sum a mail is legitimate, not only undetermined.
    pub legitimate_below: f32,
    /// The most that the findings of a group can add against a mail; the groups are those named here.
    pub caps: BTreeMap<String, f32>,
    /// Weights estimated from labelled mail (`cargo xtask fit`), by finding; they stand before those in `data/findings`.
    #[serde(default)]
    pub weights: BTreeMap<String, f32>,
    /// The classes that a finding points to, estimated in the same way.
    #[serde(default)]
    pub points_to: BTreeMap<String, BTreeMap<String, f32>>,
}

/// When a finding follows from others, or from the facts of the case; a string alone is the expression.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct When {
    /// All of these.
    pub all: Vec<String>,
    /// At least one of these, where there are any.
    pub any: Vec<String>,
    /// None of these.
    pub none: Vec<String>,
    /// This holds too, where it is not empty: CEL over the facts of the case; for an operator's own findings alone.
    pub expression: String,
}

/// [`When`] as a table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, remote = "When")]
struct WhenTable {
    #[serde(default)]
    all: Vec<String>,
    #[serde(default)]
    any: Vec<String>,
    #[serde(default)]
    none: Vec<String>,
    #[serde(default)]
    expression: String,
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // The compiled form does not tell a string from a table.
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(WhenVisitor)
        } else {
            WhenTable::deserialize(deserializer)
        }
    }
}

struct WhenVisitor;

impl<'de> Visitor<'de> for WhenVisitor {
    type Value = When;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an expression, or a table of all, any and none")
    }

    fn visit_str<E: Error>(self, expression: &str) -> Result<When, E> {
        Ok(When { expression: expression.to_owned(), ..When::default() })
    }

    fn visit_map<A: MapAccess<'de>>(self, table: A) -> Result<When, A::Error> {
        WhenTable::deserialize(MapAccessDeserializer::new(table))
    }
}

/// Words of a finding; `{name}` stands for a parameter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// One line.
    pub title: String,
    /// Why a reader should care, and how it can be checked.
    pub explanation: String,
}
