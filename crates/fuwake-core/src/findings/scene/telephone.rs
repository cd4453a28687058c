//! Telephone numbers in a text, the disguised ones too: `(8OO) 555-O142`, `⑧⓪⓪ 555 0142`.

/// A number as it stands, and how many of its digits are written with something else than digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::findings) struct Telephone {
    pub(in crate::findings) written: String,
    pub(in crate::findings) disguised: usize,
}

/// How much of a text is looked at, in bytes.
const MOST: usize = 100_000;

/// The first number of ten to thirteen digits in groups, the way North America, `+` and `0` write them (ITU-T E.123); where one is
/// disguised, that one.
pub(in crate::findings) fn first(text: &str) -> Option<Telephone> {
    let mut found: Option<Telephone> = None;
    let mut run = Run::default();
    let words = text.split_whitespace().chain(std::iter::once("."));
    let mut read = 0;
    for word in words {
        read += word.len();
        if run.takes(word) && read < MOST {
            continue;
        }
        // Most words neither are digits nor follow any.
        if run.digits.is_empty() && read < MOST {
            continue;
        }
        if let Some(telephone) = std::mem::take(&mut run).telephone() {
            let better = telephone.disguised > 0 || found.is_none();
            found = better.then_some(telephone).or(found);
        }
        if found.as_ref().is_some_and(|found| found.disguised > 0) || read >= MOST {
            break;
        }
        run.takes(word);
    }
    found
}

/// Words of digits that follow one another.
#[derive(Default)]
struct Run {
    written: String,
    digits: Vec<u32>,
    disguised: usize,
    groups: usize,
}

impl Run {
    /// Adds a word that is a part of a number.
    fn takes(&mut self, word: &str) -> bool {
        if word.bytes().next().is_some_and(|first| first.is_ascii_alphabetic() && !b"OoIl".contains(&first)) {
            return false;
        }
        let word = word.trim_end_matches([',', ';', ':', '!', '?']);
        let seen = || word.chars().map(digit);
        let whole =
            word.len() < 60 && seen().zip(word.chars()).all(|(digit, c)| digit.is_some() || is_joint(c));
        let real = || word.chars().any(|c| c.is_ascii_digit() || !c.is_ascii() && digit(c).is_some());
        if !(whole && (real() || word.starts_with('(') && word.len() == 5 && self.groups > 0)) {
            return false;
        }
        self.written.push_str(if self.written.is_empty() { "" } else { " " });
        self.written.push_str(word);
        for (value, disguised) in seen().flatten() {
            self.digits.push(value);
            self.disguised += usize::from(disguised);
        }
        self.groups += word.split(is_joint).filter(|group| !group.is_empty()).count();
        true
    }

    fn telephone(self) -> Option<Telephone> {
        // The marks of a list only count up.
        let counts = self.digits.windows(2).all(|pair| pair[1] == pair[0] + 1);
        let begins =
            self.written.starts_with(['+', '(', '0']) || self.digits.first() == Some(&1) || self.groups == 3;
        let shaped = (10..=13).contains(&self.digits.len()) && (2..=6).contains(&self.groups);
        (begins && shaped && !counts)
            .then_some(Telephone { written: self.written, disguised: self.disguised })
    }
}

fn is_joint(c: char) -> bool {
    matches!(c, '-' | '.' | '(' | ')' | '+' | '/' | '\u{2010}'..='\u{2015}')
}

/// A digit's value, and whether it is written with something else.
fn digit(c: char) -> Option<(u32, bool)> {
    match c {
        '0'..='9' => Some((u32::from(c) - u32::from('0'), false)),
        'O' | 'o' => Some((0, true)),
        'I' | 'l' => Some((1, true)),
        '\u{24EA}' | '\u{24FF}' | '\u{1F10B}' | '\u{1F10C}' => Some((0, true)),
        '\u{2460}'..='\u{2468}' => Some((u32::from(c) - 0x245F, true)),
        '\u{2776}'..='\u{277E}' => Some((u32::from(c) - 0x2775, true)),
        '\u{2780}'..='\u{2788}' => Some((u32::from(c) - 0x277F, true)),
        '\u{278A}'..='\u{2792}' => Some((u32::from(c) - 0x2789, true)),
        '\u{24F5}'..='\u{24FD}' => Some((u32::from(c) - 0x24F4, true)),
        '\u{1D7CE}'..='\u{1D7FF}' => Some(((u32::from(c) - 0x1D7CE) % 10, true)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_plain_and_disguised() {
        let plain = |text: &str| first(text).is_some_and(|found| found.disguised == 0);
        let disguised = |text: &str| first(text).is_some_and(|found| found.disguised > 0);
        assert!(plain("call +1 (800) 555-0142 now"));
        assert!(plain("call 800-555-0142 now"));
        assert!(disguised("call +1 (8OO) 555-O142 now"));
        assert!(disguised("⑧⓪⓪ ⑤⑤⑤ ⓪①④②"));
        assert!(disguised("plain 800-555-0142 or 8OO-555-0142"));
        for none in [
            "①②③④⑤⑥⑦⑧⑨",
            "2026-06-09 08:41",
            "1 2 3 4 5 6",
            "Illo ollo",
            "12345678901234567890",
            "1094992983 (II)",
        ] {
            assert!(first(none).is_none(), "{none}");
        }
    }
}
