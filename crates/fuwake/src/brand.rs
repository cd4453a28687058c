//! `fuwake brand`: the registry of brands, to look at and to add to.

use std::fmt::Write;

use anyhow::Context;
use fuwake_core::case::Language;
use fuwake_core::knowledge::{Brand, Knowledge};
use fuwake_core::publish::plain;

use crate::brand_capture;
use crate::brand_check::{self, Fault};
use crate::cli::{BrandCommand, Known, TableFormat};
use crate::config::Config;
use crate::finding::from;
use crate::known;
use crate::output::{Status, print};

/// Lists, shows, checks or captures.
pub(crate) fn run(command: &BrandCommand, asked: &Known) -> anyhow::Result<Status> {
    let config = Config::read(asked.config.as_deref())?;
    let language = config.language(asked.lang)?;
    let knowledge = &known::load(asked)?;
    let text = match command {
        BrandCommand::List => list(knowledge, language),
        BrandCommand::Show { id } => {
            let brand = knowledge
                .brand(id)
                .with_context(|| format!("there is no brand {id:?}; see `fuwake brand list`"))?;
            show(brand, language)
        }
        BrandCommand::Check { domain, format } => {
            let answer = brand_check::look_up(knowledge, domain)
                .map_err(|fault| anyhow::anyhow!(no_host(domain, fault, language)))?;
            match format {
                TableFormat::Text => answer.text(language),
                TableFormat::Json => answer.json(language)?,
            }
        }
        BrandCommand::Capture { id, url, visit_as, replay } => {
            let folder = known::folder(&config, asked.knowledge.as_deref())?;
            let folder = folder.context("no folder to keep it in: name one with --knowledge")?;
            let seen =
                brand_capture::Asked { brand: id, url, visit_as: *visit_as, replay: replay.as_deref() };
            let file = brand_capture::capture(&seen, &folder, &config, knowledge)?;
            format!("{}\n", file.display())
        }
    };
    print(&text)?;
    Ok(Status::Done)
}

fn no_host(text: &str, fault: Fault, language: Language) -> String {
    let shown: String = plain(text).chars().take(60).collect();
    let fault = match fault {
        Fault::NoHost => language.pick("ドメインではありません", "no domain, no link and no mail address"),
        Fault::Several => {
            language.pick("ドメインは 1 つずつ指定してください", "several domains; give one at a time")
        }
    };
    format!("{shown:?}: {fault}")
}

pub(crate) fn name(brand: &Brand, language: Language) -> &str {
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
        (say("転送用ホスト", "redirectors"), &brand.redirectors),
        (say("ログイン画面", "log-ins"), &brand.logins),
        (say("公的機関のサフィックス", "public bodies' suffixes"), &brand.official_suffixes),
        (say("配信サービス", "mail services"), &brand.services),
    ];
    for (title, values) in rows.into_iter().filter(|(_, values)| !values.is_empty()) {
        let _ = writeln!(text, "{title}: {}", values.join(", "));
    }
    if !brand.group.is_empty() {
        let _ = writeln!(text, "{}: {}", say("グループ", "group"), brand.group);
    }
    if !brand.never.is_empty() {
        let habits: Vec<&str> = brand.never.iter().map(|habit| habit.id()).collect();
        let _ = writeln!(
            text,
            "{}: {}",
            say("しないと公表していること", "what it never does"),
            habits.join(", ")
        );
    }
    let unverified: Vec<&str> =
        brand.all_domains().filter(|domain| !brand.is_shown(domain)).map(String::as_str).collect();
    if !unverified.is_empty() {
        let title = say("未確認 (裏づける出典がないドメイン)", "unverified (no source names them)");
        let _ = writeln!(text, "{title}: {}", unverified.join(", "));
    }
    if let Some(origin) = &brand.origin {
        let _ = writeln!(text, "{}: {}", say("出所", "origin"), from(origin, language));
    }
    for source in &brand.sources {
        let shown = [source.shows.join(" "), source.says.clone()].join(" ");
        let _ =
            writeln!(text, "{}: {} ({}) {}", say("出典", "source"), source.url, source.read, shown.trim());
    }
    text
}
