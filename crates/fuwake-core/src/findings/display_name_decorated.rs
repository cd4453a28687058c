//! The display name is framed in signs that no name bears: three or more quotes, underscores, dots or commas at an end, or `,_`. Bulk
//! mailers vary them so that no two mails carry one name.

use super::{Scene, Sign};

/// So many signs at one end are no slip.
const ENOUGH: usize = 3;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let author = scene.from()?;
    let shown = author.raw.rsplit_once('<').map_or(author.raw.as_str(), |(name, _)| name);
    let decorated = is_decorated(shown.trim())
        || author.display_name.as_deref().is_some_and(|name| is_decorated(name.trim()));
    (decorated && !scene.is_list_mail()).then(|| Sign::at(author).with("name", shown.trim()))
}

fn is_decorated(name: &str) -> bool {
    let sign = |letter: &char| matches!(letter, '"' | '_' | '.' | ',' | '*' | '~' | '=' | '|' | '-' | ' ');
    let signs = |letters: &mut dyn Iterator<Item = char>| {
        letters.take_while(sign).filter(|letter| *letter != ' ').count() >= ENOUGH
    };
    !name.is_empty()
        && (signs(&mut name.chars()) || signs(&mut name.chars().rev()) || name.ends_with(",_"))
        && !name.ends_with("...")
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(head: &str) -> bool {
        fires(
            "display-name-decorated",
            &format!(
                "Received: from mail.example.com ([192.0.2.1]) by mx.example.jp; Tue, 09 Jun 2026 08:41:10 +0900\n{head}\nTo: taro@example.jp\n\nhello\n"
            ),
            "mx.example.jp",
        )
    }

    #[test]
    fn signs_at_the_ends() {
        for head in [
            "From: \"\"\"\"Tool Shop\"\"\"\" <a@example.com>",
            "From: ___REWARDS___ <a@example.com>",
            "From: Points Desk ,_<a@example.com>",
        ] {
            assert!(is_found(head), "{head}");
        }
        for head in [
            "From: \"Tool Shop\" <a@example.com>",
            "From: \"\"\" Ann \"\"\" Bee <a@example.com>\nList-Id: <x.example.org>\nList-Post: <mailto:x@example.org>",
            "From: \"Dr. A. Bee, Jr.\" <a@example.com>",
        ] {
            assert!(!is_found(head), "{head}");
        }
    }
}
