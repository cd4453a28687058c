//! What is kept of the page at the end, piece by piece: what was seen before it stalled stays.

use std::sync::Arc;
use std::time::{Duration, Instant};

use fuwake_core::evidence::visit::{Icon, Page, Profile, Step};
use serde_json::{Value, json};
use tokio::task::spawn_blocking;
use tokio::time::{timeout, timeout_at};
use url::Url;

use super::capture::{self, Document, Shots};
use super::controls::{Controls, controls};
use super::egress::Egress;
use super::{client, icon, look, page};
use crate::browser::agent;
use crate::browser::devtools::{DevtoolsFault, Session};

/// How long the icon of a site is waited for.
const ICON: Duration = Duration::from_secs(3);
/// How long a page may take to be read at least, however late its visit is.
const READING: Duration = Duration::from_secs(5);

/// What is kept of a page.
#[derive(Debug, Default)]
pub(super) struct Kept {
    pub(super) shots: Option<Shots>,
    pub(super) documents: Vec<Document>,
    pub(super) controls: Option<Controls>,
    pub(super) cookies: Vec<String>,
    pub(super) icon: Option<Icon>,
    /// More frames stood there than were looked into.
    pub(super) lacks_frames: bool,
    /// Nothing was in the way.
    pub(super) is_whole: bool,
}

/// Through which everything comes.
pub(super) struct Source<'s> {
    pub(super) session: Session,
    pub(super) context: String,
    pub(super) egress: &'s Egress,
    pub(super) visitor: Profile,
    pub(super) version: &'s str,
}

impl Kept {
    /// Keeps what the page shows. A script that never ends is stopped first. The first thing that went wrong is told, what can still be kept
    /// is kept.
    pub(super) async fn keep(&mut self, from: &Source<'_>) -> Result<(), DevtoolsFault> {
        let session = &from.session;
        if !answers(session).await {
            session.tell("Runtime.terminateExecution", json!({})).await?;
        }
        let read = capture::documents(session, from.visitor, &mut self.documents).await;
        self.lacks_frames = !matches!(read, Ok(true));
        let drawn = capture::pictures(session, from.visitor, &mut self.shots).await;
        let cookies = capture::cookies(session, &from.context).await;
        let asked = match self.documents.first().cloned() {
            Some(own) => {
                let (icon, controls) =
                    tokio::join!(timeout(ICON, icon_of(own.clone(), from)), controls(session, &own.frame));
                self.icon = icon.ok().flatten();
                controls
            }
            None => Ok(None),
        };
        let (cookies, cookies_fault) = parted(cookies);
        self.cookies = cookies;
        let (controls, controls_fault) = parted(asked);
        // A page that bends what it is asked about its controls is judged without them.
        let controls_fault = controls_fault.filter(|why| !matches!(why, DevtoolsFault::Garbled(..)));
        self.controls = controls;
        let fault = read.err().or(drawn.err()).or(cookies_fault).or(controls_fault);
        self.is_whole = fault.is_none();
        fault.map_or(Ok(()), Err)
    }

    /// Says for whom a page stands there that a script made: `blob:`, `data:`, and `about:blank` where it was written into (HTML section
    /// 7.3.1: they act for who made them).
    pub(super) fn attribute(&mut self, steps: &[Step]) {
        let Some(own) = self.documents.first_mut() else { return };
        let servers = || steps.iter().rev().map(|step| step.url.as_str()).filter(|url| is_of_the_web(url));
        let by_origin = is_of_the_web(&own.origin).then(|| {
            let is_its = |url: &&str| {
                Url::parse(url).is_ok_and(|url| url.origin().ascii_serialization() == own.origin)
            };
            servers().find(is_its).map_or_else(|| format!("{}/", own.origin), str::to_owned)
        });
        let is_made = ["blob:", "data:", "filesystem:"].iter().any(|scheme| own.url.starts_with(scheme));
        own.maker = match () {
            () if is_of_the_web(&own.url) => None,
            () => by_origin.or_else(|| servers().next().filter(|_| is_made).map(str::to_owned)),
        };
        if own.maker.is_none() && !is_of_the_web(&own.url) {
            // The browser's own: its words on a fault, or the empty page of the beginning.
            self.documents.clear();
            self.shots = None;
        }
    }

    /// Reads the page, beside the runtime's threads and in bounded time; the bounds that were met are named.
    pub(super) async fn read(self: &Arc<Self>, until: Instant) -> (Option<Page>, Vec<&'static str>) {
        let kept = Arc::clone(self);
        let reading = spawn_blocking(move || {
            let look = || look::difference_hash(&kept.shots.as_ref()?.first);
            page::read(&kept.documents, kept.controls.as_ref()).map(|read| page::Read {
                page: Page { look: look(), icon: kept.icon.clone(), ..read.page },
                ..read
            })
        });
        match timeout_at(until.max(Instant::now() + READING).into(), reading).await {
            Ok(Ok(read)) => {
                let is_cut = read.as_ref().is_some_and(|read| read.is_cut);
                let met = [("nodes", is_cut), ("frames", self.lacks_frames && read.is_some())];
                (
                    read.map(|read| read.page),
                    met.iter().filter(|(_, met)| *met).map(|(name, _)| *name).collect(),
                )
            }
            _ => (None, vec!["time"]),
        }
    }
}

fn parted<T: Default>(result: Result<T, DevtoolsFault>) -> (T, Option<DevtoolsFault>) {
    result.map_or_else(|why| (T::default(), Some(why)), |value| (value, None))
}

fn is_of_the_web(url: &str) -> bool {
    url.starts_with("http://") || url.starts_with("https://")
}

async fn answers(session: &Session) -> bool {
    let asked = json!({ "expression": "1" });
    let patience = Duration::from_millis(1_500);
    session.call::<Value>("Runtime.evaluate", asked, patience).await.is_ok()
}

async fn icon_of(document: Document, from: &Source<'_>) -> Option<Icon> {
    let wanted = spawn_blocking(move || page::icon(&document)).await.ok()?;
    let client = client::client(from.egress, from.visitor, agent::major(from.version), false).ok()?;
    icon::icon(&client, wanted?).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_scripts_made_are_their_makers() {
        let maker = |url: &str, origin: &str| {
            let document = Document { url: url.to_owned(), origin: origin.to_owned(), ..Document::default() };
            let steps = [
                "https://evil.example:8443/a?x=1",
                "https://other.example/b",
                "blob:https://evil.example:8443/1",
            ];
            let step = |url: &&str| Step { url: (*url).to_owned(), ..Step::default() };
            let mut kept = Kept { documents: vec![document], ..Kept::default() };
            kept.attribute(&steps.iter().map(step).collect::<Vec<_>>());
            kept.documents.pop().map(|document| document.maker.unwrap_or(document.url))
        };
        let (evil, other) = ("https://evil.example:8443/a?x=1", "https://other.example/b");
        assert_eq!(maker("https://x.example/", "https://x.example").as_deref(), Some("https://x.example/"));
        assert_eq!(
            maker("blob:https://evil.example:8443/1", "https://evil.example:8443").as_deref(),
            Some(evil)
        );
        assert_eq!(maker("about:blank", "https://third.example").as_deref(), Some("https://third.example/"));
        assert_eq!(maker("data:text/html,x", "null").as_deref(), Some(other));
        assert_eq!(
            (maker("about:blank", "null"), maker("chrome-error://chromewebdata/", "null")),
            (None, None)
        );
    }
}
