//! Languages of a text.

use whatlang::{Detector, Lang};

/// Characters that are looked at for a guess by letter statistics.
const SAMPLE: usize = 240;
/// Characters that are counted by script.
const COUNTED: usize = 1_000;

/// Languages of subject and text, most likely first (BCP 47); none where there is too little to tell.
#[must_use]
pub fn detect(subject: &str, text: &str) -> Vec<&'static str> {
    let scripts = Scripts::count(subject.chars().chain(text.chars()).take(COUNTED));
    let mut languages = Vec::new();
    if scripts.kana >= 2 && scripts.kana * 50 >= scripts.letters {
        languages.push((scripts.kana + scripts.han, "ja"));
    } else if scripts.han >= 2 && scripts.han * 20 >= scripts.letters {
        languages.push((scripts.han, "zh"));
    }
    if scripts.hangul >= 2 && scripts.hangul * 20 >= scripts.letters {
        languages.push((scripts.hangul, "ko"));
    }
    let rest = scripts.letters - scripts.kana - scripts.han - scripts.hangul;
    if rest >= 20
        && let Some(language) = by_statistics(subject, text)
    {
        // A letter of an alphabet says less than a kana or an ideograph.
        languages.push((rest / 4, language));
    }
    languages.sort_by_key(|&(weight, _)| std::cmp::Reverse(weight));
    languages.into_iter().map(|(_, language)| language).collect()
}

/// Letters by script.
#[derive(Default)]
struct Scripts {
    kana: usize,
    han: usize,
    hangul: usize,
    letters: usize,
}

impl Scripts {
    fn count(characters: impl Iterator<Item = char>) -> Self {
        let mut scripts = Self::default();
        for c in characters {
            match c {
                _ if c.is_ascii_alphabetic() => {}
                _ if c.is_ascii() => continue,
                '\u{3041}'..='\u{30FA}' | '\u{FF66}'..='\u{FF9D}' => scripts.kana += 1,
                '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' => {
                    scripts.han += 1;
                }
                '\u{AC00}'..='\u{D7A3}' | '\u{1100}'..='\u{11FF}' => scripts.hangul += 1,
                _ if c.is_alphabetic() => {}
                _ => continue,
            }
            scripts.letters += 1;
        }
        scripts
    }
}

/// The language of an alphabetic text: by its little words where they are plain, else by letter statistics, which cost
/// far more; a guess that is not sure is none.
fn by_statistics(subject: &str, text: &str) -> Option<&'static str> {
    let words = subject.split_whitespace().chain(text.split_whitespace());
    let words = words.filter(|w| w.len() < 40 && !w.contains("://") && !w.contains('@'));
    by_little_words(words.clone().take(80)).or_else(|| by_letters(words))
}

/// The language whose little words stand out.
fn by_little_words<'t>(words: impl Iterator<Item = &'t str>) -> Option<&'static str> {
    let mut counts = [0_usize; LITTLE_WORDS.len()];
    for word in words {
        let word = word.trim_matches(|c: char| !c.is_alphabetic());
        // No little word is longer; most words are.
        if word.len() > 5 || word.is_empty() {
            continue;
        }
        for (count, (_, known)) in counts.iter_mut().zip(LITTLE_WORDS) {
            *count += usize::from(known.iter().any(|k| k.eq_ignore_ascii_case(word)));
        }
    }
    let (best, &most) = counts.iter().enumerate().max_by_key(|&(_, count)| count)?;
    let second = counts.iter().enumerate().filter(|&(at, _)| at != best).map(|(_, &count)| count).max()?;
    (most >= 4 && most >= second * 2).then(|| LITTLE_WORDS[best].0)
}

/// Words that hardly any sentence of a language does without.
const LITTLE_WORDS: &[(&str, &[&str]); 7] = &[
    ("en", &["the", "and", "your", "you", "is", "this", "for", "with", "our", "are", "of", "we", "have"]),
    ("de", &["und", "der", "die", "sie", "ihr", "ihre", "das", "ist", "wir", "für", "nicht", "mit", "zu"]),
    ("fr", &["le", "les", "vous", "votre", "et", "est", "des", "pour", "nous", "du", "une", "sur", "dans"]),
    ("es", &["el", "los", "su", "para", "por", "una", "y", "con", "las", "usted", "del", "es"]),
    ("pt", &["o", "os", "você", "seu", "sua", "não", "uma", "para", "e", "por", "com", "em", "do", "da"]),
    ("nl", &["het", "een", "van", "uw", "en", "wij", "voor", "niet", "op", "dat", "deze", "u", "is"]),
    ("it", &["il", "per", "che", "di", "un", "suo", "della", "non", "con", "gli", "una", "è"]),
];

/// A guess by letter statistics.
fn by_letters<'t>(words: impl Iterator<Item = &'t str>) -> Option<&'static str> {
    let mut sample = String::new();
    for word in words {
        sample.extend(word.chars().filter(|c| !is_east_asian(*c)));
        sample.push(' ');
        if sample.len() >= SAMPLE {
            break;
        }
    }
    let guess =
        Detector::with_allowlist(TAGS.iter().map(|&(language, _)| language).collect()).detect(&sample)?;
    let tag = TAGS.iter().find(|&&(language, _)| language == guess.lang());
    tag.filter(|_| guess.confidence() >= 0.3).map(|&(_, tag)| tag)
}

fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Languages that mails are written in, with their BCP 47 tags. Others are not guessed: each costs time and draws errors.
const TAGS: &[(Lang, &str)] = &[
    (Lang::Eng, "en"),
    (Lang::Deu, "de"),
    (Lang::Fra, "fr"),
    (Lang::Spa, "es"),
    (Lang::Por, "pt"),
    (Lang::Ita, "it"),
    (Lang::Nld, "nl"),
    (Lang::Rus, "ru"),
    (Lang::Ukr, "uk"),
    (Lang::Pol, "pl"),
    (Lang::Ces, "cs"),
    (Lang::Slk, "sk"),
    (Lang::Hun, "hu"),
    (Lang::Ron, "ro"),
    (Lang::Swe, "sv"),
    (Lang::Dan, "da"),
    (Lang::Nob, "nb"),
    (Lang::Fin, "fi"),
    (Lang::Tur, "tr"),
    (Lang::Ell, "el"),
    (Lang::Heb, "he"),
    (Lang::Ara, "ar"),
    (Lang::Vie, "vi"),
    (Lang::Tha, "th"),
    (Lang::Ind, "id"),
    (Lang::Hin, "hi"),
    (Lang::Kor, "ko"),
    (Lang::Jpn, "ja"),
    (Lang::Cmn, "zh"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_and_statistics() {
        assert_eq!(detect("", "いつもご利用いただきありがとうございます。"), ["ja"]);
        assert_eq!(detect("", "您的账户已被暂停，请立即验证身份"), ["zh"]);
        assert_eq!(detect("", "계정이 정지되었습니다"), ["ko"]);
        assert_eq!(
            detect("", "Your account has been suspended because of unusual activity, please confirm it."),
            ["en"]
        );
        assert_eq!(
            detect("", "Ihr Konto wurde wegen ungewöhnlicher Aktivitäten gesperrt, bitte bestätigen Sie es."),
            ["de"]
        );
        assert_eq!(detect("【重要】Amazon account確認のお願い", ""), ["ja"]);
        assert!(detect("", "12345 https://example.com/").is_empty());
    }
}
