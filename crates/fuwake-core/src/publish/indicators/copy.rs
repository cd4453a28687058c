//! The parts of a mail for a copy of it that can be handed on: texts as they were written, HTML with its links, people masked in their place.
//! Of files only name, type, size and digest are told: nobody can mask what is inside them, filters on the way would hold a letter with
//! malware back, and by its digest it is found wherever samples are kept.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::Maker;
use crate::indicators::{Copied, CopiedPart, FileFacts, Masked};
use crate::inquiry::visits::is_program;
use crate::mail::body::leaves;
use crate::mail::body::part::Part;
use crate::mail::{Attachment, Body, Mail, RawMail, Trusted, dissect, html};

/// How many parts are copied.
const MOST: usize = 100;
/// How much of a text is copied, in bytes.
const LONGEST: usize = 512 * 1024;

/// The parts of the mail that these bytes are, top to bottom.
pub(super) fn parts(maker: &Maker<'_>, raw: &[u8]) -> Vec<CopiedPart> {
    let sha256: [u8; 32] = Sha256::digest(raw).into();
    let mail = dissect(RawMail { bytes: raw, size: raw.len() as u64, sha256 }, &Trusted::default());
    let leaves = leaves(raw);
    let copied = leaves.iter().take(MOST).map(|part| CopiedPart {
        section: part.section.clone(),
        within: part.within.iter().map(|kind| multipart(kind)).collect(),
        content: content(maker, &mail, part),
    });
    copied.collect()
}

fn content(maker: &Maker<'_>, mail: &Mail<'_>, part: &Part<'_>) -> Copied {
    match mail.bodies.iter().find(|body| body.part == part.section) {
        Some(body) => text(maker, body),
        None => {
            let known = mail.attachments.iter().find(|file| file.part == part.section);
            Copied::LeftOut(file(maker, part, known))
        }
    }
}

fn text(maker: &Maker<'_>, body: &Body) -> Copied {
    let source = body.source.as_deref().filter(|source| source.len() <= LONGEST);
    if let Some(masked) = source.and_then(|source| markup(maker, source)) {
        return Copied::Html(Masked::new(masked));
    }
    // Of what stands at the cut nobody knows how it goes on: only whole lines are copied.
    let end = match body.text.len() {
        length if length <= LONGEST => length,
        _ => body
            .text
            .get(..body.text.floor_char_boundary(LONGEST))
            .and_then(|head| head.rfind('\n'))
            .unwrap_or(0),
    };
    Copied::Plain(Masked::new(maker.writer.machine_text(body.text.get(..end).unwrap_or_default())))
}

/// HTML with people masked in its source; none where somebody can still be read in what a browser makes of it: whom tags take apart stands
/// in no one piece of the source.
fn markup(maker: &Maker<'_>, source: &str) -> Option<String> {
    let masked = maker.writer.machine_text(source);
    let (seen, is_whole) = html::words(&masked);
    (is_whole && !maker.writer.is_masked(&seen) && !maker.writer.is_masked(&untagged(&masked)))
        .then_some(masked)
}

/// What stands outside of tags, joined: hidden texts too.
fn untagged(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut is_inside = false;
    for sign in html.chars() {
        match sign {
            '<' => is_inside = true,
            '>' if is_inside => is_inside = false,
            _ if !is_inside => text.push(sign),
            _ => {}
        }
    }
    text
}

fn file(maker: &Maker<'_>, part: &Part<'_>, known: Option<&Attachment>) -> FileFacts {
    let name = known.and_then(|file| file.name.as_deref());
    let content = part.decoded();
    FileFacts {
        name: maker.optional(name),
        media_type: known
            .and_then(|file| file.detected_type.map(str::to_owned))
            .or_else(|| Some(part.media_type.clone())),
        size: content.len() as u64,
        sha256: HEXLOWER.encode(&Sha256::digest(&content)),
        is_dangerous: name.is_some_and(is_program),
    }
}

/// A subtype of multiparts that a copy can have as it is: what was signed is so no more, and a digest or a report would be none.
fn multipart(kind: &str) -> &'static str {
    match kind {
        "alternative" => "alternative",
        "related" => "related",
        _ => "mixed",
    }
}
