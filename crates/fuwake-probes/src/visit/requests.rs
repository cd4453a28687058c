//! Every request of a visit, as the browser told of it, in order.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use fuwake_core::evidence::visit::Step;

use super::protocol::{DataReceived, LoadingEnded, Request, RequestWillBeSent, Response, ResponseReceived};
use super::steps::{ADDRESS, answered, cut, server, time};

/// A script's request that has no answer for so long waits for news.
const POLL: Duration = Duration::from_secs(4);
/// Requests that are kept; more are only counted.
const KEPT: usize = 400;

/// A request and what became of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Exchange {
    pub(super) request: Request,
    /// `Document`, `Script`, `Image` …
    pub(super) kind: String,
    pub(super) frame: String,
    /// A document of the whole page.
    pub(super) is_page: bool,
    /// Seconds since 1970.
    pub(super) wall_time: f64,
    /// Seconds of the browser's own clock.
    pub(super) started: f64,
    pub(super) answered: Option<f64>,
    pub(super) ended: Option<f64>,
    pub(super) response: Option<Response>,
    /// When it was told of.
    since: Option<Instant>,
    /// Bytes, unpacked.
    pub(super) length: u64,
    pub(super) fault: Option<String>,
}

/// Every request of a visit.
#[derive(Debug, Default)]
pub(super) struct Requests {
    pub(super) all: Vec<Exchange>,
    pub(super) count: usize,
    /// Bytes that came, unpacked.
    pub(super) bytes: u64,
    /// Those under way, by the browser's id, with their place in `all`; a redirect goes on under the same id.
    open: BTreeMap<String, Option<usize>>,
}

impl Requests {
    pub(super) fn sent(&mut self, event: &RequestWillBeSent, is_page: bool) {
        self.count += 1;
        if let Some(response) = &event.redirect_response {
            self.answer(&event.request_id, event.timestamp, response);
            self.end(&event.request_id, event.timestamp, None);
        }
        let exchange = Exchange {
            request: event.request.clone(),
            kind: event.kind.clone(),
            frame: event.frame_id.clone(),
            is_page,
            wall_time: event.wall_time,
            started: event.timestamp,
            since: Some(Instant::now()),
            ..Exchange::default()
        };
        let place = (self.all.len() < KEPT).then_some(self.all.len());
        if place.is_some() {
            self.all.push(exchange);
        }
        self.open.insert(event.request_id.clone(), place);
    }

    pub(super) fn received(&mut self, event: &ResponseReceived) {
        self.answer(&event.request_id, event.timestamp, &event.response);
    }

    fn answer(&mut self, id: &str, at: f64, response: &Response) {
        if let Some(exchange) = self.exchange(id) {
            exchange.response = Some(response.clone());
            exchange.answered = Some(at);
        }
    }

    pub(super) fn data(&mut self, event: &DataReceived) {
        self.bytes += event.data_length;
        if let Some(exchange) = self.exchange(&event.request_id) {
            exchange.length += event.data_length;
        }
    }

    pub(super) fn ended(&mut self, event: &LoadingEnded) {
        self.end(&event.request_id, event.timestamp, event.error_text.clone());
    }

    fn end(&mut self, id: &str, at: f64, fault: Option<String>) {
        if let Some(exchange) = self.exchange(id) {
            exchange.ended = Some(at);
            exchange.fault = fault;
        }
        self.open.remove(id);
    }

    fn exchange(&mut self, id: &str) -> Option<&mut Exchange> {
        let place = (*self.open.get(id)?)?;
        self.all.get_mut(place)
    }

    /// The hosts that pictures, scripts, styles, fonts and frames came from.
    pub(super) fn hosts(&self) -> impl Iterator<Item = String> {
        const PARTS: [&str; 6] = ["Image", "Script", "Stylesheet", "Font", "Media", "Document"];
        let parts = self.all.iter().filter(|exchange| {
            PARTS.contains(&&*exchange.kind) && exchange.response.is_some() && !exchange.is_page
        });
        parts.filter_map(|exchange| server(&exchange.request.url).map(|(host, _)| host))
    }

    /// How many requests there were to a host.
    pub(super) fn to_host(&self, host: &str) -> usize {
        let hosts = self.all.iter().filter_map(|exchange| server(&exchange.request.url));
        hosts.filter(|(own, _)| own.trim_matches(['[', ']']) == host).count()
    }

    /// The last document that was got from an address, as a step.
    pub(super) fn step(&self, url: &str) -> Option<Step> {
        let documents = self.all.iter().rev().filter(|exchange| exchange.kind == "Document");
        let exchange = documents.into_iter().find(|exchange| exchange.request.url == url)?;
        let mut step = Step { url: cut(url, ADDRESS), at: time(exchange.wall_time), ..Step::default() };
        exchange.response.iter().for_each(|response| answered(&mut step, response));
        step.fault.clone_from(&exchange.fault);
        Some(step)
    }

    /// Whether a frame is one of the page's.
    pub(super) fn is_of_frame(&self, frame: &str) -> bool {
        self.all.iter().any(|exchange| exchange.frame == frame)
    }

    /// Whether nothing is under way that a page waits for: not what stays open by its nature, nor what the browser asks for itself.
    pub(super) fn is_quiet(&self) -> bool {
        const LASTING: [&str; 5] = ["EventSource", "WebSocket", "Media", "Ping", "Other"];
        self.open.values().all(|place| {
            let exchange = place.and_then(|place| self.all.get(place));
            exchange.is_some_and(|exchange| {
                // A server that keeps a script waiting for news is not waited for.
                let polls = matches!(&*exchange.kind, "XHR" | "Fetch")
                    && exchange.since.is_some_and(|since| since.elapsed() > POLL);
                polls || LASTING.contains(&&*exchange.kind)
            })
        })
    }
}
