//! Cases as their files hold them.

use std::path::Path;

use fuwake_core::evidence::{Authenticity, Question};
use fuwake_core::mail::{RawMail, Trusted, dissect};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::server::Zone;
use crate::signing::{self, Step};

/// A file of cases that share a zone.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    #[serde(default)]
    zone: Zone,
    case: Vec<Case>,
}

/// A mail, who hands it over, and what is expected. What is not given is not looked at.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Case {
    pub(crate) name: String,
    /// The RFC's section that it is about; of a deviation, what is decided.
    #[serde(rename = "section")]
    _section: String,
    /// Added to the file's zone.
    pub(crate) zone: Zone,
    client: String,
    helo: String,
    /// Empty: the envelope's sender was empty.
    mail_from: String,
    received: Option<String>,
    /// The mail before it is signed.
    message: String,
    steps: Vec<Step>,
    /// How many octets intake kept.
    kept: Option<usize>,
    /// Any of them.
    spf: Vec<String>,
    identity: Option<String>,
    mechanism: Option<String>,
    through: Option<Vec<String>>,
    /// Empty: none.
    explanation: Option<String>,
    /// A part of the reason.
    spf_why: Option<String>,
    /// Results, top to bottom.
    dkim: Option<Vec<String>>,
    dkim_why: Option<String>,
    unsigned: Option<u64>,
    testing: Option<bool>,
    dmarc: Option<String>,
    dmarc_why: Option<String>,
    policy: Option<String>,
    policy_domain: Option<String>,
    organizational_domain: Option<String>,
    spf_aligned: Option<bool>,
    dkim_aligned: Option<bool>,
    arc: Option<String>,
    arc_why: Option<String>,
    sealers: Option<Vec<String>>,
    /// A name and type that must have been asked, or must not with `!` before it.
    asks: Vec<String>,
}

impl File {
    pub(crate) fn cases(self, path: &Path) -> Vec<Case> {
        let file = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let add = |mut case: Case| {
            let mut zone = self.zone.clone();
            zone.append(&mut case.zone);
            signing::fill_keys(&mut zone);
            Case { name: format!("{file}/{}", case.name), zone, ..case }
        };
        self.case.into_iter().map(add).collect()
    }
}

impl Case {
    /// A mail that claims much.
    pub(crate) fn signed_by_nobody_known() -> Self {
        Self {
            client: "192.0.2.1".to_owned(),
            mail_from: "a@example.com".to_owned(),
            steps: vec![Step::Sign {
                tags: "v=1; a=rsa-sha256; d=example.com; s=x; h=from".to_owned(),
                key: "rsa".to_owned(),
            }],
            ..Self::default()
        }
    }

    pub(crate) fn signed_message(&self) -> Vec<u8> {
        let text = if self.message.is_empty() { "From: a@example.com\n\nHello\n" } else { &self.message };
        signing::sign(text, &self.steps)
    }

    pub(crate) fn kept<'m>(&self, message: &'m [u8]) -> &'m [u8] {
        message.get(..self.kept.unwrap_or(message.len())).unwrap_or(message)
    }

    pub(crate) fn question(&self, message: &[u8]) -> Question {
        let digest = Sha256::digest(message);
        let raw = RawMail { bytes: message, size: message.len() as u64, sha256: digest.into() };
        let mail = dissect(raw, &Trusted::default());
        let mut from: Vec<String> = mail.authors.iter().filter_map(|author| author.domain.clone()).collect();
        from.dedup();
        let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        Question::Authenticity {
            sha256: mail.sha256.clone(),
            client: self.client.parse().ok(),
            helo: some(&self.helo),
            envelope_from: some(&self.mail_from),
            from,
            received: self.received.clone(),
            withheld: Vec::new(),
        }
    }

    /// What is not as expected.
    pub(crate) fn differences(&self, found: &Authenticity, asked: &[String]) -> Option<String> {
        let mut differences = Differences(Vec::new());
        let spf = found.spf.clone().unwrap_or_default();
        if !self.spf.is_empty() && !self.spf.contains(&spf.result) {
            let wanted = self.spf.join(" or ");
            differences.0.push(format!("spf {} instead of {wanted} ({spf:?})", spf.result));
        }
        differences.text("spf_why", self.spf_why.as_deref(), spf.why.as_deref());
        differences.same("identity", self.identity.as_ref(), &spf.identity);
        differences.same("mechanism", self.mechanism.as_ref(), &spf.mechanism.unwrap_or_default());
        differences.same("through", self.through.as_ref(), &spf.through);
        // The published suite writes hexadecimal digits as capitals.
        let lower = |text: &String| text.to_ascii_lowercase();
        let explanation = lower(&spf.explanation.unwrap_or_default());
        differences.same("explanation", self.explanation.as_ref().map(lower).as_ref(), &explanation);
        let results: Vec<String> = found.dkim.iter().map(|dkim| dkim.result.clone()).collect();
        let first = found.dkim.first().cloned().unwrap_or_default();
        differences.same("dkim", self.dkim.as_ref(), &results);
        differences.text("dkim_why", self.dkim_why.as_deref(), first.why.as_deref());
        differences.same("unsigned", self.unsigned.as_ref(), &first.unsigned);
        differences.same("testing", self.testing.as_ref(), &first.testing);
        let dmarc = found.dmarc.clone().unwrap_or_default();
        differences.same("dmarc", self.dmarc.as_ref(), &dmarc.result);
        differences.text("dmarc_why", self.dmarc_why.as_deref(), dmarc.why.as_deref());
        differences.same("policy", self.policy.as_ref(), &dmarc.policy.unwrap_or_default());
        differences.same(
            "policy_domain",
            self.policy_domain.as_ref(),
            &dmarc.policy_domain.unwrap_or_default(),
        );
        let own = dmarc.organizational_domain.unwrap_or_default();
        differences.same("organizational_domain", self.organizational_domain.as_ref(), &own);
        differences.same("spf_aligned", self.spf_aligned.as_ref(), &dmarc.spf_aligned);
        differences.same("dkim_aligned", self.dkim_aligned.as_ref(), &dmarc.dkim_aligned);
        let arc = found.arc.clone().unwrap_or_default();
        differences.same("arc", self.arc.as_ref(), &arc.result);
        differences.text("arc_why", self.arc_why.as_deref(), arc.why.as_deref());
        differences.same("sealers", self.sealers.as_ref(), &arc.sealers);
        for wanted in &self.asks {
            let name = wanted.trim_start_matches('!');
            if asked.iter().any(|asked| asked == name) == wanted.starts_with('!') {
                differences.0.push(format!("asks {wanted}: {asked:?}"));
            }
        }
        let context = || format!("\n    {:?} {:?} {:?} {:?}", found.spf, found.dkim, found.dmarc, found.arc);
        (!differences.0.is_empty()).then(|| differences.0.join("; ") + &context())
    }
}

struct Differences(Vec<String>);

impl Differences {
    fn same<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, wanted: Option<&T>, found: &T) {
        if let Some(wanted) = wanted.filter(|wanted| *wanted != found) {
            self.0.push(format!("{what} {found:?} instead of {wanted:?}"));
        }
    }

    fn text(&mut self, what: &str, wanted: Option<&str>, found: Option<&str>) {
        let found = found.unwrap_or_default();
        if let Some(wanted) = wanted.filter(|wanted| !found.contains(wanted)) {
            self.0.push(format!("{what} {found:?} without {wanted:?}"));
        }
    }
}
