//! What all pages share: head, navigation, addresses.

use data_encoding::BASE64;
use fuwake_core::case::Language;
use fuwake_core::publish::SiteWords;
use sha2::{Digest, Sha256};

use super::{LANGUAGES, Settings, Site};

/// The one style sheet: that of reports and articles, and the site's own.
pub(super) const STYLE: [&str; 3] = [
    include_str!("../../templates/report.css"),
    include_str!("../../templates/article.css"),
    include_str!("../../templates/site/site.css"),
];
/// The script of the search page.
pub(super) const SCRIPT: &str = include_str!("../../templates/site/search.js");
/// What pages are made by: where one of them changes, so do pages.
const TEMPLATES: [&str; 9] = [
    include_str!("../../templates/site/layout.html"),
    include_str!("../../templates/site/cases.html"),
    include_str!("../../templates/site/items.html"),
    include_str!("../../templates/site/case.html"),
    include_str!("../../templates/site/groups.html"),
    include_str!("../../templates/site/search.html"),
    include_str!("../../templates/site/charts.html"),
    include_str!("../../templates/site/lists.html"),
    include_str!("../../templates/site/words.html"),
];

/// Differs where every page may differ.
pub(super) fn key(settings: &Settings) -> [u8; 32] {
    let mut hash = Sha256::new_with_prefix(env!("CARGO_PKG_VERSION"));
    TEMPLATES.iter().chain(&[SCRIPT]).for_each(|template| hash.update(template));
    LANGUAGES.iter().for_each(|language| hash.update(format!("{:?}", SiteWords::of(*language))));
    hash.update(format!("{settings:?}"));
    hash.finalize().into()
}

/// The folder of a language.
pub(super) const fn folder(language: Language) -> &'static str {
    language.pick("", "en/")
}

/// What stands around a page.
pub(super) struct Frame<'s> {
    pub(super) site: &'s Site,
    pub(super) words: &'static SiteWords,
    pub(super) language: Language,
    /// The page's path in either language: `brands/amazon/`.
    pub(super) path: String,
    pub(super) title: String,
    pub(super) description: String,
    /// A picture for where others link to the page, by its path.
    pub(super) image: Option<String>,
    /// Whether the page is there in the other language.
    pub(super) has_twin: bool,
    /// The page searches.
    pub(super) searches: bool,
}

impl<'s> Frame<'s> {
    pub(super) fn new(site: &'s Site, language: Language, path: impl Into<String>, title: &str) -> Self {
        Self {
            site,
            words: SiteWords::of(language),
            language,
            path: path.into(),
            title: title.to_owned(),
            description: site.settings.lead(language).to_owned(),
            image: None,
            has_twin: true,
            searches: false,
        }
    }

    pub(super) fn tag(&self) -> &'static str {
        self.language.tag()
    }

    pub(super) fn other_tag(&self) -> &'static str {
        self.other().tag()
    }

    const fn other(&self) -> Language {
        match self.language {
            Language::Ja => Language::En,
            Language::En => Language::Ja,
        }
    }

    /// The way from the page to the site's root. A page that is shown for any address must name the whole path.
    pub(super) fn root(&self) -> String {
        if self.path == "404.html" {
            return self.site.settings.base_path();
        }
        let depth = self.path.matches('/').count() + folder(self.language).matches('/').count();
        if depth == 0 { "./".to_owned() } else { "../".repeat(depth) }
    }

    /// A link to a page of the same language.
    pub(super) fn to(&self, path: &str) -> String {
        format!("{}{}{path}", self.root(), folder(self.language))
    }

    /// A link to the same page in the other language, else to its front page.
    pub(super) fn twin(&self) -> String {
        let path = if self.has_twin && self.path != "404.html" { self.path.as_str() } else { "" };
        format!("{}{}{path}", self.root(), folder(self.other()))
    }

    /// The address of this page in a language: whole where that is known.
    pub(super) fn address(&self, english: bool) -> String {
        let language = if english { Language::En } else { Language::Ja };
        let path = format!("{}{}", folder(language), self.path);
        self.site.settings.absolute(&path).unwrap_or_else(|| format!("{}{path}", self.root()))
    }

    pub(super) fn canonical(&self) -> Option<String> {
        self.site.settings.absolute(&format!("{}{}", folder(self.language), self.path))
    }

    pub(super) fn image(&self) -> Option<String> {
        self.site.settings.absolute(self.image.as_deref()?)
    }

    pub(super) fn site_title(&self) -> &str {
        self.site.settings.title(self.language)
    }

    /// In the browser's title bar.
    pub(super) fn whole_title(&self) -> String {
        if self.path.is_empty() {
            self.site_title().to_owned()
        } else {
            format!("{} | {}", self.title, self.site_title())
        }
    }

    /// What the page may load and run (CSP level 3): our style sheet, pictures of the site, and on the search page the one script.
    pub(super) fn policy(&self) -> String {
        let search = self.searches.then(|| {
            let hash = BASE64.encode(&Sha256::digest(SCRIPT));
            format!("script-src 'sha256-{hash}'; connect-src 'self'; ")
        });
        let form = if self.searches { "'self'" } else { "'none'" };
        format!(
            "default-src 'none'; style-src 'self'; img-src 'self' data:; {}base-uri 'none'; form-action {form}",
            search.unwrap_or_default()
        )
    }

    /// The pages in the navigation: path, name.
    pub(super) fn navigation(&self) -> [(&'static str, &'static str); 7] {
        let words = self.words;
        [
            ("", words.cases),
            ("brands/", words.brands),
            ("campaigns/", words.campaigns),
            ("networks/", words.networks),
            ("charts/", words.charts),
            ("lists/", words.lists),
            ("search/", words.search),
        ]
    }

    /// A number of cases in words.
    pub(super) fn count(&self, cases: &usize) -> String {
        match cases {
            1 => self.words.one_case.to_owned(),
            cases => self.words.cases_of.replace("{n}", &cases.to_string()),
        }
    }

    /// Whether a page of the navigation is this one.
    pub(super) fn is_here(&self, path: &str) -> bool {
        path == self.path
    }
}
