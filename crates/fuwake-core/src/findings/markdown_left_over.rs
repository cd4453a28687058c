//! Markdown that nobody rendered (`**重要**`, `### 手続き`) in a company's text: copied out of a chat program. Silent for people's letters,
//! where asterisks are a habit.

use super::{Scene, Sign};

/// Pairs of asterisks that are no habit.
const PAIRS: usize = 2;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    if !scene.is_japanese()
        || scene.is_second_hand()
        || !scene.mail.own_text().contains("**") && !scene.mail.own_text().contains("## ")
    {
        return None;
    }
    let lines = scene.lines().filter(|line| is_marked(line.text.trim())).take(6).collect::<Vec<_>>();
    let pairs: usize = lines.iter().map(|line| emphases(line.text).max(1)).sum();
    let first = lines.first().filter(|_| pairs >= PAIRS)?;
    let quote: String = first.text.trim().chars().take(60).collect();
    Some(Sign::at_all(lines.iter().map(|line| scene.in_text(line.span()))).with("quote", quote))
}

fn is_marked(line: &str) -> bool {
    let heading = line.trim_start_matches('#');
    let depth = line.len() - heading.len();
    emphases(line) > 0 || (2..=4).contains(&depth) && heading.starts_with(' ')
}

/// Pairs of `**` around words: not a row of asterisks, and no blank inside at either end.
fn emphases(line: &str) -> usize {
    let pieces: Vec<&str> = line.split("**").collect();
    if pieces.len() < 3 {
        return 0;
    }
    let word = |piece: &&&str| {
        !piece.is_empty()
            && piece.trim() == **piece
            && !piece.contains('*')
            && piece.chars().nth(40).is_none()
    };
    pieces[1..pieces.len() - 1].iter().step_by(2).filter(word).count()
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn marked(text: &str) -> bool {
        fires("markdown-left-over", &format!("From: a@example.com\nSubject: お知らせです\n\n{text}\n"), "")
    }

    #[test]
    fn emphasis_and_ornament() {
        assert!(marked("**重要なお知らせ**\n本日中に**本人確認**をお願いいたします。"));
        assert!(!marked("********************\nお知らせです ** 新着 **\n********************"));
        assert!(!marked("「**」は強調の記号です。"));
    }
}
