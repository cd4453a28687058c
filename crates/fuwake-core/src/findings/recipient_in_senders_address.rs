//! The recipient's whole address, or the domain of his own organisation, stands before the `@` of the From: templates fill it in to look familiar.
//! Silent for lists, which write authors so (RFC 5598 section 5.3: `hana=example.com@list`), answers, and where anybody has an address.

use super::{Scene, Sign, organisation};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let author = scene.from()?;
    let (local, domain) = (author.local_part()?.to_ascii_lowercase(), author.domain.as_deref()?);
    let excused = scene.is_list_mail() || scene.answers || scene.is_carrier();
    let own = scene.mail.recipients.iter().find(|reader| {
        let name = reader.domain.as_deref().map(organisation::of).unwrap_or_default();
        name.contains('.') && name != organisation::of(domain) && local.contains(name)
            || reader.address.as_deref().is_some_and(|address| local.contains(&address.to_ascii_lowercase()))
    })?;
    (!excused).then(|| Sign::at(author.address_span).and(own).with("local_part", local))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(head: &str) -> bool {
        fires(
            "recipient-in-senders-address",
            &format!("{head}\nTo: taro@example.jp\n\nhello\n"),
            "mx.example.jp",
        )
    }

    #[test]
    fn readers_in_the_from() {
        assert!(is_found("From: Desk <admin-example.jp@sender.example.com>"));
        for head in [
            "From: Desk <admin@sender.example.com>",
            "From: Desk <admin-example.jp@sender.example.com>\nSubject: Re: a\nIn-Reply-To: <1@example.jp>",
        ] {
            assert!(!is_found(head), "{head}");
        }
    }
}
