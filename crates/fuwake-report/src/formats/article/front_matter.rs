//! What sites read before the text. Strings are quoted so that nothing in a subject ends them: YAML 1.2 (section 5.7) and TOML 1.0 share the
//! escapes that are used.

use std::fmt::Write as _;

use fuwake_core::report::{Article, FrontMatter, Plain};

use super::Site;

/// The front matter of an article with the lines around it.
pub(super) fn of(article: &Article, site: Site) -> String {
    let language = article.language.tag();
    match site {
        Site::Zola => toml(&article.front),
        Site::Jekyll => jekyll(&article.front, language),
        Site::Hugo => yaml(&article.front, language, "", |file| {
            // By this name Hugo's own templates find the picture that stands for a page.
            format!("resources:\n  - src: {file}\n    name: \"feature\"\n", file = quoted(file))
        }),
        Site::Any | Site::WordPress => yaml(&article.front, language, "", image),
    }
}

/// A post at an address in the folder that holds its pictures: Jekyll copies the folder, and puts posts elsewhere if they name no place.
fn jekyll(front: &FrontMatter, language: &str) -> String {
    let slug = &front.slug;
    let first = format!("layout: post\npermalink: {}\n", quoted(&format!("/{slug}/{language}.html")));
    yaml(front, language, &first, |file| image(&format!("/{slug}/{file}")))
}

fn image(path: &str) -> String {
    format!("image: {}\n", quoted(path))
}

fn yaml(front: &FrontMatter, language: &str, first: &str, image: impl Fn(&str) -> String) -> String {
    let mut text = format!("---\n{first}");
    let _ = writeln!(text, "title: {}", quoted(front.title.as_str()));
    let _ = writeln!(text, "description: {}", quoted(front.description.as_str()));
    if let Some(date) = date(front) {
        let _ = writeln!(text, "date: {date}");
    }
    let _ = writeln!(text, "slug: {}", quoted(&front.slug));
    let _ = writeln!(text, "lang: {language}");
    let _ = writeln!(text, "tags: {}", list(&front.tags));
    text.extend(front.image.as_deref().map(image));
    text + "---\n"
}

fn toml(front: &FrontMatter) -> String {
    let mut text = "+++\n".to_owned();
    let _ = writeln!(text, "title = {}", quoted(front.title.as_str()));
    let _ = writeln!(text, "description = {}", quoted(front.description.as_str()));
    if let Some(date) = date(front) {
        let _ = writeln!(text, "date = {date}");
    }
    let _ = writeln!(text, "slug = {}", quoted(&front.slug));
    let _ = writeln!(text, "\n[taxonomies]\ntags = {}", list(&front.tags));
    if let Some(file) = &front.image {
        let _ = writeln!(text, "\n[extra]\nimage = {}", quoted(file));
    }
    text + "+++\n"
}

/// A date that is one.
fn date(front: &FrontMatter) -> Option<&str> {
    let date = front.date.as_deref()?;
    let is_date = date.len() >= 20
        && date
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'T' | b'Z' | b':' | b'+' | b'-' | b'.'));
    is_date.then_some(date)
}

fn list(tags: &[Plain]) -> String {
    let tags: Vec<String> = tags.iter().map(|tag| quoted(tag.as_str())).collect();
    format!("[{}]", tags.join(", "))
}

/// A string in double quotes on one line.
fn quoted(text: &str) -> String {
    let mut quoted = "\"".to_owned();
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(character);
            }
            // Not every theme escapes a title that it writes into a page.
            '<' => quoted.push('＜'),
            '>' => quoted.push('＞'),
            _ if character.is_control() || matches!(character, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(character));
            }
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_string() {
        assert_eq!(quoted("a\"\\b\n---\u{85}"), "\"a\\\"\\\\b\\u000A---\\u0085\"");
    }
}
