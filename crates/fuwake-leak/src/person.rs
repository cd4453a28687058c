//! A recipient of our own invention.

/// Somebody who exists nowhere.
pub struct Person {
    pub(crate) given: String,
    pub(crate) surname: String,
    /// Surname and given name.
    pub(crate) kanji: String,
    /// The same as it is read.
    pub(crate) kana: String,
    pub(crate) local: String,
    pub(crate) domain: String,
    /// By which a service knows him.
    pub(crate) number: String,
    pub(crate) server: String,
    pub(crate) filter: String,
    pub(crate) machine: String,
    /// What programs know him or his mail by: a tracking id, the local part of Message-ID, ids of queues, a boundary.
    pub(crate) marks: [String; 5],
}

/// Two syllables, different for every number under 10,000.
fn syllables(number: usize) -> String {
    const ONSETS: [char; 10] = ['b', 'd', 'g', 'k', 'm', 'n', 'r', 't', 'v', 'z'];
    const VOWELS: [char; 10] = ['a', 'e', 'i', 'o', 'u', 'y', 'a', 'e', 'i', 'o'];
    let digit = |place: u32| number / 10_usize.pow(place) % 10;
    let pair = |place| [ONSETS[digit(place)], VOWELS[digit(place + 1)]].iter().collect::<String>();
    pair(0) + if digit(1) > 5 { "l" } else { "" } + &pair(2) + if digit(3) > 5 { "l" } else { "" }
}

impl Person {
    /// One for every number under 10,000.
    #[must_use]
    pub fn new(number: usize) -> Self {
        const SURNAMES: [(&str, &str); 10] = [
            ("霧咲", "キリサキ"),
            ("棗原", "ナツメハラ"),
            ("栞崎", "シオリザキ"),
            ("璃辺", "アキナベ"),
            ("狼谷", "カミヤツ"),
            ("鴉森", "カラスモリ"),
            ("梟田", "フクロダ"),
            ("蛍澤", "ホタルザワ"),
            ("鷺沼井", "サギヌマイ"),
            ("雫石田", "シズクイシダ"),
        ];
        const GIVEN: [(&str, &str); 10] = [
            ("瑠璃", "ルリ"),
            ("琥珀", "コハク"),
            ("玻璃", "ハリ"),
            ("珊瑚", "サンゴ"),
            ("翡翠", "ヒスイ"),
            ("瑪瑙", "メノウ"),
            ("蛍", "ホタル"),
            ("茉莉", "マツリ"),
            ("杏珠", "アンジュ"),
            ("胡桃", "クルミ"),
        ];
        let (japanese_surname, japanese_given) = (SURNAMES[number % 10], GIVEN[number / 10 % 10]);
        let (surname, given) =
            (format!("vorx{}", syllables(number)), format!("mizq{}", syllables(9_999 - number)));
        let domain = format!("{surname}haus.example");
        let hash = |salt: usize| {
            format!(
                "{:08x}",
                (number + 1).wrapping_mul(2_654_435_761).wrapping_mul(salt * 2 + 3) % 0xffff_ffff
            )
        };
        Self {
            kanji: format!("{} {}", japanese_surname.0, japanese_given.0),
            kana: format!("{} {}", japanese_surname.1, japanese_given.1),
            local: format!("{given}.{surname}"),
            number: format!("7731-{}-9942", 12_345 + number * 7_919 % 80_000),
            server: format!("mx7.{domain}"),
            filter: format!("filter3.inner.{domain}"),
            machine: format!("100.88.{}.{}", number / 250 % 250 + 1, number % 250 + 1),
            marks: [
                format!("a9{}f4b7", hash(1)),
                format!("8c{}.1d5e9f", hash(2)),
                format!("4Zq{}", hash(3).to_uppercase()),
                format!("h7{}si", hash(4)),
                format!("=_b0{}e1", hash(5)),
            ],
            given,
            surname,
            domain,
        }
    }

    /// `local@domain`.
    pub(crate) fn address(&self) -> String {
        format!("{}@{}", self.local, self.domain)
    }

    /// What must stand nowhere, without blanks and hyphens: himself, his number and machines, the ids of his servers; `with_marks`: what
    /// others know him and his mail by too.
    #[must_use]
    pub fn secrets(&self, with_marks: bool) -> Vec<String> {
        let mut secrets = vec![
            self.surname.clone(),
            self.given.clone(),
            self.number.replace('-', ""),
            self.machine.clone(),
            self.machine.replace('.', "-"),
            self.kanji.replace(' ', ""),
            self.japanese_surname().to_owned(),
            self.kana.replace(' ', ""),
            self.marks[3].clone(),
        ];
        secrets.extend(self.marks.iter().filter(|_| with_marks).map(|mark| mark.to_lowercase()));
        secrets
    }

    /// As Japanese greetings have it.
    pub(crate) fn japanese_surname(&self) -> &str {
        self.kanji.split(' ').next().unwrap_or_default()
    }
}
