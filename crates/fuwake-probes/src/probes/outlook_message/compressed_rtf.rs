//! Compressed RTF ([MS-OXRTFCP]).

/// What the dictionary holds before the first byte (section 2.1.3.1.1).
const START: &[u8] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \
\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
const DICTIONARY: usize = 4096;

/// The RTF, at most `limit` bytes of it; none where the header is not that of compressed RTF.
pub(super) fn decompress(bytes: &[u8], limit: usize) -> Option<Vec<u8>> {
    let (header, content) = bytes.split_at_checked(16)?;
    let size = u32::from_le_bytes(header.get(4..8)?.try_into().ok()?) as usize;
    match &header[8..12] {
        b"MELA" => Some(content[..content.len().min(size).min(limit)].to_vec()),
        b"LZFu" => Some(expand(content, size.min(limit))),
        _ => None,
    }
}

fn expand(content: &[u8], size: usize) -> Vec<u8> {
    let mut dictionary = [b' '; DICTIONARY];
    dictionary[..START.len()].copy_from_slice(START);
    let mut write = START.len();
    let mut output = Vec::new();
    let mut bytes = content.iter().copied();
    while let Some(control) = bytes.next() {
        for bit in 0..8 {
            let run = if control & (1 << bit) == 0 {
                None
            } else {
                let (Some(high), Some(low)) = (bytes.next(), bytes.next()) else { return output };
                let reference = usize::from(high) << 8 | usize::from(low);
                Some((reference >> 4, (reference & 15) + 2))
            };
            let (offset, length) = match run {
                Some((offset, _)) if offset == write => return output,
                Some(run) => run,
                None => {
                    let Some(byte) = bytes.next() else { return output };
                    dictionary[write] = byte;
                    (write, 1)
                }
            };
            for step in 0..length {
                let byte = dictionary[(offset + step) % DICTIONARY];
                output.push(byte);
                dictionary[write] = byte;
                write = (write + 1) % DICTIONARY;
            }
            if output.len() >= size {
                return output;
            }
        }
    }
    output
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_specification() {
        // [MS-OXRTFCP] section 3.1.1.
        let compressed = [
            0x2d, 0x00, 0x00, 0x00, 0x2b, 0x00, 0x00, 0x00, 0x4c, 0x5a, 0x46, 0x75, 0xf1, 0xc5, 0xc7, 0xa7,
            0x03, 0x00, 0x0a, 0x00, 0x72, 0x63, 0x70, 0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0a, 0xf3, 0x20,
            0x68, 0x65, 0x6c, 0x09, 0x00, 0x20, 0x62, 0x77, 0x05, 0xb0, 0x6c, 0x64, 0x7d, 0x0a, 0x80, 0x0f,
            0xa0,
        ];
        let rtf = decompress(&compressed, 1000).expect("it is compressed RTF");
        assert_eq!(String::from_utf8_lossy(&rtf), "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
    }
}
