//! Security gateways, which rewrite the links of the mails that they let through, and click trackers that hide the target.

use url::Url;

use super::encoding::{address, base64, parameter, percent};
use super::{Opened, Target};
use crate::mail::Link;

/// How a gateway's link carries its target.
#[derive(Clone, Copy)]
enum Form {
    /// In a query parameter, percent-encoded.
    Parameter(&'static str),
    /// In a query parameter, base64.
    Base64(&'static str),
    /// Percent-encoded at the end of the path.
    Path,
    /// Between `___` and `___` in the path.
    Underscores,
    /// Only the host, in a query parameter, or nothing at all.
    Host(&'static str),
    /// Proofpoint's three.
    Proofpoint,
}

/// Host (itself and its subdomains), who it is, and the form.
const GATEWAYS: &[(&str, &str, Form)] = &[
    ("safelinks.protection.outlook.com", "safe-links", Form::Parameter("url")),
    ("safelinks.protection.outlook.us", "safe-links", Form::Parameter("url")),
    ("safelinks.office.net", "safe-links", Form::Parameter("url")),
    ("urldefense.proofpoint.com", "proofpoint", Form::Proofpoint),
    ("urldefense.com", "proofpoint", Form::Proofpoint),
    ("urldefense.us", "proofpoint", Form::Proofpoint),
    ("linkprotect.cudasvc.com", "barracuda", Form::Parameter("a")),
    ("secure-web.cisco.com", "cisco", Form::Path),
    ("mimecast.com", "mimecast", Form::Host("domain")),
    ("mimecastprotect.com", "mimecast", Form::Host("domain")),
    ("trendmicro.com", "trend-micro", Form::Parameter("url")),
    ("protection.sophos.com", "sophos", Form::Base64("u")),
    ("fireeye.com", "trellix", Form::Parameter("u")),
    ("trellix.com", "trellix", Form::Parameter("u")),
    ("protect.checkpoint.com", "check-point", Form::Underscores),
    ("url.avanan.click", "check-point", Form::Underscores),
    ("avanan.url-protection.com", "check-point", Form::Parameter("o")),
    ("clicktime.symantec.com", "symantec", Form::Parameter("u")),
    ("clicktime.cloud.postoffice.net", "trustwave", Form::Parameter("u")),
    ("scanmail.trustwave.com", "trustwave", Form::Parameter("u")),
    ("urlsand.esvalabs.com", "libraesva", Form::Parameter("u")),
    ("link.edgepilot.com", "edge-pilot", Form::Parameter("u")),
    ("antiphishing.vadesecure.com", "vade", Form::Parameter("u")),
    ("atpscan.global.hornetsecurity.com", "hornetsecurity", Form::Parameter("url")),
    ("shared.outlook.inky.com", "inky", Form::Host("domain")),
];

/// Click trackers and gateways that keep the target to themselves: host, what the path begins with.
const OPAQUE: &[(&str, &str)] = &[
    ("sendgrid.net", "/ls/click"),
    ("sendgrid.net", "/wf/click"),
    ("list-manage.com", "/track/click"),
    ("mailchimp.com", "/mctx/clicks"),
    ("mailgun.org", "/c/"),
    ("hubspotlinks.com", "/"),
    ("hubspotemail.net", "/"),
    ("rs6.net", "/"),
    ("exct.net", "/"),
    ("mkto-si0.com", "/"),
    ("sparkpostmail.com", "/f/"),
    ("mjt.lu", "/lnk/"),
    ("sendibt2.com", "/tr/cl/"),
    ("sendibt3.com", "/tr/cl/"),
    ("url.emailprotection.link", "/"),
];

/// Opens a link by its host; none where nobody that is known wrapped it.
pub(super) fn open(link: &Link) -> Option<Opened> {
    let host = link.host.as_deref()?;
    if !is_known(host) {
        return None;
    }
    let url = &Url::parse(&link.url).ok()?;
    if let Some(&(_, wrapper, form)) = GATEWAYS.iter().find(|(gateway, ..)| is_under(host, gateway)) {
        return target(url, form).map(|target| Opened { wrapper, target });
    }
    let tracker =
        OPAQUE.iter().find(|(tracker, path)| is_under(host, tracker) && url.path().starts_with(path));
    tracker.map(|_| Opened { wrapper: "click-tracker", target: Target::Opaque })
}

fn is_known(host: &str) -> bool {
    GATEWAYS.iter().any(|(gateway, ..)| is_under(host, gateway))
        || OPAQUE.iter().any(|(tracker, _)| is_under(host, tracker))
}

/// Whether `host` is `domain` or stands under it.
pub(super) fn is_under(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

fn target(url: &Url, form: Form) -> Option<Target> {
    let found = match form {
        Form::Parameter(name) => parameter(url, name).and_then(|v| address(&v)),
        Form::Base64(name) => {
            parameter(url, name).and_then(|v| address(&v).or_else(|| address(&base64(&v)?)))
        }
        Form::Path => {
            let rest = url.path().trim_start_matches('/').split_once('/')?.1;
            address(rest)
        }
        Form::Underscores => url.as_str().split("___").nth(1).and_then(address),
        Form::Host(name) => {
            let is_link = url.path().starts_with("/s/")
                || url.path().starts_with("/r/")
                || parameter(url, name).is_some();
            return is_link.then(|| parameter(url, name).map_or(Target::Opaque, Target::Host));
        }
        Form::Proofpoint => proofpoint(url),
    };
    found.map(Target::Url)
}

/// Proofpoint URL Defense, versions 1 to 3.
fn proofpoint(url: &Url) -> Option<String> {
    let path = url.path();
    if path.starts_with("/v3/") {
        return proofpoint_3(url.as_str());
    }
    let wrapped = parameter(url, "u")?;
    if path.starts_with("/v2/") {
        address(&percent(&wrapped.replace('-', "%").replace('_', "/")))
    } else {
        address(&wrapped)
    }
}

/// Version 3, `/v3/__<address>__;<replaced characters>!…`: a `*` stands for the next replaced character, `**` and a letter for a
/// run of two or more of them.
fn proofpoint_3(url: &str) -> Option<String> {
    let (wrapped, rest) = url.split_once("/v3/__")?.1.rsplit_once("__;")?;
    let replaced = base64_bytes(rest.split('!').next()?)?;
    let mut replaced = replaced.chars();
    let mut target = String::with_capacity(wrapped.len());
    let mut characters = wrapped.chars().peekable();
    while let Some(c) = characters.next() {
        if c != '*' {
            target.push(c);
        } else if characters.next_if_eq(&'*').is_some() {
            let run = RUN_LENGTHS.iter().position(|&l| characters.peek() == Some(&char::from(l)))? + 2;
            characters.next();
            target.extend(replaced.by_ref().take(run));
        } else {
            target.push(replaced.next().unwrap_or('*'));
        }
    }
    address(&target)
}

/// The letters that stand for runs of 2, 3, 4 … replaced characters.
const RUN_LENGTHS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn base64_bytes(text: &str) -> Option<String> {
    if text.is_empty() { Some(String::new()) } else { base64(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(url: &str) -> Option<Opened> {
        open(&crate::mail::link::resolve::build(url, None, crate::mail::link::Source::Text))
    }

    #[test]
    fn gateways_give_their_targets() {
        for (wrapped, wrapper, target) in [
            (
                "https://jpn01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fevil.example%2Fa%3Fb%3D1&data=05",
                "safe-links",
                "https://evil.example/a?b=1",
            ),
            (
                "https://urldefense.proofpoint.com/v1/url?u=http://evil.example/a&k=x",
                "proofpoint",
                "http://evil.example/a",
            ),
            (
                "https://urldefense.proofpoint.com/v2/url?u=https-3A__evil.example_a-3Fb-3D1&d=x",
                "proofpoint",
                "https://evil.example/a?b=1",
            ),
            (
                "https://urldefense.com/v3/__https://evil.example/a*b__;Iw!!x$",
                "proofpoint",
                "https://evil.example/a#b",
            ),
            (
                "https://urldefense.com/v3/__https://evil.example/a**Ab__;IyM!!x$",
                "proofpoint",
                "https://evil.example/a##b",
            ),
            (
                "https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fevil.example%2f&c=E,1",
                "barracuda",
                "https://evil.example/",
            ),
            (
                "https://secure-web.cisco.com/1abc/https%3A%2F%2Fevil.example%2Fa",
                "cisco",
                "https://evil.example/a",
            ),
            (
                "https://jp.ctp.trendmicro.com/wis/clicktime/v1/query?url=https%3a%2f%2fevil.example&x=1",
                "trend-micro",
                "https://evil.example",
            ),
            (
                "https://eu-west-1.protection.sophos.com/?d=evil.example&u=aHR0cHM6Ly9ldmlsLmV4YW1wbGUv&i=x",
                "sophos",
                "https://evil.example/",
            ),
            (
                "https://protect2.fireeye.com/v1/url?k=a&q=1&u=https%3A%2F%2Fevil.example%2F",
                "trellix",
                "https://evil.example/",
            ),
            (
                "https://protect.checkpoint.com/v2/___https://evil.example/a___.YXA",
                "check-point",
                "https://evil.example/a",
            ),
        ] {
            assert_eq!(
                opened(wrapped),
                Some(Opened { wrapper, target: Target::Url(target.to_owned()) }),
                "{wrapped}"
            );
        }
        let mimecast = opened("https://protect-eu.mimecast.com/s/abc?domain=evil.example");
        assert_eq!(mimecast.map(|o| o.target), Some(Target::Host("evil.example".to_owned())));
        assert_eq!(
            opened("https://u1.ct.sendgrid.net/ls/click?upn=x").map(|o| o.target),
            Some(Target::Opaque)
        );
    }

    #[test]
    fn a_name_that_only_looks_like_a_gateway_is_none() {
        for url in [
            "https://safelinks.protection.outlook.com.evil.example/?url=https%3A%2F%2Fbrand.example",
            "https://evilurldefense.com/v3/__https://brand.example/__;!!",
            "https://www.trendmicro.com/ja_jp/business.html",
            "https://www.mimecast.com/products/",
        ] {
            assert_eq!(opened(url), None, "{url}");
        }
    }
}
