//! Earlier cases, kept in folders by `--case`: which of them share a machine, a name or a holder with a mail.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use fuwake_core::domain::registrable;
use fuwake_core::evidence::earlier::{EarlierCase, EarlierCases, Shared, shared_by_link};
use fuwake_core::evidence::{Absence, Answer, Data, Evidence, Ledger};
use serde::Deserialize;
use serde_json::Value;

/// The case in its folder.
const CASE: &str = "case.json";
/// How deep folders of cases lie in each other at most.
const DEPTH: usize = 4;
/// How many cases and domains are told.
const TOLD: usize = 20;

/// What earlier cases had.
#[derive(Debug, Default)]
pub struct EarlierIndex {
    cases: Vec<EarlierCase>,
    /// Which cases, and the domain of the link that had it.
    had: BTreeMap<Shared, BTreeSet<(usize, Option<String>)>>,
}

/// As much of a case as is compared.
#[derive(Deserialize)]
struct Case {
    mail: Mail,
    #[serde(default)]
    evidence: Vec<Value>,
    impersonation: Option<Impersonation>,
    verdict: Verdict,
    #[serde(default)]
    inner: Vec<Case>,
}

#[derive(Deserialize)]
struct Mail {
    sha256: String,
    date: Option<String>,
    origin: Option<Origin>,
    #[serde(default)]
    links: Vec<Link>,
}

#[derive(Deserialize)]
struct Origin {
    ip: IpAddr,
}

#[derive(Deserialize)]
struct Link {
    host: Option<String>,
}

#[derive(Deserialize)]
struct Impersonation {
    official_domains: Vec<String>,
}

#[derive(Deserialize)]
struct Verdict {
    class: String,
}

impl EarlierIndex {
    /// Of all cases in a folder.
    ///
    /// # Errors
    /// A folder or case that cannot be read.
    pub fn in_folder(folder: &Path) -> io::Result<Self> {
        let mut files = Vec::new();
        find(folder, DEPTH, &mut files)?;
        let mut index = Self::default();
        for file in files {
            let named = |error: String| io::Error::other(format!("{}: {error}", file.display()));
            let json = fs::read(&file).map_err(|error| named(error.to_string()))?;
            index.add(serde_json::from_slice(&json).map_err(|error| named(error.to_string()))?);
        }
        Ok(index)
    }

    fn add(&mut self, case: Case) {
        let number = self.cases.len();
        let mut ledger = Ledger::default();
        // A kind of question that this version does not know is none that is compared.
        let known = case.evidence.into_iter().filter_map(|one| serde_json::from_value::<Evidence>(one).ok());
        known.for_each(|evidence| ledger.record(evidence));
        let official = case.impersonation.map(|one| one.official_domains).unwrap_or_default();
        if let Some(origin) = &case.mail.origin {
            self.note(Shared::Origin(origin.ip.to_canonical()), number, None);
        }
        for host in case.mail.links.iter().filter_map(|link| link.host.as_deref()) {
            let domain = registrable(host).map(str::to_owned);
            if domain.as_ref().is_some_and(|domain| official.contains(domain)) {
                continue;
            }
            for shared in shared_by_link(host, &ledger) {
                self.note(shared, number, domain.clone());
            }
        }
        let (sha256, date) = (case.mail.sha256, case.mail.date);
        self.cases.push(EarlierCase { sha256, class: case.verdict.class, date });
        case.inner.into_iter().for_each(|inner| self.add(inner));
    }

    fn note(&mut self, shared: Shared, number: usize, domain: Option<String>) {
        self.had.entry(shared).or_default().insert((number, domain));
    }

    /// Those that share it with `mail`, which is not one of them.
    #[must_use]
    pub fn answer(&self, mail: &str, shared: &Shared) -> Answer {
        let had = self.had.get(shared).into_iter().flatten();
        let others: Vec<_> = had.filter(|(number, _)| self.cases[*number].sha256 != mail).collect();
        let numbers: BTreeSet<usize> = others.iter().map(|(number, _)| *number).collect();
        if numbers.is_empty() {
            return Answer::Absent { why: Absence::NotListed };
        }
        let domains: BTreeSet<&String> = others.iter().filter_map(|(_, domain)| domain.as_ref()).collect();
        let is_malicious =
            |case: &&EarlierCase| matches!(case.class.as_str(), "phishing" | "fraud" | "malware");
        let cases = numbers.iter().map(|number| &self.cases[*number]);
        let mut malicious: Vec<EarlierCase> = cases.filter(is_malicious).cloned().collect();
        let others = numbers.len() - malicious.len();
        malicious.sort_by(|a, b| (&b.date, &b.sha256).cmp(&(&a.date, &a.sha256)));
        malicious.dedup();
        malicious.truncate(TOLD);
        let domains = domains.into_iter().take(TOLD).cloned().collect();
        Answer::Found { data: Data::EarlierCases(EarlierCases { malicious, others, domains }) }
    }
}

fn find(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> io::Result<()> {
    let case = folder.join(CASE);
    if case.is_file() {
        found.push(case);
        return Ok(());
    }
    let mut inner: Vec<PathBuf> = fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    inner.retain(|path| path.is_dir() && !path.is_symlink());
    inner.sort_unstable();
    if depth > 0 {
        inner.iter().try_for_each(|folder| find(folder, depth - 1, found))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn case(sha256: &str, class: &str, host: &str) -> Case {
        let mail = json!({"sha256": sha256, "date": null, "origin": {"ip": "192.0.2.7"}, "links": [
            {"host": host}, {"host": "www.shop.example.org"}, {"host": null}]});
        let official = json!({"official_domains": ["example.org"]});
        let evidence = json!([{"id": "of a later version"}]);
        let all = json!({"mail": mail, "evidence": evidence, "impersonation": official, "verdict": {"class": class}});
        serde_json::from_value(all).expect("a case")
    }

    fn found(answer: Answer) -> EarlierCases {
        match answer {
            Answer::Found { data: Data::EarlierCases(found) } => found,
            _ => EarlierCases::default(),
        }
    }

    #[test]
    fn a_mail_is_compared_with_others_alone() {
        let mut index = EarlierIndex::default();
        index.add(case("a", "phishing", "login.evil.example.com"));
        index.add(case("b", "phishing", "www.example.com"));
        index.add(case("c", "undetermined", "www.example.net"));
        let origin = Shared::Origin([192, 0, 2, 7].into());
        let of = |mail: &str, shared: &Shared| found(index.answer(mail, shared));
        let seen = of("a", &origin);
        assert_eq!((seen.malicious.len(), seen.others, seen.malicious[0].sha256.as_str()), (1, 1, "b"));
        let seen = of("x", &Shared::LinkDomain("example.com".to_owned()));
        assert_eq!((seen.malicious.len(), seen.others, seen.domains), (2, 0, vec!["example.com".to_owned()]));
        let official = Shared::LinkDomain("example.org".to_owned());
        assert_eq!(index.answer("x", &official), Answer::Absent { why: Absence::NotListed });
    }
}
