//! A link to a page inside a folder that site software keeps for itself: `/wp-includes/`, `/wp-content/plugins/…`, `/.well-known/…`, and
//! whatever is a program or a page elsewhere below `/wp-content/`. Pictures, documents and pages to read under `uploads` are ordinary.

use url::Url;

use super::{Scene, Sign};

const FOLDERS: [&str; 7] = [
    "/wp-includes/",
    "/wp-admin/",
    "/wp-content/plugins/",
    "/wp-content/themes/",
    "/.well-known/",
    "/cgi-sys/",
    "/administrator/components/",
];

/// What WordPress keeps for a site's own files.
const CONTENT: &str = "/wp-content/";
/// Some sites keep all of WordPress here; a company's page does not stand there on another's host.
const WHOLE: &str = "/wp/";

/// The folder that a link's page lies in and no page should.
fn folder(link: &str) -> Option<&'static str> {
    let inner = FOLDERS.into_iter().find(|folder| link.contains(folder));
    inner.or_else(|| is_page_of_content(link).then_some(CONTENT))
}

/// Where a mail speaks in somebody's name, such a link is whoever's who broke in.
pub(crate) fn is_broken_in(link: &str) -> bool {
    folder(link).is_some() || link.contains(WHOLE)
}

fn is_page_of_content(link: &str) -> bool {
    let Ok(link) = Url::parse(link) else { return false };
    let Some((_, below)) = link.path().split_once(CONTENT) else { return false };
    let is_page = [".html", ".htm", "/"].iter().any(|ending| below.ends_with(ending));
    below.ends_with(".php") || is_page && !below.starts_with("uploads/")
}

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let whole = scene.posed_as().is_some();
    let (link, host, path) = scene.targets().find_map(|(link, host)| {
        let path = folder(&link.url).or_else(|| (whole && link.url.contains(WHOLE)).then_some(WHOLE))?;
        let own = link.registrable_domain.as_deref()
            == scene.from().and_then(|from| from.registrable_domain.as_deref());
        let picture =
            [".jpg", ".png", ".gif", ".css", ".pdf"].iter().any(|ending| link.url.ends_with(ending));
        (!own && !picture && scene.knowledge.owner(host).is_none()).then_some((link, host, path))
    })?;
    Some(Sign::at(link.because.clone()).with("host", host).with("path", path))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "hacked-site-path";

    #[test]
    fn inner_folders_of_foreign_sites() {
        let mail = |path: &str| format!("From: a@example.com\n\nhttps://www.example.net/{path}\n");
        assert!(fires(ID, &mail("wp-includes/active/index.php"), ""));
        for page in ["amz/login.php", "amz/", "mu-plugins/a.php?id=1", "uploads/2024/a.php", "a/index.html"] {
            assert!(fires(ID, &mail(&format!("wp-content/{page}")), ""), "{page}");
        }
        for file in ["uploads/menu.pdf", "uploads/book/index.html", "uploads/a.mp4", "cache/a.js"] {
            assert!(!fires(ID, &mail(&format!("wp-content/{file}")), ""), "{file}");
        }
        assert!(!fires(ID, &mail("?next=/wp-content/a.php"), ""));
    }
}
