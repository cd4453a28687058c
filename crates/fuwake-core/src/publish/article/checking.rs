//! How to check for oneself, by what this mail gave away.

use super::teller::Teller;
use crate::publish::words::article::checking::*;
use crate::report::{Block, Cell, Plain, Section};
use crate::verdict::Class;

pub(super) fn section(teller: &Teller<'_>) -> Section {
    let points = points(teller).into_iter().map(|point| Cell { text: Plain::new(point), ..Cell::default() });
    let list = Block::List(points.collect());
    let blocks = teller.paragraph(&[teller.tell(LEAD)]).into_iter().chain([list]).collect();
    super::section("check", teller.title(TITLE), blocks)
}

fn points(teller: &Teller<'_>) -> Vec<String> {
    let brand = teller.mail.impersonation.as_ref().map(|whom| whom.name.as_str());
    let mut points = Vec::new();
    if matches!(teller.class(), Class::Fraud) {
        points.push(teller.tell(BY_CALL));
    } else {
        points.push(match brand {
            Some(brand) => teller.say(BY_APP, &[("brand", brand)]),
            None => teller.tell(BY_APP_UNNAMED),
        });
    }
    points.push(match (brand, teller.official()) {
        (Some(brand), _) if teller.class().is_unwanted() && is_spoofed(teller) => {
            teller.say(NOT_BY_ADDRESS, &[("brand", brand)])
        }
        (Some(brand), Some(official)) => teller.say(BY_DOMAIN, &[("brand", brand), ("official", &official)]),
        _ => teller.tell(BY_ADDRESS),
    });
    let host = teller.main_link().and_then(|link| link.host.as_deref());
    points.extend(host.map(|host| teller.say(BY_HOVER, &[("host", host)])));
    let unnamed = teller.has("greeting-without-name") || teller.has("greeted-by-address");
    points.extend((unnamed && teller.class().is_unwanted()).then(|| teller.tell(BY_NAME)));
    points.extend((!teller.mail.mail.attachments.is_empty()).then(|| teller.tell(BY_EXTENSION)));
    points.push(teller.tell(BY_SOURCE));
    points
}

/// The sender's line bears a domain of whom the mail imitates.
fn is_spoofed(teller: &Teller<'_>) -> bool {
    let from = teller.mail.mail.from.as_ref().and_then(|from| from.domain.as_deref());
    from.is_some_and(|domain| teller.is_official(domain))
}
