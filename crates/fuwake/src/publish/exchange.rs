//! A case for other programs, and for those who can act.

use fuwake_core::publish::{Audience, Release, indicators};
use fuwake_report::exchange::{Exchange, File, Request};

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
    let indicators = indicators(case, work.raw, &release, work.knowledge, *language);
    let reporter = work.tools.config.publish.reporter.as_ref();
    match exchange.files(Request { indicators: &indicators, reporter }) {
        Ok(files) => files,
        Err(nothing) => {
            complain(&format!("{}: {nothing}", exchange.name));
            Vec::new()
        }
    }
}

/// Whoever is to act needs whole links and the path: what is handed in is never poorer than that.
fn release(release: &Release, exchange: Exchange) -> Release {
    let audience = match release.audience {
        Audience::Public if exchange.is_handed_in => Audience::AbuseDesk,
        audience => audience,
    };
    Release { audience, ..release.clone() }
}
