//! An attached archive holds a program, a script, a shortcut or an image of a disk.

use super::{Scene, Sign, filenames, listings};
use crate::span::Because;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (file, evidence, entry) = listings::listings(scene).find_map(|(file, evidence, entries)| {
        let entry = entries.iter().find(|entry| {
            // An installation disk or a program's own archive holds dozens; a lure holds one or two.
            entries.len() < 30
                && (filenames::is_program(&entry.name) || filenames::is_disk_image(&entry.name))
        })?;
        Some((file, evidence, entry))
    })?;
    Some(
        Sign::at(Because::Evidence { evidence: evidence.id.clone() })
            .and(file.span)
            .with("name", entry.name.clone()),
    )
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    use crate::evidence::{Answer, ArchiveEntry, Data, Evidence, Ledger, Question};
    use crate::findings::Reader;

    /// What is found on a mail with one archive of one entry.
    fn fires(id: &str, name: &str, encrypted: bool) -> bool {
        use sha2::Digest as _;
        let archive = b"PK\x03\x04archive";
        let encoded = data_encoding::BASE64.encode(archive);
        let mail = format!(
            "From: a@example.com\nMIME-Version: 1.0\nContent-Type: application/zip; name=a.zip\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=a.zip\n\n{encoded}\n"
        );
        let question = Question::ArchiveListing {
            sha256: data_encoding::HEXLOWER.encode(&sha2::Sha256::digest(archive)),
        };
        let entries = vec![ArchiveEntry { name: name.into(), size: 1, encrypted }];
        let answer = Answer::Found { data: Data::ArchiveListing { entries, truncated: false } };
        let mut ledger = Ledger::default();
        ledger.record(Evidence {
            id: question.id(),
            question,
            answer,
            source: "test".into(),
            asked_at: None,
        });
        found_for(&mail, "", &Reader::default(), &ledger).contains(&id.to_owned())
    }

    #[test]
    fn programs_in_archives() {
        assert!(fires("archive-with-program", "invoice.exe", false));
        assert!(!fires("archive-with-program", "invoice.pdf", false));
    }
}
