//! Redirectors of well-known companies, by the table of the knowledge base.

use url::Url;

use super::encoding::{address, base64, member, parameter, percent};
use super::{Opened, Target};
use crate::knowledge::{Knowledge, Redirector};
use crate::mail::Link;

/// Opens a link by its host.
pub(super) fn open(link: &Link, knowledge: &Knowledge) -> Option<Opened> {
    let candidates = knowledge.open_redirectors(link.host.as_deref()?);
    if candidates.is_empty() {
        return None;
    }
    let url = Url::parse(&link.url).ok()?;
    let target = redirected(&url, candidates)?;
    Some(Opened { wrapper: "redirector", target: Target::Url(target) })
}

/// Where an address leads, by the first of the rows that can say it.
pub(crate) fn redirected<'r>(url: &Url, rows: impl IntoIterator<Item = &'r Redirector>) -> Option<String> {
    rows.into_iter().find_map(|redirector| target(url, redirector))
}

fn target(url: &Url, redirector: &Redirector) -> Option<String> {
    let rest = url.path().strip_prefix(redirector.path.as_str())?;
    let behind = || match url.query() {
        Some(query) => format!("{rest}?{query}"),
        None => rest.to_owned(),
    };
    match redirector.encoding.as_str() {
        "" => {}
        "translate-goog" => return translated_host(url),
        "yahoo-ru" => return address(url.path().split_once("/RU=")?.1.split("/RK=").next()?),
        "wayback" => return address(behind().split_once('/')?.1),
        "cj-dlg" => return address(behind().split_once("dlg/")?.1),
        "prf-destination" => return address(behind().split_once("destination:")?.1),
        "govdelivery" => return address(url.query()?.split_once("&&&")?.1),
        "base64-json" => return address(&member(&base64(rest.split('/').next()?)?, "href")?),
        "jwt-url" => return address(&member(&base64(rest.split('.').nth(1)?)?, "url")?),
        "postmark" => return postmark(rest),
        _ => {}
    }
    let value = match redirector.parameter.as_str() {
        "path" => return address(&behind()).or_else(|| in_path(&redirector.path, &behind())),
        "query" => return address(url.query()?),
        name => parameter(url, name)?,
    };
    match redirector.encoding.as_str() {
        "bing-a1" => address(&base64(value.strip_prefix("a1")?)?),
        "base64" => address(&base64(&value)?),
        "mandrill" => address(&member(&member(&base64(&value)?, "p")?, "url")?),
        "google-cache" => address(value.strip_prefix("cache:")?),
        _ => address(&value),
    }
}

/// Host and path without a scheme; `/s/` before them means https.
fn in_path(prefix: &str, rest: &str) -> Option<String> {
    let rest = percent(rest);
    let host = rest.split(['/', '?']).next()?;
    let known = psl::domain(host.as_bytes()).is_some_and(|d| d.suffix().is_known());
    let scheme = if prefix.ends_with("/s/") { "https" } else { "http" };
    known.then(|| format!("{scheme}://{rest}"))
}

/// `evil-example.translate.goog`: a dot became `-`, a hyphen `--`.
fn translated_host(url: &Url) -> Option<String> {
    let label = url.host_str()?.strip_suffix(".translate.goog")?;
    let host = label.replace("--", "\0").replace('-', ".").replace('\0', "-");
    let mut target = url.clone();
    target.set_host(Some(&host)).ok()?;
    Some(target.into())
}

/// `3s/<host and path, percent-encoded>/…`.
fn postmark(rest: &str) -> Option<String> {
    let mut segments = rest.trim_start_matches('/').split('/');
    let scheme = if segments.next()?.ends_with('s') { "https" } else { "http" };
    let target = percent(segments.next()?);
    address(&format!("{scheme}://{target}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::schema::Data;

    fn redirector(host: &str, path: &str, parameter: &str, encoding: &str) -> Redirector {
        Redirector {
            host: host.to_owned(),
            path: path.to_owned(),
            parameter: parameter.to_owned(),
            encoding: encoding.to_owned(),
            note: String::new(),
        }
    }

    #[test]
    fn every_form_of_the_table_is_opened() {
        let rows = vec![
            redirector("google.com", "/url", "q", ""),
            redirector("google.com", "/amp/s/", "path", ""),
            redirector("*.translate.goog", "", "host", "translate-goog"),
            redirector("bing.com", "/ck/a", "u", "bing-a1"),
            redirector("awstrack.me", "/L0/", "path", ""),
            redirector("mandrillapp.com", "/track/click/", "p", "mandrill"),
            redirector("r.search.yahoo.com", "", "path", "yahoo-ru"),
            redirector("anon.to", "", "query", ""),
            redirector("web.archive.org", "/web/", "path", "wayback"),
            redirector("click.pstmrk.it", "", "path", "postmark"),
        ];
        let data = Data { redirectors: rows, ..Data::default() };
        let knowledge = Knowledge::new(data).expect("few rows");
        let link = |url: &str| crate::mail::link::resolve::build(url, None, crate::mail::link::Source::Text);
        let inner = data_encoding::BASE64.encode(br#"{"p":"{\"url\":\"https:\\/\\/evil.example\\/a\"}"}"#);
        let mandrill = format!("https://mandrillapp.com/track/click/1/x?p={inner}");
        for url in [
            "https://www.google.com/url?q=https://evil.example/a&sa=D",
            "https://www.google.com/amp/s/evil.com/a",
            "https://evil-example.translate.goog/a",
            "https://www.bing.com/ck/a?!&&p=1&u=a1aHR0cHM6Ly9ldmlsLmV4YW1wbGUvYQ&ntb=1",
            "https://abc.r.us-east-1.awstrack.me/L0/https:%2F%2Fevil.example%2Fa/1/010",
            &mandrill,
            "https://r.search.yahoo.com/_ylt=A/RV=2/RU=https%3a%2f%2fevil.example%2fa/RK=2/RS=x",
            "https://anon.to/?https://evil.example/a",
            "https://web.archive.org/web/20250101000000/https://evil.example/a",
            "https://click.pstmrk.it/3s/evil.example%2Fa/xyz/1",
        ] {
            let opened = open(&link(url), &knowledge).expect(url);
            assert!(
                matches!(&opened.target, Target::Url(target) if target.starts_with("https://evil.")),
                "{url} gave {opened:?}"
            );
        }
        assert_eq!(open(&link("https://www.google.com/url?q=weather"), &knowledge), None);
        assert_eq!(open(&link("https://google.com.evil.example/url?q=https://a.example"), &knowledge), None);
    }
}
