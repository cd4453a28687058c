//! Speaks for a mail: the From domain is authenticated, the Message-ID was made there or by a mail service, and every link stays with it, known companies and
//! mail services. Anybody can have all this with a domain of his own, so it is silent where the mail speaks in another's name, uses wording of frauds, or has
//! a cheap or drawn name; and it weighs little.

use super::{Alignment, Scene, Sign, organisation};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (mail, author) = (scene.mail, scene.from()?);
    let domain = author.domain.as_deref()?;
    let own = author.registrable_domain.as_deref()?;
    let foreign_name = scene.presented().any(|(_, brand)| !scene.is_of(domain, brand));
    let plain = scene.alignment == Alignment::Aligned
        && !scene.is_anybodys(domain)
        && scene.knowledge.cheap_suffix(domain).is_none()
        && !foreign_name
        && scene.phrases.iter().all(|phrase| phrase.hint)
        && mail.attachments.is_empty()
        && mail.reply_to.iter().all(|reply| reply.registrable_domain.as_deref() == Some(own))
        && !scene.is_cut()
        && !organisation::is_borrowed(scene);
    let id = mail.message_id.as_ref().filter(|_| plain)?;
    let id_domain = id.domain.as_deref()?;
    let made_there =
        organisation::same(scene, id_domain, domain) || scene.knowledge.mail_service(id_domain).is_some();
    let mut at_home = 0;
    let stays = scene.targets().all(|(link, host)| {
        let home = link.registrable_domain.as_deref() == Some(own);
        at_home += usize::from(home);
        home || scene.knowledge.mail_service(host).is_some()
            || scene.knowledge.sourced_owner(host).is_some() && scene.knowledge.kind(host).is_none()
    });
    (made_there && stays && at_home > 0).then(|| Sign::at(author).and(id.span).with("domain", own))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(from: &str, url: &str) -> bool {
        let mail = format!(
            "Authentication-Results: mx.example.jp; dkim=pass header.d=example.com\nReceived: from m.example.com ([192.0.2.1]) by mx.example.jp; Tue, 09 Jun 2026 08:41:10 +0900\nMessage-ID: <1@example.com>\nFrom: {from}\n\nThe cherries are in bloom: {url}\n"
        );
        fires("consistent-organisation", &mail, "mx.example.jp")
    }

    #[test]
    fn one_organisation_throughout() {
        assert!(is_found("Nursery <a@example.com>", "https://www.example.com/june"));
        assert!(!is_found("Nursery <a@example.com>", "https://www.example.net/june"));
        assert!(!is_found("Amazon <a@example.com>", "https://www.example.com/june"));
    }
}
