//! Links in attached files, as their decoders found them: they join the links of the mail.

use std::collections::HashSet;

use super::{Gathered, Link, Recipients, Source, scan};
use crate::evidence::{Answer, Contents, Data, Evidence, FileKind, Lead, Ledger, Question};
use crate::mail::Mail;
use crate::span::Because;

/// Adds the links that attached files hold, each shown by the evidence that found it.
pub fn join_attached(mail: &mut Mail<'_>, ledger: &Ledger) {
    if !ledger.iter().any(|evidence| matches!(evidence.question, Question::FileContents { .. })) {
        return;
    }
    let recipients = Recipients::new(mail.recipients.iter().filter_map(|r| r.address.as_deref()));
    let mut gathered = Gathered::new(&recipients);
    for attachment in &mail.attachments {
        for (evidence, kind, contents) in contents_of(ledger, &attachment.sha256) {
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

/// What decoders found in the file with this hash.
pub fn contents_of<'l>(
    ledger: &'l Ledger,
    file: &str,
) -> impl Iterator<Item = (&'l Evidence, FileKind, &'l Contents)> {
    ledger.iter().filter_map(move |evidence| match (&evidence.question, &evidence.answer) {
        (
            Question::FileContents { sha256, kind },
            Answer::Found { data: Data::FileContents { contents } },
        ) if sha256 == file => Some((evidence, *kind, contents)),
        _ => None,
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
