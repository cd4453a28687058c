//! An article's body; its front matter is written by whoever knows the site.

use fuwake_core::report::{Article, Figure, Notice};

use super::{Page, escaped};
use crate::formats::article::marks;

/// From an ASCII mark to its form of full width (Unicode block Halfwidth and Fullwidth Forms).
const FULL_WIDTH: u32 = 0xfee0;

/// The article behind its front matter, with what its author wrote between the marks of the file before it.
pub(in crate::formats) fn body(article: &Article, kept: Option<&str>) -> String {
    let mut page = Page { level: 2, line_break: "\\", has_links: true, ..Page::of_report() };
    for block in &article.lead.blocks {
        page.block(block);
    }
    page.paragraph(&marks::around(kept, article.lead.id));
    for section in &article.sections {
        page.section(section);
        page.paragraph(&marks::around(kept, section.id));
    }
    page.paragraph("---");
    page.facts(&article.colophon);
    page.finished()
}

impl Page {
    pub(super) fn figure(&mut self, figure: &Figure) {
        if let Some(frame) = &figure.frame {
            self.paragraph(&format!("**{}**", escaped(frame.text.as_str())));
        }
        self.paragraph(&format!("![{}]({})", alternative(figure.alt.as_str()), figure.file));
        self.paragraph(&format!("*{}*", escaped(figure.caption.as_str())));
    }

    /// A quotation whose first paragraph stands out.
    pub(super) fn notice(&mut self, notice: &Notice) {
        let paragraphs = notice.paragraphs.iter().enumerate().map(|(at, text)| match at {
            0 => format!("**{}**", escaped(text.as_str())),
            _ => escaped(text.as_str()),
        });
        let paragraphs: Vec<String> = paragraphs.collect();
        self.paragraph(&format!("> {}", paragraphs.join("\n>\n> ")));
    }
}

/// The text in a picture's place. Sites differ in what they make of escapes in it (kramdown and older Goldmark show them), so that marks
/// stand there in their full width.
fn alternative(text: &str) -> String {
    let wide = |character: char| match character {
        '\n' => ' ',
        '#' | '$' | '&' | '*' | '<' | '>' | '@' | '[' | '\\' | ']' | '_' | '`' | '{' | '|' | '}' | '~' => {
            char::from_u32(u32::from(character) + FULL_WIDTH).unwrap_or(character)
        }
        other => other,
    };
    text.chars().map(wide).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_mark_stands_in_the_place_of_a_picture() {
        assert_eq!(alternative("h**ps://a[.]b_c\n{{x}} <d@e>"), "h＊＊ps://a［.］b＿c ｛｛x｝｝ ＜d＠e＞");
    }
}
