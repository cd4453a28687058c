//! CSS colours, as far as needed to tell whether a text stands out from what is behind it.

/// Red, green, blue.
pub(super) type Rgb = [u8; 3];

/// White, the page where nothing else is said.
pub(super) const WHITE: Rgb = [255; 3];
/// Black, the text where nothing else is said.
pub(super) const BLACK: Rgb = [0; 3];

/// Colours that nobody can tell apart: at most this far from each other in all three channels together.
const INDISTINCT: u32 = 24;

/// Whether a text of one colour cannot be read on the other.
pub(super) fn indistinct(one: Rgb, other: Rgb) -> bool {
    one.iter().zip(other).map(|(&a, b)| u32::from(a.abs_diff(b))).sum::<u32>() <= INDISTINCT
}

/// A CSS colour; none for a keyword that we do not know and for anything transparent.
pub(super) fn parse(value: &str) -> Option<Rgb> {
    let value = value.trim();
    if let Some(digits) = value.strip_prefix('#') {
        return hexadecimal(digits);
    }
    if let Some((function, arguments)) = value.split_once('(') {
        return function.get(..3).filter(|f| f.eq_ignore_ascii_case("rgb")).and_then(|_| rgb(arguments));
    }
    NAMES.iter().find(|(name, _)| value.eq_ignore_ascii_case(name)).map(|&(_, colour)| colour)
}

/// A colour of a presentational attribute, whose `#` may be missing (HTML section 2.4.6).
pub(super) fn parse_legacy(value: &str) -> Option<Rgb> {
    parse(value).or_else(|| hexadecimal(value))
}

fn hexadecimal(digits: &str) -> Option<Rgb> {
    let number = u32::from_str_radix(digits, 16).ok()?;
    let [_, a, b, c] = number.to_be_bytes();
    match digits.len() {
        3 => Some([(number >> 8 & 15) as u8 * 17, (number >> 4 & 15) as u8 * 17, (number & 15) as u8 * 17]),
        6 => Some([a, b, c]),
        8 if c > 0 || number & 0xff > 0 => {
            let [a, b, c, _] = number.to_be_bytes();
            Some([a, b, c])
        }
        _ => None,
    }
}

fn rgb(arguments: &str) -> Option<Rgb> {
    let mut channels = arguments
        .trim_end_matches(')')
        .split([',', ' ', '/'])
        .map(str::trim)
        .filter(|channel| !channel.is_empty())
        .map(|channel| match channel.strip_suffix('%') {
            Some(percent) => percent.parse::<f32>().ok().map(|p| p * 2.55),
            None => channel.parse::<f32>().ok(),
        });
    let colour = [channels.next()??, channels.next()??, channels.next()??];
    let alpha = channels.next().flatten();
    (alpha != Some(0.0)).then(|| colour.map(|c| c.clamp(0.0, 255.0) as u8))
}

/// The keywords that mails use.
const NAMES: &[(&str, Rgb)] = &[
    ("white", WHITE),
    ("black", BLACK),
    ("red", [255, 0, 0]),
    ("blue", [0, 0, 255]),
    ("green", [0, 128, 0]),
    ("yellow", [255, 255, 0]),
    ("gray", [128, 128, 128]),
    ("grey", [128, 128, 128]),
    ("silver", [192, 192, 192]),
    ("navy", [0, 0, 128]),
    ("orange", [255, 165, 0]),
    ("purple", [128, 0, 128]),
    ("maroon", [128, 0, 0]),
    ("teal", [0, 128, 128]),
    ("lime", [0, 255, 0]),
    ("aqua", [0, 255, 255]),
    ("cyan", [0, 255, 255]),
    ("fuchsia", [255, 0, 255]),
    ("magenta", [255, 0, 255]),
    ("olive", [128, 128, 0]),
    ("pink", [255, 192, 203]),
    ("brown", [165, 42, 42]),
    ("gold", [255, 215, 0]),
    ("whitesmoke", [245, 245, 245]),
    ("snow", [255, 250, 250]),
    ("ivory", [255, 255, 240]),
    ("ghostwhite", [248, 248, 255]),
    ("lightgray", [211, 211, 211]),
    ("lightgrey", [211, 211, 211]),
    ("darkgray", [169, 169, 169]),
    ("darkgrey", [169, 169, 169]),
    ("dimgray", [105, 105, 105]),
    ("darkblue", [0, 0, 139]),
    ("darkred", [139, 0, 0]),
    ("darkgreen", [0, 100, 0]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_in_their_usual_forms() {
        assert_eq!(parse("#FfF"), Some(WHITE));
        assert_eq!(parse("rgb(255, 254, 253)"), Some([255, 254, 253]));
        assert_eq!(parse("rgba(0,0,0,0)"), None);
        assert_eq!(parse_legacy("ff0000"), Some([255, 0, 0]));
        assert_eq!(parse("transparent"), None);
        assert!(indistinct(WHITE, [250, 250, 250]) && !indistinct(WHITE, [200, 200, 200]));
    }
}
