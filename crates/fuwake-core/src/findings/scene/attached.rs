//! What attached files say and hold: their words are sought like those of the mail, their contents are what decoders read.

use crate::evidence::{Contents, Evidence, FileKind, Ledger};
use crate::findings::Scene;
use crate::fold::{Folded, fold};
use crate::mail::link::{Reading, contents_of, in_text};
use crate::mail::{Attachment, Link, Mail};
use crate::span::{Because, Span};

/// Characters of an attached text in which words are sought: a lure is short.
const LONGEST: usize = 6_000;
/// Attached texts of one mail in which words are sought.
const MOST: usize = 8;

/// The text of an attached file.
pub(crate) struct AttachedText<'a> {
    /// As it stands there.
    pub(crate) text: &'a str,
    /// Folded.
    pub(crate) folded: Folded,
    place: Place<'a>,
}

enum Place<'a> {
    /// A text part, which has a text of its own to point at.
    Part(&'a str),
    /// A decoder's answer.
    Evidence(&'a str),
}

impl AttachedText<'_> {
    /// Where a span of the text stands.
    pub(crate) fn because(&self, span: Span) -> Because {
        match self.place {
            Place::Part(part) => in_text(part, span),
            Place::Evidence(id) => Because::Evidence { evidence: id.to_owned() },
        }
    }
}

/// The texts of all attached files.
pub(super) fn texts<'a>(mail: &'a Mail<'_>, ledger: &'a Ledger) -> Vec<AttachedText<'a>> {
    let mut texts = Vec::new();
    for file in &mail.attachments {
        let bodies = mail.bodies.iter().filter(|body| body.part == file.part && !body.displayed);
        texts.extend(bodies.map(|body| (body.text.as_str(), Place::Part(&body.part))));
        let decoded = contents_of(ledger, &file.sha256);
        texts.extend(decoded.map(|read| (read.contents.text.as_str(), Place::Evidence(&read.evidence.id))));
    }
    let said = texts.into_iter().filter(|(text, _)| !text.trim().is_empty()).take(MOST);
    said.map(|(text, place)| {
        let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
        let text = text.get(..end).unwrap_or_default();
        AttachedText { text, folded: fold(text), place }
    })
    .collect()
}

/// A file and what a decoder read of it.
#[derive(Clone, Copy)]
pub(in crate::findings) struct Decoded<'a> {
    pub(in crate::findings) file: &'a Attachment,
    member: Option<&'a str>,
    pub(in crate::findings) evidence: &'a Evidence,
    pub(in crate::findings) kind: FileKind,
    pub(in crate::findings) contents: &'a Contents,
}

impl Decoded<'_> {
    /// The answer, and the file.
    pub(in crate::findings) fn because(&self) -> [Because; 2] {
        [Because::Evidence { evidence: self.evidence.id.clone() }, self.file.span.into()]
    }

    /// The file's name, also in the archive that holds it, or what it is.
    pub(in crate::findings) fn name(&self) -> &str {
        let attached = || self.file.name.as_deref().or(self.file.detected_type).unwrap_or("?");
        self.member.unwrap_or_else(attached)
    }

    /// Letters and digits that a reader sees in it.
    pub(in crate::findings) fn letters(&self) -> usize {
        self.contents.text.chars().filter(|letter| letter.is_alphanumeric()).count()
    }
}

/// The files that decoders could read, in the order of the mail.
pub(in crate::findings) fn decoded<'a>(scene: &Scene<'a>) -> impl Iterator<Item = Decoded<'a>> + use<'a> {
    let ledger = scene.ledger;
    scene.mail.attachments.iter().flat_map(move |file| {
        contents_of(ledger, &file.sha256).map(move |read| {
            let Reading { evidence, member, kind, contents } = read;
            Decoded { file, member, evidence, kind, contents }
        })
    })
}

impl<'a> Scene<'a> {
    /// The web links that stand in a file.
    pub(in crate::findings) fn links_in(
        &self,
        file: &'a Attachment,
    ) -> impl Iterator<Item = (&'a Link, &'a str)> {
        self.targets().filter(move |(link, _)| {
            link.part.as_deref() == Some(&file.part) && matches!(link.because, Because::Evidence { .. })
        })
    }

    /// A host that is neither the sender's own nor a registered brand's nor a mail service's.
    pub(in crate::findings) fn is_strange(&self, host: &str) -> bool {
        !self.is_senders_own(host)
            && (self.knowledge.owner(host).is_none() || self.is_anybodys(host))
            && self.knowledge.mail_service(host).is_none()
    }

    /// A host of the sender's own organisation: of the From domain, unless that is known to be forged or gives addresses to anybody.
    pub(in crate::findings) fn is_senders_own(&self, host: &str) -> bool {
        let Some(from) = self.from_domain() else { return false };
        self.alignment != crate::findings::Alignment::Failed
            && !self.is_anybodys(from)
            && super::organisation::same(self, host, from)
    }
}
