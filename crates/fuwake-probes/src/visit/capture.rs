//! What is kept of a page that has come to rest: pictures, the document as it stands, its frames, what its controls do.

use std::time::Duration;

use data_encoding::BASE64;
use fuwake_core::evidence::visit::Profile;
use serde::Deserialize;
use serde_json::{Value, json};

use super::profile::{Screen, screen};
use super::protocol::{Evaluated, Frame, FrameTree, FrameTreeAnswer};
use crate::browser::devtools::{DevtoolsFault, Session};

/// How long a picture may take, and a question to the page.
const PICTURE: Duration = Duration::from_secs(4);
const ANSWER: Duration = Duration::from_secs(2);
/// How much of a long page the picture of the whole shows, in CSS pixels.
const TALLEST: f64 = 6_000.0;
/// The width of the picture for reports, in pixels.
const SMALL: f64 = 640.0;
/// Frames that are looked into, and bytes of documents.
const FRAMES: usize = 30;
const BYTES: usize = 24 << 20;
/// The share of the first screen from which on a frame is the page.
const WHOLE: f64 = 0.8;

/// And up to which it is there for other ends than being seen.
const LEAST: f64 = 0.001;

/// Reads a document as it stands: what its fields hold, and the comments before its first element, are in no `outerHTML`.
const DOCUMENT: &str =
    concat!("(() => {", include_str!("dom.js"), "return (", include_str!("document.js"), ")(); })()");

/// Pictures of a page, as the browser drew them.
#[derive(Debug, Default)]
pub(super) struct Shots {
    /// PNG.
    pub(super) first: Vec<u8>,
    /// PNG; none where it is the first.
    pub(super) whole: Option<Vec<u8>>,
    /// WebP.
    pub(super) small: Option<Vec<u8>>,
}

#[derive(Deserialize)]
struct Shot {
    data: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Layout {
    css_content_size: Size,
}

#[derive(Deserialize)]
struct Size {
    width: f64,
    height: f64,
}

/// Takes the pictures; each stands in `shots` as soon as it is there.
pub(super) async fn pictures(
    session: &Session,
    profile: Profile,
    shots: &mut Option<Shots>,
) -> Result<(), DevtoolsFault> {
    let Screen { width, height, density } = screen(profile);
    let (width, height, density) = (f64::from(width), f64::from(height), f64::from(density));
    let clip = |width: f64, height: f64, scale: f64| json!({ "x": 0, "y": 0, "width": width, "height": height, "scale": scale });
    let first = shot(session, json!({ "format": "png", "optimizeForSpeed": true })).await?;
    let shots = shots.insert(Shots { first, ..Shots::default() });
    let scale = (SMALL / (width * density)).min(1.0);
    let small = json!({ "format": "webp", "quality": 70, "clip": clip(width, height, scale) });
    shots.small = Some(shot(session, small).await?);
    let layout: Layout = session.call("Page.getLayoutMetrics", json!({}), ANSWER).await?;
    let size = layout.css_content_size;
    if size.height <= height + 1.0 {
        return Ok(());
    }
    let clip = clip(size.width.clamp(width, width * 2.0), size.height.min(TALLEST), 1.0);
    let whole =
        json!({ "format": "png", "captureBeyondViewport": true, "clip": clip, "optimizeForSpeed": true });
    // A page that cannot be drawn whole still has its first screen.
    shots.whole = shot(session, whole).await.ok();
    Ok(())
}

async fn shot(session: &Session, how: Value) -> Result<Vec<u8>, DevtoolsFault> {
    let shot: Shot = session.call("Page.captureScreenshot", how, PICTURE).await?;
    BASE64
        .decode(shot.data.as_bytes())
        .map_err(|why| DevtoolsFault::Garbled("Page.captureScreenshot".to_owned(), why.to_string()))
}

/// A document as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(super) struct Document {
    pub(super) url: String,
    /// The origin that it acts for (HTML section 7.5.1); `null` where it has none of its own.
    #[serde(default)]
    pub(super) origin: String,
    /// What its addresses are relative to.
    #[serde(default)]
    pub(super) base: String,
    pub(super) html: String,
    /// The address of the page that made it, where it has none of its own on the web.
    #[serde(skip)]
    pub(super) maker: Option<String>,
    /// It is longer than that.
    #[serde(default)]
    pub(super) is_cut: bool,
    /// What is seen of it.
    pub(super) text: String,
    #[serde(default)]
    pub(super) media_type: String,
    /// The browser's id of the frame that it stands in.
    #[serde(default)]
    pub(super) frame: String,
    /// A frame that fills the page.
    #[serde(default)]
    pub(super) is_whole: bool,
    /// A frame that takes no room: what it says is not seen.
    #[serde(default)]
    pub(super) is_unseen: bool,
}

/// The documents of the page and its frames, the page first; each stands in `documents` as soon as it is there. Whether they are all.
pub(super) async fn documents(
    session: &Session,
    profile: Profile,
    documents: &mut Vec<Document>,
) -> Result<bool, DevtoolsFault> {
    let tree: FrameTreeAnswer = session.call("Page.getFrameTree", json!({}), ANSWER).await?;
    let mut frames = Vec::new();
    let mut are_all = flatten(tree.frame_tree, &mut frames);
    let mut bytes = 0;
    for (place, frame) in frames.into_iter().enumerate() {
        if bytes > BYTES {
            return Ok(false);
        }
        // A frame that does not answer is missing, the page itself must not.
        match document(session, &frame).await {
            Ok(mut document) => {
                document.media_type.clone_from(&frame.mime_type);
                document.frame.clone_from(&frame.id);
                if place > 0 {
                    let share = share_of_the_page(session, &frame, profile).await;
                    (document.is_whole, document.is_unseen) = (share >= WHOLE, share < LEAST);
                }
                bytes += document.html.len();
                documents.push(document);
            }
            Err(why) if place == 0 => return Err(why),
            Err(why @ (DevtoolsFault::Late(_) | DevtoolsFault::Gone)) => return Err(why),
            Err(_) => are_all = false,
        }
    }
    Ok(are_all)
}

/// The frames in order; whether they are all.
fn flatten(tree: FrameTree, frames: &mut Vec<Frame>) -> bool {
    if frames.len() >= FRAMES {
        return false;
    }
    frames.push(tree.frame);
    tree.child_frames.into_iter().all(|child| flatten(child, frames))
}

async fn document(session: &Session, frame: &Frame) -> Result<Document, DevtoolsFault> {
    let world = world(session, &frame.id).await?;
    let asked = json!({ "expression": DOCUMENT, "contextId": world, "returnByValue": true });
    let answered: Evaluated = session.call("Runtime.evaluate", asked, ANSWER).await?;
    Document::deserialize(answered.result.value).map_err(|why| {
        let fault = answered.exception_details.map_or_else(|| why.to_string(), |details| details.text);
        DevtoolsFault::Garbled("Runtime.evaluate".to_owned(), fault)
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct World {
    execution_context_id: i64,
}

/// A world of our own in a frame, in which the page's scripts have changed nothing.
pub(super) async fn world(session: &Session, frame: &str) -> Result<i64, DevtoolsFault> {
    let World { execution_context_id } =
        session.call("Page.createIsolatedWorld", json!({ "frameId": frame }), ANSWER).await?;
    Ok(execution_context_id)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Owner {
    backend_node_id: i64,
}

#[derive(Deserialize)]
struct BoxAnswer {
    model: BoxModel,
}

#[derive(Deserialize)]
struct BoxModel {
    width: f64,
    height: f64,
}

/// How much of the first screen a frame takes.
async fn share_of_the_page(session: &Session, frame: &Frame, profile: Profile) -> f64 {
    let size = async {
        let owner: Owner = session.call("DOM.getFrameOwner", json!({ "frameId": frame.id }), ANSWER).await?;
        let node = json!({ "backendNodeId": owner.backend_node_id });
        let found: BoxAnswer = session.call("DOM.getBoxModel", node, ANSWER).await?;
        Ok::<BoxModel, DevtoolsFault>(found.model)
    };
    let Screen { width, height, .. } = screen(profile);
    let (width, height) = (f64::from(width), f64::from(height));
    // One without a box takes none.
    size.await.map_or(0.0, |size| size.width.min(width) * size.height.min(height) / (width * height))
}

#[derive(Deserialize)]
struct Cookies {
    cookies: Vec<Cookie>,
}

#[derive(Deserialize)]
struct Cookie {
    name: String,
}

/// The names of the cookies that were set, sorted.
pub(super) async fn cookies(session: &Session, context: &str) -> Result<Vec<String>, DevtoolsFault> {
    let asked = json!({ "browserContextId": context });
    let Cookies { cookies } = session.devtools.call("Storage.getCookies", asked, ANSWER).await?;
    let mut names: Vec<String> = cookies.into_iter().take(200).map(|cookie| cookie.name).collect();
    names.sort();
    names.dedup();
    Ok(names)
}
