//! A link followed without a browser: what servers say, and pages as they send them. What scripts would do is not seen.

use std::collections::BTreeMap;
use std::error::Error;
use std::io;
use std::time::{Duration, Instant};

use fuwake_core::evidence::visit::{Certificate, Download, Page, Profile, Step, StepKind, Visit, VisitEnd};
use fuwake_core::inquiry::StepRule;
use reqwest::{Client, Response, Url, header};
use tokio::time::{sleep, timeout_at};

use super::capture::Document;
use super::client::{body, client, redirect};
use super::course::BYTES;
use super::egress::Egress;
use super::end::by_outcome;
use super::steps::{MOST, now, sha256};
use super::{Visitor, charset, icon, page, steps};

/// The longest document that is read, in bytes.
const LONGEST: usize = 8 << 20;
/// A page that announces to go on later than this is not waited for, in seconds.
const PATIENCE: u64 = 10;

/// The way so far.
struct Way {
    /// Where it began, and which steps are taken on it.
    link: String,
    rule: StepRule,
    /// The last step was not taken.
    held_back: bool,
    judging: Client,
    lenient: Client,
    steps: Vec<Step>,
    /// By host: names and values of its cookies.
    cookies: BTreeMap<String, BTreeMap<String, String>>,
    last: Option<Document>,
    downloads: Vec<Download>,
    bytes: u64,
    bounds: Vec<String>,
}

/// Follows a link.
pub(super) async fn visit(visitor: &Visitor, url: &Url, profile: Profile) -> io::Result<Visit> {
    let egress = Egress::open(visitor.guard.clone(), BYTES).await?;
    let client = |judged| client(&egress, profile, "156", judged).map_err(io::Error::other);
    let mut way = Way {
        link: url.to_string(),
        rule: visitor.settings.steps.clone(),
        held_back: false,
        judging: client(true)?,
        lenient: client(false)?,
        steps: Vec::new(),
        cookies: BTreeMap::new(),
        last: None,
        downloads: Vec::new(),
        bytes: 0,
        bounds: Vec::new(),
    };
    let until = Instant::now() + visitor.settings.patience;
    if timeout_at(until.into(), way.follow(url.clone())).await.is_err() {
        way.bounds.push("time".to_owned());
    }
    let icon = match way.last.as_ref().and_then(page::icon) {
        Some(url) => timeout_at(until.into(), icon::icon(&way.lenient, url)).await.ok().flatten(),
        None => None,
    };
    way.told(visitor, &egress, icon)
}

impl Way {
    async fn follow(&mut self, mut url: Url) {
        let mut kind = StepKind::Link;
        while self.steps.len() < MOST {
            let Some((next, to, delay)) = self.step(kind, &url).await else { return };
            sleep(Duration::from_secs(delay)).await;
            (kind, url) = (next, to);
            if !matches!(url.scheme(), "http" | "https") {
                return;
            }
        }
        self.bounds.push("steps".to_owned());
    }

    /// One document; what it leads to.
    async fn step(&mut self, kind: StepKind, url: &Url) -> Option<(StepKind, Url, u64)> {
        self.steps.push(Step {
            url: steps::cut(url.as_str(), steps::ADDRESS),
            kind,
            at: now(),
            ..Step::default()
        });
        if let Some(why) = self.rule.judge(&self.link, url.as_str()) {
            self.held_back = true;
            self.steps.last_mut()?.fault = Some(why.id().to_owned());
            return None;
        }
        let (response, trusted) = match self.ask(url).await {
            Ok(answered) => answered,
            Err(why) => {
                let fault = if why.is_timeout() { "net::ERR_TIMED_OUT" } else { "net::ERR_FAILED" };
                self.steps.last_mut()?.fault = Some(fault.to_owned());
                return None;
            }
        };
        let step = self.steps.last_mut()?;
        step.status = Some(response.status().as_u16());
        step.headers =
            steps::headers(response.headers().iter().map(|(name, value)| {
                (name.as_str(), String::from_utf8_lossy(value.as_bytes()).into_owned())
            }));
        step.certificate =
            (url.scheme() == "https").then(|| Certificate { is_trusted: trusted, ..Certificate::default() });
        self.remember(url, &response);
        if let Some(to) = redirect(&response, url) {
            return Some((StepKind::Redirect, to, 0));
        }
        self.read(url, response).await
    }

    async fn ask(&self, url: &Url) -> reqwest::Result<(Response, bool)> {
        let ask = |client: &Client| {
            let request =
                client.get(url.clone()).header(header::ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8");
            let request = request.header("upgrade-insecure-requests", "1");
            let own = url.host_str().and_then(|host| self.cookies.get(host));
            let pairs: Vec<String> =
                own.into_iter().flatten().map(|(name, value)| format!("{name}={value}")).collect();
            if pairs.is_empty() {
                request.send()
            } else {
                request.header(header::COOKIE, pairs.join("; ")).send()
            }
        };
        match ask(&self.judging).await {
            // A certificate that does not hold is told, and the page looked at all the same.
            Err(why) if is_about_certificate(&why) => Ok((ask(&self.lenient).await?, false)),
            answered => Ok((answered?, true)),
        }
    }

    fn remember(&mut self, url: &Url, response: &Response) {
        let Some(host) = url.host_str() else { return };
        for cookie in response.headers().get_all(header::SET_COOKIE).iter().take(30) {
            let text = String::from_utf8_lossy(cookie.as_bytes());
            let pair = text.split(';').next().and_then(|pair| pair.split_once('='));
            if let Some((name, value)) = pair {
                let jar = self.cookies.entry(host.to_owned()).or_default();
                jar.insert(name.trim().to_owned(), value.trim().to_owned());
            }
        }
    }

    async fn read(&mut self, url: &Url, response: Response) -> Option<(StepKind, Url, u64)> {
        let text = |name| {
            response.headers().get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        let kind = text(header::CONTENT_TYPE).unwrap_or_default();
        let refresh = text(header::REFRESH);
        let disposition = text(header::CONTENT_DISPOSITION).unwrap_or_default();
        if is_file(&kind, &disposition) {
            let name = disposition.split("filename=").nth(1).unwrap_or_default().trim_matches('"');
            self.downloads.push(Download {
                url: steps::cut(url.as_str(), steps::ADDRESS),
                name: steps::cut(name, 300),
            });
            return None;
        }
        let (bytes, is_cut) = body(response, LONGEST).await.ok()?;
        self.bytes += bytes.len() as u64;
        if is_cut {
            self.bounds.push("bytes".to_owned());
        } else {
            self.steps.last_mut()?.body = Some(sha256(&bytes));
        }
        let document = Document {
            url: url.to_string(),
            html: charset::decode(&bytes, &kind),
            media_type: kind.split(';').next().unwrap_or_default().trim().to_owned(),
            ..Document::default()
        };
        let meta = page::refresh(&document);
        self.last = Some(document);
        let (how, words) = match (refresh, meta) {
            (Some(words), _) => (StepKind::RefreshHeader, words),
            (None, Some(words)) => (StepKind::MetaRefresh, words),
            (None, None) => return None,
        };
        let (delay, to) = page::refresh_target(&words)?;
        let to = url.join(to).ok()?;
        (delay <= PATIENCE).then_some((how, to, delay))
    }

    fn told(
        mut self,
        visitor: &Visitor,
        egress: &Egress,
        icon: Option<fuwake_core::evidence::visit::Icon>,
    ) -> io::Result<Visit> {
        let traffic = egress.traffic();
        steps::locate(&mut self.steps, traffic);
        let came = if self.downloads.is_empty() { VisitEnd::Shown } else { VisitEnd::Download };
        let end = match self.steps.last() {
            Some(_) if self.held_back => VisitEnd::HeldBack,
            Some(last) => by_outcome(last, traffic).unwrap_or(came),
            None => came,
        };
        let document = self.last.filter(|_| matches!(end, VisitEnd::Shown | VisitEnd::HeldBack));
        let kept =
            document.as_ref().map(|document| visitor.blobs.put(document.html.as_bytes())).transpose()?;
        let read = page::read(document.as_slice(), None);
        self.bounds.extend(read.iter().filter(|read| read.is_cut).map(|_| "nodes".to_owned()));
        let page = read.map(|read| Page { icon, ..read.page });
        let mut cookies: Vec<String> = self.cookies.into_values().flat_map(BTreeMap::into_keys).collect();
        cookies.sort();
        cookies.dedup();
        Ok(Visit {
            requests: self.steps.len(),
            steps: self.steps,
            end,
            page,
            document: kept,
            contacts: traffic.contacts(),
            refused: traffic.refused(),
            cookies,
            downloads: self.downloads,
            bytes: self.bytes,
            bounds: self.bounds,
            ..Visit::default()
        })
    }
}

/// Whether a connection failed for its certificate alone: then no request was sent.
fn is_about_certificate(why: &(dyn Error + 'static)) -> bool {
    // An error of input or output does not count what it wraps among its causes.
    let wrapped = why.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    let cause = wrapped.map(|wrapped| wrapped as &(dyn Error + 'static)).or_else(|| why.source());
    matches!(why.downcast_ref(), Some(rustls::Error::InvalidCertificate(_)))
        || cause.is_some_and(is_about_certificate)
}

/// What a browser would save, not show.
fn is_file(kind: &str, disposition: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_shown = kind.is_empty()
        || kind.starts_with("text/")
        || kind.starts_with("image/")
        || kind.contains("xml")
        || kind.contains("json")
        || kind == "application/pdf";
    disposition.trim_start().to_ascii_lowercase().starts_with("attachment") || !is_shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certificates_alone_are_looked_past() {
        let wrapped = |error| io::Error::other(io::Error::other(error));
        let wrong = rustls::Error::InvalidCertificate(rustls::CertificateError::Expired);
        assert!(is_about_certificate(&wrapped(wrong)));
        assert!(!is_about_certificate(&wrapped(rustls::Error::DecryptError)));
        assert!(!is_about_certificate(&io::Error::from(io::ErrorKind::ConnectionReset)));
    }
}
