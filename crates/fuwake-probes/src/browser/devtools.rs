//! A thin client of the Chrome DevTools Protocol over a pair of pipes (`--remote-debugging-pipe`): JSON messages, each ended by a zero
//! byte. No port is opened that a page could knock at, and the browser ends when the pipes do.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thiserror::Error;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use super::messages::{self, Message};

/// Events that wait for one visit, and their bytes; a page that makes more is not listened to any longer.
const WAITING: usize = 20_000;
const WAITING_BYTES: usize = 64 << 20;
/// The share of both that what may be missed is let take.
const DISPENSABLE: usize = 4;

/// Why a command went without an answer.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub(crate) enum DevtoolsFault {
    /// The browser says no.
    #[error("{0}: {1}")]
    Refused(&'static str, String),
    /// The browser is gone.
    #[error("the browser ended")]
    Gone,
    /// So much happened on a page that it is not listened to any longer.
    #[error("the page told more than is listened to")]
    Flooded,
    /// The browser does not answer.
    #[error("{0}: no answer")]
    Late(&'static str),
    /// A message is not what the protocol says.
    #[error("{0}: not as the protocol says: {1}")]
    Garbled(String, String),
}

/// Something that happened in the browser.
#[derive(Debug, Deserialize)]
pub(crate) struct Event {
    #[serde(rename = "sessionId")]
    pub(crate) session: Option<String>,
    pub(crate) method: String,
    #[serde(default)]
    params: Value,
    #[serde(skip)]
    weight: Weight,
}

/// The bytes of an event that waits, taken off when it is done with.
#[derive(Debug, Default)]
struct Weight(Arc<AtomicUsize>, usize);

impl Drop for Weight {
    fn drop(&mut self) {
        self.0.fetch_sub(self.1, Ordering::Relaxed);
    }
}

impl Event {
    /// What the event says, read strictly.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T, DevtoolsFault> {
        T::deserialize(&self.params)
            .map_err(|why| DevtoolsFault::Garbled(self.method.clone(), why.to_string()))
    }

    /// What no way and no page is known by: words to the console, of which the first are told, and what belongs to no session.
    fn is_dispensable(&self) -> bool {
        self.session.is_none()
            || matches!(&*self.method, "Runtime.consoleAPICalled" | "Runtime.exceptionThrown")
    }

    /// The context that an event of no session is about, where it says so.
    fn context(&self) -> Option<&str> {
        self.params.get("targetInfo")?.get("browserContextId")?.as_str()
    }
}

/// The browser's end of the pipes.
#[derive(Clone, Debug)]
pub(crate) struct Devtools {
    outgoing: mpsc::Sender<Vec<u8>>,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    last: AtomicU64,
    waiting: Mutex<Waiting>,
}

#[derive(Debug, Default)]
struct Waiting {
    replies: BTreeMap<u64, oneshot::Sender<Result<Value, String>>>,
    listeners: Vec<Listener>,
    ended: bool,
}

/// The ear of a visit.
#[derive(Debug)]
struct Listener {
    session: String,
    context: String,
    events: mpsc::Sender<Event>,
    bytes: Arc<AtomicUsize>,
}

impl Listener {
    /// Whether it can still hear.
    fn tell(&self, mut event: Event, length: usize) -> bool {
        let share = if event.is_dispensable() { DISPENSABLE } else { 1 };
        let waiting = WAITING.saturating_sub(self.events.capacity());
        let bytes = self.bytes.load(Ordering::Relaxed).saturating_add(length);
        if waiting >= WAITING / share || bytes > WAITING_BYTES / share {
            return share > 1;
        }
        self.bytes.fetch_add(length, Ordering::Relaxed);
        event.weight = Weight(Arc::clone(&self.bytes), length);
        self.events.try_send(event).is_ok()
    }
}

#[derive(Deserialize)]
struct Reply {
    id: u64,
    #[serde(default)]
    result: Value,
    error: Option<ReplyError>,
}

#[derive(Deserialize)]
struct ReplyError {
    message: String,
}

impl Devtools {
    /// Speaks through these pipes.
    pub(crate) fn new(
        to: impl AsyncWrite + Send + Unpin + 'static,
        from: impl AsyncRead + Send + Unpin + 'static,
    ) -> Self {
        let (outgoing, messages) = mpsc::channel(256);
        let shared = Arc::new(Shared::default());
        tokio::spawn(write(to, messages));
        tokio::spawn(read(from, Arc::clone(&shared)));
        Self { outgoing, shared }
    }

    /// Asks the browser itself.
    pub(crate) async fn call<T: DeserializeOwned>(
        &self,
        method: &'static str,
        params: Value,
        patience: Duration,
    ) -> Result<T, DevtoolsFault> {
        self.call_in(None, method, params, patience).await
    }

    async fn call_in<T: DeserializeOwned>(
        &self,
        session: Option<&str>,
        method: &'static str,
        params: Value,
        patience: Duration,
    ) -> Result<T, DevtoolsFault> {
        let id = self.shared.last.fetch_add(1, Ordering::Relaxed) + 1;
        let mut message = json!({ "id": id, "method": method, "params": params });
        if let Some(session) = session {
            message["sessionId"] = session.into();
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        let (sender, reply) = oneshot::channel();
        {
            let mut waiting = self.shared.waiting();
            if waiting.ended {
                return Err(DevtoolsFault::Gone);
            }
            waiting.replies.insert(id, sender);
        }
        let answered = timeout(patience, async {
            self.outgoing.send(bytes).await.map_err(|_| DevtoolsFault::Gone)?;
            reply.await.map_err(|_| DevtoolsFault::Gone)
        });
        let result = answered.await.unwrap_or(Err(DevtoolsFault::Late(method)));
        self.shared.waiting().replies.remove(&id);
        let value = result?.map_err(|message| DevtoolsFault::Refused(method, message))?;
        T::deserialize(value).map_err(|why| DevtoolsFault::Garbled(method.to_owned(), why.to_string()))
    }

    /// Why a visit hears nothing any longer.
    pub(crate) fn silence(&self) -> DevtoolsFault {
        if self.shared.waiting().ended { DevtoolsFault::Gone } else { DevtoolsFault::Flooded }
    }

    /// The events of a session, and those of the browser about its context, or about none.
    pub(crate) fn listen(&self, session: &str, context: &str) -> mpsc::Receiver<Event> {
        let (events, receiver) = mpsc::channel(WAITING);
        let mut waiting = self.shared.waiting();
        if !waiting.ended {
            let (session, context) = (session.to_owned(), context.to_owned());
            waiting.listeners.push(Listener { session, context, events, bytes: Arc::default() });
        }
        receiver
    }
}

impl Shared {
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands a message to whom it is for. One that cannot be read fails the question that it answers, and nothing else.
    fn take(&self, message: &Message) {
        let Some(value) = message.read() else {
            let unread = Err("an answer that cannot be read".to_owned());
            let sender = message.id().and_then(|id| self.waiting().replies.remove(&id));
            let _ = sender.map(|sender| sender.send(unread));
            return;
        };
        if value.get("id").is_none() {
            if let Ok(event) = Event::deserialize(value) {
                self.tell(event, message.bytes.len());
            }
            return;
        }
        let Ok(reply) = Reply::deserialize(value) else { return };
        let sender = self.waiting().replies.remove(&reply.id);
        let result = reply.error.map_or(Ok(reply.result), |error| Err(error.message));
        // Who asked may have lost patience.
        let _ = sender.map(|sender| sender.send(result));
    }

    /// A visit whose events pile up loses its ear, which it sees as the end of its events.
    fn tell(&self, event: Event, length: usize) {
        let mut waiting = self.waiting();
        if let Some(session) = &event.session {
            let place = waiting.listeners.iter().position(|listener| listener.session == *session);
            if let Some(place) = place
                && !waiting.listeners[place].tell(event, length)
            {
                waiting.listeners.swap_remove(place);
            }
            return;
        }
        let context = event.context();
        for listener in &waiting.listeners {
            if context.is_none_or(|context| context == listener.context) {
                let (method, params) = (event.method.clone(), event.params.clone());
                listener.tell(Event { session: None, method, params, weight: Weight::default() }, length);
            }
        }
        waiting.listeners.retain(|listener| !listener.events.is_closed());
    }
}

async fn write(mut to: impl AsyncWrite + Unpin, mut messages: mpsc::Receiver<Vec<u8>>) {
    while let Some(message) = messages.recv().await {
        if to.write_all(&message).await.is_err() || to.flush().await.is_err() {
            break;
        }
    }
}

async fn read(from: impl AsyncRead + Unpin, shared: Arc<Shared>) {
    let mut from = BufReader::with_capacity(64 << 10, from);
    while let Ok(Some(message)) = messages::next(&mut from).await {
        shared.take(&message);
    }
    let mut waiting = shared.waiting();
    *waiting = Waiting { ended: true, ..Waiting::default() };
}

/// One page of the browser.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) devtools: Devtools,
    pub(crate) id: String,
}

impl Session {
    /// Asks the page.
    pub(crate) async fn call<T: DeserializeOwned>(
        &self,
        method: &'static str,
        params: Value,
        patience: Duration,
    ) -> Result<T, DevtoolsFault> {
        self.devtools.call_in(Some(&self.id), method, params, patience).await
    }

    /// Tells the page to do something.
    pub(crate) async fn tell(&self, method: &'static str, params: Value) -> Result<(), DevtoolsFault> {
        self.call::<Value>(method, params, PATIENCE).await.map(drop)
    }
}

/// How long a command that does not depend on the page may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

#[cfg(test)]
mod tests {
    use tokio::io::AsyncReadExt;

    use super::*;

    /// A browser that says what it is told to, whatever it is asked.
    async fn speaking(says: &'static [u8]) -> Devtools {
        let (ours, theirs) = tokio::io::duplex(1 << 16);
        let (from, to) = tokio::io::split(ours);
        tokio::spawn(async move {
            let (mut from, mut to) = tokio::io::split(theirs);
            let mut heard = [0; 1_024];
            let _ = from.read(&mut heard).await;
            let _ = to.write_all(says).await;
            tokio::time::sleep(Duration::from_secs(2)).await;
        });
        Devtools::new(to, from)
    }

    async fn asked(says: &'static [u8]) -> Result<Value, DevtoolsFault> {
        speaking(says).await.call("Browser.getVersion", json!({}), Duration::from_millis(500)).await
    }

    #[tokio::test]
    async fn answers_are_told_from_silence_refusal_and_nonsense() {
        assert_eq!(asked(b"{\"id\":1,\"result\":{\"a\":1}}\0").await, Ok(json!({ "a": 1 })));
        let refused = DevtoolsFault::Refused("Browser.getVersion", "no".to_owned());
        assert_eq!(asked(b"{\"id\":1,\"error\":{\"code\":-3,\"message\":\"no\"}}\0").await, Err(refused));
        assert_eq!(
            asked(b"{\"id\":2,\"result\":{}}\0").await,
            Err(DevtoolsFault::Late("Browser.getVersion"))
        );
        let nonsense = b"nonsense\0{\"id\":1,\"result\":\"\\ud800 [\"}\0";
        assert_eq!(asked(nonsense).await, Ok(json!("\u{fffd} [")), "what cannot be read is passed over");
        let unread = asked(b"{\"id\":1,\"result\":nonsense}\0").await;
        assert!(matches!(unread, Err(DevtoolsFault::Refused(..))), "{unread:?}");
    }

    /// A page that talks without end loses words, not its visit; what belongs to another's context is not heard.
    #[tokio::test]
    async fn words_that_pile_up_are_missed_and_the_rest_is_heard() {
        let shared = Shared::default();
        let devtools = Devtools { outgoing: mpsc::channel(1).0, shared: Arc::new(shared) };
        let mut events = devtools.listen("1", "own");
        let say = |text: &str| {
            devtools.shared.take(&Message { bytes: text.as_bytes().to_vec(), is_cut: false });
        };
        let word = format!(
            r#"{{"method":"Runtime.consoleAPICalled","sessionId":"1","params":"{}"}}"#,
            "x".repeat(1 << 20)
        );
        for _ in 0..40 {
            say(&word);
        }
        for _ in 0..6_000 {
            say(r#"{"method":"Browser.downloadWillBegin","params":{}}"#);
        }
        for context in ["other", "own"] {
            let target = format!(
                r#"{{"method":"Target.targetCreated","params":{{"targetInfo":{{"browserContextId":"{context}"}}}}}}"#
            );
            say(&target);
        }
        say(r#"{"method":"Page.loadEventFired","sessionId":"1","params":{}}"#);
        let mut heard = BTreeMap::<String, usize>::new();
        while let Ok(event) = events.try_recv() {
            *heard.entry(event.method.clone()).or_default() += 1;
        }
        assert_eq!(heard["Page.loadEventFired"], 1);
        assert_eq!(heard["Runtime.consoleAPICalled"], 15, "{heard:?}");
        assert!(heard["Browser.downloadWillBegin"] < 5_000 && !heard.contains_key("Target.targetCreated"));
        say(&word);
        assert!(events.try_recv().is_ok(), "what was heard makes room");
    }

    #[tokio::test]
    async fn events_go_to_their_page() {
        let devtools = speaking(
            b"{\"method\":\"A.b\",\"sessionId\":\"1\",\"params\":{\"x\":\"y\"}}\0{\"method\":\"C.d\"}\0",
        )
        .await;
        let (mut one, mut two) = (devtools.listen("1", "a"), devtools.listen("2", "b"));
        let _: Result<Value, _> = devtools.call("A.go", json!({}), Duration::from_millis(200)).await;
        let first = one.recv().await.expect("an event");
        assert_eq!(first.read::<BTreeMap<String, String>>().expect("params")["x"], "y");
        assert!(matches!(first.read::<Vec<u8>>(), Err(DevtoolsFault::Garbled(..))));
        assert_eq!(one.recv().await.expect("an event").method, "C.d");
        assert_eq!(two.recv().await.expect("an event").method, "C.d", "the other's own is not its");
    }
}
