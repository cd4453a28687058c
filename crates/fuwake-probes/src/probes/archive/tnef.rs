//! The files in a winmail.dat of Outlook (MS-OXTNEF): names and bytes.

use std::borrow::Cow;

use encoding_rs::UTF_16LE;

use super::name::guess;
use super::reader::Reader;

/// What such a file begins with (section 2.1.3.1).
pub(super) const SIGNATURE: [u8; 4] = [0x78, 0x9F, 0x3E, 0x22];

/// attAttachRendData, attAttachTitle, attAttachData and attAttachment (section 2.1.3.1): each file begins with the first.
const BEGIN: u64 = 0x0006_9002;
const TITLE: u64 = 0x0001_8010;
const DATA: u64 = 0x0006_800F;
const PROPERTIES: u64 = 0x0006_9005;
/// PidTagAttachLongFilename and PidTagAttachDataBinary or PidTagAttachDataObject (MS-OXPROPS).
const LONG_NAME: u64 = 0x3707;
const CONTENT: u64 = 0x3701;
/// PtypObject and PtypString (MS-OXCDATA section 2.11.1).
const OBJECT: u64 = 0x0D;
const STRING: u64 = 0x1F;

/// A file: its name and its bytes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Packed<'b> {
    pub(super) name: Cow<'b, str>,
    pub(super) content: &'b [u8],
}

/// The first `limit` files in the order in which they stand, and whether all could be read.
pub(super) fn files(bytes: &[u8], limit: usize) -> (Vec<Packed<'_>>, bool) {
    let mut reader = Reader(bytes);
    let mut files: Vec<Packed> = Vec::new();
    let begins = reader.take(SIGNATURE.len() + 2).is_some();
    while let Some((id, content)) = attribute(&mut reader) {
        let is_full = files.len() >= limit;
        match (id, files.last_mut()) {
            (BEGIN, _) if is_full => return (files, false),
            (BEGIN, _) => files.push(Packed::default()),
            (TITLE, Some(file)) => file.name = guess(until_nul(content)),
            (DATA, Some(file)) => file.content = content,
            (PROPERTIES, Some(file)) => file.read_properties(content),
            _ => {}
        }
    }
    (files, begins && reader.0.is_empty())
}

/// The next attribute's id and content: level, id, length, content, checksum (section 2.1.3.2).
fn attribute<'b>(reader: &mut Reader<'b>) -> Option<(u64, &'b [u8])> {
    let mut ahead = Reader(reader.0);
    ahead.take(1)?;
    let (id, length) = (ahead.number(4)?, ahead.length()?);
    let content = ahead.take(length)?;
    ahead.take(2)?;
    *reader = ahead;
    Some((id, content))
}

impl<'b> Packed<'b> {
    /// The title is cut to eight characters and an ending where the mail was written for old systems; the whole name and a carried
    /// mail stand among the properties (section 2.1.3.4).
    fn read_properties(&mut self, bytes: &'b [u8]) {
        let mut reader = Reader(bytes);
        let count = reader.number(4).unwrap_or(0);
        for _ in 0..count {
            let Some(property) = Property::read(&mut reader) else { return };
            match property.id {
                LONG_NAME if property.kind == STRING => {
                    let name = UTF_16LE.decode_without_bom_handling(property.value).0;
                    self.name = name.trim_end_matches('\0').to_owned().into();
                }
                LONG_NAME => self.name = guess(until_nul(property.value)),
                // An object begins with the identifier of its interface.
                CONTENT if property.kind == OBJECT => {
                    self.content = property.value.get(16..).unwrap_or_default();
                }
                CONTENT => self.content = property.value,
                _ => {}
            }
        }
    }
}

/// A property (MsgPropertyValue, section 2.1.3.4); of several values the last.
struct Property<'b> {
    kind: u64,
    id: u64,
    value: &'b [u8],
}

impl<'b> Property<'b> {
    fn read(reader: &mut Reader<'b>) -> Option<Self> {
        let (kind, id) = (reader.number(2)?, reader.number(2)?);
        if id >= 0x8000 {
            reader.take(16)?;
            match reader.number(4)? {
                0 => reader.take(4)?,
                _ => padded(reader)?,
            };
        }
        let width = match kind & 0xFFF {
            0x02 | 0x03 | 0x04 | 0x0A | 0x0B => Some(4),
            0x05..=0x07 | 0x14 | 0x40 => Some(8),
            0x48 => Some(16),
            OBJECT | 0x1E | STRING | 0x102 => None,
            _ => return None,
        };
        let is_counted = width.is_none() || kind & 0x1000 != 0;
        let count = if is_counted { reader.number(4)? } else { 1 };
        let mut value: &[u8] = &[];
        for _ in 0..count {
            value = match width {
                Some(width) => reader.take(width)?,
                None => padded(reader)?,
            };
        }
        Some(Self { kind, id, value })
    }
}

/// Bytes behind their number, filled up to a multiple of four.
fn padded<'b>(reader: &mut Reader<'b>) -> Option<&'b [u8]> {
    let length = reader.length()?;
    let value = reader.take(length)?;
    let filling = length.next_multiple_of(4) - length;
    reader.take(filling.min(reader.0.len()))?;
    Some(value)
}

fn until_nul(bytes: &[u8]) -> &[u8] {
    bytes.split(|byte| *byte == 0).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(attributes: &[(u64, &[u8])]) -> Vec<u8> {
        let mut bytes = [&SIGNATURE[..], &[1, 0]].concat();
        for (id, content) in attributes {
            bytes.push(2);
            bytes.extend(&id.to_le_bytes()[..4]);
            bytes.extend(counted(content));
            bytes.extend([0, 0]);
        }
        bytes
    }

    fn counted(content: &[u8]) -> Vec<u8> {
        [&u32::try_from(content.len()).expect("short").to_le_bytes()[..], content].concat()
    }

    /// Properties as Outlook writes them: a number, a named one, and then `last`, of which there is one value.
    fn properties(kind: u8, id: u16, value: &[u8]) -> Vec<u8> {
        let mut bytes = vec![3, 0, 0, 0, 3, 0, 0x0B, 0x37, 1, 0, 0, 0, 0x0B, 0, 0x01, 0x80];
        bytes.extend([[0; 16].as_slice(), &[1, 0, 0, 0], &counted(b"x\0"), &[0, 0], &[1, 0, 0, 0]].concat());
        bytes.extend([&[kind, 0][..], &id.to_le_bytes(), &[1, 0, 0, 0], &counted(value)].concat());
        bytes.resize(bytes.len().next_multiple_of(4), 0);
        bytes
    }

    fn names_and_sizes(bytes: &[u8]) -> (Vec<(String, usize)>, bool) {
        let (files, is_whole) = files(bytes, 10);
        (files.into_iter().map(|file| (file.name.into_owned(), file.content.len())).collect(), is_whole)
    }

    #[test]
    fn names_and_bytes() {
        let wide: Vec<u8> = "請求書.docx\0".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (long, object) = (properties(0x1F, 0x3707, &wide), properties(0x0D, 0x3701, &[7; 19]));
        let bytes = packed(&[
            (TITLE, b"of the mail"),
            (BEGIN, &[0; 14]),
            (TITLE, b"INVOIC~1.DOC\0"),
            (DATA, b"x=1"),
            (PROPERTIES, &long),
            (BEGIN, &[0; 14]),
            (TITLE, b"\x90\xbf\x8b\x81\0"),
            (PROPERTIES, &object),
        ]);
        let named = vec![("請求書.docx".to_owned(), 3), ("請求".to_owned(), 3)];
        assert_eq!(names_and_sizes(&bytes), (named, true));
        assert_eq!(files(&bytes, 1).0.len(), 1);
        assert!(!files(&bytes, 1).1);
    }

    #[test]
    fn what_is_cut_off_is_told() {
        let bytes = packed(&[(BEGIN, &[0; 14]), (TITLE, b"a.js\0")]);
        assert_eq!(names_and_sizes(&bytes), (vec![("a.js".to_owned(), 0)], true));
        assert_eq!(names_and_sizes(&bytes[..bytes.len() - 3]), (vec![(String::new(), 0)], false));
        assert_eq!((names_and_sizes(b""), names_and_sizes(&SIGNATURE)), ((vec![], false), (vec![], false)));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_end(attributes: Vec<(u8, Vec<u8>)>) {
            let ids = [BEGIN, TITLE, DATA, PROPERTIES];
            let attributes: Vec<_> = attributes.iter().map(|(id, content)| (ids[usize::from(id % 4)], content.as_slice())).collect();
            let _ = files(&packed(&attributes), 10);
        }

        #[test]
        fn damaged_properties_end(at in 0..70_usize, byte: u8) {
            let mut bytes = properties(0x0D, 0x3701, &[7; 19]);
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
            let _ = files(&packed(&[(BEGIN, &[]), (PROPERTIES, &bytes)]), 10);
        }
    }
}
