//! The page of a case: its article, or else its report, and what is related to it.

use askama::Template;
use fuwake_core::publication::{Host, Publication};
use fuwake_core::publish::{country_name, name};

use super::frame::{Frame, folder};
use super::pages::{Item, item};
use super::{Entry, feed};

/// A host of a case: name, roles, networks with their pages.
struct HostRow {
    name: String,
    roles: String,
    networks: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "site/case.html")]
struct CasePage<'s> {
    f: Frame<'s>,
    item: Item,
    /// The article's or the report's own HTML: of our making, every text of it escaped.
    body: Option<String>,
    body_class: &'static str,
    picture: Option<String>,
    campaign: Option<(String, String)>,
    hosts: Vec<HostRow>,
    files: Vec<(String, &'static str)>,
}

/// The page of a case.
pub(super) fn case(
    mut frame: Frame<'_>,
    entry: &Entry,
    at: usize,
    read: &dyn Fn(&str, &str) -> Option<String>,
) -> askama::Result<String> {
    let publication = &entry.publication;
    let tag = frame.tag();
    let (article, report) = (format!("article.{tag}.html"), format!("report.{tag}.html"));
    let content = |file: &str| {
        entry.has(file).then(|| read(&publication.slug, file)).flatten().as_deref().and_then(main_of)
    };
    let (body, body_class) = match content(&article) {
        Some(body) => (Some(body), "article"),
        None => (content(&report), "report"),
    };
    let item = item(&frame, publication).unwrap_or_else(|| unreachable_item(publication));
    frame.title.clone_from(&item.title);
    frame.description.clone_from(&item.summary);
    frame.has_twin = publication.texts.len() > 1;
    let card = format!("card.{tag}.png");
    frame.image =
        entry.has(&card).then(|| format!("{}cases/{}/{card}", folder(frame.language), publication.slug));
    let picture = format!("mail.{tag}.webp");
    let picture = (body_class != "article" && entry.has(&picture)).then_some(picture);
    let campaign = frame.site.arranged.campaign_of(at).map(|campaign| {
        let path = format!("campaigns/{}/", campaign.id);
        (frame.to(&path), frame.words.campaign.replace("{name}", &campaign.id))
    });
    let hosts = publication.hosts.iter().map(|host| host_row(&frame, host)).collect();
    let files = feed::files_of(&frame, entry);
    CasePage { item, body, body_class, picture, campaign, hosts, files, f: frame }.render()
}

/// A record without any text has no page; this is what it would be called.
fn unreachable_item(publication: &Publication) -> Item {
    Item {
        href: String::new(),
        day: String::new(),
        class: String::new(),
        tone: "neutral",
        title: publication.slug.clone(),
        foreign: None,
        summary: String::new(),
        brand: None,
    }
}

fn host_row(frame: &Frame<'_>, host: &Host) -> HostRow {
    let roles: Vec<&str> = host.roles.iter().map(|role| name(frame.language, role)).collect();
    let networks = host.networks.iter().map(|network| {
        let country = country_name(frame.language, &network.country);
        let country = if country.is_empty() { country } else { format!(" ({country})") };
        let name = format!("AS{} {}{country}", network.number, network.holder);
        (frame.to(&format!("networks/as{}/", network.number)), name)
    });
    HostRow {
        name: host.name.clone(),
        roles: roles.join(frame.language.pick("、", ", ")),
        networks: networks.collect(),
    }
}

/// What stands in the `main` of a page of ours.
fn main_of(page: &str) -> Option<String> {
    let (_, rest) = page.split_once("<main")?;
    let (_, rest) = rest.split_once('>')?;
    let (main, _) = rest.rsplit_once("</main>")?;
    Some(main.to_owned())
}
