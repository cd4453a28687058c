//! Where a form would send what is entered: it is filled with marked, made-up values and sent, with the way out shut before.

use std::time::Duration;

use fuwake_core::evidence::visit::FormProbe;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::sleep;

use super::browsing::Watch;
use super::capture::world;
use super::protocol::Evaluated;
use crate::browser::devtools::DevtoolsFault;

/// How long it is waited for what the page does with what was entered.
const WAIT: Duration = Duration::from_secs(3);
/// How long the page may take to be filled in.
const ANSWER: Duration = Duration::from_secs(2);

/// Fills the form that asks for most, and sends it.
const FILL: &str = concat!("() => {", include_str!("dom.js"), "return (", include_str!("probe.js"), ")(); }");

/// Probes the page of a watch that has come to rest; none where there is nothing to fill in.
pub(super) async fn probe(watch: &mut Watch<'_>, frame: &str) -> Result<Option<FormProbe>, DevtoolsFault> {
    let session = watch.session();
    // Shut first: whatever way a script may find to send, nothing gets out any more.
    watch.shut();
    let all = json!({ "patterns": [{ "urlPattern": "*", "requestStage": "Request" }] });
    session.tell("Fetch.enable", all).await?;
    watch.intercept();
    let filling = async {
        let world = world(&session, frame).await?;
        let asked =
            json!({ "functionDeclaration": FILL, "executionContextId": world, "returnByValue": true });
        session.call::<Evaluated>("Runtime.callFunctionOn", asked, ANSWER).await
    };
    let filled = watch.meanwhile(filling).await?.result.value;
    let filled = Vec::<String>::deserialize(filled).unwrap_or_default();
    if filled.is_empty() {
        return Ok(None);
    }
    let waiting = async {
        sleep(WAIT).await;
        Ok(())
    };
    watch.meanwhile(waiting).await?;
    Ok(Some(FormProbe { requests: watch.intercepted(), filled }))
}

/// Whether a request may carry what was entered: it bears a mark, or sends something whose marks may be disguised.
pub(super) fn may_carry(method: &str, url: &str, kind: &str, body: Option<&str>) -> bool {
    const MARKS: [&str; 5] = ["fuwake", "Fuwake", "4111111111111111", "09000000000", "ZnV3YWtl"];
    let marked = |text: &str| MARKS.iter().any(|mark| text.contains(mark));
    let sends = matches!(kind, "Document" | "XHR" | "Fetch" | "Ping");
    marked(url) || body.is_some_and(marked) || (sends && !matches!(method, "GET" | "HEAD" | "OPTIONS"))
}

/// Lets a request of a probed page end here.
pub(super) fn blocked(request: &str) -> Value {
    json!({ "requestId": request, "errorReason": "BlockedByClient" })
}

/// Takes a step back: the browser then stays where it is.
pub(super) fn held_back(request: &str) -> Value {
    json!({ "requestId": request, "errorReason": "Aborted" })
}
