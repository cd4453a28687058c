//! What the walk gathers besides text: links as written, forms, scripts, pictures.

use super::style::Declared;
use super::text::Visible;
use super::tree::Element;
use super::{Form, HiddenBy, HiddenText, HtmlFacts, Image, css_url};
use crate::mail::link::Source;
use crate::mail::link::scan;
use crate::span::Span;

/// Links of one part that are kept.
const MOST_LINKS: usize = 2_000;
/// Pictures, forms, inputs that are kept.
const MOST_IMAGES: usize = 1_000;
const MOST_FORMS: usize = 50;
const MOST_INPUTS: usize = 50;
/// Quotes that are kept.
const MOST_QUOTES: usize = 100;
/// Hidden comments that are kept, and the characters of each.
const MOST_COMMENTS: usize = 50;
const LONGEST_COMMENT: usize = 1_000;

/// A link as written.
#[derive(Debug)]
pub(crate) struct Found {
    /// The target as written.
    pub(crate) target: String,
    /// The seen text inside it, blanks folded.
    pub(crate) text: Option<String>,
    /// Where that text stands in the part's visible text: code points.
    pub(crate) span: Span,
    /// Where it was found.
    pub(crate) source: Source,
    /// The byte of the visible text where it began.
    pub(super) position: usize,
}

/// What reading an HTML text gives.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// The visible text.
    pub(crate) text: String,
    /// Everything else.
    pub(crate) facts: HtmlFacts,
    /// Links in document order.
    pub(crate) found: Vec<Found>,
    /// Something was left out to keep the bounds.
    pub(crate) cut: bool,
    /// The form that is open.
    pub(super) form: Option<usize>,
}

impl Reading {
    /// Notes a target; its index where it was kept.
    fn note(&mut self, target: &str, source: Source, position: usize) -> Option<usize> {
        if self.found.len() >= MOST_LINKS {
            self.cut = true;
            return None;
        }
        self.found.push(Found {
            target: target.to_owned(),
            text: None,
            span: Span::default(),
            source,
            position,
        });
        Some(self.found.len() - 1)
    }

    /// A link that a reader can follow by its text.
    pub(super) fn link(&mut self, element: &Element, visible: &Visible) -> Option<usize> {
        let source = match &*element.name.local {
            "a" if &*element.name.ns == "http://www.w3.org/2000/svg" => Source::Svg,
            "a" => Source::Html,
            _ => return None,
        };
        let target = element.attribute("href").filter(|href| !is_fragment(href))?;
        let noted = self.note(target, source, visible.position())?;
        self.found[noted].span = Span::new(visible.characters(), visible.characters());
        Some(noted)
    }

    /// Everything about an element but its text.
    pub(super) fn element(&mut self, element: &Element, gone: bool, declared: &Declared) {
        self.event_handlers(element);
        if let Some(background) = element.attribute("background").filter(|b| !b.trim().is_empty()) {
            self.note(background, Source::Css, 0);
        }
        match &*element.name.local {
            "img" | "image" => self.image(element, gone, declared),
            "area" => self.attribute(element, "href", Source::Area),
            "link" => self.attribute(element, "href", Source::Css),
            "use" => self.attribute(element, "href", Source::Svg),
            "iframe" | "frame" | "embed" | "source" | "video" | "audio" => {
                self.attribute(element, "src", Source::Image);
            }
            "object" => self.attribute(element, "data", Source::Image),
            "script" => {
                self.facts.scripts += 1;
                self.attribute(element, "src", Source::Image);
            }
            "base" if self.facts.base.is_none() => {
                self.facts.base = element.attribute("href").map(|h| h.trim().to_owned());
            }
            "meta" => self.meta(element),
            "form" => self.form(element),
            "input" | "button" | "select" | "textarea" => self.input(element, gone, declared),
            _ => {}
        }
    }

    /// A quote that ended.
    pub(super) fn quote(&mut self, span: Span) {
        if span.start < span.end && self.facts.quotes.len() < MOST_QUOTES {
            self.facts.quotes.push(span);
        }
    }

    fn event_handlers(&mut self, element: &Element) {
        let handlers = element.attributes.iter().filter(|a| is_event_handler(&a.name.local)).count();
        self.facts.scripts += handlers;
    }

    fn attribute(&mut self, element: &Element, name: &str, source: Source) {
        if let Some(target) = element.attribute(name).filter(|t| !is_fragment(t) && !t.starts_with("data:")) {
            self.note(target, source, 0);
        }
    }

    fn image(&mut self, element: &Element, gone: bool, declared: &Declared) {
        let source =
            element.attribute("src").or_else(|| element.attribute("href")).unwrap_or_default().trim();
        let is_data = source.get(..5).is_some_and(|s| s.eq_ignore_ascii_case("data:"));
        let remote = is_remote(source);
        if remote {
            self.note(source, Source::Image, 0);
        }
        if self.facts.images.len() >= MOST_IMAGES {
            self.cut = true;
            return;
        }
        let shown = if is_data { source.split([';', ',']).next().unwrap_or_default() } else { source };
        self.facts.images.push(Image {
            source: shown.to_owned(),
            alt: element.attribute("alt").unwrap_or_default().trim().to_owned(),
            remote,
            tracking: remote && (gone || declared.no_box || has_no_size(element)),
        });
    }

    /// `<meta http-equiv=refresh content="0; url=…">` (HTML section 4.2.5.3).
    fn meta(&mut self, element: &Element) {
        if !element.attribute("http-equiv").is_some_and(|h| h.trim().eq_ignore_ascii_case("refresh")) {
            return;
        }
        let Some((_, behind)) = element.attribute("content").and_then(|c| c.split_once([';', ','])) else {
            return;
        };
        let behind = behind.trim();
        let target = match behind.split_once('=') {
            Some((name, target)) if name.trim().eq_ignore_ascii_case("url") => target.trim(),
            _ => behind,
        };
        self.note(target.trim_matches(['"', '\'']), Source::MetaRefresh, 0);
    }

    fn form(&mut self, element: &Element) {
        let action = element.attribute("action").unwrap_or_default().trim();
        if !action.is_empty() {
            self.note(action, Source::Form, 0);
        }
        if self.facts.forms.len() < MOST_FORMS {
            self.facts.forms.push(Form { action: action.to_owned(), ..Form::default() });
            self.form = Some(self.facts.forms.len() - 1);
        }
    }

    /// An input belongs to the open form; one outside of any belongs to a form without action.
    fn input(&mut self, element: &Element, gone: bool, declared: &Declared) {
        self.attribute(element, "formaction", Source::Form);
        let kind = element.attribute("type").unwrap_or(&element.name.local).trim().to_ascii_lowercase();
        if kind == "image" {
            self.image(element, gone, declared);
        }
        let form = match self.form {
            Some(form) => form,
            None if kind == "password" && self.facts.forms.len() < MOST_FORMS => {
                self.facts.forms.push(Form::default());
                self.facts.forms.len() - 1
            }
            None => return,
        };
        let Some(form) = self.facts.forms.get_mut(form) else { return };
        form.password |= kind == "password";
        if form.inputs.len() < MOST_INPUTS {
            let name = element.attribute("name").unwrap_or_default();
            form.inputs.push(format!("{kind} {name}").trim_end().chars().take(100).collect());
        }
    }

    /// A comment is hidden text; Outlook's conditional comments are shown by Outlook, so their links are live.
    pub(super) fn comment(&mut self, comment: &str) {
        let conditional = comment.trim_start().starts_with("[if") || comment.contains("<![endif]");
        if conditional {
            for hit in scan::urls(comment).into_iter().take(50) {
                let target = hit.url.trim_end_matches(['"', '\'']);
                if !target.contains("schemas.microsoft.com") && !target.contains("www.w3.org") {
                    self.note(target, Source::Html, 0);
                }
            }
        } else if self.facts.hidden.len() < MOST_COMMENTS && comment.chars().any(char::is_alphabetic) {
            let text = comment.split_whitespace().collect::<Vec<_>>().join(" ");
            let text = text.chars().take(LONGEST_COMMENT).collect();
            self.facts.hidden.push(HiddenText { text, by: HiddenBy::Comment });
        }
    }

    /// The first title that says something.
    pub(super) fn title(&mut self, text: &str) {
        let title = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if self.facts.title.is_none() && !title.is_empty() {
            self.facts.title = Some(title.chars().take(LONGEST_COMMENT).collect());
        }
    }

    /// Notes what a style text fetches.
    pub(super) fn css(&mut self, css: &str) {
        if css.contains("url(") {
            for target in css_url::targets(css) {
                self.note(target, Source::Css, 0);
            }
        }
    }
}

fn is_event_handler(name: &str) -> bool {
    name.len() > 3 && name.starts_with("on")
}

fn is_fragment(target: &str) -> bool {
    let target = target.trim();
    target.is_empty() || target.starts_with('#')
}

fn is_remote(source: &str) -> bool {
    let scheme = source.split(':').next().unwrap_or_default();
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") || source.starts_with("//")
}

/// At most one pixel wide or high by its attributes.
fn has_no_size(element: &Element) -> bool {
    ["width", "height"].iter().any(|name| {
        let size = element.attribute(name).map(|v| v.trim().trim_end_matches("px").parse::<u32>());
        matches!(size, Some(Ok(0 | 1)))
    })
}
