//! The operator's mail server: how it is reached, and what it says in words that a person understands.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use fuwake_core::publish::plain;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::{Error, SmtpTransport};
use serde::Deserialize;

use super::words::Words;

/// How long it may be silent.
const PATIENCE: Duration = Duration::from_secs(60);
/// Replies to a log-in that fails (RFC 4954 section 6).
const NOT_LET_IN: [u16; 6] = [432, 454, 500, 530, 534, 535];

/// The operator's mail server.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MailServer {
    pub(super) host: String,
    /// Else the usual one: 587 with `starttls`, 465 with `implicit`, 25 without.
    port: Option<u16>,
    #[serde(default)]
    tls: Encryption,
    /// Certificates, PEM, that are trusted beside the system's: those of an organisation's own authority.
    ca_file: Option<PathBuf>,
    user: Option<String>,
    /// The environment variable that holds the password.
    password_env: Option<String>,
    /// The file that holds the password, in its first line.
    password_file: Option<PathBuf>,
    /// A command for the shell that prints the password in its first line, as `passwordeval` of msmtp.
    password_command: Option<String>,
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

impl MailServer {
    /// The way there, after a first greeting: a server that cannot be reached, proves to be another one or lets nobody in has been
    /// noticed before anything is sent.
    pub(super) fn open(&self, words: Words) -> anyhow::Result<SmtpTransport> {
        let transport = self.transport(words)?;
        match transport.test_connection() {
            Ok(true) => Ok(transport),
            Ok(false) => bail!(words.takes_none_now(&self.host)),
            Err(error) => bail!(self.failure(&error, words)),
        }
    }

    /// What went wrong before any mail. What a server says of a log-in is not repeated: some say what they were told.
    fn failure(&self, error: &Error, words: Words) -> String {
        let (host, why) = (&self.host, told(error));
        match error.status().map(u16::from) {
            Some(code) if self.user.is_some() && NOT_LET_IN.contains(&code) => words.not_let_in(host, code),
            None if error.is_tls() || is_misspoken(error) => words.unproven(host, &why),
            None if error.is_client() && self.tls == Encryption::StartTls => words.not_offered(host, &why),
            _ => words.unusable(host, &why),
        }
    }

    fn transport(&self, words: Words) -> anyhow::Result<SmtpTransport> {
        let is_here = matches!(self.host.as_str(), "localhost" | "127.0.0.1" | "::1");
        ensure!(self.tls != Encryption::None || is_here, words.unprotected());
        let (tls, port) = match self.tls {
            Encryption::Implicit => (Tls::Wrapper(self.parameters(words)?), 465),
            Encryption::StartTls => (Tls::Required(self.parameters(words)?), 587),
            Encryption::None => (Tls::None, 25),
        };
        let builder = SmtpTransport::builder_dangerous(&self.host).port(self.port.unwrap_or(port)).tls(tls);
        let builder = builder.timeout(Some(PATIENCE));
        Ok(match (&self.user, self.password(words)?) {
            (Some(user), Some(password)) => {
                builder.credentials(Credentials::new(user.clone(), password)).build()
            }
            (None, None) => builder.build(),
            _ => bail!(words.half_a_log_in()),
        })
    }

    fn parameters(&self, words: Words) -> anyhow::Result<TlsParameters> {
        let mut builder = TlsParameters::builder(self.host.clone());
        if let Some(file) = &self.ca_file {
            let pem = fs::read(file).with_context(|| words.unread(&format!("ca_file {}", file.display())))?;
            let certificate = Certificate::from_pem(&pem);
            let certificate =
                certificate.with_context(|| words.no_certificate(&file.display().to_string()))?;
            builder = builder.add_root_certificate(certificate);
        }
        builder.build().context(words.no_tls())
    }

    /// Never in the configuration itself, nor on a command line of ours.
    fn password(&self, words: Words) -> anyhow::Result<Option<String>> {
        let first = |text: String| text.lines().next().unwrap_or_default().to_owned();
        Ok(match (&self.password_env, &self.password_file, &self.password_command) {
            (Some(name), None, None) => Some(std::env::var(name).with_context(|| words.no_variable(name))?),
            (None, Some(file), None) => {
                let unread = || words.unread(&file.display().to_string());
                let text = fs::read_to_string(file).with_context(unread)?;
                Some(first(text))
            }
            (None, None, Some(command)) => Some(first(printed(command, words)?)),
            (None, None, None) => None,
            _ => bail!(words.several_passwords()),
        })
    }
}

/// Whether what came was no TLS that can be believed: so errors of certificates are wrapped.
fn is_misspoken(error: &Error) -> bool {
    let cause = std::error::Error::source(error).and_then(|cause| cause.downcast_ref::<io::Error>());
    cause.is_some_and(|cause| cause.kind() == io::ErrorKind::InvalidData)
}

/// What a command prints; what it complains of, it says to the person.
fn printed(command: &str, words: Words) -> anyhow::Result<String> {
    let mut shell = Command::new("sh");
    shell.args(["-c", command]).stdin(Stdio::inherit()).stderr(Stdio::inherit());
    let done = shell.output().context(words.no_command())?;
    ensure!(done.status.success(), words.command_failed(done.status.code()));
    String::from_utf8(done.stdout).ok().context(words.no_text())
}

/// An error on one line; servers' words are a stranger's.
pub(super) fn told(error: &Error) -> String {
    plain(&error.to_string())
}
