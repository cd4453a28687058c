//! A web page's script handed the mail in, not a mail program: PHP's own header fields, or the web server's user in the first
//! trace line or the envelope. Shops and forms send so too, hence silent where the From domain is authenticated.

use super::{Alignment, Scene, Sign};
use crate::span::Because;

const FIELDS: [&str; 4] = ["x-php-originating-script", "x-php-script", "x-php-filename", "x-source-args"];
/// Users that web servers run as; 48 is Apache's number on Red Hat, 33 that on Debian.
const USERS: [&str; 5] = ["www-data", "apache", "nobody", "httpd", "nginx"];
const NUMBERS: [&str; 2] = ["userid 48)", "userid 33)"];

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    if scene.alignment == Alignment::Aligned || scene.is_list_mail() {
        return None;
    }
    by_field(scene).or_else(|| by_trace(scene)).or_else(|| by_envelope(scene))
}

fn by_field(scene: &Scene<'_>) -> Option<Sign> {
    let field = scene.mail.fields.iter().find(|field| FIELDS.iter().any(|name| field.is(name)))?;
    let script = String::from_utf8_lossy(field.value).trim().chars().take(120).collect::<String>();
    Some(Sign::at(field).with("how", format!("{}: {script}", field.name)))
}

fn by_trace(scene: &Scene<'_>) -> Option<Sign> {
    let oldest = scene.mail.fields.iter().rev().find(|field| field.is("received"))?;
    let line = String::from_utf8_lossy(oldest.value);
    let number = NUMBERS.iter().find(|number| line.contains(**number))?;
    Some(Sign::at(oldest).with("how", format!("Received: ({number}")))
}

fn by_envelope(scene: &Scene<'_>) -> Option<Sign> {
    let sender = scene.mail.envelope_from.as_ref()?;
    let user = sender.local_part().filter(|local| USERS.contains(local))?;
    Some(Sign::at(Because::from(sender)).with("how", user))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn php_and_apache() {
        let mail = "Received: by web3.example.net (Postfix, from userid 48)\n\tid AB12; Mon, 23 Nov 2026 10:00:00 +0900\nFrom: a@example.com\n\nHello\n";
        assert!(fires("sent-by-web-script", mail, ""));
        assert!(!fires("sent-by-web-script", &mail.replace("userid 48", "userid 1000"), ""));
        let mail = "X-PHP-Originating-Script: 1001:mailer.php\nFrom: a@example.com\n\nHello\n";
        assert!(fires("sent-by-web-script", mail, ""));
    }
}
