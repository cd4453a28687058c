//! Runs all findings on a mail: those with logic, those by wording, those that follow from others.

use super::rules::{RULES, Rule};
use super::{Scene, Sign, Value, Worded};
use crate::expression::Expression;
use crate::knowledge::schema::When;
use crate::knowledge::{FindingSpec, Knowledge};
use crate::mail::Mail;
use crate::span::Because;

/// A finding on a mail.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding<'k> {
    /// Its words and weight.
    pub spec: &'k FindingSpec,
    /// What it counts, in natural log-odds: its own weight, or the larger one of a finding that it tells better.
    pub weight: f32,
    /// Values for its words.
    pub parameters: Vec<(&'static str, Value)>,
    /// Where to see it; never empty.
    pub because: Vec<Because>,
}

/// The findings in force, ready to run.
#[derive(Debug)]
pub struct Judge<'k> {
    knowledge: &'k Knowledge,
    rules: Vec<(&'k FindingSpec, Rule)>,
    /// The finding of each phrase file.
    worded: Vec<Option<&'k FindingSpec>>,
    /// Findings that follow from others, each after those it needs.
    derived: Vec<&'k FindingSpec>,
    /// An operator's own that an expression decides.
    own: Vec<(&'k FindingSpec, Expression)>,
}

impl<'k> Judge<'k> {
    /// All findings that the knowledge has words for.
    #[must_use]
    pub fn new(knowledge: &'k Knowledge) -> Self {
        let rules = RULES
            .iter()
            .filter_map(|&(name, rule)| Some((knowledge.finding(&name.replace('_', "-"))?, rule)))
            // An operator's condition stands in the place of the logic.
            .filter(|(spec, _)| !has_when(spec));
        Self {
            knowledge,
            rules: rules.collect(),
            worded: knowledge.phrases().iter().map(|file| knowledge.finding(&file.finding)).collect(),
            derived: knowledge
                .findings()
                .iter()
                .filter(|spec| has_when(spec) && !spec.has_expression())
                .collect(),
            own: knowledge.findings().iter().filter_map(with_expression).collect(),
        }
    }

    /// What is known.
    #[must_use]
    pub const fn knowledge(&self) -> &'k Knowledge {
        self.knowledge
    }

    /// An operator's own findings that an expression decides.
    pub(crate) fn own(&self) -> &[(&'k FindingSpec, Expression)] {
        &self.own
    }

    /// All findings on a mail, by group and id, but those that an expression decides.
    #[must_use]
    pub fn findings(&self, scene: &Scene<'_>) -> Vec<Finding<'k>> {
        let ruled = self
            .rules
            .iter()
            .filter_map(|&(spec, rule)| rule(scene).map(|sign| Finding::new(spec, sign, scene.mail)));
        let mut findings: Vec<Finding<'k>> = ruled.collect();
        findings.extend(self.worded(scene));
        for spec in &self.derived {
            if let Some(finding) = derive(spec, &findings) {
                findings.push(finding);
            }
        }
        keep_the_better(&mut findings);
        findings.sort_by(|a, b| (&a.spec.group, &a.spec.id).cmp(&(&b.spec.group, &b.spec.id)));
        findings
    }

    /// Findings by wording: one phrase of a topic, or two of its hints.
    fn worded(&self, scene: &Scene<'_>) -> Vec<Finding<'k>> {
        let mut findings: Vec<Finding<'k>> = Vec::new();
        for (file, spec) in self.worded.iter().enumerate() {
            let mut hits: Vec<&Worded> = scene.phrases.iter().filter(|hit| hit.file == file).collect();
            let plain = hits.iter().any(|hit| !hit.hint);
            let Some(spec) = spec.filter(|_| is_said(&hits)) else { continue };
            hits.retain(|hit| !(plain && hit.hint));
            let because = hits.iter().map(|hit| hit.because.clone());
            if let Some(known) = findings.iter_mut().find(|finding| finding.spec.id == spec.id) {
                known.because.extend(because);
            } else {
                let quote = hits.first().map(|hit| hit.quote.clone());
                let parameters = vec![("quote", Value::from(quote.unwrap_or_default()))];
                findings.push(Finding { spec, weight: spec.weight, parameters, because: because.collect() });
            }
        }
        findings
    }
}

/// Pointers that a finding keeps.
const GROUNDS: usize = 12;

/// How near two hints stand to belong to one thought, in code points: a paragraph.
const PARAGRAPH: usize = 400;

/// Whether the phrases of one file that a mail has say what the file is about: one of its phrases, or two of its hints.
pub(in crate::findings) fn is_said(hits: &[&Worded]) -> bool {
    hits.iter().any(|hit| !hit.hint) || stand_together(hits)
}

/// Whether two different hints stand near each other: in a long text single words mean nothing.
fn stand_together(hits: &[&Worded]) -> bool {
    let mut places: Vec<(usize, usize)> = hits.iter().map(|hit| (hit.position, hit.phrase)).collect();
    places.sort_unstable();
    places.windows(2).any(|pair| pair[1].1 != pair[0].1 && pair[1].0 - pair[0].0 < PARAGRAPH)
}

impl<'k> Finding<'k> {
    /// What cannot be seen in the text, such as a link around a picture, is shown by the bytes where it stands: the body.
    fn new(spec: &'k FindingSpec, sign: Sign, mail: &Mail<'_>) -> Self {
        let because = sound(sign.because, mail);
        Self { spec, weight: spec.weight, parameters: sign.parameters, because }
    }
}

/// Pointers that point at something, not too many, at least one.
pub(crate) fn sound(mut because: Vec<Because>, mail: &Mail<'_>) -> Vec<Because> {
    because.retain(|why| match why {
        Because::Bytes { bytes } => !bytes.is_empty(),
        Because::Text { text, .. } => !text.is_empty(),
        Because::Evidence { .. } => true,
    });
    because.truncate(GROUNDS);
    if because.is_empty() { Sign::in_body(mail).because } else { because }
}

fn has_when(spec: &FindingSpec) -> bool {
    spec.when.is_some()
}

/// Drops each finding all of whose places others show that tell the same better (`told_better_by`): one fact is told once, and
/// counts once. Conditions on it (`when`) were looked at before and still hold.
fn keep_the_better(findings: &mut Vec<Finding<'_>>) {
    let is_told = |finding: &Finding<'_>| {
        let better: Vec<&Finding<'_>> =
            findings.iter().filter(|other| finding.spec.told_better_by.contains(&other.spec.id)).collect();
        let shown = |place: &Because| {
            better.iter().any(|other| other.because.iter().any(|because| because.overlaps(place)))
        };
        !better.is_empty() && finding.because.iter().all(shown)
    };
    let told: Vec<bool> = findings.iter().map(is_told).collect();
    if !told.contains(&true) {
        return;
    }
    hand_weights_on(findings, &told);
    let mut told = told.into_iter();
    findings.retain(|_| !told.next().unwrap_or_default());
}

/// Gives the weight of each finding that is dropped to the heaviest of those that tell it better, where it is larger: more exact
/// words never make a mail safer. As often as findings are dropped, for one may tell the other better in a chain.
fn hand_weights_on(findings: &mut [Finding<'_>], told: &[bool]) {
    let dropped: Vec<usize> = (0..findings.len()).filter(|&at| told[at]).collect();
    for at in dropped.iter().flat_map(|_| &dropped) {
        let (spec, weight) = (findings[*at].spec, findings[*at].weight);
        let better = findings.iter_mut().filter(|other| spec.told_better_by.contains(&other.spec.id));
        if let Some(best) = better.max_by(|a, b| a.weight.abs().total_cmp(&b.weight.abs()))
            && best.weight.abs() < weight.abs()
        {
            best.weight = weight;
        }
    }
}

/// A finding that an expression decides, with that; one that does not compile is silent, and its operator was told at the start.
fn with_expression(spec: &FindingSpec) -> Option<(&FindingSpec, Expression)> {
    let when = spec.when.as_ref().filter(|_| spec.has_expression())?;
    Some((spec, Expression::new(&when.expression).ok()?))
}

/// Whether the lists of a condition agree with what was found.
pub(crate) fn follows(when: &When, findings: &[Finding<'_>]) -> bool {
    let has = |id: &String| findings.iter().any(|finding| finding.spec.id == *id);
    when.all.iter().all(has)
        && (when.any.is_empty() || when.any.iter().any(has))
        && !when.none.iter().any(has)
}

/// A finding that follows from others: it rests on what those rest on.
fn derive<'k>(spec: &'k FindingSpec, findings: &[Finding<'k>]) -> Option<Finding<'k>> {
    let when = spec.when.as_ref().filter(|when| follows(when, findings))?;
    let grounds = findings
        .iter()
        .filter(|finding| when.all.contains(&finding.spec.id) || when.any.contains(&finding.spec.id));
    let (mut parameters, mut because) = (Vec::new(), Vec::new());
    for ground in grounds {
        parameters.extend(ground.parameters.iter().cloned());
        because.extend(ground.because.iter().take(2).cloned());
    }
    because.truncate(GROUNDS);
    (!because.is_empty()).then_some(Finding { spec, weight: spec.weight, parameters, because })
}

#[cfg(test)]
mod tests {
    use super::super::testing::knowledge;
    use super::*;

    #[test]
    fn more_exact_words_never_make_a_mail_safer() {
        let finding = |id, weight| {
            let spec = knowledge().finding(id).expect("it has words");
            Finding { spec, weight, parameters: Vec::new(), because: Vec::new() }
        };
        let mut findings = [
            finding("prize-or-survey-lure", 1.5),
            finding("free-gift-lure", 1.25),
            finding("survey-for-reward", 1.0),
        ];
        hand_weights_on(&mut findings, &[true, false, false]);
        assert_eq!(findings.map(|finding| finding.weight), [1.5, 1.5, 1.0]);
    }
}
