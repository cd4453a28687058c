//! The From holds no address that anybody could answer, though the mail came from outside. Silent for delivery reports and for
//! the notes that a machine writes to its own users.

use super::{Scene, Sign, delivery};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let mail = scene.mail;
    let usable = scene.from_domain().is_some_and(|domain| domain.contains('.'));
    let automatic =
        mail.list.auto_submitted.is_some() || scene.is_carrier() || delivery::has_null_sender(scene);
    if usable || automatic || delivery::entry(scene).is_none() {
        return None;
    }
    let written = scene.from().map(|author| author.raw.chars().take(120).collect::<String>());
    let sign = scene.from().map_or_else(|| Sign::missing_from_header(mail), Sign::at);
    Some(sign.with("from", written.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    const MAIL: &str = "Received: from x.example.net (x.example.net [192.0.2.7])\n\tby mx.example.jp; Mon, 23 Nov 2026 10:00:00 +0900\nFrom: Points <points@localhost>\nTo: b@example.jp\n\nHello\n";

    #[test]
    fn no_domain_to_answer() {
        let id = "from-without-usable-domain";
        assert!(fires(id, MAIL, ""));
        assert!(!fires(id, &MAIL.replace("localhost", "example.com"), ""));
        assert!(!fires(id, &format!("Return-Path: <>\n{MAIL}"), ""));
    }
}
