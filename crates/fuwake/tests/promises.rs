//! What the README promises, held against the samples and the corpus.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fuwake"))
        .args(arguments)
        .current_dir(root())
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn status(arguments: &[&str]) -> Option<i32> {
    run(arguments).status.code()
}

fn lines(inputs: &[&str]) -> Vec<Value> {
    let output = run(&[&["dissect", "--format", "jsonl"], inputs].concat());
    let lines = output.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_slice(line).unwrap()).collect()
}

fn sample(name: &str) -> Value {
    lines(&[&format!("samples/{name}.eml")]).remove(0)
}

fn everything() -> Vec<Value> {
    let lines = lines(&["samples", "corpus"]);
    assert!(lines.len() > 50, "{} mails", lines.len());
    lines
}

fn list<'v>(value: &'v Value, key: &str) -> &'v Vec<Value> {
    value[key].as_array().unwrap()
}

#[test]
fn the_samples_are_judged_as_stated() {
    for (name, class, brand, origin) in [
        ("kagoya-webmail", "phishing", Some("kagoya"), "27.86.113.18"),
        ("kagoya-account", "phishing", Some("kagoya"), "52.170.140.114"),
        ("webmail-settings", "phishing", None, "83.142.144.104"),
        ("ekinet-suspended", "phishing", Some("eki-net"), "137.220.216.28"),
        ("amex-prank", "prank", Some("american-express"), "163.43.131.56"),
        ("smbc-card-prank", "prank", Some("smbc-card"), "163.43.131.56"),
    ] {
        let said = sample(name);
        assert_eq!(said["verdict"]["class"], class, "{name}");
        assert_eq!(said["mail"]["origin"]["ip"], origin, "{name}");
        assert!(brand.is_none() || said["impersonation"]["brand"].as_str() == brand, "{name}");
    }
    for name in ["genuine-list-mail", "genuine-shop-order"] {
        let class = &sample(name)["verdict"]["class"];
        assert!(class == "legitimate" || class == "undetermined", "{name}: {class}");
    }
}

#[test]
fn what_follows_for_the_sender_is_said() {
    let found =
        |name: &str, id: &str| list(&sample(name), "findings").iter().any(|finding| finding["id"] == id);
    assert!(found("webmail-settings", "reply-to-elsewhere"));
    assert_eq!(sample("kagoya-account")["verdict"]["responsible"]["kind"], "provider-customer");
}

#[test]
fn brands_have_their_english_names_in_english() {
    let japanese =
        |title: &str| title.chars().any(|c| matches!(c, '\u{3040}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}'));
    for name in ["kagoya-webmail", "kagoya-account", "smbc-card-prank", "ekinet-suspended"] {
        for finding in list(&sample(name), "findings") {
            let title = finding["title"].as_str().unwrap();
            assert!(!japanese(title), "{title} of {name}");
        }
    }
}

#[test]
fn every_line_is_of_the_public_shape() {
    let path = root().join("docs/fuwake-case-1.schema.json");
    let mut schemas = boon::Schemas::new();
    let schema = boon::Compiler::new().compile(path.to_str().unwrap(), &mut schemas).unwrap();
    for line in everything().into_iter().chain(lines(&["/nonexistent.eml"])) {
        let fault = schemas.validate(&line, schema).err();
        assert!(fault.is_none(), "{}: {:#}", line["input"], fault.unwrap());
    }
}

#[test]
fn every_finding_can_be_traced() {
    for line in everything() {
        let size = line["mail"]["size"].as_u64().unwrap();
        for finding in list(&line, "findings") {
            let grounds = list(finding, "because");
            assert!(!grounds.is_empty(), "{} of {}", finding["id"], line["input"]);
            for bytes in grounds.iter().filter_map(|ground| ground["bytes"].as_array()) {
                let (start, end) = (bytes[0].as_u64().unwrap(), bytes[1].as_u64().unwrap());
                assert!(start < end && end <= size, "{} of {}", finding["id"], line["input"]);
            }
        }
    }
}

#[test]
fn no_origin_rests_on_a_claim() {
    for line in everything() {
        let mail = &line["mail"];
        if let Some(hop) = mail["origin"]["hop"].as_u64() {
            let trust = &list(mail, "hops")[usize::try_from(hop).unwrap()]["trust"];
            assert_ne!(trust, "claimed", "{}", line["input"]);
        }
    }
}

#[test]
fn what_was_not_looked_up_is_listed() {
    for line in everything() {
        let missing = list(&line["verdict"], "not_checked");
        assert!(missing.iter().any(|what| what == "dns"), "{}", line["input"]);
    }
}

#[test]
fn people_are_masked_and_links_defanged_in_every_format_for_people() {
    for format in ["text", "markdown", "html"] {
        for lang in ["ja", "en"] {
            let arguments = ["dissect", "--format", format, "--lang", lang, "samples/kagoya-account.eml"];
            let shown = String::from_utf8(run(&arguments).stdout).unwrap();
            assert!(shown.contains("52.170.140.114"), "{format} {lang} is a report");
            for secret in ["taro@example.jp", "https://takaki-siho.com", "taro%40"] {
                assert!(!shown.contains(secret), "{secret} in {format} {lang}");
            }
        }
    }
}

#[test]
fn an_answer_that_a_finding_rests_on_is_shown_in_words() {
    let mail = "corpus/malware-program-in-archive/mail.eml";
    for (lang, words) in
        [("ja", "書庫の中身 (documents.zip)"), ("en", "Contents of the archive (documents.zip)")]
    {
        for format in ["text", "markdown", "html"] {
            let shown = run(&["dissect", "--format", format, "--lang", lang, mail]).stdout;
            let places = String::from_utf8(shown).unwrap().matches(words).count();
            assert!(places >= 2, "{words}: with the finding and among the answers, in {format}: {places}");
        }
    }
}

#[test]
fn a_class_to_fail_on_decides_the_status() {
    let fail_on = |classes, mail| status(&["dissect", "--format", "jsonl", "--fail-on", classes, mail]);
    assert_eq!(fail_on("phishing", "samples/ekinet-suspended.eml"), Some(3));
    assert_eq!(fail_on("phishing", "samples/amex-prank.eml"), Some(0));
    assert_eq!(fail_on("phishing,prank", "samples"), Some(3));
}

#[test]
fn a_packed_mail_is_the_same_mail() {
    let folder = tempfile::tempdir().unwrap();
    let mail = fs::read(root().join("samples/ekinet-suspended.eml")).unwrap();
    let place = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(&mail).unwrap();
    fs::write(place("a.eml.gz"), gz.finish().unwrap()).unwrap();
    let mut zip = zip::ZipWriter::new(fs::File::create(place("a.zip")).unwrap());
    zip.start_file("a.eml", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(&mail).unwrap();
    zip.finish().unwrap();
    let separator = b"From eki Thu Mar 17 22:50:48 2022\n".as_slice();
    fs::write(place("a.mbox"), [separator, &mail, b"\n"].concat()).unwrap();
    let plain = sample("ekinet-suspended");
    for packed in ["a.eml.gz", "a.zip", "a.mbox"] {
        let lines = lines(&[&place(packed)]);
        assert_eq!(lines.len(), 1, "{packed}");
        for key in ["mail", "findings", "verdict", "impersonation"] {
            assert_eq!(lines[0][key], plain[key], "{key} of {packed}");
        }
    }
}

#[test]
fn a_pasted_header_block_is_enough() {
    let folder = tempfile::tempdir().unwrap();
    let mail = fs::read_to_string(root().join("samples/kagoya-webmail.eml")).unwrap();
    let path = folder.path().join("header.txt");
    fs::write(&path, mail.split_once("MIME-Version").unwrap().0).unwrap();
    let said = lines(&[path.to_str().unwrap()]).remove(0);
    assert_eq!(said["mail"]["origin"]["ip"], "27.86.113.18");
    assert_eq!(said["impersonation"]["brand"], "kagoya");
}

#[test]
fn a_service_that_is_no_brand_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let config = |services: &str| {
        let path = folder.path().join("config.toml");
        fs::write(&path, format!("[reader]\nservices = [{services:?}]\n")).unwrap();
        status(&["dissect", "--config", path.to_str().unwrap(), "samples/amex-prank.eml"])
    };
    assert_eq!((config("amazon"), config("amazn")), (Some(0), Some(2)));
}

#[test]
fn the_findings_that_the_readme_names_are_known() {
    for readme in ["README.md", "README.ja.md"] {
        let words = fs::read_to_string(root().join(readme)).unwrap();
        let mut named = words.split("fuwake finding explain ").skip(1);
        let id = named.next().and_then(|rest| rest.split_whitespace().next()).unwrap();
        assert_eq!(status(&["finding", "explain", id]), Some(0), "{id} in {readme}");
    }
}

#[test]
fn what_the_documents_link_to_is_there() {
    for document in
        ["README.md", "README.ja.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "SECURITY.md", "GLOSSARY.md"]
    {
        let words = fs::read_to_string(root().join(document)).unwrap();
        for target in
            words.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target)
        {
            assert!(target.contains("://") || root().join(target).exists(), "{target} in {document}");
        }
    }
}
