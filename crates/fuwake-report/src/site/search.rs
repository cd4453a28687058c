//! The index of the search: which case holds which word, in small files of which a search loads a few. Words of letters and digits stand
//! whole; Japanese, which has no blanks, in pairs of characters. `templates/site/search.js` cuts what is asked in the same way.

use std::collections::BTreeMap;

use fuwake_core::case::Language;
use fuwake_core::publication::Publication;
use fuwake_core::publish::name;
use fuwake_core::verdict::Class;
use unicode_normalization::UnicodeNormalization;

use super::frame::Frame;
use super::{Page, Site};

/// Cases in one file of what is shown of them.
const DOCUMENTS: usize = 100;
/// Cases for which there is one more file of words, and the most such files.
const CASES_A_SHARD: usize = 40;
const MOST_SHARDS: usize = 256;
/// Words of one case.
const WORDS: usize = 400;

/// What the script must know.
pub(super) struct Facts {
    pub(super) root: String,
    pub(super) shards: usize,
    pub(super) count: usize,
    pub(super) documents: usize,
    /// The classes that nobody wants, with blanks between them.
    pub(super) unwanted: String,
    /// What people call the classes, JSON.
    pub(super) classes: String,
}

pub(super) fn facts(site: &Site, frame: &Frame<'_>) -> Facts {
    let classes: BTreeMap<&str, &str> =
        Class::ALL.iter().map(|class| (class.name(), name(frame.language, class.name()))).collect();
    let unwanted: Vec<&str> =
        Class::ALL.iter().filter(|class| class.is_unwanted()).map(|class| class.name()).collect();
    Facts {
        unwanted: unwanted.join(" "),
        root: frame.root(),
        shards: shards(site),
        count: site.entries.len(),
        documents: DOCUMENTS,
        classes: serde_json::to_string(&classes).unwrap_or_default(),
    }
}

fn shards(site: &Site) -> usize {
    site.entries.len().div_ceil(CASES_A_SHARD).clamp(1, MOST_SHARDS).next_power_of_two()
}

/// The files. Cases are numbered from the oldest on, so that a new one changes few of them.
pub(super) fn files(site: &Site) -> Vec<Page> {
    let shards = shards(site);
    let mut index: Vec<BTreeMap<String, Vec<usize>>> = vec![BTreeMap::new(); shards];
    let mut documents = Vec::with_capacity(site.entries.len());
    for (number, entry) in site.entries.iter().rev().enumerate() {
        for word in words_of(&entry.publication) {
            let shard = hash(&word) as usize % shards;
            index[shard].entry(word).or_default().push(number);
        }
        documents.push(document(&entry.publication));
    }
    let shard = |(number, words): (usize, BTreeMap<String, Vec<usize>>)| {
        let words: BTreeMap<String, Vec<usize>> =
            words.into_iter().map(|(word, numbers)| (word, differences(&numbers))).collect();
        Page::ready(format!("search/words/{number}.json"), serde_json::to_vec(&words).unwrap_or_default())
    };
    let shown = documents.chunks(DOCUMENTS).enumerate().map(|(number, documents)| {
        Page::ready(format!("search/cases/{number}.json"), serde_json::to_vec(documents).unwrap_or_default())
    });
    let mut files: Vec<Page> = shown.collect();
    files.extend(index.into_iter().enumerate().map(shard));
    files
}

/// What a result shows: folder, day, class, title in Japanese and in English, each null where there is no such page.
fn document(publication: &Publication) -> serde_json::Value {
    let title = |language| publication.texts.get(&language).map(|text| text.title.as_str());
    let (day, class) = (publication.day.as_deref(), publication.class.name());
    serde_json::json!([publication.slug, day, class, title(Language::Ja), title(Language::En)])
}

/// Each number less the one before it.
fn differences(numbers: &[usize]) -> Vec<usize> {
    let before = std::iter::once(&0).chain(numbers);
    numbers.iter().zip(before).map(|(number, before)| number - before).collect()
}

/// The words of a case, each once.
fn words_of(publication: &Publication) -> Vec<String> {
    let mut words = Vec::new();
    for text in publication.texts.values() {
        cut(&text.title, &mut words);
        cut(&text.brand, &mut words);
    }
    for host in &publication.hosts {
        cut(&host.name, &mut words);
        for network in &host.networks {
            cut(&network.holder, &mut words);
            words.push(format!("as{}", network.number));
        }
    }
    publication.indicators.iter().for_each(|indicator| cut(&indicator.value, &mut words));
    words.extend(publication.brand.iter().cloned());
    words.push(publication.class.name().to_owned());
    words.sort_unstable();
    words.dedup();
    words.truncate(WORDS);
    words
}

/// Cuts a text into words.
fn cut(text: &str, words: &mut Vec<String>) {
    let folded: String = text.nfkc().flat_map(char::to_lowercase).collect();
    for run in folded.split(|character: char| !character.is_alphanumeric()) {
        let mut rest = run;
        while let Some(first) = rest.chars().next() {
            let pairs = is_unspaced(first);
            let end = rest.find(|character| is_unspaced(character) != pairs).unwrap_or(rest.len());
            let (piece, tail) = rest.split_at(end);
            if pairs {
                bigrams(piece, words);
            } else {
                words.push(piece.to_owned());
            }
            rest = tail;
        }
    }
}

fn bigrams(run: &str, words: &mut Vec<String>) {
    let characters: Vec<char> = run.chars().collect();
    if characters.len() == 1 {
        words.push(run.to_owned());
    }
    words.extend(characters.windows(2).map(|pair| pair.iter().collect::<String>()));
}

/// Kana and kanji; the script has the same ranges.
const fn is_unspaced(character: char) -> bool {
    matches!(character, '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// FNV-1a of 32 bits over UTF-8 (draft-eastlake-fnv), as the script reckons it.
fn hash(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_whole_and_japanese_is_in_pairs() {
        let mut words = Vec::new();
        cut("【重要】ＡＭＡＺＯＮアカウント evil[.]example-1.jp 円", &mut words);
        assert_eq!(
            words,
            ["重要", "amazon", "アカ", "カウ", "ウン", "ント", "evil", "example", "1", "jp", "円"]
        );
        assert_eq!(differences(&[3, 4, 9]), [3, 1, 5]);
        assert_eq!(hash("a"), 0xe40c_292c);
    }
}
