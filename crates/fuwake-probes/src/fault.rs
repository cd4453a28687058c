//! Why a question went without an answer.

use std::time::Duration;

use thiserror::Error;

/// Why a question went without an answer. The text is evidence: short, the same for the same fault, nothing of the sender's in it.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Fault {
    /// No answer in time.
    #[error("time-out")]
    TimeOut,
    /// Nobody listens there, or no way leads there.
    #[error("unreachable")]
    Unreachable,
    /// The server answers that it cannot, with the code that says so: `SERVFAIL`, `HTTP 503`.
    #[error("server failed: {0}")]
    ServerFailed(String),
    /// The server does not answer us: `REFUSED`, a resolver that a blocklist does not serve, a wrong key.
    #[error("refused: {0}")]
    Refused(String),
    /// Too many questions; how long the server wants to be left alone, where it says so.
    #[error("rate-limited")]
    RateLimited(Option<Duration>),
    /// What came back is no answer to the question.
    #[error("garbled: {0}")]
    Garbled(String),
    /// More came back than is read.
    #[error("answer too long")]
    TooLong,
}

impl Fault {
    /// Whether asking again a little later may help. A server that was asked too much is left alone.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        matches!(self, Self::TimeOut | Self::Unreachable | Self::ServerFailed(_))
    }
}
