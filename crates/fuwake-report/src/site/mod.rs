//! A site of published cases: which pages there are and how they look. It is made of [`Publication`] records and the files beside them;
//! reading and writing them is the program's. The same records give the same bytes, but for what drops
//! out of the lists of what may be blocked as days go by.

mod arrange;
mod case;
mod charts;
mod feed;
mod frame;
mod lists;
mod pages;
mod search;
mod settings;

use fuwake_core::case::Language;
use fuwake_core::publication::Publication;

pub use arrange::GroupKind;
pub use settings::{Author, Lists, Settings};

use arrange::{Arrangement, Group};
use settings::Kept;

/// Both, as the site has them: Japanese at its root, English below `en/`.
pub const LANGUAGES: [Language; 2] = [Language::Ja, Language::En];

/// A published case.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its record.
    pub publication: Publication,
    /// The other files of its folder that a site shows, sorted.
    pub files: Vec<String>,
    /// Differs where the record differs.
    pub digest: [u8; 32],
    /// Differs where any file of the folder may differ.
    pub stamp: [u8; 32],
}

impl Entry {
    /// Whether its folder holds a file.
    fn has(&self, name: &str) -> bool {
        self.files.binary_search_by(|file| file.as_str().cmp(name)).is_ok()
    }
}

/// A file of the site.
#[derive(Debug)]
pub struct Page {
    /// Its path below the site's folder, with `/`.
    pub path: String,
    /// Differs where what it is made of differs.
    pub key: [u8; 32],
    content: Content,
}

/// How a file comes to its bytes.
#[derive(Debug)]
enum Content {
    /// They are there.
    Ready(Vec<u8>),
    /// They are made when they are needed.
    View(Language, View),
}

/// A page that is made when it is needed; numbers are places in [`Arrangement`].
#[derive(Clone, Debug, PartialEq, Eq)]
enum View {
    /// The cases, newest first: the front page, or one of the older ones.
    Cases(Option<usize>),
    Case(usize),
    /// All groups of a kind.
    Groups(GroupKind),
    /// One group's cases.
    Group(GroupKind, usize, Option<usize>),
    Months,
    Search,
    Charts,
    Lists,
    About,
    Missing,
}

/// A site.
#[derive(Debug)]
pub struct Site {
    settings: Settings,
    entries: Vec<Entry>,
    arranged: Arrangement,
    /// Of what may be blocked, what still counts.
    lists: Kept,
    /// Of the settings, the templates and the words.
    key: [u8; 32],
}

impl Site {
    /// A site of cases, in whatever order they come, as it is on a day.
    #[must_use]
    pub fn new(mut entries: Vec<Entry>, settings: Settings, today: time::Date) -> Self {
        // Newest first; what has no day last.
        entries.sort_unstable_by(|one, other| {
            let (one, other) = (&one.publication, &other.publication);
            (&other.day, &other.slug).cmp(&(&one.day, &one.slug))
        });
        let arranged = Arrangement::new(&entries);
        let key = frame::key(&settings);
        let lists = Kept { lists: settings.lists, today };
        Self { settings, entries, arranged, lists, key }
    }

    /// Every file of the site but the index of its search and those that are copied from the cases' folders, each path once.
    #[must_use]
    pub fn pages(&self) -> Vec<Page> {
        let mut pages = pages::all(self);
        pages.extend(feed::files(self, &pages));
        pages.extend(lists::files(self));
        pages.push(Page::ready("style.css", frame::STYLE.concat().into_bytes()));
        pages
    }

    /// The index of the search. It takes as long as all pages, and may be made at the same time.
    #[must_use]
    pub fn search(&self) -> Vec<Page> {
        search::files(self)
    }

    /// The bytes of a page; `read` gives the text of a file of a case's folder.
    #[must_use]
    pub fn render(&self, page: &Page, read: &dyn Fn(&str, &str) -> Option<String>) -> Vec<u8> {
        match &page.content {
            Content::Ready(bytes) => bytes.clone(),
            Content::View(language, view) => pages::render(self, *language, view, read).into_bytes(),
        }
    }

    /// The files of the cases' folders that belong to the site: folder, name there, path below the site's folder. A case's page in
    /// English stands in a folder of its own, with the pictures that it shows.
    #[must_use]
    pub fn copies(&self) -> Vec<(&Entry, &str, String)> {
        let mut copies = Vec::new();
        for entry in &self.entries {
            let slug = &entry.publication.slug;
            for file in entry.files.iter().filter(|file| is_shown(entry, file)) {
                let english = file.contains(".en.");
                if english || file.starts_with("page-") {
                    copies.push((entry, file.as_str(), format!("en/cases/{slug}/{file}")));
                }
                if !english {
                    copies.push((entry, file.as_str(), format!("cases/{slug}/{file}")));
                }
            }
        }
        copies
    }

    /// How many cases there are.
    #[must_use]
    pub fn cases(&self) -> usize {
        self.entries.len()
    }

    /// A group of a kind, by its place.
    fn group(&self, kind: GroupKind, at: usize) -> &Group {
        &self.arranged.groups(kind)[at]
    }
}

/// Whether a file is worth a place of its own: the article's HTML is in the page already.
fn is_shown(entry: &Entry, file: &str) -> bool {
    let report = file.starts_with("report.") && file.ends_with(".html");
    let tag = if file.contains(".en.") { "en" } else { "ja" };
    !file.starts_with("article.")
        && !file.starts_with("index.")
        && (!report || entry.has(&format!("article.{tag}.html")))
}

impl Page {
    /// A file whose bytes are there; it is told from others by them.
    fn ready(path: impl Into<String>, bytes: Vec<u8>) -> Self {
        use sha2::{Digest, Sha256};
        Self { path: path.into(), key: Sha256::digest(&bytes).into(), content: Content::Ready(bytes) }
    }
}
