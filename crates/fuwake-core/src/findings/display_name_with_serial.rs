//! The display name holds a number that no name has: five digits in a row, or `#` and three. Templates put an order or a card there,
//! where telephones show nothing but the name.

use super::{Scene, Sign, delivery};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let author = scene.from()?;
    let name = author.display_name.as_deref()?;
    let excused =
        scene.is_list_mail() || scene.answers || delivery::is_automatic(scene) || name.contains('@');
    (!excused && bears_a_number(name)).then(|| Sign::at(author).with("name", name))
}

fn bears_a_number(name: &str) -> bool {
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    let run = name.split(|letter: char| !letter.is_ascii_digit()).any(|run| run.len() > 4);
    run || name.split('#').skip(1).any(|rest| digits(rest.trim_start()) > 2)
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(head: &str) -> bool {
        fires(
            "display-name-with-serial",
            &format!(
                "Received: from mail.example.com ([192.0.2.1]) by mx.example.jp; Tue, 09 Jun 2026 08:41:10 +0900\n{head}\nTo: taro@example.jp\n\nhello\n"
            ),
            "mx.example.jp",
        )
    }

    #[test]
    fn numbers_in_names() {
        for head in
            ["From: Points - 63600497739178 <a@example.com>", "From: \"Your Order # 5353\" <a@example.com>"]
        {
            assert!(is_found(head), "{head}");
        }
        for head in ["From: Studio 54 <a@example.com>", "From: Agency 2026 <a@example.com>"] {
            assert!(!is_found(head), "{head}");
        }
    }
}
