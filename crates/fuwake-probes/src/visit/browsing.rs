//! A visit in the browser, from the link until the page has come to rest or a bound is met.

use std::time::{Duration, Instant};

use data_encoding::BASE64;
use futures::StreamExt;
use futures::future::BoxFuture;
use futures::stream::FuturesUnordered;
use serde_json::{Value, json};
use tokio::time::sleep;

use super::course::{Course, Reaction};
use super::egress::Egress;
use super::probe::{blocked, held_back};
use super::protocol::{Body, Navigated, RequestPaused};
use super::rest::{REST, rests};
use super::steps::{ADDRESS, cut};
use super::tab::Tab;
use crate::browser::devtools::{DevtoolsFault, PATIENCE, Session};

/// How long the body of a document is waited for before it is cut: of the page itself the browser may show what came until then, one in
/// a frame fails.
const BODY: Duration = Duration::from_secs(5);
/// A page that nothing was heard of for so long, though it does not stand yet, is held up by a script.
const STUCK: Duration = Duration::from_secs(4);
/// How long the browser may take to open the link.
const NAVIGATION: Duration = Duration::from_secs(30);
/// How often it is looked whether the page rests.
const LOOK: Duration = Duration::from_millis(50);
/// The longest body that is kept, in bytes.
const LONGEST: usize = 8 << 20;
/// What a reaction brought.
#[derive(Debug)]
enum Done {
    Nothing,
    /// The body of a document; none where it did not come whole.
    Read(Box<RequestPaused>, Option<Vec<u8>>),
    /// The browser took the link, or could not.
    Opened(Option<String>),
}

/// Watches a page.
pub(super) struct Watch<'v> {
    tab: &'v mut Tab,
    egress: &'v Egress,
    course: &'v mut Course,
    /// What is being done about events.
    reactions: FuturesUnordered<BoxFuture<'static, Done>>,
    /// When something last happened that pages load by.
    busy: Instant,
    /// When the page was last heard of.
    heard: Instant,
    /// Its script was stopped.
    stopped: bool,
    /// Since when the page stands.
    stands: Option<Instant>,
    /// The bodies that are being read.
    reading: Vec<Reading>,
}

/// A body that is being read.
#[derive(Debug)]
struct Reading {
    request: String,
    since: Instant,
    /// Of the page itself.
    is_page: bool,
    /// It was cut.
    is_cut: bool,
}

impl<'v> Watch<'v> {
    pub(super) fn new(tab: &'v mut Tab, egress: &'v Egress, course: &'v mut Course) -> Self {
        let reactions = FuturesUnordered::new();
        Self {
            tab,
            egress,
            course,
            reactions,
            busy: Instant::now(),
            heard: Instant::now(),
            stopped: false,
            stands: None,
            reading: Vec::new(),
        }
    }

    /// Opens the link and watches until the page rests, fails, or meets a bound.
    pub(super) async fn go(&mut self, url: &str, until: Instant) -> Result<(), DevtoolsFault> {
        let (session, url) = (self.tab.session.clone(), url.to_owned());
        self.reactions.push(Box::pin(async move {
            let opened = session.call("Page.navigate", json!({ "url": url }), NAVIGATION).await;
            Done::Opened(
                opened.map_or_else(|why| Some(why.to_string()), |opened: Navigated| opened.error_text),
            )
        }));
        self.until_it_rests(until).await
    }

    pub(super) fn session(&self) -> Session {
        self.tab.session.clone()
    }

    pub(super) fn context(&self) -> String {
        self.tab.context.clone()
    }

    /// Lets nothing more out.
    pub(super) fn shut(&self) {
        self.egress.traffic().shut();
    }

    /// From now on every request is kept back, and told.
    pub(super) fn intercept(&mut self) {
        self.course.probed = Some(Vec::new());
    }

    /// The requests that were kept back and may carry what was entered.
    pub(super) fn intercepted(&mut self) -> Vec<String> {
        self.course.probed.take().unwrap_or_default()
    }

    /// Goes on watching while something else is done with the page: its boxes must be clicked away for it to answer at all.
    pub(super) async fn meanwhile<T>(
        &mut self,
        doing: impl Future<Output = Result<T, DevtoolsFault>>,
    ) -> Result<T, DevtoolsFault> {
        let mut doing = std::pin::pin!(doing);
        loop {
            tokio::select! {
                done = &mut doing => return done,
                watched = self.next() => watched?,
            }
        }
    }

    /// Watches on.
    pub(super) async fn until_it_rests(&mut self, until: Instant) -> Result<(), DevtoolsFault> {
        (self.busy, self.heard) = (Instant::now(), Instant::now());
        loop {
            self.next().await?;
            if self.course.is_crashed {
                return Err(DevtoolsFault::Gone);
            }
            if self.course.held_back || !self.course.bounds().is_empty() || self.egress.traffic().is_full() {
                self.halt().await;
                return Ok(());
            }
            if !self.course.is_loaded
                && self.reading.is_empty()
                && !self.stopped
                && self.heard.elapsed() > STUCK
            {
                self.stop().await;
            }
            if Instant::now() >= until {
                return Err(DevtoolsFault::Late("Page.loadEventFired"));
            }
            if self.rests().await {
                return if self.stopped { Err(DevtoolsFault::Late("Page.loadEventFired")) } else { Ok(()) };
            }
        }
    }

    /// The next thing that happens, or a moment without any.
    async fn next(&mut self) -> Result<(), DevtoolsFault> {
        tokio::select! {
            event = self.tab.events.recv() => {
                let event = event.ok_or_else(|| self.tab.session.devtools.silence())?;
                // An event that is not as the protocol says costs what it tells, and no more.
                if let Ok(Some(reaction)) = self.course.take(&event) {
                    if let Reaction::Hold(paused, why) = &reaction && paused.frame_id != self.tab.target {
                        self.egress.traffic().hold_back(cut(&paused.request.url, ADDRESS), why.id());
                    }
                    if let Reaction::Read(paused) = &reaction {
                        let is_page = paused.frame_id == self.tab.target;
                        let (request, since) = (paused.request_id.clone(), Instant::now());
                        self.reading.push(Reading { request, since, is_page, is_cut: false });
                    }
                    self.reactions.push(Box::pin(react(self.tab.session.clone(), reaction)));
                }
                self.heard = Instant::now();
                if event.method.starts_with("Page.frame") {
                    self.busy = self.heard;
                }
            }
            Some(done) = self.reactions.next(), if !self.reactions.is_empty() => self.done(done),
            () = sleep(LOOK) => {}
        }
        self.cut_slow_bodies();
        Ok(())
    }

    /// A server that drips holds up its own document alone, and that is told.
    fn cut_slow_bodies(&mut self) {
        for body in self.reading.iter_mut().filter(|body| !body.is_cut && body.since.elapsed() > BODY) {
            (body.is_cut, self.course.is_cut_short) = (true, true);
            if body.is_page {
                self.egress.traffic().cut();
            } else {
                let (session, request) = (self.tab.session.clone(), body.request.clone());
                self.reactions.push(Box::pin(react(session, Reaction::Fail(request))));
            }
        }
    }

    fn done(&mut self, done: Done) {
        match done {
            Done::Nothing => {}
            Done::Read(request, body) => {
                self.reading.retain(|body| body.request != request.request_id);
                if let Some(body) = body {
                    self.course.body(request.network_id.as_deref(), &request.request.url, body);
                }
            }
            Done::Opened(fault) => self.course.opened(fault),
        }
    }

    /// Whether nothing more is to be expected.
    async fn rests(&mut self) -> bool {
        let is_quiet = self.course.is_loaded && self.reactions.is_empty() && self.course.requests.is_quiet();
        self.stands = self.stands.filter(|_| self.course.is_loaded);
        if self.course.is_loaded {
            self.stands.get_or_insert_with(Instant::now);
        }
        if !is_quiet {
            self.busy = Instant::now();
            return false;
        }
        let goes_on = self.course.goes_on.is_some_and(|at| Instant::now() < at + REST);
        let (quiet, stood) =
            (self.busy.elapsed(), self.stands.map_or(Duration::ZERO, |since| since.elapsed()));
        if goes_on || quiet < REST {
            return false;
        }
        let (session, body) = (&self.tab.session, self.course.body.as_deref());
        self.course.has_ended() || rests(session, &self.tab.target, quiet, stood, body).await
    }

    /// Stops the page where it stands. Whatever does not answer now is stopped by the shut way out, and in the end with its process.
    async fn halt(&mut self) {
        let session = self.session();
        let halting = async {
            let _ = tokio::join!(
                session.tell("Emulation.setScriptExecutionDisabled", json!({ "value": true })),
                session.tell("Page.stopLoading", json!({})),
            );
            Ok(())
        };
        let _ = self.meanwhile(halting).await;
        self.egress.traffic().shut();
    }

    /// Stops a script that never ends and so holds the page up.
    async fn stop(&mut self) {
        self.stopped = true;
        let session = self.session();
        let _ =
            self.meanwhile(async move { session.tell("Runtime.terminateExecution", json!({})).await }).await;
    }
}

/// Does what an event calls for. What fails here shows by its event: a request that ends, a page that stands still.
async fn react(session: Session, reaction: Reaction) -> Done {
    match reaction {
        Reaction::Read(request) => {
            let body = read(&session, &request).await;
            pass(&session, &request).await;
            return Done::Read(request, body);
        }
        Reaction::Pass(request) => pass(&session, &request).await,
        Reaction::Block(request) => {
            let _ = session.tell("Fetch.failRequest", blocked(&request.request_id)).await;
        }
        Reaction::Hold(request, _) => {
            let _ = session.tell("Fetch.failRequest", held_back(&request.request_id)).await;
        }
        Reaction::Fail(request) => {
            let fail = json!({ "requestId": request, "errorReason": "TimedOut" });
            let _ = session.tell("Fetch.failRequest", fail).await;
        }
        Reaction::Dismiss => {
            let _ = session.tell("Page.handleJavaScriptDialog", json!({ "accept": false })).await;
        }
        Reaction::Stop => {
            let _ = tokio::join!(
                session.tell("Page.handleJavaScriptDialog", json!({ "accept": false })),
                session.tell("Runtime.terminateExecution", json!({})),
            );
        }
        Reaction::Close(target) => {
            let close = json!({ "targetId": target });
            let _ = session.devtools.call::<Value>("Target.closeTarget", close, PATIENCE).await;
        }
    }
    Done::Nothing
}

/// The body of a document, before the page that it makes can go elsewhere and lose it.
async fn read(session: &Session, request: &RequestPaused) -> Option<Vec<u8>> {
    if request.length().is_some_and(|length| length > LONGEST as u64) {
        return None;
    }
    let asked = json!({ "requestId": request.request_id });
    let body: Body = session.call("Fetch.getResponseBody", asked, BODY * 2).await.ok()?;
    let bytes =
        if body.is_base64 { BASE64.decode(body.body.as_bytes()).ok()? } else { body.body.into_bytes() };
    (bytes.len() <= LONGEST).then_some(bytes)
}

async fn pass(session: &Session, request: &RequestPaused) {
    let _ = session.tell("Fetch.continueRequest", json!({ "requestId": request.request_id })).await;
}
