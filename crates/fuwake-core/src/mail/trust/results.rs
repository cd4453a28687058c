//! Which authentication results were written by the recipient's own servers (RFC 8601 section 5).

use std::collections::BTreeMap;

use crate::mail::authentication::MethodResult;
use crate::mail::received::{Hop, Trust};
use crate::mail::trust::{Boundary, host};
use crate::mail::{Authentication, Field, Trusted};
use crate::span::Span;

/// Sets [`MethodResult::trusted`]: written by a trusted authserv-id *and* standing where only the recipient's servers write.
///
/// A field above the oldest observed Received line was added after the mail had arrived. One between that line and the
/// next older one may come from a milter of the boundary server or from the sender, who knows its name from DNS. So what stands
/// there counts only where the reader named the server, which then removes forgeries (RFC 8601 section 5), where the server says
/// the same above the line (Google does, in an ARC field), or where nothing there speaks for the sender; and of these only the
/// first field to state a method, beside other trace fields, where none above the line stated it.
pub fn mark_results(
    authentication: &mut Authentication,
    fields: &[Field<'_>],
    hops: &[Hop],
    boundary: &Boundary,
    trusted: &Trusted,
) {
    let zone = Zone::new(fields, hops, boundary);
    let observed: Vec<&str> =
        hops.iter().filter(|hop| hop.trust == Trust::Observed).filter_map(|hop| hop.by.as_deref()).collect();
    let results = &authentication.results;
    let seconded: Vec<bool> = results
        .iter()
        .map(|result| {
            results.iter().any(|above| zone.place(above.span) == Place::Above && same(above, result))
        })
        .collect();
    let flattered = results.iter().zip(&seconded).any(|(result, &seconded)| {
        result.result == "pass" && zone.place(result.span) == Place::Beside && !seconded
    });
    let mut stated: BTreeMap<String, Span> = BTreeMap::new();
    for (result, seconded) in authentication.results.iter_mut().zip(seconded) {
        let stated_before = stated.get(&result.method).is_some_and(|field| *field != result.span);
        let place = zone.place(result.span);
        let position = place == Place::Above || (place == Place::Beside && !stated_before);
        let earned = place == Place::Above || seconded || !flattered;
        result.trusted = position
            && counts(fields, result.span)
            && is_own(result, boundary, trusted, &observed, place, earned);
        if result.trusted {
            stated.entry(result.method.clone()).or_insert(result.span);
        }
    }
}

/// Two fields of one server state the same.
fn same(one: &MethodResult, other: &MethodResult) -> bool {
    one.method == other.method
        && one.result == other.result
        && one.domain == other.domain
        && one.authserv_id == other.authserv_id
}

/// Copies in other fields are not read: those of ARC (RFC 8617) count only once their seals are verified.
fn counts(fields: &[Field<'_>], span: Span) -> bool {
    let field =
        fields.binary_search_by_key(&span.start, |field| field.span.start).ok().and_then(|at| fields.get(at));
    field.is_some_and(|field| field.is("Authentication-Results") || field.is("Received-SPF"))
}

fn is_own(
    result: &MethodResult,
    boundary: &Boundary,
    trusted: &Trusted,
    observed: &[&str],
    place: Place,
    earned: bool,
) -> bool {
    let Some(server) = result.authserv_id.as_deref() else {
        // Microsoft's servers name none.
        return place == Place::Above
            && boundary.organisations.iter().any(|organisation| organisation == "outlook.com");
    };
    let named = trusted.names.iter().any(|name| host::is_within(server, name));
    let organisation = host::organisation(server);
    let inferred = organisation.is_some_and(|organisation| boundary.organisations.contains(&organisation));
    let known = inferred || observed.iter().any(|by| by.eq_ignore_ascii_case(server));
    named || known && earned
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Above the oldest observed line.
    Above,
    /// Directly below it, among trace fields.
    Beside,
    /// Where the sender writes.
    Below,
}

/// Where the boundary server's own fields can stand, in bytes of the raw mail.
struct Zone {
    above: usize,
    beside: usize,
}

impl Zone {
    fn new(fields: &[Field<'_>], hops: &[Hop], boundary: &Boundary) -> Self {
        let Some(line) = boundary.hop.and_then(|index| hops.get(index)) else {
            // Without a path, a name that the reader gave is all there is to go by.
            return Self { above: 0, beside: usize::MAX };
        };
        let below = fields.iter().filter(|field| field.span.start > line.span.start);
        let beside = below
            .take_while(|field| is_trace(field.name))
            .last()
            .map_or(line.span.end, |field| field.span.end);
        Self { above: line.span.start, beside }
    }

    fn place(&self, span: Span) -> Place {
        match span.start {
            start if start < self.above => Place::Above,
            start if start < self.beside => Place::Beside,
            _ => Place::Below,
        }
    }
}

/// Fields that servers and their filters add on arrival.
fn is_trace(name: &str) -> bool {
    const TRACE: [&str; 8] = [
        "authentication-results",
        "received-spf",
        "return-path",
        "delivered-to",
        "x-original-to",
        "dkim-filter",
        "dmarc-filter",
        "x-received",
    ];
    let name = name.to_ascii_lowercase();
    TRACE.contains(&name.as_str()) || name.starts_with("arc-") || name.starts_with("x-")
}
