//! The mail bears a header field by which a vendor of phishing exercises knows his own mails. Anybody can write such a field,
//! so the mail stays unwanted; it only gets its right name.

use super::{Scene, Sign};

/// Field and vendor, as the vendors' and their customers' pages give them.
const FIELDS: [(&str, &str); 5] = [
    ("x-phishtest", "KnowBe4"),
    ("x-threatsim-id", "Proofpoint"),
    ("x-threatsim-header", "Proofpoint"),
    ("x-phishme", "Cofense PhishMe"),
    ("x-phishmetracking", "Cofense PhishMe"),
];

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let vendor = |name: &str| FIELDS.iter().find(|(field, _)| field.eq_ignore_ascii_case(name));
    let fields = scene.mail.fields.iter();
    let (field, (_, vendor)) = fields.filter_map(|field| Some((field, vendor(field.name)?))).next()?;
    Some(Sign::at(field).with("field", field.name).with("vendor", *vendor))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn names_itself() {
        let mail = "From: a@example.com\nX-PHISHTEST: 1234\nSubject: Your parcel\n\nOpen it.\n";
        assert!(fires("phishing-exercise", mail, ""));
        assert!(!fires("phishing-exercise", &mail.replace("PHISHTEST", "Phishing-Report"), ""));
    }
}
