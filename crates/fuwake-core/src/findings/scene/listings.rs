//! What archives were found to hold.

use crate::evidence::{Answer, ArchiveEntry, Data, Evidence, Question};
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
