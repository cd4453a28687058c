//! A group of mails, and what holds it together.

use std::collections::{BTreeMap, BTreeSet};

use fuwake_core::campaign::Likeness;
use serde::Serialize;

use super::Member;

/// Mails of a group whose likeness is told.
const MOST_TOLD: usize = 20;
/// Mails of a group among which the nearest is sought.
const MOST_COMPARED: usize = 200;
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
    /// The earliest Date.
    pub(super) first: Option<String>,
    /// The latest Date.
    pub(super) last: Option<String>,
    /// Different subjects.
    pub(super) subjects: BTreeSet<String>,
    /// Different addresses in From; where they are shown to a reader, their domains.
    pub(super) senders: BTreeSet<String>,
    /// Why the first mails, by SHA-256, belong to it.
    pub(super) because: Vec<Bond>,
}

/// Why a mail belongs to its group.
#[derive(Debug, Serialize)]
pub(super) struct Bond {
    /// The mail.
    pub(super) path: String,
    /// The mail of the group that it is most like.
    pub(super) like: String,
    /// The two impersonate different brands.
    pub(super) other_brand: bool,
    /// What the two have in common.
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
        let groups = by_number.into_iter().map(|(number, members)| Self::new(number, members));
        let mut groups: Vec<Self> = groups.collect();
        groups.sort_by(|one, two| two.mails.cmp(&one.mails).then_with(|| one.id.cmp(&two.id)));
        groups
    }

    fn new(number: usize, mut members: Vec<&Member>) -> Self {
        members.sort_by_key(|member| (&member.sha256, &member.input.path, &member.input.member));
        let dates = || members.iter().filter_map(|member| member.date.as_ref());
        let mut classes = BTreeMap::new();
        let mut brands = BTreeMap::new();
        for member in &members {
            *classes.entry(member.class.name()).or_default() += 1;
            if let Some(brand) = &member.brand {
                *brands.entry(brand.clone()).or_default() += 1;
            }
        }
        Self {
            id: members[0].sha256.chars().take(ID).collect(),
            number,
            mails: members.len(),
            classes,
            brands,
            first: dates().min().map(|date| date.text.clone()),
            last: dates().max().map(|date| date.text.clone()),
            subjects: members.iter().map(|member| member.names.subject.clone()).collect(),
            senders: members.iter().map(|member| member.names.sender.clone()).collect(),
            because: (0..members.len().min(MOST_TOLD)).filter_map(|at| Bond::of(at, &members)).collect(),
        }
    }
}

impl Bond {
    /// What ties one of `members` to another; none where it is alone.
    fn of(at: usize, members: &[&Member]) -> Option<Self> {
        let others = members.iter().enumerate().take(MOST_COMPARED).filter(|(other, _)| *other != at);
        let likenesses =
            others.map(|(_, other)| (*other, Likeness::of(&members[at].campaign, &other.campaign)));
        // Of equal ones the first.
        let nearest = likenesses.reduce(|best, next| if next.1.text > best.1.text { next } else { best });
        let (like, likeness) = nearest?;
        Some(Self {
            path: members[at].place(),
            like: like.place(),
            other_brand: like.brand.is_some()
                && members[at].brand.is_some()
                && like.brand != members[at].brand,
            likeness,
        })
    }
}
