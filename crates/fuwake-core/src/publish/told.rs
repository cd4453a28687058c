//! What a mail says to its reader alone: his name in the greeting, and the numbers by which a service would know him.

/// How words end that stand before 様 and name nobody: 会員, 利用者, 加盟店, 取引先, 各社, 株主, 顧客, 皆.
const NOBODYS: [char; 8] = ['員', '者', '店', '先', '社', '主', '客', '皆'];

/// Whom English greetings greet when they greet nobody.
const ANYBODY: &[&str] = &[
    "account",
    "admin",
    "all",
    "beneficiary",
    "card",
    "cardholder",
    "client",
    "colleague",
    "customer",
    "email",
    "friend",
    "good",
    "guest",
    "holder",
    "madam",
    "mail",
    "member",
    "miss",
    "mr",
    "mrs",
    "ms",
    "new",
    "our",
    "owner",
    "partner",
    "recipient",
    "sir",
    "subscriber",
    "team",
    "the",
    "there",
    "to",
    "user",
    "valued",
    "webmail",
    "webmaster",
    "winner",
    "you",
    "your",
];

/// What stands before a number that is the reader's. In front of 番号 these name no reader: telephone, fax, postal code, flight.
const LABELS: &[&str] = &[
    "番号",
    "会員id",
    "ユーザーid",
    "お客様id",
    "お客さまid",
    "利用者id",
    "ログインid",
    "アカウントid",
    "ＩＤ",
    "member id",
    "user id",
    "customer id",
    "account id",
    "client id",
    "login id",
    "number",
    "account no",
    "member no",
    "customer no",
    "card no",
    "order no",
    "account ending in",
    "card ending in",
    "ending with",
    "末尾",
];
const NO_READERS: [&str; 12] = [
    "電話",
    "fax",
    "ファックス",
    "携帯",
    "郵便",
    "便",
    "phone",
    "tel",
    "telephone",
    "mobile",
    "version",
    "model",
];
/// What may stand between a label and its number.
const BETWEEN: usize = 8;
/// So many digits at least are a number that tells people apart.
const DIGITS: usize = 4;
/// How much of a text is heard, in bytes.
const HEARD: usize = 64 * 1024;

/// Who is greeted, where a line begins with the name: `佐藤 花子 様`, `Dear Hanako Sato,`. Names in `known` (lower case) are no secret.
pub(super) fn names(text: &str, known: &str) -> Vec<String> {
    let text = text.get(..text.floor_char_boundary(HEARD)).unwrap_or(text);
    let japanese = text.match_indices('様').filter_map(|(at, _)| {
        let (start, end) = greeted(text, at, known)?;
        text.get(start..end).map(str::to_owned)
    });
    japanese.chain(text.lines().filter_map(|line| addressed(line, known))).collect()
}

/// The bytes of the name before the 様 at `end`, where a line or a word of a file's name begins with it.
pub(super) fn greeted(text: &str, end: usize, known: &str) -> Option<(usize, usize)> {
    let head = text.get(..end)?.trim_end_matches([' ', '\u{3000}']);
    let in_name = |c: &char| is_kanji(*c) || is_kana(*c) || matches!(c, ' ' | '\u{3000}');
    let length: usize = head.chars().rev().take(14).take_while(in_name).map(char::len_utf8).sum();
    let (before, name) = head.split_at_checked(head.len() - length)?;
    let begins = before.chars().next_back().is_none_or(|c| "\r\n_-/(（「【".contains(c));
    let name = name.trim_start();
    let words: Vec<&str> = name.split_whitespace().collect();
    let joined = words.concat();
    let length = joined.chars().count();
    // In kana only two words are a name: アカウント, ユーザー and お客 stand alone.
    let is_written = match joined.chars().all(is_kanji) {
        true => (2..=6).contains(&length),
        false => words.len() == 2 && length <= 12 && words.iter().all(|word| word.chars().count() >= 2),
    };
    let person = is_written && !joined.ends_with(NOBODYS) && !known.contains(&joined);
    (begins && person).then_some((head.len() - name.len(), head.len()))
}

/// `Dear Hanako Sato,`: two or three words with capitals that greet somebody.
fn addressed(line: &str, known: &str) -> Option<String> {
    let line = line.trim_start();
    let rest = ["Dear ", "Hello ", "Hi ", "Attn: ", "Attention: "]
        .iter()
        .find_map(|greeting| line.strip_prefix(greeting))?;
    let name = rest.split([',', ':', '!', '.', ';', '、', '，']).next()?.trim();
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_name = |word: &&str| {
        word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || "'-".contains(c))
            && !ANYBODY.contains(&word.to_lowercase().as_str())
    };
    let person = (2..=3).contains(&words.len()) && words.iter().all(is_name) && name.len() <= 60;
    (person && !known.contains(&name.to_lowercase())).then(|| name.to_owned())
}

/// The numbers that a text tells its reader as his own: `会員番号：4711-0815`, `account ending in 4711`.
pub(super) fn numbers(text: &str) -> Vec<String> {
    let text = text.get(..text.floor_char_boundary(HEARD)).unwrap_or(text);
    let lower = text.to_ascii_lowercase();
    let mut numbers: Vec<String> = Vec::new();
    for label in LABELS {
        for (at, _) in lower.match_indices(label) {
            numbers.extend(number(text, &lower, at, at + label.len()));
        }
    }
    numbers
}

fn number(text: &str, lower: &str, start: usize, end: usize) -> Option<String> {
    let before = lower.get(..start)?.trim_end();
    if NO_READERS.iter().any(|label| before.ends_with(label)) {
        return None;
    }
    let tail = text.get(end..)?;
    let skipped: usize = tail
        .chars()
        .take(BETWEEN)
        .take_while(|c| c.is_whitespace() || ":：は＝=#＃「【(（[『.．を*＊-".contains(*c))
        .map(char::len_utf8)
        .sum();
    let value = tail.get(skipped..)?;
    let length = value
        .bytes()
        .take(40)
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        .count();
    let value = value.get(..length)?.trim_matches(['-', '_']);
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    (skipped + length > 0 && digits >= DIGITS).then(|| value.to_owned())
}

pub(super) const fn is_kanji(character: char) -> bool {
    matches!(character, '々' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

const fn is_kana(character: char) -> bool {
    matches!(character, '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | 'ー')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_the_reader_are_heard() {
        let heard = |text: &str| numbers(text).join(" ");
        for (text, number) in [
            ("会員番号：4711-0815-2342", "4711-0815-2342"),
            ("お客様番号 ABC123456 様", "ABC123456"),
            ("口座番号は「0123456」です", "0123456"),
            ("会員ID: taro4711x", "taro4711x"),
            ("Your account number is", ""),
            ("account number: 99887766.", "99887766"),
            ("Card ending in 4711", "4711"),
            ("お電話番号 03-1234-5678", ""),
            ("郵便番号 1000001", ""),
            ("番号 12", ""),
        ] {
            assert_eq!(heard(text), number, "{text}");
        }
    }

    #[test]
    fn greeted_people_are_heard() {
        let heard = |text: &str| names(text, "霊山 太郎\nacme corp").join("|");
        assert_eq!(heard("佐藤 花子 様\nDear Hanako Sato,"), "佐藤 花子|Hanako Sato");
        assert_eq!(heard("サトウ ハナコ 様"), "サトウ ハナコ");
        for nobody in [
            "お客様",
            "ユーザー様",
            "Dear Valued Customer,",
            "Dear Customer",
            "Hello There",
            "Dear Acme Corp,",
            "ご利用者 様",
        ] {
            assert_eq!(heard(nobody), "", "{nobody}");
        }
    }
}
