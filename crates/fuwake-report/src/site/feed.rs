//! What programs read to follow a site: Atom (RFC 4287), the site map (sitemaps.org 0.9), robots (RFC 9309).

use askama::Template;
use fuwake_core::case::Language;
use fuwake_core::publish::name;
use uuid::{Uuid, uuid};

use super::frame::{Frame, folder};
use super::{Content, Entry, LANGUAGES, Page, Site, View};

/// Under which entries are named.
const OWN: Uuid = uuid!("8d0a3f5e-1c1b-5a52-9a0e-6f3f5b7c2d11");
/// Cases in a feed.
const NEWEST: usize = 50;
/// Addresses in one site map; the protocol allows 50,000.
const ADDRESSES: usize = 40_000;

/// Feeds, robots, and maps of the pages that people read.
pub(super) fn files(site: &Site, pages: &[Page]) -> Vec<Page> {
    let mut files: Vec<Page> = LANGUAGES.iter().map(|language| feed(site, *language)).collect();
    let maps = maps(site, pages);
    let map = maps.first().and_then(|_| site.settings.absolute("sitemap.xml"));
    let map = map.map(|map| format!("Sitemap: {map}\n")).unwrap_or_default();
    files.push(Page::ready("robots.txt", format!("User-agent: *\nAllow: /\n{map}").into_bytes()));
    files.extend(maps);
    files
}

struct Item {
    id: String,
    href: String,
    title: String,
    summary: String,
    updated: String,
    class: String,
}

#[derive(Template)]
#[template(path = "site/atom.xml")]
struct Atom<'s> {
    language: &'static str,
    title: &'s str,
    subtitle: &'s str,
    author: &'s str,
    id: String,
    own: String,
    home: String,
    updated: String,
    items: Vec<Item>,
}

fn feed(site: &Site, language: Language) -> Page {
    let folder = folder(language);
    let whole = |path: &str| site.settings.absolute(&format!("{folder}{path}"));
    let title = site.settings.title(language);
    let items: Vec<Item> =
        site.entries.iter().take(NEWEST).filter_map(|entry| item(site, entry, language)).collect();
    let newest = items.iter().map(|item| item.updated.clone()).max();
    let atom = Atom {
        language: language.tag(),
        title,
        subtitle: site.settings.lead(language),
        author: site.settings.author.as_ref().map_or(title, |author| author.name.as_str()),
        // Without an address a feed is named by what it is of.
        id: whole("").unwrap_or_else(|| identity(&format!("{title}/{}", language.tag()))),
        own: whole("feed.xml").unwrap_or_else(|| "feed.xml".to_owned()),
        home: whole("").unwrap_or_else(|| "./".to_owned()),
        updated: newest.unwrap_or_else(|| "1970-01-01T00:00:00Z".to_owned()),
        items,
    };
    let xml = atom.render().expect("writing to a string does not fail");
    Page::ready(format!("{folder}feed.xml"), characters(&xml).into_bytes())
}

fn item(site: &Site, entry: &Entry, language: Language) -> Option<Item> {
    let publication = &entry.publication;
    let (its, text) = publication.text(language)?;
    let path = format!("{}cases/{}/", folder(its), publication.slug);
    // From `en/feed.xml` a page in Japanese stands above, one in English beside it.
    let near = format!("{}{path}", if language == Language::En { "../" } else { "" });
    Some(Item {
        id: identity(&format!("{}/{}", publication.sha256, its.tag())),
        href: site.settings.absolute(&path).unwrap_or(near),
        title: text.title.clone(),
        summary: text.summary.clone(),
        updated: publication.updated.clone(),
        class: name(language, publication.class.name()).to_owned(),
    })
}

/// A name that is the same for the same text (RFC 9562).
fn identity(text: &str) -> String {
    format!("urn:uuid:{}", Uuid::new_v5(&OWN, text.as_bytes()))
}

/// Without what no XML document may hold (XML 1.0 section 2.2).
fn characters(xml: &str) -> String {
    xml.chars().filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}') && (!c.is_control() || *c == '\n')).collect()
}

/// The site map, or several and one of them all; none where nobody said where the site stands.
fn maps(site: &Site, pages: &[Page]) -> Vec<Page> {
    if site.settings.base_url.is_none() {
        return Vec::new();
    }
    let shown = pages.iter().filter(|page| !matches!(page.content, Content::View(_, View::Missing)));
    let address =
        |page: &Page| site.settings.absolute(page.path.strip_suffix("index.html").unwrap_or(&page.path));
    let addresses: Vec<String> = shown.filter_map(address).collect();
    let set = |addresses: &[String]| listing("urlset", "url", addresses);
    if addresses.len() <= ADDRESSES {
        return vec![Page::ready("sitemap.xml", set(&addresses))];
    }
    let name = |number: usize| format!("sitemap-{}.xml", number + 1);
    let parts = addresses.chunks(ADDRESSES).enumerate();
    let mut maps: Vec<Page> = parts.map(|(number, part)| Page::ready(name(number), set(part))).collect();
    let whole: Vec<String> = maps.iter().filter_map(|map| site.settings.absolute(&map.path)).collect();
    maps.push(Page::ready("sitemap.xml", listing("sitemapindex", "sitemap", &whole)));
    maps
}

fn listing(root: &str, element: &str, addresses: &[String]) -> Vec<u8> {
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
    );
    for address in addresses {
        let address = address.replace('&', "&amp;").replace('<', "&lt;");
        xml.push_str(&format!("<{element}><loc>{address}</loc></{element}>\n"));
    }
    xml.push_str(&format!("</{root}>\n"));
    characters(&xml).into_bytes()
}

/// The other forms of a case, beside its page: name and what it is.
pub(super) fn files_of(frame: &Frame<'_>, entry: &Entry) -> Vec<(String, &'static str)> {
    let tag = frame.tag();
    let other = if tag == "ja" { ".en." } else { ".ja." };
    let slug = &entry.publication.slug;
    let picture = |file: &str| file.ends_with(".webp") || file.ends_with(".png") || file.ends_with(".svg");
    let shown = entry
        .files
        .iter()
        .filter(|file| !file.contains(other) && !picture(file) && super::is_shown(entry, file));
    shown
        .map(|file| {
            let beside = tag == "ja" || file.contains(".en.");
            let href = if beside { file.clone() } else { format!("{}cases/{slug}/{file}", frame.root()) };
            (href, kind(file))
        })
        .collect()
}

/// What a file is called among its likes.
fn kind(file: &str) -> &'static str {
    let kinds = [
        (".pdf", "PDF"),
        (".html", "HTML"),
        (".md", "Markdown"),
        (".txt", "Text"),
        ("stix.json", "STIX 2.1"),
        ("misp.json", "MISP"),
        ("indicators.csv", "CSV"),
        ("indicators.json", "JSON"),
        ("rpz.zone", "RPZ"),
    ];
    kinds.into_iter().find(|(ending, _)| file.ends_with(ending)).map_or("", |(_, name)| name)
}
