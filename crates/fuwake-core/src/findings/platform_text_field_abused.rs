//! A platform's own authenticated notice in which a user's text lures: wording of frauds, and with it a link to a shortener, free hosting or a cheap
//! suffix, a number to call, a wallet's address, or answers that go to a stranger; a number in disguise or for the doubt about a charge needs no words. The mail is genuine, what
//! somebody typed into it is not. Silent for answers.

use super::scene::sums::{self, Sum};
use super::{
    Alignment, Scene, Sign, Worded, charge_with_telephone, is_said, organisation, telephone,
    wallet_address_in_text,
};
use crate::knowledge::DomainKind;
use crate::mail::{Link, Mailbox};
use crate::span::Because;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let author = scene.from()?;
    let domain = platform(scene)?;
    let sign = Sign::at(author.address_span).with("domain", domain);
    if let Some(lure) = lure(scene) {
        let asks_for_money = scene.points(lure, "fraud") >= 1.0;
        let reply = || scene.mail.reply_to.iter().find(|reply| is_strangers(scene, reply, domain));
        let way = open_link(scene).map(|link| link.because.clone());
        let way = way.or_else(|| reply().filter(|_| asks_for_money).map(|reply| reply.address_span.into()));
        let way = way.or_else(|| wallet_address_in_text::find(scene)?.because.into_iter().next());
        if let Some(way) = way.or_else(|| number_to_call(scene, domain)) {
            return Some(sign.and(lure.because.clone()).and(way));
        }
    }
    let number = telephone::first(scene.mail.own_text())?;
    let calls = number.disguised > 0 || disputes_by_telephone(scene, domain);
    calls.then(|| sign.and(Sign::in_body(scene.mail).because.remove(0)))
}

/// The platform whose own notice this is.
fn platform<'s>(scene: &'s Scene<'_>) -> Option<&'s str> {
    let domain = scene.from()?.domain.as_deref()?;
    let own = scene.alignment == Alignment::Aligned && scene.knowledge.is_platform(domain) && !scene.answers;
    own.then_some(domain)
}

/// A platform's notice asks for money as frauds do: too little to accuse it, too much to believe it because it is the platform's.
pub(super) fn is_doubtful(scene: &Scene<'_>) -> bool {
    let Some(domain) = platform(scene) else { return false };
    let answered_elsewhere = || scene.mail.reply_to.iter().any(|reply| is_strangers(scene, reply, domain));
    let asks = |phrase: &Worded| {
        scene.points(phrase, "fraud") >= 1.0
            && !is_everyday(scene, phrase)
            && (topic(scene, phrase.file).1 >= ENOUGH || answered_elsewhere())
            && is_said_of_its_file(scene, phrase)
    };
    scene.phrases.iter().any(asks) || charge_with_telephone::find(scene).is_some()
}

/// The weight of a topic that says enough alone.
const ENOUGH: f32 = 1.2;

fn is_said_of_its_file(scene: &Scene<'_>, phrase: &Worded) -> bool {
    let of_its_file: Vec<&Worded> = scene.phrases.iter().filter(|hit| hit.file == phrase.file).collect();
    is_said(&of_its_file)
}

/// What honest organisers and colleagues type into such fields: a raffle, a document that is shared, a log-in to see it, a last day.
const EVERYDAY: [&str; 6] = [
    "free-gift-lure",
    "identity-check-demanded",
    "prize-or-survey-lure",
    "shared-document-lure",
    "short-deadline",
    "survey-for-reward",
];

fn is_everyday(scene: &Scene<'_>, phrase: &Worded) -> bool {
    EVERYDAY.contains(&topic(scene, phrase.file).0)
}

/// Wording of frauds: of a kind that says enough alone, or of two kinds of which one is nothing everyday.
fn lure<'s>(scene: &'s Scene<'_>) -> Option<&'s Worded> {
    let entices =
        |phrase: &&Worded| ["phishing", "fraud"].iter().any(|class| scene.points(phrase, class) > 0.5);
    let said = |phrase: &&Worded| is_said_of_its_file(scene, phrase);
    let lures = || scene.phrases.iter().filter(entices).filter(said);
    let mut grave = lures().filter(|phrase| !is_everyday(scene, phrase));
    let first = grave.next()?;
    let strong = |phrase: &&Worded| topic(scene, phrase.file).1 >= ENOUGH;
    let other = |phrase: &&Worded| topic(scene, phrase.file).0 != topic(scene, first.file).0;
    Some(first).filter(strong).or_else(|| grave.find(strong)).or_else(|| lures().find(other))
}

/// The finding that a file of phrases makes, and its weight.
fn topic<'s>(scene: &'s Scene<'_>, file: usize) -> (&'s str, f32) {
    let id = scene.knowledge.phrases()[file].finding.as_str();
    (id, scene.knowledge.finding(id).map_or(0.0, |finding| finding.weight))
}

/// A link to a place that anybody has for nothing or next to nothing; not to a project's page at its own code host (`example.github.io` in
/// a notice of `github.com`).
fn open_link<'s>(scene: &'s Scene<'_>) -> Option<&'s Link> {
    let platform = organisation::label(scene.from()?.registrable_domain.as_deref()?);
    let open = |host: &str| match scene.knowledge.kind(host) {
        Some(DomainKind::Shortener) => true,
        Some(DomainKind::FreeHosting) => host.split('.').all(|part| part != platform),
        _ => scene.knowledge.cheap_suffix(host).is_some(),
    };
    let mut targets = scene.targets();
    let (link, _) = targets.find(|(_, host)| scene.knowledge.owner(host).is_none() && open(host))?;
    Some(link)
}

fn is_strangers(scene: &Scene<'_>, reply: &Mailbox, domain: &str) -> bool {
    let to = reply.domain.as_deref();
    to.is_some_and(|to| scene.knowledge.owner(to).is_none() && !organisation::same(scene, to, domain))
}

/// A number to call, but for one that the platform gives beside its own page or a shop on the receipt of a small sum.
fn number_to_call(scene: &Scene<'_>, platform: &str) -> Option<Because> {
    let number = telephone::first(scene.mail.own_text())?;
    let is_harmless = |near: &str| is_small_receipt(scene) || gives_its_page(scene, near, platform);
    if number.disguised == 0 && doubts(scene).any(is_harmless) {
        return None;
    }
    Some(Sign::in_body(scene.mail).because.remove(0))
}

/// A sum, and near each other the doubt whether the reader spent it and a number to call about it. Platforms settle such doubts on their
/// sites: where the platform's own page stands beside the number, that is its own offer. A shop that gives its own number on the receipt
/// of a small sum frightens nobody.
fn disputes_by_telephone(scene: &Scene<'_>, platform: &str) -> bool {
    const CALLS: [&str; 9] =
        ["call ", "contact us", "dial ", "helpline", "toll", "appelez", "ligue", "llame", "電話"];
    let calls = |near: &str| {
        CALLS.iter().any(|word| near.contains(word))
            && telephone::first(near).is_some()
            && !gives_its_page(scene, near, platform)
    };
    sums::largest(&scene.text.text) == Some(Sum::Frightening) && doubts(scene).any(calls)
}

fn is_small_receipt(scene: &Scene<'_>) -> bool {
    sums::largest(&scene.text.text) == Some(Sum::Small)
}

/// What stands around each doubt whether the reader did it.
fn doubts<'s>(scene: &'s Scene<'_>) -> impl Iterator<Item = &'s str> {
    const DOUBTS: [&str; 14] = [
        "did not authori",
        "did not make",
        "did not place",
        "did not request",
        "didn't authori",
        "didn't make",
        "didn't place",
        "dispute",
        "não reconhec",
        "no reconoc",
        "not you?",
        "unauthori",
        "wasn't you",
        "身に覚え",
    ];
    const NEAR: usize = 250;
    let text = scene.text.text.as_str();
    DOUBTS.into_iter().filter_map(|doubt| text.find(doubt)).map(|at| {
        let start = text.floor_char_boundary(at.saturating_sub(NEAR));
        let end = text.floor_char_boundary(at + NEAR);
        text.get(start..end).unwrap_or_default()
    })
}

/// A link to the platform's own site is written there.
fn gives_its_page(scene: &Scene<'_>, near: &str, platform: &str) -> bool {
    near.split("://").skip(1).any(|rest| {
        let host = rest.split(['/', '?', '#', ':', ' ', '\n']).next().unwrap_or_default();
        organisation::same(scene, host, platform)
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
    fn a_platform_may_give_its_own_number_beside_its_own_page() {
        let dispute = "You sent $245.00. If you did not authorize it, call us at 1-888-221-1161";
        assert!(is_found(dispute));
        assert!(!is_found(&format!("{dispute} or go to https://www.eventbrite.com/disputes/")));
        assert!(is_found(&format!("{dispute} or go to https://www.eventbrite.com.example.net/")));
    }

    #[test]
    fn lures_in_a_users_text() {
        assert!(is_found("Your account has been suspended. Verify your account: https://bit.ly/a"));
        assert!(is_found("Call (8OO) 555-O142 to cancel."));
        assert!(is_found(
            "$399.00 was charged. If you did not authorize this, call us at +1 (888) 555-0142."
        ));
        assert!(is_found("Geek Squad: the amount will be deducted today. Helpline +1 (888) 555-0142"));
    }

    #[test]
    fn doubtful_notices_are_not_believed() {
        let believed = |text: &str, reply: &str| {
            let mail = format!(
                "Authentication-Results: mx.example.jp; dkim=pass header.d=docusign.net\nReceived: from m.docusign.net ([192.0.2.1]) by mx.example.jp; Tue, 09 Jun 2026 08:41:10 +0900\nFrom: DocuSign <a@docusign.net>\n{reply}\n{text}\n"
            );
            fires("authentication-aligned-known-brand", &mail, "mx.example.jp")
        };
        let change = "Our bank details have changed, please use the new account.";
        assert!(believed("Please sign the lease.", "Reply-To: a@example.com\n"));
        assert!(believed(change, ""));
        assert!(!believed(change, "Reply-To: a@example.com\n"));
        assert!(!believed("Total $399.00 was charged. Questions: +1 (888) 555-0142.", ""));
    }

    #[test]
    fn what_organisers_write() {
        let raffle = "抽選に当選されました。ログインしてご確認ください。会場の地図 https://bit.ly/a";
        assert!(!is_found(raffle));
        assert!(!is_found("You have won a prize. Claim your prize at the desk: https://bit.ly/a"));
        assert!(!is_found("お支払い 1,200円。身に覚えのない請求の場合は 03-1234-5678 までお電話ください。"));
        assert!(is_found("お支払い 49,800円。身に覚えのない請求の場合は 050-1234-5678 までお電話ください。"));
        assert!(!is_found("The choir sings on Saturday: https://bit.ly/a"));
        let github = "Authentication-Results: mx.example.jp; dkim=pass header.d=github.com\nReceived: from m.github.com ([192.0.2.1]) by mx.example.jp; Tue, 09 Jun 2026 08:41:10 +0900\nFrom: Rei <a@github.com>\n\nSync your wallet: https://example.github.io/a\n";
        assert!(!fires("platform-text-field-abused", github, "mx.example.jp"));
        let elsewhere = github.replace("example.github.io", "example.pages.dev");
        assert!(fires("platform-text-field-abused", &elsewhere, "mx.example.jp"));
        assert!(!is_found("Tickets are $12. To change your booking call us at +1 (888) 555-0142."));
        assert!(!is_found(
            "Bug: the page says that your account has been suspended, see https://example.github.io/a"
        ));
    }
}
