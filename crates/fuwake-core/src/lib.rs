//! The pure middle of fuwake: what a mail says ([`mail`]), what is known ([`knowledge`]), what was
//! asked and answered ([`evidence`], [`inquiry`]), what follows ([`findings`], [`verdict`]) and the
//! whole of it ([`case`]). Nothing here touches the network, the disk, the clock or randomness; any
//! bytes give a value and a list of defects, never an error or a panic.

pub mod by_hand;
pub mod campaign;
pub mod case;
pub mod domain;
pub mod evidence;
pub mod expression;
pub mod findings;
pub mod fold;
pub mod imitation;
pub mod impersonation;
pub mod indicators;
pub mod inquiry;
pub mod knowledge;
pub mod landing;
pub mod language;
pub mod mail;
pub mod publication;
pub mod publish;
pub mod recipient;
pub mod report;
pub mod span;
mod spellings;
pub mod verdict;
