//! The numbers and words by which a service, or a thief, knows the reader.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

/// What stands before a number that is the reader's. In front of 番号 these name no reader: telephone, fax, postal code, flight.
const LABELS: &[&str] = &[
    "番号",
    "ご登録の電話番号",
    "ご登録電話番号",
    "your phone number",
    "会員id",
    "ユーザーid",
    "お客様id",
    "お客さまid",
    "利用者id",
    "ログインid",
    "アカウントid",
    "id:",
    "id：",
    "ＩＤ",
    "member id",
    "user id",
    "customer id",
    "account id",
    "client id",
    "login id",
    "number",
    "account:",
    "account no",
    "member no",
    "customer no",
    "card no",
    "order no",
    "account ending in",
    "card ending in",
    "ending with",
    "iban",
    "末尾",
    "普通",
    "当座",
    "ワンタイムパスワード",
    "認証コード",
    "確認コード",
    "verification code",
    "会员号",
    "账号",
    "帐号",
    "账户",
    "订单号",
    "會員編號",
    "客户编号",
    "고객번호",
    "회원번호",
    "계좌번호",
    "주문번호",
    "kundennummer",
    "kunden-nr",
    "kundennr",
    "kontonummer",
    "mitgliedsnummer",
    "vertragsnummer",
    "bestellnummer",
    "rechnungsnummer",
    "klantnummer",
    "rekeningnummer",
    "numéro client",
    "numéro de client",
    "numéro de compte",
    "numéro de commande",
    "número de cliente",
    "número de cuenta",
    "número de conta",
    "número de pedido",
    "numero cliente",
    "codice cliente",
    "numero di conto",
    "生年月日",
    "date of birth",
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
/// What stands before a word that is the reader's secret.
const SECRETS: [&str; 5] = ["password is:", "password is", "password:", "パスワード：", "パスワード:"];
/// What stands before where he lives, and before whose account it is.
const HOMES: [&str; 2] = ["住所：", "住所:"];
const HOLDERS: [&str; 3] = ["口座名義人", "口座名義", "名義"];
/// What may stand between a label and its number.
const BETWEEN: usize = 8;
/// So many digits at least are a number that tells people apart.
const DIGITS: usize = 4;
/// Letters of a number, of a secret, and of a line.
const NUMBER: usize = 40;
const SECRET: usize = 40;
const LINE: usize = 80;
/// How much of a text is heard, in bytes.
const HEARD: usize = 64 * 1024;

/// What stands behind a label, where it is what the label says.
type Reading = fn(&str) -> Option<String>;

/// All labels in one automaton, each with how it is read.
static TOLD: LazyLock<(Option<AhoCorasick>, Vec<Reading>)> = LazyLock::new(|| {
    let told: [(&[&str], Reading); 4] =
        [(LABELS, number), (&SECRETS, secret), (&HOMES, home), (&HOLDERS, holder)];
    let labels = told.iter().flat_map(|(labels, _)| labels.iter());
    let readings = told.iter().flat_map(|(labels, read)| labels.iter().map(|_| *read));
    (AhoCorasick::builder().ascii_case_insensitive(true).build(labels).ok(), readings.collect())
});

/// What a text tells its reader as his own: `会員番号：4711-0815`, `account ending in 4711`, a password, where he lives.
pub(in crate::publish) fn numbers(text: &str) -> Vec<String> {
    let text = text.get(..text.floor_char_boundary(HEARD)).unwrap_or(text);
    let (labels, readings) = &*TOLD;
    let hits = labels.iter().flat_map(|labels| labels.find_overlapping_iter(text));
    let mut numbers: Vec<String> = Vec::new();
    for hit in hits.filter(|hit| is_label(text, hit.start())) {
        let heard = text.get(hit.end()..).and_then(readings[hit.pattern().as_usize()]);
        numbers.extend(heard.as_deref().map(unspaced));
        numbers.extend(heard);
    }
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// Whether a label stands there: no part of another word, and not of those that tell no reader.
fn is_label(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let latin = text.get(at..).is_some_and(|label| label.starts_with(|c: char| c.is_ascii_alphabetic()));
    let inside = latin && before.ends_with(|c: char| c.is_ascii_alphanumeric());
    let word = before.trim_end();
    let ends = |label: &&str| {
        let tail = word.len().checked_sub(label.len()).and_then(|from| word.get(from..));
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(label))
    };
    !inside && !NO_READERS.iter().any(ends)
}

/// Without the blanks between its groups, as it may stand elsewhere.
fn unspaced(number: &str) -> String {
    number.split_whitespace().collect()
}

/// Behind what may stand between a label and its value.
fn value(tail: &str) -> &str {
    let between = |c: &char| c.is_whitespace() || ":：は＝=#＃「【(（[『.．を*＊-".contains(*c);
    let skipped: usize = tail.chars().take(BETWEEN).take_while(between).map(char::len_utf8).sum();
    tail.get(skipped..).unwrap_or_default()
}

/// Letters and digits, also full-width ones, in groups: `4711-0815`, `4987 6543 2109 8765`, `1985/04/12`.
fn number(tail: &str) -> Option<String> {
    let value = value(tail);
    let mut length = group(value);
    while let Some(more) = next_group(value.get(length..)?) {
        length += more;
    }
    let number = value.get(..length)?.trim_matches(['-', '_', '/', '.', '－']);
    let is_long = number.chars().filter(|c| is_digit(*c)).count() >= DIGITS;
    (is_long && !is_year(number)).then(|| number.to_owned())
}

/// Years stand in many other places, and tell nobody apart.
fn is_year(number: &str) -> bool {
    number.len() == 4 && number.parse().is_ok_and(|year: u16| (1900..2100).contains(&year))
}

fn group(value: &str) -> usize {
    let in_group = |c: &char| {
        c.is_ascii_alphanumeric()
            || matches!(c, '-' | '_' | '/' | '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '－' | '‐' | '−')
    };
    value.chars().take(NUMBER).take_while(in_group).map(char::len_utf8).sum()
}

/// A further group of digits alone behind one blank, with the blank; no year, day or sum.
fn next_group(rest: &str) -> Option<usize> {
    let blank = rest.chars().next().filter(|c| matches!(c, ' ' | '\u{3000}' | '\u{a0}'))?.len_utf8();
    let tail = rest.get(blank..)?;
    let length: usize = tail.chars().take_while(|c| is_digit(*c)).map(char::len_utf8).sum();
    let digits = tail.get(..length)?.chars().count();
    let ends = tail.get(length..)?.chars().next().is_none_or(|c| !c.is_alphanumeric() && !"%./-".contains(c));
    ((2..=6).contains(&digits) && ends).then_some(blank + length)
}

const fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９')
}

/// A word as nobody writes one but for a password: with a digit or a sign in it.
fn secret(tail: &str) -> Option<String> {
    let word: String = value(tail).chars().take(SECRET).take_while(char::is_ascii_graphic).collect();
    let word = word.trim_end_matches(['.', ',', ';', ')', '"', '\'']);
    let mixed =
        word.contains(|c: char| c.is_ascii_digit()) || word.contains(['#', '$', '%', '&', '*', '@', '^']);
    let link = word.contains("://");
    (word.len() >= DIGITS && mixed && !link).then(|| word.to_owned())
}

/// The line, where it names a town and a number.
fn home(tail: &str) -> Option<String> {
    let line: String = value(tail).chars().take(LINE).take_while(|c| !matches!(c, '\r' | '\n')).collect();
    let place = line.contains(['都', '道', '府', '県', '市', '区', '町', '村']);
    (place && line.contains(is_digit)).then(|| line.trim_end().to_owned())
}

/// Kana in a row, as banks write names.
fn holder(tail: &str) -> Option<String> {
    let in_name =
        |c: &char| matches!(c, '\u{30A1}'..='\u{30FC}' | '\u{FF66}'..='\u{FF9F}' | ' ' | '\u{3000}');
    let name: String = value(tail).chars().take(LINE).take_while(in_name).collect();
    let name = name.trim();
    (name.chars().count() >= DIGITS).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_the_reader_are_heard() {
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
            ("会員番号：４７１１０８１５", "４７１１０８１５"),
            ("クレジットカード番号: 4987 6543 2109 8765 です", "4987 6543 2109 8765"),
            ("お客様番号 4711 2026年1月", "4711"),
            ("お届け先 ID: KX-77881234", "KX-77881234"),
            ("paid: 12345", ""),
            ("会員番号：2026", ""),
            ("Kundennummer: 88-1234", "88-1234"),
            ("Ihre Kunden-Nr.: 881234", "881234"),
            ("Numéro de client : 4711-08", "4711-08"),
            ("고객번호: 47110815", "47110815"),
            ("ご登録の電話番号：090-8765-4321", "090-8765-4321"),
            ("IBAN: DE89 3704 0044 0532 0130 00", "DE89 3704 0044 0532 0130 00"),
            ("普通 7654321 名義 モリグチハナコ", "モリグチハナコ"),
            ("生年月日 1985/04/12", "1985/04/12"),
            ("Your password is: Hanako4711!", "Hanako4711!"),
            ("Your password is expired", ""),
            ("パスワード: https://example.jp/1", ""),
            ("ご住所：東京都八王子市明神町9-8-7 森口ビル", "東京都八王子市明神町9-8-7 森口ビル"),
            ("住所：変更の手続き", ""),
        ] {
            let heard = numbers(text);
            let is_right =
                if number.is_empty() { heard.is_empty() } else { heard.iter().any(|one| one == number) };
            assert!(is_right, "{text}: {heard:?}");
        }
    }
}
