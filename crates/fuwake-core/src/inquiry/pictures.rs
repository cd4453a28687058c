//! The pictures of a mail: which of them may hold a QR code, told by their heads alone.

use std::cell::LazyCell;
use std::collections::HashSet;

use super::file_kind::file_kind;
use crate::evidence::FileKind;
use crate::mail::{Attachment, Mail};

/// Pictures of a mail that are searched.
const PICTURES: usize = 24;
/// Pixels of all pictures of a mail that are searched; the first one may have more.
const PIXELS: u64 = 8_000_000;
/// The smallest side of a QR code that a telephone can read from a screen, in pixels: 21 modules of two.
const SMALLEST: u32 = 42;
/// The largest side of the small signs and logos that stand in a text, in pixels.
const SIGN: u32 = 100;
/// The largest side of a picture that is one QR code and little else.
const CODE_ALONE: u32 = 1_000;
/// Pixels of a scanned page; a picture of more is a photograph.
const SCAN: u64 = 4_500_000;

/// The pictures of a mail in which QR codes are sought, and how many others might hold one: the mail speaks of a code, or the picture
/// is of its shape, or pictures are all that there is to read. Decoding one costs more than all the rest of a dissection, so that the
/// likeliest come first, as far as the bounds reach.
pub(super) fn searched<'m>(mail: &'m Mail<'_>) -> (Vec<&'m Attachment>, usize) {
    let (says_little, names_a_code) =
        (LazyCell::new(|| says_little(mail)), LazyCell::new(|| names_a_code(&mail.text)));
    let may_hold_a_code = |sides: (u32, u32)| {
        let short = sides.0.min(sides.1);
        let may_be_part = || pixels(sides) <= SCAN && *says_little || *names_a_code;
        short >= SMALLEST && (is_square(sides) || short >= 2 * SMALLEST && may_be_part())
    };
    let mut known = HashSet::new();
    let pictures = mail.attachments.iter().filter(|file| file_kind(file) == Some(FileKind::Picture));
    let mut candidates: Vec<(Rank, u64, &Attachment)> = pictures
        .filter_map(|file| Some((file, dimensions(&file.content)?)))
        .filter(|(file, sides)| may_hold_a_code(*sides) && known.insert(&file.sha256))
        .map(|(file, sides)| (rank(file, sides), pixels(sides), file))
        .collect();
    candidates.sort_by_key(|(rank, ..)| *rank);
    let (mut left, all) = (PIXELS, candidates.len());
    let within = |(index, (_, pixels, file)): (usize, (Rank, u64, &'m Attachment))| {
        let rest = left.checked_sub(pixels);
        left = rest.unwrap_or(left);
        (rest.is_some() || index == 0).then_some(file)
    };
    let chosen: Vec<&Attachment> =
        candidates.into_iter().take(PICTURES).enumerate().filter_map(within).collect();
    let others = all - chosen.len();
    (chosen, others)
}

/// How many pictures that might hold a QR code are not searched.
#[must_use]
pub fn pictures_not_searched(mail: &Mail<'_>) -> usize {
    // The first one is always searched.
    let several = mail.attachments.iter().filter(|file| is_picture(file)).nth(1).is_some();
    if several { searched(mail).1 } else { 0 }
}

/// What is looked at first: false before true.
type Rank = (bool, bool, bool);

/// A picture that is one code and little else has its shape, few colours, and is not one of the small signs of a newsletter.
fn rank(file: &Attachment, sides: (u32, u32)) -> Rank {
    let is_sign = file.inline && sides.0.max(sides.1) < SIGN;
    (!is_square(sides), is_sign, !has_few_colours(&file.content))
}

fn is_square((width, height): (u32, u32)) -> bool {
    let (short, long) = (width.min(height), width.max(height));
    u64::from(long) * 10 <= u64::from(short) * 11 && long <= CODE_ALONE
}

fn pixels((width, height): (u32, u32)) -> u64 {
    u64::from(width) * u64::from(height)
}

/// The head says so: shades of grey or a palette (PNG section 11.2.1, GIF, JPEG of one component).
fn has_few_colours(content: &[u8]) -> bool {
    match content {
        [0x89, b'P', b'N', b'G', ..] => matches!(content.get(25), Some(0 | 3 | 4)),
        _ => content.starts_with(b"GIF8"),
    }
}

/// Next to all that the mail says stands in pictures, whose words nobody reads here.
#[must_use]
pub fn speaks_by_pictures(mail: &Mail<'_>) -> bool {
    let attached = mail.attachments.iter().filter(|file| is_picture(file));
    let large = attached.filter_map(|file| dimensions(&file.content)).any(|(w, h)| w.min(h) > 4 * SMALLEST);
    let shown = || {
        let pages = mail.bodies.iter().filter(|body| body.displayed).filter_map(|body| body.html.as_ref());
        pages.flat_map(|page| &page.images).any(|image| !image.tracking)
    };
    says_little(mail) && (large || shown())
}

fn is_picture(file: &Attachment) -> bool {
    file.detected_type.is_some_and(|detected| detected.starts_with("image/"))
}

/// Next to no words: the picture is the message.
fn says_little(mail: &Mail<'_>) -> bool {
    const FEW: usize = 120;
    mail.text.chars().filter(|letter| letter.is_alphanumeric()).take(FEW).count() < FEW
}

/// `QR code`, `QRコード`, `scan the code`, `読み取って`, `二次元コード`, in whatever width.
fn names_a_code(text: &str) -> bool {
    const WORDS: [&str; 9] =
        ["QR", "ＱＲ", "qr code", "qr-code", "二次元コード", "2次元コード", "読み取", "scan the", "Scan the"];
    WORDS.iter().any(|word| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some())
}

/// Width and height in pixels, from the head of a PNG, GIF, JPEG or WebP file.
fn dimensions(content: &[u8]) -> Option<(u32, u32)> {
    let big = |at: usize| Some(u32::from_be_bytes(content.get(at..at + 4)?.try_into().ok()?));
    let little = |at: usize| Some(u32::from(u16::from_le_bytes(content.get(at..at + 2)?.try_into().ok()?)));
    match content {
        [0x89, b'P', b'N', b'G', ..] => Some((big(16)?, big(20)?)),
        [b'G', b'I', b'F', ..] => Some((little(6)?, little(8)?)),
        [0xFF, 0xD8, ..] => of_jpeg(content),
        [b'R', b'I', b'F', b'F', ..] => match content.get(12..16)? {
            b"VP8 " => Some((little(26)? & 0x3FFF, little(28)? & 0x3FFF)),
            b"VP8X" => Some(((little(24)? | 1) + 1, (little(27)? | 1) + 1)),
            _ => Some((CODE_ALONE, CODE_ALONE)),
        },
        _ => None,
    }
}

/// The first frame header (ITU-T T.81 annex B.2.2).
fn of_jpeg(content: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    for _ in 0..200 {
        let [0xFF, marker, high, low] = *content.get(at..at + 4)? else { return None };
        if matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) {
            let side =
                |at: usize| Some(u32::from(u16::from_be_bytes(content.get(at..at + 2)?.try_into().ok()?)));
            return Some((side(at + 7)?, side(at + 5)?));
        }
        at += 2 + usize::from(u16::from_be_bytes([high, low]));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::{RawMail, Trusted, dissect};

    #[test]
    fn heads_tell_the_size() {
        assert_eq!(dimensions(&png(256, 200, 2)), Some((256, 200)));
        assert_eq!(dimensions(b"GIF89a\x10\x00\x20\x00"), Some((16, 32)));
        let jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC0, 0, 17, 8, 0, 90, 0, 120];
        assert_eq!(dimensions(&jpeg), Some((120, 90)));
        assert_eq!(dimensions(b"\xFF\xD8\xFF"), None);
    }

    /// The head of a PNG file.
    fn png(width: u32, height: u32, colours: u8) -> Vec<u8> {
        let mut png = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR".to_vec();
        png.extend([width.to_be_bytes(), height.to_be_bytes()].concat());
        png.extend([8, colours]);
        png
    }

    fn chosen(pictures: &[Vec<u8>]) -> (Vec<usize>, usize) {
        let mut raw = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n".to_vec();
        for picture in pictures {
            let text = data_encoding::BASE64.encode(picture);
            raw.extend(format!("--b\r\nContent-Type: image/png\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n{text}\r\n").bytes());
        }
        raw.extend(b"--b--\r\n");
        let raw = RawMail { bytes: &raw, size: raw.len() as u64, sha256: [0; 32] };
        let mail = dissect(raw, &Trusted::default());
        let (files, others) = searched(&mail);
        assert_eq!(pictures_not_searched(&mail), others);
        let place = |file: &&Attachment| pictures.iter().position(|picture| *picture == file.content);
        (files.iter().filter_map(place).collect(), others)
    }

    #[test]
    fn the_likeliest_come_first_within_the_bounds() {
        assert_eq!(chosen(&[png(600, 400, 2), png(300, 300, 2), png(300, 300, 3)]), (vec![2, 1, 0], 0));
        let large: Vec<Vec<u8>> = (0..10).map(|more| png(999, 990 + more, 2)).collect();
        assert_eq!(chosen(&large), (vec![0, 1, 2, 3, 4, 5, 6, 7], 2));
        let many: Vec<Vec<u8>> = (0..40).map(|more| png(200 + more, 200 + more, 2)).collect();
        assert_eq!(chosen(&many).1, 16);
        assert_eq!(chosen(&[png(2_000, 2_000, 2), png(30, 30, 3)]), (vec![0], 0));
    }
}
