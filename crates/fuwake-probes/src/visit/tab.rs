//! One page of the browser in a context of its own: nothing of an earlier visit is in it, and nothing of it is in a later one.

use fuwake_core::evidence::visit::Profile;
use serde::Deserialize;
use serde_json::json;
use tokio::sync::mpsc::Receiver;

use super::egress::Egress;
use super::profile;
use crate::browser::chromium::Chromium;
use crate::browser::devtools::{DevtoolsFault, Event, PATIENCE, Session};

/// A page of the browser.
#[derive(Debug)]
pub(super) struct Tab {
    pub(super) session: Session,
    pub(super) events: Receiver<Event>,
    pub(super) target: String,
    pub(super) context: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NewContext {
    browser_context_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NewTarget {
    target_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Attached {
    session_id: String,
}

impl Tab {
    /// Opens an empty page whose every connection goes through `egress`.
    pub(super) async fn open(
        chromium: &Chromium,
        egress: &Egress,
        visitor: Profile,
    ) -> Result<Self, DevtoolsFault> {
        let devtools = chromium.devtools.clone();
        let way = json!({
            "disposeOnDetach": true, "proxyServer": egress.url(), "proxyBypassList": "<-loopback>",
        });
        let NewContext { browser_context_id: context } =
            devtools.call("Target.createBrowserContext", way, PATIENCE).await?;
        let blank = json!({ "url": "about:blank", "browserContextId": context });
        let NewTarget { target_id: target } = devtools.call("Target.createTarget", blank, PATIENCE).await?;
        let attach = json!({ "targetId": target, "flatten": true });
        let Attached { session_id: id } = devtools.call("Target.attachToTarget", attach, PATIENCE).await?;
        let events = devtools.listen(&id, &context);
        let tab = Self { session: Session { devtools, id }, events, target, context };
        tab.prepare(visitor, &chromium.version).await?;
        Ok(tab)
    }

    async fn prepare(&self, visitor: Profile, product: &str) -> Result<(), DevtoolsFault> {
        let (session, devtools) = (&self.session, &self.session.devtools);
        let context = json!({ "permissions": [], "browserContextId": self.context });
        let downloads =
            json!({ "behavior": "deny", "browserContextId": self.context, "eventsEnabled": true });
        let documents = json!({ "patterns": [
            { "urlPattern": "*", "resourceType": "Document", "requestStage": "Request" },
            { "urlPattern": "*", "resourceType": "Document", "requestStage": "Response" },
        ] });
        tokio::try_join!(
            devtools.call::<serde_json::Value>("Browser.grantPermissions", context, PATIENCE),
            devtools.call::<serde_json::Value>("Browser.setDownloadBehavior", downloads, PATIENCE),
            session.tell("Page.enable", json!({})),
            session.tell("Network.enable", json!({ "maxTotalBufferSize": 0, "maxPostDataSize": 65_536 })),
            session.tell("Runtime.enable", json!({})),
            session.tell("Inspector.enable", json!({})),
            session.tell("Security.setIgnoreCertificateErrors", json!({ "ignore": true })),
            session.tell("Network.setBypassServiceWorker", json!({ "bypass": true })),
            session.tell("Fetch.enable", documents),
            profile::wear(session, visitor, product),
        )?;
        Ok(())
    }

    /// Closes it with all that it kept. A browser that does not even do that is not used again.
    pub(super) async fn close(self) -> Result<(), DevtoolsFault> {
        let context = json!({ "browserContextId": self.context });
        let devtools = &self.session.devtools;
        devtools.call::<serde_json::Value>("Target.disposeBrowserContext", context, PATIENCE).await?;
        Ok(())
    }
}
