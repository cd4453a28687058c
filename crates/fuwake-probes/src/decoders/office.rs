//! Office documents: what they load from elsewhere, macros, embedded objects, links, text.

use std::io::{Cursor, Read};

use fuwake_core::evidence::{ActKind, Contents, Lead};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::gather::Gathered;

/// Entries of a package that are looked at.
const ENTRIES: usize = 500;
/// What one entry may unpack to, and what all may together, in bytes.
const UNPACKED: u64 = 8 << 20;
const ALL_UNPACKED: u64 = 32 << 20;
/// The largest stream of a compound file that is searched, in bytes.
const STREAM: u64 = 4 << 20;
/// Streams of a compound file that are looked at.
const STREAMS: usize = 500;

/// Macros that Office runs by themselves (MS-VBAL has none; Word and Excel object model).
const AUTOMATIC: [&[u8]; 10] = [
    b"AutoOpen",
    b"Auto_Open",
    b"AutoExec",
    b"AutoClose",
    b"Auto_Close",
    b"Document_Open",
    b"Document_Close",
    b"DocumentOpen",
    b"Workbook_Open",
    b"Workbook_Activate",
];

/// Reads an Office Open XML package (ECMA-376 part 2).
///
/// # Errors
/// The package cannot be opened.
pub fn read_xml(bytes: &[u8]) -> Result<Contents, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|why| why.to_string())?;
    let mut gathered = Gathered::default();
    gathered.contents.truncated = archive.len() > ENTRIES;
    let mut left = ALL_UNPACKED;
    for index in 0..archive.len().min(ENTRIES) {
        let Ok(entry) = archive.by_index(index) else {
            gathered.contents.truncated = true;
            continue;
        };
        let name = entry.name().map(|name| name.to_lowercase()).unwrap_or_default();
        let mut content = Vec::new();
        if is_read(&name) {
            let most = left.min(UNPACKED);
            gathered.contents.truncated |= entry.take(most).read_to_end(&mut content).is_err();
            gathered.contents.truncated |= content.len() as u64 == most;
            left -= content.len() as u64;
        }
        part(&mut gathered, &name, &content);
    }
    Ok(gathered.finish())
}

/// Parts whose content is looked at.
fn is_read(name: &str) -> bool {
    const TEXTS: [&str; 6] = [
        "word/document",
        "word/header",
        "word/footer",
        "xl/sharedstrings",
        "ppt/slides/slide",
        "vbaproject.bin",
    ];
    name.ends_with(".rels") || TEXTS.iter().any(|text| name.contains(text))
}

fn part(gathered: &mut Gathered, name: &str, content: &[u8]) {
    if name.ends_with("vbaproject.bin") {
        macros(gathered, content);
    } else if name.ends_with(".rels") {
        relationships(gathered, content);
    } else if name.contains("/embeddings/") && name.ends_with(".bin") {
        gathered.act(ActKind::EmbeddedObject, name);
    } else if name.contains("/media/") {
        gathered.contents.pictures += 1;
    } else if name.starts_with("xl/macrosheets/") {
        gathered.act(ActKind::Macro, name);
    } else if !content.is_empty() {
        words(gathered, content);
    }
}

/// External relationships (part 2 section 6.5): links, and what is loaded by opening the document.
fn relationships(gathered: &mut Gathered, content: &[u8]) {
    let content = String::from_utf8_lossy(content);
    let mut reader = Reader::from_str(&content);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => relationship(gathered, &element),
            Ok(Event::Eof) => return,
            Ok(_) => {}
            Err(_) => {
                gathered.contents.truncated = true;
                return;
            }
        }
    }
}

fn relationship(gathered: &mut Gathered, element: &BytesStart<'_>) {
    let (mut target, mut kind, mut external) = (String::new(), String::new(), false);
    for attribute in element.attributes().flatten() {
        let value = attribute.value.replace("&amp;", "&");
        match attribute.key.as_ref() {
            "Target" => target = value,
            "Type" => kind = value,
            "TargetMode" => external = value.eq_ignore_ascii_case("external"),
            _ => {}
        }
    }
    if !external {
        return;
    }
    match kind.rsplit('/').next().unwrap_or_default() {
        "hyperlink" => gathered.link(Lead::Link, &target, None),
        // Pictures from elsewhere tell who reads, but change nothing of the document.
        "image" => {}
        _ => gathered.link(Lead::Loaded, &target, None),
    }
}

/// Visible text stands in elements named `t`; fields that run something stand in `instrText`.
fn words(gathered: &mut Gathered, content: &[u8]) {
    let content = String::from_utf8_lossy(content);
    let mut reader = Reader::from_str(&content);
    let (mut text, mut field) = (String::new(), String::new());
    let mut inside: Option<bool> = None;
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => match element.local_name().as_ref() {
                "t" => inside = Some(true),
                "instrText" => inside = Some(false),
                _ => {}
            },
            Ok(Event::End(element)) => {
                if matches!(element.local_name().as_ref(), "p" | "si" | "tr") {
                    text.push('\n');
                }
                inside = None;
            }
            Ok(Event::Text(words)) => match inside {
                Some(true) => text.push_str(&words),
                Some(false) => field.push_str(&words),
                None => {}
            },
            Ok(Event::GeneralRef(entity)) if inside == Some(true) => {
                let letter = entity.resolve_char_ref().ok().flatten();
                text.push(letter.unwrap_or(if &*entity == "amp" { '&' } else { ' ' }));
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(_) => {
                gathered.contents.truncated = true;
                break;
            }
        }
    }
    gathered.text(&text);
    fields(gathered, &field);
}

/// Fields that start something or load something (ECMA-376 part 1 section 17.16; DDE of older versions).
fn fields(gathered: &mut Gathered, field: &str) {
    for (mark, kind) in [("DDEAUTO", ActKind::Launch), ("DDE ", ActKind::Launch)] {
        if let Some((_, rest)) = field.split_once(mark) {
            gathered.act(kind, &rest.chars().take(200).collect::<String>());
            return;
        }
    }
}

/// Reads a binary Office document; an encrypted Open XML package stands in such a file too (MS-OFFCRYPTO).
///
/// # Errors
/// The compound file cannot be opened.
pub fn read_binary(bytes: &[u8]) -> Result<Contents, String> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|why| why.to_string())?;
    let entries: Vec<_> = file
        .walk()
        .take(STREAMS)
        .map(|entry| (entry.path().to_owned(), entry.is_stream(), entry.len()))
        .collect();
    let mut gathered = Gathered::default();
    gathered.contents.truncated = entries.len() == STREAMS;
    for (path, is_stream, length) in entries {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        match name.as_str() {
            "VBA" | "_VBA_PROJECT_CUR" => gathered.act(ActKind::Macro, ""),
            "EncryptedPackage" => gathered.contents.encrypted = true,
            "\u{1}Ole10Native" => gathered.act(ActKind::EmbeddedObject, "Ole10Native"),
            _ => {}
        }
        let is_code = path.components().any(|piece| piece.as_os_str() == "VBA");
        let is_main = matches!(
            name.as_str(),
            "WordDocument" | "1Table" | "0Table" | "Workbook" | "Book" | "PowerPoint Document"
        );
        if is_stream && (is_code || is_main) && length <= STREAM {
            let mut content = Vec::new();
            let read =
                file.open_stream(&path).and_then(|stream| stream.take(STREAM).read_to_end(&mut content));
            gathered.contents.truncated |= read.is_err();
            if is_code {
                macros(&mut gathered, &content);
            } else {
                addresses(&mut gathered, &content);
            }
        }
    }
    Ok(gathered.finish())
}

/// Macro storage: the names of procedures stand in it in clear.
fn macros(gathered: &mut Gathered, content: &[u8]) {
    gathered.act(ActKind::Macro, "");
    let automatic = AUTOMATIC.into_iter().find(|name| memchr::memmem::find(content, name).is_some());
    if let Some(name) = automatic {
        gathered.act(ActKind::AutoMacro, &String::from_utf8_lossy(name));
    }
}

/// Addresses in the streams of the old formats: written in one byte a letter or in two.
fn addresses(gathered: &mut Gathered, content: &[u8]) {
    const MARKS: [&[u8]; 2] = [b"http", b"h\0t\0t\0p\0"];
    for (step, mark) in [1, 2].into_iter().zip(MARKS) {
        for at in memchr::memmem::find_iter(content, mark).take(1_000) {
            let letters = content[at..].iter().step_by(step).take(2_000);
            let url: String = letters
                .take_while(|b| (0x21..0x7F).contains(*b) && !b"\"<>\\^`{}".contains(b))
                .map(|&b| b as char)
                .collect();
            let rest = url.strip_prefix("https").or_else(|| url.strip_prefix("http")).unwrap_or_default();
            if rest.starts_with("://") {
                gathered.link(Lead::Link, &url, None);
            }
        }
    }
}

/// Reads Rich Text Format: objects, what is loaded from elsewhere, links.
///
/// # Errors
/// Never; the type is that of the other decoders.
pub fn read_rich_text(bytes: &[u8]) -> Result<Contents, String> {
    let mut gathered = Gathered::default();
    if memchr::memmem::find(bytes, b"\\objdata").is_some() {
        let automatic = memchr::memmem::find(bytes, b"\\objupdate").is_some();
        gathered.act(ActKind::EmbeddedObject, if automatic { "objupdate" } else { "" });
    }
    for at in memchr::memmem::find_iter(bytes, b"{\\*\\template").take(5) {
        let target: String =
            bytes[at + 12..].iter().take(2_000).take_while(|b| **b != b'}').map(|&b| b as char).collect();
        if target.contains("://") || target.trim().starts_with("\\\\") {
            gathered.link(Lead::Loaded, &target, None);
        }
    }
    for at in memchr::memmem::find_iter(bytes, b"HYPERLINK").take(500) {
        let behind = bytes[at + 9..].iter().take(2_000).map(|&b| b as char).collect::<String>();
        let target = behind.trim_start().strip_prefix('"').and_then(|rest| rest.split_once('"'));
        if let Some((target, _)) = target {
            gathered.link(Lead::Link, target, None);
        }
    }
    gathered.text(&plain(bytes));
    Ok(gathered.finish())
}

/// The letters of a rich text, without control words and groups that are not shown. Approximate: words, not layout.
fn plain(bytes: &[u8]) -> String {
    const MOST: usize = 64 << 10;
    let mut text: Vec<u8> = Vec::new();
    let mut rest = bytes.iter().copied().take(MOST).peekable();
    while let Some(byte) = rest.next() {
        match byte {
            b'{' | b'}' | b'\r' | b'\n' => {}
            b'\\' => {
                let mut word = Vec::new();
                while let Some(letter) = rest.next_if(|b| b.is_ascii_alphanumeric() || *b == b'-') {
                    word.push(letter);
                }
                rest.next_if_eq(&b' ');
                if word == b"par" || word == b"line" {
                    text.push(b'\n');
                }
            }
            _ => text.push(byte),
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}
