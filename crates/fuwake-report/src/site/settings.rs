//! What the author of a site says of it: `site.toml` and `about.<language>.md`.

use std::collections::BTreeMap;

use fuwake_core::case::Language;
use fuwake_core::publish::SiteWords;
use pulldown_cmark::{Event, Options, Parser};
use serde::{Deserialize, Serialize};
use time::macros::format_description;
use time::{Date, Duration};

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
    /// What stands in the lists of what may be blocked.
    pub lists: Lists,
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

/// What stands in the lists of what may be blocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Lists {
    /// For so many days after it was last seen; for ever where it is 0. Names that were given up are registered by others, and sites that
    /// were broken into are cleaned: half a year is what abuse.ch keeps in ThreatFox's exports.
    pub keep_days: u16,
}

impl Default for Lists {
    fn default() -> Self {
        Self { keep_days: 180 }
    }
}

/// What still counts on a day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept {
    pub(super) lists: Lists,
    pub(super) today: Date,
}

impl Kept {
    /// Whether what was last seen on a day, `YYYY-MM-DD`, still stands in the lists.
    pub(super) fn is_young(self, day: &str) -> bool {
        self.dropped(day).is_none_or(|dropped| dropped > self.today)
    }

    /// The day on which it drops out; none where that never happens.
    pub(super) fn dropped(self, day: &str) -> Option<Date> {
        let day = Date::parse(day, format_description!("[year]-[month]-[day]")).ok()?;
        let kept = Duration::days(i64::from(self.lists.keep_days) + 1);
        day.checked_add(kept).filter(|_| self.lists.keep_days > 0)
    }
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
