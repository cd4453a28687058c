//! The directories of disk images: ISO 9660 (ECMA-119) with the Joliet names of Windows. Nothing is unpacked: the files stand in it as
//! they are.

use std::collections::BTreeSet;

use encoding_rs::UTF_16BE;

use super::name::guess;
use super::reader::Reader;

/// The size of a sector, in bytes.
const SECTOR: usize = 2048;
/// The sector of the first volume descriptor (section 8.1).
const FIRST: usize = 16;
/// Volume descriptors that are read.
const DESCRIPTORS: usize = 16;
/// Folders that are read.
const FOLDERS: usize = 200;
/// Characters of a name with its folders.
const LONGEST: usize = 1000;
/// The part of a folder that is read, in sectors.
const FOLDER: usize = 100;

/// A file of a disk image.
pub(super) struct File<'b> {
    /// With the folders that it lies in.
    pub(super) name: String,
    pub(super) size: u64,
    pub(super) content: &'b [u8],
}

/// The files of a disk image; none where it is no ISO 9660 image. At most `limit`, and whether these are all.
pub(super) fn files(bytes: &[u8], limit: usize) -> Option<(Vec<File<'_>>, bool)> {
    let descriptor = descriptor(bytes)?;
    let is_joliet = descriptor[0] == 2;
    let mut files = Vec::new();
    let mut is_whole = true;
    let root = Record::read(descriptor.get(156..190)?)?;
    let mut known = BTreeSet::from([root.start]);
    let mut folders = vec![(String::new(), root)];
    while let Some((prefix, folder)) = folders.pop() {
        is_whole &= folder.size <= FOLDER * SECTOR && folder.size <= folder.content(bytes).len();
        for record in records(folder.content(bytes)) {
            let own = record.name(is_joliet);
            let name: String = prefix.chars().chain(own.chars()).take(LONGEST).collect();
            // An image may name a folder inside itself.
            let is_new = !record.is_folder || known.insert(record.start);
            match record.is_folder {
                true if is_new && known.len() < FOLDERS => folders.push((format!("{name}/"), record)),
                true => is_whole &= !is_new,
                false if files.len() < limit => {
                    files.push(File { name, size: record.size as u64, content: record.content(bytes) });
                }
                false => return Some((files, false)),
            }
        }
    }
    Some((files, is_whole))
}

/// The descriptor whose names are the fullest: Joliet's (section 8.5 with the escape sequences of UCS-2), else the primary one.
fn descriptor(bytes: &[u8]) -> Option<&[u8]> {
    let sectors = bytes.get(FIRST * SECTOR..)?.chunks_exact(SECTOR).take(DESCRIPTORS);
    let volumes = || sectors.clone().take_while(|sector| &sector[1..6] == b"CD001" && sector[0] != 255);
    let is_joliet = |sector: &&[u8]| sector[0] == 2 && sector[88..90] == *b"%/";
    volumes().find(is_joliet).or_else(|| volumes().find(|sector| sector[0] == 1))
}

/// A directory record (section 9.1).
struct Record<'b> {
    /// Where the content begins, in sectors.
    start: usize,
    /// In bytes.
    size: usize,
    is_folder: bool,
    name: &'b [u8],
}

impl<'b> Record<'b> {
    /// Each number stands twice, the lowest byte first and last.
    fn read(bytes: &'b [u8]) -> Option<Self> {
        let mut reader = Reader(bytes);
        reader.take(2)?;
        let start = reader.length()?;
        reader.take(4)?;
        let size = reader.length()?;
        reader.take(11)?;
        let is_folder = reader.byte()? & 2 != 0;
        reader.take(6)?;
        let length = usize::from(reader.byte()?);
        Some(Self { start, size, is_folder, name: reader.take(length)? })
    }

    /// As far as the image holds it.
    fn content<'i>(&self, image: &'i [u8]) -> &'i [u8] {
        let behind = image.get(self.start.saturating_mul(SECTOR)..).unwrap_or_default();
        behind.get(..self.size).unwrap_or(behind)
    }

    /// Without the version behind a semicolon (section 7.5).
    fn name(&self, is_joliet: bool) -> String {
        let name = match is_joliet {
            true => UTF_16BE.decode_without_bom_handling(self.name).0,
            false => guess(self.name),
        };
        name.split(';').next().unwrap_or_default().to_owned()
    }
}

/// The records of a folder but those of itself and of the folder above it; none crosses a sector.
fn records(folder: &[u8]) -> impl Iterator<Item = Record<'_>> {
    folder.chunks(SECTOR).take(FOLDER).flat_map(in_sector)
}

fn in_sector(sector: &[u8]) -> Vec<Record<'_>> {
    let mut rest = sector;
    let mut found = Vec::new();
    let length = |rest: &[u8]| rest.first().map_or(0, |length| usize::from(*length));
    while let Some((record, behind)) = rest.split_at_checked(length(rest)) {
        let Some(record) = Record::read(record) else { break };
        rest = behind;
        if !matches!(record.name, [0 | 1]) {
            found.push(record);
        }
    }
    found
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    fn record(name: &[u8], start: u8, size: u8, is_folder: bool) -> Vec<u8> {
        let length = u8::try_from(33 + name.len()).expect("short");
        let mut record = vec![0; 33];
        (record[0], record[2], record[10], record[32]) = (length, start, size, length - 33);
        record[25] = if is_folder { 2 } else { 0 };
        record.extend(name);
        record
    }

    /// An image whose root holds a shortcut and a folder, which holds a program and itself.
    pub(in super::super) fn image(kind: u8, name: impl Fn(&str) -> Vec<u8>) -> Vec<u8> {
        let mut image = vec![0; 20 * SECTOR];
        let mut put = |sector: usize, at: usize, bytes: &[u8]| {
            image[sector * SECTOR + at..][..bytes.len()].copy_from_slice(bytes);
        };
        put(16, 0, &[&[kind][..], b"CD001"].concat());
        put(16, 88, if kind == 2 { b"%/E" } else { b"   " });
        put(16, 156, &record(&[0], 18, 200, true));
        put(17, 0, b"\xFFCD001");
        let root = [
            record(&[0], 18, 200, true),
            record(&name("INVOICE.LNK;1"), 16, 9, false),
            record(&name("SUB"), 19, 200, true),
        ];
        put(18, 0, &root.concat());
        let sub = [record(&name("RUN.EXE;1"), 30, 7, false), record(&name("LOOP"), 19, 200, true)];
        put(19, 0, &sub.concat());
        image
    }

    fn plain(name: &str) -> Vec<u8> {
        name.as_bytes().to_vec()
    }

    #[test]
    fn names_of_files_in_folders() {
        let wide = |name: &str| name.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
        for image in [image(1, plain), image(2, wide)] {
            let (files, is_whole) = files(&image, 10).expect("a disk image");
            let seen: Vec<_> =
                files.iter().map(|file| (file.name.as_str(), file.size, file.content.len())).collect();
            assert_eq!((seen, is_whole), (vec![("INVOICE.LNK", 9, 9), ("SUB/RUN.EXE", 7, 0)], true));
        }
        assert!(files(&[0; 40_000], 10).is_none() && files(b"CD001", 10).is_none());
    }

    #[test]
    fn what_is_cut_off_is_told() {
        let image = image(1, plain);
        assert!(files(&image, 1).is_some_and(|(files, is_whole)| files.len() == 1 && !is_whole));
        let cut = &image[..19 * SECTOR + 40];
        assert!(files(cut, 10).is_some_and(|(files, is_whole)| files.len() == 1 && !is_whole));
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(128))]
        #[test]
        fn damaged_images_end(changes: Vec<(u16, u8)>) {
            let mut image = image(1, plain);
            for (at, byte) in changes {
                image[16 * SECTOR + usize::from(at) % (4 * SECTOR)] = byte;
            }
            let _ = files(&image, 10);
        }
    }
}
