//! An attached web page or SVG picture asks for a password, or runs a script.

use super::{Scene, Sign, filenames};

/// How much of a file is looked at, in bytes.
const LOOKED_AT: usize = 1 << 20;

const MARKS: [&str; 7] = [
    "<script",
    "type=\"password\"",
    "type='password'",
    "type=password",
    "<form",
    "onload=",
    "http-equiv=\"refresh\"",
];

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let files = scene.mail.attachments.iter().filter_map(|file| Some((file, file.name.as_deref()?)));
    let (file, name, mark) = files.filter(|(_, name)| is_page(name)).find_map(|(file, name)| {
        let head = file.content.get(..LOOKED_AT).unwrap_or(&file.content).to_ascii_lowercase();
        let mark = MARKS.into_iter().find(|mark| memchr::memmem::find(&head, mark.as_bytes()).is_some())?;
        Some((file, name, mark))
    })?;
    Some(Sign::at(file.span).with("name", name).with("mark", mark))
}

fn is_page(name: &str) -> bool {
    matches!(filenames::ending(name).as_deref(), Some("htm" | "html" | "shtml" | "xht" | "xhtml" | "svg"))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    #[test]
    fn pages_that_act() {
        let fires = |name, content| {
            fires("html-file-with-form-or-script", &with_attachment(name, "text/html", content), "")
        };
        assert!(fires("login.html", "<FORM action=x><input type=password></FORM>"));
        assert!(fires("logo.svg", "<svg><script>1</script></svg>"));
        assert!(!fires("page.html", "<p>hello</p>"));
        assert!(!fires("notes.txt", "<form>"));
    }
}
