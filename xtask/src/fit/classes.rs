//! The classes that findings point to: multinomial logistic regression on mails that a person gave a class.

use super::mails::Mail;
use fuwake_data::schema::Data;

/// The classes told apart here; pranks and exercises are set by a finding alone.
pub(super) const CLASSES: [&str; 4] = ["phishing", "fraud", "malware", "spam"];

/// A finding that points to a class with more than this decides it alone and is left as it is.
const DECIDES: f64 = 10.0;
/// The furthest that an estimated finding points, but where its author believes more.
const BOUND: f64 = 3.0;
const STEPS: usize = 400;
/// How many mails' worth of evidence an author's belief is.
const BELIEF: f64 = 2.0;

/// How far each finding points to each class.
pub(super) type Points = Vec<[f64; 4]>;

/// What is fitted.
pub(super) struct Classes {
    beliefs: Points,
    deciding: Vec<bool>,
}

impl Classes {
    /// For the findings of `data`.
    pub(super) fn new(data: &Data) -> Self {
        let point = |finding: &fuwake_data::schema::FindingSpec| {
            CLASSES.map(|class| finding.points_to.get(class).map_or(0.0, |points| f64::from(*points)))
        };
        let decides = |finding: &fuwake_data::schema::FindingSpec| {
            finding.points_to.values().any(|points| f64::from(*points) > DECIDES)
        };
        Self {
            beliefs: data.findings.iter().map(point).collect(),
            deciding: data.findings.iter().map(decides).collect(),
        }
    }

    /// The points that the mails speak for.
    pub(super) fn fit(&self, mails: &[&Mail]) -> Points {
        let labelled: Vec<(&Mail, usize)> =
            mails.iter().filter_map(|mail| Some((*mail, class(mail)?))).collect();
        let mut curvature = vec![BELIEF; self.beliefs.len()];
        for (mail, _) in &labelled {
            let share = f64::from(u32::try_from(mail.findings.len()).unwrap_or(u32::MAX)) / 2.0;
            mail.findings.iter().for_each(|&at| curvature[at] += share);
        }
        let mut points = self.beliefs.clone();
        for _ in 0..STEPS {
            let gradient = self.gradient(&points, &labelled);
            for at in (0..points.len()).filter(|at| !self.deciding[*at]) {
                for class in 0..CLASSES.len() {
                    let moved = points[at][class] - gradient[at][class] / curvature[at];
                    points[at][class] = moved.clamp(0.0, BOUND.max(self.beliefs[at][class]));
                }
            }
        }
        points
    }

    fn gradient(&self, points: &Points, labelled: &[(&Mail, usize)]) -> Points {
        let mut gradient: Points = points
            .iter()
            .zip(&self.beliefs)
            .map(|(points, beliefs)| std::array::from_fn(|class| BELIEF * (points[class] - beliefs[class])))
            .collect();
        for (mail, right) in labelled {
            let shares = softmax(sums(points, mail));
            for &at in &mail.findings {
                for (class, share) in shares.iter().enumerate() {
                    gradient[at][class] += share - f64::from(u8::from(class == *right));
                }
            }
        }
        gradient
    }
}

/// The class that a person gave, as an index.
pub(super) fn class(mail: &Mail) -> Option<usize> {
    let class = mail.class.as_deref()?;
    CLASSES.iter().position(|known| *known == class)
}

/// The class that the points lead to.
pub(super) fn led_to(points: &Points, mail: &Mail) -> usize {
    let sums = sums(points, mail);
    (1..sums.len()).fold(0, |best, class| if sums[class] > sums[best] { class } else { best })
}

fn sums(points: &Points, mail: &Mail) -> [f64; 4] {
    mail.findings
        .iter()
        .fold([0.0; 4], |sums, &at| std::array::from_fn(|class| sums[class] + points[at][class]))
}

fn softmax(sums: [f64; 4]) -> [f64; 4] {
    let most = sums.iter().copied().fold(f64::MIN, f64::max);
    let powers = sums.map(|sum| (sum - most).exp());
    let all: f64 = powers.iter().sum();
    powers.map(|power| power / all)
}
