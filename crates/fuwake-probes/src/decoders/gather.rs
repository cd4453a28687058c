//! Contents while they are gathered: bounded, without repetitions, in the order in which they were met.

use fuwake_core::evidence::{Act, ActKind, Contents, FileLink, Lead};

/// Links that are kept of a file.
const LINKS: usize = 200;
/// Acts that are kept of a file.
const ACTS: usize = 50;
/// Characters of a link or of an act's detail.
const LONGEST: usize = 4_000;
/// Characters of the visible text that are kept.
const TEXT: usize = 8_000;

/// What was met so far.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) contents: Contents,
}

impl Gathered {
    pub(super) fn link(&mut self, by: Lead, url: &str, text: Option<&str>) {
        let url: String = url.trim().chars().take(LONGEST).collect();
        let text = text.map(|text| text.trim().chars().take(LONGEST).collect());
        let link = FileLink { url, text, by };
        if link.url.is_empty() || self.contents.links.contains(&link) {
            return;
        }
        if self.contents.links.len() < LINKS {
            self.contents.links.push(link);
        } else {
            self.contents.truncated = true;
        }
    }

    pub(super) fn act(&mut self, kind: ActKind, detail: &str) {
        let act = Act { kind, detail: detail.trim().chars().take(LONGEST).collect() };
        if self.contents.acts.contains(&act) {
            return;
        }
        if self.contents.acts.len() < ACTS {
            self.contents.acts.push(act);
        } else {
            self.contents.truncated = true;
        }
    }

    /// Adds visible text; blanks are folded, control characters are left out.
    pub(super) fn text(&mut self, text: &str) {
        let kept = self.contents.text.chars().count();
        let words = text.chars().filter(|c| !c.is_control() || *c == '\n');
        let before = self.contents.text.len();
        let mut blank = self.contents.text.ends_with(char::is_whitespace) || before == 0;
        for character in words.take(TEXT * 4) {
            let is_blank = character.is_whitespace();
            if !(is_blank && blank) {
                self.contents.text.push(character);
            }
            blank = is_blank;
        }
        if self.contents.text.chars().count() > TEXT && kept <= TEXT {
            self.contents.text = self.contents.text.chars().take(TEXT).collect();
            self.contents.truncated = true;
        }
    }

    pub(super) fn finish(mut self) -> Contents {
        let end = self.contents.text.trim_end().len();
        self.contents.text.truncate(end);
        self.contents
    }
}
