//! Where a mail entered, as far as trace lines can be trusted.

use std::net::IpAddr;

use crate::mail::received::{Hop, Trust};
use crate::mail::trust;

/// The address that the mail came from, and the line that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The peer address.
    pub ip: IpAddr,
    /// The hop (0 = oldest) that recorded it.
    pub hop: usize,
    /// How far that line is believed; never [`Trust::Claimed`].
    pub trust: Trust,
}

/// Finds the origin in graded hops (oldest first).
///
/// It is the peer of the oldest observed line that saw a public address (of any address, where none did); where that peer
/// is a provider whose own, corroborated line records who handed the mail in, it is that client. A forwarder's lines
/// record no client, so the forwarder stays the origin.
#[must_use]
pub fn find(hops: &[Hop]) -> Option<Origin> {
    let observed = |hop: &Hop| hop.trust == Trust::Observed;
    let entry = position(hops, |hop| observed(hop) && hop.ip.is_some_and(trust::is_public))
        .or_else(|| position(hops, |hop| observed(hop) && hop.ip.is_some()))?;
    let index = client(hops, entry).unwrap_or(entry);
    Some(Origin { ip: hops[index].ip?, hop: index, trust: hops[index].trust })
}

fn position(hops: &[Hop], matches: impl FnMut(&Hop) -> bool) -> Option<usize> {
    hops.iter().position(matches)
}

/// The client that the provider below `entry` recorded in one of its lines.
fn client(hops: &[Hop], entry: usize) -> Option<usize> {
    if hops[entry].authenticated {
        return None;
    }
    let provider = hops[..entry].iter().rev().find_map(|hop| hop.by.as_deref())?;
    let own = |hop: &Hop| hop.by.as_deref().is_none_or(|by| trust::same_provider(by, provider));
    let lines =
        (0..entry).rev().take_while(|&index| hops[index].trust == Trust::Corroborated && own(&hops[index]));
    lines.into_iter().find(|&index| trust::records_client(&hops[index]))
}
