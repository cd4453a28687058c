//! The mail speaks in a known company's name and came from a machine that anybody can rent, without the From domain being
//! authenticated. Large companies' mail comes from their own servers or from mail services.

use super::{Alignment, Scene, Sign, delivery};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let entry = delivery::entry(scene)?;
    let (claim, brand) = scene.claimed()?;
    let name = entry.reverse_dns.as_deref()?;
    let provider = scene.knowledge.hosting_provider(name)?;
    let excused = scene.alignment == Alignment::Aligned
        || !claim.is_clear()
        || provider.kind == "access"
        || scene.knowledge.mail_service(name).is_some()
        || scene.belongs(name, brand)
        || scene.is_list_mail();
    (!excused).then(|| Sign::at(entry.span).with("host", name).with("provider", provider.name.clone()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn a_company_on_a_rented_machine() {
        let mail = "Received: from x (7.2.0.192.bc.googleusercontent.com [192.0.2.7])\n\tby mx.example.jp (Postfix) with ESMTP id A1; Mon, 23 Nov 2026 10:00:00 +0900\nFrom: Amazon <a@example.com>\n\nHello\n";
        assert!(fires("origin-at-rented-machine", mail, ""));
        assert!(!fires("origin-at-rented-machine", &mail.replace("Amazon", "Yamada"), ""));
    }
}
