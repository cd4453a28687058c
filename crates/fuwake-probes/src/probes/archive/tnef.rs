//! The files in a winmail.dat of Outlook (MS-OXTNEF): names and bytes.

use super::name::guess;

/// What such a file begins with (section 2.1.3.1).
pub(super) const SIGNATURE: [u8; 4] = [0x78, 0x9F, 0x3E, 0x22];
/// Attributes that are looked at.
const ATTRIBUTES: usize = 10_000;

/// attAttachRendData, attAttachTitle and attAttachData (section 2.1.3.4).
const BEGIN: u32 = 0x0006_9002;
const TITLE: u32 = 0x0001_8010;
const DATA: u32 = 0x0006_800F;

/// A file: its name and its bytes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Packed<'b> {
    pub(super) name: String,
    pub(super) content: &'b [u8],
}

/// The files in the order in which they stand.
pub(super) fn files(bytes: &[u8]) -> Vec<Packed<'_>> {
    let mut rest = bytes.get(6..).unwrap_or_default();
    let mut files: Vec<Packed> = Vec::new();
    for _ in 0..ATTRIBUTES {
        let Some((id, content, behind)) = attribute(rest) else { break };
        rest = behind;
        match (id, files.last_mut()) {
            (BEGIN, _) => files.push(Packed::default()),
            (TITLE, Some(file)) => {
                file.name = guess(content.split(|byte| *byte == 0).next().unwrap_or_default()).into_owned();
            }
            (DATA, Some(file)) => file.content = content,
            _ => {}
        }
    }
    files
}

/// The next attribute's id and content, and what stands behind it: level, id, length, content, checksum (section 2.1.3.2).
fn attribute(bytes: &[u8]) -> Option<(u32, &[u8], &[u8])> {
    let number = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let (id, length) = (number(1)?, usize::try_from(number(5)?).ok()?);
    let (content, behind) = bytes.get(9..)?.split_at_checked(length)?;
    Some((id, content, behind.get(2..).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(attributes: &[(u32, &[u8])]) -> Vec<u8> {
        let mut bytes = [&SIGNATURE[..], &[1, 0]].concat();
        for (id, content) in attributes {
            let length = u32::try_from(content.len()).expect("short");
            bytes.push(2);
            bytes.extend([id.to_le_bytes(), length.to_le_bytes()].concat());
            bytes.extend(*content);
            bytes.extend([0, 0]);
        }
        bytes
    }

    #[test]
    fn names_and_bytes() {
        let attributes = [
            (TITLE, &b"the mail"[..]),
            (BEGIN, &[0; 14]),
            (TITLE, b"a.js\0"),
            (DATA, b"x=1"),
            (BEGIN, &[0; 14]),
        ];
        let bytes = packed(&attributes);
        let named = Packed { name: "a.js".into(), content: b"x=1" };
        assert_eq!(files(&bytes), [named, Packed::default()]);
        assert!(files(&bytes[..20]).is_empty() && files(b"").is_empty());
    }
}
