//! Nothing of a mail or a page acts in what is made of it.

use fuwake_report::Format;

/// Fails where something of a stranger's could act in an output.
pub(crate) fn check(name: &str, format: Format, output: &str) {
    for steering in ['\u{202e}', '\u{200b}', '\u{9b}', '\u{7}'] {
        assert!(!output.contains(steering), "{name} holds {}", u32::from(steering));
    }
    match format.name {
        "html" => html(name, output),
        "markdown" => markdown(name, output),
        _ => text(name, output),
    }
}

/// What of a line of Markdown stands outside of code spans.
pub(crate) fn prose(line: &str) -> String {
    line.split('`').step_by(2).collect()
}

fn html(name: &str, page: &str) {
    for forbidden in [
        "<script",
        "<img src=x",
        "<iframe",
        "<link",
        "<form",
        "<object",
        " onerror=alert(2)>",
        "style=\"",
        "javascript:",
        "\u{1b}",
    ] {
        assert!(!page.contains(forbidden), "{name} holds {forbidden}");
    }
    let policy = "Content-Security-Policy\" content=\"default-src 'none'; ";
    assert!(page.contains(policy) && page.contains("style-src 'sha256-"), "{name}");
    assert!(page.contains("<meta charset=\"utf-8\">"), "{name}");
    assert_eq!(page.matches("</article>").count(), page.matches("<article").count(), "{name}");
}

/// Outside of code spans no tag opens but the few that the format writes itself.
fn markdown(name: &str, page: &str) {
    assert!(!page.contains('\u{1b}'), "{name}");
    for line in page.lines() {
        for tag in prose(line).split('<').skip(1) {
            let own = ["b>", "/b>", "br>", "sup>", "/sup>", "sub>", "/sub>", "code>", "/code>", "!-- -->"];
            assert!(own.iter().any(|own| tag.starts_with(own)) || line.contains('`'), "{name}: {line}");
        }
    }
    for forbidden in ["@octocat #1", "\n| a | b |", "\n# heading", "\n```\n", "![p](", "{{ site }}"] {
        assert!(!page.contains(forbidden), "{name} holds {forbidden}");
    }
}

/// Only colours of the format itself: `ESC [ … m`.
fn text(name: &str, page: &str) {
    for sequence in page.split('\u{1b}').skip(1) {
        let parameters = sequence
            .strip_prefix('[')
            .map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';'));
        assert!(parameters.is_some_and(|rest| rest.starts_with('m')), "{name}: {sequence:?}");
    }
}
