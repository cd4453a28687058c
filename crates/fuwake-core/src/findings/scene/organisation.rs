//! Whose a domain is, as far as findings compare the names in one mail.

use crate::domain::registrable;
use crate::findings::{Scene, platform_sender_named_after_a_brand, platform_text_field_abused};
use crate::knowledge::DomainKind;

/// The registrable domain, or the whole name where there is none.
pub(in crate::findings) fn of(domain: &str) -> &str {
    registrable(domain).unwrap_or(domain)
}

/// What was registered, without the suffix.
pub(in crate::findings) fn label(registrable: &str) -> &str {
    registrable.split_once('.').map_or(registrable, |(label, _)| label)
}

/// Two domains of one organisation: one registrable domain, or both a brand's.
pub(in crate::findings) fn same(scene: &Scene<'_>, one: &str, other: &str) -> bool {
    let owner = |domain| scene.knowledge.owner(domain).map(|brand| brand.id.as_str());
    of(one) == of(other) || owner(one).is_some_and(|brand| owner(other) == Some(brand))
}

/// Anybody can have an address there, or everybody who subscribes to a line: the name says nothing about the writer.
pub(in crate::findings) fn gives_addresses_away(scene: &Scene<'_>, domain: &str) -> bool {
    matches!(scene.knowledge.kind(domain), Some(DomainKind::FreeMail | DomainKind::InternetProvider))
}

/// What trusted servers recorded as passed for the From domain, where it stands.
pub(in crate::findings) fn passes(scene: &Scene<'_>) -> Vec<crate::span::Because> {
    let from = scene.from_domain().unwrap_or_default();
    let results = scene.mail.authentication.results.iter();
    let passed = results.filter(|result| result.trusted && result.result == "pass");
    let aligned = passed.filter(|result| match result.domain.as_deref() {
        Some(domain) => of(domain) == of(from),
        None => result.method == "dmarc",
    });
    aligned.map(|result| result.span.into()).collect()
}

/// Somebody speaks through a platform's own notice: that it and its links are the platform's says nothing about him.
pub(in crate::findings) fn is_borrowed(scene: &Scene<'_>) -> bool {
    platform_text_field_abused::find(scene).is_some()
        || platform_text_field_abused::is_doubtful(scene)
        || platform_sender_named_after_a_brand::find(scene).is_some()
}

/// Whether somebody can have registered the name.
pub(in crate::findings) fn is_registrable(domain: &str) -> bool {
    registrable(domain).is_some()
}

/// A school's, a university's or a public authority's by its suffix; who may register there is checked.
pub(in crate::findings) fn is_public_body(domain: &str) -> bool {
    const BODIES: [&str; 11] = ["ac", "ed", "edu", "gob", "gouv", "gov", "go", "lg", "mil", "k12", "gv"];
    let mut labels = domain.rsplit('.');
    let (top, second) = (labels.next().unwrap_or_default(), labels.next().unwrap_or_default());
    let third = labels.next().unwrap_or_default();
    matches!(top, "edu" | "gov" | "mil")
        || top.len() == 2 && BODIES.contains(&second)
        || top.len() == 2
            && second.len() == 2
            && BODIES.contains(&third)
            && !labels.next().unwrap_or_default().is_empty()
}
