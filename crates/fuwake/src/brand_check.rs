//! `fuwake brand check`: whose a domain is, of what kind, and whose it makes one think of.

use std::fmt::Write;

use fuwake_core::case::Language;
use fuwake_core::domain::registrable;
use fuwake_core::imitation::{Imitation, Manner, imitations};
use fuwake_core::knowledge::{Brand, Company, DomainKind, Knowledge};
use fuwake_core::publish::{self, plain};
use serde_json::{Value, json};

use crate::brand::name;

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
    imitates: Vec<Imitation<'k>>,
}

/// Looks a domain up, or the host of a link.
pub(crate) fn look_up<'k>(knowledge: &'k Knowledge, domain: &str) -> Answer<'k> {
    let host = host(domain);
    Answer {
        shown: idna::domain_to_unicode(&host).0,
        owner: knowledge.owner(&host),
        is_sourced: knowledge.sourced_owner(&host).is_some(),
        redirector_of: knowledge.redirector_of(&host),
        mail_service: knowledge.mail_service(&host),
        provider: knowledge.hosting_provider(&host),
        kind: knowledge.kind(&host),
        imitates: imitations(knowledge, &host),
        host,
    }
}

/// The host as it is registered; that of a link, where one is given.
fn host(text: &str) -> String {
    let text = text.trim();
    let linked = url::Url::parse(text).ok().and_then(|url| url.host_str().map(str::to_owned));
    let name = linked.unwrap_or_else(|| text.to_lowercase());
    let name = name.trim_end_matches('.');
    url::Host::parse(name).map_or_else(|_| name.to_owned(), |host| host.to_string())
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
        if self.shown != self.host {
            line(format!("{}: {}", say("表示上の名前", "a reader sees"), plain(&self.shown)));
        }
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
        for imitation in &self.imitates {
            let (manner, brand) = (manner(imitation.manner, language), imitation.brand);
            line(format!("{manner} ({}): {} ({})", plain(&imitation.name), name(brand, language), brand.id));
        }
        if text.is_empty() {
            let nothing = say(
                "登録簿にないドメイン。良いとも悪いとも言えない",
                "not in the registry, which says neither good nor bad",
            );
            text = format!("{host}: {nothing}\n");
        }
        text
    }

    /// For programs.
    pub(crate) fn json(&self, language: Language) -> anyhow::Result<String> {
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
        let answer = json!({
            "domain": self.host,
            "shown": self.shown,
            "registrable_domain": registrable(&self.host),
            "owner": self.owner.map(owner),
            "redirector_of": self.redirector_of.map(brand),
            "mail_service": self.mail_service.map(company),
            "provider": self.provider.map(company),
            "kind": self.kind.map(DomainKind::id),
            "imitates": imitates,
        });
        Ok(serde_json::to_string_pretty(&answer)? + "\n")
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
