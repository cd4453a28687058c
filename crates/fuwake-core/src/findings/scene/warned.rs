//! Sentences that tell of other people's mails: 「…というメールは詐欺です」, "e-mails claiming that …". Whoever warns of a lure quotes it.

use crate::span::Span;

/// What stands behind a quoted lure. Japanese names the speaker last; copies of warnings in phishing put the warning before what they want.
const BEHIND: [&str; 36] = [
    "という手口",
    "といった手口",
    "などの手口",
    "求める手口",
    "させる手口",
    "というメール",
    "といったメール",
    "などのメール",
    "というsms",
    "といったsms",
    "という電話",
    "といった電話",
    "という文面",
    "といった文面",
    "という内容",
    "といった内容",
    "は詐欺です",
    "も詐欺です",
    "は詐欺の",
    "という詐欺",
    "などと偽",
    "聞かれても",
    "尋ねられても",
    "求められても",
    "言われても",
    "応じないで",
    "答えないで",
    "などと称",
    " is a scam",
    " are scams",
    " are fake",
    " are fraudulent",
    " is phishing",
    " are phishing",
    "not from us",
    " ist betrug",
];
/// What stands before one.
const BEFORE: [&str; 14] = [
    "emails claiming",
    "e-mails claiming",
    "emails that claim",
    "messages claiming",
    "messages that claim",
    "scammers claim",
    "scammers say",
    "scammers pretend",
    "fraudsters claim",
    "fraudsters pretend",
    "criminals claim",
    "criminals pretend",
    "will never ask",
    "would never ask",
];
/// What introduces a list of such wording.
const LISTS: [&str; 8] =
    ["次のような", "以下のような", "下記のような", "例：", "following", "such as", "for example", "examples"];
/// What is a deceit, where a list of wording is introduced.
const DECEIT: [&str; 6] = ["詐欺", "偽メール", "不審なメール", "scam", "fraud", "phishing"];
/// Places of a mark that are looked at.
const PLACES: usize = 10;
/// How far a sentence reaches, in bytes.
const SENTENCE: usize = 900;

/// The wording that others are said to use, as spans of code points of the text.
pub(super) fn told_of(text: &str) -> Vec<Span> {
    // The case of ASCII letters alone, so that places stay where they are.
    let text = text.to_ascii_lowercase();
    let places =
        |mark: &'static str| text.match_indices(mark).take(PLACES).map(move |(at, _)| (at, at + mark.len()));
    let behind = BEHIND.into_iter().flat_map(places).map(|(at, _)| (sentence_start(&text, at), at));
    let before = BEFORE.into_iter().flat_map(places).map(|(_, end)| (end, sentence_end(&text, end)));
    let lists = LISTS.into_iter().flat_map(places).filter_map(|(at, end)| listed(&text, at, end));
    let points = |at: usize| text.get(..at).unwrap_or_default().chars().count();
    behind.chain(before).chain(lists).map(|(start, end)| Span::new(points(start), points(end))).collect()
}

/// Where the sentence began that reaches to `at`; what stands in brackets is a part of it, whatever it holds.
fn sentence_start(text: &str, at: usize) -> usize {
    let head = text.get(..at).unwrap_or_default();
    let mut open = 0_usize;
    let mut behind = '\0';
    for (place, letter) in head.char_indices().rev() {
        match letter {
            '」' | '』' | '”' => open += 1,
            '「' | '『' | '“' => open = open.saturating_sub(1),
            _ => {}
        }
        let blank = behind == ' ' || behind == '\n';
        let ends = matches!(letter, '。' | '！' | '？' | '!' | '?') && open == 0
            || letter == '.' && blank && open == 0
            || letter == '\n' && behind == '\n';
        if ends || at - place > SENTENCE {
            return place + letter.len_utf8();
        }
        behind = letter;
    }
    0
}

/// Where the sentence ends that `from` stands in.
fn sentence_end(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    let rest = rest.get(..rest.floor_char_boundary(SENTENCE)).unwrap_or_default();
    let ends = ["。", "！", ". ", ".\n", "!", "\n\n"];
    from + ends.iter().filter_map(|end| rest.find(end)).min().unwrap_or(rest.len())
}

/// The lines of a list behind a sentence that introduces wording of deceit.
fn listed(text: &str, at: usize, end: usize) -> Option<(usize, usize)> {
    const ITEMS: [char; 9] = ['・', '●', '■', '○', '◆', '-', '*', '「', '“'];
    let (start, line_end) = (sentence_start(text, at), text.get(end..)?.find('\n')? + end + 1);
    let introduction = text.get(start..line_end)?;
    if !DECEIT.iter().any(|word| introduction.contains(word)) {
        return None;
    }
    let lines = text.get(line_end..)?.split_inclusive('\n');
    let items = lines.take_while(|line| line.trim().is_empty() || line.trim_start().starts_with(ITEMS));
    Some((line_end, line_end + items.map(str::len).sum::<usize>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let part = |span: Span| text.chars().skip(span.start).take(span.end - span.start).collect();
        told_of(text).into_iter().map(part).collect()
    }

    #[test]
    fn what_is_quoted_stands_before_or_behind() {
        assert_eq!(
            told("ご注意ください。「口座を凍結しました。確認を」というメールは詐欺です。"),
            ["「口座を凍結しました。確認を」", "「口座を凍結しました。確認を」というメール"]
        );
        assert_eq!(told("Beware. Scammers say you won. Bye"), [" you won"]);
        assert_eq!(
            told("Hello. “You won. Claim it” is a scam"),
            ["“You won. Claim it”"].map(|told| format!(" {told}"))
        );
    }

    #[test]
    fn lists_of_wording() {
        let list = "次のような件名の詐欺メールが届いています。\n・口座を凍結しました\n・当選しました\n\nお問い合わせ";
        assert_eq!(told(list), ["・口座を凍結しました\n・当選しました\n\n"]);
        assert!(told("以下のような特典があります。\n・当選しました\n").is_empty());
    }

    #[test]
    fn copies_of_warnings_excuse_nothing() {
        assert!(
            told("当社を装ったメールが増えているため、口座を凍結しました。下記からご確認ください。")
                .is_empty()
        );
        assert_eq!(
            told("口座を凍結しました。\n\nなお、当選したというメールは詐欺です。"),
            ["\nなお、当選した", "\nなお、当選したというメール"]
        );
    }
}
