//! `fuwake brand check`: whose a domain is, of what kind, and whose it makes one think of.

mod pasted;

use std::fmt::Write;

use fuwake_core::case::Language;
use fuwake_core::domain::registrable;
use fuwake_core::imitation::{Imitation, Manner, imitations};
use fuwake_core::knowledge::{Brand, Company, DomainKind, Knowledge};
use fuwake_core::mail::link::link_target;
use fuwake_core::publish::{self, plain};
use serde_json::{Value, json};

use crate::brand::name;
pub(crate) use pasted::Fault;

/// What the registry says of a domain.
pub(crate) struct Answer<'k> {
    /// The host as it is registered (IDNA).
    host: String,
    /// What a reader sees of it.
    shown: String,
    owner: Option<&'k Brand>,
    /// A source names the owner's domain.
    is_sourced: bool,
    redirector_of: Option<&'k Brand>,
    mail_service: Option<&'k Company>,
    provider: Option<&'k Company>,
    kind: Option<DomainKind>,
    /// A known service gives names below it to its customers.
    is_platform: bool,
    /// A number, which the registry of names knows nothing of.
    is_address: bool,
    imitates: Vec<Imitation<'k>>,
    /// Where a link leads whose target stands inside it.
    target: Option<Box<Answer<'k>>>,
}

/// Looks a domain up, or that of a link or of a mail address.
pub(crate) fn look_up<'k>(knowledge: &'k Knowledge, text: &str) -> Result<Answer<'k>, Fault> {
    let pasted = pasted::read(text)?;
    let target = pasted.link.as_ref().and_then(|link| link_target(link.as_str(), knowledge));
    let mut answer = of_host(knowledge, pasted.host);
    answer.target = target.map(|host| Box::new(of_host(knowledge, host)));
    Ok(answer)
}

fn of_host(knowledge: &Knowledge, host: String) -> Answer<'_> {
    let is_address = !matches!(url::Host::parse(&host), Ok(url::Host::Domain(_)));
    Answer {
        shown: idna::domain_to_unicode(&host).0,
        owner: knowledge.owner(&host),
        is_sourced: knowledge.sourced_owner(&host).is_some(),
        redirector_of: knowledge.redirector_of(&host),
        mail_service: knowledge.mail_service(&host),
        provider: knowledge.hosting_provider(&host),
        kind: knowledge.kind(&host),
        is_platform: knowledge.platform_root(&host) == Some(host.as_str()),
        imitates: if is_address { Vec::new() } else { imitations(knowledge, &host) },
        is_address,
        target: None,
        host,
    }
}

impl Answer<'_> {
    /// For a terminal.
    pub(crate) fn text(&self, language: Language) -> String {
        let say = |ja, en| language.pick(ja, en);
        let host = plain(&self.host);
        let mut text = String::new();
        let mut line = |words: String| {
            let _ = writeln!(text, "{host}: {words}");
        };
        if let Some(brand) = self.owner {
            let unsure = if self.is_sourced {
                ""
            } else {
                say(
                    " (未確認: このドメインを裏づける出典がない)",
                    " (unverified: no source names this domain)",
                )
            };
            line(format!("{} ({}){unsure}", name(brand, language), brand.id));
        }
        if let Some(brand) = self.redirector_of {
            let redirects = say("任意の宛先へ転送するホスト", "sends on to any target");
            line(format!("{redirects}: {} ({})", name(brand, language), brand.id));
        }
        if let Some(service) = self.mail_service {
            line(format!("{}: {}", say("メール配信サービス", "mail service"), service.name));
        }
        if let Some(provider) = self.provider {
            line(format!("{}: {}", say("事業者", "provider"), provider.name));
        }
        if let Some(kind) = self.kind {
            line(format!("{}: {}", say("種類", "kind"), publish::name(language, kind.id())));
        }
        if self.is_platform {
            let customers = say("下の名前は利用者のもの", "names below it are its customers'");
            line(customers.to_owned());
        }
        for imitation in &self.imitates {
            let (manner, brand) = (manner(imitation.manner, language), imitation.brand);
            line(format!("{manner} ({}): {} ({})", plain(&imitation.name), name(brand, language), brand.id));
        }
        if text.is_empty() {
            let nothing = if self.is_address {
                say(
                    "IP アドレス。登録簿にあるのはドメインだけ",
                    "an IP address; the registry holds domains only",
                )
            } else {
                say(
                    "登録簿にないドメイン。良いとも悪いとも言えない",
                    "not in the registry, which says neither good nor bad",
                )
            };
            text = format!("{host}: {nothing}\n");
        }
        if self.shown != self.host {
            let sees = say("表示上の名前", "a reader sees");
            text = format!("{host}: {sees}: {}\n{text}", plain(&self.shown));
        }
        if let Some(target) = &self.target {
            let leads = say("このリンクの転送先", "this link leads on to");
            text = format!("{text}{host}: {leads}: {}\n{}", plain(&target.host), target.text(language));
        }
        text
    }

    /// For programs.
    pub(crate) fn json(&self, language: Language) -> anyhow::Result<String> {
        Ok(serde_json::to_string_pretty(&self.value(language))? + "\n")
    }

    fn value(&self, language: Language) -> Value {
        let brand = |brand: &Brand| json!({ "brand": brand.id, "name": name(brand, language) });
        let owner = |brand: &Brand| json!({ "brand": brand.id, "name": name(brand, language), "unverified": !self.is_sourced });
        let company = |company: &Company| json!({ "id": company.id, "name": company.name });
        let imitates: Vec<Value> = self
            .imitates
            .iter()
            .map(|found| {
                let who = name(found.brand, language);
                json!({ "brand": found.brand.id, "name": who, "manner": found.manner.id(), "resembles": found.name })
            })
            .collect();
        let target = self.target.as_ref().map(|target| target.value(language));
        json!({
            "domain": self.host,
            "shown": self.shown,
            "registrable_domain": registrable(&self.host),
            "owner": self.owner.map(owner),
            "redirector_of": self.redirector_of.map(brand),
            "mail_service": self.mail_service.map(company),
            "provider": self.provider.map(company),
            "kind": self.kind.map(DomainKind::id),
            "is_platform": self.is_platform,
            "is_address": self.is_address,
            "imitates": imitates,
            "target": target,
        })
    }
}

fn manner(manner: Manner, language: Language) -> &'static str {
    let (ja, en) = match manner {
        Manner::WholeDomain => ("公式ドメインを名前の一部に含む", "has an official domain in its name"),
        Manner::OtherSuffix => {
            ("公式の名前と同じで、末尾だけが違う", "is the official name under another suffix")
        }
        Manner::Label => ("ブランドの名前をホスト名の一部に含む", "has the brand's name as a label"),
        Manner::Combosquat => {
            ("ブランドの名前に別の語を付け足している", "has the brand's name with other words")
        }
        Manner::Homoglyph => ("見た目の似た文字でできている", "is written with look-alike letters"),
        Manner::Typo => ("一、二文字だけ違う", "differs by a letter or two"),
    };
    language.pick(ja, en)
}
