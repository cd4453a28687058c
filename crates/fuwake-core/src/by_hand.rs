//! Sites that answer people, not programs: what a person saw there enters the ledger by `fuwake evidence add`.

use serde::Serialize;
use url::form_urlencoded::byte_serialize;

use crate::evidence::Subject;

/// A site where a person can look somebody up.
#[derive(Clone, Copy, Debug)]
pub struct Site {
    /// Its id, that of the evidence's service.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its page, to which what is looked up is added; the form to be filled in where no address leads to the answer.
    page: &'static str,
    /// Whether the page's address takes what is looked up.
    is_deep: bool,
    /// Whether it knows addresses.
    addresses: bool,
}

/// All sites, by id.
pub const SITES: [Site; 4] = [
    Site {
        id: "cisco-talos",
        name: "Cisco Talos",
        page: "https://talosintelligence.com/reputation_center/lookup?search=",
        is_deep: true,
        addresses: true,
    },
    Site {
        id: "google-transparency-report",
        name: "Google Transparency Report",
        page: "https://transparencyreport.google.com/safe-browsing/search?url=",
        is_deep: true,
        addresses: false,
    },
    Site {
        id: "norton-safe-web",
        name: "Norton Safe Web",
        page: "https://safeweb.norton.com/report?url=",
        is_deep: true,
        addresses: false,
    },
    Site {
        id: "trend-micro-site-safety",
        name: "Trend Micro Site Safety Center",
        page: "https://global.sitesafety.trendmicro.com/",
        is_deep: false,
        addresses: false,
    },
];

impl Site {
    /// The site of an id.
    #[must_use]
    pub fn named(id: &str) -> Option<&'static Self> {
        SITES.iter().find(|site| site.id == id)
    }

    /// Where a person can look; none where the site does not know such.
    #[must_use]
    pub fn link(&self, subject: &Subject) -> Option<String> {
        if matches!(subject, Subject::Address(_)) && !self.addresses {
            return None;
        }
        // Dots too: no program that turns addresses into links sees one in there.
        let asked = byte_serialize(subject.text().as_bytes()).collect::<String>().replace('.', "%2E");
        Some(if self.is_deep { format!("{}{asked}", self.page) } else { self.page.to_owned() })
    }
}

/// Where a person can look something up. It carries nothing but what is looked up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Page {
    /// [`Site::id`], as `fuwake evidence add --service` takes it.
    pub service: &'static str,
    /// The site's name.
    pub name: &'static str,
    /// The page.
    pub link: String,
    /// It is a form to be filled in, not the answer.
    pub form: bool,
}

/// The pages about `subject`, which must name nobody.
#[must_use]
pub fn pages(subject: &Subject) -> Vec<Page> {
    let page = |site: &Site| {
        let link = site.link(subject)?;
        Some(Page { service: site.id, name: site.name, link, form: !site.is_deep })
    };
    SITES.iter().filter_map(page).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_carry_what_is_looked_up_and_nothing_breaks_out() {
        let url = Subject::Url("https://a.example.com/x&y=#\"".to_owned());
        let link = Site::named("norton-safe-web").and_then(|site| site.link(&url));
        let expected =
            "https://safeweb.norton.com/report?url=https%3A%2F%2Fa%2Eexample%2Ecom%2Fx%26y%3D%23%22";
        assert_eq!(link.as_deref(), Some(expected));
        let ip = Subject::Address([192, 0, 2, 1].into());
        let takes: Vec<&str> =
            SITES.iter().filter(|site| site.link(&ip).is_some()).map(|site| site.id).collect();
        assert_eq!(takes, ["cisco-talos"]);
    }
}
