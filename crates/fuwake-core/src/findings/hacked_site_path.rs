//! A link to a page inside a folder that site software keeps for itself: `/wp-includes/`, `/wp-content/plugins/…`, `/.well-known/…`, and
//! whatever is a program or a page elsewhere below `/wp-content/`. Pictures, documents and pages to read under `uploads` are ordinary.

use percent_encoding::percent_decode_str;
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
/// Where only whoever runs the software has to do, and where whoever made a part of it has his own pages, below the part's name.
const DESK: &str = "/wp-admin/";
const PARTS: [&str; 3] = ["/wp-content/plugins/", "/wp-content/themes/", "/administrator/components/"];
/// Folders that stand in sites made with WordPress, Joomla or Drupal, and in the space of rented servers.
const OF_SOFTWARE: [&str; 8] = [
    "/wp-",
    WHOLE,
    "/.well-known/",
    "/cgi-sys/",
    "/administrator/",
    "/components/com_",
    "/sites/default/",
    "/sites/all/",
];

/// The path of a link as the site's server reads it (RFC 3986 section 2.1), in small letters.
fn path(link: &str) -> Option<String> {
    let link = Url::parse(link).ok()?;
    Some(percent_decode_str(link.path()).decode_utf8_lossy().to_lowercase())
}

/// The folder that a link's page lies in and no page should.
fn folder(path: &str) -> Option<&'static str> {
    let inner = FOLDERS.into_iter().find(|folder| path.contains(folder));
    inner.or_else(|| is_page_of_content(path).then_some(CONTENT))
}

/// Whether a link leads into a site that somebody made with such software: where a mail speaks in another's name, he was probably broken
/// into.
pub(crate) fn is_made_site(link: &str) -> bool {
    path(link).is_some_and(|path| OF_SOFTWARE.iter().any(|folder| path.contains(folder)))
}

/// Where a mail speaks in somebody's name, such a page is whoever's who broke in: no folder, which may be the owner's, nor what the
/// software itself has there.
pub(crate) fn is_broken_in(link: &str) -> bool {
    let Some(path) = path(link) else { return false };
    let is_page = [".php", ".html", ".htm"].iter().any(|ending| path.ends_with(ending));
    let is_inside = folder(&path).is_some() || path.contains(WHOLE) && !path.contains("/wp-login.php");
    // `bakery/index.php` below the themes is the theme's own, `bakery/amz/index.php` hardly.
    let is_own = |part: &str| path.split_once(part).is_some_and(|(_, below)| below.matches('/').count() < 2);
    is_page && is_inside && !path.contains(DESK) && !PARTS.into_iter().any(is_own)
}

fn is_page_of_content(path: &str) -> bool {
    let Some((_, below)) = path.split_once(CONTENT) else { return false };
    let is_page = [".html", ".htm", "/"].iter().any(|ending| below.ends_with(ending));
    below.ends_with(".php") || is_page && !below.starts_with("uploads/")
}

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let whole = scene.posed_as().is_some();
    let (link, host, path) = scene.targets().find_map(|(link, host)| {
        let read = path(&link.url)?;
        let path = folder(&read).or_else(|| (whole && read.contains(WHOLE)).then_some(WHOLE))?;
        let own = link.registrable_domain.as_deref()
            == scene.from().and_then(|from| from.registrable_domain.as_deref());
        let picture = [".jpg", ".png", ".gif", ".css", ".pdf"].iter().any(|ending| read.ends_with(ending));
        (!own && !picture && scene.knowledge.owner(host).is_none()).then_some((link, host, path))
    })?;
    Some(Sign::at(link.because.clone()).with("host", host).with("path", path))
}

#[cfg(test)]
mod tests {
    use super::{is_broken_in, is_made_site};
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
        for path in ["?next=/wp-content/a.php", "?next=/wp-includes/x", "#/wp-admin/"] {
            assert!(!fires(ID, &mail(path), ""), "{path}");
        }
        for path in ["WP-CONTENT/amz/login.php", "x/%77p-content/amz/login.php"] {
            assert!(fires(ID, &mail(path), ""), "{path}");
        }
    }

    #[test]
    fn only_pages_that_nobody_but_a_burglar_puts_there_are_his() {
        let link = |path: &str| format!("https://www.example.net/{path}");
        for page in [
            "wp-content/amz/login.php",
            "x/%77P-content/amz/index.html",
            "wp-content/themes/bakery/amz/index.php",
            "wp-includes/active/index.php?id=1",
            ".well-known/amz/login.html",
        ] {
            assert!(is_broken_in(&link(page)) && is_made_site(&link(page)), "{page}");
        }
        for page in [
            "wp-content/themes/bakery/",
            "wp-content/themes/bakery/index.php",
            "wp-content/plugins/newsletter/view.php?id=5",
            "wp-content/amz/",
            "wp-admin/",
            "wp-admin/index.php",
            "wp/shop",
            "wp-content/uploads/2024/amz/index.html",
            ".well-known/security.txt",
        ] {
            assert!(!is_broken_in(&link(page)) && is_made_site(&link(page)), "{page}");
        }
        assert!(!is_made_site(&link("login?next=/wp-content/a.php")));
    }
}
