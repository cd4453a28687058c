//! What WordPress imports (Tools, Import, WordPress): an export file of the form WXR 1.2 with one post, a draft made of blocks that its
//! editor knows. Its pictures are named as they lie beside it, for whoever puts them into the library.

use std::fmt::Write as _;

use askama::Template;
use fuwake_core::report::{Article, Block, Section};

use crate::formats::html;

#[derive(Template)]
#[template(path = "wordpress.xml", escape = "html")]
struct Export<'r> {
    article: &'r Article,
    language: &'static str,
    content: String,
    /// HTML, as WordPress takes it.
    excerpt: String,
    date: Option<String>,
}

pub(super) fn export(article: &Article) -> String {
    let mut content = String::new();
    blocks(&mut content, &article.lead);
    for section in &article.sections {
        let title = html::piece(&Block::Paragraph(section.title.clone()));
        let title = title.trim().trim_start_matches("<p>").trim_end_matches("</p>");
        let _ = writeln!(
            content,
            "<!-- wp:heading -->\n<h2 class=\"wp-block-heading\">{title}</h2>\n<!-- /wp:heading -->\n"
        );
        blocks(&mut content, section);
    }
    // WordPress writes days and times without a zone.
    let date =
        article.front.date.as_deref().and_then(|date| date.get(..19)).map(|date| date.replace('T', " "));
    // No bracket is left that could end the CDATA section either.
    let content = without_shortcodes(&content);
    let excerpt = without_shortcodes(article.front.description.as_str());
    let export = Export { article, language: article.language.tag(), content, excerpt, date };
    export.render().expect("writing to a string does not fail")
}

/// A post's `[name …]` is run by WordPress and its extensions (Shortcode API); as references to characters brackets are only shown.
fn without_shortcodes(html: &str) -> String {
    html.replace('[', "&#91;").replace(']', "&#93;")
}

fn blocks(content: &mut String, section: &Section) {
    for block in &section.blocks {
        let kind = match block {
            Block::Paragraph(_) => "paragraph",
            _ => "html",
        };
        let _ = writeln!(content, "<!-- wp:{kind} -->\n{}\n<!-- /wp:{kind} -->\n", html::piece(block).trim());
    }
}
