//! Of which kind a landing page is.

use super::{LandingKind, Secret, View, host_of};
use crate::evidence::visit::{Field, Visit, VisitEnd};
use crate::knowledge::Knowledge;

/// Judges what one visitor saw.
pub(super) fn judge<'a>(view: &mut View<'a>, visit: &'a Visit, knowledge: &'a Knowledge) {
    view.asks_for = asks_for(visit);
    let host = view.final_url().and_then(host_of);
    view.brand = host.as_deref().and_then(|host| knowledge.owner(host));
    view.is_brands_own = view.brand.is_some();
    view.kind = kind(view, visit);
}

fn kind(view: &View<'_>, visit: &Visit) -> LandingKind {
    let status = visit.steps.last().and_then(|step| step.status);
    match (visit.end, status) {
        (VisitEnd::Download, _) => return LandingKind::Download,
        (VisitEnd::NoSuchName | VisitEnd::Unreachable, _) => return LandingKind::Dead,
        (VisitEnd::Refused, _) => return LandingKind::NotReached,
        (VisitEnd::Hung, _) if visit.page.is_none() => return LandingKind::NotReached,
        (VisitEnd::Shown | VisitEnd::Hung, Some(404 | 410)) if !view.is_brands_own => {
            return LandingKind::Dead;
        }
        _ => {}
    }
    if view.is_brands_own {
        let failed = status.is_some_and(|status| status >= 400);
        return if failed { LandingKind::GenuineErrorPage } else { LandingKind::GenuineSite };
    }
    let asks = |secret| view.asks_for.contains(&secret);
    if asks(Secret::Card) || asks(Secret::SecurityCode) {
        LandingKind::PaymentForm
    } else if asks(Secret::Password) || asks(Secret::Code) || asks(Secret::SeedPhrase) {
        LandingKind::CredentialForm
    } else {
        LandingKind::Page
    }
}

fn asks_for(visit: &Visit) -> Vec<Secret> {
    let fields = visit.page.iter().flat_map(|page| &page.forms).flat_map(|form| &form.fields);
    let mut secrets: Vec<Secret> = fields.filter_map(asked).collect();
    secrets.sort_unstable();
    secrets.dedup();
    secrets
}

pub(super) fn asked(field: &Field) -> Option<Secret> {
    match (field.kind.as_str(), field.autocomplete.as_deref()) {
        ("hidden", _) => None,
        ("password", _) => Some(Secret::Password),
        (_, Some("cc-number")) => Some(Secret::Card),
        (_, Some("cc-csc")) => Some(Secret::SecurityCode),
        (_, Some("one-time-code")) => Some(Secret::Code),
        _ => None,
    }
}
