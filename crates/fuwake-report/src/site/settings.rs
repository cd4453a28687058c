//! What the author of a site says of it: `site.toml` and `about.<language>.md`.

use std::collections::BTreeMap;

use fuwake_core::case::Language;
use fuwake_core::publish::SiteWords;
use pulldown_cmark::{Event, Options, Parser};
use serde::{Deserialize, Serialize};

/// The author's own words; what he leaves out is said by the program.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Settings {
    /// Where the site will stand: `https://example.jp/mail/`. Feeds and the site map need it; pages link to each other without it.
    pub base_url: Option<String>,
    /// The site's name by language.
    pub title: BTreeMap<Language, String>,
    /// A sentence or two on the front page.
    pub lead: BTreeMap<Language, String>,
    /// Who publishes.
    pub author: Option<Author>,
    /// The page about the site, in Markdown; from a file of its own.
    #[serde(skip_deserializing)]
    pub about: BTreeMap<Language, String>,
}

/// Who publishes a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Author {
    /// A name, of a person or a body.
    pub name: String,
}

impl Settings {
    /// The site's name.
    #[must_use]
    pub fn title(&self, language: Language) -> &str {
        self.title.get(&language).map_or(SiteWords::of(language).title, String::as_str)
    }

    pub(super) fn lead(&self, language: Language) -> &str {
        self.lead.get(&language).map_or(SiteWords::of(language).lead, String::as_str)
    }

    /// The page about the site as HTML. HTML in the Markdown stays text.
    pub(super) fn about(&self, language: Language) -> String {
        let text = self.about.get(&language).map_or(SiteWords::of(language).about_text, String::as_str);
        let events = Parser::new_ext(text, Options::ENABLE_TABLES).map(|event| match event {
            Event::Html(html) | Event::InlineHtml(html) => Event::Text(html),
            other => other,
        });
        let mut html = String::new();
        pulldown_cmark::html::push_html(&mut html, events);
        html
    }

    /// A path as a whole address; none where nobody said where the site stands.
    pub(super) fn absolute(&self, path: &str) -> Option<String> {
        let base = self.base_url.as_deref()?;
        Some(format!("{}/{path}", base.trim_end_matches('/')))
    }

    /// The path at which the site stands on its server, with `/` at both ends.
    pub(super) fn base_path(&self) -> String {
        let base = self.base_url.as_deref().unwrap_or_default();
        let path =
            base.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
        match path.trim_matches('/') {
            "" => "/".to_owned(),
            path => format!("/{path}/"),
        }
    }
}
