//! The text begins with a line of nothing but figures: the moment of sending or a running number, put there so that no two mails are alike.

use super::{Scene, Sign};

/// Figures that are no year, price or code to type in.
const FEWEST: usize = 10;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    if !scene.is_japanese() || scene.is_second_hand() {
        return None;
    }
    let line = scene.lines().find(|line| !line.text.trim().is_empty())?;
    let figures = line.text.trim();
    let only = figures.len() >= FEWEST && figures.bytes().all(|byte| byte.is_ascii_digit());
    only.then(|| {
        Sign::at(scene.in_text(line.span())).with("serial", figures.chars().take(40).collect::<String>())
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn figures_alone() {
        let serial = |line: &str| {
            fires(
                "serial-heads-text",
                &format!("From: a@example.com\nSubject: お知らせ\n\n{line}\nお知らせです。\n"),
                "",
            )
        };
        assert!(serial("202611231000"));
        assert!(!serial("2026/11/23 10:00"));
        assert!(!serial("482913"));
    }
}
