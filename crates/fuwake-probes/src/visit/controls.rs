//! What takes what is done on a page: the listeners of its scripts, which no document tells.

use std::time::Duration;

use futures::future::join_all;
use serde::Deserialize;
use serde_json::json;

use super::capture::world;
use super::protocol::{Evaluated, RemoteObject};
use crate::browser::devtools::{DevtoolsFault, Session};

/// How long a question to the page may take.
const ANSWER: Duration = Duration::from_secs(2);
/// Nodes with listeners that are looked at; a page with more is taken to listen everywhere.
const NODES: usize = 150;
/// What a control that is used makes a script hear.
const HEARD: [&str; 14] = [
    "click",
    "change",
    "input",
    "submit",
    "mousedown",
    "mouseup",
    "pointerdown",
    "pointerup",
    "touchstart",
    "touchend",
    "keydown",
    "keyup",
    "focus",
    "focusin",
];
/// Told by a function that gets the nodes that listen.
const CONTROLS: &str = concat!(
    "function (...given) {",
    include_str!("dom.js"),
    "return (",
    include_str!("controls.js"),
    ")(...given); }"
);

/// What scripts take on a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(super) struct Controls {
    /// Controls that do nothing, by label or name.
    pub(super) dead: Vec<String>,
    /// For each form, in order: a script takes what is entered.
    pub(super) forms: Vec<bool>,
    /// A script takes what is entered into fields outside forms.
    pub(super) takes_loose: bool,
}

#[derive(Deserialize)]
struct Listeners {
    listeners: Vec<Listener>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Listener {
    #[serde(rename = "type")]
    kind: String,
    backend_node_id: Option<i64>,
}

#[derive(Deserialize)]
struct Resolved {
    object: RemoteObject,
}

/// Asks the browser; none where too many listen to tell.
pub(super) async fn controls(session: &Session, frame: &str) -> Result<Option<Controls>, DevtoolsFault> {
    let world = world(session, frame).await?;
    let of_window = listeners(session, "window").await?;
    let all = listeners(session, "document").await?;
    if of_window.iter().any(|listener| HEARD.contains(&&*listener.kind)) {
        return Ok(None);
    }
    let mut nodes: Vec<i64> = all
        .iter()
        .filter(|listener| HEARD.contains(&&*listener.kind))
        .filter_map(|listener| listener.backend_node_id)
        .collect();
    nodes.sort_unstable();
    nodes.dedup();
    if nodes.len() > NODES {
        return Ok(None);
    }
    let resolved = join_all(nodes.iter().map(|node| {
        let asked = json!({ "backendNodeId": node, "executionContextId": world });
        session.call::<Resolved>("DOM.resolveNode", asked, ANSWER)
    }));
    let arguments: Vec<serde_json::Value> = resolved
        .await
        .into_iter()
        // A node may be gone by now.
        .filter_map(|node| Some(json!({ "objectId": node.ok()?.object.object_id? })))
        .collect();
    let asked = json!({
        "functionDeclaration": CONTROLS, "executionContextId": world, "arguments": arguments, "returnByValue": true,
    });
    let answered: Evaluated = session.call("Runtime.callFunctionOn", asked, ANSWER).await?;
    let garbled = |why: serde_json::Error| {
        let fault = answered
            .exception_details
            .as_ref()
            .map_or_else(|| why.to_string(), |details| details.text.clone());
        DevtoolsFault::Garbled("Runtime.callFunctionOn".to_owned(), fault)
    };
    Controls::deserialize(&answered.result.value).map(Some).map_err(garbled)
}

/// The listeners of an object of the page that no script can exchange, and of all inside it.
async fn listeners(session: &Session, object: &'static str) -> Result<Vec<Listener>, DevtoolsFault> {
    let asked = json!({ "expression": object });
    let evaluated: Evaluated = session.call("Runtime.evaluate", asked, ANSWER).await?;
    let Some(id) = evaluated.result.object_id else { return Ok(Vec::new()) };
    let asked =
        json!({ "objectId": id, "depth": if object == "document" { -1 } else { 1 }, "pierce": false });
    let found: Listeners = session.call("DOMDebugger.getEventListeners", asked, ANSWER).await?;
    Ok(found.listeners)
}
