//! The domain of the sender or of the answers is nearly that of another party of the mail: the sender's own or a recipient's. Who cuts
//! into a correspondence registers such a name: a letter slipped, or the same name under a generic suffix in the place of a country's (`.com`
//! posing as `.co.jp`). Silent where both are one organisation's, where only numbers differ (mail1, mail2), for lists, and where no word
//! of the mail is a fraud's or a phish's: firms have two such domains, and neighbours near names.

use super::{Scene, Sign, organisation};
use crate::imitation::distance::is_typo;
use crate::mail::Mailbox;

/// Shorter names are near to too many others.
const SHORTEST: usize = 7;
pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let author = scene.from()?;
    let others = || scene.mail.recipients.iter().take(20).chain([author]).filter_map(own_domain);
    // A firm's own sites share their name, and so do strangers'; of an account to pay into they do not write to each other.
    let asks_for_money =
        || scene.phrases.iter().any(|phrase| !phrase.hint && scene.points(phrase, "fraud") >= 1.0);
    let senders = || scene.mail.reply_to.iter().take(1).chain([author]);
    let (party, own, other) = senders().find_map(|party| {
        let own = own_domain(party)?;
        let near = |other: &&str| {
            (is_slip(own, other) || asks_for_money() && is_under_another_suffix(own, other))
                && !organisation::same(scene, own, other)
                && scene.knowledge.owner(own).is_none()
        };
        Some((party, own, others().find(near)?))
    })?;
    let lure = scene.phrases.iter().find(|phrase| scene.wants(phrase))?;
    let sign = || Sign::at(party).and(lure.because.clone()).with("domain", own).with("other", other);
    (!scene.is_list_mail()).then(sign)
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

/// `example.com` to somebody at `example.co.jp`: a country's registry asks who registers, a generic one nobody.
fn is_under_another_suffix(one: &str, other: &str) -> bool {
    let suffix = |domain: &'_ str| domain.rsplit_once('.').map_or(0, |(_, top)| top.len());
    organisation::label(one) == organisation::label(other)
        && organisation::label(one).len() >= SHORTEST
        && suffix(one) > 2
        && suffix(other) == 2
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    const ID: &str = "sender-nearly-anothers-domain";

    #[test]
    fn a_name_beside_a_partys() {
        let mail = |from: &str, reply: &str| {
            format!(
                "From: a@{from}\nReply-To: a@{reply}\nTo: b@northwind-tools.example\n\nOur bank details have changed.\n"
            )
        };
        assert!(fires(ID, &mail("harcourt-sons.example", "harcourt-sonns.example"), ""));
        assert!(fires(ID, &mail("northwlnd-tools.example", "northwlnd-tools.example"), ""));
        assert!(!fires(ID, &mail("harcourt-sons.example", "harcourt-sons.example"), ""));
        assert!(!fires(ID, &mail("mailer-one1.example", "mailer-one2.example"), ""));
        assert!(!fires(ID, &mail("harcourt-sons.example", "desk.example"), ""));
        let news =
            mail("harcourt-sons.example", "harcourt-sonns.example").replace("bank details", "opening hours");
        assert!(!fires(ID, &news, ""), "two domains of one firm");
    }

    #[test]
    fn a_generic_suffix_in_the_place_of_a_countrys() {
        let mail = |from: &str, to: &str| {
            format!("From: a@{from}\nTo: b@{to}\n\n振込先を変更しました。新口座へお振り込みください。\n")
        };
        assert!(fires(ID, &mail("example.com", "example.co.jp"), ""));
        assert!(!fires(ID, &mail("example.co.jp", "example.com"), ""));
        assert!(!fires(ID, &mail("kita.com", "kita.co.jp"), ""), "a short name is many firms'");
    }
}
