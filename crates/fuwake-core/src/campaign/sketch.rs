//! MinHash: how much of two texts is the same, told from a few bytes of each.
//!
//! A text is the set of its shingles (A. Broder, "On the resemblance and containment of documents", 1997). One pass puts the hash of
//! each into one of [`BINS`] bins, and each bin keeps its least (P. Li, A. Owen, C.-H. Zhang, "One Permutation Hashing", 2012), of
//! which eight bits are enough (P. Li, A. König, "b-Bit Minwise Hashing", 2010).

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Bins of a sketch: the error of an estimate of one half is 0.044.
const BINS: usize = 128;
/// Tokens of a shingle.
const SHINGLE: usize = 3;
/// Bins that together make a key by which alike texts are met.
const ROWS: usize = 3;
/// Chance that two different values of eight bits (1 to 255) are the same.
const CHANCE: f32 = 1.0 / 255.0;

/// The sketch of a text's shingles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sketch {
    /// The least hash of each bin, eight bits of it; 0 for an empty bin.
    bins: [u8; BINS],
}

impl Default for Sketch {
    fn default() -> Self {
        Self { bins: [0; BINS] }
    }
}

impl Serialize for Sketch {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&data_encoding::HEXLOWER.encode(&self.bins))
    }
}

impl<'de> Deserialize<'de> for Sketch {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = data_encoding::HEXLOWER.decode(text.as_bytes()).map_err(Error::custom)?;
        let bins = bytes.try_into().map_err(|_| Error::custom("a sketch has 128 bytes"))?;
        Ok(Self { bins })
    }
}

impl Sketch {
    /// The sketch of token lists; no shingle reaches from one list into the next.
    pub(super) fn of<'t>(texts: impl IntoIterator<Item = &'t [u64]>) -> Self {
        let mut least = [u64::MAX; BINS];
        for text in texts.into_iter().filter(|text| !text.is_empty()) {
            for shingle in text.windows(SHINGLE.min(text.len())) {
                let hash = shingle.iter().fold(0, |hash, token| mix(hash ^ token));
                let bin = &mut least[(hash >> 57) as usize % BINS];
                *bin = (*bin).min(hash << 7);
            }
        }
        let value = |hash: u64| if hash == u64::MAX { 0 } else { 1 + (mix(hash) % 255) as u8 };
        Self { bins: least.map(value) }
    }

    /// Bins that hold something: nearly the number of shingles, as long as there are few.
    #[must_use]
    pub fn filled(&self) -> usize {
        self.bins.iter().filter(|bin| **bin != 0).count()
    }

    /// The share of all shingles of both that both have (Jaccard's index), estimated; 0 where both are empty.
    #[must_use]
    pub fn resemblance(&self, other: &Self) -> f32 {
        let pairs = || self.bins.iter().zip(&other.bins);
        let either = pairs().filter(|(one, two)| **one != 0 || **two != 0).count();
        let both = pairs().filter(|(one, two)| **one != 0 && one == two).count();
        if either == 0 {
            return 0.0;
        }
        let share = both as f32 / either as f32;
        ((share - CHANCE) / (1.0 - CHANCE)).max(0.0)
    }

    /// Keys of which two texts that are four tenths the same share at least one in 94 of 100 cases. Empty bins borrow from the next
    /// filled one (A. Shrivastava, P. Li, "Densifying One Permutation Hashing", 2014).
    pub(super) fn keys(&self) -> Vec<u64> {
        let Some(first) = self.bins.iter().position(|bin| *bin != 0) else { return Vec::new() };
        // The bin behind the last is the first again.
        let mut next = u64::from(self.bins[first]) + 256 * first as u64;
        let mut filled = [0; BINS];
        for at in (0..BINS).rev() {
            next = if self.bins[at] == 0 { next + 256 } else { u64::from(self.bins[at]) };
            filled[at] = next;
        }
        let key = |(band, rows): (usize, &[u64])| rows.iter().fold(band as u64, |key, row| mix(key ^ row));
        filled.chunks_exact(ROWS).enumerate().map(key).collect()
    }
}

/// A hash whose every bit depends on every bit of the input (the finaliser of SplitMix64).
pub(super) const fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(numbers: std::ops::Range<u64>) -> Sketch {
        let tokens: Vec<u64> = numbers.collect();
        Sketch::of([tokens.as_slice()])
    }

    #[test]
    fn the_estimate_is_near_the_share() {
        for (from, share) in [(0, 1.0), (50, 0.6), (100, 1.0 / 3.0), (200, 0.0)] {
            let estimate = sketch(0..200).resemblance(&sketch(from..from + 200));
            assert!((estimate - share).abs() < 0.12, "{estimate} for {share}");
        }
        assert_eq!(sketch(0..0).resemblance(&sketch(0..0)), 0.0);
        assert!(sketch(0..0).keys().is_empty());
    }

    #[test]
    fn alike_texts_share_a_key_and_others_do_not() {
        let meet = |one: &Sketch, two: &Sketch| one.keys().iter().zip(two.keys()).any(|(a, b)| *a == b);
        assert!(meet(&sketch(0..300), &sketch(30..320)));
        assert!(meet(&sketch(0..6), &sketch(0..7)));
        assert!(!meet(&sketch(0..300), &sketch(1000..1300)));
    }
}
