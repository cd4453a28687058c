//! The reader told which address a service knows, and the mail in that service's name was sent to others only.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (_, brand) = scene.presented().next()?;
    let known: Vec<&str> = scene
        .reader
        .addresses
        .iter()
        .filter(|(service, _)| *service == brand.id)
        .map(|(_, address)| address.as_str())
        .collect();
    let mut recipients =
        scene.mail.recipients.iter().filter(|recipient| recipient.address.is_some()).peekable();
    recipients.peek()?;
    let reached = |address: &str| known.iter().any(|known| known.eq_ignore_ascii_case(address));
    let first = scene.mail.recipients.iter().find(|recipient| recipient.address.is_some())?;
    let wrong =
        !known.is_empty() && !recipients.any(|recipient| recipient.address.as_deref().is_some_and(reached));
    wrong.then(|| Sign::at(first).with("brand", &brand.name))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    use crate::evidence::Ledger;
    use crate::findings::Reader;

    #[test]
    fn another_address_than_the_registered_one() {
        let mail = "From: Amazon <a@example.com>\nTo: taro@example.jp\n\nx";
        let fires = |address: &str| {
            let reader = Reader { addresses: vec![("amazon".into(), address.into())], ..Reader::default() };
            found_for(mail, "", &reader, &Ledger::default()).contains(&"address-not-registered".to_owned())
        };
        assert!(fires("shop@example.jp"));
        assert!(!fires("taro@example.jp"));
    }
}
