//! What is published of a kept case.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
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

/// One language after the other is both, as long as the first still lies there.
#[test]
fn what_an_earlier_run_made_in_another_language_stays_listed() {
    let folder = tempfile::tempdir().unwrap();
    let case = kept(folder.path(), MAIL);
    let output = folder.path().join("out");
    let publish = |language: &str| {
        let output = output.to_str().unwrap();
        let arguments = ["publish", &case, "--as", "article", "--no-pictures", "--lang", language];
        let done = fuwake(&[&arguments[..], &["-o", output]].concat());
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        Path::new(String::from_utf8(done.stdout).unwrap().trim()).to_owned()
    };
    let record = |published: &Path| -> serde_json::Value {
        serde_json::from_slice(&fs::read(published.join("publication.json")).unwrap()).unwrap()
    };
    let names = |record: &serde_json::Value| -> Vec<String> {
        serde_json::from_value(record["files"].clone()).unwrap()
    };
    let first = record(&publish("ja"));
    let published = publish("en");
    let both = record(&published);
    assert_eq!(both["texts"]["ja"], first["texts"]["ja"]);
    assert!(both["texts"]["en"]["summary"].is_string(), "{both}");
    let all = ["ja", "en"].map(|tag| format!("article.{tag}.html"));
    assert!(all.iter().all(|name| names(&both).contains(name)), "{both}");

    let site = folder.path().join("site");
    let done = fuwake(&["site", "build", output.to_str().unwrap(), "-o", site.to_str().unwrap()]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let index = fs::read_to_string(site.join("index.html")).unwrap();
    assert!(index.contains(first["texts"]["ja"]["summary"].as_str().unwrap()), "the list is Japanese");

    fs::remove_file(published.join("article.ja.html")).unwrap();
    let names = names(&record(&publish("en")));
    assert!(names.contains(&"article.en.html".to_owned()), "{names:?}");
    assert!(!names.contains(&"article.ja.html".to_owned()), "what is gone is not listed: {names:?}");
}

/// What the operator hides from now on is shown nowhere, though an earlier run told it in a language that is not written anew.
#[test]
fn what_is_hidden_now_is_gone_in_every_language() {
    let folder = tempfile::tempdir().unwrap();
    let case = kept(folder.path(), &MAIL.replace("Member 4711-0815", "Regards from Moriguchi"));
    let (output, config) = (folder.path().join("out"), folder.path().join("config.toml"));
    let publish = |language: &str, hide: &str| -> serde_json::Value {
        fs::write(&config, format!("[publish]\nhide = [{hide}]\n")).unwrap();
        let arguments = ["publish", &case, "--as", "article", "--no-pictures", "--lang", language];
        let (config, output) = (config.to_str().unwrap(), output.to_str().unwrap());
        let done = fuwake(&[&arguments[..], &["--config", config, "-o", output]].concat());
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let written = String::from_utf8(done.stdout).unwrap();
        serde_json::from_slice(&fs::read(Path::new(written.trim()).join("publication.json")).unwrap())
            .unwrap()
    };
    assert!(publish("ja", "").to_string().contains("Moriguchi"), "it is no secret yet");
    assert!(publish("en", "").to_string().contains("article.ja.html"), "both languages");
    let record = publish("en", "\"Moriguchi\"").to_string();
    assert!(!record.contains("Moriguchi") && !record.contains("article.ja.html"), "{record}");
    let site = folder.path().join("site");
    let done = fuwake(&["site", "build", output.to_str().unwrap(), "-o", site.to_str().unwrap()]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let mut folders = vec![site];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
                assert!(!text.contains("Moriguchi"), "{}", path.display());
            }
        }
    }
    assert!(publish("ja", "\"Moriguchi\"").to_string().contains("article.en.html"), "both again");
}

/// What is handed in is made for desks, whoever the rest is for: the operator's own view goes to nobody.
#[test]
fn what_is_handed_in_never_holds_what_only_the_operator_may_read() {
    const PRIVATE: [&str; 3] = ["mx01.example.jp", "4S5Kc02M7x", "taro"];
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/visited-webmail-settings");
    let sample = |name: &str| sample.join(name).to_str().unwrap().to_owned();
    let (mail, ledger) = (sample("mail.eml"), sample("ledger.jsonl"));
    let done = fuwake(&["dissect", "--replay", &ledger, "--case", &path("cases"), &mail]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let case = fs::read_dir(path("cases")).unwrap().next().unwrap().unwrap().path();
    let reporter = "[publish.reporter]\norganisation = \"Example CSIRT\"\naddress = \"csirt@example.com\"\n";
    fs::write(path("config.toml"), reporter).unwrap();
    let published = |audience: &str| -> BTreeMap<String, String> {
        let (case, config, output) = (case.to_str().unwrap(), path("config.toml"), path(audience));
        let kinds = "text,arf,xarf,antiphishing-council,anti-spam-center";
        let arguments = ["publish", case, "--as", kinds, "--audience", audience, "--config", &config];
        let done = fuwake(&[&arguments[..], &["-o", &output]].concat());
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let written = String::from_utf8(done.stdout).unwrap();
        let files = fs::read_dir(written.trim()).unwrap().map(|entry| entry.unwrap().path());
        files.map(|file| (name_of(&file), fs::read_to_string(&file).unwrap())).collect()
    };
    let (operator, desk) = (published("operator"), published("abuse-desk"));
    let report = operator["report.en.txt"].replace("[.]", ".");
    assert!(report.contains(PRIVATE[0]), "the operator's own report is whole: {report}");
    for name in
        ["report-1.eml", "xarf-1.json", "xarf-1.eml", "antiphishing-council.eml", "anti-spam-center.eml"]
    {
        assert_eq!(operator[name], desk[name], "{name} is the same for whoever it is asked for");
        let text = decoded(&operator[name]);
        for private in PRIVATE {
            assert!(!text.contains(private), "{name} holds {private}");
        }
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}

/// A text with what stands in it as lines of base64 read behind it.
fn decoded(text: &str) -> String {
    let mut all = text.to_owned();
    for block in text.split(|c: char| !(c.is_ascii_alphanumeric() || "+/=\r\n".contains(c))) {
        let packed: String = block.split_whitespace().collect();
        if let Ok(bytes) = data_encoding::BASE64.decode(packed.as_bytes()) {
            all += &String::from_utf8_lossy(&bytes);
        }
    }
    all
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
