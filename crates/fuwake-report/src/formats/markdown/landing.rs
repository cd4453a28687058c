//! The page behind a link: the ladder as a list, the picture as a sentence.

use fuwake_core::report::{HostPiece, Ladder, LandingCard, Rung, Sight, View};

use super::{Page, escaped, fact};

impl Page {
    pub(super) fn landing(&mut self, card: &LandingCard) {
        let mut lines =
            vec![format!("<b>{}</b>", escaped(card.kind.as_str())), escaped(card.summary.as_str())];
        lines.extend(card.remarks.iter().map(|remark| escaped(remark.as_str())));
        self.paragraph(&format!("> {}", lines.join("\n>\n> ")));
        self.facts(std::slice::from_ref(&card.link));
        for view in &card.views {
            self.view(view);
        }
        for group in &card.groups {
            self.paragraph(&format!("<b>{}</b>", escaped(group.title.as_str())));
            self.facts(&group.facts);
        }
    }

    fn view(&mut self, view: &View) {
        if let Some(visitor) = &view.visitor {
            self.paragraph(&format!("<b>{}</b>", escaped(visitor.as_str())));
        }
        let picture = match &view.picture {
            Sight::Picture(picture) => {
                let [frame, instead] = [&picture.frame, &picture.instead].map(|text| escaped(text.as_str()));
                format!("<b>{frame}</b><br>{instead}")
            }
            Sight::None(why) => escaped(why.as_str()),
        };
        self.paragraph(&picture);
        self.ladder(&view.ladder);
    }

    fn ladder(&mut self, ladder: &Ladder) {
        self.paragraph(&escaped(ladder.caption.as_str()));
        let rungs: Vec<String> = ladder.rungs.iter().map(rung).collect();
        self.paragraph(&rungs.join("\n"));
    }
}

fn rung(rung: &Rung) -> String {
    let led_by = rung.led_by.iter().map(|led_by| format!("↓ {} · ", escaped(led_by.as_str())));
    let crossing = rung.crossing.iter().map(|crossing| format!(" <b>═══ {}</b>", escaped(crossing.as_str())));
    let mut lines = vec![format!(
        "{}. {}{} <code>{}</code>{}",
        rung.number,
        led_by.collect::<String>(),
        escaped(rung.role.as_str()),
        host(&rung.host),
        crossing.collect::<String>()
    )];
    lines.extend(rung.facts.iter().map(|known| format!("    - {}", fact(known))));
    lines.join("\n")
}

/// A host; a label that bears a brand's name in bold.
fn host(pieces: &[HostPiece]) -> String {
    let piece = |piece: &HostPiece| match piece.is_marked {
        true => format!("<b>{}</b>", escaped(piece.text.as_str())),
        false => escaped(piece.text.as_str()),
    };
    pieces.iter().map(piece).collect()
}
