//! What a file's name says of it; for attachments and for files inside archives alike.

use crate::findings::{Scene, Sign};
use crate::mail::Attachment;

/// The first attached file that has a name and `is` something, shown by that name.
pub(in crate::findings) fn first(scene: &Scene<'_>, is: impl Fn(&Attachment, &str) -> bool) -> Option<Sign> {
    let mut named = scene.mail.attachments.iter().filter_map(|file| Some((file, file.name.as_deref()?)));
    let (file, name) = named.find(|(file, name)| is(file, name))?;
    Some(Sign::at(file.span).with("name", name))
}

/// Programs, scripts and shortcuts: opening one runs it (Windows, macOS, Android, Java).
const PROGRAMS: [&str; 48] = [
    "apk",
    "app",
    "appx",
    "bat",
    "chm",
    "cmd",
    "com",
    "command",
    "cpl",
    "dll",
    "dmg",
    "exe",
    "gadget",
    "hta",
    "inf",
    "ins",
    "jar",
    "jnlp",
    "js",
    "jse",
    "lnk",
    "mde",
    "msc",
    "msh",
    "msi",
    "msix",
    "msp",
    "pif",
    "pkg",
    "ps1",
    "psc1",
    "reg",
    "scf",
    "scr",
    "sct",
    "settingcontent-ms",
    "sh",
    "vb",
    "vbe",
    "vbs",
    "vbscript",
    "ws",
    "wsc",
    "wsf",
    "wsh",
    "xbap",
    "xll",
    "xnk",
];

/// Scripts and shortcuts among them.
const SCRIPTS: [&str; 17] = [
    "bat", "cmd", "hta", "js", "jse", "lnk", "ps1", "scf", "sct", "sh", "vb", "vbe", "vbs", "ws", "wsc",
    "wsf", "wsh",
];

const DISK_IMAGES: [&str; 6] = ["img", "iso", "udf", "vdi", "vhd", "vhdx"];

const MACRO_DOCUMENTS: [&str; 11] =
    ["docm", "dotm", "one", "potm", "ppam", "ppsm", "pptm", "sldm", "xlam", "xlsm", "xltm"];

/// What people open without a thought.
const HARMLESS: [&str; 19] = [
    "csv", "doc", "docx", "gif", "htm", "html", "jpeg", "jpg", "mp3", "mp4", "pdf", "png", "ppt", "pptx",
    "rtf", "txt", "wav", "xls", "xlsx",
];

/// The ending, lower case, without what some systems drop (blanks and dots at the end).
pub(in crate::findings) fn ending(name: &str) -> Option<String> {
    let name = name.trim_end_matches(['.', ' ', '\u{3000}']);
    let (stem, ending) = name.rsplit_once('.')?;
    (!stem.is_empty() && ending.len() < 20).then(|| ending.to_lowercase())
}

/// Whether opening it runs it.
pub(in crate::findings) fn is_program(name: &str) -> bool {
    is_one_of(name, &PROGRAMS)
}

/// Whether it is a script or a shortcut.
pub(in crate::findings) fn is_script(name: &str) -> bool {
    is_one_of(name, &SCRIPTS)
}

/// Whether it is an image of a disk, which marks no file inside it as downloaded.
pub(in crate::findings) fn is_disk_image(name: &str) -> bool {
    is_one_of(name, &DISK_IMAGES)
}

/// Whether it is an Office document of a kind that may hold macros or run what is embedded.
pub(in crate::findings) fn is_macro_document(name: &str) -> bool {
    is_one_of(name, &MACRO_DOCUMENTS)
}

/// Whether a program's name ends like a document before its true ending: `invoice.pdf.exe`, `invoice.pdf        .exe`.
pub(in crate::findings) fn is_disguised(name: &str) -> bool {
    let Some((stem, _)) = name.trim_end_matches(['.', ' ']).rsplit_once('.') else { return false };
    let documents = |stem: &str| ending(stem).is_some_and(|inner| HARMLESS.contains(&inner.as_str()));
    (is_program(name) || is_disk_image(name)) && documents(stem)
}

fn is_one_of(name: &str, endings: &[&str]) -> bool {
    ending(name).is_some_and(|ending| endings.contains(&ending.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_read_as_systems_read_them() {
        assert!(is_program("Rechnung.EXE") && is_program("a.js.") && is_script("a.vbs "));
        assert!(!is_program("program.pdf") && !is_program(".exe") && !is_program("exe"));
        assert!(is_disguised("invoice.pdf.exe") && is_disguised("請求書.xlsx   .scr"));
        assert!(!is_disguised("setup.v2.exe") && !is_disguised("report.final.pdf"));
    }
}
