//! No recipient stands in To or Cc: the same mail went to many. Newsletters and people who write to many do that too.

use super::{Scene, Sign, delivery};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let mail = scene.mail;
    let named = |field: &&crate::mail::Field<'_>| {
        (field.is("to") || field.is("cc")) && memchr::memchr(b'@', field.value).is_some()
    };
    let excused = scene.is_list_mail() || mail.list.id.is_some() || scene.is_carrier();
    let hidden = !excused && mail.fields.iter().find(named).is_none() && delivery::entry(scene).is_some();
    let shown = mail.fields.iter().find(|field| field.is("to"));
    hidden.then(|| shown.map_or_else(|| Sign::missing_from_header(mail), Sign::at))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn nobody_is_named() {
        let mail = "Received: from x.example.net (x.example.net [192.0.2.7])\n\tby mx.example.jp; Mon, 23 Nov 2026 10:00:00 +0900\nFrom: a@example.com\nTo: undisclosed-recipients:;\n\nHello\n";
        assert!(fires("recipients-hidden", mail, ""));
        assert!(!fires("recipients-hidden", &mail.replace("undisclosed-recipients:;", "b@example.jp"), ""));
    }
}
