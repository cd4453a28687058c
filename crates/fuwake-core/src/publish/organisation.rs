//! Names of organisations, as far as a name tells.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::fold::fold;
use crate::knowledge::Knowledge;

/// Legal forms, folded, in scripts without blanks: wherever they stand.
const FORMS: [&str; 12] =
    ["会社", "公司", "法人", "(株)", "(有)", "集团", "集團", "企業", "企业", "財団", "회사", "(주)"];
/// What names of organisations end with in such scripts. Before a given name the same may be where somebody works or lives.
const ENDS: [&str; 53] = [
    "商事",
    "商会",
    "商店",
    "製作所",
    "工業",
    "工务",
    "協会",
    "协会",
    "組合",
    "機構",
    "研究所",
    "研究院",
    "研究会",
    "事務所",
    "事務局",
    "センタ",
    "センター",
    "サービス",
    "ショップ",
    "ストア",
    "クラブ",
    "大学",
    "学校",
    "学院",
    "病院",
    "銀行",
    "银行",
    "科技",
    "自動車",
    "電気",
    "電機",
    "電力",
    "電鉄",
    "鉄道",
    "製薬",
    "製鉄",
    "化学",
    "生命",
    "保険",
    "証券",
    "新聞",
    "新聞社",
    "放送",
    "出版",
    "印刷",
    "建設",
    "運輸",
    "図書館",
    "博物館",
    "美術館",
    "本庁",
    "役所",
    "連盟",
];
/// Legal forms and words of organisations in Latin letters, and of services that stand in for registrants: as words of their own, wherever
/// they stand.
const WORDS: [&str; 45] = [
    "association",
    "bhd",
    "bv",
    "company",
    "corp",
    "corporation",
    "enterprises",
    "foundation",
    "gdpr",
    "gmbh",
    "government",
    "holding",
    "holdings",
    "inc",
    "incorporated",
    "industries",
    "institute",
    "kft",
    "kk",
    "limited",
    "llc",
    "llp",
    "ltd",
    "ltda",
    "ministry",
    "nv",
    "organisation",
    "organization",
    "plc",
    "privacy",
    "proxy",
    "pte",
    "pty",
    "redacted",
    "registrar",
    "registry",
    "sarl",
    "sdn",
    "societe",
    "srl",
    "technologies",
    "university",
    "universitat",
    "whois",
    "withheld",
];
/// Words that are names of people too: only at the end of a name of three words.
const WEAK: [&str; 33] = [
    "agency",
    "bank",
    "bureau",
    "center",
    "centre",
    "city",
    "club",
    "co",
    "college",
    "consulting",
    "council",
    "department",
    "design",
    "digital",
    "enterprise",
    "gk",
    "group",
    "hospital",
    "hosting",
    "industry",
    "internet",
    "lab",
    "labs",
    "media",
    "network",
    "networks",
    "online",
    "partners",
    "school",
    "services",
    "software",
    "solutions",
    "systems",
];
/// Legal forms by their points and strokes: without them they are initials and names (`Jean Sas`).
const POINTED: [&str; 13] = [
    "s.a.", "s.a.s.", "s.p.a.", "s.r.l.", "s.r.o.", "s.l.", "s.e.", "a.g.", "b.v.", "n.v.", "k.k.", "a/s",
    "s/a",
];
/// Short legal forms as they are written: in capitals, at the end.
const CAPITALS: [&str; 10] = ["AG", "KG", "KGaA", "AB", "ASA", "OY", "Oy", "Oyj", "SE", "SpA"];

/// The companies that are known here, folded: names of one word, and those in scripts without blanks.
static BRANDS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    // Without its knowledge the library does nothing; here nobody is taken for a company then.
    let brands = Knowledge::shipped().map(|shipped| shipped.brands).unwrap_or_default();
    let names = brands.into_iter().flat_map(|brand| [brand.name.ja, brand.name.en]);
    names.map(|name| fold(&name).text).filter(|name| is_one_long_word(name)).collect()
});

/// Two or three kanji may be a surname, and words apart somebody's name (the founder's, of a fashion house).
fn is_one_long_word(name: &str) -> bool {
    !name.contains(char::is_whitespace) && name.chars().count() >= 4
}

/// Whether a name has a word of an organisation: 株式会社, 公司, Inc., S.p.A., or is a known company's.
pub(super) fn is_organisation(name: &str) -> bool {
    let folded = fold(name).text;
    has_form(name, &folded) || ends_as_one(&folded) || BRANDS.contains(folded.trim())
}

fn has_form(name: &str, folded: &str) -> bool {
    let mut words = words(folded);
    let mut parts = folded.split(|c: char| c.is_whitespace() || c == ',');
    let last = name.split_whitespace().next_back().filter(|last| last.len() < name.trim().len());
    FORMS.iter().any(|form| folded.contains(form))
        || words.any(|word| WORDS.contains(&word))
        || parts.any(|part| POINTED.contains(&part))
        || folded.contains("& co")
        || last.is_some_and(|last| CAPITALS.contains(&last))
}

fn ends_as_one(folded: &str) -> bool {
    let folded = folded.trim();
    let is_longer = |end: &str| folded.strip_suffix(end).is_some_and(|head| head.chars().count() >= 2);
    let words: Vec<&str> = words(folded).collect();
    ENDS.into_iter().any(is_longer)
        || words.len() >= 3 && words.last().is_some_and(|last| WEAK.contains(last))
}

fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organisations_are_known_by_their_forms() {
        for name in [
            "Deutsche Telekom AG",
            "Telefonica S.A.",
            "Société Générale",
            "Enel S.p.A.",
            "Muster GmbH",
            "Novo A/S",
            "Mihon Sdn. Bhd.",
            "Mihon Trading Co., Ltd.",
            "Mihon K.K.",
            "Mihon Trading Bank",
            "トヨタ自動車",
            "市立図書館",
            "神社本庁",
            "見本大学",
            "霊山銀行",
            "Google",
        ] {
            assert!(is_organisation(name), "{name}");
        }
        for name in [
            "John Private",
            "Lab Ito",
            "Bob City",
            "Nguyen Co",
            "Kim Center",
            "Maria Bank",
            "Jean Sas",
            "Sato Design",
            "田中商店太郎",
            "大学",
            "Maria de Sá",
            "王某",
        ] {
            assert!(!is_organisation(name), "{name}");
        }
    }
}
