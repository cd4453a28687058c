//! STIX 2.1 (OASIS): a bundle of what was seen, what may be blocked, and how it hangs together. Ids are the same in every run.

mod bundle;
mod marking;
mod meaning;
mod pattern;
mod seen;

use fuwake_core::indicators::Indicators;
use serde_json::json;

use super::{Request, ids};
use bundle::Bundle;

/// The bundle as text.
pub(super) fn bundle(request: Request<'_>) -> String {
    let Request { indicators, reporter } = request;
    let mut bundle = Bundle::new(indicators, reporter);
    let seen = seen::add(&mut bundle, indicators);
    meaning::add(&mut bundle, indicators, &seen);
    let id = ids::stix("bundle", &[&indicators.mail.sha256, indicators.audience.name(), &indicators.seen]);
    super::pretty(&json!({ "type": "bundle", "id": id, "objects": bundle.objects }))
}

/// What ids of this case's own objects are made of.
fn key<'i>(indicators: &'i Indicators, what: &'i str) -> [&'i str; 2] {
    [indicators.mail.sha256.as_str(), what]
}
