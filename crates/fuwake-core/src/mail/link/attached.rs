//! Links in attached files, as their decoders found them: they join the links of the mail.

use std::collections::HashSet;

use super::{Gathered, Link, Recipients, Source, scan};
use crate::evidence::{Answer, Contents, Data, Evidence, FileKind, Lead, Ledger, Question};
use crate::mail::Mail;
use crate::span::Because;

/// Adds the links that attached files hold, each shown by the evidence that found it.
pub fn join_attached(mail: &mut Mail<'_>, ledger: &Ledger) {
    let decoded = |question: &Question| {
        matches!(question, Question::FileContents { .. } | Question::ArchiveContents { .. })
    };
    if !ledger.iter().any(|evidence| decoded(&evidence.question)) {
        return;
    }
    let recipients = Recipients::new(mail.recipients.iter().filter_map(|r| r.address.as_deref()));
    let mut gathered = Gathered::new(&recipients);
    for attachment in &mail.attachments {
        for Reading { evidence, kind, contents, .. } in contents_of(ledger, &attachment.sha256) {
            let known: HashSet<&str> = mail
                .links
                .iter()
                .filter(|link| link.part.as_deref() == Some(&attachment.part))
                .map(|link| link.url.as_str())
                .collect();
            let because = Because::Evidence { evidence: evidence.id.clone() };
            add(&mut gathered, kind, contents, &attachment.part, &because);
            gathered.links.retain(|link| !known.contains(link.url.as_str()) || link.because != because);
        }
    }
    append(&mut mail.links, gathered.links);
}

/// What a decoder found in a file.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'l> {
    /// The answer that says so.
    pub evidence: &'l Evidence,
    /// The file's name in the attached archive; none where it is attached itself.
    pub member: Option<&'l str>,
    /// The decoder.
    pub kind: FileKind,
    /// What it found.
    pub contents: &'l Contents,
}

/// What decoders found in the attachment with this hash, and in the files in it.
pub fn contents_of<'l>(ledger: &'l Ledger, file: &str) -> impl Iterator<Item = Reading<'l>> {
    let about = ledger.iter().filter(move |evidence| evidence.question.blob() == Some(file));
    about.flat_map(|evidence| {
        let (whole, members) = match (&evidence.question, &evidence.answer) {
            (
                Question::FileContents { kind, .. },
                Answer::Found { data: Data::FileContents { contents } },
            ) => (Some(Reading { evidence, member: None, kind: *kind, contents }), &[][..]),
            (_, Answer::Found { data: Data::ArchiveContents { members, .. } }) => (None, members.as_slice()),
            _ => (None, &[][..]),
        };
        let inside = members.iter().filter_map(move |member| {
            let (member, kind, contents) = (Some(member.name.as_str()), member.kind?, &member.contents);
            Some(Reading { evidence, member, kind, contents })
        });
        whole.into_iter().chain(inside)
    })
}

fn add(gathered: &mut Gathered<'_>, kind: FileKind, contents: &Contents, part: &str, because: &Because) {
    for link in &contents.links {
        let source = match (kind, link.by) {
            (_, Lead::QrCode) => Source::QrCode,
            (FileKind::Page, _) => Source::HtmlAttachment,
            _ => Source::Attachment,
        };
        // What stands in a QR code may be anything: a seat number, a network's key.
        if super::leads_somewhere(&link.url) {
            gathered.add(&link.url, None, link.text.clone(), source, Some(part), because.clone());
        }
    }
    for hit in scan::urls(&contents.text) {
        let shown = contents.text.get(hit.start..hit.end).map(str::to_owned);
        gathered.add(&hit.url, None, shown, Source::Attachment, Some(part), because.clone());
    }
}

/// Puts links behind others; a link that was taken out of another one keeps its place beside it.
fn append(links: &mut Vec<Link>, more: Vec<Link>) {
    let offset = links.len();
    let moved =
        more.into_iter().map(|link| Link { wrapped_in: link.wrapped_in.map(|at| at + offset), ..link });
    links.extend(moved);
}
