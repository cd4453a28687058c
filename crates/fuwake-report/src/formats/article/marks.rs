//! Marks in a written article between which its author adds remarks that the next run keeps.

const BEGIN: &str = "<!-- fuwake:remarks";
const END: &str = "<!-- /fuwake:remarks -->";

/// The marks of a section around what the file before had between them.
pub(in crate::formats) fn around(before: Option<&str>, section: &str) -> String {
    let begin = format!("{BEGIN} {section} -->");
    let kept = before.and_then(|before| between(before, &begin)).unwrap_or_default();
    if kept.trim().is_empty() { format!("{begin}\n{END}") } else { format!("{begin}{kept}{END}") }
}

fn between<'t>(text: &'t str, begin: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(begin)?;
    rest.split_once(END).map(|(kept, _)| kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_between_the_marks_is_kept() {
        let fresh = around(None, "path");
        assert_eq!(around(Some(&fresh), "path"), fresh);
        let edited = fresh.replace("-->\n<!--", "-->\nMine, *all* mine.\n<!--");
        assert_eq!(around(Some(&edited), "path"), edited);
        assert_eq!(around(Some(&edited), "law"), around(None, "law"));
        assert_eq!(around(Some("<!-- fuwake:remarks path --> cut"), "path"), fresh);
    }
}
