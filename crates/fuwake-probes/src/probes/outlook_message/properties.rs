//! MAPI properties of one storage ([MS-OXMSG] section 2.4, [MS-OXPROPS]).

use std::collections::BTreeMap;
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};

use encoding_rs::{Encoding, UTF_16LE};

use super::code_page;

/// PidTagMessageLocaleId.
const MESSAGE_LOCALE: u16 = 0x3FF1;
/// PidTagMessageCodepage.
const MESSAGE_CODE_PAGE: u16 = 0x3FFD;
/// The longest property stream that is read: 16 bytes a property.
const PROPERTIES: u64 = 1 << 20;

/// A compound file.
pub(super) type File<F> = cfb::CompoundFile<F>;

/// The properties of a message, a recipient or an attachment.
pub(super) struct Properties {
    /// The storage.
    pub(super) path: PathBuf,
    /// Values of fixed length, as they stand in the property stream.
    fixed: BTreeMap<u16, u64>,
    /// How strings of eight bits are encoded.
    encoding: &'static Encoding,
}

impl Properties {
    /// Reads the property stream of a storage, whose own header is `header` bytes long; `outer` is the encoding of the
    /// message around it.
    pub(super) fn read<F: Read + Seek>(
        file: &mut File<F>,
        path: &Path,
        header: usize,
        outer: Option<&'static Encoding>,
    ) -> Option<Self> {
        let mut bytes = Vec::new();
        let stream = file.open_stream(path.join("__properties_version1.0")).ok()?;
        let _ = stream.take(PROPERTIES).read_to_end(&mut bytes);
        let entries = bytes.get(header..)?.chunks_exact(16);
        let fixed: BTreeMap<u16, u64> = entries.filter_map(entry).collect();
        let locale = || fixed.get(&MESSAGE_LOCALE).map(|locale| code_page::of_locale(low(*locale)));
        let own =
            fixed.get(&MESSAGE_CODE_PAGE).map(|page| low(*page)).or_else(locale).map(code_page::encoding);
        let encoding = own.or(outer).unwrap_or(encoding_rs::WINDOWS_1252);
        Some(Self { path: path.to_owned(), fixed, encoding })
    }

    /// The encoding of strings of eight bits.
    pub(super) fn encoding(&self) -> &'static Encoding {
        self.encoding
    }

    /// A whole number (PtypInteger32, PtypBoolean).
    pub(super) fn number(&self, id: u16) -> Option<u32> {
        self.fixed.get(&id).map(|value| low(*value))
    }

    /// A time (PtypTime): units of 100 nanoseconds since 1601.
    pub(super) fn time(&self, id: u16) -> Option<u64> {
        self.fixed.get(&id).copied().filter(|time| *time > 0)
    }

    /// A string (PtypString or PtypString8) of at most `limit` bytes; an empty one is none.
    pub(super) fn text<F: Read + Seek>(&self, file: &mut File<F>, id: u16, limit: usize) -> Option<String> {
        let text = match self.stream(file, id, 0x001F, limit) {
            Some(bytes) => UTF_16LE.decode_without_bom_handling(&bytes).0.into_owned(),
            None => {
                let bytes = self.stream(file, id, 0x001E, limit)?;
                self.encoding.decode_without_bom_handling(&bytes).0.into_owned()
            }
        };
        let text = text.trim_end_matches('\0');
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// Bytes (PtypBinary), at most `limit` of them.
    pub(super) fn binary<F: Read + Seek>(
        &self,
        file: &mut File<F>,
        id: u16,
        limit: usize,
    ) -> Option<Vec<u8>> {
        self.stream(file, id, 0x0102, limit)
    }

    /// The length of a binary property.
    pub(super) fn length<F: Read + Seek>(&self, file: &mut File<F>, id: u16) -> Option<u64> {
        Some(file.open_stream(self.place(id, 0x0102)).ok()?.len())
    }

    /// The storage of an embedded object (PtypObject).
    pub(super) fn object<F>(&self, file: &File<F>, id: u16) -> Option<PathBuf> {
        let path = self.place(id, 0x000D);
        file.is_storage(&path).then_some(path)
    }

    /// The storages in this one whose names begin with `prefix`, in order, at most `limit` of them.
    pub(super) fn children<F: Read + Seek>(
        &self,
        file: &File<F>,
        prefix: &str,
        limit: usize,
    ) -> Vec<PathBuf> {
        let Ok(entries) = file.read_storage(&self.path) else { return Vec::new() };
        let named = entries.filter(|entry| entry.is_storage() && entry.name().starts_with(prefix));
        let mut paths: Vec<PathBuf> = named.take(limit).map(|entry| entry.path().to_owned()).collect();
        paths.sort_unstable();
        paths
    }

    fn stream<F: Read + Seek>(
        &self,
        file: &mut File<F>,
        id: u16,
        kind: u16,
        limit: usize,
    ) -> Option<Vec<u8>> {
        let stream = file.open_stream(self.place(id, kind)).ok()?;
        let mut bytes = Vec::new();
        let _ = stream.take(limit as u64).read_to_end(&mut bytes);
        Some(bytes)
    }

    fn place(&self, id: u16, kind: u16) -> PathBuf {
        self.path.join(format!("__substg1.0_{id:04X}{kind:04X}"))
    }
}

/// The identifier and value of one entry; a value of variable length stands in a stream of its own.
fn entry(entry: &[u8]) -> Option<(u16, u64)> {
    let id = u16::from_le_bytes(entry.get(2..4)?.try_into().ok()?);
    let value = u64::from_le_bytes(entry.get(8..16)?.try_into().ok()?);
    let kind = u16::from_le_bytes(entry.get(0..2)?.try_into().ok()?);
    matches!(kind, 0x0002 | 0x0003 | 0x000B | 0x0014 | 0x0040).then_some((id, value))
}

/// The lower half: numbers of 32 bits stand there, what follows is undefined.
fn low(value: u64) -> u32 {
    u32::try_from(value & u64::from(u32::MAX)).unwrap_or_default()
}
