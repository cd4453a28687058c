//! A platform's own authenticated notice in which a user's text lures: wording of frauds, and with it a link to a shortener, free hosting or an app
//! host, answers that go to a stranger, a wallet's address or a disguised telephone number. The mail is genuine, what somebody typed into it is not. Silent for answers and lists.

use super::{Alignment, Scene, Sign, organisation, telephone};
use crate::knowledge::DomainKind;
use crate::mail::Mailbox;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let author = scene.from()?;
    let domain = author.domain.as_deref()?;
    let excused = scene.alignment != Alignment::Aligned
        || !scene.knowledge.is_platform(domain)
        || scene.answers
        || scene.is_list_mail();
    if excused {
        return None;
    }
    let lure = scene.phrases.iter().find(|phrase| !phrase.hint && entices(scene, phrase.file));
    let open = scene.targets().find(|(_, host)| {
        scene.knowledge.owner(host).is_none()
            && (matches!(scene.knowledge.kind(host), Some(DomainKind::Shortener | DomainKind::FreeHosting))
                || scene.knowledge.cheap_suffix(host).is_some())
    });
    let sign = Sign::at(author.address_span).with("domain", domain);
    if let (Some(lure), Some((link, _))) = (lure, open) {
        return Some(sign.and(lure.because.clone()).and(link.because.clone()));
    }
    let elsewhere = |reply: &&Mailbox| {
        reply
            .domain
            .as_deref()
            .is_some_and(|to| scene.knowledge.owner(to).is_none() && !organisation::same(scene, to, domain))
    };
    let asked =
        lure.filter(|lure| promises_money(scene, lure.file)).zip(scene.mail.reply_to.iter().find(elsewhere));
    if let Some((lure, reply)) = asked {
        return Some(sign.and(lure.because.clone()).and(reply.address_span));
    }
    let number = telephone::first(scene.mail.own_text()).filter(|number| number.disguised > 0);
    number.map(|_| sign.and(Sign::in_body(scene.mail).because.remove(0)))
}

/// The phrase is one of those who write to strangers about money.
fn promises_money(scene: &Scene<'_>, file: usize) -> bool {
    let finding = scene.knowledge.finding(&scene.knowledge.phrases()[file].finding);
    finding.is_some_and(|finding| finding.points_to.get("fraud").is_some_and(|points| *points >= 1.0))
}

/// The phrase's finding points to phishing or fraud.
fn entices(scene: &Scene<'_>, file: usize) -> bool {
    let finding = scene.knowledge.finding(&scene.knowledge.phrases()[file].finding);
    finding.is_some_and(|finding| {
        ["phishing", "fraud"]
            .iter()
            .any(|class| finding.points_to.get(*class).is_some_and(|points| *points > 0.5))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(text: &str) -> bool {
        let mail = format!(
            "Authentication-Results: mx.example.jp; dkim=pass header.d=eventbrite.com\nReceived: from m.eventbrite.com ([192.0.2.1]) by mx.example.jp; Tue, 09 Jun 2026 08:41:10 +0900\nFrom: Organiser <noreply@event.eventbrite.com>\n\n{text}\n"
        );
        fires("platform-text-field-abused", &mail, "mx.example.jp")
    }

    #[test]
    fn lures_in_a_users_text() {
        assert!(is_found("Your account has been suspended. Verify your account: https://bit.ly/a"));
        assert!(is_found("Call (8OO) 555-O142 to cancel."));
        assert!(!is_found("The choir sings on Saturday: https://bit.ly/a"));
    }
}
