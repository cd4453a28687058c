//! The copy of a mail that goes with a report: a message of its own (RFC 2046 section 5.2.1), in the order of the original's parts, with
//! people masked. Nothing in it is a byte of the original that was not looked at.

use fuwake_core::indicators::{Copied, CopiedPart, FileFacts, MailFacts, Masked};

use super::message::{Part, field, multipart, words};

/// The mail with people masked: the header fields that tell of the sender, and its parts.
pub(super) fn copy(mail: &MailFacts) -> Vec<u8> {
    const REMADE: [&str; 3] = ["MIME-Version", "Content-Type", "Content-Transfer-Encoding"];
    let mut out = String::new();
    for told in mail.header.iter().filter(|told| !REMADE.contains(&told.name)) {
        field(&mut out, told.name, &words(told.value.as_str()));
    }
    field(&mut out, "MIME-Version", "1.0");
    let parts: Vec<&CopiedPart> = mail.copy.iter().collect();
    let mut out = out.into_bytes();
    out.extend(tree(&parts, 0));
    out
}

/// Parts that stand in the same multiparts down to `depth`, with their header.
fn tree(parts: &[&CopiedPart], depth: usize) -> Vec<u8> {
    let Some(first) = parts.first() else { return Part::text("").bytes() };
    let Some(kind) = first.within.get(depth) else { return leaf(first) };
    let number = |part: &&CopiedPart| part.section.split('.').nth(depth).map(str::to_owned);
    let children = parts.chunk_by(|one, other| number(one) == number(other));
    let children = children.map(|children| tree(children, depth + 1)).collect();
    let (kind, body) = multipart(&format!("multipart/{kind}"), children);
    let mut out = String::new();
    field(&mut out, "Content-Type", &kind);
    let mut out = (out + "\r\n").into_bytes();
    out.extend(body);
    out
}

fn leaf(part: &CopiedPart) -> Vec<u8> {
    match &part.content {
        Copied::Plain(text) => Part::text(text.as_str()),
        Copied::Html(html) => Part::html(html.as_str()),
        Copied::LeftOut(file) => Part::text(&left_out(file)),
    }
    .bytes()
}

/// What stands in the place of a file.
fn left_out(file: &FileFacts) -> String {
    let name = file.name.as_ref().map_or("-", Masked::as_str);
    let kind = file.media_type.as_deref().unwrap_or("application/octet-stream");
    format!(
        "[添付ファイルは省きました / An attached file was left out]\nName: {name}\nType: {kind}\nSize: {} bytes\nSHA-256: {}\n",
        file.size, file.sha256
    )
}
