//! Remarks that an author wrote in Markdown: his headings, lists and emphasis stay, what could act does not. HTML becomes text, links and
//! pictures lead to the web or to a file beside the article and nowhere else, and no template language finds its braces.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);

/// As HTML.
pub(super) fn html(text: &str) -> String {
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, Parser::new_ext(text, OPTIONS).map(harmless));
    html
}

/// An event without what could act; headings stand below the section's own.
fn harmless(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        Event::Start(Tag::Heading { level, .. }) => Event::Start(Tag::Heading {
            level: below(level),
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        }),
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(below(level))),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: target(dest_url), title, id })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Image { link_type, dest_url: target(dest_url), title, id })
        }
        other => other,
    }
}

const fn below(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 | HeadingLevel::H2 => HeadingLevel::H3,
        HeadingLevel::H3 => HeadingLevel::H4,
        HeadingLevel::H4 => HeadingLevel::H5,
        HeadingLevel::H5 | HeadingLevel::H6 => HeadingLevel::H6,
    }
}

fn target(url: CowStr<'_>) -> CowStr<'_> {
    if leads_anywhere_safe(&url) { url } else { CowStr::Borrowed("#") }
}

/// To the web, within the page, or to a file beside it.
fn leads_anywhere_safe(url: &str) -> bool {
    let lower = url.trim().to_ascii_lowercase();
    lower.starts_with("https://")
        || lower.starts_with("http://")
        || lower.starts_with('#')
        || !lower.contains(':') && !lower.starts_with('/') && !lower.contains("..") && !lower.contains('\\')
}

/// As Markdown.
pub(super) fn markdown(text: &str) -> String {
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        let source = text.get(range.clone()).unwrap_or_default();
        match event {
            Event::Html(_) | Event::InlineHtml(_) => {
                edits.push((range, source.replace('&', "&amp;").replace('<', "&lt;")));
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. })
                if !leads_anywhere_safe(&dest_url) =>
            {
                edits.push((range, escaped(source)));
            }
            _ => {}
        }
    }
    let mut safe = String::with_capacity(text.len());
    let mut done = 0;
    for (range, with) in edits {
        // What stands inside of an edit is edited with it.
        if range.start >= done {
            safe.push_str(text.get(done..range.start).unwrap_or_default());
            safe.push_str(&with);
            done = range.end;
        }
    }
    safe.push_str(text.get(done..).unwrap_or_default());
    // A code span shows entities as they are; nobody sees this one character, and no Liquid or Jinja sees braces.
    safe.replace("{{", "{\u{200b}{").replace("{%", "{\u{200b}%").replace("{#", "{\u{200b}#")
}

/// Nothing in it is a link.
fn escaped(source: &str) -> String {
    source.replace('&', "&amp;").replace('<', "&lt;").replace('[', "\\[").replace(']', "\\]")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str = "# Mine\n\n<script>alert(1)</script>\n\n[a](javascript:alert(1)) ![b](file:///etc/passwd)\n\n- <img src=x onerror=y>\n- *good* [page](https://example.com/)\n\n`{{ config }}` {% raw %}\n";

    #[test]
    fn what_acts_is_text_and_the_rest_stays() {
        for text in [html(HOSTILE), markdown(HOSTILE)] {
            assert!(!text.contains("<script"), "{text}");
            assert!(!text.contains("<img src=x"), "{text}");
            assert!(text.contains("https://example.com/"), "{text}");
        }
        let html = html(HOSTILE);
        assert!(html.contains("<h3>Mine</h3>") && html.contains("<em>good</em>"), "{html}");
        assert!(!html.contains("javascript:") && !html.contains("file:"), "{html}");
        let markdown = markdown(HOSTILE);
        assert!(!markdown.contains("{{") && !markdown.contains("{%"), "{markdown}");
        // Read again it is the same for whoever renders it: text, and no link.
        let again = self::html(&markdown);
        assert!(!again.contains("href=\"javascript") && !again.contains("src=\"file"), "{again}");
        assert!(!again.contains("href=\"#"), "{again}");
    }
}
