//! Small files that lead somewhere or set something up: shortcuts, URL files, configuration profiles.

use fuwake_core::evidence::{ActKind, Contents, Lead};

use super::gather::Gathered;

/// Reads a Windows shortcut (MS-SHLLINK section 2).
///
/// # Errors
/// It is cut off.
pub fn read_shortcut(bytes: &[u8]) -> Result<Contents, String> {
    const HEADER: usize = 76;
    let cut = || "the shortcut is cut off".to_owned();
    let flags = number(bytes, 20, 4).ok_or_else(cut)?;
    let has = |flag: u32| flags & (1 << flag) != 0;
    let mut at = HEADER;
    if has(0) {
        at += 2 + number(bytes, at, 2).ok_or_else(cut)? as usize;
    }
    let mut target = None;
    if has(1) {
        let size = number(bytes, at, 4).ok_or_else(cut)? as usize;
        target = local_path(bytes.get(at..at.saturating_add(size)).unwrap_or_default());
        at = at.saturating_add(size);
    }
    // Name, relative path, working folder, arguments, icon (section 2.4).
    let mut strings: [Option<String>; 5] = Default::default();
    for (index, string) in strings.iter_mut().enumerate() {
        let flag = u32::try_from(index).map_or(0, |index| index + 2);
        if has(flag) {
            let count = number(bytes, at, 2).ok_or_else(cut)? as usize;
            let length = if has(7) { count * 2 } else { count };
            let content = bytes.get(at + 2..at + 2 + length).ok_or_else(cut)?;
            *string = Some(decode(content, has(7)));
            at += 2 + length;
        }
    }
    let [_, relative, _, arguments, _] = strings;
    let command = target.or(relative).unwrap_or_default();
    let mut gathered = Gathered::default();
    gathered.act(ActKind::Launch, format!("{command} {}", arguments.unwrap_or_default()).trim());
    Ok(gathered.finish())
}

/// The path in a LinkInfo (section 2.3).
fn local_path(info: &[u8]) -> Option<String> {
    let offset = number(info, 16, 4)? as usize;
    let path = info.get(offset..)?.split(|byte| *byte == 0).next()?;
    (offset > 0 && !path.is_empty()).then(|| decode(path, false))
}

fn decode(bytes: &[u8], wide: bool) -> String {
    let encoding = if wide { encoding_rs::UTF_16LE } else { encoding_rs::SHIFT_JIS };
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// A little-endian number of at most four bytes.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(length)?)?;
    Some(bytes.iter().rev().fold(0, |number, &byte| number << 8 | u32::from(byte)))
}

/// Reads a .url file of Windows (an INI file) or a .webloc file of macOS (a property list).
///
/// # Errors
/// It names no URL.
pub fn read_url_file(bytes: &[u8]) -> Result<Contents, String> {
    let mut gathered = Gathered::default();
    let text = String::from_utf8_lossy(bytes);
    for line in text.lines().take(200) {
        match line.split_once('=') {
            Some((key, value)) if key.trim().eq_ignore_ascii_case("url") => {
                gathered.link(Lead::Link, value, None);
            }
            // An icon on a foreign server is asked for when the folder is shown, and tells who the reader is.
            Some((key, value))
                if key.trim().eq_ignore_ascii_case("iconfile") && value.starts_with("\\\\") =>
            {
                gathered.link(Lead::Loaded, value, None);
            }
            _ => {}
        }
    }
    let place = plist::Value::from_reader(std::io::Cursor::new(bytes)).ok();
    let url = place.as_ref().and_then(|place| place.as_dictionary()?.get("URL")?.as_string());
    if let Some(url) = url {
        gathered.link(Lead::Link, url, None);
    }
    if gathered.contents.links.is_empty() { Err("it names no URL".to_owned()) } else { Ok(gathered.finish()) }
}

/// Reads a configuration profile of Apple devices; of a signed one (PKCS #7) the property list is sought in it.
///
/// # Errors
/// There is no property list in it.
pub fn read_profile(bytes: &[u8]) -> Result<Contents, String> {
    let start = memchr::memmem::find(bytes, b"<?xml").ok_or("there is no property list in it")?;
    let length =
        memchr::memmem::find(&bytes[start..], b"</plist>").ok_or("the property list is cut off")? + 8;
    let list = plist::Value::from_reader_xml(&bytes[start..start + length]).map_err(|why| why.to_string())?;
    let mut gathered = Gathered::default();
    let profile = list.as_dictionary().ok_or("it is no profile")?;
    for key in ["PayloadDisplayName", "PayloadOrganization", "PayloadDescription"] {
        if let Some(words) = profile.get(key).and_then(plist::Value::as_string) {
            gathered.text(words);
            gathered.text("\n");
        }
    }
    let payloads = profile.get("PayloadContent").and_then(plist::Value::as_array).into_iter().flatten();
    for payload in payloads.filter_map(plist::Value::as_dictionary).take(50) {
        if let Some(kind) = payload.get("PayloadType").and_then(plist::Value::as_string) {
            gathered.act(ActKind::Installs, kind);
        }
        for (_, value) in payload.iter().take(100) {
            if let Some(url) = value.as_string().filter(|value| value.contains("://")) {
                gathered.link(Lead::Link, url, None);
            }
        }
    }
    Ok(gathered.finish())
}
