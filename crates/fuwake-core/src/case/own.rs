//! An operator's own findings that an expression decides: they run over the facts of the case, after all others and before the verdict.

use cel::objects::Key;
use cel::{Context, Value};

use super::facts::facts;
use super::{Inner, Setting};
use crate::expression::{Expression, Needs, context};
use crate::findings::{Finding, Scene, follows};
use crate::mail::{Defect, Mail};
use crate::span::Because;

/// Pointers that a fact gives.
const GROUNDS: usize = 3;

/// Adds what holds; returns what could not be decided.
pub(super) fn add<'k>(
    scene: &Scene<'_>,
    findings: &mut Vec<Finding<'k>>,
    inner: &[Inner],
    setting: Setting<'k>,
) -> Vec<Defect> {
    let own = setting.judge.own();
    if own.is_empty() {
        return Vec::new();
    }
    let mut needs = Needs::default();
    for (_, Expression { needs: more, .. }) in own {
        needs.roots.extend(more.roots.iter().cloned());
        needs.mail.extend(more.mail.iter().cloned());
    }
    let facts = facts(&needs, scene, findings, inner, setting);
    let mut context = context(own.iter().map(|(_, expression)| expression));
    for (name, fact) in &facts {
        context.add_variable_from_value(*name, fact.clone());
    }
    let (mut added, mut undecided) = (Vec::new(), Vec::new());
    for (spec, expression) in own {
        if spec.when.as_ref().is_some_and(|when| !follows(when, findings)) {
            continue;
        }
        match expression.holds(&context) {
            Ok(true) => {
                let because = grounds(scene, findings, expression, facts.get("mail"), &mut context);
                added.push(Finding { spec, weight: spec.weight, parameters: Vec::new(), because });
            }
            Ok(false) => {}
            Err(why) => {
                let detail = format!("{}: {why}", spec.id);
                undecided.push(Defect::new("own-finding-undecided", detail, None));
            }
        }
    }
    if !added.is_empty() {
        findings.extend(added);
        findings.sort_by(|a, b| (&a.spec.group, &a.spec.id).cmp(&(&b.spec.group, &b.spec.id)));
    }
    undecided
}

/// Where to see it: what the facts that the expression names were read from.
fn grounds(
    scene: &Scene<'_>,
    findings: &[Finding<'_>],
    expression: &Expression,
    mail: Option<&Value>,
    context: &mut Context<'static, 'static>,
) -> Vec<Because> {
    let mut because = Vec::new();
    for name in &expression.needs.mail {
        match name.as_str() {
            "links" => because.extend(links(scene.mail, expression, mail, context)),
            name => because.extend(places(scene.mail, name).into_iter().take(GROUNDS)),
        }
    }
    let named = findings.iter().filter(|finding| expression.needs.texts.contains(&finding.spec.id));
    because.extend(named.flat_map(|finding| finding.because.iter().take(GROUNDS).cloned()));
    if expression.needs.roots.contains("impersonation") {
        because.extend(
            scene.claims.iter().take(1).flat_map(|claim| claim.because.iter().take(GROUNDS).cloned()),
        );
    }
    crate::findings::sound(because, scene.mail)
}

/// Where a field of `mail` was read.
fn places(mail: &Mail<'_>, field: &str) -> Vec<Because> {
    let mailboxes = |mailboxes: &[crate::mail::Mailbox]| mailboxes.iter().map(Because::from).collect();
    match field {
        "subject" | "subject_stamps" => mail.subject.iter().map(|subject| subject.span.into()).collect(),
        "date" => mail.date.iter().map(|date| date.span.into()).collect(),
        "mailer" => mail.mailer.iter().map(Because::from).collect(),
        "from" | "authors" => mailboxes(&mail.authors),
        "sender" => mailboxes(&mail.sender),
        "reply_to" => mailboxes(&mail.reply_to),
        "recipients" => mailboxes(&mail.recipients),
        "envelope_from" => mail.envelope_from.iter().map(Because::from).collect(),
        "message_id" => mail.message_id.iter().map(|id| id.span.into()).collect(),
        "list" => mail.list.id.iter().map(Because::from).collect(),
        "hops" | "origin" => mail.hops.iter().map(|hop| hop.span.into()).collect(),
        "claimed_client" => mail.claimed_client.iter().map(Because::from).collect(),
        "authentication" => mail.authentication.results.iter().map(|result| result.span.into()).collect(),
        "filter_stamps" => mail.filter_stamps.iter().map(|stamp| stamp.span.into()).collect(),
        "attachments" => mail.attachments.iter().map(|attachment| attachment.span.into()).collect(),
        _ => Vec::new(),
    }
}

/// The links with which alone the expression holds; where there are none, the first of all.
fn links(
    mail: &Mail<'_>,
    expression: &Expression,
    facts: Option<&Value>,
    context: &mut Context<'static, 'static>,
) -> Vec<Because> {
    let first = || mail.links.iter().take(GROUNDS).map(|link| link.because.clone()).collect();
    let Some(Value::Map(facts)) = facts else { return first() };
    let Some(Value::List(links)) = facts.get(&Key::from("links")) else { return first() };
    let mut alone = facts.map.as_ref().clone();
    let mut found = Vec::new();
    for (link, fact) in mail.links.iter().zip(links.iter()) {
        alone.insert("links".into(), Value::from(vec![fact.clone()]));
        context.add_variable_from_value("mail", Value::from(alone.clone()));
        if expression.holds(context) == Ok(true) {
            found.push(link.because.clone());
        }
    }
    context.add_variable_from_value("mail", Value::Map(facts.clone()));
    if found.is_empty() { first() } else { found }
}
