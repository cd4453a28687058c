//! A thin client of the Chrome DevTools Protocol over a pair of pipes (`--remote-debugging-pipe`): JSON messages, each ended by a zero
//! byte. No port is opened that a page could knock at, and the browser ends when the pipes do.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thiserror::Error;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

/// The longest message, in bytes: a picture of a long page, or the body of a document.
const LONGEST: u64 = 160 << 20;
/// Events that wait for one visit; a page that makes more is not listened to any longer.
const WAITING: usize = 20_000;

/// Why a command went without an answer.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub(super) enum DevtoolsFault {
    /// The browser says no.
    #[error("{0}: {1}")]
    Refused(&'static str, String),
    /// The browser is gone.
    #[error("the browser ended")]
    Gone,
    /// The browser does not answer.
    #[error("{0}: no answer")]
    Late(&'static str),
    /// A message is not what the protocol says.
    #[error("{0}: not as the protocol says: {1}")]
    Garbled(String, String),
}

/// Something that happened in the browser.
#[derive(Debug, Deserialize)]
pub(super) struct Event {
    #[serde(rename = "sessionId")]
    pub(super) session: Option<String>,
    pub(super) method: String,
    #[serde(default)]
    params: Value,
}

impl Event {
    /// What the event says, read strictly.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, DevtoolsFault> {
        T::deserialize(&self.params)
            .map_err(|why| DevtoolsFault::Garbled(self.method.clone(), why.to_string()))
    }
}

/// The browser's end of the pipes.
#[derive(Clone, Debug)]
pub(super) struct Devtools {
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
    listeners: Vec<(String, mpsc::Sender<Event>)>,
    ended: bool,
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
    pub(super) fn new(
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
    pub(super) async fn call<T: DeserializeOwned>(
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

    /// The events of a session, and those of the browser that belong to none.
    pub(super) fn listen(&self, session: &str) -> mpsc::Receiver<Event> {
        let (sender, receiver) = mpsc::channel(WAITING);
        let mut waiting = self.shared.waiting();
        if !waiting.ended {
            waiting.listeners.push((session.to_owned(), sender));
        }
        receiver
    }
}

impl Shared {
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands a message to whom it is for. What is neither an answer nor an event ends the conversation.
    fn take(&self, bytes: &[u8]) -> Option<()> {
        let message: Value = serde_json::from_slice(bytes).ok()?;
        if message.get("id").is_none() {
            self.tell(Event::deserialize(message).ok()?);
            return Some(());
        }
        let reply = Reply::deserialize(message).ok()?;
        let sender = self.waiting().replies.remove(&reply.id);
        let result = reply.error.map_or(Ok(reply.result), |error| Err(error.message));
        // Who asked may have lost patience.
        let _ = sender.map(|sender| sender.send(result));
        Some(())
    }

    /// A visit whose events pile up loses its ear, which it sees as the end of its events.
    fn tell(&self, event: Event) {
        let mut waiting = self.waiting();
        match &event.session {
            Some(session) => {
                let place = waiting.listeners.iter().position(|(own, _)| own == session);
                if let Some(place) = place
                    && waiting.listeners[place].1.try_send(event).is_err()
                {
                    waiting.listeners.swap_remove(place);
                }
            }
            None => {
                let Event { method, params, .. } = event;
                let copy = || Event { session: None, method: method.clone(), params: params.clone() };
                waiting.listeners.retain(|(_, listener)| listener.try_send(copy()).is_ok());
            }
        }
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
    loop {
        let mut message = Vec::new();
        let length = (&mut from).take(LONGEST).read_until(0, &mut message).await.unwrap_or(0);
        if length == 0 || message.pop() != Some(0) || shared.take(&message).is_none() {
            break;
        }
    }
    let mut waiting = shared.waiting();
    *waiting = Waiting { ended: true, ..Waiting::default() };
}

/// One page of the browser.
#[derive(Clone, Debug)]
pub(super) struct Session {
    pub(super) devtools: Devtools,
    pub(super) id: String,
}

impl Session {
    /// Asks the page.
    pub(super) async fn call<T: DeserializeOwned>(
        &self,
        method: &'static str,
        params: Value,
        patience: Duration,
    ) -> Result<T, DevtoolsFault> {
        self.devtools.call_in(Some(&self.id), method, params, patience).await
    }

    /// Tells the page to do something.
    pub(super) async fn tell(&self, method: &'static str, params: Value) -> Result<(), DevtoolsFault> {
        self.call::<Value>(method, params, PATIENCE).await.map(drop)
    }
}

/// How long a command that does not depend on the page may take.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

#[cfg(test)]
mod tests {
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
        assert_eq!(asked(b"nonsense\0").await, Err(DevtoolsFault::Gone));
    }

    #[tokio::test]
    async fn events_go_to_their_page() {
        let devtools = speaking(
            b"{\"method\":\"A.b\",\"sessionId\":\"1\",\"params\":{\"x\":\"y\"}}\0{\"method\":\"C.d\"}\0",
        )
        .await;
        let (mut one, mut two) = (devtools.listen("1"), devtools.listen("2"));
        let _: Result<Value, _> = devtools.call("A.go", json!({}), Duration::from_millis(200)).await;
        let first = one.recv().await.expect("an event");
        assert_eq!(first.read::<BTreeMap<String, String>>().expect("params")["x"], "y");
        assert!(matches!(first.read::<Vec<u8>>(), Err(DevtoolsFault::Garbled(..))));
        assert_eq!(one.recv().await.expect("an event").method, "C.d");
        assert_eq!(two.recv().await.expect("an event").method, "C.d", "the other's own is not its");
    }
}
