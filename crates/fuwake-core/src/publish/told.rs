//! What a mail says to its reader alone: his name in the greeting, and the numbers by which a service would know him.

/// How words end that stand before 様 and name nobody: 会員, 利用者, 加盟店, 取引先, 各社, 株主, 顧客, 皆.
const NOBODYS: [char; 8] = ['員', '者', '店', '先', '社', '主', '客', '皆'];

/// Whom greetings greet when they greet nobody.
const ANYBODY: &[&str] = &[
    "account",
    "admin",
    "administrator",
    "all",
    "anyone",
    "applicant",
    "beneficiary",
    "bonjour",
    "buyer",
    "card",
    "cardholder",
    "cher",
    "chère",
    "citizen",
    "client",
    "cliente",
    "clientes",
    "colleague",
    "colleagues",
    "consumer",
    "contributor",
    "customer",
    "damen",
    "donor",
    "driver",
    "email",
    "everybody",
    "everyone",
    "folks",
    "friend",
    "friends",
    "gents",
    "good",
    "guest",
    "guests",
    "herren",
    "holder",
    "investor",
    "klant",
    "kunde",
    "kunden",
    "kundin",
    "ladies",
    "list",
    "madam",
    "madame",
    "mail",
    "mailbox",
    "member",
    "members",
    "merchant",
    "messieurs",
    "miss",
    "monsieur",
    "my",
    "neighbor",
    "new",
    "one",
    "our",
    "owner",
    "parent",
    "participant",
    "partner",
    "passenger",
    "patient",
    "people",
    "player",
    "reader",
    "recipient",
    "relatie",
    "resident",
    "seller",
    "senhor",
    "shareholder",
    "shopper",
    "sir",
    "sirs",
    "subscriber",
    "supplier",
    "taxpayer",
    "team",
    "tenant",
    "the",
    "there",
    "titulaire",
    "to",
    "traveler",
    "user",
    "users",
    "usuario",
    "usuário",
    "utente",
    "valued",
    "vendor",
    "voter",
    "webmail",
    "webmaster",
    "winner",
    "world",
    "you",
    "your",
];

/// How greetings begin.
const GREETINGS: &[&str] = &[
    "attn",
    "beste",
    "bonjour",
    "buongiorno",
    "cara",
    "caro",
    "cher",
    "chère",
    "dear",
    "estimada",
    "estimado",
    "geachte",
    "gentile",
    "hallo",
    "hello",
    "hey",
    "hi",
    "hola",
    "liebe",
    "lieber",
    "oi",
    "olá",
    "prezada",
    "prezado",
    "querida",
    "querido",
    "sehr geehrte",
    "sehr geehrter",
];
/// What stands between a greeting and a name.
const TITLES: &[&str] = &[
    "dr", "frau", "heer", "herr", "mevrouw", "miss", "mme", "mr", "mrs", "ms", "m", "prof", "senhor",
    "senhora", "señor", "señora", "sig", "sr", "sra", "sr(a)",
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

/// Who is greeted, where a line begins with the name: `佐藤 花子 様`, `Dear Hanako Sato,`, or where the text begins with it: `Hanako Sato,`.
/// Names in `known` (lower case) are no secret, and what may be an everyday word is none beyond its greeting.
pub(super) fn names(text: &str, known: &str) -> Vec<String> {
    let text = text.get(..text.floor_char_boundary(HEARD)).unwrap_or(text);
    let japanese = text.match_indices('様').filter_map(|(at, _)| {
        let (start, end) = greeted(text, at, known)?;
        text.get(start..end).map(str::to_owned)
    });
    let first = text.lines().find(|line| !line.trim().is_empty()).and_then(|line| opening(line, known));
    let spans = hailed(text, known).filter_map(|(start, end)| text.get(start..end));
    let whole = spans.chain(first).filter(|name| name.split_whitespace().count() > 1);
    japanese.chain(whole.map(str::to_owned)).collect()
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

/// The bytes of the names that lines greet: `Dear Hanako Sato,`, `Sehr geehrter Herr Sato`, `Hi Hanako!`.
pub(super) fn hailed<'t>(text: &'t str, known: &'t str) -> impl Iterator<Item = (usize, usize)> + 't {
    let start = |line: &str| line.as_ptr().addr() - text.as_ptr().addr();
    text.lines().filter_map(move |line| {
        let name = hail(line)?;
        is_somebody(name, 1, known).then(|| (start(name), start(name) + name.len()))
    })
}

/// What stands behind a greeting, up to where it ends.
fn hail(line: &str) -> Option<&str> {
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
    let mut rest =
        GREETINGS.iter().filter_map(|greeting| after_word(line, greeting)).min_by_key(|rest| rest.len())?;
    while let Some(after) = TITLES.iter().find_map(|title| after_word(rest, title)) {
        rest = after;
    }
    let rest = rest.split(" - ").next()?;
    Some(rest.split([',', ':', '!', '.', ';', '、', '，', '–', '<', '(']).next()?.trim())
}

/// What follows a word, whatever its case, and the blanks behind it.
fn after_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let mut length = 0;
    for letter in word.chars() {
        let here = text.get(length..)?.chars().next()?;
        if !here.to_lowercase().eq(letter.to_lowercase()) {
            return None;
        }
        length += here.len_utf8();
    }
    let rest = text.get(length..)?;
    let after = rest.trim_start_matches(['.', ':']).trim_start();
    (after.len() < rest.len()).then_some(after)
}

/// A text's first line that is nothing but a name: `Hanako Sato,`.
fn opening<'t>(line: &'t str, known: &str) -> Option<&'t str> {
    let name = line.trim().strip_suffix([',', '，', '!'])?;
    (hail(line).is_none() && is_somebody(name, 2, known)).then_some(name)
}

/// So many words at least, and no more than four, with capitals and without those who are anybody.
fn is_somebody(name: &str, least: usize, known: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_name = |word: &&str| {
        word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || "'’-".contains(c))
            && !ANYBODY.contains(&word.to_lowercase().as_str())
    };
    (least..=4).contains(&words.len())
        && name.len() <= 60
        && words.iter().all(is_name)
        && words.iter().any(|word| word.chars().count() > 1)
        && !known.contains(&name.to_lowercase())
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
    fn greetings_of_other_languages_are_heard() {
        let hailed = |text: &'static str| {
            hailed(text, "").filter_map(|(start, end)| text.get(start..end)).collect::<Vec<_>>()
        };
        for (text, name) in [
            ("Sehr geehrter Herr Sato,", "Sato"),
            ("Prezado Sr. Hanako Sato Lima, tudo", "Hanako Sato Lima"),
            ("> Hi Hanako!", "Hanako"),
            ("DEAR MR. SATO:", "SATO"),
            ("Olá Hanako", "Hanako"),
        ] {
            assert_eq!(hailed(text), [name], "{text}");
        }
        for nobody in [
            "Prezado Cliente,",
            "Sehr geehrte Damen und Herren",
            "Dear Sir or Madam",
            "Hello world",
            "Hierbei Sato",
            "Dear all",
        ] {
            assert!(hailed(nobody).is_empty(), "{nobody}");
        }
        assert_eq!(names("\nHanako Sato Lima,\nwe", ""), ["Hanako Sato Lima"]);
        assert!(names("Kind words\nBest Regards,", "").is_empty());
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
