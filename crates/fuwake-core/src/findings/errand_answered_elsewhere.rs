//! A new account to pay into, wages into another account or a superior's errand, and the answers go to free mail, or to another organisation
//! than the sender's. Silent for answers and lists; a firm's news of its account may come through a service and name its own address.

use super::{Scene, Sign, reply_to_elsewhere};
use crate::knowledge::DomainKind;
use crate::mail::Mailbox;

/// What honest firms announce too.
const ANNOUNCED: &str = "bank-account-changed";
/// What is asked for.
const ERRANDS: [&str; 4] = [ANNOUNCED, "account-change-excuse", "boss-request", "payroll-account-change"];

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let topic = |file: usize| scene.knowledge.phrases()[file].finding.as_str();
    let mut asked =
        scene.phrases.iter().filter(|phrase| !phrase.hint && ERRANDS.contains(&topic(phrase.file)));
    let first = asked.clone().next().filter(|_| !scene.answers && !scene.is_list_mail())?;
    let free = |party: &&Mailbox| {
        party.domain.as_deref().and_then(|domain| scene.knowledge.kind(domain)) == Some(DomainKind::FreeMail)
    };
    let party = scene.mail.reply_to.iter().chain(scene.from()).find(free);
    let elsewhere = || {
        asked.find(|phrase| topic(phrase.file) != ANNOUNCED)?;
        reply_to_elsewhere::find(scene)?;
        scene.mail.reply_to.first()
    };
    let party = party.or_else(elsewhere)?;
    Some(Sign::at(party).and(first.because.clone()).with("address", party.address.as_deref()?))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    const ID: &str = "errand-answered-elsewhere";

    #[test]
    fn answers_go_elsewhere() {
        let text = "Our bank details have changed, please use the new account.";
        let wages = "Please update my direct deposit before the next payroll.";
        assert!(fires(ID, &format!("From: a@gmail.com\n\n{text}\n"), ""));
        assert!(fires(ID, &format!("From: a@example.com\nReply-To: b@gmail.com\n\n{text}\n"), ""));
        assert!(fires(ID, &format!("From: a@example.com\nReply-To: b@example.net\n\n{wages}\n"), ""));
    }

    #[test]
    fn a_firm_writes_from_its_own_address() {
        let text = "Our bank details have changed, please use the new account.";
        assert!(!fires(ID, &format!("From: a@example.com\n\n{text}\n"), ""));
        assert!(!fires(ID, &format!("From: a@example.com\nReply-To: b@example.net\n\n{text}\n"), ""));
        assert!(!fires(ID, "From: a@gmail.com\n\nSee you at the bank at six.\n", ""));
    }
}
