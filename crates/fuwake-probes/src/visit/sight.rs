//! A visit in the browser from beginning to end, and what is kept of it.

use std::io;
use std::sync::Arc;
use std::time::Instant;

use fuwake_core::evidence::visit::{FormProbe, Page, Pictures, Profile, Step, StepKind, Visit};
use tokio::time::timeout_at;

use super::browsing::Watch;
use super::capture::Document;
use super::course::{BYTES, Course};
use super::egress::Egress;
use super::end::end;
use super::keeping::{Kept, Source};
use super::pool::{Pool, Running};
use super::steps::{self, cut, now};
use super::tab::Tab;
use super::{Visitor, charset, http_archive, probe};
use crate::browser::devtools::DevtoolsFault;

/// What was seen.
#[derive(Debug, Default)]
pub(super) struct Sight {
    pub(super) course: Course,
    /// The page rested, or was stopped at a bound, and was kept.
    pub(super) rested: bool,
    kept: Kept,
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
    sight.course.rule = visitor.settings.steps.clone();
    let until = Instant::now() + visitor.settings.patience;
    let looking = sight.look(&running, &egress, url, (visitor_profile, probe_form), until);
    if timeout_at(until.into(), looking).await.is_err() {
        sight.fault = Some(DevtoolsFault::Late("visit"));
    }
    if sight.fault.is_some() {
        // Whatever the page did to it, the next one meets a fresh browser.
        running.give_up();
    }
    let browser = running.chromium.named();
    let browser_ended = sight.fault == Some(DevtoolsFault::Gone) && !sight.course.is_crashed;
    let visit = sight.told(visitor, &egress, url, &browser, until).await?;
    Ok((visit, browser_ended))
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
        url.clone_into(&mut self.course.link);
        let left = until.saturating_duration_since(Instant::now());
        let mut watch = Watch::new(&mut tab, egress, &mut self.course);
        let watched = watch.go(url, Instant::now() + left * 2 / 3).await;
        self.rested = watched.is_ok();
        if matches!(watched, Err(DevtoolsFault::Gone | DevtoolsFault::Flooded)) {
            self.fault = watched.err();
        } else {
            let (session, context) = (watch.session(), watch.context());
            let from = Source { session, context, egress, visitor, version: &running.chromium.version };
            self.fault = watch.meanwhile(self.kept.keep(&from)).await.err();
            if let Some(own) = self.kept.documents.first().filter(|_| probe_form && self.fault.is_none()) {
                match probe::probe(&mut watch, &own.frame).await {
                    Ok(probed) => self.form_probe = probed,
                    Err(fault) => self.fault = Some(fault),
                }
            }
        }
        self.ended_for_memory = self.course.is_crashed && running.ended_a_page();
        if let Err(why) = tab.close().await {
            self.fault = Some(why);
        }
    }

    async fn told(
        mut self,
        visitor: &Visitor,
        egress: &Egress,
        url: &str,
        browser: &str,
        until: Instant,
    ) -> io::Result<Visit> {
        let traffic = egress.traffic();
        let mut course = std::mem::take(&mut self.course);
        self.rested &= self.kept.is_whole;
        self.fall_back(&course);
        self.kept.attribute(&course.steps.all);
        steps::locate(&mut course.steps.all, traffic);
        self.add_frames(&mut course);
        let end = end(&self, &course, traffic);
        let mut contacts = traffic.contacts();
        for contact in &mut contacts {
            // The way out sees connections alone, each of which may carry many.
            contact.requests = course.requests.to_host(&contact.host).max(1);
        }
        let archive = http_archive::write(&course.requests, traffic, browser);
        let kept = Arc::new(std::mem::take(&mut self.kept));
        let (mut page, unread) = kept.read(until).await;
        page.iter_mut().for_each(|page| add_resources(page, &course));
        if course.steps.all.is_empty() {
            course.steps.all.push(Step { url: cut(url, steps::ADDRESS), at: now(), ..Step::default() });
        }
        Ok(Visit {
            browser: Some(browser.to_owned()),
            end,
            contacts,
            refused: traffic.refused(),
            cookies: kept.cookies.clone(),
            form_probe: self.form_probe.take(),
            http_archive: Some(visitor.blobs().put(&archive)?),
            requests: course.requests.count,
            bytes: course.requests.bytes.max(traffic.bytes()),
            bounds: self.bounds(&course, traffic.is_full(), unread),
            document: kept
                .documents
                .first()
                .map(|own| visitor.blobs().put(own.html.as_bytes()))
                .transpose()?,
            pictures: pictures(&kept, visitor)?,
            page,
            steps: course.steps.all,
            console: course.console,
            dialogs: course.dialogs,
            windows: course.windows,
            downloads: course.downloads,
        })
    }

    /// The bounds that were met, by name.
    fn bounds(&self, course: &Course, is_full: bool, unread: Vec<&'static str>) -> Vec<String> {
        let mut bounds = course.bounds();
        bounds.extend(course.is_cut_short.then_some("time"));
        bounds.extend(is_full.then_some("bytes"));
        bounds.extend(self.ended_for_memory.then_some("memory"));
        bounds.extend((self.fault == Some(DevtoolsFault::Flooded)).then_some("events"));
        if !self.rested && bounds.is_empty() {
            bounds.push("time");
        }
        bounds.extend(course.has_held_frames.then_some("held-back"));
        bounds.extend(unread);
        let mut told = Vec::<String>::new();
        for bound in bounds {
            if !told.iter().any(|other| other == bound) {
                told.push(bound.to_owned());
            }
        }
        told
    }

    /// A page that did not let itself be asked: what its server sent is left.
    fn fall_back(&mut self, course: &Course) {
        let sent = course.steps.all.last().zip(course.body.as_ref());
        if let Some((last, body)) = sent.filter(|_| self.kept.documents.is_empty()) {
            let document =
                Document { url: last.url.clone(), html: charset::decode(body, ""), ..Document::default() };
            self.kept.documents.push(document);
            self.kept.controls = None;
        }
    }

    /// A frame that fills the page is one more step.
    fn add_frames(&self, course: &mut Course) {
        let whole = self.kept.documents.iter().skip(1).filter(|document| document.is_whole);
        for document in whole {
            if let Some(mut step) = course.requests.step(&document.url) {
                step.kind = StepKind::Frame;
                step.body = course.frames.get(&document.url).cloned();
                course.steps.all.push(step);
            }
        }
    }
}

/// What a page loaded belongs to it, whatever its document names.
fn add_resources(page: &mut Page, course: &Course) {
    let named = std::mem::take(&mut page.resources);
    page.resources = super::page::hosts(course.requests.hosts().chain(named).collect());
}

fn pictures(kept: &Kept, visitor: &Visitor) -> io::Result<Pictures> {
    let Some(shots) = &kept.shots else { return Ok(Pictures::default()) };
    Ok(Pictures {
        first: Some(visitor.blobs().put(&shots.first)?),
        whole: Some(visitor.blobs().put(shots.whole.as_ref().unwrap_or(&shots.first))?),
        small: shots.small.as_ref().map(|small| visitor.blobs().put(small)).transpose()?,
    })
}
