//! Visits of links: a browser with an empty profile, behind a guard that lets it reach public web servers alone.

mod browsing;
mod capture;
mod charset;
mod client;
mod controls;
mod course;
mod egress;
mod end;
mod guard;
mod http_archive;
mod icon;
mod keeping;
mod look;
mod page;
mod plain;
mod pool;
mod probe;
mod profile;
mod protocol;
mod requests;
mod rest;
mod sight;
mod steps;
mod tab;
#[cfg(test)]
mod tests;

use std::io;
#[cfg(test)]
use std::path::Path;
use std::time::Duration;

use fuwake_core::evidence::Data;
use fuwake_core::evidence::visit::{Profile, Refused, Step, Visit, VisitEnd};
use url::Url;

use crate::blob_store::BlobStore;
use crate::browser::chromium;
use crate::world::{Dialer, Reply, VisitSettings};
use guard::{Barred, Guard};
use pool::Pool;

/// Who answers.
const SOURCE: &str = "visit";
/// How long a page is taken for the same.
const LIFETIME: Duration = Duration::from_secs(3_600);
/// Visits at once.
const AT_ONCE: usize = 4;

/// Visits links; shared by all mails of a run.
#[derive(Debug)]
pub struct Visitor {
    blobs: BlobStore,
    settings: VisitSettings,
    guard: Guard,
    pool: Option<Pool>,
}

impl Visitor {
    /// Starts nothing yet: the browser comes with the first visit.
    ///
    /// # Errors
    /// Where there is no folder for what visits keep.
    pub fn new(settings: &VisitSettings, dialer: Dialer) -> io::Result<Self> {
        let program = chromium::find(settings.browser.as_deref());
        Ok(Self {
            blobs: BlobStore::temporary()?,
            settings: settings.clone(),
            guard: Guard::new(settings, dialer),
            pool: program.map(|program| Pool::new(program, AT_ONCE)),
        })
    }

    /// What visits keep of the pages that they see.
    #[must_use]
    pub fn blobs(&self) -> &BlobStore {
        &self.blobs
    }

    /// Follows a link as somebody.
    pub async fn visit(&self, url: &str, profile: Profile, probe_form: bool) -> Reply {
        let Some(url) = of_the_web(url) else {
            return Reply::found(Data::Visit(Box::new(refused(url))), SOURCE, LIFETIME);
        };
        let visited = match &self.pool {
            Some(pool) => match sight::visit(self, pool, url.as_str(), profile, probe_form).await {
                // A browser that does not start is as good as none.
                Err(_) => plain::visit(self, &url, profile).await,
                visited => visited,
            },
            None => plain::visit(self, &url, profile).await,
        };
        match visited {
            Ok(visit) => Reply::found(Data::Visit(Box::new(visit)), SOURCE, LIFETIME),
            Err(why) => Reply::not_asked("no-browser", format!("{SOURCE} ({why})")),
        }
    }
}

/// A link that can be visited at all.
fn of_the_web(url: &str) -> Option<Url> {
    Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

fn refused(url: &str) -> Visit {
    let (target, why) = (steps::cut(url, steps::ADDRESS), Barred::Scheme.id().to_owned());
    let step = Step { url: target.clone(), at: steps::now(), fault: Some(why.clone()), ..Step::default() };
    let refused = vec![Refused { target, why }];
    Visit { steps: vec![step], end: VisitEnd::Refused, refused, ..Visit::default() }
}
