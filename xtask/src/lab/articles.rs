//! The articles on the visited mails of the worlds: whatever a person would tell of them by hand stands there too.

use std::path::Path;

use anyhow::{Context, ensure};

use super::Place;

/// What of `wanted` the Japanese article on a recorded mail does not say. `folder` holds the mail's ledger and becomes a kept case.
pub(super) fn missing(
    place: &Place,
    mail: &Path,
    folder: &Path,
    wanted: &[String],
) -> anyhow::Result<Vec<String>> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    std::fs::copy(crate::root().join(mail), folder.join("mail.eml"))?;
    let output = place
        .command(&place.program)
        .args(["publish", "--as", "article", "--lang", "ja", "-o"])
        .args([folder.join("published").as_path(), folder])
        .output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "fuwake publish: {}", said.trim());
    let published = String::from_utf8(output.stdout).context("a path")?;
    let article = std::fs::read_to_string(Path::new(published.trim()).join("article.ja.md"))?;
    let article = plain(&article);
    let missing = wanted.iter().filter(|wanted| !article.contains(wanted.as_str()));
    Ok(missing.map(|wanted| format!("the article does not say {wanted:?}")).collect())
}

/// Markdown without what keeps it from acting.
fn plain(markdown: &str) -> String {
    markdown.replace("<!-- -->", "").replace('\\', "")
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn escapes_are_undone() {
        assert_eq!(plain("a@<!-- -->b\\[.\\]c"), "a@b[.]c");
    }
}
