//! The way from a link to the last page, from what the browser tells on the way.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use fuwake_core::evidence::visit::{Certificate, Step, StepKind};
use fuwake_core::inquiry::HeldBack;
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::egress::Traffic;
use super::protocol::{FrameNavigation, RequestPaused, RequestWillBeSent, Response};

/// The longest way that is followed.
pub(super) const MOST: usize = 20;
/// Headers of an answer that are kept, and characters of each.
const HEADERS: usize = 60;
const HEADER: usize = 1_000;
/// Names of a certificate that are kept.
const NAMES: usize = 100;
/// Characters of an address that are kept: `data:` addresses hold whole pages.
pub(super) const ADDRESS: usize = 4_000;

/// The way, as far as it is known.
#[derive(Debug, Default)]
pub(super) struct Steps {
    pub(super) all: Vec<Step>,
    /// Which step a request is, by the browser's id of it; a redirect goes on under the same id.
    by_request: BTreeMap<String, usize>,
    /// Why the page wants to go on, and where.
    announced: Option<(StepKind, String)>,
    /// More came than are kept.
    pub(super) is_too_long: bool,
}

impl Steps {
    /// The page wants to go on.
    pub(super) fn announce(&mut self, event: &FrameNavigation) {
        self.announced = kind(&event.reason).map(|kind| (kind, event.url.clone()));
    }

    /// A document of the whole page is asked for.
    pub(super) fn sent(&mut self, event: &RequestWillBeSent) {
        let before = self.by_request.get(&event.request_id).copied();
        let kind = match &event.redirect_response {
            Some(response) => {
                if let Some(step) = before.and_then(|place| self.all.get_mut(place)) {
                    answered(step, response);
                }
                StepKind::Redirect
            }
            None if self.all.is_empty() => StepKind::Link,
            None => self.announced.take().map_or(StepKind::Script, |(kind, _)| kind),
        };
        if self.all.len() >= MOST {
            self.is_too_long = true;
            return;
        }
        self.by_request.insert(event.request_id.clone(), self.all.len());
        self.all.push(Step {
            url: cut(&format!("{}{}", event.request.url, event.request.url_fragment), ADDRESS),
            kind,
            at: time(event.wall_time),
            ..Step::default()
        });
    }

    /// The head of its answer came.
    pub(super) fn paused(&mut self, event: &RequestPaused) {
        let Some(step) = self.of(event.network_id.as_deref()) else { return };
        step.status = event.response_status_code;
        step.fault = event.response_error_reason.as_ref().map(|why| format!("net::{why}"));
        step.headers = headers(event.response_headers.iter().map(|header| (&*header.name, &*header.value)));
    }

    pub(super) fn received(&mut self, request: &str, response: &Response) {
        if let Some(step) = self.of(Some(request)) {
            answered(step, response);
        }
    }

    /// Its body came whole; whether it is that of a step at all.
    pub(super) fn body(&mut self, request: Option<&str>, body: &[u8]) -> bool {
        let step = self.of(request);
        step.map(|step| step.body = Some(sha256(body))).is_some()
    }

    /// Nobody answered.
    pub(super) fn failed(&mut self, request: &str, why: &str) {
        // A page that goes on breaks off its own document: that is no fault.
        if let Some(step) = self.of(Some(request)).filter(|_| why != "net::ERR_ABORTED") {
            step.fault = Some(why.to_owned());
        }
    }

    /// The browser did not even ask.
    pub(super) fn failed_at_once(&mut self, why: &str) {
        if let Some(step) = self.all.last_mut().filter(|step| step.status.is_none() && step.fault.is_none()) {
            step.fault = Some(why.to_owned());
        }
    }

    /// It must not be asked for; whether it is a step at all.
    pub(super) fn hold_back(&mut self, request: Option<&str>, why: HeldBack) -> bool {
        self.of(request).map(|step| step.fault = Some(why.id().to_owned())).is_some()
    }

    fn of(&mut self, request: Option<&str>) -> Option<&mut Step> {
        let place = *self.by_request.get(request?)?;
        self.all.get_mut(place)
    }
}

/// Adds which address answered, or why none did, as the way out saw it.
pub(super) fn locate(steps: &mut [Step], traffic: &Traffic) {
    // A step that was not taken may lead to a host that was asked before.
    for step in steps.iter_mut().filter(|step| !is_held_back(step)) {
        let Some((host, port)) = server(&step.url) else { continue };
        match traffic.outcome(&host, port) {
            Some(Ok(ip)) => step.ip = Some(ip),
            Some(Err(why)) if step.status.is_none() => step.fault = Some(why.id().to_owned()),
            _ => {}
        }
    }
}

fn is_held_back(step: &Step) -> bool {
    [HeldBack::Acts, HeldBack::GenuineSite].iter().any(|why| step.fault.as_deref() == Some(why.id()))
}

/// Host and port of an address.
pub(super) fn server(address: &str) -> Option<(String, u16)> {
    let url = url::Url::parse(address).ok()?;
    Some((url.host_str()?.to_owned(), url.port_or_known_default()?))
}

/// What the browser calls a reason (`Page.ClientNavigationReason`).
fn kind(reason: &str) -> Option<StepKind> {
    match reason {
        "formSubmissionGet" | "formSubmissionPost" => Some(StepKind::Form),
        "httpHeaderRefresh" => Some(StepKind::RefreshHeader),
        "metaTagRefresh" => Some(StepKind::MetaRefresh),
        "scriptInitiated" | "reload" | "anchorClick" => Some(StepKind::Script),
        _ => None,
    }
}

pub(super) fn answered(step: &mut Step, response: &Response) {
    step.status = Some(response.status);
    if step.headers.is_empty() {
        let all = response.headers.iter();
        // The browser joins headers of one name by line feeds.
        step.headers =
            headers(all.flat_map(|(name, value)| value.split('\n').map(move |value| (&**name, value))));
    }
    step.certificate = certificate(response);
}

/// Headers as they are kept.
pub(super) fn headers<'h>(all: impl Iterator<Item = (&'h str, impl AsRef<str>)>) -> Vec<(String, String)> {
    let kept = |(name, value): (&str, _)| {
        (cut(&name.to_ascii_lowercase(), HEADER), cut(AsRef::as_ref(&value), HEADER))
    };
    all.take(HEADERS).map(kept).collect()
}

fn certificate(response: &Response) -> Option<Certificate> {
    let details = response.security_details.as_ref()?;
    Some(Certificate {
        subject: cut(&details.subject_name, HEADER),
        issuer: cut(&details.issuer, HEADER),
        names: details.san_list.iter().take(NAMES).map(|name| cut(name, HEADER)).collect(),
        from: time(details.valid_from),
        until: time(details.valid_to),
        is_trusted: response.security_state.as_deref() != Some("insecure"),
    })
}

/// Seconds since 1970 as RFC 3339, with milliseconds where there are such.
pub(super) fn time(seconds: f64) -> Option<String> {
    #[expect(clippy::cast_possible_truncation, reason = "times beyond the calendar are none")]
    let milliseconds = (seconds * 1_000.0).round() as i128;
    OffsetDateTime::from_unix_timestamp_nanos(milliseconds * 1_000_000).ok()?.format(&Rfc3339).ok()
}

/// Now, as [`time()`] writes it.
pub(super) fn now() -> Option<String> {
    let now = OffsetDateTime::now_utc();
    now.replace_millisecond(now.millisecond()).unwrap_or(now).format(&Rfc3339).ok()
}

/// The SHA-256 of bytes, in hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

/// The first characters.
pub(super) fn cut(text: &str, characters: usize) -> String {
    text.chars().take(characters).collect()
}
