//! Whether a name stands where the writer speaks as its owner: as a display name, at the head of a subject, in a greeting or a
//! signature; or where it only happens to stand.

use crate::fold::Folded;
use crate::knowledge::lexicon::{NameForm, NameHit};

/// What honest companies and people write before the `@`, though a brand has the name too: `office@`, `line@`, `ana@`.
pub(super) fn is_a_role_or_person(word: &str) -> bool {
    const WORDS: [&str; 24] = [
        "action",
        "ana",
        "base",
        "bell",
        "chase",
        "discover",
        "free",
        "his",
        "line",
        "max",
        "messenger",
        "meta",
        "office",
        "olive",
        "otto",
        "peach",
        "penny",
        "sky",
        "stanley",
        "stores",
        "target",
        "teams",
        "wish",
        "windows",
    ];
    WORDS.contains(&word.trim())
}

/// What stands around a name, in folded text.
fn around<'t>(text: &'t Folded, hit: &NameHit) -> (&'t str, &'t str) {
    let before = text.text.get(..hit.folded.start).unwrap_or_default();
    let after = text.text.get(hit.folded.end..).unwrap_or_default();
    (before.trim_end_matches([' ', '-', ':', '*']), after.trim_start())
}

/// What of a company writes: beginnings of what follows its name.
const OFFICES: [&str; 45] = [
    "account ",
    "accounts ",
    "alert",
    "bank ",
    "billing",
    "card ",
    "cards ",
    "co.,",
    "customer",
    "help ",
    "helpdesk",
    "inc",
    "info ",
    "information ",
    "jp ",
    "member",
    "no-reply",
    "noreply",
    "notif",
    "online ",
    "payment",
    "secur",
    "service ",
    "services ",
    "support",
    "team ",
    "update",
    "web ",
    "お客",
    "お支払",
    "お知らせ",
    "カスタマー",
    "カード",
    "サポート",
    "サービス",
    "セキュリティ",
    "事務局",
    "会員",
    "ポイント",
    "ペイ",
    "市場",
    "モバイル",
    "銀行",
    "証券",
    "公式",
];

/// What follows a company's name says what of it writes; `rest` ends in a blank.
pub(crate) fn names_an_office(rest: &str) -> bool {
    OFFICES.iter().any(|office| rest.starts_with(office))
}

/// A display name is the brand's where it is the name, or says what of the brand writes; an everyday word before another word is a
/// person's or a small firm's (野村 太郎, さくら歯科).
pub(super) fn is_title(name: &Folded, hit: &NameHit) -> bool {
    const SEPARATORS: &str = "|/:;,<>()[]{}【】「」『』・-_~.!@#";
    let (before, after) = around(name, hit);
    let rest = format!("{} ", after.trim_start());
    // A shop on a marketplace names it: 例屋 楽天市場店.
    if is_affiliation(before, after) || after.starts_with('店') {
        return false;
    }
    hit.form != NameForm::Short
        || hit.whole
        || before.ends_with(OPENING)
        || before.is_empty() && after.starts_with(|next: char| SEPARATORS.contains(next))
        || names_an_office(&rest)
}

/// `Hana Rei (Example)`: a person, and where he works.
fn is_affiliation(before: &str, after: &str) -> bool {
    let person = before.strip_suffix('(').map(str::trim_end).unwrap_or_default();
    let words =
        person.split(' ').filter(|word| word.chars().all(|letter| letter.is_alphabetic() || letter == '.'));
    after.starts_with(')')
        && words.count() > 1
        && !["support", "team", "service"].iter().any(|word| person.contains(word))
}

const OPENING: [char; 10] = ['【', '[', '<', '〈', '《', '≪', '(', '「', '『', '“'];

/// A name heads a subject where it stands in brackets (`【ETC】`, `[ANA]`), before a colon or a bar, or speaks for itself (Amazonからの…).
pub(super) fn is_heading(subject: &Folded, hit: &NameHit) -> bool {
    const SPEAKING: [&str; 10] = [
        "account",
        "アカウント",
        "からの",
        "より",
        "ご利用",
        "のご利用",
        "お客",
        "会員の",
        "カスタマー",
        "customer",
    ];
    let (before, after) = around(subject, hit);
    let opened = before.ends_with(OPENING);
    let first = before.is_empty() || before.ends_with([']', '】']);
    let closed = after.is_empty()
        || after.starts_with([':', '|', '-', '–', '—', ']', '】', '〉', '》', ')', '」', '』']);
    match hit.form {
        // An everyday word that is the whole subject names nobody.
        NameForm::Short => (opened || first) && closed && !(before.is_empty() && after.is_empty()),
        _ => opened || first && closed || SPEAKING.iter().any(|words| after.starts_with(words)),
    }
}

/// A text speaks as a brand where it greets or signs in its name, or bears its copyright.
pub(super) fn speaks_as(text: &Folded, hit: &NameHit) -> bool {
    const AFTER: [&str; 19] = [
        "をご利用いただ",
        "をご利用頂",
        "のご利用ありがとう",
        "をお選びいただ",
        "カスタマー",
        "お客様",
        "お客さま",
        "サポートセンター",
        "事務局",
        "運営チーム",
        "からのお知らせ",
        "より重要",
        "会員各位",
        "support team",
        "security team",
        "team,",
        "customer service",
        "customer support",
        "customer care",
    ];
    const BEFORE: [&str; 9] = [
        "いつも",
        "平素は",
        "平素より",
        "日頃より",
        "日頃は",
        "dear",
        "発行元",
        "発行者",
        "thank you for choosing",
    ];
    if hit.form == NameForm::Short {
        return false;
    }
    let (before, after) = around(text, hit);
    AFTER.iter().any(|words| after.starts_with(words))
        || BEFORE.iter().any(|words| before.ends_with(words))
        || is_copyright(before)
}

/// `© 2026 `, `Copyright (C) 2001-2026 ` before a name.
fn is_copyright(before: &str) -> bool {
    let mark = before.trim_end_matches(|character: char| {
        character.is_ascii_digit() || matches!(character, ' ' | '-' | '–' | ',' | '.')
    });
    ["©", "(c)", "copyright"].iter().any(|sign| mark.ends_with(sign))
}
