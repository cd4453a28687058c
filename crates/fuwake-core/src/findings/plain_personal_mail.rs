//! A letter and nothing else: no link, no file, no company's name, no wording that frauds use, answers go to the writer. Frauds
//! that begin with a plain letter exist, so it weighs little.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let mail = scene.mail;
    let author = scene.from()?;
    let same_reply = mail.reply_to.iter().all(|reply| reply.domain == author.domain);
    let bare = scene.links().next().is_none() && mail.attachments.is_empty() && mail.carried.is_empty();
    let plain = mail.bodies.iter().all(|body| body.html.as_ref().is_none_or(|html| html.images.is_empty()));
    let silent = scene.claims.iter().all(|claim| !claim.is_clear()) && scene.phrases.is_empty();
    (bare
        && plain
        && !scene.is_cut()
        && silent
        && same_reply
        && !mail.text.trim().is_empty()
        && author.domain.is_some())
    .then(|| Sign::in_body(mail))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn a_letter() {
        let mail = "From: a@example.com\nSubject: Saturday\n\nShall we meet at the station?\n";
        assert!(fires("plain-personal-mail", mail, ""));
        assert!(!fires("plain-personal-mail", &format!("{mail}http://b.example.net/x\n"), ""));
        assert!(!fires("plain-personal-mail", &format!("Reply-To: k@example.net\n{mail}"), ""));
    }
}
