//! A link downloads a program, a script or an image of a disk from a stranger's host (MITRE ATT&CK T1204.001).

use super::{Scene, Sign, filenames};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (link, host, name) = scene.targets().take(60).find_map(|(link, host)| {
        let name = file_name(&link.url).filter(|name| downloads(name))?;
        scene.is_strange(host).then_some((link, host, name))
    })?;
    Some(Sign::at(link.because.clone()).with("host", host).with("name", name))
}

/// The last step of the path: what a browser calls the file that it saves.
fn file_name(url: &str) -> Option<&str> {
    let path = url.split(['?', '#']).next()?.split_once("://")?.1.split_once('/')?.1;
    path.rsplit('/').next()
}

/// Endings of files alone: a page's address may end in `.js`, `.sh`, `.com` or `.app` as well.
fn downloads(name: &str) -> bool {
    const ADDRESSES: [&str; 6] = ["app", "com", "command", "js", "sh", "reg"];
    (filenames::is_program(name) || filenames::is_disk_image(name))
        && filenames::ending(name).is_some_and(|ending| !ADDRESSES.contains(&ending.as_str()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn programs_on_hosts_of_strangers() {
        let found =
            |url: &str| fires("link-to-program", &format!("From: a@example.com\n\nhello {url} there\n"), "");
        assert!(found("https://files.example.net/a/Invoice.EXE"));
        assert!(found("http://files.example.net/scan.iso?id=1"));
        assert!(!found("https://www.example.com/setup.exe"), "the sender's own");
        assert!(!found("https://files.example.net/a.exe/page") && !found("https://files.example.net/x.com"));
    }
}
