//! HTML that Outlook carries inside RTF ([MS-OXRTFEX]).

use std::collections::BTreeMap;

use super::code_page;

/// The deepest nesting of groups that is followed.
const DEPTH: usize = 256;

/// The HTML inside an RTF text; none where it carries none.
pub(super) fn extract(rtf: &[u8]) -> Option<String> {
    let head = &rtf[..rtf.len().min(1024)];
    let marked = head.windows(9).any(|word| word == b"\\fromhtml");
    marked.then(|| Reader::default().read(rtf))
}

/// What holds inside one group.
#[derive(Clone, Copy, Default)]
struct Group {
    /// Inside `\*\htmltag`: its text is HTML whatever `\htmlrtf` says.
    tag: bool,
    /// Between `\htmlrtf` and `\htmlrtf0`: for readers of RTF only.
    rtf_only: bool,
    /// A destination that holds no text of the message.
    skipped: bool,
    /// The font table.
    fonts: bool,
    font: Option<u32>,
    /// `\ucN`: how many characters stand for a Unicode one.
    fallback: usize,
}

#[derive(Default)]
struct Reader {
    html: String,
    groups: Vec<Group>,
    group: Group,
    /// Bytes of the code page that wait for their other half.
    pending: Vec<u8>,
    /// Fallback characters that are still to be left out.
    left_out: usize,
    /// `\*` was read: an unknown destination is skipped.
    starred: bool,
    code_page: u32,
    fonts: BTreeMap<u32, u32>,
    font_defined: u32,
    high_surrogate: Option<u16>,
}

impl Reader {
    fn read(mut self, rtf: &[u8]) -> String {
        self.group.fallback = 1;
        self.code_page = 1252;
        let mut rest = rtf;
        while let Some((first, tail)) = rest.split_first() {
            rest = match first {
                b'{' => self.open(tail),
                b'}' => self.close(tail),
                b'\\' => self.control(tail),
                b'\r' | b'\n' => tail,
                byte => {
                    self.byte(*byte);
                    tail
                }
            };
        }
        self.flush();
        self.html
    }

    fn open<'r>(&mut self, rest: &'r [u8]) -> &'r [u8] {
        self.flush();
        if self.groups.len() < DEPTH {
            self.groups.push(self.group);
        }
        self.starred = false;
        rest
    }

    fn close<'r>(&mut self, rest: &'r [u8]) -> &'r [u8] {
        self.flush();
        if let Some(outer) = self.groups.pop() {
            self.group = outer;
        }
        rest
    }

    /// A control word with its number and the blank behind it, or a control symbol.
    fn control<'r>(&mut self, rest: &'r [u8]) -> &'r [u8] {
        let letters = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (word, tail) = rest.split_at(letters);
        if word.is_empty() {
            return self.symbol(rest);
        }
        let (number, tail) = number(tail);
        let tail = tail.strip_prefix(b" ").unwrap_or(tail);
        self.flush();
        self.word(word, number);
        tail
    }

    fn symbol<'r>(&mut self, rest: &'r [u8]) -> &'r [u8] {
        let Some((symbol, tail)) = rest.split_first() else { return rest };
        match symbol {
            b'\'' => {
                let digits = tail.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
                if let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
                    self.byte(byte);
                    return &tail[2..];
                }
            }
            b'*' => self.starred = true,
            b'\\' | b'{' | b'}' => self.byte(*symbol),
            b'~' => self.text("&nbsp;"),
            b'_' => self.text("&shy;"),
            _ => {}
        }
        tail
    }

    fn word(&mut self, word: &[u8], number: Option<i64>) {
        let value = number.and_then(|number| u32::try_from(number).ok());
        match word {
            b"htmltag" => self.group.tag = true,
            b"htmlrtf" => self.group.rtf_only = number != Some(0),
            b"ansicpg" => self.code_page = value.unwrap_or(1252),
            b"fonttbl" => (self.group.fonts, self.group.skipped) = (true, true),
            b"f" if self.group.fonts => self.font_defined = value.unwrap_or(0),
            b"f" => self.group.font = value,
            b"fcharset" => {
                let page = value.and_then(code_page::of_font);
                self.fonts.extend(page.map(|page| (self.font_defined, page)));
            }
            b"uc" => self.group.fallback = value.map_or(1, |count| count.min(8) as usize),
            b"u" => self.unicode(number.unwrap_or(0)),
            b"par" | b"line" => self.text("\r\n"),
            b"tab" => self.text("\t"),
            b"lquote" => self.text("&lsquo;"),
            b"rquote" => self.text("&rsquo;"),
            b"ldblquote" => self.text("&ldquo;"),
            b"rdblquote" => self.text("&rdquo;"),
            b"bullet" => self.text("&bull;"),
            b"endash" => self.text("&ndash;"),
            b"emdash" => self.text("&mdash;"),
            b"colortbl" | b"stylesheet" | b"info" | b"pntext" | b"pict" => self.group.skipped = true,
            _ if self.starred => self.group.skipped = true,
            _ => {}
        }
        self.starred = false;
    }

    /// `\uN`: a UTF-16 unit, negative above 32767, followed by a fallback for old readers.
    fn unicode(&mut self, number: i64) {
        self.left_out = self.group.fallback;
        let Ok(unit) = u16::try_from(number & 0xFFFF) else { return };
        let units = self.high_surrogate.take().into_iter().chain([unit]);
        if (0xD800..0xDC00).contains(&unit) {
            self.high_surrogate = Some(unit);
            return;
        }
        let text: String = char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{FFFD}')).collect();
        self.text(&text);
    }

    fn byte(&mut self, byte: u8) {
        if self.left_out > 0 {
            self.left_out -= 1;
        } else if self.is_shown() {
            self.pending.push(byte);
        }
    }

    /// Decodes the bytes that were collected: a character may take several.
    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let page = self.group.font.and_then(|font| self.fonts.get(&font).copied()).unwrap_or(self.code_page);
        let bytes = std::mem::take(&mut self.pending);
        self.html.push_str(&code_page::encoding(page).decode_without_bom_handling(&bytes).0);
    }

    fn text(&mut self, text: &str) {
        if self.is_shown() {
            self.html.push_str(text);
        }
    }

    fn is_shown(&self) -> bool {
        !self.group.skipped && (self.group.tag || !self.group.rtf_only)
    }
}

fn number(bytes: &[u8]) -> (Option<i64>, &[u8]) {
    let sign = usize::from(bytes.first() == Some(&b'-'));
    let digits = bytes[sign..].iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
    if digits == 0 {
        return (None, bytes);
    }
    let (number, rest) = bytes.split_at(sign + digits);
    (std::str::from_utf8(number).ok().and_then(|number| number.parse().ok()), rest)
}

#[cfg(test)]
mod tests {
    use super::extract;

    #[test]
    fn tags_and_text_come_out_in_order() {
        let rtf = br"{\rtf1\ansi\ansicpg932\fromhtml1 \deff0{\fonttbl{\f0\fswiss Arial;}{\f5\fnil\fcharset128 X;}}
{\colortbl\red0;}{\*\generator x;}
{\*\htmltag64 <p>}\htmlrtf {\f5 \htmlrtf0 \'82\'a0\u12356 ?{\*\htmltag244 <b>}\htmlrtf \b \htmlrtf0 x\{y\}{\*\htmltag252 </b>}\htmlrtf }\htmlrtf0
{\*\htmltag72 </p>}\par}";
        assert_eq!(extract(rtf).as_deref(), Some("<p>\u{3042}\u{3044}<b>x{y}</b></p>\r\n"));
        assert_eq!(extract(br"{\rtf1\ansi hello}"), None);
    }
}
