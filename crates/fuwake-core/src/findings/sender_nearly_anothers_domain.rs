//! The domain of the sender or of the answers is nearly that of another party of the mail: the sender's own, a recipient's, or the one that
//! an answered mail came from. Who cuts into a correspondence registers such a name. Silent where both are one organisation's, where only
//! numbers differ (mail1, mail2), and for lists.

use super::{Scene, Sign, organisation};
use crate::imitation::distance::is_typo;
use crate::mail::Mailbox;

/// Shorter names are near to too many others.
const SHORTEST: usize = 7;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let author = scene.from()?;
    let others = || scene.mail.recipients.iter().take(20).chain([author]).filter_map(own_domain);
    let senders = || scene.mail.reply_to.iter().take(1).chain([author]);
    let (party, own, other) = senders().find_map(|party| {
        let own = own_domain(party)?;
        let near = |other: &&str| {
            is_slip(own, other)
                && !organisation::same(scene, own, other)
                && scene.knowledge.owner(own).is_none()
        };
        Some((party, own, others().find(near)?))
    })?;
    (!scene.is_list_mail()).then(|| Sign::at(party).with("domain", own).with("other", other))
}

fn own_domain(party: &Mailbox) -> Option<&str> {
    party.registrable_domain.as_deref()
}

/// One name with a letter slipped, or with a letter of the same look.
fn is_slip(one: &str, other: &str) -> bool {
    let (one, other) = (organisation::label(one), organisation::label(other));
    let letters = |label: &str| label.chars().filter(|letter| !letter.is_ascii_digit()).collect::<String>();
    one != other
        && one.len().min(other.len()) >= SHORTEST
        && is_typo(other, one)
        && letters(one) != letters(other)
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    const ID: &str = "sender-nearly-anothers-domain";

    #[test]
    fn a_name_beside_a_partys() {
        let mail = |from: &str, reply: &str| {
            format!("From: a@{from}\nReply-To: a@{reply}\nTo: b@northwind-tools.example\n\nHello\n")
        };
        assert!(fires(ID, &mail("harcourt-sons.example", "harcourt-sonns.example"), ""));
        assert!(fires(ID, &mail("northwlnd-tools.example", "northwlnd-tools.example"), ""));
        assert!(!fires(ID, &mail("harcourt-sons.example", "harcourt-sons.example"), ""));
        assert!(!fires(ID, &mail("mailer-one1.example", "mailer-one2.example"), ""));
        assert!(!fires(ID, &mail("harcourt-sons.example", "desk.example"), ""));
    }
}
