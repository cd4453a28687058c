//! The server that took the mail noted that the sending address has no reverse name. Mail servers of any care have one
//! (RFC 1912 section 2.1 asks for it).

use super::{Alignment, Scene, Sign, delivery};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let entry = delivery::entry(scene)?;
    let excused = entry.authenticated || scene.alignment == Alignment::Aligned || scene.is_list_mail();
    (!excused && delivery::is_nameless(scene, entry))
        .then(|| Sign::at(entry.span).with("ip", entry.ip.map(|ip| ip.to_string()).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn unknown_to_reverse_dns() {
        let mail = "Received: from mail.example.com (unknown [192.0.2.7])\n\tby mx.example.jp (Postfix) with ESMTP id A1; Mon, 23 Nov 2026 10:00:00 +0900\nFrom: a@example.com\n\nHello\n";
        assert!(fires("sending-host-without-name", mail, ""));
        assert!(!fires("sending-host-without-name", &mail.replace("(unknown", "(mail.example.com"), ""));
    }
}
