//! What a visit saw so far, event by event, and what must be done about it. Nothing here waits or speaks.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use fuwake_core::evidence::visit::Download;
use fuwake_core::inquiry::{Asked, HeldBack, StepRule};

use super::probe::may_carry;
use super::protocol::{
    ConsoleCall, DataReceived, Dialog, DownloadWillBegin, ExceptionThrown, FrameEvent, FrameNavigation,
    LoadingEnded, RemoteObject, RequestPaused, RequestWillBeSent, ResponseReceived, TargetCreated,
    WindowOpen,
};
use super::requests::Requests;
use super::steps::{ADDRESS, Steps, cut};
use crate::browser::devtools::{DevtoolsFault, Event};

/// Requests of one visit.
const REQUESTS: usize = 300;
/// Bytes of one visit, unpacked.
pub(super) const BYTES: u64 = 50 << 20;
/// Boxes that are clicked away before the script that makes them is stopped.
const DIALOGS: usize = 10;
/// Lines, windows and files that are told, and characters of each.
const TOLD: usize = 50;
const LINE: usize = 500;
/// A page that announces to go on later than this is not waited for.
const PATIENCE: f64 = 10.0;

/// What must be done about an event.
#[derive(Debug)]
pub(super) enum Reaction {
    /// Read the body of a document before it goes on.
    Read(Box<RequestPaused>),
    /// Let no request of a probed page out.
    Block(Box<RequestPaused>),
    /// Take a step back: the page before it stays.
    Hold(Box<RequestPaused>, HeldBack),
    /// Let a request be answered as it is.
    Pass(Box<RequestPaused>),
    /// Let a request fail that takes too long.
    Fail(String),
    /// Click a box away.
    Dismiss,
    /// Stop the script that runs.
    Stop,
    /// Close a window.
    Close(String),
}

/// What a visit saw so far.
#[derive(Debug, Default)]
pub(super) struct Course {
    /// The browser's ids of what is visited.
    pub(super) target: String,
    pub(super) context: String,
    /// Where the way began, and which steps are taken on it.
    pub(super) link: String,
    pub(super) rule: StepRule,
    /// The last step was not taken.
    pub(super) held_back: bool,
    /// A frame was not got.
    pub(super) has_held_frames: bool,
    pub(super) steps: Steps,
    pub(super) requests: Requests,
    pub(super) dialogs: Vec<String>,
    pub(super) windows: Vec<String>,
    pub(super) downloads: Vec<Download>,
    pub(super) console: Vec<String>,
    /// The bodies of documents in frames, hashed, by address.
    pub(super) frames: BTreeMap<String, String>,
    /// The document of the whole page as the server sent it.
    pub(super) body: Option<Vec<u8>>,
    /// The page's load event came, or its loading stopped.
    pub(super) is_loaded: bool,
    /// A document says that it is larger than a visit may load.
    is_too_large: bool,
    /// A document came too slowly to be waited for.
    pub(super) is_cut_short: bool,
    /// Its process died.
    pub(super) is_crashed: bool,
    /// When the page said that it goes on by itself.
    pub(super) goes_on: Option<Instant>,
    boxes: usize,
    /// A form is probed: what it sends, once that began.
    pub(super) probed: Option<Vec<String>>,
}

impl Course {
    /// Takes an event in.
    pub(super) fn take(&mut self, event: &Event) -> Result<Option<Reaction>, DevtoolsFault> {
        match &*event.method {
            "Network.requestWillBeSent" => self.sent(&event.read()?),
            "Network.responseReceived" => {
                let received: ResponseReceived = event.read()?;
                self.steps.received(&received.request_id, &received.response);
                self.requests.received(&received);
            }
            "Network.dataReceived" => self.requests.data(&event.read::<DataReceived>()?),
            "Network.loadingFinished" => self.requests.ended(&event.read()?),
            "Network.loadingFailed" => {
                let failed: LoadingEnded = event.read()?;
                self.steps.failed(&failed.request_id, failed.error_text.as_deref().unwrap_or_default());
                self.requests.ended(&failed);
            }
            "Fetch.requestPaused" => return Ok(Some(self.paused(Box::new(event.read()?)))),
            "Page.frameRequestedNavigation" => self.announced(&event.read()?),
            "Page.frameScheduledNavigation" => self.scheduled(&event.read()?),
            "Page.frameClearedScheduledNavigation" if self.is_own(&event.read()?) => self.goes_on = None,
            "Page.frameStartedLoading" if self.is_own(&event.read()?) => self.is_loaded = false,
            "Page.frameStoppedLoading" if self.is_own(&event.read()?) => self.is_loaded = true,
            "Page.loadEventFired" => self.is_loaded = true,
            "Page.javascriptDialogOpening" => return Ok(Some(self.dialog(&event.read()?))),
            "Page.windowOpen" => {
                let url = event.read::<WindowOpen>()?.url;
                tell(&mut self.windows, &url, ADDRESS);
            }
            "Target.targetCreated" => return Ok(self.window(event.read()?)),
            "Browser.downloadWillBegin" => self.download(&event.read()?),
            "Runtime.consoleAPICalled" => self.said(&event.read()?),
            "Runtime.exceptionThrown" => {
                let thrown: ExceptionThrown = event.read()?;
                let details = thrown.exception_details;
                tell(&mut self.console, &format!("{} {}", details.text, spoken(&details.exception)), LINE);
            }
            "Inspector.targetCrashed" => self.is_crashed = true,
            // What pages are not judged by.
            _ => {}
        }
        Ok(None)
    }

    /// The browser took the link; a fault where it could not.
    pub(super) fn opened(&mut self, fault: Option<String>) {
        if let Some(fault) = fault {
            self.is_loaded = true;
            self.steps.failed_at_once(&fault);
        }
    }

    fn is_own(&self, event: &FrameEvent) -> bool {
        event.frame_id == self.target
    }

    fn sent(&mut self, event: &RequestWillBeSent) {
        if self.probed.is_some() {
            // What a probed form does is no part of the way.
            return;
        }
        let is_page = event.kind == "Document" && event.frame_id == self.target;
        if is_page {
            self.steps.sent(event);
            (self.is_loaded, self.goes_on) = (false, None);
        }
        self.requests.sent(event, is_page);
    }

    fn paused(&mut self, event: Box<RequestPaused>) -> Reaction {
        if let Some(probed) = self.probed.as_mut().filter(|_| event.is_asked()) {
            let request = &event.request;
            if probed.len() < TOLD
                && may_carry(
                    &request.method,
                    &request.url,
                    &event.resource_type,
                    request.post_data.as_deref(),
                )
            {
                probed.push(format!("{} {}", request.method, cut(&request.url, ADDRESS)));
            }
            return Reaction::Block(event);
        }
        if event.is_asked() {
            return self.judged(event);
        }
        self.steps.paused(&event);
        self.is_too_large |= event.length().is_some_and(|length| length > BYTES);
        let has_body = event.response_status_code.is_some_and(|status| !(300..400).contains(&status));
        if has_body && event.resource_type == "Document" {
            Reaction::Read(event)
        } else {
            Reaction::Pass(event)
        }
    }

    /// A document, before its server is asked for it. What a frame asks for is no step, and is only not got.
    fn judged(&mut self, event: Box<RequestPaused>) -> Reaction {
        let request = &event.request;
        let asked = Asked {
            url: format!("{}{}", request.url, request.url_fragment),
            body: request.post_data.clone(),
            is_frame: event.frame_id != self.target,
        };
        // What is sent along and cannot be read may be anything.
        let unread = || (request.has_post_data && request.post_data.is_none()).then_some(HeldBack::Acts);
        let why = self.rule.judge_asked(&self.link, &asked).or_else(unread);
        let Some(why) = why else { return Reaction::Pass(event) };
        if asked.is_frame {
            self.has_held_frames = true;
        } else {
            self.steps.hold_back(event.network_id.as_deref(), why);
            self.held_back = true;
        }
        Reaction::Hold(event, why)
    }

    /// The body of a document came whole.
    pub(super) fn body(&mut self, network: Option<&str>, url: &str, body: Vec<u8>) {
        if self.steps.body(network, &body) {
            self.body = Some(body);
        } else if self.frames.len() < TOLD {
            self.frames.insert(url.to_owned(), super::steps::sha256(&body));
        }
    }

    fn announced(&mut self, event: &FrameNavigation) {
        if event.frame_id == self.target {
            self.steps.announce(event);
        }
    }

    fn scheduled(&mut self, event: &FrameNavigation) {
        if event.frame_id == self.target && event.delay <= PATIENCE {
            self.goes_on = Some(Instant::now() + Duration::from_secs_f64(event.delay.max(0.0)));
        }
    }

    fn dialog(&mut self, event: &Dialog) -> Reaction {
        self.boxes += 1;
        tell(&mut self.dialogs, &event.message, LINE);
        if self.boxes > DIALOGS { Reaction::Stop } else { Reaction::Dismiss }
    }

    fn window(&mut self, event: TargetCreated) -> Option<Reaction> {
        let target = event.target_info;
        let is_its = target.browser_context_id == self.context && target.target_id != self.target;
        if !is_its || target.kind != "page" {
            return None;
        }
        tell(&mut self.windows, &target.url, ADDRESS);
        Some(Reaction::Close(target.target_id))
    }

    fn download(&mut self, event: &DownloadWillBegin) {
        // The browser tells every page of all files: those of other pages are known by their frames.
        let is_its = event.frame_id == self.target || self.requests.is_of_frame(&event.frame_id);
        let download = Download { url: cut(&event.url, ADDRESS), name: cut(&event.suggested_filename, LINE) };
        if is_its && self.downloads.len() < TOLD && !self.downloads.contains(&download) {
            self.downloads.push(download);
        }
    }

    fn said(&mut self, event: &ConsoleCall) {
        let words: Vec<String> = event.args.iter().map(spoken).collect();
        tell(&mut self.console, &words.join(" "), LINE);
    }

    /// Whether the way is at its end, however little stands there: a fault, an error's page, a file.
    pub(super) fn has_ended(&self) -> bool {
        let last = self.steps.all.last();
        !self.downloads.is_empty()
            || last
                .is_some_and(|last| last.fault.is_some() || last.status.is_some_and(|status| status >= 400))
    }

    /// The bounds that were met, by name.
    pub(super) fn bounds(&self) -> Vec<&'static str> {
        let met = [
            ("steps", self.steps.is_too_long),
            ("requests", self.requests.count > REQUESTS),
            ("bytes", self.requests.bytes > BYTES || self.is_too_large),
            ("dialogs", self.boxes > DIALOGS),
        ];
        met.into_iter().filter(|(_, met)| *met).map(|(name, _)| name).collect()
    }
}

fn tell(told: &mut Vec<String>, line: &str, longest: usize) {
    let line = cut(line, longest);
    if told.len() < TOLD && !line.is_empty() && told.last() != Some(&line) {
        told.push(line);
    }
}

fn spoken(object: &RemoteObject) -> String {
    match &object.value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Null => object.description.clone().unwrap_or_default(),
        other => other.to_string(),
    }
}
