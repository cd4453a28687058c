//! Who is behind a mail by what the world answered, whose site it uses, and who is to be told.

use std::net::IpAddr;

use serde::Serialize;
use time::Duration;

use super::Language;
use super::sentence::filled;
use super::words::Responsibility;
use crate::findings::Scene;
use crate::findings::scene::world::World;
use crate::knowledge::Company;
use crate::knowledge::domains::is_within;
use crate::mail::{Hop, Link};

/// Somebody who can stop it. To be told, not to be blamed: his customer, or whoever broke in there, did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tell {
    /// The provider or registrar, as the registry names it.
    pub who: String,
    /// Where it takes reports, as the registry names it.
    pub contact: Option<String>,
    /// The address, host or domain that it is responsible for.
    pub about: String,
}

/// How many are to be told.
const MOST: usize = 8;

/// A domain that stood so long when the mail was received was not made for it.
const OLD: Duration = Duration::days(365);

/// What an answer rests on: who, and the sentence in both languages.
pub(super) struct Reason {
    pub(super) kind: Responsibility,
    pub(super) who: String,
    pub(super) ja: String,
    pub(super) en: String,
}

/// Who sent an unwanted mail, by the world's answers; none where they do not decide it.
pub(super) fn sender(scene: &Scene<'_>, from: &str) -> Option<Reason> {
    let world = World::of(scene)?;
    let own_server = |ja, en| Reason { kind: Responsibility::OwnServer, who: from.to_owned(), ja, en };
    if let Some((ja, en)) = signed(world, from).or_else(|| allowed(world, from)) {
        return Some(own_server(
            format!("{ja}よその名前を使ったのではなく、{from} を使う者が自ら送ったとみられます。"),
            format!("{en} It is probably no borrowed name: whoever uses {from} sent the mail."),
        ));
    }
    // On rented web space one address bears many sites, and any of them can send.
    if let Some((ja, en)) = own_address(world, from) {
        return Some(own_server(
            format!(
                "{ja}{from} を使う者が自ら送ったか、同じサーバーを使うほかの者や侵入した者が送ったとみられます。"
            ),
            format!("{en} Whoever uses {from} sent the mail, or somebody else who can use that machine."),
        ));
    }
    let (ip, hop) = world.origin()?;
    bystander(world, from, ip, hop).or_else(|| customer(world, from, ip, hop))
}

/// What proves that a mail that nobody accuses is of the domain that it names, where no server recorded it on arrival.
pub(super) fn signed_by(scene: &Scene<'_>, from: &str) -> Option<(String, String)> {
    signed(World::of(scene)?, from)
}

fn signed(world: World<'_, '_>, from: &str) -> Option<(String, String)> {
    world.signed_now().filter(|_| !world.scene.is_anybodys(from))?;
    Some((
        format!("{from} の電子署名（DKIM）が、今公開されている鍵で確かめられます。"),
        format!("A signature of {from} (DKIM) holds by the key that is published now."),
    ))
}

/// The From domain leads to the machine that sent the mail.
fn own_address(world: World<'_, '_>, from: &str) -> Option<(String, String)> {
    let (ip, _) = world.origin()?;
    world.own_domain()?;
    let name = world.scene.from_domain()?;
    let mut addresses = world.ledger.addresses(name).into_iter();
    addresses.find(|(address, _)| address.to_canonical() == ip)?;
    Some((
        format!("差出人のドメイン {from} は、送信元のアドレス {ip} を指しています。"),
        format!("The From domain {from} leads to {ip}, from which the mail came."),
    ))
}

/// The From domain allows the machine by name or address; `all` would allow anybody.
fn allowed(world: World<'_, '_>, from: &str) -> Option<(String, String)> {
    let (ip, hop) = world.origin()?;
    let spf = world.authenticity()?.0.spf.as_ref()?;
    let term = spf.mechanism.as_deref()?;
    let narrow = !term.trim_start_matches(['+', '?']).eq_ignore_ascii_case("all");
    let passes = spf.result == "pass" && spf.identity == "mfrom" && is_within(&spf.domain, from) && narrow;
    let own = world.own_domain().is_some() && !world.is_sent_by_service(ip, hop);
    (passes && own).then(|| {
        (
            format!("{from} の今の設定（SPF）は、送信元のアドレス {ip} からの送信を許可しています。"),
            format!(
                "By its present record (SPF) {from} allows {ip}, from which the mail came, to send for it."
            ),
        )
    })
}

/// The From domain is an old one of somebody else, and what it publishes speaks against this mail.
fn bystander(world: World<'_, '_>, from: &str, ip: IpAddr, hop: &Hop) -> Option<Reason> {
    let (age, registration, _) = world.age(from)?;
    if age < OLD {
        return None;
    }
    let failed = world.authenticity().and_then(|(found, _)| {
        let spf = found.spf.as_ref().is_some_and(|spf| {
            matches!(spf.result.as_str(), "fail" | "softfail") && is_within(&spf.domain, from)
        });
        let dmarc = found.dmarc.as_ref().is_some_and(|dmarc| dmarc.result == "fail");
        (spf || dmarc).then_some(if dmarc { "DMARC" } else { "SPF" })
    });
    let elsewhere = world.leads_elsewhere(from, ip).is_some()
        && world.origin_name(ip, hop).is_some_and(|name| !is_within(name, from))
        && !world.is_sent_by_service(ip, hop);
    let (ja, en) = match failed {
        Some(method) => (
            format!("今の設定（{method}）では、送信元 {ip} からの送信は認められていません"),
            format!("by its present records ({method}) {ip} may not send for it"),
        ),
        None if elsewhere => (
            format!("送信元 {ip} は別の事業者のサーバーです"),
            format!("{ip}, from which the mail came, is another organisation's machine"),
        ),
        None => return None,
    };
    let since = registration.registered.as_deref().and_then(|since| since.get(..4)).unwrap_or_default();
    Some(Reason {
        kind: Responsibility::ForgedBystander,
        who: from.to_owned(),
        ja: format!(
            "差出人に使われた {from} は{since}年から登録されており、{ja}。持ち主は、名前を勝手に使われただけとみられます。"
        ),
        en: format!(
            "{from} has been registered since {since}, and {en}. Its owner probably had nothing to do with the mail."
        ),
    })
}

/// The holder of the sending machine's network, who rents it out or gives access.
fn customer(world: World<'_, '_>, from: &str, ip: IpAddr, hop: &Hop) -> Option<Reason> {
    let knowledge = world.scene.knowledge;
    if world.is_sent_by_service(ip, hop) {
        return None;
    }
    let by_name = world.origin_name(ip, hop).and_then(|name| knowledge.hosting_provider(name));
    let network = world.network(ip).map(|(network, _)| network);
    let holder = network.and_then(|network| network.holder.as_deref().or(network.name.as_deref()));
    let known = by_name.or_else(|| knowledge.network_holder(holder?));
    let who = known.map(|company| company.name.as_str()).or(holder)?;
    let who_en = known.map_or(who, Company::english);
    let (nobody_ja, nobody_en) = match world.unregistered(from) {
        Some(_) => (
            format!("差出人のドメイン {from} は登録されていません。"),
            format!("Nobody holds the From domain {from}. "),
        ),
        None => Default::default(),
    };
    Some(Reason {
        kind: Responsibility::ProviderCustomer,
        who: who.to_owned(),
        ja: nobody_ja
            + &filled(
                "送信元のアドレス {ip} は {who} のもので、その利用者か、利用者から乗っ取った者が送ったとみられます。{who} 自身が送ったものではありません。",
                Language::Ja,
                |name| if name == "ip" { ip.to_string().into() } else { who.into() },
            ),
        en: format!(
            "{nobody_en}The sending address {ip} is held by {who_en}: one of its customers, or whoever broke in at one, probably sent the mail. {who_en} itself did not."
        ),
    })
}

/// A host whose owner was probably broken into: an old domain that has nothing to do with the sender, and a page in a folder that site
/// software keeps for itself.
pub(super) fn hacked_site(scene: &Scene<'_>) -> Option<String> {
    const FOLDERS: [&str; 7] = [
        "/wp-includes/",
        "/wp-admin/",
        "/wp-content/",
        "/.well-known/",
        "/cgi-sys/",
        "/administrator/",
        "/components/",
    ];
    let world = World::of(scene)?;
    let own = scene.from().and_then(|from| from.registrable_domain.as_deref());
    let inside = |link: &Link| FOLDERS.iter().any(|folder| link.url.contains(folder));
    let mut links = world.link_domains().into_iter().filter(|(_, _, domain)| Some(*domain) != own);
    links.find_map(|(link, host, domain)| {
        let (age, ..) = world.age(domain)?;
        (age >= OLD && inside(link) && scene.knowledge.kind(host).is_none()).then(|| host.to_owned())
    })
}

/// The sentence about such a host.
pub(super) fn about_site(host: &str, language: Language) -> String {
    match language {
        Language::Ja => format!(
            "リンク先の {host} は以前から登録されているサイトで、ページは管理用のフォルダーの中にあります。乗っ取られて偽のページを置かれた被害者とみられます。"
        ),
        Language::En => format!(
            "{host}, where a link leads, has been registered for long, and the page lies in a folder of its site software. Its owner was probably broken into and is a victim too."
        ),
    }
}

/// Who can stop it: who holds the network of the sending machine and of the pages, and who registered the names that were made for it.
pub(super) fn tell(scene: &Scene<'_>, kind: Responsibility, hacked: Option<&str>) -> Vec<Tell> {
    let Some(world) = World::of(scene) else { return Vec::new() };
    let mut told = Told { world, list: Vec::new() };
    if let Some(origin) = &scene.mail.origin {
        told.network(origin.ip.to_canonical(), None);
    }
    if let Some(domain) = world.own_domain().filter(|_| kind != Responsibility::ForgedBystander) {
        told.registrar(domain);
    }
    for (_, host, domain) in world.link_domains().into_iter().take(3) {
        for (ip, _) in world.ledger.addresses(host).into_iter().take(1) {
            told.network(ip.to_canonical(), Some(host));
        }
        if hacked != Some(host) {
            told.registrar(domain);
        }
    }
    told.list.truncate(MOST);
    told.list
}

struct Told<'s, 'a> {
    world: World<'s, 'a>,
    list: Vec<Tell>,
}

impl Told<'_, '_> {
    fn network(&mut self, ip: IpAddr, host: Option<&str>) {
        let Some((network, _)) = self.world.network(ip) else { return };
        let Some(who) = network.holder.as_deref().or(network.name.as_deref()) else { return };
        let about = host.map_or_else(|| ip.to_string(), |host| format!("{host} ({ip})"));
        self.add(who, network.abuse.as_deref(), about);
    }

    fn registrar(&mut self, domain: &str) {
        let Some((registration, _)) = self.world.ledger.registration(domain).found() else { return };
        let Some(who) = registration.registrar.as_deref() else { return };
        self.add(who, registration.abuse.as_deref(), domain.to_owned());
    }

    fn add(&mut self, who: &str, contact: Option<&str>, about: String) {
        let tell = Tell { who: who.to_owned(), contact: contact.map(str::to_owned), about };
        if !self.list.contains(&tell) {
            self.list.push(tell);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{
        Answer, Authenticity, Data, Dmarc, Evidence, Ledger, Network, Question, Registration,
    };
    use crate::findings::Reader;
    use crate::findings::testing::in_scene_with;

    const MAIL: &str = "Received: from mx.example.net (unknown [192.0.2.7])\n\tby mx.example.jp; Mon, 23 Nov 2026 10:00:00 +0900\nFrom: a@example.com\n\nhttps://www.example.org/wp-includes/a.php\n";

    fn record(ledger: &mut Ledger, question: Question, data: Data) {
        let answer = Answer::Found { data };
        let id = question.id();
        ledger.record(Evidence { id, question, answer, source: "test".into(), asked_at: None });
    }

    fn registered(ledger: &mut Ledger, domain: &str, since: &str) {
        let question = Question::Registration { domain: domain.to_owned() };
        let registration = Registration { registered: Some(since.to_owned()), ..Registration::default() };
        record(ledger, question, Data::Registration(registration));
    }

    fn world() -> Ledger {
        let mut ledger = Ledger::default();
        let holder = Some("Example Rental".to_owned());
        let network = Network { holder, abuse: Some("abuse@example.net".to_owned()), ..Network::default() };
        record(&mut ledger, Question::Network { ip: [192, 0, 2, 7].into() }, Data::Network(network));
        ledger
    }

    fn said(ledger: &Ledger) -> (Option<Responsibility>, Option<String>, Vec<Tell>) {
        in_scene_with(MAIL, "mx.example.jp", &Reader::default(), ledger, |scene| {
            let kind = sender(scene, "example.com").map(|reason| reason.kind);
            let hacked = hacked_site(scene);
            let tell = tell(scene, kind.unwrap_or(Responsibility::Unknown), hacked.as_deref());
            (kind, hacked, tell)
        })
    }

    #[test]
    fn a_providers_customer_and_whom_to_tell() {
        let (kind, hacked, tell) = said(&world());
        assert_eq!((kind, hacked), (Some(Responsibility::ProviderCustomer), None));
        let contact = Some("abuse@example.net".to_owned());
        assert_eq!(tell, [Tell { who: "Example Rental".into(), contact, about: "192.0.2.7".into() }]);
    }

    #[test]
    fn an_old_domain_whose_records_speak_against_the_mail_is_a_bystanders() {
        let mut ledger = world();
        registered(&mut ledger, "example.com", "2005-01-01T00:00:00Z");
        registered(&mut ledger, "example.org", "2005-01-01T00:00:00Z");
        let question = Question::Authenticity {
            sha256: String::new(),
            client: None,
            helo: None,
            envelope_from: None,
            from: Vec::new(),
            received: None,
            withheld: Vec::new(),
        };
        let dmarc = Dmarc { result: "fail".to_owned(), ..Dmarc::default() };
        let found = Authenticity { dmarc: Some(dmarc), ..Authenticity::default() };
        record(&mut ledger, question, Data::Authenticity(Box::new(found)));
        let (kind, hacked, _) = said(&ledger);
        assert_eq!(kind, Some(Responsibility::ForgedBystander));
        assert_eq!(hacked.as_deref(), Some("www.example.org"));
    }

    #[test]
    fn nothing_is_said_where_nobody_was_asked() {
        assert_eq!(said(&Ledger::default()), (None, None, Vec::new()));
    }
}
