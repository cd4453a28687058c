//! When a page has come to rest: how long it is watched depends on what it shows.

use std::time::Duration;

use serde_json::json;

use super::capture::world;
use super::protocol::Evaluated;
use crate::browser::devtools::Session;

/// How long a page may take to answer a small question.
const ANSWER: Duration = Duration::from_secs(1);
/// Nothing was under way for so long.
pub(super) const REST: Duration = Duration::from_millis(400);
/// How long a page that can run something, and asks for nothing yet, is watched after it stood: `setTimeout(…, 1500)` leads many on.
const LEAST: Duration = Duration::from_millis(3_000);
/// How long one that shows next to nothing is let be quiet.
const LONG_REST: Duration = Duration::from_millis(3_500);
/// And one that says that it goes on.
const LONGEST_REST: Duration = Duration::from_millis(7_000);

/// Asks what a page shows, in a world that its scripts cannot reach.
const STATE: &str =
    concat!("(() => {", include_str!("dom.js"), "return (", include_str!("state.js"), ")(); })()");

/// What a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Fields for a password, or for several things: whoever wanted to lead on would not ask yet.
    Asks,
    /// Words that say that something comes.
    GoesOn,
    /// Something else.
    Shows,
    /// Next to nothing.
    Nothing,
}

/// Whether a page has come to rest that was quiet for so long, and has stood for so long.
pub(super) async fn rests(
    session: &Session,
    frame: &str,
    quiet: Duration,
    stood: Duration,
    body: Option<&[u8]>,
) -> bool {
    match state(session, frame).await {
        State::Asks => true,
        State::GoesOn => quiet > LONGEST_REST,
        State::Shows => stood > LEAST || body.is_some_and(runs_nothing),
        State::Nothing => quiet > LONG_REST,
    }
}

/// A page that does not answer shows nothing.
async fn state(session: &Session, frame: &str) -> State {
    let asked = async {
        let world = world(session, frame).await?;
        let asked = json!({ "expression": STATE, "contextId": world, "returnByValue": true });
        session.call::<Evaluated>("Runtime.evaluate", asked, ANSWER).await
    };
    match asked.await.ok().as_ref().and_then(|evaluated| evaluated.result.value.as_str()) {
        Some("asks") => State::Asks,
        Some("goes-on") => State::GoesOn,
        Some("shows") => State::Shows,
        _ => State::Nothing,
    }
}

/// Whether a document as it was sent holds nothing that could run, however it is read.
fn runs_nothing(body: &[u8]) -> bool {
    const RUNNING: [&str; 7] = ["<script", "<iframe", "<frame", "<object", "<embed", "<?xml", "javascript:"];
    // Charsets that hide ASCII (UTF-16, ISO-2022-JP) hold such bytes.
    if body.iter().any(|byte| matches!(byte, 0 | 0x0e | 0x0f | 0x1b)) {
        return false;
    }
    let text = String::from_utf8_lossy(body).to_ascii_lowercase();
    !RUNNING.iter().any(|mark| text.contains(mark))
        && !text.match_indices("on").any(|(place, _)| is_handler(&text, place))
}

/// `onload =`.
fn is_handler(text: &str, place: usize) -> bool {
    let rest = text.get(place..).unwrap_or_default().trim_start_matches(|c: char| c.is_ascii_lowercase());
    let starts = text
        .get(..place)
        .is_some_and(|before| before.ends_with([' ', '\t', '\n', '\r', '\x0c', '/', '"', '\'']));
    starts && rest.trim_start_matches([' ', '\t', '\n', '\r', '\x0c']).starts_with('=')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_run_is_seen() {
        for runs in [
            "<p>x<SCRIPT>",
            "<body onload\n=x()>",
            "<img/onerror=x>",
            "<img alt=\"a\"OnError=x>",
            "<a href='JavaScript:x'>",
            "<iframe src=x>",
            "<\0s\0c\0r\0i\0p\0t",
            "<scr\x1b(Bipt>",
            // What only looks like a handler is taken for one.
            "<p>Come on = 1",
        ] {
            assert!(!runs_nothing(runs.as_bytes()), "{runs}");
        }
        for still in
            ["<p>Come on in <a href=/x?on=1>", "<h1>ログイン</h1><form action=/x><input name=person>", ""]
        {
            assert!(runs_nothing(still.as_bytes()), "{still}");
        }
    }
}
