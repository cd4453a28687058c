//! What the law says of mails, and who helps: `data/laws/<id>.toml` and `data/contacts/<id>.toml`.

use serde::{Deserialize, Serialize};

use super::{Bilingual, Source, date};

/// When an entry is told of: every list that is not empty must name something of the mail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Applies {
    /// Classes of the verdict.
    #[serde(default)]
    pub classes: Vec<String>,
    /// What it is after: the secrets that pages ask for, `money`, `device`.
    #[serde(default)]
    pub asks: Vec<String>,
    /// Findings.
    #[serde(default)]
    pub findings: Vec<String>,
}

/// A punishment, and until when it was that.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Penalty {
    /// The last day of its being so, `YYYY-MM-DD`; empty for what holds today.
    #[serde(default, deserialize_with = "date")]
    pub until: String,
    /// Japanese.
    pub ja: String,
    /// English.
    pub en: String,
}

/// A law that a mail may break.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// The file's name without its ending.
    #[serde(default)]
    pub id: String,
    /// As people call it.
    pub name: Bilingual,
    /// Whose law it is, ISO 3166-1 alpha-2, where `EU` is the European Union's.
    pub country: String,
    /// The articles: `第7条`, `Article 7`.
    pub articles: Bilingual,
    /// What it forbids and why that may fit, a sentence or two; `{brand}` is whoever is imitated.
    pub says: Bilingual,
    /// When it is told of.
    pub applies: Applies,
    /// The punishments, oldest first, the present one last.
    #[serde(default, rename = "penalty")]
    pub penalties: Vec<Penalty>,
    /// What was read.
    #[serde(default, rename = "source")]
    pub sources: Vec<Source>,
    /// No source was read.
    #[serde(default)]
    pub unverified: bool,
    /// For maintainers.
    #[serde(default)]
    pub note: String,
}

impl Law {
    /// The punishment that held on a day, `YYYY-MM-DD`; the present one where none is known.
    #[must_use]
    pub fn penalty(&self, day: Option<&str>) -> Option<&Penalty> {
        let held = |penalty: &&Penalty| {
            penalty.until.is_empty() || day.is_some_and(|day| day <= penalty.until.as_str())
        };
        self.penalties.iter().find(held)
    }
}

/// Somebody who helps, or takes reports.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The file's name without its ending.
    #[serde(default)]
    pub id: String,
    /// Who it is.
    pub name: Bilingual,
    /// Whose people it serves, ISO 3166-1 alpha-2.
    pub country: String,
    /// `help` for whoever has been harmed, `report` for whoever has got such a mail.
    pub role: String,
    /// What for and how to reach it, one sentence.
    pub says: Bilingual,
    /// Its page.
    #[serde(default)]
    pub url: String,
    /// When it is told of.
    pub applies: Applies,
    /// What was read.
    #[serde(default, rename = "source")]
    pub sources: Vec<Source>,
    /// No source was read.
    #[serde(default)]
    pub unverified: bool,
    /// For maintainers.
    #[serde(default)]
    pub note: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_punishment_is_that_of_its_day() {
        let law: Law = toml::from_str(
            r#"
            name = { ja = "法", en = "act" }
            country = "JP"
            articles = { ja = "1", en = "1" }
            says = { ja = "a", en = "a" }
            applies = {}
            [[penalty]]
            until = 2025-05-31
            ja = "懲役"
            en = "before"
            [[penalty]]
            ja = "拘禁刑"
            en = "today"
            "#,
        )
        .expect("a law");
        let on = |day| law.penalty(day).map(|penalty| penalty.en.as_str());
        assert_eq!(on(Some("2025-05-31")), Some("before"));
        assert_eq!(on(Some("2025-06-01")), Some("today"));
        assert_eq!(on(None), Some("today"));
    }
}
