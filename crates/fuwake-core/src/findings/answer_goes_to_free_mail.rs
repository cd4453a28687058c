//! No link leads to a site, and a mail address to write to is under a free-mail service other than the sender's own address.

use super::{Scene, Sign};
use crate::knowledge::DomainKind;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    if scene.web_links().next().is_some() || scene.answers || scene.is_list_mail() {
        return None;
    }
    let own = scene.from().and_then(|from| from.address.as_deref());
    let (link, address) = scene.links().find_map(|link| {
        let address = link.url.strip_prefix("mailto:")?.split('?').next()?;
        let domain = address.rsplit_once('@')?.1.to_ascii_lowercase();
        let free = scene.knowledge.kind(&domain) == Some(DomainKind::FreeMail);
        (free && own.is_none_or(|own| !own.eq_ignore_ascii_case(address))).then_some((link, address))
    })?;
    let personal = scene.from_domain().is_some_and(|domain| scene.is_anybodys(domain));
    (!personal).then(|| Sign::at(link.because.clone()).with("address", address))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    #[test]
    fn a_company_that_answers_from_free_mail() {
        let mail = |address| {
            format!("From: a@example.com\nContent-Type: text/html\n\n<a href=\"mailto:{address}\">here</a>\n")
        };
        let fires = |address| fires("answer-goes-to-free-mail", &mail(address), "");
        assert!(fires("taro@gmail.com"));
        assert!(!fires("info@example.com"));
    }
}
