//! What pictures are told again by: a page's first picture and a site's icon.

use std::io::Cursor;

use data_encoding::BASE64;
use image::imageops::FilterType;
use image::{ImageReader, Limits};

/// The longest side of a picture that is read, in pixels.
const LONGEST: u32 = 10_000;

/// A difference hash: the picture shrunk to 9 by 8 grey values, a bit for each that is brighter than the next in its row. None where
/// the bytes are no picture, or the picture is all of one shade.
pub(super) fn difference_hash(picture: &[u8]) -> Option<String> {
    let mut reader = ImageReader::new(Cursor::new(picture)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(LONGEST), Some(LONGEST));
    reader.limits(limits);
    let grey = reader.decode().ok()?.to_luma8();
    let small = image::imageops::resize(&grey, 9, 8, FilterType::Triangle);
    let (darkest, brightest) =
        small.pixels().fold((255, 0), |(low, high), pixel| (pixel.0[0].min(low), pixel.0[0].max(high)));
    if brightest <= darkest.saturating_add(1) {
        return None;
    }
    let bits = small.rows().flat_map(|row| {
        let row: Vec<u8> = row.map(|pixel| pixel.0[0]).collect();
        row.windows(2).map(|pair| u64::from(pair[0] > pair[1])).collect::<Vec<_>>()
    });
    Some(format!("{:016x}", bits.fold(0_u64, |hash, bit| hash << 1 | bit)))
}

/// MurmurHash3 (x86, 32 bits, seed 0) of the Base64 of an icon in lines of 76 characters, as Shodan and others index icons.
pub(super) fn icon_hash(icon: &[u8]) -> i32 {
    let encoded = BASE64.encode(icon);
    let lines: Vec<&[u8]> = encoded.as_bytes().chunks(76).collect();
    let mut text = lines.join(&b'\n');
    text.push(b'\n');
    murmur3(&text).cast_signed()
}

/// MurmurHash3_x86_32 by Austin Appleby, seed 0.
fn murmur3(bytes: &[u8]) -> u32 {
    let mix = |word: u32| word.wrapping_mul(0xcc9e_2d51).rotate_left(15).wrapping_mul(0x1b87_3593);
    let (words, rest) = bytes.as_chunks::<4>();
    let mut hash = words.iter().fold(0_u32, |hash, word| {
        (hash ^ mix(u32::from_le_bytes(*word))).rotate_left(13).wrapping_mul(5).wrapping_add(0xe654_6b64)
    });
    let last = rest.iter().rev().fold(0_u32, |word, byte| word << 8 | u32::from(*byte));
    if !rest.is_empty() {
        hash ^= mix(last);
    }
    // The length counts modulo 2^32.
    hash ^= u32::try_from(bytes.len() & 0xffff_ffff).unwrap_or(0);
    hash = (hash ^ hash >> 16).wrapping_mul(0x85eb_ca6b);
    hash = (hash ^ hash >> 13).wrapping_mul(0xc2b2_ae35);
    hash ^ hash >> 16
}

#[cfg(test)]
mod tests {
    use image::{DynamicImage, ImageFormat, RgbImage};

    use super::*;

    fn png(draw: impl Fn(u32, u32) -> u8) -> Vec<u8> {
        let picture = RgbImage::from_fn(180, 160, |x, y| image::Rgb([draw(x, y); 3]));
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::from(picture).write_to(&mut bytes, ImageFormat::Png).expect("a picture");
        bytes.into_inner()
    }

    #[test]
    fn pictures_alike_are_near() {
        let hash = |bytes: &[u8]| {
            u64::from_str_radix(&difference_hash(bytes).expect("a hash"), 16).expect("hexadecimal")
        };
        let one = hash(&png(|x, y| if (40..90).contains(&x) && y > 30 { 20 } else { 220 }));
        let brighter = hash(&png(|x, y| if (40..90).contains(&x) && y > 30 { 30 } else { 240 }));
        let other = hash(&png(|x, y| if (x / 20 + y / 20) % 2 == 0 { 20 } else { 220 }));
        assert!((one ^ brighter).count_ones() <= 4);
        assert!((one ^ other).count_ones() > 10);
        assert_eq!(difference_hash(&png(|_, _| 255)), None);
        assert_eq!(difference_hash(b"no picture"), None);
    }

    /// The vectors that implementations of MurmurHash3 are tested with.
    #[test]
    fn murmur3_as_published() {
        let known: [(&[u8], u32); 5] = [
            (b"", 0),
            (b"a", 0x3c25_69b2),
            (b"abc", 0xb3dd_93fa),
            (b"hello", 0x248b_fa47),
            (b"The quick brown fox jumps over the lazy dog", 0x2e4f_f723),
        ];
        for (text, hash) in known {
            assert_eq!(murmur3(text), hash, "{text:?}");
        }
    }
}
