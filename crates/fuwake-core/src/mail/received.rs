//! Received fields (RFC 5321 section 4.4): one relay step each, in the shapes that real servers write.

use std::net::IpAddr;

use time::OffsetDateTime;

use crate::span::Span;

/// How far a trace line is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Trust {
    /// Anybody may have written it.
    Claimed,
    /// The newer hop observed (reverse name or address) the server that wrote it.
    Corroborated,
    /// Written by a server of the recipient.
    Observed,
}

/// One relay step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hop {
    /// The name that the client gave in HELO or EHLO.
    pub helo: Option<String>,
    /// The client's reverse name as the writing server saw it.
    pub reverse_dns: Option<String>,
    /// Sendmail's and others' note that reverse and forward name do not agree (`may be forged`).
    pub reverse_dns_unconfirmed: bool,
    /// The peer address that the writing server observed; never from the HELO or a version number.
    pub ip: Option<IpAddr>,
    /// The user that the client logged in as.
    pub authenticated_user: Option<String>,
    /// The server that wrote the line.
    pub by: Option<String>,
    /// The protocol (RFC 3848): ESMTP, ESMTPS, ESMTPSA, HTTP, local …
    pub with: Option<String>,
    /// The queue id.
    pub id: Option<String>,
    /// The recipient.
    pub recipient: Option<String>,
    /// The time, in the zone that the line names.
    pub at: Option<OffsetDateTime>,
    /// Seconds since the hop before, negative where a clock is wrong; none where either time is unknown.
    pub delay_seconds: Option<i64>,
    /// How far the line is believed.
    pub trust: Trust,
    /// The whole field.
    pub span: Span,
}
