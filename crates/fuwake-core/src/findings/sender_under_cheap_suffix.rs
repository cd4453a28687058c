//! The From domain was registered under a suffix that is cheap in bulk and much abused (`data/domains/cheap-suffixes.toml`). Honest shops and
//! developers are there too: a weak sign. Silent for known companies, lists and answers.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let author = scene.from()?;
    let domain = author.domain.as_deref()?;
    let suffix = scene.knowledge.cheap_suffix(domain)?;
    let known = scene.from_owner().is_some()
        || scene.knowledge.mail_service(domain).is_some()
        || scene.knowledge.kind(domain).is_some();
    (!known && !scene.is_list_mail() && !scene.answers)
        .then(|| Sign::at(author.address_span).with("domain", domain).with("suffix", suffix))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(head: &str) -> bool {
        fires(
            "sender-under-cheap-suffix",
            &format!("{head}\nTo: taro@example.jp\n\nhello\n"),
            "mx.example.jp",
        )
    }

    #[test]
    fn cheap_suffixes() {
        for head in ["From: Office <a@example-deals.top>", "From: Office <a@viro.example.sa.com>"] {
            assert!(is_found(head), "{head}");
        }
        for head in [
            "From: Office <a@example.com>",
            "From: Office <a@example-deals.top>\nSubject: Re: a\nIn-Reply-To: <1@example.jp>",
        ] {
            assert!(!is_found(head), "{head}");
        }
    }
}
