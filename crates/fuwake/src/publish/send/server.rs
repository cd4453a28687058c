//! The operator's mail server: how it is reached, and what it says in words that a person understands.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, anyhow, bail, ensure};
use fuwake_core::publish::plain;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::{Error, SmtpTransport};
use serde::Deserialize;

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
    pub(super) fn open(&self) -> anyhow::Result<SmtpTransport> {
        let transport = self.transport()?;
        match transport.test_connection() {
            Ok(true) => Ok(transport),
            Ok(false) => bail!("the mail server {} answers, but takes no mail now", self.host),
            Err(error) => Err(self.told(&error)),
        }
    }

    /// What went wrong before any mail. What a server says of a log-in is not repeated: some say what they were told.
    fn told(&self, error: &Error) -> anyhow::Error {
        let host = &self.host;
        match error.status().map(u16::from) {
            Some(code) if self.user.is_some() && NOT_LET_IN.contains(&code) => {
                anyhow!("the mail server {host} does not accept the user name or the password ({code})")
            }
            None if error.is_tls() || is_misspoken(error) => {
                anyhow!(
                    "the mail server {host} could not prove who it is, or speaks no TLS: {}",
                    words(error)
                )
            }
            None if error.is_client() && self.tls == Encryption::StartTls => anyhow!(
                "the mail server {host} does not offer what is asked for (STARTTLS, a way to log in): {}",
                words(error)
            ),
            _ => anyhow!("the mail server {host} cannot be used: {}", words(error)),
        }
    }

    fn transport(&self) -> anyhow::Result<SmtpTransport> {
        let is_here = matches!(self.host.as_str(), "localhost" | "127.0.0.1" | "::1");
        ensure!(
            self.tls != Encryption::None || is_here,
            "tls = \"none\" is for a mail server on this machine only"
        );
        let (tls, port) = match self.tls {
            Encryption::Implicit => (Tls::Wrapper(self.parameters()?), 465),
            Encryption::StartTls => (Tls::Required(self.parameters()?), 587),
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

    fn parameters(&self) -> anyhow::Result<TlsParameters> {
        let mut builder = TlsParameters::builder(self.host.clone());
        if let Some(file) = &self.ca_file {
            let told = || format!("ca_file {}", file.display());
            let pem = fs::read(file).with_context(|| format!("cannot read {}", told()))?;
            builder = builder.add_root_certificate(Certificate::from_pem(&pem).with_context(told)?);
        }
        builder.build().context("cannot set up TLS")
    }

    /// Never in the configuration itself, nor on a command line of ours.
    fn password(&self) -> anyhow::Result<Option<String>> {
        let first = |text: String| text.lines().next().unwrap_or_default().to_owned();
        Ok(match (&self.password_env, &self.password_file, &self.password_command) {
            (Some(name), None, None) => {
                Some(std::env::var(name).with_context(|| format!("the environment has no {name}"))?)
            }
            (None, Some(file), None) => {
                let text =
                    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
                Some(first(text))
            }
            (None, None, Some(command)) => Some(first(printed(command)?)),
            (None, None, None) => None,
            _ => bail!("[publish.smtp] takes one of password_env, password_file and password_command"),
        })
    }
}

/// Whether what came was no TLS that can be believed: so errors of certificates are wrapped.
fn is_misspoken(error: &Error) -> bool {
    let cause = std::error::Error::source(error).and_then(|cause| cause.downcast_ref::<io::Error>());
    cause.is_some_and(|cause| cause.kind() == io::ErrorKind::InvalidData)
}

/// What a command prints; what it complains of, it says to the person.
fn printed(command: &str) -> anyhow::Result<String> {
    let mut shell = Command::new("sh");
    shell.args(["-c", command]).stdin(Stdio::inherit()).stderr(Stdio::inherit());
    let done = shell.output().context("password_command cannot be run")?;
    ensure!(done.status.success(), "password_command: {}", done.status);
    String::from_utf8(done.stdout).ok().context("password_command prints no UTF-8")
}

/// An error on one line; servers' words are a stranger's.
pub(super) fn words(error: &Error) -> String {
    plain(&error.to_string())
}
