//! How good the weights are: on the mails they were estimated from, with whole templates left out, and with whole sources left out.

use std::fmt::Write;

use super::classes::{self, Classes, Points};
use super::mails::{Mail, Mails};
use super::model::Model;
use fuwake_data::schema::Data;

/// Parts into which the templates are cut.
const FOLDS: usize = 10;

/// A Markdown table.
pub(super) fn write(mails: &Mails, model: &Model, data: &Data, weights: &[f64], points: &Points) -> String {
    let fitted = |_: &Mail| 0;
    let template = |mail: &Mail| mail.template % FOLDS;
    let source = |mail: &Mail| mail.source;
    let believed = vec![(model.beliefs().to_vec(), Classes::new(data).fit(&[]))];
    let columns = [
        judged(mails, model, &believed, fitted),
        judged(mails, model, &[(weights.to_vec(), points.clone())], fitted),
        judged(mails, model, &without(mails, model, data, FOLDS, template), template),
        judged(mails, model, &without(mails, model, data, mails.sources.len(), source), source),
    ];
    let mut text = String::from(
        "| | mails | as believed | fitted | its template left out | its source left out |\n|---|---|---|---|---|---|\n",
    );
    for (at, (name, total, _)) in columns[0].iter().enumerate().filter(|(_, (_, total, _))| *total > 0) {
        let cells: Vec<String> = columns.iter().map(|column| percent(column[at].2, column[at].1)).collect();
        let _ = writeln!(text, "| {name} | {total} | {} |", cells.join(" | "));
    }
    text
}

/// Weights for each part of the mails, estimated without it.
fn without(
    mails: &Mails,
    model: &Model,
    data: &Data,
    parts: usize,
    part: impl Fn(&Mail) -> usize + Copy,
) -> Vec<(Vec<f64>, Points)> {
    (0..parts)
        .map(|out| {
            let others: Vec<&Mail> = mails.all().into_iter().filter(|mail| part(mail) != out).collect();
            (model.fit(&others), Classes::new(data).fit(&others))
        })
        .collect()
}

/// Each figure's name, of how many mails, and how many of them.
fn judged(
    mails: &Mails,
    model: &Model,
    estimates: &[(Vec<f64>, Points)],
    part: impl Fn(&Mail) -> usize,
) -> Vec<(String, u32, u32)> {
    let flagged = |mail: &Mail| model.odds(&estimates[part(mail)].0, mail) >= 0.0;
    let count = |name: String, among: &dyn Fn(&Mail) -> bool, is: &dyn Fn(&Mail) -> bool| {
        let (mut total, mut those) = (0, 0);
        for mail in mails.all().into_iter().filter(|mail| among(mail)) {
            total += 1;
            those += u32::from(is(mail));
        }
        (name, total, those)
    };
    let malicious = |mail: &Mail| matches!(classes::class(mail), Some(0..=2));
    let mut figures = vec![count("malicious by hand, flagged".into(), &malicious, &flagged)];
    for (index, class) in classes::CLASSES.iter().enumerate() {
        figures.push(count(
            format!("{class} by hand, flagged"),
            &|mail| classes::class(mail) == Some(index),
            &flagged,
        ));
    }
    let right = |mail: &Mail| classes::class(mail) == Some(classes::led_to(&estimates[part(mail)].1, mail));
    figures.push(count(
        "class right, of the flagged".into(),
        &|mail| classes::class(mail).is_some() && flagged(mail),
        &right,
    ));
    for (index, name) in mails.sources.iter().enumerate() {
        for (unwanted, side) in [(true, "unwanted"), (false, "wanted")] {
            figures.push(count(
                format!("{name}, {side}, flagged"),
                &|mail| mail.source == index && mail.unwanted == unwanted,
                &flagged,
            ));
        }
    }
    figures
}

/// A share with its 95 % interval (Wilson 1927).
fn percent(count: u32, total: u32) -> String {
    const Z: f64 = 1.959_963_985;
    let (count, total) = (f64::from(count), f64::from(total.max(1)));
    let share = count / total;
    let spread = Z * (share * (1.0 - share) / total + Z * Z / (4.0 * total * total)).sqrt();
    let (middle, scale) = (share + Z * Z / (2.0 * total), 1.0 + Z * Z / total);
    let end = |end: f64| (end / scale).clamp(0.0, 1.0) * 100.0;
    format!("{count:.0} = {:.1} % [{:.1}-{:.1}]", share * 100.0, end(middle - spread), end(middle + spread))
}
