//! The mail bears a header field by which a vendor of phishing exercises knows his own mails, but nothing shows that it comes from
//! that vendor. Anybody can write the field, and some do, since filters let exercises through. A remark, no more.

use super::{Scene, Sign, exercise};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let mark = exercise::mark(scene).filter(|mark| !mark.proven)?;
    Some(Sign::at(mark.field).with("field", mark.field.name).with("vendor", &mark.vendor.name))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn a_mark_that_anybody_can_write() {
        let mail = "From: a@example.com\nX-PHISHTEST: 1234\nSubject: Your parcel\n\nOpen it.\n";
        assert!(fires("exercise-mark-unproven", mail, ""));
        assert!(!fires("exercise-mark-unproven", &mail.replace("PHISHTEST", "Phishing-Report"), ""));
    }
}
