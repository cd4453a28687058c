//! Pictures: the QR codes in them (ISO/IEC 18004).

use std::io::Cursor;

use fuwake_core::evidence::{Contents, Lead};
use image::{DynamicImage, ImageReader, Limits};
use rqrr::PreparedImage;

use super::gather::Gathered;

/// The widest and highest picture that is looked at, in pixels.
const SIDE: u32 = 5_000;
/// Memory for the decoded picture, in bytes.
const MEMORY: u64 = 128 << 20;
/// The side to which larger pictures are scaled down: a QR code that a telephone is to scan stays readable.
const SCALED: u32 = 1_600;

/// Reads a picture.
///
/// # Errors
/// It is damaged or too large.
pub fn read(bytes: &[u8]) -> Result<Contents, String> {
    let mut reader =
        ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|why| why.to_string())?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE);
    limits.max_image_height = Some(SIDE);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let picture = reader.decode().map_err(|why| why.to_string())?;
    let step = picture.width().max(picture.height()).div_ceil(SCALED).max(1) as usize;
    let (columns, width, height) =
        (picture.width() as usize, picture.width() as usize / step, picture.height() as usize / step);
    let grey = grey(picture);
    // The mean of a square of `step` pixels a side.
    let shade = |x: usize, y: usize| {
        if step == 1 {
            return grey.get(y * columns + x).copied().unwrap_or(255);
        }
        let rows =
            (y * step..(y + 1) * step).filter_map(|row| grey.get(row * columns + x * step..)?.get(..step));
        let sum: usize = rows.flatten().copied().map(usize::from).sum();
        u8::try_from(sum / (step * step)).unwrap_or(255)
    };
    let mut prepared = PreparedImage::prepare_from_greyscale(width, height, shade);
    let mut gathered = Gathered::default();
    gathered.contents.pictures = 1;
    for grid in prepared.detect_grids() {
        if let Ok((_, content)) = grid.decode() {
            gathered.link(Lead::QrCode, &content, None);
        }
    }
    Ok(gathered.finish())
}

/// The shade of each pixel, row by row; on the white page of a mail what is transparent is white.
fn grey(picture: DynamicImage) -> Vec<u8> {
    // ITU-R BT.709, in 1/256.
    let luma = |red: u8, green: u8, blue: u8| {
        let sum = 54 * u32::from(red) + 183 * u32::from(green) + 19 * u32::from(blue);
        sum.to_le_bytes()[1]
    };
    let on_white = |luma: u8, alpha: u8| if alpha < 128 { 255 } else { luma };
    match picture {
        DynamicImage::ImageLuma8(picture) => picture.into_raw(),
        DynamicImage::ImageLumaA8(picture) => {
            picture.pixels().map(|pixel| on_white(pixel[0], pixel[1])).collect()
        }
        DynamicImage::ImageRgb8(picture) => {
            picture.pixels().map(|pixel| luma(pixel[0], pixel[1], pixel[2])).collect()
        }
        other => {
            let picture = other.into_rgba8();
            picture.pixels().map(|pixel| on_white(luma(pixel[0], pixel[1], pixel[2]), pixel[3])).collect()
        }
    }
}
