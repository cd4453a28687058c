//! A case for other programs, and for those who can act.

use fuwake_core::publish::{Audience, Release, indicators};
use fuwake_report::exchange::{Exchange, File, Request};

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::{Publication, Work};
use crate::output::complain;

/// The files of a format; where there is nothing to hand over, that is said and nothing is made.
pub(super) fn make(work: &Work<'_>, exchange: Exchange) -> Vec<Publication> {
    let files = files(work, exchange);
    files.into_iter().map(|file| Publication { name: file.name, bytes: file.bytes }).collect()
}

pub(super) fn files(work: &Work<'_>, exchange: Exchange) -> Vec<File> {
    let (language, case) = &work.editions[0];
    let release = release(work.release, exchange);
    let indicators = indicators(case, work.raw, &release, work.knowledge, *language).until(&now());
    let reporter = work.tools.config.publish.reporter.as_ref();
    match exchange.files(Request { indicators: &indicators, reporter }) {
        Ok(files) => files,
        Err(nothing) => {
            complain(&format!("{}: {nothing}", exchange.name));
            Vec::new()
        }
    }
}

/// The time in UTC, RFC 3339 to the second.
pub(super) fn now() -> String {
    let now = OffsetDateTime::now_utc().truncate_to_second();
    now.format(&Rfc3339).unwrap_or_else(|_| "9999-12-31T23:59:59Z".to_owned())
}

/// Whoever is to act needs whole links and the path, and nobody outside is told of the operator's own servers: what is handed in is made
/// for a desk, whoever reads the rest.
fn release(release: &Release, exchange: Exchange) -> Release {
    let audience = if exchange.is_handed_in { Audience::AbuseDesk } else { release.audience };
    Release { audience, ..release.clone() }
}
