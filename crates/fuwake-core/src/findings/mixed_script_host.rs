//! An internationalised label mixes Latin letters with those of scripts that resemble them (UTS #39 section 5), or is written wholly in
//! such look-alikes. Japanese with Latin letters is everyday.

use super::{Scene, Sign};
use crate::fold::confusable;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (link, host, shown) = scene.targets().take(100).find_map(|(link, host)| {
        let foreign = host.split('.').any(|label| label.starts_with("xn--"));
        let (shown, _) = idna::domain_to_unicode(host);
        let mixed = foreign && shown.split('.').any(looks_latin);
        mixed.then_some((link, host, shown))
    })?;
    Some(Sign::at(link.because.clone()).with("host", host).with("shown", shown))
}

/// A label that becomes plain ASCII by exchanging look-alike letters alone.
fn looks_latin(label: &str) -> bool {
    confusable::plain(label).is_some_and(|plain| plain.text.is_ascii())
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "mixed-script-host";

    #[test]
    fn lookalikes_count_and_other_scripts_do_not() {
        let mail = |host| {
            format!(
                "From: a@example.com\nContent-Type: text/html; charset=utf-8\n\n<a href=\"https://{host}/\">here</a>\n"
            )
        };
        assert!(fires(ID, &mail("xn--pypal-4ve.example"), ""));
        assert!(!fires(ID, &mail("xn--r8jz45g.jp"), ""));
        assert!(!fires(ID, &mail("www.example.com"), ""));
    }
}
