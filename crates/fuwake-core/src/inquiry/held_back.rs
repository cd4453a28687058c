//! Steps that a visit does not take, wherever they come from: a redirect, a refresh, a script.

use url::Url;

use super::Visits;
use crate::knowledge::{GenuineSites, KeptMarks};
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

/// A document that a page asks for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Where.
    pub url: String,
    /// What is sent along: the fields of a form.
    pub body: Option<String>,
    /// For a frame of the page.
    pub is_frame: bool,
}

impl Asked {
    /// Its address, with what is sent along as if it stood in the query, so that both are judged alike.
    fn told(&self) -> Option<String> {
        let fields = fields(self.body.as_deref()?);
        let mut url = Url::parse(&self.url).ok()?;
        let query = url.query().map(|query| format!("{query}&{fields}")).unwrap_or(fields);
        url.set_query(Some(&query));
        Some(url.into())
    }

    /// A puzzle for the reader, by hosts of those who make them: their addresses name the page that they stand on, whatever it is called.
    fn is_captcha(&self) -> bool {
        const MAKERS: [&str; 8] = [
            "arkoselabs.com",
            "challenges.cloudflare.com",
            "friendlycaptcha.com",
            "funcaptcha.com",
            "geetest.com",
            "hcaptcha.com",
            "mtcaptcha.com",
            "recaptcha.net",
        ];
        let Ok(url) = Url::parse(&self.url) else { return false };
        let host = url.host_str().unwrap_or_default();
        let is_of =
            |maker: &str| host.strip_suffix(maker).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        let google = host == "www.google.com" && url.path().starts_with("/recaptcha/");
        google || MAKERS.into_iter().any(is_of)
    }
}

/// What a form sends, in whichever of its three ways (HTML, section 4.10.21.8), as fields of a query.
fn fields(body: &str) -> String {
    if !body.starts_with("--") {
        return body.replace("\r\n", "&");
    }
    let parts = body.split("name=\"").skip(1).filter_map(|part| {
        let (name, rest) = part.split_once('"')?;
        let value = rest.split_once("\r\n\r\n")?.1;
        Some(format!("{name}={}", value.split("\r\n--").next().unwrap_or_default()))
    });
    parts.collect::<Vec<_>>().join("&")
}

/// Which steps visits take. The default keeps from acting alone, and takes every link for one that may know its reader.
#[derive(Clone, Debug, Default)]
pub struct StepRule {
    sites: Option<GenuineSites>,
    is_genuine_wished: bool,
    is_exact: bool,
}

impl StepRule {
    /// Those that spare known brands' own sites too.
    #[must_use]
    pub const fn sparing(sites: GenuineSites) -> Self {
        Self { sites: Some(sites), is_genuine_wished: false, is_exact: false }
    }

    /// Those of visits as they are wished for.
    #[must_use]
    pub const fn of(sites: GenuineSites, visits: &Visits) -> Self {
        Self { sites: Some(sites), is_genuine_wished: visits.genuine, is_exact: visits.exact }
    }

    /// Why a document must not be asked for. Frames are no steps of the reader: what others' frames show is theirs to show, also where they
    /// are a known brand's, and only what acts is held back; puzzles never are, or no page behind one would be seen.
    #[must_use]
    pub fn judge_asked(&self, link: &str, asked: &Asked) -> Option<HeldBack> {
        if asked.is_frame && asked.is_captcha() {
            return None;
        }
        let acting = Self { is_genuine_wished: true, ..self.clone() };
        let rule = if asked.is_frame { &acting } else { self };
        let told = || acting.judge(link, &asked.told()?);
        rule.judge(link, &asked.url).or_else(told)
    }

    /// Why a document of the page must not be asked for: `step`, on the way that began at `link`; none where it may. A link was judged
    /// with its mail before it was asked for, so that only what came on the way confirms anything; and a code that a server drew for
    /// whoever asked is the reader's only where the link still said who he is.
    #[must_use]
    pub fn judge(&self, link: &str, step: &str) -> Option<HeldBack> {
        let url = Url::parse(step).ok()?;
        let is_link = Url::parse(link).is_ok_and(|link| link == url);
        let confirms = || !is_link && self.may_know_reader(link) && confirmation::brings_codes(link, step);
        if way_out::address_acts(step) || confirms() {
            return Some(HeldBack::Acts);
        }
        let sites = self.sites.as_ref().filter(|_| !self.is_genuine_wished)?;
        let is_spared = |url: &Url| url.host_str().is_some_and(|host| sites.has(host.trim_end_matches('.')));
        // A brand's open redirector leads on to wherever its address says.
        let leads_out = || sites.redirected(&url).is_some_and(|target| !is_spared(&target));
        (is_spared(&url) && !leads_out()).then_some(HeldBack::GenuineSite)
    }

    /// Decoys were put in the place of what could tell his readers apart, as far as that can be told from what a page is called.
    fn may_know_reader(&self, link: &str) -> bool {
        let Some(sites) = &self.sites else { return true };
        let host = Url::parse(link).ok().and_then(|link| link.host_str().map(str::to_owned));
        let keeps = host.is_none_or(|host| sites.keeps_marks(&host) != KeptMarks::None);
        self.is_exact || keeps || confirmation::may_know_reader(link)
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
            "https://www.example.net/cancel?order=10423",
            "https://www.example.net/rsvp?answer=yes&id=10423",
            "https://www.example.net/invite/10423/accept",
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
            "https://www.example.net/login?return=/account/logout",
            "https://www.example.net/cancel",
            "https://www.example.net/cancel/login.php?lang=ja",
        ] {
            assert_eq!(StepRule::default().judge(LINK, step), None, "{step}");
        }
    }

    #[test]
    fn what_is_sent_along_may_act() {
        let judged = |url: &str, body: &str| {
            let asked = Asked { url: url.into(), body: Some(body.into()), is_frame: false };
            StepRule::default().judge_asked(LINK, &asked)
        };
        let (confirm, next) = ("https://www.example.net/confirm", "https://www.example.net/next?a=1");
        let parts = "--x\r\ncontent-disposition: form-data; name=\"token\"\r\n\r\n9f8e7d6c5b4a\r\n--x--\r\n";
        for (url, body) in [
            (confirm, "token=9f8e7d6c5b4a"),
            (confirm, "lang=ja\r\ntoken=9f8e7d6c5b4a\r\n"),
            (confirm, parts),
            (next, "action=%75nsubscribe"),
            (next, "do=verify&code=482913"),
            ("https://www.example.net/logout", ""),
        ] {
            assert_eq!(judged(url, body), Some(HeldBack::Acts), "{url} {body}");
        }
        for (url, body) in [(confirm, "lang=ja"), (confirm, ""), (next, "token=9f8e7d6c5b4a"), (next, "--")] {
            assert_eq!(judged(url, body), None, "{url} {body}");
        }
    }

    #[test]
    fn frames_are_no_steps_of_the_reader() {
        let rule = StepRule::sparing(knowledge().genuine_sites());
        let frame =
            |url: &str| rule.judge_asked(LINK, &Asked { url: url.into(), body: None, is_frame: true });
        for shown in [
            "https://www.google.com/recaptcha/api2/anchor?ar=1&k=6LcVerifyAAAAAJ8f3a9c2b7d81&size=invisible",
            "https://newassets.hcaptcha.com/captcha/v1/8f3a9c2b7d81/hcaptcha.html#host=verify.example.net&sitekey=9f8e7d6c5b4a",
            "https://challenges.cloudflare.com/cdn-cgi/challenge-platform/verify/8f3a9c2b7d81",
            "https://www.amazon.co.jp/ap/signin",
            "https://www.example.net/in",
        ] {
            assert_eq!(frame(shown), None, "{shown}");
        }
        for acts in [
            "https://www.example.net/logout",
            "https://www.amazon.co.jp/verify?code=482913",
            "https://hcaptcha.com.example.net/verify/8f3a9c2b7d81",
        ] {
            assert_eq!(frame(acts), Some(HeldBack::Acts), "{acts}");
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
        for onward in [
            "https://www.google.com/url?q=https%3A%2F%2Fwww.example.net%2F",
            "https://www.google.com/amp/s/www.evil.com/login",
            "https://www.bing.com/ck/a?!&&p=1&u=a1aHR0cHM6Ly93d3cuZXZpbC5jb20vYQ&ntb=1",
        ] {
            assert_eq!(steps.judge(LINK, onward), None, "{onward}");
        }
        for back in [
            "https://accounts.google.com/signin?continue=https://mail.google.com/",
            "https://www.google.com/url?q=https%3A%2F%2Fwww.amazon.co.jp%2F",
        ] {
            assert_eq!(steps.judge(LINK, back), Some(HeldBack::GenuineSite), "{back}");
        }
    }

    #[test]
    fn a_code_is_the_readers_only_where_the_link_knew_him() {
        let rule = StepRule::sparing(knowledge().genuine_sites());
        let exact = StepRule::of(knowledge().genuine_sites(), &Visits { exact: true, ..Visits::default() });
        for link in [
            "https://www.example.net/",
            "https://www.example.net/login/index.php?email=pkfp%40ibfd.example.com",
            "https://www.example.net/u/8f3a9c2b7d81e4455?c=482913",
        ] {
            for step in [
                "https://www.example.org/verify/8f3a9c2b7d00/",
                "https://www.example.org/confirm/?dispatch=5885d80a13c0db1f",
            ] {
                assert_eq!(rule.judge(link, step), None, "{link} {step}");
                assert_eq!(exact.judge(link, step), Some(HeldBack::Acts), "{link} {step}");
            }
            let leaves = "https://www.example.org/unsubscribe?u=8f3a9c2b7d00";
            assert_eq!(rule.judge(link, leaves), Some(HeldBack::Acts), "{link}");
        }
        for link in [
            "https://bit.ly/login",
            "https://r10.to/hYKx",
            "https://go.example.net/x7Kq",
            "https://www.example.net/r/48213",
        ] {
            let step = "https://www.example.org/verify/8f3a9c2b7d00/";
            assert_eq!(rule.judge(link, step), Some(HeldBack::Acts), "{link}");
        }
    }

    #[test]
    fn a_link_is_no_step_of_its_own_way() {
        for link in [
            "https://www.example.net/verify.php?email=pkfp%40ibfd.example.com",
            "https://www.example.net/verify.php?token=Kx8f%2B2Qa9",
            "https://www.example.net/%76erify?code=482913",
        ] {
            assert_eq!(StepRule::default().judge(link, link), None, "{link}");
            let further = format!("{link}&step=2");
            assert_eq!(StepRule::default().judge(link, &further), None, "{link}");
        }
    }
}
