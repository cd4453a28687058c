//! `fuwake brand`: the registry of brands, to look at.

use std::fmt::Write;

use anyhow::Context;
use fuwake_core::borrowed::{Manner, imitations};
use fuwake_core::case::Language;
use fuwake_core::knowledge::{Brand, Knowledge};
use fuwake_core::publish::{self, plain};

use crate::cli::BrandCommand;
use crate::finding::from;
use crate::output::{Status, print};

/// Lists, shows or checks.
pub(crate) fn run(
    command: &BrandCommand,
    language: Language,
    knowledge: &Knowledge,
) -> anyhow::Result<Status> {
    let text = match command {
        BrandCommand::List => list(knowledge, language),
        BrandCommand::Show { id } => {
            let brand = knowledge
                .brand(id)
                .with_context(|| format!("there is no brand {id:?}; see `fuwake brand list`"))?;
            show(brand, language)
        }
        BrandCommand::Check { domain } => check(domain, language, knowledge),
    };
    print(&text)?;
    Ok(Status::Done)
}

fn name(brand: &Brand, language: Language) -> &str {
    language.pick(&brand.name.ja, &brand.name.en)
}

fn list(knowledge: &Knowledge, language: Language) -> String {
    let line = |brand: &Brand| {
        let own =
            brand.origin.as_ref().map_or_else(String::new, |origin| format!("\t{}", from(origin, language)));
        format!("{}\t{}\t{}{own}\n", brand.id, name(brand, language), brand.domains.join(" "))
    };
    knowledge.brands().iter().map(line).collect()
}

fn show(brand: &Brand, language: Language) -> String {
    let say = |ja, en| language.pick(ja, en);
    let mut text = format!("{} ({})\n", name(brand, language), brand.id);
    let rows = [
        (say("名称", "names"), &brand.names),
        (say("短い名称", "short names"), &brand.short_names),
        (say("誤記", "misspellings"), &brand.misspellings),
        (say("公式ドメイン", "official domains"), &brand.domains),
        (say("送信ドメイン", "sender domains"), &brand.sender_domains),
        (say("リンク先ドメイン", "link domains"), &brand.link_domains),
        (say("配信サービス", "mail services"), &brand.services),
    ];
    for (title, values) in rows.into_iter().filter(|(_, values)| !values.is_empty()) {
        let _ = writeln!(text, "{title}: {}", values.join(", "));
    }
    if brand.unverified {
        let note = say("未確認 (出典をまだ読んでいない)", "unverified (no source was read yet)");
        let _ = writeln!(text, "{note}");
    }
    if let Some(origin) = &brand.origin {
        let _ = writeln!(text, "{}: {}", say("出所", "origin"), from(origin, language));
    }
    for source in &brand.sources {
        let _ = writeln!(text, "{}: {} ({}) {}", say("出典", "source"), source.url, source.read, source.says);
    }
    text
}

/// The host as it is registered (IDNA); that of a link, where one is given.
fn host(text: &str) -> String {
    let text = text.trim();
    let linked = url::Url::parse(text).ok().and_then(|url| url.host_str().map(str::to_owned));
    let name = linked.unwrap_or_else(|| text.to_lowercase());
    let name = name.trim_end_matches('.');
    url::Host::parse(name).map_or_else(|_| name.to_owned(), |host| host.to_string())
}

/// Whose domain it is, of what kind, and whose it makes one think of.
fn check(domain: &str, language: Language, knowledge: &Knowledge) -> String {
    let say = |ja, en| language.pick(ja, en);
    let asked = host(domain);
    let mut text = String::new();
    if let Some(brand) = knowledge.owner(&asked) {
        let unsure = if brand.unverified { say(" (未確認)", " (unverified)") } else { "" };
        let _ = writeln!(text, "{asked}: {} ({}){unsure}", name(brand, language), brand.id);
    }
    if let Some(service) = knowledge.mail_service(&asked) {
        let _ = writeln!(text, "{asked}: {}: {}", say("メール配信サービス", "mail service"), service.name);
    }
    if let Some(provider) = knowledge.hosting_provider(&asked) {
        let _ = writeln!(text, "{asked}: {}: {}", say("事業者", "provider"), provider.name);
    }
    if let Some(kind) = knowledge.kind(&asked) {
        let _ = writeln!(text, "{asked}: {}: {}", say("種類", "kind"), publish::name(language, kind.id()));
    }
    for imitation in imitations(knowledge, &asked) {
        let resembles = match imitation.manner {
            Manner::WholeDomain => {
                say("公式ドメインを名前の一部に含む", "has an official domain in its name")
            }
            Manner::Label => say("ブランドの名前を含む", "has the brand's name in it"),
            Manner::Lookalike => say("よく似た綴り", "is spelt nearly alike"),
        };
        let brand = imitation.brand;
        let _ = writeln!(
            text,
            "{}: {resembles} ({}): {} ({})",
            plain(&asked),
            plain(&imitation.name),
            name(brand, language),
            brand.id
        );
    }
    if text.is_empty() {
        let nothing = say(
            "登録簿にないドメイン。良いとも悪いとも言えない",
            "not in the registry, which says neither good nor bad",
        );
        text = format!("{}: {nothing}\n", plain(&asked));
    }
    text
}
