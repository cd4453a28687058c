//! A group of mails, and what holds it together.

use std::collections::{BTreeMap, BTreeSet};

use fuwake_core::campaign::Likeness;
use serde::Serialize;

use super::Member;

/// Members whose likeness is told.
const MOST_TOLD: usize = 20;
/// Hexadecimal digits of a group's id.
const ID: usize = 12;

/// Mails of one campaign.
#[derive(Debug, Serialize)]
pub(super) struct Group {
    /// The beginning of the least SHA-256 among its mails: the same for every order of the input.
    pub(super) id: String,
    #[serde(skip)]
    pub(super) number: usize,
    /// How many mails.
    pub(super) mails: usize,
    /// Mails by class.
    pub(super) classes: BTreeMap<&'static str, usize>,
    /// Mails by impersonated brand.
    pub(super) brands: BTreeMap<String, usize>,
    /// The earliest and the latest Date.
    pub(super) first: Option<String>,
    pub(super) last: Option<String>,
    /// Different subjects.
    pub(super) subjects: BTreeSet<String>,
    /// Different addresses in From.
    pub(super) senders: BTreeSet<String>,
    /// How each of the first mails is like the one with the group's id.
    pub(super) likeness: Vec<Alike>,
}

/// A mail and its likeness to the group's first.
#[derive(Debug, Serialize)]
pub(super) struct Alike {
    pub(super) path: String,
    #[serde(flatten)]
    pub(super) likeness: Likeness,
}

impl Group {
    /// The groups, the largest first, of equal ones by id.
    pub(super) fn all(members: &[Member], numbers: &[usize]) -> Vec<Self> {
        let mut by_number: BTreeMap<usize, Vec<&Member>> = BTreeMap::new();
        for (member, number) in members.iter().zip(numbers) {
            by_number.entry(*number).or_default().push(member);
        }
        let mut groups: Vec<Self> =
            by_number.into_iter().map(|(number, members)| Self::new(number, members)).collect();
        groups.sort_by(|one, two| two.mails.cmp(&one.mails).then_with(|| one.id.cmp(&two.id)));
        groups
    }

    fn new(number: usize, mut members: Vec<&Member>) -> Self {
        members.sort_by(|one, two| {
            one.sha256.cmp(&two.sha256).then_with(|| one.input.path.cmp(&two.input.path))
        });
        let first = members[0];
        let mut group = Self {
            id: first.sha256.chars().take(ID).collect(),
            number,
            mails: members.len(),
            classes: BTreeMap::new(),
            brands: BTreeMap::new(),
            first: members.iter().filter_map(|member| member.date.clone()).min(),
            last: members.iter().filter_map(|member| member.date.clone()).max(),
            subjects: members.iter().map(|member| member.subject.clone()).collect(),
            senders: members.iter().map(|member| member.sender.clone()).collect(),
            likeness: Vec::new(),
        };
        for member in &members {
            *group.classes.entry(member.class.name()).or_default() += 1;
            if let Some(brand) = &member.brand {
                *group.brands.entry(brand.clone()).or_default() += 1;
            }
        }
        let alike = |member: &&Member| Alike {
            path: member.input.path.clone(),
            likeness: Likeness::of(&first.campaign, &member.campaign),
        };
        group.likeness = members.iter().skip(1).take(MOST_TOLD).map(alike).collect();
        group
    }
}
