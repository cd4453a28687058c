//! XARF version 4 (xarf.org): a report for each thing that a desk can act about, and a draft that carries them. A page is `content` of the
//! type that fits (`phishing`, `fraud`, `malware`), a machine or mailbox that mail comes from `messaging/spam`. `brand_infringement` is left
//! to whoever holds the brand.

mod content;
mod messaging;

use fuwake_core::indicators::{Desk, Duty, Indicators, Masked, Matter};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::copy::copy;
use super::message::{Part, message};
use super::{File, Nothing, Reporter, Request, ids, letters};

/// The version whose schema the reports follow.
const VERSION: &str = "4.2.0";

pub(super) fn reports(request: Request<'_>) -> Result<Vec<File>, Nothing> {
    let reporter = request.reporter.ok_or(Nothing::NoReporter)?;
    let mut files = Vec::new();
    let mut number = 0;
    for desk in &request.indicators.desks {
        let case = Report { indicators: request.indicators, reporter, desk };
        let reports: Vec<String> = desk.matters.iter().filter_map(|matter| case.of(matter)).collect();
        if reports.is_empty() {
            continue;
        }
        let name = format!("xarf-{}.eml", number + 1);
        for json in &reports {
            number += 1;
            files.push(File::text(&format!("xarf-{number}.json"), json.clone()));
        }
        files.push(File { name, bytes: case.draft(reports), to: Some(desk.address.clone()) });
    }
    if files.is_empty() { Err(Nothing::NoDesk) } else { Ok(files) }
}

/// What a desk is told.
#[derive(Clone, Copy)]
struct Report<'r> {
    indicators: &'r Indicators,
    reporter: &'r Reporter,
    desk: &'r Desk,
}

impl Report<'_> {
    fn draft(self, reports: Vec<String>) -> Vec<u8> {
        let letter = letters::to(self.desk, self.indicators, self.reporter);
        let mut parts = vec![Part::text(&letter.text)];
        let file = |json: String| Part::file("application/json", "xarf.json", json.into_bytes());
        parts.extend(reports.into_iter().map(file));
        message(self.reporter, &self.desk.address, &letter.subject, "multipart/mixed", &parts)
    }

    fn of(self, matter: &Matter) -> Option<String> {
        let own = match matter.duty {
            Duty::Hosting | Duty::Registrar => content::report(self.indicators, matter),
            Duty::Sending | Duty::Mailbox => messaging::report(self.indicators, matter),
        }?;
        let mut report = self.frame(matter);
        report.extend(own);
        Some(super::pretty(&Value::Object(report)))
    }

    /// What all have in common (xarf-core).
    fn frame(self, matter: &Matter) -> Map<String, Value> {
        let (mail, reporter) = (&self.indicators.mail, self.reporter);
        let sent_by = json!({
            "org": reporter.organisation,
            "contact": reporter.address,
            "domain": reporter.address.rsplit('@').next(),
        });
        let source = matter.ip.map_or_else(|| matter.about.as_str().to_owned(), |ip| ip.to_string());
        let url = matter.urls.first().map_or("", Masked::as_str);
        let verdict = &self.indicators.verdict;
        let sure = f64::from(verdict.score * verdict.confidence).clamp(0.0, 1.0);
        without_empty(json!({
            "xarf_version": VERSION,
            "report_id": ids::of_name("xarf", &[&mail.sha256, &self.desk.address, &source, url]),
            "timestamp": mail.received.as_deref().unwrap_or(&self.indicators.seen),
            "reporter": sent_by,
            "sender": sent_by,
            "source_identifier": source,
            "confidence": (sure * 100.0).round() / 100.0,
            "description": description(self.indicators),
        }))
    }
}

/// In a sentence or two, at most 1,000 characters.
fn description(indicators: &Indicators) -> String {
    const LONGEST: usize = 800;
    let said: String = indicators.verdict.summary.as_str().chars().take(LONGEST).collect();
    format!("{said} (MASKED and *** stand for what names the recipient.)")
}

fn evidence_item(kind: &str, what: &str, bytes: &[u8]) -> Value {
    let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(bytes));
    json!({
        "content_type": kind,
        "description": what,
        "payload": data_encoding::BASE64.encode(bytes),
        "hash": format!("sha256:{hash}"),
        "size": bytes.len(),
    })
}

/// The mail with people masked.
fn mail(indicators: &Indicators) -> Value {
    evidence_item("message/rfc822", "The mail; its recipient is masked", &copy(&indicators.mail))
}

fn without_empty(value: Value) -> Map<String, Value> {
    let Value::Object(map) = value else { return Map::new() };
    map.into_iter().filter(|(_, value)| !value.is_null()).collect()
}
