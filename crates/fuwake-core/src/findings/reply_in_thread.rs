//! The mail answers another one (In-Reply-To or References, RFC 5322 section 3.6.4) and quotes it. Easily forged, hence no
//! proof; silent where it speaks in a known company's name or links much.

use super::{Scene, Sign};

/// More links than this are no letter.
const FEW: usize = 10;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let mail = scene.mail;
    let field = mail.fields.iter().find(|field| field.is("in-reply-to") || field.is("references"))?;
    let quotes = mail
        .text
        .lines()
        .any(|line| line.trim_start().starts_with(['>', '|', '＞']) || line.ends_with("wrote:"));
    let reply = scene.subject.text.starts_with("re:") || scene.subject.text.starts_with("aw:");
    let claimed = scene.claims.iter().any(|claim| claim.stands_in(crate::impersonation::Place::DisplayName));
    let letter = !claimed && !scene.lures() && scene.web_links().take(FEW + 1).count() <= FEW;
    (letter && (quotes || reply)).then(|| Sign::at(field))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn an_answer_with_its_question() {
        let mail = "From: a@example.com\nIn-Reply-To: <1@example.jp>\nSubject: Re: Saturday\n\n> Shall we go?\nYes.\n";
        assert!(fires("reply-in-thread", mail, ""));
        assert!(!fires("reply-in-thread", &mail.replace("In-Reply-To", "X-Reply"), ""));
        let lure = "アカウントを停止します。";
        let id = "account-suspension-threat";
        for quoted in [
            format!("> {lure}\n"),
            format!(
                "-----Original Message-----\nFrom: b@example.com\nSent: Monday\nTo: a@example.com\nSubject: x\n\n{lure}\n"
            ),
        ] {
            let head = "From: a@example.com\nIn-Reply-To: <1@example.jp>\nSubject: Re: x\nContent-Type: text/plain; charset=utf-8\n\n";
            assert!(!fires(id, &format!("{head}This is a fraud.\n\n{quoted}"), ""), "{quoted}");
            assert!(
                fires(id, &format!("{head}{quoted}"), ""),
                "an answer that says nothing of its own is none"
            );
        }
        assert!(!fires("reply-in-thread", &mail.replace("a@example.com", "Amazon <a@example.com>"), ""));
    }
}
