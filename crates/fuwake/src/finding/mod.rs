//! `fuwake finding`: what findings there are and what they mean.

mod check;

use std::fmt::Write;

use anyhow::Context;
use fuwake_core::case::Language;
use fuwake_core::knowledge::FindingSpec;
use fuwake_core::knowledge::schema::Origin;
use fuwake_core::publish;

use crate::cli::{self, FindingCommand};
use crate::known;
use crate::output::{Status, print};

/// Lists, explains or checks.
pub(crate) fn run(
    command: &FindingCommand,
    language: Language,
    asked: &cli::Known,
) -> anyhow::Result<Status> {
    let text = match command {
        FindingCommand::Check { folder } => return check::run(asked, folder.as_deref(), language),
        FindingCommand::List => {
            known::load(asked)?.findings().iter().map(|spec| line(spec, language)).collect()
        }
        FindingCommand::Explain { id } => {
            let knowledge = known::load(asked)?;
            let spec = knowledge.finding(id);
            explain(
                spec.with_context(|| format!("there is no finding {id:?}; see `fuwake finding list`"))?,
                language,
            )
        }
    };
    print(&text)?;
    Ok(Status::Done)
}

fn line(spec: &FindingSpec, language: Language) -> String {
    let title = without_values(&language.of(spec).title);
    let own = spec.origin.as_ref().map_or_else(String::new, |origin| format!("\t{}", from(origin, language)));
    format!("{}\t{}\t{:+.1}\t{title}{own}\n", spec.id, spec.group, spec.weight)
}

/// Where an entry of an operator's own comes from, in words.
pub(crate) fn from(origin: &Origin, language: Language) -> String {
    let how = match origin.replaces {
        true => language.pick("同梱のものを置き換え", "replaces the shipped one"),
        false => language.pick("独自に追加", "your own"),
    };
    format!("{how}: {}", origin.file)
}

/// The words with `…` where a mail gives the value, `{name}`.
fn without_values(words: &str) -> String {
    let mut pieces = words.split('{');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| text + "…" + piece.split_once('}').map_or(piece, |(_, rest)| rest))
}

fn explain(spec: &FindingSpec, language: Language) -> String {
    let say = |ja, en| language.pick(ja, en);
    let words = language.of(spec);
    let [title, explanation] = [&words.title, &words.explanation].map(|words| without_values(words));
    let mut text = format!("{}\n\n{title}\n\n{explanation}\n\n", spec.id);
    let _ = writeln!(text, "{}: {}", say("分類", "group"), publish::name(language, &spec.group));
    let unit = say("対数オッズ。正は不要メールらしさ", "log-odds; above 0 speaks against the mail");
    let _ = writeln!(text, "{}: {:+.1} ({unit})", say("重み", "weight"), spec.weight);
    for (class, strength) in &spec.points_to {
        let class = publish::name(language, class);
        let _ = writeln!(text, "{}: {class} {strength:+.1}", say("示す判定", "points to"));
    }
    if let Some(when) = &spec.when {
        let lists = [
            (say("すべてに該当", "follows from all of"), &when.all),
            (say("いずれかに該当", "follows from any of"), &when.any),
            (say("どれにも該当しない", "but from none of"), &when.none),
        ];
        for (title, ids) in lists.into_iter().filter(|(_, ids)| !ids.is_empty()) {
            let _ = writeln!(text, "{title}: {}", ids.join(", "));
        }
        if !when.expression.is_empty() {
            let _ = writeln!(text, "{}: {}", say("条件式", "expression"), when.expression.trim());
        }
    }
    if !spec.told_better_by.is_empty() {
        let title = say("同じ事実をより詳しく示す所見", "told better by");
        let _ = writeln!(text, "{title}: {}", spec.told_better_by.join(", "));
    }
    if let Some(origin) = &spec.origin {
        let _ = writeln!(text, "{}: {}", say("出所", "origin"), from(origin, language));
    }
    for reference in &spec.references {
        let _ = writeln!(text, "{}: {reference}", say("参考", "reference"));
    }
    text
}
