//! The author's own remarks.

use super::teller::Teller;
use crate::publish::words::article::closing::REMARKS;
use crate::report::{Block, Plain, Section};

/// How much of the remarks is taken, in bytes.
const LONGEST: usize = 64 << 10;

pub(super) fn section(teller: &Teller<'_>, notes: Option<&str>) -> Option<Section> {
    let notes = notes.map(str::trim).filter(|notes| !notes.is_empty())?;
    let notes = notes.get(..notes.floor_char_boundary(LONGEST)).unwrap_or_default();
    let clean = teller.writer.text(notes);
    Some(super::section("remarks", teller.title(REMARKS), vec![Block::Remarks(Plain::new(clean))]))
}
