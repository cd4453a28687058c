//! Pages that become pictures: each is whole in itself, fetches nothing and runs nothing; whoever has a browser draws it.

mod card;
mod mail;

pub use card::{CARD, card_page};
pub use mail::{MAIL_WIDTH, mail_page};
