//! StepRule of a visit that are not taken, wherever they come from: a redirect, a refresh, a script.

use url::Url;

use crate::knowledge::GenuineSites;
use crate::mail::link::{confirmation, way_out};

/// Why a step is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeldBack {
    /// Opening it may already end a subscription or a session, or confirm something in the reader's name.
    Acts,
    /// It leads to a known brand's own site, which nobody wished to be visited.
    GenuineSite,
}

impl HeldBack {
    /// As evidence writes it.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Acts => "acts",
            Self::GenuineSite => "genuine-site",
        }
    }
}

/// Which steps visits take. The default keeps from acting alone.
#[derive(Clone, Debug, Default)]
pub struct StepRule {
    spared: Option<GenuineSites>,
}

impl StepRule {
    /// Those that spare known brands' own sites too.
    #[must_use]
    pub const fn sparing(genuine: GenuineSites) -> Self {
        Self { spared: Some(genuine) }
    }

    /// Why a document of the page must not be asked for: `step`, on the way that began at `link`; none where it may. A link was judged
    /// with its mail before it was asked for: what it carries itself are decoys, so that only what came on the way confirms anything.
    #[must_use]
    pub fn judge(&self, link: &str, step: &str) -> Option<HeldBack> {
        if way_out::address_acts(step) || confirmation::codes(step).any(|code| !link.contains(&code)) {
            return Some(HeldBack::Acts);
        }
        let url = Url::parse(step).ok()?;
        let host = url.host_str()?.trim_end_matches('.');
        let spared = self.spared.as_ref().filter(|spared| spared.has(host))?;
        // A brand's open redirector leads on to wherever its address says.
        let leads_on = spared.redirects(host) && confirmation::behind(&url).contains("://");
        (!leads_on).then_some(HeldBack::GenuineSite)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testing::knowledge;

    const LINK: &str = "https://click.example.net/r/48213?code=771204";

    #[test]
    fn steps_that_act_are_held_back() {
        for step in [
            "https://www.example.net/unsubscribe?u=1",
            "https://www.example.net/%75nsubscribe",
            "https://www.example.net/%2575nsubscribe",
            "https://www.example.net/account/logout",
            "https://www.example.net/?action=log%6Fut",
            "https://www.example.net/%E9%80%80%E4%BC%9A",
            "https://www.example.net/verify?code=482913",
            "https://www.example.net/%76erify?code=482913",
            "https://www.example.net/verify-email/Kx8f2Qa9",
            "https://www.example.net/activate?token=9f8e7d6c5b4a",
            "https://www.example.net/approve?key=8f3a9c2b",
            "https://www.example.net/account/confirm/482913",
            "https://www.example.net/auth?mode=verifyEmail&oobCode=Kx8f2Qa9",
            "https://www.example.net/#/confirm?token=482913",
        ] {
            assert_eq!(StepRule::default().judge(LINK, step), Some(HeldBack::Acts), "{step}");
        }
    }

    #[test]
    fn pages_that_only_ask_are_not() {
        for step in [
            LINK,
            "https://www.example.net/",
            "https://www.example.net/verify",
            "https://www.example.net/verify/index.php?lang=ja&step=2",
            "https://www.example.net/confirm/login.php?session=8f3a9c2b7d81",
            "https://www.example.net/verify?code=771204",
            "https://www.example.net/wp-includes/login.html#top",
            "https://www.example.net/login?token=9f8e7d6c5b4a",
        ] {
            assert_eq!(StepRule::default().judge(LINK, step), None, "{step}");
        }
    }

    #[test]
    fn a_brands_own_site_is_spared() {
        let steps = StepRule::sparing(knowledge().genuine_sites());
        for step in ["https://www.amazon.co.jp/ap/signin?token=1", "https://www.amazon.co.jp./"] {
            assert_eq!(steps.judge(LINK, step), Some(HeldBack::GenuineSite), "{step}");
            assert_eq!(StepRule::default().judge(LINK, step), None);
        }
        for step in ["https://amazon.co.jp.example.net/", "https://x.github.io/", "http://192.0.2.1/"] {
            assert_eq!(steps.judge(LINK, step), None, "{step}");
        }
        let onward = "https://www.google.com/url?q=https%3A%2F%2Fwww.example.net%2F";
        assert_eq!(steps.judge(LINK, onward), None);
    }
}
