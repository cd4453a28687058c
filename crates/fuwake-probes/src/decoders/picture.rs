//! Pictures: the QR codes in them (ISO/IEC 18004).

use std::io::Cursor;

use fuwake_core::evidence::{Contents, Lead};
use image::{ImageReader, Limits};
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
    let picture = if picture.width().max(picture.height()) > SCALED {
        picture.thumbnail(SCALED, SCALED)
    } else {
        picture
    };
    let grey = picture.into_luma_alpha8();
    let shade = |x: usize, y: usize| {
        let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y)) else { return 255 };
        let [luma, alpha] = grey.get_pixel(x, y).0;
        // On the white page of a mail what is transparent is white.
        if alpha < 128 { 255 } else { luma }
    };
    let (width, height) = (grey.width() as usize, grey.height() as usize);
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
