//! Whom a text greets: `佐藤 花子 様`, `Dear Hanako Sato,`.

/// Words for many before 様, by their last letter: 会員, 利用者, 加盟店, 取引先, 各社, 株主, 顧客, 皆, 本人, 部長, 役, 方; and words of which 様
/// itself is a part: 仕様, 同様, 模様, 多様, 異様, 何様, 苦労様.
const NOBODYS: &str = "員者店先社主客皆人長役方各仕同模多異有何労話走遠逆別";
/// The same, by their ends.
const NOBODYS_ENDS: [&str; 12] =
    ["銀行", "会社", "企業", "団体", "店舗", "家族", "一同", "各位", "担当", "関係", "お客", "ユーザー"];
/// Words before 殿 that make a building or another word of it, by their last letter.
const HALLS: &str = "宮神御貴本仏沈拝寝";
/// What 様 and 殿 go on to where they are no form of address: 様々, 様子, 様式, 殿堂.
const GOES_ON: &str = "々子式相態変堂";
/// Particles before a name: `会員番号 4711 の佐藤花子様`.
const PARTICLES: &str = "のはがをにへとでも";
/// Letters of a name, with blanks.
const LONGEST: usize = 24;
/// How much of a text is heard, in bytes.
const HEARD: usize = 64 * 1024;

/// Whom greetings greet when they greet nobody.
pub(in crate::publish) const ANYBODY: &[&str] = &[
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
    "ciao",
    "dear",
    "estimada",
    "estimado",
    "geachte",
    "gentile",
    "good afternoon",
    "good evening",
    "good morning",
    "greetings",
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

/// Who is greeted: a name before 様 and its kin (`佐藤 花子 様`), behind a greeting (`Dear Hanako Sato,`), or with which the text begins (`Hanako
/// Sato,`). Names in `known` (lower case) are no secret, and what may be an everyday word is none beyond its greeting.
pub(in crate::publish) fn names(text: &str, known: &str) -> Vec<String> {
    let text = text.get(..text.floor_char_boundary(HEARD)).unwrap_or(text);
    let japanese = greeted(text, known).filter_map(|(start, end)| text.get(start..end));
    let first = text.lines().find(|line| !line.trim().is_empty()).and_then(|line| opening(line, known));
    let spans = hailed(text, known).filter_map(|(start, end)| text.get(start..end));
    let whole = spans.chain(first).filter(|name| name.split_whitespace().count() > 1);
    japanese.chain(whole).map(str::to_owned).collect()
}

/// The bytes of the names that stand before 様, さま, 殿 and 御中.
pub(in crate::publish) fn greeted<'t>(
    text: &'t str,
    known: &'t str,
) -> impl Iterator<Item = (usize, usize)> + 't {
    let before = move |form: &'static str| {
        text.match_indices(form).filter_map(move |(at, form)| {
            let tail = text.get(at + form.len()..)?;
            let goes_on = tail.chars().next().is_some_and(|next| GOES_ON.contains(next));
            (!goes_on).then(|| named(text.get(..at)?, form, known)).flatten()
        })
    };
    ["様", "さま", "殿", "御中"].into_iter().flat_map(before)
}

/// The bytes of the name at the end of what stands before a form of address.
fn named(head: &str, form: &str, known: &str) -> Option<(usize, usize)> {
    let head = head.trim_end_matches([' ', '\u{3000}']);
    let in_name = |c: &char| {
        is_kanji(*c) || is_kana(*c) || c.is_alphabetic() && c.is_ascii() || " \u{3000}.".contains(*c)
    };
    let length: usize = head.chars().rev().take(LONGEST).take_while(in_name).map(char::len_utf8).sum();
    let run = head.get(head.len() - length..)?;
    let begins = head.len() == length || !head.get(..head.len() - length)?.ends_with(char::is_alphanumeric);
    let name = without_sentence(run, begins)?;
    let is_named = match form {
        "御中" => is_organisation(name),
        "殿" => is_person(name) && !name.ends_with(|last| HALLS.contains(last)),
        _ => is_person(name),
    };
    let joined: String = name.split_whitespace().collect();
    (is_named && !known.contains(&joined.to_lowercase())).then(|| (head.len() - name.len(), head.len()))
}

/// What of the letters before a form of address is a name: all where a line or a clause begins with them, else what follows the last
/// particle before a kanji.
fn without_sentence(run: &str, begins: bool) -> Option<&str> {
    let particle = run
        .char_indices()
        .zip(run.chars().skip(1))
        .filter(|((_, one), next)| PARTICLES.contains(*one) && is_kanji(*next));
    let name = match particle.last() {
        Some(((at, one), _)) => run.get(at + one.len_utf8()..)?,
        None if begins => run,
        None => return None,
    };
    let name = name.trim_start_matches([' ', '\u{3000}', '.']);
    (!name.is_empty()).then_some(name)
}

/// 佐藤花子, 田中さくら, サトウ ハナコ, TANAKA HANAKO. In kana or Latin letters only two words are a name: アカウント, ユーザー and Amazon stand alone.
fn is_person(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let joined = words.concat();
    let length = joined.chars().count();
    if joined.ends_with(|last| NOBODYS.contains(last)) || NOBODYS_ENDS.iter().any(|end| joined.ends_with(end))
    {
        return false;
    }
    let kanji = joined.chars().filter(|letter| is_kanji(*letter)).count();
    let latin = joined.chars().filter(char::is_ascii_alphabetic).count();
    if kanji >= 2 && joined.chars().next().is_some_and(is_kanji) && latin == 0 {
        return length <= 8 && words.len() <= 3;
    }
    let pair = (2..=3).contains(&words.len()) && words.iter().all(|word| word.chars().count() >= 2);
    let capitals =
        words.iter().all(|word| word.chars().next().is_some_and(|first| !first.is_ascii_lowercase()));
    let anybody = words.iter().any(|word| ANYBODY.contains(&word.to_lowercase().as_str()));
    pair && length <= 20 && (latin == 0 || latin == length && capitals && !anybody)
}

/// 株式会社見本, 見本商事, Example KK.
fn is_organisation(name: &str) -> bool {
    let length = name.chars().filter(|letter| !letter.is_whitespace()).count();
    (3..=20).contains(&length)
        && !name.ends_with(|last| "者様位".contains(last))
        && !NOBODYS_ENDS.contains(&name)
}

/// The bytes of the names that lines greet: `Dear Hanako Sato,`, `Sehr geehrter Herr Sato`, `Hi Hanako!`.
pub(in crate::publish) fn hailed<'t>(
    text: &'t str,
    known: &'t str,
) -> impl Iterator<Item = (usize, usize)> + 't {
    let start = |line: &str| line.as_ptr().addr() - text.as_ptr().addr();
    text.lines().filter_map(move |line| {
        let name = hail(line)?;
        is_somebody(name, 1, known).then(|| (start(name), start(name) + name.len()))
    })
}

/// Whether a word, lower case, is one that greetings begin with.
pub(in crate::publish) fn is_greeting(word: &str) -> bool {
    GREETINGS.contains(&word)
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

pub(in crate::publish) const fn is_kanji(character: char) -> bool {
    matches!(character, '々' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

const fn is_kana(character: char) -> bool {
    matches!(character, '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | 'ー' | '\u{FF66}'..='\u{FF9F}')
}

#[cfg(test)]
mod tests {
    use super::*;

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
        for (text, name) in [
            ("サトウ ハナコ 様", "サトウ ハナコ"),
            ("ﾀﾅｶ ﾊﾅｺ 様", "ﾀﾅｶ ﾊﾅｺ"),
            ("田中さくら 様", "田中さくら"),
            ("TANAKA HANAKO 様", "TANAKA HANAKO"),
            ("いつもお世話になっております、鈴木一郎様。", "鈴木一郎"),
            ("会員番号 4711 の森口さくら様のアカウント", "森口さくら"),
            ("高橋一郎殿", "高橋一郎"),
            ("株式会社モリグチ 御中", "株式会社モリグチ"),
            ("Good morning Junko Matsumoto,", "Junko Matsumoto"),
        ] {
            assert_eq!(heard(text), name, "{text}");
        }
        for nobody in [
            "お客様",
            "ユーザー様",
            "Dear Valued Customer,",
            "Dear Customer",
            "Hello There",
            "Dear Acme Corp,",
            "ご利用者 様",
            "製品の動作仕様について",
            "前回と同様に",
            "様々な方法で",
            "ご契約の法人様",
            "神殿",
            "みずほ銀行様",
            "お客さまの情報",
            "次の様に",
            "Amazon様",
        ] {
            assert_eq!(heard(nobody), "", "{nobody}");
        }
    }
}
