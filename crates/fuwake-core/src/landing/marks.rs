//! Pages that are none of their owner's making, known by what they say (`data/pages`).

use crate::evidence::visit::Visit;
use crate::fold::fold;
use crate::knowledge::domains::is_within;
use crate::knowledge::{Knowledge, PageMark};

use super::kind::site;

/// Characters of text that marks are sought in.
const MOST: usize = 4_000;
/// Pages that stand in the place of another are short; a longer one that has their words in it speaks of them. In characters.
const SHORT: usize = 1_000;

/// Whether the page is of a kind.
pub(crate) fn is(knowledge: &Knowledge, kind: &str, visit: &Visit, url: &str) -> bool {
    let mut marks = knowledge.page_marks(kind).peekable();
    marks.peek().is_some() && {
        let said = Said::of(visit, url);
        marks.any(|mark| said.bears(mark))
    }
}

/// Whether a mark of a page that warns of fraud is there.
pub(crate) fn warns(knowledge: &Knowledge, visit: &Visit, url: &str) -> bool {
    let said = Said::of(visit, url);
    knowledge.page_marks("blocked").any(|mark| mark.warns && said.bears(mark))
}

/// What a page says of itself.
struct Said<'a> {
    title: String,
    text: String,
    behind: String,
    is_short: bool,
    visit: &'a Visit,
}

impl<'a> Said<'a> {
    fn of(visit: &'a Visit, url: &str) -> Self {
        let (title, text) = visit.page.as_ref().map_or(("", ""), |page| (&page.title, &page.text));
        let is_short = text.chars().filter(|c| !c.is_whitespace()).nth(SHORT).is_none();
        let text: String = text.chars().take(MOST).collect();
        let behind = url.split_once("://").and_then(|(_, rest)| rest.find('/').and_then(|at| rest.get(at..)));
        Self {
            title: fold(title).text,
            text: fold(&text).text,
            behind: behind.unwrap_or_default().to_ascii_lowercase(),
            is_short,
            visit,
        }
    }

    fn bears(&self, mark: &PageMark) -> bool {
        let has = |text: &str, parts: &[String]| parts.iter().any(|part| text.contains(part.as_str()));
        // A site's own error page bears its menus and footers.
        let bare = self.is_short || mark.kind == "error";
        // Whoever writes of fraud has its words in his titles too.
        has(&self.title, &mark.titles) && (self.is_short || !mark.warns)
            || bare && has(&self.text, &mark.texts)
            || has(&self.behind, &mark.urls)
            || self.asked_one_of(&mark.hosts)
    }

    /// A host of the list was asked for something, and hardly anything else stands there.
    fn asked_one_of(&self, hosts: &[String]) -> bool {
        const BARE: usize = 400;
        let asked = || {
            self.visit.contacts.iter().any(|contact| hosts.iter().any(|host| is_within(&contact.host, host)))
        };
        !hosts.is_empty() && self.text.len() < BARE && asked()
    }
}

impl super::kind::Seen<'_> {
    /// The page, or what it is made of, comes from a service that parks names.
    pub(super) fn stands_at_a_parking_service(&self, page: &crate::evidence::visit::Page) -> bool {
        let resources = page.resources.iter().map(String::as_str);
        let mut hosts = resources.chain([self.host]);
        hosts.any(|host| self.knowledge.is_parking_service(host) && site(host) != site(self.first_host()))
    }

    fn first_host(&self) -> &str {
        let first = self.visit.steps.first().map_or("", |step| step.url.as_str());
        first
            .split_once("://")
            .map_or("", |(_, rest)| rest.split(['/', '?', '#', ':']).next().unwrap_or_default())
    }
}
