//! What a defect's id means to a reader, in both languages side by side.

use crate::case::Language;

/// The words of a defect.
#[derive(Debug)]
pub(super) struct DefectWords {
    id: &'static str,
    ja: &'static str,
    en: &'static str,
    /// The technical detail tells more than these words: a charset, a field, a number.
    pub(super) has_detail: bool,
}

impl DefectWords {
    /// The sentence in a language.
    pub(super) const fn sentence(&self, language: Language) -> &'static str {
        language.pick(self.ja, self.en)
    }
}

/// The words of the defect `id`.
pub(super) fn of(id: &str) -> Option<&'static DefectWords> {
    DEFECTS.iter().find(|words| words.id == id)
}

const fn plain(id: &'static str, ja: &'static str, en: &'static str) -> DefectWords {
    DefectWords { id, ja, en, has_detail: false }
}

const fn detailed(id: &'static str, ja: &'static str, en: &'static str) -> DefectWords {
    DefectWords { id, ja, en, has_detail: true }
}

static DEFECTS: &[DefectWords] = &[
    plain(
        "address-invalid",
        "メールアドレスのはずの所に、アドレスとして読めないものが書かれています。",
        "Where an e-mail address belongs, something else is written.",
    ),
    plain(
        "blank-before-colon",
        "ヘッダーの項目名とコロンの間に空白があります。",
        "There is a space between a header field's name and its colon.",
    ),
    plain(
        "boundary-missing",
        "パートの区切りが見つからないため、全体を一つの本文として読みました。",
        "The lines that separate the parts are missing, so everything was read as one text.",
    ),
    plain(
        "byte-order-mark",
        "ヘッダーの前に、余分なバイト順マーク(BOM)があります。",
        "A stray byte order mark (BOM) stands before the header.",
    ),
    detailed(
        "charset-invalid-bytes",
        "文字として読めないバイトがあり、� で表しました。",
        "Some bytes are not text in any way; they are shown as �.",
    ),
    detailed(
        "charset-unlabelled",
        "文字コードの指定がないため、内容から判断して読みました。",
        "The text does not name its charset, so it was worked out from the bytes.",
    ),
    detailed(
        "charset-wrong-label",
        "文字コードの指定が実際と違うため、実際の文字コードで読みました。",
        "The text names the wrong charset; it was read in the one it is really in.",
    ),
    plain(
        "date-unreadable",
        "Date欄を日付として読み取れません。",
        "The Date field cannot be read as a date.",
    ),
    detailed(
        "duplicate-field",
        "一つしか書けないヘッダー項目が、二つ以上あります。",
        "A header field that may appear only once appears several times.",
    ),
    plain(
        "encoded-word-cut-base64",
        "ヘッダーの文字がBase64の途中で切れているため、つなぎ合わせて読みました。",
        "Header text is cut in the middle of its Base64; the pieces were joined.",
    ),
    plain(
        "encoded-word-cut-character",
        "ヘッダーの文字が一文字の途中で切れているため、つなぎ合わせて読みました。",
        "Header text is cut in the middle of a character; the pieces were joined.",
    ),
    plain(
        "encoded-word-unclosed",
        "符号化されたヘッダーの文字に終わりの印がないため、読める所まで読みました。",
        "Encoded header text has no end mark; it was read as far as it goes.",
    ),
    plain(
        "field-too-long",
        "ヘッダーの項目が長すぎるため、64 KiBから先は読んでいません。",
        "A header field is too long; what lies beyond 64 KiB was not read.",
    ),
    plain(
        "header-end-missing",
        "ヘッダーと本文を分ける空行がありません。",
        "The empty line between header and body is missing.",
    ),
    plain(
        "header-line-without-colon",
        "ヘッダーに、項目の形をしていない行があります。その行は読み飛ばしました。",
        "A line in the header is no header field; it was skipped.",
    ),
    plain(
        "header-missing",
        "ヘッダーがないため、全体を本文として読みました。",
        "There is no header; everything was read as the body.",
    ),
    plain(
        "header-too-long",
        "ヘッダーが長すぎるため、1 MiBから先は読んでいません。",
        "The header is too long; what lies beyond 1 MiB was not read.",
    ),
    detailed(
        "html-too-large",
        "HTMLが大きすぎるため、途中までしか調べていません。",
        "The HTML is too large; only the first part of it was examined.",
    ),
    plain(
        "iso-2022-jp-escape-lost",
        "文字の切り替えを示すバイト(ESC)が失われていたため、補って読みました。",
        "The ESC bytes that switch the character set had been lost; they were put back.",
    ),
    plain(
        "iso-2022-jp-extension",
        "規格(ISO-2022-JP)にない文字(半角カナや機種依存文字)が使われています。",
        "Characters outside ISO-2022-JP are used (half-width kana, vendor extensions).",
    ),
    plain(
        "iso-2022-jp-unclosed",
        "日本語の文字の切り替えが、行末で元に戻されていません。",
        "A line ends without switching back from Japanese characters to ASCII.",
    ),
    plain(
        "lines-before-header",
        "ヘッダーの前に余分な行があり、読み飛ばしました。",
        "Extra lines before the header were skipped.",
    ),
    detailed(
        "nesting-too-deep",
        "パートの入れ子が深すぎるため、奥までは調べていません。",
        "Parts are nested too deeply; the innermost were not examined.",
    ),
    detailed(
        "own-finding-undecided",
        "独自に追加された所見の条件式を、このメールでは計算できませんでした。",
        "The expression of a finding of your own could not be worked out on this mail.",
    ),
    detailed(
        "pictures-not-searched",
        "画像が多いため、一部の画像ではQRコードの有無を調べていません(調べていない画像の数は詳細のとおり)。",
        "There are many pictures; QR codes were not sought in some of them (the detail says in how many).",
    ),
    detailed(
        "raw-8bit-header",
        "ヘッダーに、符号化されていない文字がそのまま書かれています。",
        "The header holds text beyond ASCII that is not encoded.",
    ),
    plain(
        "received-too-long",
        "Receivedの行が長すぎるため、終わりまで読んでいません。",
        "A Received line is too long; its end was not read.",
    ),
    plain(
        "received-without-by",
        "Receivedの行に、記録したサーバーの名前がありません。",
        "A Received line does not say which server wrote it.",
    ),
    plain(
        "received-without-date",
        "Receivedの行から時刻を読み取れません。",
        "No time can be read in a Received line.",
    ),
    detailed(
        "text-too-long",
        "本文が長すぎるため、途中までしか読んでいません。",
        "The text is too long; only the first part of it was read.",
    ),
    plain(
        "too-many-addresses",
        "宛先などのアドレスが多すぎるため、一部しか読んでいません。",
        "There are too many addresses; some were not read.",
    ),
    detailed(
        "too-many-carried-mails",
        "中に入っているメールが多すぎるため、一部しか調べていません。",
        "Too many mails are carried inside; some were not examined.",
    ),
    detailed(
        "too-many-fields",
        "ヘッダーの項目が多すぎるため、一部しか読んでいません。",
        "There are too many header fields; some were not read.",
    ),
    plain(
        "too-many-links",
        "リンクが多すぎるため、一部しか記録していません。",
        "There are too many links; some were not kept.",
    ),
    detailed(
        "too-many-parts",
        "パートが多すぎるため、一部しか調べていません。",
        "There are too many parts; some were not examined.",
    ),
    plain(
        "too-many-received",
        "Receivedの行が多すぎるため、古いものは読んでいません。",
        "There are too many Received lines; the oldest were not read.",
    ),
];

#[cfg(test)]
#[allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "the test reads the sources")]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    /// What stands before the id where a defect or a repair is made.
    const MAKERS: &[&str] = &["Defect::new(", "Repair::new(", ".defect(", ".with("];

    fn sources(folder: &Path, texts: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                sources(&path, texts);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                texts.push(std::fs::read_to_string(&path).expect("a source"));
            }
        }
    }

    /// The id that stands at the front of a call's arguments; none where it is no literal in kebab-case.
    fn id(arguments: &str) -> Option<&str> {
        let (id, _) = arguments.trim_start().strip_prefix('"')?.split_once('"')?;
        let kebab = |character: char| {
            character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-'
        };
        (id.contains('-') && id.chars().all(kebab)).then_some(id)
    }

    #[test]
    fn every_defect_has_words_and_no_words_are_left_over() {
        let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a folder");
        let mut texts = Vec::new();
        for folder in ["fuwake-core/src/case", "fuwake-core/src/mail", "fuwake/src"] {
            sources(&crates.join(folder), &mut texts);
        }
        let made: BTreeSet<&str> = texts
            .iter()
            .flat_map(|text| MAKERS.iter().flat_map(move |maker| text.split(maker).skip(1)))
            .filter_map(id)
            .collect();
        let told: BTreeSet<&str> = DEFECTS.iter().map(|words| words.id).collect();
        assert_eq!(made, told);
        assert_eq!(told.len(), DEFECTS.len());
    }
}
