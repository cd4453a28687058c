//! The Message-ID was made under a known company's or a provider's own domain (`@mail.gmail.com`, `@amazon.com`) that is neither the From's nor the
//! envelope's nor on the path nor among the signers: copied from another mail. Silent for lists, answers and forwards, which keep
//! what the author's program wrote, and for what was passed on.

use super::{Scene, Sign, delivery, organisation};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let mail = scene.mail;
    let id = mail.message_id.as_ref()?;
    let domain = id.domain.as_deref()?;
    let owner = scene.knowledge.owner(domain);
    let provider = PROVIDERS.iter().any(|host| crate::knowledge::domains::is_within(domain, host));
    if owner.is_none() && !provider
        || scene.answers
        || mail.list.id.is_some()
        || mail.list.precedence.is_some()
    {
        return None;
    }
    let envelope = mail.envelope_from.as_ref().and_then(|envelope| envelope.domain.as_deref());
    let hosts =
        mail.hops.iter().flat_map(|hop| [hop.by.as_deref(), hop.reverse_dns.as_deref(), hop.helo.as_deref()]);
    let signers = mail.authentication.results.iter().map(|result| result.domain.as_deref());
    let mut involved = hosts.chain(signers).chain([scene.from_domain(), envelope]).flatten();
    let foreign = mail.hops.iter().any(|hop| hop.by.is_some())
        && !involved.any(|host| is_one(scene, &host.to_ascii_lowercase(), domain))
        && !delivery::was_passed_on(scene)
        && !delivery::is_automatic(scene);
    foreign.then(|| Sign::at(id.span).with("domain", domain))
}

/// Hosts under which only the provider's own machines write Message-IDs.
const PROVIDERS: [&str; 6] = [
    "mail.gmail.com",
    "mx.google.com",
    "prod.outlook.com",
    "mail.yahoo.com",
    "email.amazonses.com",
    "phx.gbl",
];

/// The provider's machines bear several of its names.
const HOUSES: [&[&str]; 4] = [
    &["google.com", "gmail.com", "googlemail.com", "1e100.net"],
    &["outlook.com", "hotmail.com", "microsoft.com", "office365.com", "exchangelabs.com", "phx.gbl"],
    &["yahoo.com", "yahoodns.net", "aol.com"],
    &["amazonses.com", "amazon.com", "amazonaws.com"],
];

fn is_one(scene: &Scene<'_>, host: &str, domain: &str) -> bool {
    let (one, other) = (organisation::of(host), organisation::of(domain));
    organisation::same(scene, host, domain)
        || HOUSES.iter().any(|house| house.contains(&one) && house.contains(&other))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(head: &str) -> bool {
        fires(
            "message-id-of-a-company-not-involved",
            &format!(
                "Received: from mail.example.com ([192.0.2.1]) by mx.example.jp; Tue, 09 Jun 2026 08:41:10 +0900\n{head}\nTo: taro@example.jp\n\nhello\n"
            ),
            "mx.example.jp",
        )
    }

    #[test]
    fn copied_ids() {
        for head in [
            "From: a@example.com\nMessage-ID: <1@mail.gmail.com>",
            "From: a@example.com\nMessage-ID: <1@amazon.co.jp>",
        ] {
            assert!(is_found(head), "{head}");
        }
        for head in [
            "From: a@gmail.com\nMessage-ID: <1@mail.gmail.com>",
            "From: a@example.com\nMessage-ID: <1@example.com>",
            "From: a@example.com\nMessage-ID: <1@amazon.co.jp>\nSubject: Re: a\nIn-Reply-To: <2@example.jp>",
        ] {
            assert!(!is_found(head), "{head}");
        }
    }
}
