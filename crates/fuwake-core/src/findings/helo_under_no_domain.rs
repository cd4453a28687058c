//! The sending machine introduced itself (HELO, RFC 5321 section 4.1.1.1) by a name whose suffix was never delegated: drawn by lot. Private
//! suffixes (`.local`, `.lan`) have a finding of their own ([`super::helo_without_name`]).

use super::{Scene, Sign, delivery};
use crate::domain::can_exist;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let entry = delivery::entry(scene)?;
    let helo = entry.helo.as_deref()?.to_ascii_lowercase();
    let top = helo.rsplit_once('.')?.1;
    let drawn = top.len() > 1 && top.bytes().all(|byte| byte.is_ascii_alphabetic()) && !can_exist(&helo);
    (drawn && !entry.authenticated && !scene.is_list_mail() && super::delivery_report::find(scene).is_none())
        .then(|| Sign::at(entry.span).with("helo", helo))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(helo: &str) -> bool {
        let mail = format!(
            "Received: from {helo} ([192.0.2.1]) by mx.example.jp; Tue, 09 Jun 2026 08:41:10 +0900\nFrom: a@example.com\n\nhello\n"
        );
        fires("helo-under-no-domain", &mail, "mx.example.jp")
    }

    #[test]
    fn made_up_names() {
        assert!(is_found("qkmtcc.syossx.bde"));
        assert!(!is_found("mail.example.com"));
        assert!(!is_found("pc7.local"));
        assert!(!is_found("[192.0.2.1]"));
    }
}
