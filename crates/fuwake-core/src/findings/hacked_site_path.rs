//! A link to a page inside a folder that site software keeps for itself: `/wp-includes/`, `/wp-content/plugins/…`, `/.well-known/…`. Pictures and
//! documents under `uploads` are ordinary.

use super::{Scene, Sign};

const FOLDERS: [&str; 8] = [
    "/wp/",
    "/wp-includes/",
    "/wp-admin/",
    "/wp-content/plugins/",
    "/wp-content/themes/",
    "/.well-known/",
    "/cgi-sys/",
    "/administrator/components/",
];

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    // Some sites keep all of WordPress under /wp/; a company's page does not stand there on another's host.
    let folders = if scene.posed_as().is_some() { &FOLDERS[..] } else { &FOLDERS[1..] };
    let (link, host, path) = scene.targets().find_map(|(link, host)| {
        let path = folders.iter().find(|folder| link.url.contains(**folder))?;
        let own = link.registrable_domain.as_deref()
            == scene.from().and_then(|from| from.registrable_domain.as_deref());
        let picture =
            [".jpg", ".png", ".gif", ".css", ".pdf"].iter().any(|ending| link.url.ends_with(ending));
        (!own && !picture && scene.knowledge.owner(host).is_none()).then_some((link, host, path))
    })?;
    Some(Sign::at(link.because.clone()).with("host", host).with("path", *path))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "hacked-site-path";

    #[test]
    fn inner_folders_of_foreign_sites() {
        let mail = |path| format!("From: a@example.com\n\nhttps://www.example.net/{path}\n");
        assert!(fires(ID, &mail("wp-includes/active/index.php"), ""));
        assert!(!fires(ID, &mail("wp-content/uploads/menu.pdf"), ""));
    }
}
