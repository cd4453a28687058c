//! `fuwake finding`: what findings there are and what they mean.

use std::fmt::Write;

use anyhow::Context;
use fuwake_core::case::Language;
use fuwake_core::knowledge::{FindingSpec, Knowledge};
use fuwake_core::publish;

use crate::cli::FindingCommand;
use crate::output::{Status, print};

/// Lists or explains.
pub(crate) fn run(
    command: &FindingCommand,
    language: Language,
    knowledge: &Knowledge,
) -> anyhow::Result<Status> {
    let text = match command {
        FindingCommand::List => knowledge.findings().iter().map(|spec| line(spec, language)).collect(),
        FindingCommand::Explain { id } => {
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
    format!(
        "{}\t{}\t{:+.1}\t{}\n",
        spec.id,
        spec.group,
        spec.weight,
        without_values(&language.of(spec).title)
    )
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
    }
    for reference in &spec.references {
        let _ = writeln!(text, "{}: {reference}", say("参考", "reference"));
    }
    text
}
