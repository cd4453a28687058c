//! The text holds the address of a wallet whose check digits are right: Bitcoin (Base58Check, BIP 13; Bech32, BIP 173 and 350), Tron (Base58Check), Ethereum
//! (forty hexadecimal digits, EIP 55). Silent for lists and answers, where such addresses are talked about.

use sha2::{Digest, Sha256};

use super::{Scene, Sign};

/// Text beyond this is not looked at.
const MOST: usize = 100_000;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    if scene.is_list_mail() || scene.answers || scene.is_carrier() {
        return None;
    }
    let text = scene.mail.own_text().as_bytes();
    let words = text.get(..MOST).unwrap_or(text).split(|byte| !byte.is_ascii_alphanumeric());
    let address = words.filter(|word| (26..=90).contains(&word.len())).find(|word| is_wallet(word))?;
    let address = String::from_utf8_lossy(address).into_owned();
    Some(Sign::in_body(scene.mail).with("address", address))
}

fn is_wallet(word: &[u8]) -> bool {
    match word {
        [b'0', b'x', rest @ ..] => {
            rest.len() == 40 && rest.iter().all(u8::is_ascii_hexdigit) && is_varied(rest)
        }
        [b'b' | b'B', b'c' | b'C', b'1', ..] => is_bech32(word),
        [b'1' | b'3' | b'T', ..] => word.len() < 36 && is_base58(word),
        _ => false,
    }
}

/// No padding: at least eight different digits.
fn is_varied(hexadecimal: &[u8]) -> bool {
    let mut seen = [false; 128];
    for digit in hexadecimal {
        seen[usize::from(digit.to_ascii_lowercase() & 127)] = true;
    }
    seen.iter().filter(|seen| **seen).count() > 7
}

/// Twenty-one bytes and the first four of their double SHA-256.
fn is_base58(word: &[u8]) -> bool {
    const ALPHABET: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    let mut number = [0_u8; 25];
    for letter in word {
        let Some(digit) = ALPHABET.iter().position(|known| known == letter) else { return false };
        let mut carry = digit;
        for byte in number.iter_mut().rev() {
            carry += usize::from(*byte) * 58;
            *byte = carry.to_le_bytes()[0];
            carry >>= 8;
        }
        if carry > 0 {
            return false;
        }
    }
    let (payload, check) = number.split_at(21);
    Sha256::digest(Sha256::digest(payload)).starts_with(check)
}

/// The checksum of BIP 173 (1) or BIP 350 (0x2bc830a3) over the prefix `bc` and the data.
fn is_bech32(word: &[u8]) -> bool {
    const ALPHABET: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    let mut sum = 1_u32;
    let mut step = |value: u32| {
        const GENERATORS: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
        let top = sum >> 25;
        sum = (sum & 0x01ff_ffff) << 5 ^ value;
        for (bit, generator) in GENERATORS.iter().enumerate() {
            if top >> bit & 1 == 1 {
                sum ^= generator;
            }
        }
        sum
    };
    let mut last = 0;
    for value in [3, 3, 0, 2, 3] {
        last = step(value);
    }
    for letter in word.iter().skip(3) {
        let Some(value) = ALPHABET.iter().position(|known| *known == letter.to_ascii_lowercase()) else {
            return false;
        };
        last = step(u32::try_from(value).unwrap_or_default());
    }
    matches!(last, 1 | 0x2bc8_30a3)
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(text: &str) -> bool {
        fires("wallet-address-in-text", &format!("From: a@example.com\n\nsend it to {text} today\n"), "")
    }

    /// The examples of BIP 13's ancestors and BIP 173, and a made-up one of Ethereum's form.
    #[test]
    fn addresses_with_right_check_digits() {
        for address in [
            "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
            "0x52908400098527886E0F7030069857D2E4169EE7",
        ] {
            assert!(is_found(address), "{address}");
        }
        for other in [
            "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3",
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
            "0x0000000000000000000000000000000000000000",
            "52908400098527886e0f7030069857d2e4169ee7",
        ] {
            assert!(!is_found(other), "{other}");
        }
    }
}
