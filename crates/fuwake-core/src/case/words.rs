//! Words of a case that are no finding's: the summary, who is impersonated, who is behind it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::Inner;
use super::responsible::{self, Tell};
use super::sentence::filled;
use crate::findings::scene::delivery;
use crate::findings::{Alignment, Finding, Scene, Value};
use crate::impersonation::{Claim, Impersonation, Place};
use crate::knowledge::domains::is_within;
use crate::knowledge::schema::{Bilingual, Words};
use crate::knowledge::{Brand, Company, DomainKind, FindingSpec};
use crate::verdict::{Class, Verdict};

/// The language of all words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Japanese.
    Ja,
    /// English.
    En,
}

impl Language {
    /// Its tag (RFC 5646).
    #[must_use]
    pub const fn tag(self) -> &'static str {
        self.pick("ja", "en")
    }

    /// The words of a finding.
    #[must_use]
    pub const fn of(self, spec: &FindingSpec) -> &Words {
        match self {
            Self::Ja => &spec.ja,
            Self::En => &spec.en,
        }
    }

    /// One of two texts.
    #[must_use]
    pub const fn pick<'t>(self, ja: &'t str, en: &'t str) -> &'t str {
        match self {
            Self::Ja => ja,
            Self::En => en,
        }
    }
}

/// The longest that a value from the mail may stand in a sentence, in characters.
const VALUE: usize = 120;

/// Puts what a finding saw into its words; a name without a value stays empty.
pub(super) fn fill(words: &str, parameters: &[(&'static str, Value)], language: Language) -> String {
    filled(words, language, |name| {
        let value = parameters.iter().find(|(known, _)| *known == name);
        let value = value.map(|(_, value)| value.in_language(language)).unwrap_or_default();
        let shown: String = value.chars().take(VALUE).collect();
        if shown.len() < value.len() { Cow::Owned(shown + "…") } else { Cow::Owned(shown) }
    })
}

/// Who is behind a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Responsibility {
    /// The sender's own domain and server.
    OwnServer,
    /// A customer, or a hijacked account, of a provider that is not to blame.
    ProviderCustomer,
    /// The From address belongs to somebody who has nothing to do with it.
    ForgedBystander,
    /// The named sender himself.
    NamedSender,
    /// It cannot be told.
    Unknown,
}

/// Who is behind a mail, with the reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Responsible {
    /// Which.
    pub kind: Responsibility,
    /// The domain or provider it is about.
    pub who: Option<String>,
    /// One or two sentences, with the reasons.
    pub explanation: String,
    /// A host that a link leads to and whose owner was probably broken into.
    pub hacked_site: Option<String>,
    /// Who can stop it; to be told, not to be blamed. Empty where nobody was asked who that is.
    pub tell: Vec<Tell>,
}

/// Who is behind the mail and whose site it uses, and who is to be told of it.
pub(super) fn responsible(scene: &Scene<'_>, verdict: &Verdict, language: Language) -> Responsible {
    let mut responsible = sender(scene, verdict, language);
    if verdict.is_unwanted() {
        responsible.hacked_site = responsible::hacked_site(scene);
        let site = responsible.hacked_site.as_deref();
        responsible.tell = responsible::tell(scene, responsible.kind, site);
        if let Some(site) = site {
            let more = responsible::about_site(site, language);
            responsible.explanation.push_str(language.pick("", " "));
            responsible.explanation.push_str(&more);
        }
    }
    responsible
}

/// Who sent it: by the domain that the path and the envelope agree on, the provider whose machine sent it, what authentication says of
/// the From domain, and what the world answered.
fn sender(scene: &Scene<'_>, verdict: &Verdict, language: Language) -> Responsible {
    let from = scene.from().and_then(|from| from.registrable_domain.clone());
    let answer = |kind, who: Option<&str>, ja: String, en: String| Responsible {
        kind,
        who: who.map(str::to_owned),
        explanation: match language {
            Language::Ja => ja,
            Language::En => en,
        },
        hacked_site: None,
        tell: Vec::new(),
    };
    let Some(from) = from.as_deref() else {
        return answer(
            Responsibility::Unknown,
            None,
            "差出人のドメインが読み取れないため、誰が送ったのかは分かりません。".into(),
            "The From address has no usable domain, so it is unknown who sent the mail.".into(),
        );
    };
    if !verdict.is_unwanted() {
        return named_sender(scene, from, answer);
    }
    if let Some((provider, user)) = customer(scene, from) {
        let (ja_user, en_user) = match &user {
            Some(user) => (format!("(ログイン名 {user})"), format!(" (logged in as {user})")),
            None => Default::default(),
        };
        return answer(
            Responsibility::ProviderCustomer,
            Some(&provider.ja),
            filled(
                "{provider} の利用者{user}、またはその乗っ取られたアカウントから送られています。{provider} 自身が送ったものではありません。",
                Language::Ja,
                |name| if name == "user" { ja_user.as_str().into() } else { provider.ja.as_str().into() },
            ),
            format!(
                "It was sent by a customer of {en}{en_user}, or through that customer's hijacked account. {en} itself did not send it.",
                en = provider.en
            ),
        );
    }
    if scene.alignment == Alignment::Unknown
        && let Some(reason) = responsible::sender(scene, from)
    {
        return answer(reason.kind, Some(&reason.who), reason.ja, reason.en);
    }
    if is_bystander(scene, from) {
        let (ja, en) = bystander(scene, from);
        return answer(Responsibility::ForgedBystander, Some(from), ja, en);
    }
    if let Some((ja, en)) = own_server(scene, from) {
        return answer(
            Responsibility::OwnServer,
            Some(from),
            format!("{ja}よその名前を使ったのではなく、{from} を使う者が自ら送ったとみられます。"),
            format!("{en} It is probably no borrowed name: whoever uses {from} sent the mail."),
        );
    }
    answer(
        Responsibility::Unknown,
        None,
        "送信に使われたサーバーと差出人のドメインとの関係は、メールだけからは分かりません。".into(),
        "The mail alone does not show how the sending server and the From domain are related.".into(),
    )
}

fn named_sender(
    scene: &Scene<'_>,
    from: &str,
    answer: impl Fn(Responsibility, Option<&str>, String, String) -> Responsible,
) -> Responsible {
    if let Some((ja, en)) = responsible::signed_by(scene, from) {
        return answer(Responsibility::NamedSender, Some(from), ja, en);
    }
    match scene.alignment {
        Alignment::Aligned => answer(
            Responsibility::NamedSender,
            Some(from),
            format!("受信側のサーバーによる送信ドメイン認証で、{from} から送られたことが確認できます。"),
            format!("Sender authentication by the recipient's server confirms that it was sent by {from}."),
        ),
        _ => answer(
            Responsibility::Unknown,
            None,
            format!("{from} から送られたかどうかは、メールだけからは確認できません。"),
            format!("The mail alone cannot confirm that it was sent by {from}."),
        ),
    }
}

/// The provider whose customer sent the mail: of an authenticated submission the provider's own line, else a provider's machine
/// sending for an address of that provider.
fn customer(scene: &Scene<'_>, from: &str) -> Option<(Bilingual, Option<String>)> {
    let hop = delivery::entry(scene)?;
    let name = |company: Option<&Company>, host: &str| {
        company.map_or_else(
            || {
                let domain = crate::domain::registrable(host).unwrap_or(host).to_owned();
                Bilingual { ja: domain.clone(), en: domain }
            },
            |company| Bilingual { ja: company.name.clone(), en: company.english().to_owned() },
        )
    };
    if let (Some(user), Some(by)) = (&hop.authenticated_user, &hop.by) {
        return Some((name(scene.knowledge.hosting_provider(by), by), Some(user.clone())));
    }
    let host = hop.confirmed_name()?;
    let provider =
        matches!(scene.knowledge.kind(from), Some(DomainKind::InternetProvider | DomainKind::FreeMail));
    (provider && crate::domain::registrable(host) == Some(from)).then(|| (name(None, host), None))
}

/// That the owner of the From domain is not to blame.
fn bystander(scene: &Scene<'_>, from: &str) -> (String, String) {
    if matches!(scene.knowledge.kind(from), Some(DomainKind::FreeMail | DomainKind::InternetProvider)) {
        return (
            format!(
                "{from} のアドレスは利用者なら誰でも持てるもので、このアドレスから本当に送られたかどうかは確認できません。{from} を運営する会社が送ったものではありません。"
            ),
            format!(
                "Any user of {from} has an address there, and whether this one was really used is not known. The company that runs {from} did not send the mail."
            ),
        );
    }
    (
        format!(
            "差出人に使われた {from} の持ち主は、名前を勝手に使われただけとみられます。実際の送信サーバーが {from} のものであるとは確認できません。"
        ),
        format!(
            "The owner of {from} probably had nothing to do with it: there is no sign that the server that sent the mail is theirs."
        ),
    )
}

/// The From domain is somebody's who authenticated nothing here, and the machine that sent it bears another organisation's name.
fn is_bystander(scene: &Scene<'_>, from: &str) -> bool {
    let known = scene.knowledge.owner(from).is_some() || scene.knowledge.kind(from).is_some();
    let own_mail = scene.reader.organisation.iter().any(|own| is_within(from, own));
    let foreign_host = || {
        let host = delivery::entry(scene)?.reverse_dns.as_deref()?;
        Some(crate::domain::registrable(host)? != from && scene.knowledge.mail_service(host).is_none())
    };
    match scene.alignment {
        Alignment::Aligned => false,
        Alignment::Failed => true,
        Alignment::Unknown => known || own_mail || foreign_host() == Some(true),
    }
}

/// What shows that the user of the From domain sent it himself: authentication of that domain, or a name of it that DNS confirms
/// for the machine. What a machine calls itself (HELO) shows nothing.
fn own_server(scene: &Scene<'_>, from: &str) -> Option<(String, String)> {
    if scene.alignment == Alignment::Aligned {
        return Some((
            format!("受信側のサーバーによる送信ドメイン認証で、{from} から送られたことが確認できます。"),
            format!("Sender authentication by the recipient's server confirms that it was sent by {from}."),
        ));
    }
    let host = delivery::entry(scene)?.confirmed_name().filter(|host| is_within(host, from))?;
    Some((
        format!("送信サーバーの逆引き名 {host} は、差出人のドメイン {from} のものです。"),
        format!("The sending server's reverse name {host} belongs to the From domain {from}."),
    ))
}

/// The impersonation that the case states: the clearest claim on a brand that the mail is not known to come from, where the mail
/// is unwanted; of a mail that nobody accuses, none.
pub(super) fn impersonation(
    scene: &Scene<'_>,
    findings: &[Finding<'_>],
    verdict: &Verdict,
    language: Language,
) -> Option<Impersonation> {
    // An advert that mentions a brand in its text speaks of it, not as it.
    let mentioned = |who: &Impersonation| verdict.class == Class::Spam && who.claimed_in == [Place::Text];
    if verdict.is_unwanted() {
        accused(scene, findings, language).filter(|who| !mentioned(who))
    } else {
        None
    }
}

/// The same whatever the verdict: whom it would be said of.
pub(super) fn accused(
    scene: &Scene<'_>,
    findings: &[Finding<'_>],
    language: Language,
) -> Option<Impersonation> {
    let brands = scene.knowledge.brands();
    let foreign = |claim: &&Claim| !is_from(scene, &brands[claim.brand]);
    let mut claims = scene.claims.iter().filter(foreign);
    let japanese = language == Language::Ja;
    let main = claims.next().filter(|claim| {
        let mentioned = [Place::Text, Place::LinkHost, Place::Attachment];
        claim.is_clear() || mentioned.into_iter().any(|place| claim.stands_in(place))
    });
    if let Some(main) = main {
        let others = claims.filter(|claim| claim.is_clear()).take(5);
        let names = others.map(|claim| {
            language.pick(&brands[claim.brand].name.ja, &brands[claim.brand].name.en).to_owned()
        });
        return Some(Impersonation::of(main, &brands[main.brand], names.collect(), japanese));
    }
    let has = |id: &str| findings.iter().any(|finding| finding.spec.id == id);
    if let Some(owner) = scene.from_owner().filter(|_| has("brand-spoofed-exactly")) {
        return Some(Impersonation::by_address(owner, japanese));
    }
    has("recipient-organisation-spoofed").then(|| Impersonation {
        brand: Some("recipient".to_owned()),
        name: language.pick("受信者の組織", "the recipient's own organisation").to_owned(),
        official_domains: scene
            .mail
            .recipients
            .iter()
            .filter_map(|recipient| recipient.registrable_domain.clone())
            .take(1)
            .collect(),
        claimed_in: vec![Place::DisplayName],
        also_claimed: Vec::new(),
    })
}

/// The mail comes from the brand as far as is known: its domain, and nobody trusted says otherwise.
fn is_from(scene: &Scene<'_>, brand: &Brand) -> bool {
    scene.from_owner().is_some_and(|owner| owner.id == brand.id) && scene.alignment == Alignment::Aligned
}

/// One or two sentences. Where a carried mail is worse than its carrier, they are about that.
pub(super) fn summary(
    verdict: &Verdict,
    impersonation: Option<&Impersonation>,
    inner: &[Inner],
    language: Language,
) -> String {
    if !verdict.is_unwanted()
        && let Some(carried) = inner.iter().find(|inner| inner.dissection.verdict.class.is_unwanted())
    {
        let inside = &carried.dissection.verdict.summary;
        return match language {
            Language::Ja => {
                format!("このメール自体に問題は見当たりません。中に入っているメールの判定: {inside}")
            }
            Language::En => {
                format!("The mail itself raises no suspicion. The mail carried inside it: {inside}")
            }
        };
    }
    let name = impersonation.map(|impersonation| impersonation.name.as_str());
    match language {
        Language::Ja => summary_ja(verdict.class, name),
        Language::En => summary_en(verdict.class, name),
    }
}

fn summary_ja(class: Class, name: Option<&str>) -> String {
    let named = name.map(|name| format!("「{name}」を騙る")).unwrap_or_default();
    match class {
        Class::Phishing if name.is_some() => {
            format!(
                "{named}フィッシング詐欺とみられます。リンクを開いたり、情報を入力したりしないでください。"
            )
        }
        Class::Phishing => {
            "フィッシング詐欺とみられます。リンクを開いたり、情報を入力したりしないでください。".into()
        }
        Class::Fraud => format!("{named}詐欺メールとみられます。返信や電話、送金をしないでください。"),
        Class::Malware => format!(
            "{named}マルウェア(不正なプログラム)を実行させようとするメールとみられます。添付ファイルを開かないでください。"
        ),
        Class::Spam => "一方的に送りつけられた迷惑メールとみられます。".into(),
        Class::Prank => format!(
            "{named}なりすましメールとみられますが、リンク先はすべて本物です。情報を盗む仕掛けは見当たらず、愉快犯とみられます。"
        ),
        Class::Simulation => "フィッシングの訓練メールとみられます。".into(),
        Class::Legitimate => "正規のメールとみられます。".into(),
        Class::Undetermined => "悪意があるとも、正規のメールだとも言い切れません。".into(),
    }
}

fn summary_en(class: Class, name: Option<&str>) -> String {
    let named = name.map(|name| format!(" in the name of {name}")).unwrap_or_default();
    match class {
        Class::Phishing => format!("Most likely phishing{named}. Do not open its links or enter anything."),
        Class::Fraud => format!("Most likely a scam{named}. Do not reply, pay or call."),
        Class::Malware => {
            format!("Most likely an attempt{named} to make you run malware. Do not open its attachments.")
        }
        Class::Spam => "Most likely unsolicited bulk mail.".into(),
        Class::Prank => format!(
            "A forged mail{named}, but all its links are genuine and nothing in it can steal data. Most likely a prank."
        ),
        Class::Simulation => "Most likely a phishing exercise.".into(),
        Class::Legitimate => "Most likely genuine.".into(),
        Class::Undetermined => {
            "There is not enough to call this mail malicious, nor enough to call it genuine.".into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testing::in_scene;

    #[test]
    fn only_a_name_that_dns_confirms_shows_an_own_server() {
        let is_own = |helo: &str, seen: &str| {
            let line =
                format!("Received: from {helo} ({seen}) by mx.example.jp; Mon, 23 Nov 2026 10:00:00 +0900");
            let mail = format!("{line}\nFrom: a@example.com\n\nHello\n");
            in_scene(&mail, "mx.example.jp", |scene| own_server(scene, "example.com").is_some())
        };
        assert!(!is_own("example.com", "unknown [192.0.2.7]"));
        assert!(!is_own("example.com", "mx.example.com [192.0.2.7] (may be forged)"));
        assert!(!is_own("mx.example.com", "host7.example.net [192.0.2.7]"));
        assert!(is_own("localhost", "mx.example.com [192.0.2.7]"));
    }

    #[test]
    fn an_authenticated_domain_is_its_users() {
        let mail = "Authentication-Results: mx.example.jp; dmarc=pass header.from=example.com\nReceived: from a.example.net (a.example.net [192.0.2.7]) by mx.example.jp; Mon, 23 Nov 2026 10:00:00 +0900\nFrom: a@example.com\n\nHello\n";
        assert!(in_scene(mail, "mx.example.jp", |scene| own_server(scene, "example.com").is_some()));
        let failed = mail.replace("=pass", "=fail");
        assert!(!in_scene(&failed, "mx.example.jp", |scene| own_server(scene, "example.com").is_some()));
    }

    #[test]
    fn values_are_put_in_once_and_never_read_again() {
        let parameters = [("a", Value::from("{b}")), ("b", Value::from("x"))];
        assert_eq!(fill("{a} と {b}、{c}。", &parameters, Language::Ja), "{b} と x、。");
        assert_eq!(fill("{a", &parameters, Language::Ja), "a");
    }
}
