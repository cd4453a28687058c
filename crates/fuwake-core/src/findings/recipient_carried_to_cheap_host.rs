//! One and the same link holds the recipient's address and leads to a host that costs nothing or next to nothing: a cheap suffix, free hosting, a
//! bucket or an app of a cloud, a name that nobody can read. Silent where two links share these, and for lists and answers.

use super::{Scene, Sign, cheap_suffix_link, link_carries_recipient, random_looking_link_host};
use crate::knowledge::DomainKind;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    if scene.is_list_mail() || scene.answers {
        return None;
    }
    let (link, host) = link_carries_recipient::first(scene, |link, host| {
        scene.from_domain() != Some(host)
            && (scene.knowledge.kind(host) == Some(DomainKind::FreeHosting)
                || scene.knowledge.is_bucket(host)
                || scene.knowledge.is_app_host(host)
                || cheap_suffix_link::cheap_suffix(scene, link, host).is_some()
                || random_looking_link_host::is_strangers_and_random(scene, link, host))
    })?;
    Some(Sign::at(link.because.clone()).with("host", host))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(text: &str) -> bool {
        let mail = format!("From: a@example.com\nTo: taro@example.jp\n\nhello {text}\n");
        fires("recipient-carried-to-cheap-host", &mail, "")
    }

    #[test]
    fn on_one_link() {
        assert!(is_found("https://example-deals.top/?e=taro@example.jp"));
        assert!(is_found("https://example-a.web.app/?e=taro@example.jp"));
        assert!(!is_found("https://www.example.net/?e=taro@example.jp and https://example-deals.top/"));
        assert!(!is_found("https://example-deals.top/"));
    }
}
