//! The evaluation for a terminal.

use std::fmt::Write;

use fuwake_core::case::Language;
use fuwake_core::publish::plain;
use fuwake_core::verdict::Class;

use super::measure::Rate;
use super::{Miss, Report};

/// How many findings are listed.
const FINDINGS: usize = 60;

/// The whole of it.
pub(super) fn write(report: &Report, language: Language) -> String {
    let mut text = String::new();
    let say = |ja, en| language.pick(ja, en);
    line(&mut text, format_args!("{}: {}", say("判定したメール", "labelled mails"), report.mails));
    line(&mut text, format_args!("{}: {}", say("ラベルなし", "without a label"), report.unlabelled));
    line(&mut text, format_args!("{}: {}", say("読めなかった入力", "inputs without a mail"), report.unread));
    rate(
        &mut text,
        say("再現率 (不要メールを見つけた割合)", "recall (unwanted mails found)"),
        &report.recall,
    );
    rate(
        &mut text,
        say("誤検知率 (正当なメールを疑った割合)", "false positives (wanted mails accused)"),
        &report.false_positives,
    );
    for (class, share) in &report.flagged {
        rate(&mut text, &format!("{} {class}", say("疑った割合", "flagged")), share);
    }
    for (folder, share) in &report.folders {
        rate(&mut text, &format!("{} {}", say("疑った割合", "flagged"), plain(folder)), share);
    }
    rate(
        &mut text,
        say("見つけたもののうち分類まで一致", "class right, of the unwanted found"),
        &report.class_right,
    );
    for (class, share) in &report.exact {
        rate(&mut text, &format!("{} {class}", say("分類まで一致", "class right")), share);
    }
    confusion(&mut text, report, say("正解 \\ 判定", "label \\ verdict"));
    // Columns of 8, 8, 7 and 7 as a terminal counts them, where a kanji takes two.
    let columns = say("    不要     正当  対数比    重み", "unwanted   wanted   ln LR  weight");
    findings(&mut text, report, say("所見の効き目", "findings by how much they help"), columns);
    report.misses.iter().for_each(|found| miss(&mut text, found));
    text
}

fn line(text: &mut String, arguments: std::fmt::Arguments) {
    let _ = writeln!(text, "{arguments}");
}

fn rate(text: &mut String, name: &str, rate: &Rate) {
    let percent = |share: f64| share * 100.0;
    let (share, low, high) = (percent(rate.rate), percent(rate.low), percent(rate.high));
    line(text, format_args!("{name}: {}/{} = {share:.2} % [{low:.2}-{high:.2}]", rate.count, rate.total));
}

fn confusion(text: &mut String, report: &Report, corner: &str) {
    line(text, format_args!("\n{corner}"));
    let names = Class::ALL.map(Class::name);
    let header: String = names.iter().map(|name| format!("{name:>13}")).collect();
    line(text, format_args!("{:13}{header}", ""));
    for (label, verdicts) in &report.confusion {
        let counts = names.iter().map(|name| verdicts.get(name).copied().unwrap_or(0));
        let row: String = counts.map(|count| format!("{count:>13}")).collect();
        line(text, format_args!("{label:13}{row}"));
    }
}

fn findings(text: &mut String, report: &Report, title: &str, columns: &str) {
    line(text, format_args!("\n{title}"));
    line(text, format_args!("{columns}"));
    for finding in report.findings.iter().take(FINDINGS) {
        let weight = finding.weight.map(|weight| format!("{weight:.2}")).unwrap_or_default();
        let (with, without, ratio) = (finding.unwanted, finding.wanted, finding.log_likelihood_ratio);
        line(text, format_args!("{with:>8} {without:>8} {ratio:>7.2} {weight:>7}  {}", finding.id));
    }
}

fn miss(text: &mut String, miss: &Miss) {
    let place = match &miss.input.member {
        Some(member) => format!("{} ({member})", miss.input.path),
        None => miss.input.path.clone(),
    };
    let (label, verdict) = (miss.label.name(), miss.verdict.name());
    line(
        text,
        format_args!(
            "{label} -> {verdict} {:.2}  {}  {}",
            miss.score,
            plain(&place),
            miss.findings.join(" ")
        ),
    );
}
