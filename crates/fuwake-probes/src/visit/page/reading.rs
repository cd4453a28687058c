//! A document's elements in order, and the simple facts that they tell.

use std::collections::BTreeMap;

use fuwake_core::mail::html::tree::{Data, Element, NONE, Tree};
use url::Url;

use crate::visit::steps::{ADDRESS, cut};

use super::{LINE, TEXT};

/// Elements whose text nobody sees.
const UNSEEN: [&str; 7] = ["head", "script", "style", "noscript", "template", "textarea", "select"];
/// Elements that stand in a line; all others begin a new one.
const INLINE: [&str; 14] =
    ["a", "abbr", "b", "code", "em", "font", "i", "label", "small", "span", "strong", "sub", "sup", "u"];

/// Nodes inside an element that its text is read from.
const INSIDE: usize = 2_000;

/// A tree's nodes in the order of the text.
pub(super) struct Order {
    /// Each with how deep it stands.
    nodes: Vec<(u32, u32)>,
    /// Where each node stands in `nodes`.
    places: Vec<usize>,
}

impl Order {
    pub(super) fn new(tree: &Tree) -> Self {
        let mut order = Self { nodes: Vec::new(), places: vec![0; tree.nodes.len()] };
        let (mut node, mut depth) = (tree.nodes[0].first, 1);
        while node != NONE {
            order.places[node as usize] = order.nodes.len();
            order.nodes.push((node, depth));
            if tree.nodes[node as usize].first != NONE {
                (node, depth) = (tree.nodes[node as usize].first, depth + 1);
                continue;
            }
            while node != NONE && tree.nodes[node as usize].next == NONE {
                (node, depth) = (tree.nodes[node as usize].parent, depth - 1);
            }
            node = tree.nodes[node as usize].next;
        }
        order
    }

    /// What stands inside a node.
    fn inside(&self, node: u32) -> impl Iterator<Item = u32> {
        let place = self.places[node as usize];
        let depth = self.nodes.get(place).map_or(0, |(_, depth)| *depth);
        self.nodes.iter().skip(place + 1).take_while(move |(_, inner)| *inner > depth).map(|(node, _)| *node)
    }

    /// What stands before a node, the nearest first.
    pub(super) fn before(&self, node: u32) -> impl Iterator<Item = u32> {
        self.nodes[..self.places[node as usize]].iter().rev().map(|(node, _)| *node)
    }
}

/// A document in order.
pub(super) struct Reading<'t> {
    tree: &'t Tree,
    pub(super) order: &'t Order,
    base: Option<Url>,
    /// Forms by their id, labels by the id of what they are for: the first of each.
    forms: BTreeMap<&'t str, u32>,
    labels: BTreeMap<&'t str, u32>,
}

impl<'t> Reading<'t> {
    pub(super) fn new(tree: &'t Tree, order: &'t Order, base: Option<Url>) -> Self {
        let mut reading = Self { tree, order, base, forms: BTreeMap::new(), labels: BTreeMap::new() };
        (reading.forms, reading.labels) = (reading.first_by("form", "id"), reading.first_by("label", "for"));
        let named = reading.elements("base").find_map(|(_, base)| base.attribute("href"));
        reading.base = named.and_then(|href| reading.resolve(href)).or(reading.base);
        reading
    }

    fn first_by(&self, name: &'static str, attribute: &str) -> BTreeMap<&'t str, u32> {
        let mut first = BTreeMap::new();
        for (node, element) in self.elements(name) {
            if let Some(value) = element.attribute(attribute) {
                first.entry(value).or_insert(node);
            }
        }
        first
    }

    /// The form that has an id.
    pub(super) fn form_of_id(&self, id: &str) -> Option<u32> {
        self.forms.get(id).copied()
    }

    /// The label that names an id.
    pub(super) fn label_for(&self, id: &str) -> Option<u32> {
        self.labels.get(id).copied()
    }

    pub(super) fn element(&self, node: u32) -> Option<&'t Element> {
        match &self.tree.nodes[node as usize].data {
            Data::Element(element) => Some(element),
            _ => None,
        }
    }

    /// All elements with their names, in order.
    pub(super) fn all(&self) -> impl Iterator<Item = (u32, &'t Element)> {
        self.order.nodes.iter().filter_map(|(node, _)| Some((*node, self.element(*node)?)))
    }

    /// The elements of a name.
    pub(super) fn elements(&self, name: &'static str) -> impl Iterator<Item = (u32, &'t Element)> {
        self.all().filter(move |(_, element)| &*element.name.local == name)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &'t str> {
        self.all().map(|(_, element)| &*element.name.local)
    }

    /// What a node stands in, from the inside out.
    pub(super) fn around(&self, node: u32) -> impl Iterator<Item = (u32, &'t Element)> {
        let parent =
            |node: &u32| Some(self.tree.nodes[*node as usize].parent).filter(|parent| *parent != NONE);
        std::iter::successors(parent(&node), parent).filter_map(|node| Some((node, self.element(node)?)))
    }

    /// An address as the page means it.
    pub(super) fn resolve(&self, address: &str) -> Option<Url> {
        let address = address.trim();
        match &self.base {
            Some(base) => base.join(address).ok(),
            None => Url::parse(address).ok(),
        }
    }

    /// The text inside an element, without the choices of a list that stands in it.
    pub(super) fn text_in(&self, node: u32) -> String {
        let is_choice =
            |inner: &u32| self.around(*inner).next().is_some_and(|(_, outer)| &*outer.name.local == "option");
        let texts = self.order.inside(node).take(INSIDE).filter(|inner| !is_choice(inner));
        let texts = texts.filter_map(|inner| self.text_of(inner)).take(200);
        let joined = texts.collect::<Vec<_>>().join(" ");
        cut(&joined.split_whitespace().collect::<Vec<_>>().join(" "), LINE)
    }

    fn text_of(&self, node: u32) -> Option<&'t str> {
        match &self.tree.nodes[node as usize].data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The words of a text node.
    pub(super) fn own_text(&self, node: u32) -> String {
        self.text_of(node)
            .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
            .unwrap_or_default()
    }

    /// What a reader sees, as far as that can be told without drawing it.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let mut unseen = u32::MAX;
        for &(node, depth) in &self.order.nodes {
            if depth > unseen || text.len() > TEXT * 4 {
                continue;
            }
            unseen = u32::MAX;
            match self.element(node) {
                Some(element) if is_unseen(element) => unseen = depth,
                Some(element) if !INLINE.contains(&&*element.name.local) => begin_line(&mut text),
                Some(_) => {}
                None => add_words(&mut text, &self.own_text(node)),
            }
        }
        text.trim().to_owned()
    }

    pub(super) fn title(&self) -> String {
        // Pictures in SVG have titles too.
        let title = self
            .elements("title")
            .find(|(node, _)| !self.around(*node).any(|(_, outer)| &*outer.name.local == "svg"));
        title.map(|(node, _)| self.text_in(node)).unwrap_or_default()
    }

    pub(super) fn language(&self) -> Option<String> {
        let (_, html) = self.elements("html").next()?;
        Some(html.attribute("lang")?.trim().to_owned())
            .filter(|language| !language.is_empty())
            .map(|text| cut(&text, 35))
    }

    pub(super) fn picture_texts(&self) -> Vec<String> {
        let alts = self.elements("img").filter_map(|(_, picture)| picture.attribute("alt"));
        alts.map(str::trim).filter(|alt| !alt.is_empty()).map(|alt| cut(alt, LINE)).collect()
    }

    pub(super) fn links(&self) -> Vec<String> {
        let hrefs = self.all().filter(|(_, element)| matches!(&*element.name.local, "a" | "area"));
        let links = hrefs.filter_map(|(_, link)| self.resolve(link.attribute("href")?));
        let of_the_web = links.filter(|link| matches!(link.scheme(), "http" | "https"));
        of_the_web.map(|link| cut(link.as_str(), ADDRESS)).collect()
    }

    pub(super) fn resources(&self) -> Vec<String> {
        let address = |element: &'t Element| match &*element.name.local {
            "link" => element.attribute("href").filter(|_| {
                let relation = element.attribute("rel").unwrap_or_default().to_ascii_lowercase();
                relation.contains("icon") || relation.contains("stylesheet")
            }),
            "img" | "script" | "iframe" | "frame" | "source" | "embed" | "input" | "video" | "audio" => {
                element.attribute("src")
            }
            _ => None,
        };
        let urls = self.all().filter_map(|(_, element)| self.resolve(address(element)?));
        urls.filter_map(|url| url.host_str().map(str::to_owned)).collect()
    }

    pub(super) fn icon(&self) -> Option<Url> {
        let named = self.elements("link").find(|(_, link)| {
            let relation = link.attribute("rel").unwrap_or_default();
            relation.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("icon"))
        });
        let named = named.and_then(|(_, link)| self.resolve(link.attribute("href")?));
        named.or_else(|| self.resolve("/favicon.ico"))
    }

    pub(super) fn has_scripts(&self) -> bool {
        self.all().any(|(_, element)| {
            let is_handler = |name: &str| name.starts_with("on");
            &*element.name.local == "script"
                || element.attributes.iter().any(|attribute| is_handler(&attribute.name.local))
        })
    }

    /// What browsers (`saved from url=(0024)https://…`) and HTTrack (`Mirrored from …`) write into pages that they save.
    pub(super) fn saved_from(&self) -> Option<String> {
        let comments =
            self.order.nodes.iter().filter_map(|(node, _)| match &self.tree.nodes[*node as usize].data {
                Data::Comment(text) => Some(&**text),
                _ => None,
            });
        comments.take(200).find_map(|comment| {
            let saved = comment.split_once("saved from url=(").and_then(|(_, rest)| rest.split_once(')'));
            let mirrored = || comment.split_once("Mirrored from ").map(|(_, rest)| ("", rest));
            let address = saved.or_else(mirrored)?.1.split_whitespace().next()?;
            Some(cut(address, ADDRESS))
        })
    }
}

fn is_unseen(element: &Element) -> bool {
    UNSEEN.contains(&&*element.name.local) || element.attribute("hidden").is_some()
}

fn begin_line(text: &mut String) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

fn add_words(text: &mut String, words: &str) {
    if !words.is_empty() && !text.is_empty() && !text.ends_with('\n') {
        text.push(' ');
    }
    text.push_str(words);
}
