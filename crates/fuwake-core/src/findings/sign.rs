//! What a finding's logic hands over.

use crate::case::Language;
use crate::knowledge::schema::Bilingual;
use crate::mail::{Field, HeaderText, Mail, Mailbox};
use crate::span::{Because, Span};

/// That something was found, with the values for its words and where to see it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sign {
    /// Values for `{name}` in the finding's words; taken from the mail, so they may be hostile.
    pub parameters: Vec<(&'static str, Value)>,
    /// Where to see it.
    pub because: Vec<Because>,
}

impl Sign {
    /// Seen at one place.
    pub fn at(because: impl Into<Because>) -> Self {
        Self { parameters: Vec::new(), because: vec![because.into()] }
    }

    /// Seen at all of these places.
    pub fn at_all(because: impl IntoIterator<Item = Because>) -> Self {
        Self { parameters: Vec::new(), because: because.into_iter().collect() }
    }

    /// Something is missing: the header block, where it would stand.
    #[must_use]
    pub fn missing_from_header(mail: &Mail<'_>) -> Self {
        let whole = Span::new(0, mail.raw.len());
        Self::at(if mail.header.is_empty() { whole } else { mail.header })
    }

    /// Seen in the body as a whole.
    #[must_use]
    pub fn in_body(mail: &Mail<'_>) -> Self {
        let body = Span::new(mail.header.end, mail.raw.len());
        if body.is_empty() { Self::missing_from_header(mail) } else { Self::at(body) }
    }

    /// Adds a value for the words.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.parameters.push((name, value.into()));
        self
    }

    /// Adds a place.
    #[must_use]
    pub fn and(mut self, because: impl Into<Because>) -> Self {
        self.because.push(because.into());
        self
    }
}

/// A value for a finding's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// The same in both languages.
    Text(String),
    /// A name that each language has its own form of.
    Name(Bilingual),
}

impl Value {
    /// In one language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Name(name) => language.pick(&name.ja, &name.en),
        }
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&Bilingual> for Value {
    fn from(name: &Bilingual) -> Self {
        Self::Name(name.clone())
    }
}

impl From<&Mailbox> for Because {
    fn from(mailbox: &Mailbox) -> Self {
        mailbox.span.into()
    }
}

impl From<&Field<'_>> for Because {
    fn from(field: &Field<'_>) -> Self {
        field.span.into()
    }
}

impl From<&HeaderText> for Because {
    fn from(text: &HeaderText) -> Self {
        text.span.into()
    }
}
