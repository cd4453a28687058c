//! A web page is attached as a file (MITRE ATT&CK T1027.006 where it builds a file itself).

use super::{Scene, Sign, filenames};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    filenames::first(scene, |file, name| {
        let ending = filenames::ending(name);
        !file.inline
            && matches!(ending.as_deref(), Some("htm" | "html" | "shtml" | "xht" | "xhtml" | "mht" | "mhtml"))
    })
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    #[test]
    fn by_name() {
        let fires =
            |name| fires("html-file-attached", &with_attachment(name, "application/octet-stream", "x"), "");
        assert!(fires("login.HTML"));
        assert!(!fires("login.pdf"));
    }
}
