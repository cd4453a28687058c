//! The sending machine bears a name of the From's organisation in both directions of DNS. That speaks against a
//! borrowed domain, but proves neither the writer (others may send from the same machine) nor good intentions.

use super::{Scene, Sign, delivery, organisation};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let entry = delivery::entry(scene)?;
    let (name, from) = (entry.confirmed_name()?, scene.from_domain()?);
    (organisation::of(name) == organisation::of(from))
        .then(|| Sign::at(entry.span).with("host", name).with("from", from))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn a_machine_of_the_house() {
        let mail = "Received: from mta1.example.com (mta1.example.com [192.0.2.7])\n\tby mx.example.jp (Postfix) with ESMTP id A1; Mon, 23 Nov 2026 10:00:00 +0900\nFrom: a@mail.example.com\n\nHello\n";
        assert!(fires("sending-host-of-from-domain", mail, ""));
        assert!(!fires("sending-host-of-from-domain", &mail.replace("(mta1.example.com", "(unknown"), ""));
    }
}
