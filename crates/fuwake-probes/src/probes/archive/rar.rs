//! The headers of RAR archives, versions 4 and 5: names and encryption, without unpacking anything.

use fuwake_core::evidence::ArchiveEntry;

use super::name::guess;
use super::reader::Reader;

const SIGNATURE_4: &[u8] = b"Rar!\x1A\x07\x00";
const SIGNATURE_5: &[u8] = b"Rar!\x1A\x07\x01\x00";

/// The entries of a RAR archive; none where it is no RAR archive. Where even the names are encrypted there is one entry
/// without a name. At most `limit` entries.
pub(super) fn entries(bytes: &[u8], limit: usize) -> Option<Vec<ArchiveEntry>> {
    if let Some(blocks) = bytes.strip_prefix(SIGNATURE_5) {
        return Some(collect(Reader(blocks), limit, block_5));
    }
    let blocks = bytes.strip_prefix(SIGNATURE_4)?;
    Some(collect(Reader(blocks), limit, block_4))
}

/// What a block is.
enum Block {
    Entry(ArchiveEntry),
    /// Everything behind it is encrypted.
    Locked,
    Other,
}

fn collect(mut reader: Reader, limit: usize, next: fn(&mut Reader) -> Option<Block>) -> Vec<ArchiveEntry> {
    let mut entries = Vec::new();
    while entries.len() < limit {
        match next(&mut reader) {
            Some(Block::Entry(entry)) => entries.push(entry),
            Some(Block::Other) => {}
            Some(Block::Locked) => {
                entries.push(ArchiveEntry { name: String::new(), size: 0, encrypted: true });
                break;
            }
            None => break,
        }
    }
    entries
}

/// The next block of version 4: checksum, type, flags, size, and the length of what follows it.
fn block_4(reader: &mut Reader) -> Option<Block> {
    let whole = reader.0;
    reader.take(2)?;
    let kind = reader.byte()?;
    let flags = reader.number(2)?;
    let size = usize::try_from(reader.number(2)?).ok()?;
    let mut header = Reader(whole.get(7..size)?);
    let packed = if flags & 0x8000 != 0 { header.number(4)? } else { 0 };
    let block = match kind {
        0x73 if flags & 0x80 != 0 => Block::Locked,
        0x74 => file_4(&mut header, flags)?,
        _ => Block::Other,
    };
    reader.0 = whole.get(size.checked_add(usize::try_from(packed).ok()?)?..)?;
    Some(block)
}

fn file_4(header: &mut Reader, flags: u64) -> Option<Block> {
    let size = header.number(4)?;
    header.take(11)?;
    let length = usize::try_from(header.number(2)?).ok()?;
    header.take(4)?;
    let high = if flags & 0x100 != 0 {
        header.take(4)?;
        header.number(4)?
    } else {
        0
    };
    if flags & 0xE0 == 0xE0 {
        return Some(Block::Other);
    }
    // Behind a NUL the name is repeated in a packed Unicode form.
    let name = header.take(length)?.split(|byte| *byte == 0).next()?;
    let name = guess(name).replace('\\', "/");
    Some(Block::Entry(ArchiveEntry { name, size: high << 32 | size, encrypted: flags & 4 != 0 }))
}

/// The next block of version 5: checksum, size, type, flags, and the lengths of the extra area and the data.
fn block_5(reader: &mut Reader) -> Option<Block> {
    reader.take(4)?;
    let size = reader.variable()?;
    let mut header = Reader(reader.take(usize::try_from(size).ok()?)?);
    let (kind, flags) = (header.variable()?, header.variable()?);
    let extra = if flags & 1 != 0 { header.variable()? } else { 0 };
    let data = if flags & 2 != 0 { header.variable()? } else { 0 };
    let block = match kind {
        2 => file_5(&mut header, extra)?,
        4 => return Some(Block::Locked),
        _ => Block::Other,
    };
    let data = usize::try_from(data).ok()?.min(reader.0.len());
    reader.take(data)?;
    Some(block)
}

fn file_5(header: &mut Reader, extra: u64) -> Option<Block> {
    let whole = header.0;
    let flags = header.variable()?;
    let size = header.variable()?;
    header.variable()?;
    header.take(if flags & 2 != 0 { 4 } else { 0 })?;
    header.take(if flags & 4 != 0 { 4 } else { 0 })?;
    header.variable()?;
    header.variable()?;
    let length = usize::try_from(header.variable()?).ok()?;
    let name = String::from_utf8_lossy(header.take(length)?).into_owned();
    let extra = whole.len().checked_sub(usize::try_from(extra).ok()?)?;
    let encrypted = is_encrypted(Reader(&whole[extra..]));
    let folder = flags & 1 != 0;
    Some(if folder { Block::Other } else { Block::Entry(ArchiveEntry { name, size, encrypted }) })
}

/// Whether a record of the extra area describes the encryption of the file.
fn is_encrypted(mut extra: Reader) -> bool {
    while let Some(size) = extra.variable() {
        let Some(record) = usize::try_from(size).ok().and_then(|size| extra.take(size)) else { return false };
        if Reader(record).variable() == Some(1) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A block of version 5 around a header.
    fn block(header: &[u8]) -> Vec<u8> {
        let mut block = vec![0, 0, 0, 0, u8::try_from(header.len()).expect("a short header")];
        block.extend_from_slice(header);
        block
    }

    #[test]
    fn names_and_encryption_of_version_5() {
        let mut archive = SIGNATURE_5.to_vec();
        archive.extend(block(&[1, 0, 0]));
        archive.extend(block(&[2, 2, 3, 0, 9, 0, 0, 0, 5, b'a', b'.', b'e', b'x', b'e']));
        archive.extend(b"xyz");
        archive.extend(block(&[2, 1, 2, 0, 7, 0, 0, 0, 1, b'b', 1, 1]));
        let entries = entries(&archive, 10).expect("a RAR archive");
        let seen: Vec<_> =
            entries.iter().map(|entry| (entry.name.as_str(), entry.size, entry.encrypted)).collect();
        assert_eq!(seen, [("a.exe", 9, false), ("b", 7, true)]);
    }

    #[test]
    fn names_and_encryption_of_version_4() {
        let mut archive = SIGNATURE_4.to_vec();
        archive.extend([0, 0, 0x73, 0, 0, 13, 0, 0, 0, 0, 0, 0, 0]);
        archive.extend([0, 0, 0x74, 4, 0x80, 37, 0, 2, 0, 0, 0, 9, 0, 0, 0]);
        archive.extend([0; 11]);
        archive.extend([5, 0, 0, 0, 0, 0]);
        archive.extend(b"a.exexy");
        let entries = entries(&archive, 10).expect("a RAR archive");
        let seen: Vec<_> =
            entries.iter().map(|entry| (entry.name.as_str(), entry.size, entry.encrypted)).collect();
        assert_eq!(seen, [("a.exe", 9, true)]);
    }

    #[test]
    fn an_archive_that_hides_its_names_is_one_nameless_entry() {
        let mut archive = SIGNATURE_5.to_vec();
        archive.extend(block(&[4, 0, 0, 0, 15]));
        let entries = entries(&archive, 10).expect("a RAR archive");
        assert_eq!(entries.len(), 1);
        assert!(entries[0].encrypted && entries[0].name.is_empty());
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(128))]
        #[test]
        fn any_bytes_end(bytes: Vec<u8>, five: bool) {
            let signature = if five { SIGNATURE_5 } else { SIGNATURE_4 };
            let _ = entries(&[signature, &bytes].concat(), 10);
        }
    }
}
