//! A file other than a PDF or a picture is named like an invoice, an order or a delivery note. A weak hint.

use super::{Scene, Sign, filenames};

const WORDS: [&str; 14] = [
    "invoice",
    "payment",
    "receipt",
    "remittance",
    "purchase order",
    "statement",
    "swift",
    "shipping",
    "awb",
    "請求書",
    "見積",
    "納品書",
    "注文書",
    "送り状",
];

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    filenames::first(scene, |_, name| {
        let folded = name.to_lowercase();
        let ordinary = matches!(
            filenames::ending(name).as_deref(),
            Some("pdf" | "png" | "jpg" | "jpeg" | "gif" | "xlsx" | "docx" | "csv")
        );
        !ordinary && WORDS.iter().any(|word| folded.contains(word))
    })
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    #[test]
    fn names_that_invite() {
        let fires = |name| {
            fires("invoice-named-attachment", &with_attachment(name, "application/octet-stream", "x"), "")
        };
        assert!(fires("Invoice_4471.zip"));
        assert!(!fires("Invoice_4471.pdf") && !fires("photo.zip"));
    }
}
