//! The sender is authenticated and lets readers unsubscribe with one click (RFC 8058), as the large mailbox providers ask of
//! honest bulk senders.

use super::{Alignment, Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let unsubscribe = scene.mail.list.unsubscribe.as_ref()?;
    (scene.mail.list.one_click && scene.alignment == Alignment::Aligned).then(|| Sign::at(unsubscribe))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn authenticated_and_one_click() {
        let mail = "Authentication-Results: mx.example.jp; dkim=pass header.d=example.com\nReceived: from x.example.com (x.example.com [192.0.2.7])\n\tby mx.example.jp; Mon, 23 Nov 2026 10:00:00 +0900\nFrom: a@example.com\nList-Unsubscribe: <https://example.com/u>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n\nHello\n";
        assert!(fires("one-click-unsubscribe", mail, "mx.example.jp"));
        assert!(!fires("one-click-unsubscribe", &mail.replace("dkim=pass", "dkim=fail"), "mx.example.jp"));
    }
}
