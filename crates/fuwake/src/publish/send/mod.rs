//! Drafts that are sent: through the operator's own mail server, after a person typed so, and nobody is sent a case twice.

mod record;
mod server;
mod words;

use std::io;

use anyhow::{Context, bail, ensure};
use data_encoding::HEXLOWER;
use fuwake_report::exchange::{File, Reporter};
use lettre::Transport as _;
use lettre::address::{Address, Envelope};
use lettre::transport::smtp::Error;
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use time::format_description::well_known::{Rfc2822, Rfc3339};

use super::{Kind, Work, exchange};
use crate::output::{complain, print};

use record::{Line, Outcome, Record};
pub(crate) use server::MailServer;
use server::told;
use words::Words;

/// Sends the drafts of these kinds that nobody was sent yet.
pub(super) fn send(work: &Work<'_>, kinds: &[Kind]) -> anyhow::Result<()> {
    let words = Words(work.tools.language);
    let config = &work.tools.config.publish;
    let server = config.smtp.as_ref().with_context(|| words.needs("[publish.smtp]"))?;
    let reporter = config.reporter.as_ref().with_context(|| words.needs("[publish.reporter]"))?;
    let mut record = Record::open(work.case, words)?;
    let drafts = drafts(work, kinds, &record, words);
    if drafts.is_empty() {
        complain(words.nothing());
        return Ok(());
    }
    if !is_confirmed(server, &drafts, words)? {
        bail!(words.unconfirmed());
    }
    let transport = server.open(words)?;
    let mut refused = 0;
    for (to, draft) in &drafts {
        let tell = |error: &Error| complain(&words.not_sent(to, &draft.name, &told(error)));
        let mail = Outgoing::new(reporter, to, draft)?;
        record.note(&mail.line(Outcome::Sending))?;
        match transport.send_raw(&mail.envelope, &mail.bytes) {
            Ok(_) => {
                record.note(&mail.line(Outcome::Sent)).with_context(|| words.sent(to, &draft.name))?;
                print(&format!("{to}: {}\n", draft.name))?;
            }
            Err(error) if error.status().is_some() => {
                refused += 1;
                tell(&error);
                record.note(&mail.line(Outcome::Refused))?;
            }
            Err(error) => {
                tell(&error);
                bail!(words.broke(to));
            }
        }
    }
    ensure!(refused == 0, words.refused(refused, drafts.len()));
    Ok(())
}

/// The drafts by recipient, the first for each; whoever has the case already, or may have it, is named and left out.
fn drafts(work: &Work<'_>, kinds: &[Kind], record: &Record, words: Words) -> Vec<(String, File)> {
    let mut drafts: Vec<(String, File)> = Vec::new();
    for kind in kinds {
        let Kind::Exchange(format) = kind else { continue };
        for file in exchange::files(work, *format) {
            let Some(to) = file.to.clone() else { continue };
            let outcome = record.of(&to);
            let comes = drafts.iter().any(|(other, _)| *other == to);
            match outcome {
                Some(Outcome::Sending) => complain(&words.may_have_it(&to, &file.name)),
                Some(Outcome::Sent) => complain(&words.has_it(&to, &file.name)),
                _ if comes => complain(&words.gets_another(&to, &file.name)),
                _ => drafts.push((to, file)),
            }
        }
    }
    drafts
}

/// Shows what would go where, and reads the answer: only the words with the right number count.
fn is_confirmed(server: &MailServer, drafts: &[(String, File)], words: Words) -> anyhow::Result<bool> {
    for (to, draft) in drafts {
        complain(&words.draft(to, &draft.name, draft.bytes.len()));
    }
    let answer = format!("send {}", drafts.len());
    complain(&words.question(&server.host, &answer));
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    Ok(line.trim() == answer)
}

/// A draft on its way.
struct Outgoing {
    envelope: Envelope,
    bytes: Vec<u8>,
    line: Line,
}

impl Outgoing {
    fn new(from: &Reporter, to: &str, draft: &File) -> anyhow::Result<Self> {
        let now = OffsetDateTime::now_utc();
        let sha256 = HEXLOWER.encode(&Sha256::digest(&draft.bytes));
        let domain = from.address.rsplit('@').next().unwrap_or_default();
        let message_id =
            format!("<{}.{}@{domain}>", now.unix_timestamp(), sha256.get(..16).unwrap_or_default());
        let sender: Address = from.address.parse().context("[publish.reporter] address")?;
        let envelope = Envelope::new(Some(sender), vec![to.parse()?])?;
        let bytes = dated(&draft.bytes, &now.format(&Rfc2822)?, &message_id);
        let (to, draft, at) = (to.to_owned(), draft.name.clone(), now.format(&Rfc3339)?);
        Ok(Self {
            envelope,
            bytes,
            line: Line { to, draft, message_id, sha256, at, outcome: Outcome::Sending },
        })
    }

    fn line(&self, outcome: Outcome) -> Line {
        Line { outcome, ..self.line.clone() }
    }
}

/// A draft as it goes out: dated, named, and no draft any more.
fn dated(draft: &[u8], date: &str, message_id: &str) -> Vec<u8> {
    const UNSENT: &[u8] = b"X-Unsent: 1\r\n";
    let mut mail = format!("Date: {date}\r\nMessage-ID: {message_id}\r\n").into_bytes();
    match draft.windows(UNSENT.len()).position(|window| window == UNSENT) {
        Some(at) => {
            mail.extend_from_slice(&draft[..at]);
            mail.extend_from_slice(&draft[at + UNSENT.len()..]);
        }
        None => mail.extend_from_slice(draft),
    }
    mail
}
