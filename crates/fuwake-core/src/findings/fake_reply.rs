//! The subject pretends that a talk goes on (`Re:`), but nothing shows one: neither In-Reply-To nor References (RFC 5322 section
//! 3.6.4) nor a quotation. Silent for lists and for carried mails; some old programs write no such fields, so it is no proof.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let mail = scene.mail;
    let subject = mail.subject.as_ref()?;
    let reply = scene.subject.text.starts_with("re:") || scene.subject.text.starts_with("re :");
    let excused = mail.list.is_reply || scene.is_list_mail() || scene.is_carrier() || quotes(&mail.text);
    (reply && !excused).then(|| Sign::at(subject.span))
}

/// Lines that mail programs put before what they quote.
fn quotes(text: &str) -> bool {
    let quoted = |line: &str| {
        let line = line.trim_start();
        line.starts_with(['>', '|', '＞'])
            || ["-----Original", "From:", "差出人", "On ", "Le ", "Am ", "El ", "Il ", "Op "]
                .iter()
                .any(|start| line.starts_with(start))
            || line.ends_with("wrote:")
            || line.ends_with("のメッセージ:")
    };
    text.lines().any(quoted)
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn an_answer_to_nothing() {
        let mail = "From: a@example.com\nSubject: Re: your order\n\nPlease look at it.\n";
        assert!(fires("fake-reply", mail, ""));
        assert!(!fires("fake-reply", &format!("In-Reply-To: <1@example.jp>\n{mail}"), ""));
        assert!(!fires("fake-reply", &format!("{mail}\n> when does it come?\n"), ""));
    }
}
