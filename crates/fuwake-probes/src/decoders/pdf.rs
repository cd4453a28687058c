//! PDF (ISO 32000-2): links and other actions wherever they stand, compressed object streams included, pages, pictures, text.

use fuwake_core::evidence::{ActKind, Contents, Lead};
use lopdf::{Dictionary, Document, LoadOptions, Object};

use super::gather::Gathered;

/// What one stream may unpack to, in bytes.
const UNPACKED: usize = 16 << 20;
/// Pages whose text is read.
const PAGES: usize = 3;
/// How deep objects lie in each other at most.
const DEPTH: usize = 32;
/// Objects that are looked at.
const OBJECTS: usize = 200_000;

/// Reads a PDF.
///
/// # Errors
/// It is damaged beyond what can be repaired.
pub fn read(bytes: &[u8]) -> Result<Contents, String> {
    let options = LoadOptions { max_decompressed_size: Some(UNPACKED), ..LoadOptions::default() };
    let document = match Document::load_mem_with_options(bytes, options) {
        Ok(document) => document,
        Err(_) if needs_password(bytes) => return Ok(Contents { encrypted: true, ..Contents::default() }),
        Err(why) => return Err(why.to_string()),
    };
    let mut walk = Walk { gathered: Gathered::default(), left: OBJECTS };
    walk.gathered.contents.encrypted = document.is_encrypted();
    for object in document.objects.values() {
        walk.object(object, DEPTH);
    }
    let pages = document.get_pages();
    walk.gathered.contents.pages = u32::try_from(pages.len()).ok();
    let numbers: Vec<u32> = pages.keys().copied().take(PAGES).collect();
    for page in document.extract_text_chunks_with_limit(&numbers, UNPACKED) {
        match page {
            Ok(text) => walk.gathered.text(&text),
            Err(_) => walk.gathered.contents.truncated = true,
        }
    }
    walk.gathered.contents.truncated |= walk.left == 0 || document.xref_recovery.is_some();
    Ok(walk.gathered.finish())
}

/// A trailer names how it is encrypted (section 7.6).
fn needs_password(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes, b"/Encrypt").is_some()
}

struct Walk {
    gathered: Gathered,
    /// Objects that may still be looked at.
    left: usize,
}

impl Walk {
    /// Every object stands in the table by itself: references need not be followed, so that no cycle can hold us.
    fn object(&mut self, object: &Object, depth: usize) {
        let Some(left) = self.left.checked_sub(1) else { return };
        self.left = left;
        if depth == 0 {
            self.gathered.contents.truncated = true;
            return;
        }
        match object {
            Object::Dictionary(dictionary) => self.dictionary(dictionary, depth),
            Object::Stream(stream) => self.dictionary(&stream.dict, depth),
            Object::Array(objects) => objects.iter().for_each(|object| self.object(object, depth - 1)),
            _ => {}
        }
    }

    fn dictionary(&mut self, dictionary: &Dictionary, depth: usize) {
        if name(dictionary, b"Subtype") == Some(b"Image") {
            self.gathered.contents.pictures += 1;
        }
        self.action(dictionary);
        if dictionary.has(b"EF") {
            self.gathered.act(ActKind::EmbeddedFile, &file(dictionary).unwrap_or_default());
        }
        for (_, object) in dictionary {
            self.object(object, depth - 1);
        }
    }

    /// Section 12.6.4.
    fn action(&mut self, dictionary: &Dictionary) {
        match name(dictionary, b"S") {
            Some(b"URI") => {
                if let Some(uri) = text(dictionary.get(b"URI")) {
                    self.gathered.link(Lead::Link, &uri, None);
                }
            }
            Some(b"Launch") => {
                let windows = dictionary.get(b"Win").and_then(Object::as_dict).ok().and_then(|win| {
                    let parameters = text(win.get(b"P")).unwrap_or_default();
                    Some(format!("{} {parameters}", file(win)?))
                });
                self.gathered.act(ActKind::Launch, &windows.or_else(|| file(dictionary)).unwrap_or_default());
            }
            Some(b"JavaScript") => {
                let script = text(dictionary.get(b"JS")).unwrap_or_default();
                let head: String = script.chars().take(200).collect();
                self.gathered.act(ActKind::Script, &head);
            }
            Some(b"SubmitForm") => {
                let nested = dictionary.get(b"F").and_then(Object::as_dict).ok().and_then(file);
                if let Some(target) = nested.or_else(|| text(dictionary.get(b"F"))) {
                    self.gathered.link(Lead::Form, &target, None);
                }
            }
            Some(b"GoToR" | b"ImportData") => {
                let target = file(dictionary).unwrap_or_default();
                if target.contains("://") || target.starts_with("\\\\") {
                    self.gathered.link(Lead::Loaded, &target, None);
                }
            }
            _ => {}
        }
    }
}

fn name<'d>(dictionary: &'d Dictionary, key: &[u8]) -> Option<&'d [u8]> {
    dictionary.get(key).ok()?.as_name().ok()
}

/// The file that a file specification names (section 7.11), or a string in its place.
fn file(dictionary: &Dictionary) -> Option<String> {
    let named = |dictionary: &Dictionary| text(dictionary.get(b"UF")).or_else(|| text(dictionary.get(b"F")));
    named(dictionary).or_else(|| named(dictionary.get(b"F").ok()?.as_dict().ok()?))
}

/// A text string: UTF-16 with a mark, UTF-8 with one, else PDFDocEncoding, of which the ASCII letters are what matters in an address.
fn text(object: lopdf::Result<&Object>) -> Option<String> {
    let bytes = object.ok()?.as_str().ok()?;
    Some(match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xFF, 0xFE, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
        },
    })
}
