//! The pages that people read: which there are, and each of them.

use askama::Template;
use fuwake_core::case::Language;
use fuwake_core::publication::{IndicatorKind, Publication};
use fuwake_core::publish::name;
use sha2::{Digest, Sha256};

use super::arrange::{Group, GroupKind, older_pages, on_page};
use super::case::case;
use super::charts::{Bars, Row, bars};
use super::frame::{Frame, SCRIPT, folder};
use super::{Content, LANGUAGES, Page, Site, View, search};

/// Groups that a list of groups tells.
const GROUPS: usize = 500;
/// Rows of a chart.
const ROWS: usize = 15;

/// Every page, in both languages.
pub(super) fn all(site: &Site) -> Vec<Page> {
    let mut views = vec![
        View::Cases(None),
        View::Months,
        View::Search,
        View::Charts,
        View::Lists,
        View::About,
        View::Missing,
    ];
    views.extend((1..=older_pages(site.entries.len())).map(|page| View::Cases(Some(page))));
    views.extend((0..site.entries.len()).map(View::Case));
    views.extend(GroupKind::LISTED.map(View::Groups));
    for kind in GroupKind::ALL {
        for (at, group) in site.arranged.groups(kind).iter().enumerate() {
            views.push(View::Group(kind, at, None));
            let older = if kind == GroupKind::Month { 0 } else { older_pages(group.members.len()) };
            views.extend((1..=older).map(|page| View::Group(kind, at, Some(page))));
        }
    }
    let mut pages = Vec::with_capacity(views.len() * 2);
    for language in LANGUAGES {
        let there = views.iter().filter(|view| is_there(site, language, view));
        pages.extend(there.map(|view| page(site, language, view)));
    }
    pages
}

/// A case has a page in a language in which it was published; the page for wrong addresses stands at the root alone.
fn is_there(site: &Site, language: Language, view: &View) -> bool {
    match view {
        View::Case(at) => site.entries[*at].publication.texts.contains_key(&language),
        View::Missing => language == Language::Ja,
        _ => true,
    }
}

fn page(site: &Site, language: Language, view: &View) -> Page {
    let path = path(site, view);
    let file = if path.ends_with(".html") { "" } else { "index.html" };
    let mut hash = Sha256::new_with_prefix(site.key);
    // Not by the view's own numbers: a new case moves the places of all others.
    hash.update(&path);
    match view {
        View::Case(at) => {
            hash.update(site.entries[*at].stamp);
            hash.update(site.arranged.campaign_of(*at).map_or("", |campaign| campaign.id.as_str()));
        }
        View::Cases(_) => members(site, view).for_each(|at| hash.update(site.entries[at].digest)),
        View::Group(kind, at, _) => {
            // The name may come from a case on another page.
            hash.update(group_name(site, language, *kind, site.group(*kind, *at)));
            members(site, view).for_each(|at| hash.update(site.entries[at].digest));
        }
        View::About | View::Missing => {}
        View::Groups(_) | View::Months | View::Charts | View::Lists | View::Search => {
            site.entries.iter().for_each(|entry| hash.update(entry.digest));
            if *view == View::Lists {
                // Of how many lines the lists have, which changes with the day.
                hash.update(format!("{:?}", site.lists));
            }
        }
    }
    if *view == View::Lists {
        // What drops out by age changes its counts.
        hash.update(super::lists::young(site).len().to_le_bytes());
    }
    // Whether a newer page follows an older one, and how many cases the front page tells of.
    hash.update(siblings(site, view).to_le_bytes());
    Page {
        path: format!("{}{path}{file}", folder(language)),
        key: hash.finalize().into(),
        content: Content::View(language, view.clone()),
    }
}

/// The places of the cases that a page lists.
fn members<'s>(site: &'s Site, view: &View) -> Box<dyn Iterator<Item = usize> + 's> {
    match view {
        View::Cases(page) => Box::new(
            (0..site.entries.len())
                .skip_while({
                    let shown = on_page(&site.entries, *page).as_ptr_range();
                    move |at| !shown.contains(&std::ptr::from_ref(&site.entries[*at]))
                })
                .take(on_page(&site.entries, *page).len()),
        ),
        View::Group(GroupKind::Month, at, _) => {
            Box::new(site.group(GroupKind::Month, *at).members.iter().copied())
        }
        View::Group(kind, at, page) => {
            Box::new(on_page(&site.group(*kind, *at).members, *page).iter().copied())
        }
        _ => Box::new(std::iter::empty()),
    }
}

/// What a page of a list shows of its other pages: an older one, whether another stands between it and the front; the front, how many
/// cases there are in all.
fn siblings(site: &Site, view: &View) -> usize {
    match view {
        View::Cases(Some(page)) => usize::from(*page < older_pages(site.entries.len())),
        View::Group(kind, at, Some(page)) => {
            usize::from(*page < older_pages(site.group(*kind, *at).members.len()))
        }
        View::Cases(None) | View::Group(_, _, None) => site_count(site, view),
        _ => 0,
    }
}

/// The path of a page in either language.
fn path(site: &Site, view: &View) -> String {
    let numbered = |base: String, page: &Option<usize>| match page {
        Some(page) => format!("{base}page/{page}/"),
        None => base,
    };
    match view {
        View::Cases(page) => numbered(String::new(), page),
        View::Case(at) => format!("cases/{}/", site.entries[*at].publication.slug),
        View::Groups(kind) => format!("{}/", kind.folder()),
        View::Group(kind, at, page) => {
            numbered(format!("{}/{}/", kind.folder(), site.group(*kind, *at).id), page)
        }
        View::Months => "months/".to_owned(),
        View::Search => "search/".to_owned(),
        View::Charts => "charts/".to_owned(),
        View::Lists => "lists/".to_owned(),
        View::About => "about/".to_owned(),
        View::Missing => "404.html".to_owned(),
    }
}

/// A page.
pub(super) fn render(
    site: &Site,
    language: Language,
    view: &View,
    read: &dyn Fn(&str, &str) -> Option<String>,
) -> String {
    let frame = |title: &str| Frame::new(site, language, path(site, view), title);
    let words = fuwake_core::publish::SiteWords::of(language);
    let written = match view {
        View::Cases(_) => {
            cases(frame(site.settings.title(language)), view, None, site.settings.lead(language))
        }
        View::Case(at) => case(frame(""), &site.entries[*at], *at, read),
        View::Groups(kind) => groups(frame(kind_words(language, *kind).0), *kind),
        View::Group(kind, at, _) => group(site, language, view, *kind, site.group(*kind, *at)),
        View::Months => months(frame(words.months)),
        View::Search => {
            let mut frame = frame(words.search);
            frame.searches = true;
            let months = month_links(&frame);
            SearchPage { about: search::facts(site, &frame), months, script: SCRIPT, f: frame }.render()
        }
        View::Charts => charts(frame(words.charts)),
        View::Lists => lists(frame(words.lists)),
        View::About => about(frame(words.about)).render(),
        View::Missing => missing(frame(words.missing)).render(),
    };
    written.expect("writing to a string does not fail")
}

/// A case in a list.
pub(super) struct Item {
    pub(super) href: String,
    pub(super) day: String,
    pub(super) class: String,
    pub(super) tone: &'static str,
    pub(super) title: String,
    /// The tag of its language where that is not the page's.
    pub(super) foreign: Option<&'static str>,
    pub(super) summary: String,
    pub(super) brand: Option<(String, String)>,
}

pub(super) fn item(frame: &Frame<'_>, publication: &Publication) -> Option<Item> {
    let (language, text) = publication.text(frame.language)?;
    let path = format!("{}{}cases/{}/", frame.root(), folder(language), publication.slug);
    Some(Item {
        href: path,
        day: publication.day.clone().unwrap_or_default(),
        class: name(frame.language, publication.class.name()).to_owned(),
        tone: tone(publication),
        title: text.title.clone(),
        foreign: (language != frame.language).then(|| language.tag()),
        summary: text.summary.clone(),
        brand: brand(frame, publication),
    })
}

fn brand(frame: &Frame<'_>, publication: &Publication) -> Option<(String, String)> {
    let (_, text) = publication.text(frame.language)?;
    let id = publication.brand.as_ref()?;
    let name = if text.brand.is_empty() { id.clone() } else { text.brand.clone() };
    Some((frame.to(&format!("brands/{id}/")), name))
}

/// A class as a colour; the word stands beside it.
const fn tone(publication: &Publication) -> &'static str {
    if publication.class.is_unwanted() { "bad" } else { "neutral" }
}

#[derive(Template)]
#[template(path = "site/cases.html")]
struct Cases<'s> {
    f: Frame<'s>,
    lead: String,
    items: Vec<Item>,
    count: Option<String>,
    newer: Option<String>,
    older: Option<String>,
}

/// A list of cases: all, or a group's.
fn cases(frame: Frame<'_>, view: &View, base: Option<&str>, lead: &str) -> askama::Result<String> {
    let site = frame.site;
    let (page, count) = match view {
        View::Cases(page) => (*page, site.entries.len()),
        View::Group(GroupKind::Month, at, _) => {
            (None, site.group(GroupKind::Month, *at).members.len().min(1))
        }
        View::Group(kind, at, page) => (*page, site.group(*kind, *at).members.len()),
        _ => (None, 0),
    };
    let older = older_pages(count);
    let link = |page: usize| {
        let base = base.unwrap_or_default();
        frame.to(&if page > older { base.to_owned() } else { format!("{base}page/{page}/") })
    };
    let newer = page.map(|page| link(page + 1));
    let before = page.map_or(older, |page| page - 1);
    let items = members(site, view).filter_map(|at| item(&frame, &site.entries[at].publication)).collect();
    // Older pages must not change with the number of cases.
    let count = page.is_none().then(|| frame.count(&site_count(site, view)));
    let older = (before > 0).then(|| link(before));
    Cases { lead: lead.to_owned(), items, count, newer, older, f: frame }.render()
}

fn site_count(site: &Site, view: &View) -> usize {
    match view {
        View::Group(kind, at, _) => site.group(*kind, *at).members.len(),
        _ => site.entries.len(),
    }
}

/// Title, explanation of all, and explanation of one.
const fn kind_words(language: Language, kind: GroupKind) -> (&'static str, &'static str, &'static str) {
    let words = fuwake_core::publish::SiteWords::of(language);
    match kind {
        GroupKind::Brand => (words.brands, words.brands_lead, words.brand_lead),
        GroupKind::Campaign => (words.campaigns, words.campaigns_lead, words.campaign_lead),
        GroupKind::Network => (words.networks, words.networks_lead, words.network_lead),
        GroupKind::Month => (words.months, words.months_lead, words.months_lead),
    }
}

fn group(
    site: &Site,
    language: Language,
    view: &View,
    kind: GroupKind,
    group: &Group,
) -> askama::Result<String> {
    let title = group_name(site, language, kind, group);
    let (_, _, lead) = kind_words(language, kind);
    let frame = Frame::new(site, language, path(site, view), &title);
    let base = format!("{}/{}/", kind.folder(), group.id);
    cases(frame, view, Some(&base), &lead.replace("{name}", &title))
}

/// What people call a group: by its newest case that says so.
fn group_name(site: &Site, language: Language, kind: GroupKind, group: &Group) -> String {
    let words = fuwake_core::publish::SiteWords::of(language);
    let mut members = group.members.iter().map(|at| &site.entries[*at].publication);
    match kind {
        GroupKind::Brand => {
            let own = |publication: &Publication| {
                publication
                    .texts
                    .get(&language)
                    .map(|text| text.brand.clone())
                    .filter(|brand| !brand.is_empty())
            };
            members.find_map(own).unwrap_or_else(|| group.id.clone())
        }
        GroupKind::Campaign => words.campaign.replace("{name}", &group.id),
        GroupKind::Network => {
            let networks = |publication: &'_ Publication| {
                let all = publication.hosts.iter().flat_map(|host| &host.networks);
                let its = |network: &&fuwake_core::publication::Network| {
                    format!("as{}", network.number) == group.id
                };
                all.into_iter()
                    .find(|network| its(network) && !network.holder.is_empty())
                    .map(|network| network.holder.clone())
            };
            let number = group.id.to_uppercase();
            members.find_map(networks).map_or(number.clone(), |holder| format!("{number} {holder}"))
        }
        GroupKind::Month if group.id == "undated" => words.undated.to_owned(),
        GroupKind::Month => group.id.clone(),
    }
}

#[derive(Template)]
#[template(path = "site/groups.html")]
struct Groups<'s> {
    f: Frame<'s>,
    lead: &'static str,
    rows: Vec<Row>,
    most: Option<String>,
    /// What a row's remark is called; empty where there is none.
    remark: &'static str,
}

fn rows(frame: &Frame<'_>, kind: GroupKind) -> Vec<Row> {
    let site = frame.site;
    let row = |group: &Group| Row {
        href: frame.to(&format!("{}/{}/", kind.folder(), group.id)),
        name: group_name(site, frame.language, kind, group),
        count: group.members.len(),
        share: 0.0,
        newest: group
            .members
            .first()
            .and_then(|at| site.entries[*at].publication.day.clone())
            .unwrap_or_default(),
        remark: if kind == GroupKind::Campaign { about_campaign(frame, group) } else { String::new() },
    };
    let mut rows: Vec<Row> = site.arranged.groups(kind).iter().map(row).collect();
    rows.sort_by(|one, other| (other.count, &other.newest).cmp(&(one.count, &one.newest)));
    rows
}

/// The newest subject of a campaign.
fn about_campaign(frame: &Frame<'_>, group: &Group) -> String {
    let newest = group.members.first().map(|at| &frame.site.entries[*at].publication);
    newest
        .and_then(|newest| newest.text(frame.language))
        .map(|(_, text)| text.title.clone())
        .unwrap_or_default()
}

fn groups(frame: Frame<'_>, kind: GroupKind) -> askama::Result<String> {
    let mut rows = rows(&frame, kind);
    if kind == GroupKind::Campaign {
        rows.sort_by(|one, other| other.newest.cmp(&one.newest));
    }
    let cut = rows.len() > GROUPS;
    rows.truncate(GROUPS);
    let most = cut.then(|| frame.words.most.replace("{n}", &GROUPS.to_string()));
    let remark = if kind == GroupKind::Campaign { frame.words.what } else { "" };
    Groups { lead: kind_words(frame.language, kind).1, rows, most, remark, f: frame }.render()
}

fn month_links(frame: &Frame<'_>) -> Vec<Row> {
    let mut months = rows(frame, GroupKind::Month);
    months.sort_by(|one, other| other.href.cmp(&one.href));
    months
}

fn months(frame: Frame<'_>) -> askama::Result<String> {
    let rows = month_links(&frame);
    Groups { lead: frame.words.months_lead, rows, most: None, remark: "", f: frame }.render()
}

#[derive(Template)]
#[template(path = "site/search.html")]
struct SearchPage<'s> {
    f: Frame<'s>,
    about: search::Facts,
    months: Vec<Row>,
    script: &'static str,
}

#[derive(Template)]
#[template(path = "site/words.html")]
struct Words<'s> {
    f: Frame<'s>,
    heading: Option<&'static str>,
    html: String,
}

/// The author's page, with a heading where his text has none.
fn about(frame: Frame<'_>) -> Words<'_> {
    let html = frame.site.settings.about(frame.language);
    let heading = (!html.contains("<h1>")).then_some(frame.words.about);
    Words { heading, html, f: frame }
}

fn missing(frame: Frame<'_>) -> Words<'_> {
    let html = format!(
        "<p>{}</p>\n<p><a href=\"{}\">{}</a></p>\n",
        frame.words.missing_text,
        frame.to(""),
        frame.words.home
    );
    Words { heading: Some(frame.words.missing), html, f: frame }
}

#[derive(Template)]
#[template(path = "site/charts.html")]
struct Charts<'s> {
    f: Frame<'s>,
    months: Bars,
    tables: Vec<(&'static str, Vec<Row>)>,
}

fn charts(frame: Frame<'_>) -> askama::Result<String> {
    let months = bars(&frame);
    let mut countries = super::charts::countries(&frame);
    countries.truncate(ROWS);
    let top = |kind| {
        let mut rows = rows(&frame, kind);
        rows.truncate(ROWS);
        rows
    };
    let tables = [
        (frame.words.by_brand, top(GroupKind::Brand)),
        (frame.words.by_network, top(GroupKind::Network)),
        (frame.words.by_country, countries),
    ];
    let scaled = tables.map(|(title, rows)| (title, super::charts::scaled(rows)));
    let tables = scaled.into_iter().filter(|(_, rows)| !rows.is_empty()).collect();
    Charts { months, tables, f: frame }.render()
}

#[derive(Template)]
#[template(path = "site/lists.html")]
struct Lists<'s> {
    f: Frame<'s>,
    counts: Vec<(&'static str, usize)>,
}

fn lists(frame: Frame<'_>) -> askama::Result<String> {
    let all = super::lists::young(frame.site);
    let kinds = [IndicatorKind::Domain, IndicatorKind::Hostname, IndicatorKind::Url, IndicatorKind::Sha256];
    let is_of = |its, kind| its == kind || its == IndicatorKind::UrlPrefix && kind == IndicatorKind::Url;
    let count = |kind| all.keys().filter(|(its, _)| is_of(*its, kind)).count();
    let counts = frame.words.kinds.into_iter().zip(kinds.map(count)).collect();
    Lists { counts, f: frame }.render()
}
