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
    let (file, name) =
        scene.mail.attachments.iter().filter_map(|file| Some((file, file.name.as_deref()?))).find(
            |(_, name)| {
                let folded = name.to_lowercase();
                let ordinary = matches!(
                    filenames::ending(name).as_deref(),
                    Some("pdf" | "png" | "jpg" | "jpeg" | "gif" | "xlsx" | "docx" | "csv")
                );
                !ordinary && WORDS.iter().any(|word| folded.contains(word))
            },
        )?;
    Some(Sign::at(file.span).with("name", name))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    /// A mail with one attached file.
    fn mail(name: &str, media_type: &str, content: &str) -> String {
        format!(
            "From: a@example.com\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nhello\n--b\nContent-Type: {media_type}\nContent-Disposition: attachment; filename=\"{name}\"\n\n{content}\n--b--\n"
        )
    }

    #[test]
    fn names_that_invite() {
        let fires =
            |name| fires("invoice-named-attachment", &mail(name, "application/octet-stream", "x"), "");
        assert!(fires("Invoice_4471.zip"));
        assert!(!fires("Invoice_4471.pdf") && !fires("photo.zip"));
    }
}
