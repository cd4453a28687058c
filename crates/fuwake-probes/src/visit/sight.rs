//! A visit in the browser from beginning to end, and what is kept of it.

use std::io;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use fuwake_core::evidence::visit::{FormProbe, Pictures, Profile, Step, StepKind, Visit};
use serde_json::{Value, json};
use tokio::time::{timeout, timeout_at};

use super::browsing::Watch;
use super::capture::{self, Document, Shots};
use super::controls::{Controls, controls};
use super::course::{BYTES, Course};
use super::devtools::{DevtoolsFault, Session};
use super::egress::Egress;
use super::end::end;
use super::pool::{Pool, Running};
use super::steps::{self, cut, now};
use super::tab::Tab;
use super::{Visitor, charset, client, http_archive, icon, look, page, probe, profile};

/// How long the icon of a site is waited for.
const ICON: Duration = Duration::from_secs(3);

/// What was seen.
#[derive(Debug, Default)]
pub(super) struct Sight {
    pub(super) course: Course,
    /// The page rested, or was stopped at a bound.
    pub(super) rested: bool,
    shots: Option<Shots>,
    documents: Vec<Document>,
    controls: Option<Controls>,
    cookies: Vec<String>,
    icon: Option<fuwake_core::evidence::visit::Icon>,
    /// The page took too much memory.
    ended_for_memory: bool,
    form_probe: Option<FormProbe>,
    /// What went wrong between us and the browser.
    pub(super) fault: Option<DevtoolsFault>,
}

/// Visits a link; once more where the browser ended under it, which another visit may have brought about. An error is the browser's: it
/// cannot be started.
pub(super) async fn visit(
    visitor: &Visitor,
    pool: &Pool,
    url: &str,
    visitor_profile: Profile,
    probe_form: bool,
) -> io::Result<Visit> {
    match visit_once(visitor, pool, url, visitor_profile, probe_form).await? {
        (_, true) => Ok(visit_once(visitor, pool, url, visitor_profile, probe_form).await?.0),
        (visit, false) => Ok(visit),
    }
}

/// A visit, and whether the browser ended under it.
async fn visit_once(
    visitor: &Visitor,
    pool: &Pool,
    url: &str,
    visitor_profile: Profile,
    probe_form: bool,
) -> io::Result<(Visit, bool)> {
    let (running, _turn) = pool.take().await?;
    let egress = Egress::open(visitor.guard.clone(), BYTES).await?;
    let mut sight = Sight::default();
    let until = Instant::now() + visitor.settings.patience;
    let looking = sight.look(&running, &egress, url, (visitor_profile, probe_form), until);
    if timeout_at(until.into(), looking).await.is_err() {
        sight.fault = Some(DevtoolsFault::Late("visit"));
    }
    sight.ended_for_memory = sight.course.is_crashed && running.ended.load(Ordering::Relaxed) > 0;
    if sight.fault.is_some() {
        // Whatever the page did to it, the next one meets a fresh browser.
        running.give_up();
    }
    let browser = running.chromium.named();
    let browser_ended = sight.fault == Some(DevtoolsFault::Gone) && !sight.course.is_crashed;
    Ok((sight.told(visitor, &egress, url, &browser)?, browser_ended))
}

impl Sight {
    /// Looks; what was seen when the time is up stands here.
    async fn look(
        &mut self,
        running: &Running,
        egress: &Egress,
        url: &str,
        (visitor, probe_form): (Profile, bool),
        until: Instant,
    ) {
        let mut tab = match Tab::open(&running.chromium, egress, visitor).await {
            Ok(tab) => tab,
            Err(why) => return self.fault = Some(why),
        };
        self.course.target.clone_from(&tab.target);
        self.course.context.clone_from(&tab.context);
        let mut seen = Sight::default();
        {
            let left = until.saturating_duration_since(Instant::now());
            let mut watch = Watch::new(&mut tab, egress, &mut self.course);
            let watched = watch.go(url, Instant::now() + left * 2 / 3).await;
            self.rested = watched.is_ok();
            if watched != Err(DevtoolsFault::Gone) {
                let (session, context) = (watch.session(), watch.context());
                let keeping = seen.keep(&session, &context, egress, visitor, &running.chromium.version);
                if let Some(fault) = watch.meanwhile(keeping).await.err() {
                    self.fault = Some(fault);
                }
                if let Some(own) = seen.documents.first().filter(|_| probe_form && self.fault.is_none()) {
                    match probe::probe(&mut watch, &own.frame).await {
                        Ok(probed) => self.form_probe = probed,
                        Err(fault) => self.fault = Some(fault),
                    }
                }
            } else {
                self.fault = watched.err();
            }
        }
        self.rested &= seen.fault.is_none();
        self.take(seen);
        if let Err(why) = tab.close().await {
            self.fault = Some(why);
        }
    }

    fn take(&mut self, seen: Self) {
        self.shots = seen.shots;
        self.documents = seen.documents;
        self.controls = seen.controls;
        self.cookies = seen.cookies;
        self.icon = seen.icon;
        self.fault = self.fault.take().or(seen.fault);
    }

    /// Keeps what the page shows. A script that never ends is stopped first.
    async fn keep(
        &mut self,
        session: &Session,
        context: &str,
        egress: &Egress,
        visitor: Profile,
        version: &str,
    ) -> Result<(), DevtoolsFault> {
        if !answers(session).await {
            session.tell("Runtime.terminateExecution", json!({})).await?;
        }
        self.shots = Some(capture::pictures(session, visitor).await?);
        self.documents = capture::documents(session, visitor).await?;
        self.cookies = capture::cookies(session, context).await?;
        let Some(own) = self.documents.first() else { return Ok(()) };
        let wanted = page::icon(own);
        let (icon, controls) = tokio::join!(
            timeout(ICON, icon_of(wanted, egress, visitor, version)),
            controls(session, &own.frame),
        );
        (self.icon, self.controls) = (icon.ok().flatten(), controls?);
        Ok(())
    }

    fn told(mut self, visitor: &Visitor, egress: &Egress, url: &str, browser: &str) -> io::Result<Visit> {
        let traffic = egress.traffic();
        let mut course = std::mem::take(&mut self.course);
        steps::locate(&mut course.steps.all, traffic);
        self.add_frames(&mut course);
        let end = end(&self, &course, traffic);
        let is_page = |document: &Document| document.url.starts_with("http");
        let blobs = visitor.blobs();
        let keep = |bytes: &[u8]| blobs.put(bytes);
        let mut contacts = traffic.contacts();
        for contact in &mut contacts {
            // The way out sees connections alone, each of which may carry many.
            contact.requests = course.requests.to_host(&contact.host).max(1);
        }
        let mut visit = Visit {
            browser: Some(browser.to_owned()),
            end,
            contacts,
            refused: traffic.refused(),
            cookies: self.cookies,
            form_probe: self.form_probe,
            http_archive: Some(keep(&http_archive::write(&course.requests, traffic, browser))?),
            requests: course.requests.count,
            bytes: course.requests.bytes.max(traffic.bytes()),
            bounds: course.bounds().into_iter().map(str::to_owned).collect(),
            ..Visit::default()
        };
        if traffic.is_full() && !visit.bounds.iter().any(|bound| bound == "bytes") {
            visit.bounds.push("bytes".to_owned());
        }
        if self.ended_for_memory {
            visit.bounds.push("memory".to_owned());
        } else if !self.rested && visit.bounds.is_empty() {
            visit.bounds.push("time".to_owned());
        }
        if self.documents.is_empty()
            && let Some((last, body)) = course.steps.all.last().zip(course.body.as_ref())
        {
            // The page did not let itself be asked: what its server sent is left.
            let html = charset::decode(body, "");
            self.documents = vec![Document { url: last.url.clone(), html, ..Document::default() }];
            self.controls = None;
        }
        if self.documents.first().is_some_and(is_page) {
            let mut page = page::read(&self.documents, self.controls.as_ref());
            visit.document = Some(keep(self.documents[0].html.as_bytes())?);
            if let Some(page) = &mut page {
                page.icon = self.icon;
                page.look = self.shots.as_ref().and_then(|shots| look::difference_hash(&shots.first));
                page.resources.extend(course.requests.hosts());
                page.resources.sort();
                page.resources.dedup();
            }
            visit.page = page;
            if let Some(shots) = &self.shots {
                visit.pictures = Pictures {
                    first: Some(keep(&shots.first)?),
                    whole: Some(keep(shots.whole.as_ref().unwrap_or(&shots.first))?),
                    small: Some(keep(&shots.small)?),
                };
            }
        }
        if course.steps.all.is_empty() {
            course.steps.all.push(Step { url: cut(url, steps::ADDRESS), at: now(), ..Step::default() });
        }
        visit.steps = course.steps.all;
        visit.console = course.console;
        visit.dialogs = course.dialogs;
        visit.windows = course.windows;
        visit.downloads = course.downloads;
        Ok(visit)
    }

    /// A frame that fills the page is one more step.
    fn add_frames(&self, course: &mut Course) {
        let whole = self.documents.iter().skip(1).filter(|document| document.is_whole);
        for document in whole {
            if let Some(mut step) = course.requests.step(&document.url) {
                step.kind = StepKind::Frame;
                step.body = course.frames.get(&document.url).cloned();
                course.steps.all.push(step);
            }
        }
    }
}

async fn answers(session: &Session) -> bool {
    let asked = json!({ "expression": "1" });
    let patience = Duration::from_millis(1_500);
    session.call::<Value>("Runtime.evaluate", asked, patience).await.is_ok()
}

async fn icon_of(
    wanted: Option<url::Url>,
    egress: &Egress,
    visitor: Profile,
    version: &str,
) -> Option<fuwake_core::evidence::visit::Icon> {
    let client = client::client(egress, visitor, profile::major(version), false).ok()?;
    icon::icon(&client, wanted?).await
}
