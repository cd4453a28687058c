//! What is published of a kept case.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const MAIL: &str = "Received: from a.example.net ([192.0.2.7]) by mx.example.jp for <hanako@example.jp>;\r\n\
    \x20Sat, 03 Jan 2026 01:05:35 +0900\r\nFrom: Taro <taro@example.net>\r\nTo: <hanako@example.jp>\r\n\
    Subject: Member 4711-0815\r\nDate: Sat, 03 Jan 2026 01:05:34 +0900\r\nMessage-ID: <1@example.net>\r\n\r\n\
    Dear hanako, member 4711-0815, at noon?\r\n";

fn fuwake(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fuwake"));
    command.args(arguments).env("XDG_CONFIG_HOME", "/nonexistent").env("LC_ALL", "C.UTF-8");
    command.stdin(Stdio::null()).output().unwrap()
}

/// A kept case in `folder`, and its own folder.
fn kept(folder: &Path, mail: &str) -> String {
    let (file, cases) = (folder.join("a.eml"), folder.join("cases"));
    fs::write(&file, mail).unwrap();
    let done = fuwake(&["dissect", "--case", cases.to_str().unwrap(), file.to_str().unwrap()]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let case = fs::read_dir(&cases).unwrap().next().unwrap().unwrap();
    case.path().to_str().unwrap().to_owned()
}

#[test]
fn a_case_becomes_a_folder_of_masked_files_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let case = kept(folder.path(), MAIL);
    let config = folder.path().join("config.toml");
    fs::write(&config, "[publish]\nhide = [\"4711-0815\"]\n").unwrap();
    let output = folder.path().join("out");
    let done = fuwake(&[
        "publish",
        &case,
        "--as",
        "html,text",
        "--config",
        config.to_str().unwrap(),
        "-o",
        output.to_str().unwrap(),
    ]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let written = String::from_utf8(done.stdout).unwrap();
    let written = Path::new(written.trim());
    let name = written.file_name().unwrap().to_str().unwrap();
    assert!(name.starts_with("2026-01-03-"), "{name}");
    let mut names: Vec<String> = fs::read_dir(written)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        ["publication.json", "report.en.html", "report.en.txt", "report.ja.html", "report.ja.txt"]
    );
    for name in names {
        let text = fs::read_to_string(written.join(&name)).unwrap();
        for secret in ["hanako", "4711-0815", "\u{1b}"] {
            assert!(!text.contains(secret), "{name} holds {secret:?}");
        }
    }
}

#[test]
fn what_is_no_case_is_told_and_the_others_are_published() {
    let folder = tempfile::tempdir().unwrap();
    let case = kept(folder.path(), MAIL);
    let output = folder.path().join("out");
    let done = fuwake(&["publish", "/nonexistent", &case, "-o", output.to_str().unwrap()]);
    assert_eq!(done.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&done.stderr).contains("/nonexistent"));
    assert_eq!(fs::read_dir(&output).unwrap().count(), 1);
}

#[test]
fn the_report_becomes_a_pdf_and_the_mail_a_picture() {
    let folder = tempfile::tempdir().unwrap();
    let case = kept(folder.path(), MAIL);
    let output = folder.path().join("out");
    let done =
        fuwake(&["publish", &case, "--as", "pdf,pictures", "--lang", "ja", "-o", output.to_str().unwrap()]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let written = String::from_utf8(done.stdout).unwrap();
    let bytes = |name| fs::read(Path::new(written.trim()).join(name)).unwrap();
    assert!(bytes("report.ja.pdf").starts_with(b"%PDF-"));
    assert!(bytes("mail.ja.webp").starts_with(b"RIFF"));
    assert!(bytes("card.ja.png").starts_with(b"\x89PNG"));
}

#[test]
fn an_article_takes_the_authors_notes_and_keeps_his_remarks() {
    let folder = tempfile::tempdir().unwrap();
    let case = kept(folder.path(), MAIL);
    fs::write(Path::new(&case).join("notes.md"), "I know hanako@example.jp. <script>x</script>\n").unwrap();
    let output = folder.path().join("out");
    let publish = || {
        let output = output.to_str().unwrap();
        let done =
            fuwake(&["publish", &case, "--as", "article", "--for", "zola", "--lang", "en", "-o", output]);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let written = String::from_utf8(done.stdout).unwrap();
        Path::new(written.trim()).join("index.en.md")
    };
    let article = publish();
    let text = fs::read_to_string(&article).unwrap();
    assert!(text.starts_with("+++\n") && text.contains("I know "), "{text}");
    for secret in ["hanako", "<script"] {
        assert!(!text.contains(secret), "{secret}");
    }
    let mark = "<!-- fuwake:remarks path -->\n";
    let edited = text.replace(mark, &format!("{mark}Mine.\n"));
    assert_ne!(edited, text);
    fs::write(&article, &edited).unwrap();
    assert_eq!(fs::read_to_string(publish()).unwrap(), edited);
    assert!(
        article.with_file_name("article.en.html").exists() && article.with_file_name("path.en.svg").exists()
    );
}

/// A folder may hold what was made for several audiences; a site shows what was made for everybody, whatever was made after it.
#[test]
fn a_site_shows_nothing_that_was_made_for_others() {
    let folder = tempfile::tempdir().unwrap();
    let case = kept(folder.path(), MAIL);
    let output = folder.path().join("out");
    let publish = |audience: &str, kinds: &str| {
        let output = output.to_str().unwrap();
        let done = fuwake(&["publish", &case, "--audience", audience, "--as", kinds, "-o", output]);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    let names = || {
        let site = folder.path().join("site");
        let done = fuwake(&["site", "build", output.to_str().unwrap(), "-o", site.to_str().unwrap()]);
        let case = fs::read_dir(site.join("cases")).map(|entries| entries.filter_map(Result::ok).collect());
        let case: Vec<_> = case.unwrap_or_default();
        let case = case.iter().find(|entry| entry.path().is_dir()).map(fs::DirEntry::path);
        let files = case.iter().flat_map(|case| fs::read_dir(case).unwrap());
        let mut names: Vec<String> =
            files.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        (done.status.code(), names)
    };
    publish("operator", "html,stix");
    assert_eq!(names(), (Some(1), Vec::new()), "nothing was published for everybody");
    publish("public", "markdown");
    let (_, shown) = names();
    assert!(
        shown.contains(&"report.ja.md".to_owned()) && !shown.contains(&"stix.json".to_owned()),
        "{shown:?}"
    );
    assert!(!shown.iter().any(|name| name.ends_with("report.ja.html")), "{shown:?}");
    publish("public", "stix,anti-spam-center");
    let (_, shown) = names();
    assert!(
        shown.contains(&"stix.json".to_owned()) && !shown.iter().any(|name| name.ends_with(".eml")),
        "{shown:?}"
    );
    publish("operator", "stix");
    let (status, shown) = names();
    assert_eq!(status, Some(0), "what was told everybody stays");
    assert!(
        !shown.contains(&"stix.json".to_owned()) && shown.contains(&"report.ja.md".to_owned()),
        "{shown:?}"
    );
}
