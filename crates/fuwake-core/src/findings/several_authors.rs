//! Authors of several organisations in the From: allowed (RFC 5322 section 3.6.2), rarely meant, and used to show one address
//! while another is checked.

use super::{Scene, Sign, organisation};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (first, others) = scene.mail.authors.split_first()?;
    let domain = first.domain.as_deref()?;
    let other = others.iter().find(|author| {
        author.domain.as_deref().is_some_and(|other| !organisation::same(scene, domain, other))
    })?;
    (!scene.is_list_mail())
        .then(|| Sign::at(first).and(other).with("count", scene.mail.authors.len().to_string()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn two_organisations_write_together() {
        assert!(fires("several-authors", "From: a@example.com, b@example.net\n\nHello\n", ""));
        assert!(!fires("several-authors", "From: a@example.com, b@example.com\n\nHello\n", ""));
    }
}
