//! What is wrong with a From field that names nobody to answer (RFC 5322 section 3.6.2 demands an address with a domain).

use crate::domain::can_exist;
use crate::findings::{Scene, Sign, delivery};

/// Why nobody could answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::findings) enum Fault {
    /// A name alone, or `<>`.
    Nameless,
    /// `post@carrier`: a name without a dot.
    BareWord,
    /// Something stands behind the `@` that is no domain, or one under a suffix that does not exist.
    Impossible,
}

/// The fault of the first author. Silent for reports and automatic answers, for what did not come from outside, and for a machine
/// that writes to its own users.
pub(in crate::findings) fn fault(scene: &Scene<'_>) -> Option<Fault> {
    let author = scene.from()?;
    let fault = match author.domain.as_deref() {
        Some(domain) if can_exist(domain) && domain.contains('.') => return None,
        Some(domain) if domain.contains('.') => Fault::Impossible,
        Some(_) => Fault::BareWord,
        None if addressed(&author.raw).contains(['@', '＠']) => Fault::Impossible,
        None => Fault::Nameless,
    };
    let own =
        scene.mail.recipients.iter().any(|reader| reader.domain.is_some() && reader.domain == author.domain);
    (!own && !delivery::is_automatic(scene) && delivery::entry(scene).is_some()).then_some(fault)
}

/// What stands where the address should.
fn addressed(raw: &str) -> &str {
    match raw.rsplit_once('<') {
        Some((_, address)) => address,
        None if raw.trim_end().ends_with('"') => "",
        None => raw,
    }
}

/// The field, as it stands.
pub(in crate::findings) fn sign(scene: &Scene<'_>) -> Option<Sign> {
    let author = scene.from()?;
    Some(Sign::at(author).with("from", author.raw.chars().take(120).collect::<String>()))
}

#[cfg(test)]
pub(in crate::findings) mod testing {
    /// A mail from outside with this From field.
    pub(in crate::findings) fn from(value: &str) -> String {
        format!(
            "Received: from mail.example.com ([192.0.2.1]) by mx.example.jp; Tue, 09 Jun 2026 08:41:10 +0900\nFrom: {value}\nTo: taro@example.jp\n\nhello\n"
        )
    }
}
