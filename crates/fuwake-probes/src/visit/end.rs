//! How a visit ended.

use fuwake_core::evidence::visit::{Step, VisitEnd};

use super::course::Course;
use super::egress::Traffic;
use super::guard::Barred;
use super::sight::Sight;
use super::steps::server;

/// How a step without an answer ends a visit; none where there was an answer, or nothing went wrong.
pub(super) fn by_outcome(last: &Step, traffic: &Traffic) -> Option<VisitEnd> {
    if last.status.is_some() {
        return None;
    }
    match server(&last.url).and_then(|(host, port)| traffic.outcome(&host, port)) {
        Some(Err(why)) if why.is_refusal() => Some(VisitEnd::Refused),
        Some(Err(Barred::NoSuchName)) => Some(VisitEnd::NoSuchName),
        Some(Err(Barred::Unreachable)) => Some(VisitEnd::Unreachable),
        _ => last.fault.as_ref().map(|_| VisitEnd::Unreachable),
    }
}

/// How a visit ended, by its last step.
pub(super) fn end(sight: &Sight, course: &Course, traffic: &Traffic) -> VisitEnd {
    let Some(last) = course.steps.all.last() else { return VisitEnd::Hung };
    if course.held_back {
        return VisitEnd::HeldBack;
    }
    if let Some(end) = by_outcome(last, traffic).filter(|_| course.downloads.is_empty()) {
        return end;
    }
    if course.downloads.iter().any(|file| file.url == last.url) {
        VisitEnd::Download
    } else if sight.rested {
        VisitEnd::Shown
    } else {
        VisitEnd::Hung
    }
}
