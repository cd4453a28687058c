//! An attached archive has encrypted entries. Weak alone: many Japanese offices send files so (PPAP).

use super::{Scene, Sign, listings};
use crate::span::Because;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (file, evidence, _) =
        listings::listings(scene).find(|(.., entries)| entries.iter().any(|entry| entry.encrypted))?;
    Some(Sign::at(Because::Evidence { evidence: evidence.id.clone() }).and(file.span))
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
    fn entries_that_need_a_password() {
        assert!(fires("encrypted-archive", "invoice.pdf", true));
        assert!(!fires("encrypted-archive", "invoice.pdf", false));
    }
}
