//! Pieces of HTML that the reader sees: the end of a tag without its beginning (`28679070">`), or a whole tag or entity. The template
//! was put together wrongly. Silent where tags are spoken of: there they have a beginning.

use super::scene::japanese::Line;
use super::{Scene, Sign};
use crate::span::Span;

/// Tags and entities that no text means.
const PIECES: [&str; 6] = ["&nbsp;", "</td>", "</div>", "</span>", "</p>", "<br>"];

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let page = scene.mail.bodies.iter().any(|body| body.displayed && body.html.is_some());
    if !page || !scene.is_japanese() || scene.is_second_hand() || !scene.mail.own_text().contains(['>', '&'])
    {
        return None;
    }
    let (line, piece) = scene.lines().find_map(|line| Some((line, left_over(line)?)))?;
    let quote: String = line.text.trim().chars().take(60).collect();
    Some(Sign::at(scene.in_text(piece)).with("quote", quote))
}

fn left_over(line: Line<'_>) -> Option<Span> {
    let text = line.text;
    let orphan = ["\">", "'>"].iter().find_map(|end| {
        let at = text.find(end)?;
        let before = text.get(..at)?;
        (!before.contains('<') && !before.trim().is_empty()).then_some((at, end.len()))
    });
    let piece = || PIECES.iter().find_map(|piece| Some((text.find(piece)?, piece.len())));
    let (at, length) = orphan.or_else(piece)?;
    let start = line.start + text.get(..at)?.chars().count();
    Some(Span::new(start, start + length))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn broken(html: &str) -> bool {
        let head = "From: a@example.com\nSubject: お知らせです\nContent-Type: text/html; charset=utf-8\n\n";
        fires("markup-left-over", &format!("{head}<p>ご確認をお願いします</p>{html}\n"), "")
    }

    #[test]
    fn ends_without_beginnings() {
        assert!(broken("/28679070\">手続きはこちら"));
        assert!(broken("<p>お支払い&amp;nbsp;方法</p>"));
        assert!(!broken("<p>タグは&lt;a href=\"x\">のように書きます</p>"));
        assert!(!broken("<p>2 &gt; 1 です</p>"));
    }
}
