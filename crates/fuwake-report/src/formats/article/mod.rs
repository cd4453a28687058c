//! An article as files: Markdown with the front matter of a site, or what WordPress imports; a page of HTML; and its pictures beside them.

mod front_matter;
pub(super) mod marks;
mod wordpress;

use fuwake_core::report::{Article, Block, Content, Figure};

use super::{html, markdown};

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, which nothing from the mail stands in.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// For which kind of site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Site {
    /// None in particular: YAML that most read.
    #[default]
    Any,
    /// Hugo: a page of a bundle, YAML.
    Hugo,
    /// Jekyll: a folder with a post, YAML.
    Jekyll,
    /// WordPress: an export file (WXR 1.2) for its importer, a draft made of blocks.
    WordPress,
    /// Zola: a page of a bundle, TOML.
    Zola,
}

impl Site {
    /// What the article's file is called. Hugo and Zola take a folder with `index.<language>.md` and pictures beside it as a page; Jekyll
    /// takes what lies in a folder `_posts`, at any place, with the day before the name, and copies what lies around it.
    fn file(self, article: &Article) -> String {
        let (language, slug) = (article.language.tag(), &article.front.slug);
        match self {
            Self::Any => format!("article.{language}.md"),
            Self::Hugo | Self::Zola => format!("index.{language}.md"),
            Self::Jekyll => match article.front.date.as_deref().and_then(|date| date.get(..10)) {
                Some(day) if slug.starts_with(day) => format!("_posts/{slug}.{language}.md"),
                Some(day) => format!("_posts/{day}-{slug}.{language}.md"),
                None => format!("{slug}.{language}.md"),
            },
            Self::WordPress => format!("article.{language}.wordpress.xml"),
        }
    }
}

/// The article's files. `before` reads what a file of that name holds already: what its author wrote between the marks is kept.
#[must_use]
pub fn write(article: &Article, site: Site, before: &dyn Fn(&str) -> Option<String>) -> Vec<File> {
    let name = site.file(article);
    let text = match site {
        Site::WordPress => wordpress::export(article),
        _ => format!(
            "{}\n{}",
            front_matter::of(article, site),
            markdown::body(article, before(&name).as_deref())
        ),
    };
    let page = format!("article.{}.html", article.language.tag());
    let html = html::page(article, before(&page).as_deref());
    let mut files =
        vec![File { name, bytes: text.into_bytes() }, File { name: page, bytes: html.into_bytes() }];
    files.extend(figures(article).filter_map(picture));
    files
}

/// The figures, in reading order.
fn figures(article: &Article) -> impl Iterator<Item = &Figure> {
    let sections = std::iter::once(&article.lead).chain(&article.sections);
    sections.flat_map(|section| &section.blocks).filter_map(|block| match block {
        Block::Figure(figure) => Some(figure),
        _ => None,
    })
}

fn picture(figure: &Figure) -> Option<File> {
    let bytes = match &figure.content {
        Content::Elsewhere => return None,
        Content::Webp(bytes) => bytes.clone(),
        content @ (Content::Map(_) | Content::Path(_)) => html::drawing(content)?.into_bytes(),
    };
    Some(File { name: figure.file.clone(), bytes })
}
