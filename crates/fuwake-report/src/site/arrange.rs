//! What belongs together: cases by brand, campaign, network and month, and how lists are cut into pages.

use std::collections::BTreeMap;

use fuwake_core::campaign::{Fingerprint, groups};

use super::Entry;

/// Cases on a page.
pub(super) const ON_A_PAGE: usize = 50;
/// Letters of a campaign's name.
const CAMPAIGN: usize = 10;

/// By what cases are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GroupKind {
    /// Whose name is used.
    Brand,
    /// By one sender, as far as can be seen.
    Campaign,
    /// In which network a machine stood.
    Network,
    /// When it came.
    Month,
}

impl GroupKind {
    /// Those with a page that lists them.
    pub(super) const LISTED: [Self; 3] = [Self::Brand, Self::Campaign, Self::Network];
    /// All.
    pub(super) const ALL: [Self; 4] = [Self::Brand, Self::Campaign, Self::Network, Self::Month];

    /// Its folder.
    pub(super) const fn folder(self) -> &'static str {
        match self {
            Self::Brand => "brands",
            Self::Campaign => "campaigns",
            Self::Network => "networks",
            Self::Month => "months",
        }
    }
}

/// Cases that have something in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// In its address.
    pub(super) id: String,
    /// Its cases, newest first.
    pub(super) members: Vec<usize>,
}

/// All groups, each kind by id.
#[derive(Debug, Default)]
pub(super) struct Arrangement {
    kinds: BTreeMap<GroupKind, Vec<Group>>,
    /// The campaign of each case, by its place.
    campaigns: Vec<Option<usize>>,
}

impl Arrangement {
    /// Groups of entries that stand newest first.
    pub(super) fn new(entries: &[Entry]) -> Self {
        let month = |entry: &Entry| {
            let day = entry.publication.day.as_deref();
            Some(day.and_then(|day| day.get(..7)).unwrap_or("undated").to_owned()).into_iter().collect()
        };
        let networks = |entry: &Entry| {
            let networks = entry.publication.hosts.iter().flat_map(|host| &host.networks);
            let mut ids: Vec<String> = networks.map(|network| format!("as{}", network.number)).collect();
            ids.sort_unstable();
            ids.dedup();
            ids
        };
        let campaigns = campaigns(entries);
        let mut campaign_of = vec![None; entries.len()];
        for (number, campaign) in campaigns.iter().enumerate() {
            campaign.members.iter().for_each(|member| campaign_of[*member] = Some(number));
        }
        let kinds = BTreeMap::from([
            (
                GroupKind::Brand,
                grouped(entries, |entry| entry.publication.brand.clone().into_iter().collect()),
            ),
            (GroupKind::Campaign, campaigns),
            (GroupKind::Network, grouped(entries, networks)),
            (GroupKind::Month, grouped(entries, month)),
        ]);
        Self { kinds, campaigns: campaign_of }
    }

    /// The groups of a kind.
    pub(super) fn groups(&self, kind: GroupKind) -> &[Group] {
        self.kinds.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// The campaign that a case belongs to.
    pub(super) fn campaign_of(&self, entry: usize) -> Option<&Group> {
        let number = self.campaigns.get(entry).copied().flatten()?;
        self.groups(GroupKind::Campaign).get(number)
    }
}

fn grouped(entries: &[Entry], ids: impl Fn(&Entry) -> Vec<String>) -> Vec<Group> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        ids(entry).into_iter().for_each(|id| groups.entry(id).or_default().push(at));
    }
    groups.into_iter().map(|(id, members)| Group { id, members }).collect()
}

/// Campaigns of two cases or more. Each is named after its oldest case, so that it keeps its name as it grows.
fn campaigns(entries: &[Entry]) -> Vec<Group> {
    let known =
        entries.iter().enumerate().filter_map(|(at, entry)| Some((at, entry.publication.campaign.as_ref()?)));
    let (places, fingerprints): (Vec<usize>, Vec<&Fingerprint>) = known.unzip();
    let mut by_number: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (place, number) in places.into_iter().zip(groups(&fingerprints)) {
        by_number.entry(number).or_default().push(place);
    }
    let several = by_number.into_values().filter(|members| members.len() > 1);
    let named = several.map(|members| {
        let oldest = members.last().map(|member| entries[*member].publication.sha256.as_str());
        let id = oldest.and_then(|sha256| sha256.get(..CAMPAIGN)).unwrap_or_default();
        (id.to_owned(), members)
    });
    let by_id: BTreeMap<String, Vec<usize>> = named.collect();
    by_id.into_iter().map(|(id, members)| Group { id, members }).collect()
}

/// A list in pages. Older pages are counted from the oldest case on, so that a new case leaves them as they are; what fills no page is at
/// the front, with one page more.
pub(super) fn older_pages(count: usize) -> usize {
    (count / ON_A_PAGE).saturating_sub(1)
}

/// What stands on the front page (`None`) or an older one, of a list whose newest is first.
pub(super) fn on_page<T>(list: &[T], page: Option<usize>) -> &[T] {
    let end = list.len();
    let range = match page {
        None => 0..end - older_pages(end) * ON_A_PAGE,
        Some(page) => end.saturating_sub(page * ON_A_PAGE)..end.saturating_sub((page - 1) * ON_A_PAGE),
    };
    list.get(range).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn older_pages_stay_as_cases_come() {
        let list = |count: usize| (0..count).rev().collect::<Vec<usize>>();
        for (count, older) in [(0, 0), (49, 0), (99, 0), (100, 1), (149, 1), (150, 2)] {
            assert_eq!(older_pages(count), older, "{count}");
            let list = list(count);
            let mut seen: Vec<usize> = on_page(&list, None).to_vec();
            (1..=older).rev().for_each(|page| seen.extend(on_page(&list, Some(page))));
            assert_eq!(seen, list);
        }
        assert_eq!(on_page(&list(120), Some(1)), on_page(&list(140), Some(1)));
    }
}
