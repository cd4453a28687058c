//! How a mail was handed over to the recipient's servers, as far as those saw it.

use crate::findings::{Alignment, Scene, organisation};
use crate::mail::Hop;
use crate::mail::authentication::MethodResult;

/// The believed line that saw the sender's machine.
pub(crate) fn entry<'a>(scene: &Scene<'a>) -> Option<&'a Hop> {
    scene.mail.hops.get(scene.mail.origin.as_ref()?.hop)
}

/// The line that saw the sender's machine, and the name that the machine gave itself; none where the From domain is authenticated,
/// the sender logged in or a list sent it, for then the machine's name says nothing, nor where it is no full name.
pub(in crate::findings) fn introduction<'a>(scene: &Scene<'a>) -> Option<(&'a Hop, String)> {
    let entry = entry(scene)?;
    let helo = entry.helo.as_deref()?.to_ascii_lowercase();
    let silent = scene.alignment == Alignment::Aligned || entry.authenticated || scene.is_list_mail();
    (!silent && helo.contains('.')).then_some((entry, helo))
}

/// The name that a machine gave itself is that of a registered brand or of a company that gives addresses to anybody.
pub(in crate::findings) fn is_known_name(scene: &Scene<'_>, helo: &str) -> bool {
    scene.knowledge.owner(helo).is_some() || organisation::gives_addresses_away(scene, helo)
}

/// The line says that the machine has no reverse name; many servers write nothing at all, which says nothing.
pub(in crate::findings) fn is_nameless(scene: &Scene<'_>, hop: &Hop) -> bool {
    let line = hop.span.of(scene.mail.raw);
    hop.reverse_dns.is_none() && hop.ip.is_some() && line.windows(9).any(|word| word == b"(unknown ")
}

/// The `result` of `method` (RFC 8601 section 2.7) that a trusted server recorded; none where somebody passed the mail on.
pub(in crate::findings) fn recorded<'a>(
    scene: &Scene<'a>,
    method: &str,
    result: &str,
) -> Option<&'a MethodResult> {
    let mut trusted = scene.mail.authentication.results.iter().filter(|record| record.trusted);
    let found = trusted.find(|record| record.method == method && record.result == result)?;
    (!was_passed_on(scene)).then_some(found)
}

/// Somebody between sender and reader sent the mail on, so that SPF and often DKIM must fail: a list, a forwarder that a
/// trusted server vouches for (ARC, RFC 8617), whoever resent it (RFC 5322 section 3.6.6), or the reader's own mailbox elsewhere.
pub(in crate::findings) fn was_passed_on(scene: &Scene<'_>) -> bool {
    let mail = scene.mail;
    scene.is_list_mail()
        || mail.fields.iter().any(|field| field.is("resent-from") || field.is("x-forwarded-for"))
        || mail
            .authentication
            .results
            .iter()
            .any(|result| result.trusted && result.method == "arc" && result.result == "pass")
        || came_from_a_recipient(scene)
}

/// The machine that handed it over is of an organisation that the mail was addressed to.
fn came_from_a_recipient(scene: &Scene<'_>) -> bool {
    let Some(name) = entry(scene).and_then(Hop::confirmed_name) else { return false };
    let author = scene.from_domain().map(organisation::of);
    let mut addressed = scene.mail.recipients.iter().filter_map(|recipient| recipient.domain.as_deref());
    addressed.any(|domain| organisation::of(domain) == organisation::of(name))
        && author != Some(organisation::of(name))
}

/// The envelope's sender is `<>`: a delivery report (RFC 5321 section 4.5.5).
pub(in crate::findings) fn has_null_sender(scene: &Scene<'_>) -> bool {
    scene.mail.envelope_from.as_ref().is_some_and(|sender| sender.raw.trim() == "<>")
}

/// A machine answers or reports: it says so (RFC 3834), carries what it reports, or has the form of a report (RFC 6522). The empty
/// envelope sender alone says little: whoever wants no answer can write it.
pub(in crate::findings) fn is_automatic(scene: &Scene<'_>) -> bool {
    let mail = scene.mail;
    let reports = |field: &crate::mail::Field<'_>| {
        field.is("content-type")
            && memchr::memmem::find(&field.value.to_ascii_lowercase(), b"report").is_some()
    };
    mail.list.auto_submitted.is_some()
        || scene.is_carrier()
        || mail.fields.iter().any(reports)
        || has_null_sender(scene) && mail.bodies.iter().all(|body| body.html.is_none())
}
