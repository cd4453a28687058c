//! What an archive holds: names, sizes, and whether a password is needed. Nothing is unpacked but archives in archives.

mod disk;
pub mod name;
mod rar;
mod reader;
mod tnef;

use std::io::{self, Cursor, Read};

use flate2::read::MultiGzDecoder;
use fuwake_core::evidence::{Answer, ArchiveEntry, Data};
use fuwake_core::mail::attachment::ends_as_zip;
use zip::ZipArchive;
use zip::read::ZipFileEntry;

/// How deep archives in archives are opened.
const DEPTH: usize = 3;
/// How many entries are listed in all.
const ENTRIES: usize = 1000;
/// How many bytes are unpacked in all.
const UNPACKED: u64 = 64 << 20;
/// The largest directory of a zip that is read, in bytes.
const DIRECTORY: u32 = 1 << 20;
/// The size of a tar block (POSIX ustar).
const BLOCK: usize = 512;

/// Lists an archive.
#[must_use]
pub fn list(bytes: &[u8]) -> Answer {
    let mut listing = Listing { entries: Vec::new(), truncated: false, left: UNPACKED };
    match listing.open("", bytes, 0) {
        Ok(true) => Answer::Found {
            data: Data::ArchiveListing { entries: listing.entries, truncated: listing.truncated },
        },
        Ok(false) => Answer::Failed { why: format!("unsupported: {}", name_of(bytes)) },
        Err(why) => Answer::Failed { why },
    }
}

struct Listing {
    entries: Vec<ArchiveEntry>,
    truncated: bool,
    /// How many bytes may still be unpacked.
    left: u64,
}

impl Listing {
    /// Lists the archive `bytes` whose entries stand under `prefix`; whether it is of a kind that can be read.
    fn open(&mut self, prefix: &str, bytes: &[u8], depth: usize) -> Result<bool, String> {
        match bytes {
            [b'P', b'K', 3 | 5, 4 | 6, ..] => self.zip(prefix, bytes, depth).map(|()| true),
            [0x1F, 0x8B, ..] => self.gzip(prefix, bytes, depth).map(|()| true),
            _ if is_tar(bytes) => {
                self.tar(prefix, bytes, depth);
                Ok(true)
            }
            _ if bytes.starts_with(&tnef::SIGNATURE) => {
                self.tnef(prefix, bytes, depth);
                Ok(true)
            }
            _ if self.rar(prefix, bytes) || self.disk(prefix, bytes, depth) => Ok(true),
            _ if ends_as_zip(bytes) => self.zip(prefix, bytes, depth).map(|()| true),
            _ => Ok(false),
        }
    }

    /// Lists a RAR archive by its headers; whether it is one.
    fn rar(&mut self, prefix: &str, bytes: &[u8]) -> bool {
        let Some(entries) = rar::entries(bytes, ENTRIES) else { return false };
        for entry in entries {
            if !self.add(&format!("{prefix}{}", entry.name), entry.size, entry.encrypted) {
                break;
            }
        }
        true
    }

    /// Lists a disk image; whether it is one.
    fn disk(&mut self, prefix: &str, bytes: &[u8], depth: usize) -> bool {
        let Some((files, is_whole)) = disk::files(bytes, ENTRIES) else { return false };
        self.truncated |= !is_whole;
        for file in files {
            self.stored(&format!("{prefix}{}", file.name), file.size, file.content, depth);
        }
        true
    }

    fn tnef(&mut self, prefix: &str, bytes: &[u8], depth: usize) {
        let (files, is_whole) = tnef::files(bytes, ENTRIES);
        self.truncated |= !is_whole;
        for file in files {
            let name = format!("{prefix}{}", file.name);
            self.stored(&name, file.content.len() as u64, file.content, depth);
        }
    }

    /// Adds a file that is stored as it is, and what it holds where it is an archive itself.
    fn stored(&mut self, name: &str, size: u64, content: &[u8], depth: usize) {
        if self.add(name, size, false) && depth + 1 < DEPTH {
            self.inside(name, content, depth);
        }
    }

    fn zip(&mut self, prefix: &str, bytes: &[u8], depth: usize) -> Result<(), String> {
        if directory_size(bytes) > DIRECTORY {
            return Err("the archive's directory is too large".to_owned());
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
        for index in 0..archive.len() {
            let Ok(entry) = archive.by_index_data(index) else { continue };
            let name = format!("{prefix}{}", name_of_entry(&entry));
            let (size, encrypted) = (entry.size(), entry.encrypted());
            if !self.add(&name, size, encrypted) {
                return Ok(());
            }
            if encrypted || depth + 1 >= DEPTH {
                continue;
            }
            if let Some(inner) = archive.by_index(index).ok().and_then(|file| self.unpack(&name, file)) {
                self.inside(&name, &inner, depth);
            }
        }
        Ok(())
    }

    /// A gzip stream holds one file, whose name may stand in its header.
    fn gzip(&mut self, prefix: &str, bytes: &[u8], depth: usize) -> Result<(), String> {
        let mut decoder = MultiGzDecoder::new(bytes);
        let mut content = Vec::new();
        let read = decoder.by_ref().take(self.left).read_to_end(&mut content);
        let name = decoder.header().and_then(|header| header.filename()).map(name::guess);
        let name = format!("{prefix}{}", name.unwrap_or_else(|| "-".into()));
        self.left = self.left.saturating_sub(content.len() as u64);
        self.truncated |= self.left == 0 || read.is_err();
        if content.is_empty() {
            return read.map(|_| ()).map_err(|error| error.to_string());
        }
        self.stored(&name, content.len() as u64, &content, depth);
        Ok(())
    }

    fn tar(&mut self, prefix: &str, bytes: &[u8], depth: usize) {
        let mut rest = bytes;
        while let Some((header, behind)) = rest.split_at_checked(BLOCK).filter(|(header, _)| header[0] != 0) {
            let Some(size) = octal(&header[124..136]) else { return };
            let name = format!("{prefix}{}", name::guess(until_nul(&header[..100])));
            if !self.add(&name, size, false) {
                return;
            }
            let size = usize::try_from(size).unwrap_or(usize::MAX);
            if let Some(content) = behind.get(..size).filter(|_| depth + 1 < DEPTH) {
                self.inside(&name, content, depth);
            }
            rest = behind.get(size.div_ceil(BLOCK).saturating_mul(BLOCK)..).unwrap_or_default();
        }
    }

    /// Lists what an entry holds where it is an archive itself; a damaged one stays a mere entry.
    fn inside(&mut self, name: &str, content: &[u8], depth: usize) {
        let known = self.entries.len();
        if self.open(&format!("{name}/"), content, depth + 1).is_err() {
            self.entries.truncate(known);
        }
    }

    /// Unpacks an entry that begins like an archive or, as its mark may stand elsewhere, is named like a disk image or a zip, within the
    /// bound.
    fn unpack(&mut self, name: &str, mut file: impl Read) -> Option<Vec<u8>> {
        let mut content = Vec::new();
        file.by_ref().take(4).read_to_end(&mut content).ok()?;
        let begins = matches!(content.as_slice(), [b'P', b'K', 3, 4] | [0x1F, 0x8B, ..] | b"Rar!")
            || content == tnef::SIGNATURE;
        if !begins && !is_named_archive(name) {
            return None;
        }
        let read = io::copy(&mut file.take(self.left), &mut content);
        self.left = self.left.saturating_sub(content.len() as u64);
        self.truncated |= self.left == 0;
        read.is_ok().then_some(content)
    }

    /// Adds an entry; whether there is room for more. Folders are no entries.
    fn add(&mut self, name: &str, size: u64, encrypted: bool) -> bool {
        if self.entries.len() >= ENTRIES {
            self.truncated = true;
            return false;
        }
        if !name.ends_with('/') {
            self.entries.push(ArchiveEntry { name: name.chars().take(1000).collect(), size, encrypted });
        }
        true
    }
}

/// The name of a zip's entry.
#[must_use]
pub fn name_of_entry(entry: &ZipFileEntry<'_>) -> String {
    let otherwise = || entry.name().unwrap_or_else(|_| String::from_utf8_lossy(entry.name_raw()));
    name::decode(entry.name_raw(), otherwise).into_owned()
}

/// The size of a zip's directory as any end record names it (APPNOTE section 4.3.16).
fn directory_size(bytes: &[u8]) -> u32 {
    let tail = &bytes[bytes.len().saturating_sub(66 << 10)..];
    let ends = tail.windows(16).filter(|window| window.starts_with(b"PK\x05\x06"));
    ends.filter_map(|end| Some(u32::from_le_bytes(end[12..16].try_into().ok()?))).max().unwrap_or(0)
}

fn is_named_archive(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["iso", "img", "zip"].iter().any(|archive| ending.eq_ignore_ascii_case(archive))
}

fn is_tar(bytes: &[u8]) -> bool {
    bytes.get(257..262) == Some(b"ustar")
}

fn octal(digits: &[u8]) -> Option<u64> {
    u64::from_str_radix(std::str::from_utf8(until_nul(digits)).ok()?.trim(), 8).ok()
}

fn until_nul(bytes: &[u8]) -> &[u8] {
    bytes.split(|byte| *byte == 0).next().unwrap_or_default()
}

/// The name of a kind of archive that cannot be read.
fn name_of(bytes: &[u8]) -> &'static str {
    match bytes {
        [b'7', b'z', 0xBC, 0xAF, ..] => "7z",
        [b'B', b'Z', b'h', ..] => "bzip2",
        [0xFD, b'7', b'z', b'X', b'Z', ..] => "xz",
        [b'M', b'S', b'C', b'F', ..] => "cab",
        [0x60, 0xEA, ..] => "arj",
        [_, _, b'-', b'l', b'h', ..] => "lzh",
        [0xE4, 0x52, 0x5C, 0x7B, ..] => "OneNote",
        [b'c', b'o', b'n', b'e', b'c', b't', b'i', b'x', ..] => "VHD",
        [b'v', b'h', b'd', b'x', b'f', b'i', b'l', b'e', ..] => "VHDX",
        _ if bytes.get(32_769..32_774) == Some(b"BEA01") => "UDF",
        _ => "not a known archive",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]

    use std::io::Write;

    use zip::write::SimpleFileOptions;
    use zip::{AesMode, ZipWriter};

    use super::*;

    fn zip(entries: &[(&str, &[u8])], options: SimpleFileOptions) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in entries {
            writer.start_file(*name, options).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn names(bytes: &[u8]) -> Vec<(String, u64, bool)> {
        match list(bytes) {
            Answer::Found { data: Data::ArchiveListing { entries, .. } } => {
                entries.into_iter().map(|entry| (entry.name, entry.size, entry.encrypted)).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    fn entry(name: &str, size: u64) -> (String, u64, bool) {
        (name.to_owned(), size, false)
    }

    #[test]
    fn archives_in_archives_are_listed() {
        let plain = SimpleFileOptions::default();
        let inner = zip(&[("請求書.pdf.js", b"x=1")], plain);
        let outer = zip(&[("inner.zip", &inner), ("readme.txt", b"abc")], plain);
        let size = inner.len() as u64;
        let expected =
            [entry("inner.zip", size), entry("inner.zip/請求書.pdf.js", 3), entry("readme.txt", 3)];
        assert_eq!(names(&outer), expected);
    }

    #[test]
    fn an_archive_behind_other_bytes_is_listed() {
        let plain = SimpleFileOptions::default();
        let behind = [b"just some words".to_vec(), zip(&[("a.exe", b"MZ")], plain)].concat();
        let size = behind.len() as u64;
        assert_eq!(names(&behind), [entry("a.exe", 2)]);
        let expected = [entry("b.zip", size), entry("b.zip/a.exe", 2)];
        assert_eq!(names(&zip(&[("b.zip", &behind)], plain)), expected);
    }

    #[test]
    fn encrypted_entries_say_so() {
        let secret = SimpleFileOptions::default().with_aes_encryption(AesMode::Aes256, "x");
        assert_eq!(names(&zip(&[("a.exe", b"MZ")], secret)), [("a.exe".to_owned(), 2, true)]);
    }

    #[test]
    fn names_of_japanese_windows_are_read() {
        let mut archive = zip(&[("123456.exe", b"MZ")], SimpleFileOptions::default());
        while let Some(at) = archive.windows(6).position(|window| window == b"123456") {
            archive[at..at + 6].copy_from_slice(b"\x90\xbf\x8b\x81\x8f\x91");
        }
        assert_eq!(names(&archive), [entry("請求書.exe", 2)]);
    }

    #[test]
    fn gzip_and_tar() {
        let mut tar = vec![0; 3 * BLOCK];
        tar[..5].copy_from_slice(b"a.exe");
        tar[124..127].copy_from_slice(b"002");
        tar[257..262].copy_from_slice(b"ustar");
        let mut encoder =
            flate2::GzBuilder::new().filename("a.tar").write(Vec::new(), flate2::Compression::fast());
        encoder.write_all(&tar).unwrap();
        let size = tar.len() as u64;
        assert_eq!(names(&encoder.finish().unwrap()), [entry("a.tar", size), entry("a.tar/a.exe", 2)]);
    }

    #[test]
    fn what_cannot_be_read_is_named_not_passed_over() {
        let universal = [&[0; 32_769][..], b"BEA01\x01"].concat();
        for (bytes, name) in [
            (&b"7z\xbc\xaf\x27\x1c"[..], "7z"),
            (b"\xFD7zXZ\0", "xz"),
            (b"MSCF\0\0\0\0", "cab"),
            (b"\x60\xEA\x2b\0", "arj"),
            (b"\x20\0-lh5-", "lzh"),
            (b"\xE4\x52\x5C\x7B\x8C\xD8", "OneNote"),
            (b"conectix\0\0\0\x02", "VHD"),
            (b"vhdxfile", "VHDX"),
            (&universal, "UDF"),
        ] {
            assert_eq!(list(bytes), Answer::Failed { why: format!("unsupported: {name}") });
        }
        assert!(matches!(list(b"PK\x03\x04 and no more"), Answer::Failed { .. }));
    }

    #[test]
    fn disk_images_and_packets_of_outlook_are_listed_inside_archives_too() {
        let attribute = |id: u32, content: &[u8]| {
            let length = u32::try_from(content.len()).unwrap();
            [&[2][..], &id.to_le_bytes(), &length.to_le_bytes(), content, &[0, 0]].concat()
        };
        let begin = [&tnef::SIGNATURE[..], &[1, 0]].concat();
        let packet =
            [begin, attribute(0x6_9002, &[]), attribute(0x1_8010, b"b.exe\0"), attribute(0x6_800F, b"MZ")];
        let packet = packet.concat();
        let disk = disk::tests::image(1, |name| name.as_bytes().to_vec());
        let plain = SimpleFileOptions::default();
        let (packet_size, disk_size) = (packet.len() as u64, disk.len() as u64);
        let expected = [
            entry("a.ISO", disk_size),
            entry("a.ISO/INVOICE.LNK", 9),
            entry("a.ISO/SUB/RUN.EXE", 7),
            entry("winmail.dat", packet_size),
            entry("winmail.dat/b.exe", 2),
        ];
        assert_eq!(names(&zip(&[("a.ISO", &disk), ("winmail.dat", &packet)], plain)), expected);
    }

    #[test]
    fn many_entries_are_cut() {
        let names: Vec<String> = (0..1100).map(|number| format!("{number}.txt")).collect();
        let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"x".as_slice())).collect();
        let answer = list(&zip(&entries, SimpleFileOptions::default()));
        assert!(
            matches!(answer, Answer::Found { data: Data::ArchiveListing { entries, truncated: true } } if entries.len() == ENTRIES)
        );
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
        #[test]
        fn damaged_archives_never_panic(at in 0..200_usize, byte: u8) {
            let mut bytes = zip(&[("a.txt", b"hello"), ("b.txt", b"world")], SimpleFileOptions::default());
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
            let _ = list(&bytes);
        }
    }
}
