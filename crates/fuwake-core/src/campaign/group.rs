//! Groups of mails: whatever is joined by a chain of likenesses is one campaign.

use std::collections::BTreeMap;

use super::{Fingerprint, Likeness};

/// Groups met with one key that a mail is compared with.
const MOST_MEETINGS: usize = 64;

/// For each fingerprint the number of its group. The same for every order of the input: groups are numbered by their first member,
/// and whom a mail is compared with follows from the fingerprints alone.
#[must_use]
pub fn groups(mails: &[&Fingerprint]) -> Vec<usize> {
    let mut sorted: Vec<usize> = (0..mails.len()).collect();
    sorted.sort_by(|one, two| mails[*one].cmp(mails[*two]));
    let mut sets = Sets::new(mails.len());
    let mut met: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    let mut before: Option<usize> = None;
    for &mail in &sorted {
        if let Some(twin) = before.filter(|twin| mails[*twin] == mails[mail] && mails[mail].text.filled() > 0)
        {
            sets.join(twin, mail);
            continue;
        }
        before = Some(mail);
        for key in mails[mail].text.keys() {
            let others = met.entry(key).or_default();
            for &other in others.iter() {
                if !sets.are_one(other, mail) && Likeness::of(mails[other], mails[mail]).same {
                    sets.join(other, mail);
                }
            }
            if others.len() < MOST_MEETINGS {
                others.push(mail);
            }
        }
    }
    sets.numbers()
}

/// Disjoint sets (R. Tarjan, 1975).
struct Sets {
    parents: Vec<usize>,
}

impl Sets {
    fn new(count: usize) -> Self {
        Self { parents: (0..count).collect() }
    }

    fn root(&mut self, mut member: usize) -> usize {
        while self.parents[member] != member {
            self.parents[member] = self.parents[self.parents[member]];
            member = self.parents[member];
        }
        member
    }

    fn are_one(&mut self, one: usize, two: usize) -> bool {
        self.root(one) == self.root(two)
    }

    /// The earlier member leads.
    fn join(&mut self, one: usize, two: usize) {
        let (one, two) = (self.root(one), self.root(two));
        self.parents[one.max(two)] = one.min(two);
    }

    fn numbers(mut self) -> Vec<usize> {
        (0..self.parents.len()).map(|member| self.root(member)).collect()
    }
}
