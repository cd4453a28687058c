//! The page behind a link, in a terminal: the ladder as text, the picture as a sentence.

use std::fmt::Write as _;

use anstyle::Style;
use fuwake_core::report::{HostPiece, Ladder, LandingCard, Rung, Sight, Tone, View};

use super::{BOLD, FAINT, MARKED, Page, style};
use crate::formats::width::{columns, wrapped};

impl Page {
    pub(super) fn landing(&mut self, card: &LandingCard) {
        self.led(2, "■ ", card.kind.as_str(), style(card.tone).bold());
        self.line(4, card.summary.as_str(), Style::new());
        for remark in &card.remarks {
            self.led(4, "※ ", remark.as_str(), BOLD);
        }
        self.facts(4, std::slice::from_ref(&card.link), Style::new());
        for view in &card.views {
            self.view(view);
        }
        for group in &card.groups {
            self.line(4, group.title.as_str(), BOLD);
            self.facts(6, &group.facts, Style::new());
        }
    }

    fn view(&mut self, view: &View) {
        if let Some(visitor) = &view.visitor {
            self.led(4, "◇ ", visitor.as_str(), BOLD);
        }
        match &view.picture {
            Sight::Picture(picture) => {
                let tone = if picture.tone == Tone::Neutral { BOLD } else { style(picture.tone).bold() };
                self.led(4, "▣ ", picture.frame.as_str(), tone);
                self.line(6, picture.instead.as_str(), FAINT);
            }
            Sight::None(why) => self.line(4, why.as_str(), FAINT),
        }
        self.ladder(&view.ladder);
    }

    fn ladder(&mut self, ladder: &Ladder) {
        self.line(4, ladder.caption.as_str(), FAINT);
        for rung in &ladder.rungs {
            self.rung(rung);
        }
    }

    /// The rails of the ladder, the host, and beside it what is known of the step.
    fn rung(&mut self, rung: &Rung) {
        if let Some(led_by) = &rung.led_by {
            let crossing = rung.crossing.iter().map(|crossing| format!(" ══ {crossing}"));
            let text = format!("{led_by}{}", crossing.collect::<String>());
            let tone = if rung.crossing.is_some() { style(Tone::Warning) } else { FAINT };
            for (at, line) in wrapped(&text, self.width.saturating_sub(12)).iter().enumerate() {
                let rails = if at == 0 { "║ ↓ ║" } else { "║   ║" };
                let _ = writeln!(self.out, "    {rails} {tone}{line}{tone:#}");
            }
        }
        let bullet = format!("╠═{:═>2}╣ ", rung.number);
        let _ = write!(self.out, "    {bullet}");
        self.host(&rung.host, 4 + columns(&bullet), style(rung.tone));
        self.beside(rung.role.as_str());
        for fact in &rung.facts {
            let values: Vec<&str> = fact.values.iter().map(|value| value.text.as_str()).collect();
            self.beside(&format!("{}: {}", fact.label, values.join(" · ")));
        }
    }

    /// Words beside the ladder.
    fn beside(&mut self, text: &str) {
        for line in wrapped(text, self.width.saturating_sub(12)) {
            let _ = writeln!(self.out, "    ║   ║ {line}");
        }
    }

    /// A host, whole: of a long one the end tells most.
    fn host(&mut self, pieces: &[HostPiece], hang: usize, tone: Style) {
        let width = self.width.saturating_sub(hang);
        let mut used = 0;
        for piece in pieces {
            let style = if piece.is_marked { MARKED } else { tone };
            for character in piece.text.as_str().chars() {
                let needed = columns(character.encode_utf8(&mut [0; 4]));
                if used + needed > width {
                    let _ = write!(self.out, "\n    ║   ║ ");
                    used = 0;
                }
                let _ = write!(self.out, "{style}{character}{style:#}");
                used += needed;
            }
        }
        self.blank();
    }
}
