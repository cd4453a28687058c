//! Received fields (RFC 5321 section 4.4): one relay step each, in the shapes that real servers write.

mod client;
mod tokens;

use std::net::IpAddr;

use time::OffsetDateTime;

use crate::mail::{Defect, Field, date};
use crate::span::Span;
use client::Client;
use tokens::Token;

/// How many bytes of a line are read.
const MAX_LINE: usize = 8 * 1024;
/// How many lines are read; RFC 5321 section 6.3 takes a hundred for a loop.
const MAX_HOPS: usize = 200;

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
    /// Whether the client logged in, even where no user is named.
    pub authenticated: bool,
    /// The server that wrote the line.
    pub by: Option<String>,
    /// The address that the server writes beside its own name.
    pub by_ip: Option<IpAddr>,
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

impl Hop {
    /// The client's name that forward and reverse DNS agree on; what it called itself (HELO) anybody can write.
    #[must_use]
    pub fn confirmed_name(&self) -> Option<&str> {
        self.reverse_dns.as_deref().filter(|_| !self.reverse_dns_unconfirmed)
    }
}

/// Reads the Received fields, oldest first, and says what is odd about them. All are [`Trust::Claimed`] until
/// [`trust::grade`](crate::mail::trust::grade) has looked at them. Other trace fields (X-Received) are not of the path.
#[must_use]
pub fn hops(fields: &[Field<'_>]) -> (Vec<Hop>, Vec<Defect>) {
    let mut defects = Vec::new();
    let mut lines = fields.iter().filter(|field| field.is("Received"));
    let mut hops: Vec<Hop> = lines.by_ref().take(MAX_HOPS).map(|field| hop(field, &mut defects)).collect();
    if let Some(field) = lines.next() {
        defects.push(Defect::new("too-many-received", "older Received fields were not read", field.span));
    }
    hops.reverse();
    for index in 1..hops.len() {
        hops[index].delay_seconds = delay(&hops[index - 1], &hops[index]);
    }
    (hops, defects)
}

fn delay(older: &Hop, newer: &Hop) -> Option<i64> {
    Some((newer.at? - older.at?).whole_seconds())
}

fn hop(field: &Field<'_>, defects: &mut Vec<Defect>) -> Hop {
    let kept = field.value.get(..MAX_LINE).unwrap_or(field.value);
    if kept.len() < field.value.len() {
        defects.push(Defect::new("received-too-long", "the end of the line was not read", field.span));
    }
    let text = String::from_utf8_lossy(kept);
    let (tokens, time) = tokens::split(&text);
    let line = Line::read(&tokens);
    let at = moment(time).or_else(|| moment(from_weekday(&text)));
    if at.is_none() {
        defects.push(Defect::new("received-without-date", "no time could be read in the line", field.span));
    }
    if line.by.is_none() && !line.handed_over {
        defects.push(Defect::new("received-without-by", "the line does not say who wrote it", field.span));
    }
    line.into_hop(at, field.span)
}

fn moment(text: &str) -> Option<OffsetDateTime> {
    date::parse(text.as_bytes()).map(|(at, _)| at)
}

/// The text from its last weekday on: where a date stands without a semicolon.
fn from_weekday(text: &str) -> &str {
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let start = days.iter().filter_map(|day| text.rfind(day)).max();
    start.and_then(|start| text.get(start..)).unwrap_or_default()
}

/// The clauses of RFC 5321 section 4.4.
#[derive(Default)]
struct Line<'a> {
    from: Option<&'a str>,
    client: Client<'a>,
    /// Comments stand between `from` and `by`.
    described: bool,
    by: Option<&'a str>,
    /// The first comment behind `by`.
    by_comment: Option<&'a str>,
    with: Option<String>,
    id: Option<&'a str>,
    recipient: Option<&'a str>,
    /// Exim writes the reverse name where others write HELO.
    exim: bool,
    /// A hand-over inside one host that names no server: qmail's, nullmailer's.
    handed_over: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Clause {
    Start,
    From,
    By,
    Rest,
}

impl<'a> Line<'a> {
    fn read(tokens: &[Token<'a>]) -> Self {
        let mut line = Self::default();
        let mut clause = Clause::Start;
        let mut rest = tokens;
        while let Some((&token, after)) = rest.split_first() {
            rest = after;
            match token {
                Token::Comment(comment) => line.comment(clause, comment),
                Token::Word(word) => (clause, rest) = line.word(clause, word, after),
            }
        }
        line
    }

    /// Reads a keyword and its value; gives the clause that now runs and the tokens that are left.
    fn word<'t>(
        &mut self,
        clause: Clause,
        word: &'a str,
        rest: &'t [Token<'a>],
    ) -> (Clause, &'t [Token<'a>]) {
        let keyword = Keyword::of(word);
        let started = clause == Clause::By || clause == Clause::Rest;
        match keyword {
            Some(Keyword::From) if clause == Clause::Start => {
                let (value, rest) = from_value(rest);
                self.from = value;
                (Clause::From, rest)
            }
            Some(Keyword::By) if !started => {
                let (value, rest) = value(rest);
                self.by = value.map(|by| by.trim_end_matches(['.', ',']));
                (Clause::By, rest)
            }
            // A `via` before `with` names the link; it stands for the protocol where nothing better follows.
            Some(Keyword::Via | Keyword::With) if started => {
                let (value, rest) = protocol(rest);
                if self.with.is_none() || (keyword == Some(Keyword::With) && self.id.is_none()) {
                    self.with = value.or(self.with.take());
                }
                (Clause::Rest, rest)
            }
            Some(Keyword::Id) if started => {
                let (value, rest) = value(rest);
                self.id = self.id.or(value.map(|id| id.trim_matches(['<', '>'])));
                (Clause::Rest, rest)
            }
            Some(Keyword::For) if started => {
                let (value, rest) = value(rest);
                self.recipient = self.recipient.or(value.and_then(recipient));
                (Clause::Rest, rest)
            }
            _ => {
                if clause == Clause::From && word.starts_with('[') {
                    self.client.read(word);
                }
                (clause, rest)
            }
        }
    }

    fn comment(&mut self, clause: Clause, comment: &'a str) {
        match clause {
            Clause::Start => {
                let starts = ["nullmailer ", "EGP:", "ofmipd "];
                let handed =
                    comment.contains(" invoked ") || starts.iter().any(|start| comment.starts_with(start));
                self.handed_over |= handed;
            }
            Clause::From => {
                self.described = true;
                self.client.read(comment);
            }
            Clause::By | Clause::Rest => {
                self.exim |= comment.starts_with("Exim");
                self.client.read_login(comment);
                if clause == Clause::By {
                    self.by_comment = self.by_comment.or(Some(comment));
                }
            }
        }
    }

    fn into_hop(self, at: Option<OffsetDateTime>, span: Span) -> Hop {
        let ip = self.ip();
        let local = self.with.as_deref().is_some_and(|with| with.eq_ignore_ascii_case("local"));
        let name = self.from.and_then(client::host_name);
        let name_was_looked_up = self.client.helo.is_some() || (self.exim && self.client.address_first);
        let reverse_dns = self.client.reverse_dns.or(name.filter(|_| name_was_looked_up));
        let helo = self.client.helo.or(self.from.filter(|_| ip.is_some() || !local));
        let authenticated = self.client.authenticated || self.with.as_deref().is_some_and(names_login);
        let by_ip = self.by.and_then(client::address).or_else(|| self.own_address());
        Hop {
            helo: helo.map(|name| name.trim_end_matches(',').to_owned()),
            reverse_dns: reverse_dns.map(str::to_owned),
            reverse_dns_unconfirmed: self.client.unconfirmed,
            ip,
            authenticated_user: self.client.user.map(str::to_owned),
            authenticated,
            by: self.by.map(str::to_owned),
            by_ip,
            with: self.with,
            id: self.id.map(str::to_owned),
            recipient: self.recipient.map(str::to_owned),
            at,
            delay_seconds: None,
            trust: Trust::Claimed,
            span,
        }
    }

    /// The address that a server writes behind its own name: `([192.0.2.1])`, and Exchange's `(192.0.2.1)`;
    /// a lone number of others may be a version.
    fn own_address(&self) -> Option<IpAddr> {
        let last = self.by_comment?.split_whitespace().last()?;
        let exchange = self.with.as_deref().is_some_and(|with| with.starts_with("Microsoft SMTP Server"));
        let inner = last.split_once('[').map(|(_, inner)| inner).or_else(|| exchange.then_some(last))?;
        client::address(inner)
    }

    /// The observed address: from the comments, else an address that stands where servers put it instead of a name.
    fn ip(&self) -> Option<IpAddr> {
        if self.client.ip.is_some() {
            return self.client.ip;
        }
        let from = self.from?;
        let web = self.with.as_deref().is_some_and(is_web);
        let instead_of_a_name =
            from.starts_with('[') && (self.client.helo.is_some() || self.exim || !self.described);
        if web || instead_of_a_name { client::address(from) } else { None }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Keyword {
    From,
    By,
    Via,
    With,
    Id,
    For,
}

impl Keyword {
    fn of(word: &str) -> Option<Self> {
        let keywords = [
            ("from", Self::From),
            ("by", Self::By),
            ("via", Self::Via),
            ("with", Self::With),
            ("id", Self::Id),
            ("for", Self::For),
        ];
        keywords.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map(|&(_, keyword)| keyword)
    }
}

/// The next word, where it is no keyword.
fn value<'a, 't>(rest: &'t [Token<'a>]) -> (Option<&'a str>, &'t [Token<'a>]) {
    match rest.split_first() {
        Some((&Token::Word(word), after)) if Keyword::of(word).is_none() => (Some(word), after),
        _ => (None, rest),
    }
}

/// The word behind `from`: a client may have said `by` in its HELO, which then has its comment behind it.
fn from_value<'a, 't>(rest: &'t [Token<'a>]) -> (Option<&'a str>, &'t [Token<'a>]) {
    match rest {
        [Token::Word(word), after @ ..] if matches!(after.first(), Some(Token::Comment(_))) => {
            (Some(word), after)
        }
        _ => value(rest),
    }
}

/// One word, or all of `Microsoft SMTP Server` and `Internet Mail Service`.
fn protocol<'a, 't>(rest: &'t [Token<'a>]) -> (Option<String>, &'t [Token<'a>]) {
    let (first, mut rest) = value(rest);
    let Some(first) = first else { return (None, rest) };
    let mut protocol = first.to_owned();
    while ["Microsoft", "Internet", "Frontend"].contains(&first) && protocol.len() < 40 {
        let (Some(next), after) = value(rest) else { break };
        protocol.push(' ');
        protocol.push_str(next);
        rest = after;
    }
    (Some(protocol), rest)
}

/// An address behind `for`; prose such as `for multiple recipients` is none.
fn recipient(word: &str) -> Option<&str> {
    let inner = word.trim_matches(['<', '>', ',']);
    (inner.contains('@') || word.starts_with('<')).then_some(inner).filter(|inner| !inner.is_empty())
}

/// ESMTPA, ESMTPSA, UTF8SMTPSA, LMTPA … (RFC 3848, RFC 6531), and Exim's old `asmtp`.
fn names_login(with: &str) -> bool {
    let upper = with.to_ascii_uppercase();
    upper == "ASMTP" || (upper.ends_with('A') && (upper.contains("SMTP") || upper.contains("LMTP")))
}

/// A mail written in a browser or handed over by an HTTP interface.
pub(super) fn is_web(with: &str) -> bool {
    with.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("HTTP"))
}
