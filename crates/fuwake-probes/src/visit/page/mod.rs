//! Facts of a page, read from its document as it stood, by the same parser that reads mails.

mod fields;
mod reading;
mod shape;

use fuwake_core::evidence::visit::Page;
use fuwake_core::mail::html::tree;
use url::Url;

use super::capture::Document;
use super::controls::Controls;
use super::steps::cut;
use reading::{Order, Reading};

/// Characters of the visible text that are kept.
const TEXT: usize = 20_000;
/// Forms, links and texts of pictures that are kept.
const FORMS: usize = 30;
const LINKS: usize = 300;
const HOSTS: usize = 300;
/// Characters of a title or a text of a picture.
const LINE: usize = 300;

/// A page as it was read.
#[derive(Debug, PartialEq)]
pub(super) struct Read {
    pub(super) page: Page,
    /// More stands on it than is read.
    pub(super) is_cut: bool,
}

/// Reads the documents of a page, its own first, and what the browser says of its controls.
pub(super) fn read(documents: &[Document], controls: Option<&Controls>) -> Option<Read> {
    let (own, frames) = documents.split_first()?;
    let Read { mut page, mut is_cut } = one(own, controls);
    for frame in frames {
        let Read { page: inner, is_cut: inner_is_cut } = one(frame, None);
        is_cut |= inner_is_cut;
        // A frame that is not seen still takes what is entered; what it says is not the page's.
        if page.title.is_empty() && frame.is_whole {
            page.title = inner.title;
        }
        if frame.is_whole {
            page.dead_controls.extend(inner.dead_controls);
            page.saved_from = page.saved_from.or(inner.saved_from);
        }
        if !frame.is_unseen {
            join(&mut page.text, &inner.text);
            page.picture_texts.extend(inner.picture_texts);
        }
        page.forms.extend(inner.forms);
        page.links.extend(inner.links);
        page.resources.extend(inner.resources);
    }
    is_cut |= page.forms.len() > FORMS;
    page.forms.truncate(FORMS);
    page.links = each_once(page.links);
    page.picture_texts = each_once(page.picture_texts);
    page.resources = hosts(page.resources);
    page.text = cut(&page.text, TEXT);
    Some(Read { page, is_cut })
}

/// Hosts in order, each once and as many as are kept; none has a longer name (RFC 1035 section 2.3.4).
pub(super) fn hosts(mut hosts: Vec<String>) -> Vec<String> {
    hosts.retain(|host| host.len() <= 253);
    hosts.sort();
    hosts.dedup();
    hosts.truncate(HOSTS);
    hosts
}

fn join(text: &mut String, more: &str) {
    if !text.is_empty() && !more.is_empty() {
        text.push('\n');
    }
    text.push_str(more);
}

fn each_once(all: Vec<String>) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    all.into_iter().filter(|one| seen.insert(one.clone())).take(LINKS).collect()
}

fn one(document: &Document, controls: Option<&Controls>) -> Read {
    let tree = tree::parse(&document.html);
    let order = Order::new(&tree);
    // What a script made has no address of the web; what its addresses are relative to, the browser knows.
    let base = if document.url.starts_with("http") { &document.url } else { &document.base };
    let reading = Reading::new(&tree, &order, Url::parse(base).ok());
    let mut forms = fields::forms(&reading);
    let told = controls.map(|controls| controls.forms.iter().zip(&mut forms));
    told.into_iter().flatten().for_each(|(by_script, form)| form.by_script |= by_script);
    let dead_controls = match controls {
        Some(controls) => controls.dead.clone(),
        None => fields::dead_controls(&reading),
    };
    let is_cut = tree.cut || document.is_cut || fields::are_too_many(&reading);
    forms.extend(fields::loose(&reading, controls.is_some_and(|controls| controls.takes_loose)));
    let text = if document.text.is_empty() { reading.text() } else { document.text.clone() };
    let page = Page {
        url: document.maker.as_ref().unwrap_or(&document.url).clone(),
        media_type: document.media_type.clone(),
        title: cut(reading.title().trim(), LINE),
        language: reading.language(),
        text,
        forms,
        picture_texts: reading.picture_texts(),
        icon: None,
        links: reading.links(),
        resources: reading.resources(),
        saved_from: reading.saved_from(),
        dead_controls,
        look: None,
        shape: shape::shape(reading.names()),
    };
    Read { page, is_cut }
}

/// Where a page wants its icon to be got from.
pub(super) fn icon(document: &Document) -> Option<Url> {
    let tree = tree::parse(&document.html);
    let order = Order::new(&tree);
    Reading::new(&tree, &order, Url::parse(&document.url).ok()).icon()
}

/// What `<meta http-equiv=refresh>` says.
pub(super) fn refresh(document: &Document) -> Option<String> {
    let tree = tree::parse(&document.html);
    let order = Order::new(&tree);
    let reading = Reading::new(&tree, &order, None);
    let refresh = reading.elements("meta").find(|(_, meta)| {
        meta.attribute("http-equiv").is_some_and(|name| name.trim().eq_ignore_ascii_case("refresh"))
    });
    refresh.and_then(|(_, meta)| meta.attribute("content")).map(str::to_owned)
}

/// Seconds and target of a refresh: `0; url='https://…'` (HTML section 4.2.5.3). None where it only loads the page again.
pub(super) fn refresh_target(words: &str) -> Option<(u64, &str)> {
    let (delay, rest) = words.trim_start().split_once([';', ',', ' '])?;
    let seconds = delay.split('.').next().unwrap_or_default();
    let rest = rest.trim_start_matches([';', ',', ' ']);
    let named = rest.get(..3).filter(|word| word.eq_ignore_ascii_case("url")).and_then(|_| rest.get(3..));
    let target = named.and_then(|rest| rest.trim_start().strip_prefix('=')).unwrap_or(rest).trim();
    let target = target.trim_matches(['"', '\'']);
    (!target.is_empty()).then_some((seconds.parse().unwrap_or(0), target))
}

#[cfg(test)]
mod tests;
