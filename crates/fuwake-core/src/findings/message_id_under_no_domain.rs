//! The Message-ID claims to have been made under a domain whose suffix was never delegated (`@fpzpbw.ypk`): a mailer drew it by lot.
//! Only what a kit draws is meant: one label under three letters. Names without a dot, private suffixes, and longer names that a mail
//! service or a program makes up (`i-0b81.mta1.prd.sparkpost`, `swift.generated`, `pod-7f9c.mail`) are what honest machines write.

use super::{Scene, Sign};
use crate::domain::can_exist;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let id = scene.mail.message_id.as_ref()?;
    let domain = id.domain.as_deref().filter(|domain| domain.contains('.') && !can_exist(domain))?;
    let top = domain.rsplit('.').next()?;
    let drawn = top.len() == 3
        && top.bytes().all(|byte| byte.is_ascii_alphabetic())
        && domain.matches('.').count() == 1
        && scene.from_domain() != Some(domain);
    (drawn && !scene.is_list_mail() && !scene.answers).then(|| Sign::at(id.span).with("domain", domain))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(head: &str) -> bool {
        fires(
            "message-id-under-no-domain",
            &format!("{head}\nTo: taro@example.jp\n\nhello\n"),
            "mx.example.jp",
        )
    }

    #[test]
    fn made_up_suffixes() {
        assert!(is_found("From: a@example.com\nMessage-ID: <1@fpzpbw.ypk>"));
        for head in [
            "From: a@example.com\nMessage-ID: <1@mail.example.com>",
            "From: a@example.com\nMessage-ID: <1@pc7.lan>",
            "From: a@example.com\nMessage-ID: <1@pc7>",
            "From: a@example.com\nMessage-ID: <1@i-0b81.mta1vrest.sd.prd.sparkpost>",
            "From: a@example.com\nMessage-ID: <1@swift.generated>",
        ] {
            assert!(!is_found(head), "{head}");
        }
    }
}
