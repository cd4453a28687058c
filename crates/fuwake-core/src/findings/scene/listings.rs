//! What archives were found to hold.

use super::filenames;
use crate::evidence::{Answer, ArchiveEntry, Data, Evidence, Member, Question};
use crate::findings::Scene;
use crate::mail::Attachment;

/// The archives whose contents could be listed; an archive that could not says nothing.
pub(in crate::findings) fn listings<'a>(
    scene: &Scene<'a>,
) -> impl Iterator<Item = (&'a Attachment, &'a Evidence, &'a [ArchiveEntry])> + use<'a> {
    let ledger = scene.ledger;
    scene.mail.attachments.iter().filter(|file| file.is_archive()).filter_map(move |file| {
        let evidence = ledger.answer(&Question::ArchiveListing { sha256: file.sha256.clone() })?;
        match &evidence.answer {
            Answer::Found { data: Data::ArchiveListing { entries, .. } } => {
                Some((file, evidence, entries.as_slice()))
            }
            _ => None,
        }
    })
}

/// An attached archive of which a part needs a password.
pub(in crate::findings) struct Locked<'a> {
    pub(in crate::findings) file: &'a Attachment,
    /// What lists it.
    pub(in crate::findings) listing: &'a Evidence,
    /// The password that opened it, where one did.
    pub(in crate::findings) password: Option<&'a str>,
}

/// The first archive with locked entries that are unread or not harmless: what was opened and does nothing is kept from nobody.
pub(in crate::findings) fn locked<'a>(scene: &Scene<'a>) -> Option<Locked<'a>> {
    let mut archives = listings(scene).filter(|(.., entries)| entries.iter().any(|entry| entry.encrypted));
    archives.find_map(|(file, listing, _)| {
        let opened = opened(scene, file);
        let is_harmless = opened.is_some_and(|opened| opened.is_harmless());
        let password = opened.and_then(|opened| opened.password);
        (!is_harmless).then_some(Locked { file, listing, password })
    })
}

/// What was read of an archive's files.
#[derive(Clone, Copy)]
struct Opened<'a> {
    password: Option<&'a str>,
    members: &'a [Member],
    truncated: bool,
}

impl Opened<'_> {
    /// Whether all of it was read and does nothing.
    fn is_harmless(&self) -> bool {
        !self.truncated && self.members.iter().all(is_harmless)
    }
}

fn opened<'a>(scene: &Scene<'a>, file: &Attachment) -> Option<Opened<'a>> {
    scene.ledger.iter().filter(|evidence| evidence.question.blob() == Some(&file.sha256)).find_map(
        |evidence| match &evidence.answer {
            Answer::Found { data: Data::ArchiveContents { password, members, truncated } } => {
                Some(Opened { password: password.as_deref(), members, truncated: *truncated })
            }
            _ => None,
        },
    )
}

fn is_harmless(member: &Member) -> bool {
    let contents = &member.contents;
    // What no decoder reads is harmless by its name alone: text, tables, pictures.
    const INERT: [&str; 10] = ["bmp", "csv", "gif", "htm", "html", "jpeg", "jpg", "md", "png", "txt"];
    let inert = || filenames::ending(&member.name).is_some_and(|ending| INERT.contains(&ending.as_str()));
    member.unread.is_none()
        && contents.acts.is_empty()
        && contents.links.is_empty()
        && !contents.encrypted
        && !contents.truncated
        && (member.kind.is_some() || inert())
}
