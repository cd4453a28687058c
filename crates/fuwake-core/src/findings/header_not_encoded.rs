//! Subject or From holds bytes beyond ASCII that are not UTF-8: RFC 2047 asks for encoded words, RFC 6532 for UTF-8. Home-made
//! sending programs write so; some old ones of honest people did too.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let shown = scene.mail.fields.iter().filter(|field| field.is("subject") || field.is("from"));
    let raw = shown.filter(|field| !field.value.is_ascii() && str::from_utf8(field.value).is_err());
    let field = raw.into_iter().next()?;
    Some(Sign::at(field).with("field", field.name))
}

#[cfg(test)]
mod tests {
    use crate::mail::{RawMail, Trusted, dissect};

    #[test]
    fn raw_bytes_but_not_utf8() {
        let fires = |bytes: &[u8]| {
            let mail = dissect(RawMail { bytes, size: 0, sha256: [0; 32] }, &Trusted::default());
            let knowledge =
                crate::knowledge::Knowledge::embedded().expect("the library carries its knowledge");
            let (ledger, reader) = Default::default();
            super::find(&super::Scene::new(&mail, &ledger, &knowledge, &reader)).is_some()
        };
        assert!(fires(b"Subject: \x8f\xd8\x8e\x96\r\n\r\nx"));
        assert!(!fires("Subject: お知らせ\r\n\r\nx".as_bytes()));
        assert!(!fires(b"Subject: news\r\n\r\nx"));
    }
}
