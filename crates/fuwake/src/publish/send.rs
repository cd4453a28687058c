//! Drafts that are sent: through the operator's own mail server, after a person typed so, and nobody is sent a case twice.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use data_encoding::HEXLOWER;
use fuwake_report::exchange::{File, Reporter};
use lettre::Transport as _;
use lettre::address::{Address, Envelope};
use lettre::transport::smtp::SmtpTransport;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use time::format_description::well_known::{Rfc2822, Rfc3339};

use super::{Kind, Work, exchange};
use crate::output::{complain, print};

/// What was sent, in the case's folder.
const SENT: &str = "sent.jsonl";
/// How long a mail server may be silent.
const PATIENCE: Duration = Duration::from_secs(60);

/// The operator's mail server.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MailServer {
    host: String,
    /// Else the usual one: 587 with `starttls`, 465 with `implicit`, 25 without.
    port: Option<u16>,
    #[serde(default)]
    tls: Encryption,
    user: Option<String>,
    /// The environment variable that holds the password.
    password_env: Option<String>,
    /// The file that holds the password, in its first line.
    password_file: Option<PathBuf>,
}

/// How the way to the mail server is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Encryption {
    /// From the first octet (RFC 8314).
    Implicit,
    /// After `STARTTLS` (RFC 3207), which the server must offer.
    #[default]
    StartTls,
    /// Not at all: on this machine only.
    None,
}

/// A mail that was sent: a line of `sent.jsonl`.
#[derive(Debug, Serialize, Deserialize)]
struct Sent {
    to: String,
    draft: String,
    message_id: String,
    sha256: String,
    at: String,
}

/// Sends the drafts of these kinds that nobody was sent yet.
pub(super) fn send(work: &Work<'_>, kinds: &[Kind]) -> anyhow::Result<()> {
    let config = &work.tools.config.publish;
    let server = config.smtp.as_ref().context("--send needs [publish.smtp] in the configuration")?;
    let reporter =
        config.reporter.as_ref().context("--send needs [publish.reporter] in the configuration")?;
    let record = work.case.join(SENT);
    let known = already(&record)?;
    let drafts = drafts(work, kinds, known);
    if drafts.is_empty() {
        complain("nothing to send");
        return Ok(());
    }
    if !is_confirmed(server, &drafts)? {
        bail!("nothing was sent: it was not confirmed");
    }
    let transport = server.transport()?;
    let mut file = OpenOptions::new().create(true).append(true).open(&record);
    let file =
        file.as_mut().map_err(|error| anyhow::anyhow!("cannot write {}: {error}", record.display()))?;
    for (to, draft) in &drafts {
        let sent = send_one(&transport, reporter, to, draft)
            .with_context(|| format!("{to} was not sent {}", draft.name))?;
        let line = serde_json::to_string(&sent)? + "\n";
        let kept = file.write_all(line.as_bytes()).and_then(|()| file.sync_all());
        kept.with_context(|| {
            format!("{to} was sent {}, but {} does not say so", draft.name, record.display())
        })?;
        print(&format!("{to}: {}\n", draft.name))?;
    }
    Ok(())
}

/// Whom this case was sent to. A record that cannot be read stops everything: nobody knows then who has it.
fn already(record: &Path) -> anyhow::Result<BTreeSet<String>> {
    let text = match fs::read_to_string(record) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        text => text.with_context(|| format!("cannot read {}", record.display()))?,
    };
    let sent = text.lines().map(serde_json::from_str::<Sent>);
    let sent: Result<Vec<Sent>, _> = sent.collect();
    let sent = sent.with_context(|| format!("{} is damaged", record.display()))?;
    Ok(sent.into_iter().map(|sent| sent.to).collect())
}

/// The drafts by recipient, the first for each; whoever has the case already is named and left out.
fn drafts(work: &Work<'_>, kinds: &[Kind], mut known: BTreeSet<String>) -> Vec<(String, File)> {
    let mut drafts = Vec::new();
    for kind in kinds {
        let Kind::Exchange(format) = kind else { continue };
        for file in exchange::files(work, *format).into_iter().filter(|file| file.to.is_some()) {
            let to = file.to.clone().unwrap_or_default();
            if known.insert(to.clone()) {
                drafts.push((to, file));
            } else {
                complain(&format!("{to} has this case already; {} is not sent", file.name));
            }
        }
    }
    drafts
}

/// Shows what would go where, and reads the answer: only the words with the right number count.
fn is_confirmed(server: &MailServer, drafts: &[(String, File)]) -> anyhow::Result<bool> {
    for (to, draft) in drafts {
        complain(&format!("{to}: {} ({} bytes)", draft.name, draft.bytes.len()));
    }
    let answer = format!("send {}", drafts.len());
    complain(&format!(
        "These go out through {} now and cannot be called back. Type \"{answer}\" to send them:",
        server.host
    ));
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    Ok(line.trim() == answer)
}

fn send_one(transport: &SmtpTransport, from: &Reporter, to: &str, draft: &File) -> anyhow::Result<Sent> {
    let now = OffsetDateTime::now_utc();
    let sha256 = HEXLOWER.encode(&Sha256::digest(&draft.bytes));
    let domain = from.address.rsplit('@').next().unwrap_or_default();
    let message_id = format!("<{}.{}@{domain}>", now.unix_timestamp(), sha256.get(..16).unwrap_or_default());
    let sender: Address = from.address.parse().context("[publish.reporter] address")?;
    let envelope = Envelope::new(Some(sender), vec![to.parse()?])?;
    transport.send_raw(&envelope, &dated(&draft.bytes, &now.format(&Rfc2822)?, &message_id))?;
    Ok(Sent { to: to.to_owned(), draft: draft.name.clone(), message_id, sha256, at: now.format(&Rfc3339)? })
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

impl MailServer {
    fn transport(&self) -> anyhow::Result<SmtpTransport> {
        let is_here = matches!(self.host.as_str(), "localhost" | "127.0.0.1" | "::1");
        ensure!(
            self.tls != Encryption::None || is_here,
            "tls = \"none\" is for a mail server on this machine only"
        );
        let parameters = || TlsParameters::new(self.host.clone()).context("cannot set up TLS");
        let (tls, port) = match self.tls {
            Encryption::Implicit => (Tls::Wrapper(parameters()?), 465),
            Encryption::StartTls => (Tls::Required(parameters()?), 587),
            Encryption::None => (Tls::None, 25),
        };
        let builder = SmtpTransport::builder_dangerous(&self.host).port(self.port.unwrap_or(port)).tls(tls);
        let builder = builder.timeout(Some(PATIENCE));
        Ok(match (&self.user, self.password()?) {
            (Some(user), Some(password)) => {
                builder.credentials(Credentials::new(user.clone(), password)).build()
            }
            (None, None) => builder.build(),
            _ => bail!("[publish.smtp] needs both user and a password, or neither"),
        })
    }

    /// Never in the configuration itself.
    fn password(&self) -> anyhow::Result<Option<String>> {
        match (&self.password_env, &self.password_file) {
            (Some(name), None) => {
                let password =
                    std::env::var(name).with_context(|| format!("the environment has no {name}"))?;
                Ok(Some(password))
            }
            (None, Some(file)) => {
                let text =
                    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
                Ok(Some(text.lines().next().unwrap_or_default().to_owned()))
            }
            (None, None) => Ok(None),
            _ => bail!("[publish.smtp] takes password_env or password_file, not both"),
        }
    }
}
