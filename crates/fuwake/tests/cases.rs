//! Cases in folders: kept, judged again, and added to by people.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const MAIL: &str = "From: Shop <info@shop.example.com>\r\nTo: taro@example.jp\r\nSubject: Hello\r\n\
    Date: Mon, 2 Nov 2026 10:00:00 +0900\r\n\r\nPlease look at https://www.login-shop.example.net/start\r\n";

fn fuwake(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fuwake")).args(arguments).args(["--lang", "en"]).output().unwrap()
}

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

/// A case kept in a folder of its own.
fn kept(folder: &Path) -> PathBuf {
    let mail = folder.join("mail.eml");
    fs::write(&mail, MAIL).unwrap();
    let done = fuwake(&["dissect", "--case", &text(&folder.join("cases")), &text(&mail)]);
    assert!(done.status.success());
    fs::read_dir(folder.join("cases")).unwrap().next().unwrap().unwrap().path()
}

fn replayed(case: &Path) -> Value {
    let done = fuwake(&["replay", "--format", "json", &text(case)]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).unwrap()
}

#[test]
fn a_kept_case_is_judged_the_same_again_and_differences_are_shown() {
    let folder = tempfile::tempdir().unwrap();
    let case = kept(folder.path());
    assert_eq!(fs::read(case.join("mail.eml")).unwrap(), MAIL.as_bytes());
    fs::write(case.join("notes.md"), "mine").unwrap();
    let said = replayed(&folder.path().join("cases"));
    assert_eq!((&said[0]["before"], said[0]["gained"].as_array().unwrap().len()), (&said[0]["now"], 0));
    assert_eq!(kept(folder.path()), case, "the same mail has the same folder");
    assert_eq!(fs::read_to_string(case.join("notes.md")).unwrap(), "mine");
    let mut old: Value = serde_json::from_slice(&fs::read(case.join("case.json")).unwrap()).unwrap();
    old["verdict"]["class"] = "spam".into();
    old["findings"] = serde_json::json!([{"id": "gone-by-now"}]);
    fs::write(case.join("case.json"), old.to_string()).unwrap();
    let said = replayed(&case);
    assert_eq!((&said[0]["before"]["class"], &said[0]["lost"][0]), (&"spam".into(), &"gone-by-now".into()));
    fs::remove_file(case.join("case.json")).unwrap();
    assert_eq!(replayed(&case)[0]["before"], Value::Null);
    assert_eq!(fuwake(&["replay", &text(&folder.path().join("nothing"))]).status.code(), Some(2));
}

#[test]
fn what_a_person_saw_counts_where_the_mail_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let case = kept(folder.path());
    let picture = folder.path().join("seen.png");
    fs::write(&picture, b"\x89PNG\r\n\x1a\n").unwrap();
    let (case_text, picture) = (text(&case), text(&picture));
    let add = |about: &str, more: &[&str]| {
        let arguments =
            ["evidence", "add", &case_text, "--service", "google-transparency-report", "--by", "Hanako"];
        let what = ["--about", about, "--verdict", "dangerous", "--at", "2026-11-22T09:30:00+09:00"];
        let all: Vec<&str> = arguments.iter().chain(&what).chain(more).copied().collect();
        Command::new(env!("CARGO_BIN_EXE_fuwake")).args(all).output().unwrap().status.code()
    };
    assert_eq!(add("www.login-shop.example.net", &["--text", "deceptive", "--picture", &picture]), Some(0));
    assert_eq!(add("other.example.org", &[]), Some(0));
    assert_eq!(add("no host", &[]), Some(2));
    let ledger = text(&case.join("ledger.jsonl"));
    let done = fuwake(&["dissect", "--replay", &ledger, "--format", "jsonl", &text(&case.join("mail.eml"))]);
    let said: Value = serde_json::from_slice(&done.stdout).unwrap();
    let seen: Vec<&Value> = said["evidence"].as_array().unwrap().iter().collect();
    assert_eq!(seen.len(), 1, "nothing of what the mail does not name");
    assert_eq!(seen[0]["source"], "person: Hanako");
    assert_eq!(seen[0]["asked_at"], "2026-11-22T00:30:00Z");
    let data = &seen[0]["answer"]["data"];
    assert_eq!((&data["warns"], &data["text"]), (&true.into(), &"deceptive".into()));
    assert!(case.join("blobs").join(data["picture"].as_str().unwrap()).is_file());
}

/// An empty ledger of a run that may ask.
fn empty_ledger(folder: &Path) -> String {
    let file = folder.join("empty.jsonl");
    let scope = r#"{"reach":"passive","services":[],"places":false,"questions":200}"#;
    fs::write(&file, format!("{{\"schema\":\"fuwake.ledger/1\",\"scope\":{scope}}}\n")).unwrap();
    text(&file)
}

#[test]
fn what_stands_behind_a_link_is_told_without_a_mail_too() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let ledger = text(&corpus.join("landing-title-in-brackets/ledger.jsonl"));
    for format in ["text", "html", "markdown"] {
        let asked = ["url", "https://www.example.net/index", "--replay", &ledger];
        let done = fuwake(&[&asked[..], &["--format", format]].concat());
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        assert!(said.contains("A fake log-in page of Amazon"), "{format}: {said}");
    }
}

#[test]
fn one_name_address_or_link_is_asked_about_alone() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = empty_ledger(folder.path());
    for (command, asked) in
        [("host", "www.example.com"), ("host", "8.8.8.8"), ("url", "https://www.example.com/a")]
    {
        let done = fuwake(&[command, asked, "--replay", &ledger, "--format", "json"]);
        let said: Value = serde_json::from_slice(&done.stdout).unwrap();
        assert_eq!((&said["schema"], &said["input"]["path"]), (&"fuwake.lookup/1".into(), &asked.into()));
        let evidence = said["evidence"].as_array().unwrap();
        assert!(!evidence.is_empty() && evidence.len() == said["not_checked"].as_array().unwrap().len());
        for format in ["text", "html", "markdown"] {
            let done = fuwake(&[command, asked, "--replay", &ledger, "--format", format]);
            assert!(done.status.success() && !done.stdout.is_empty(), "{command} {asked} {format}");
        }
    }
    for inner in ["192.168.0.1", "localhost", "printer.local"] {
        assert_eq!(fuwake(&["host", inner, "--replay", &ledger]).status.code(), Some(2), "{inner}");
    }
}

#[test]
fn what_two_people_saw_comes_together_in_one_case() {
    let folder = tempfile::tempdir().unwrap();
    let case = kept(folder.path());
    let colleague = folder.path().join("colleague");
    fs::create_dir(&colleague).unwrap();
    fs::copy(case.join("ledger.jsonl"), colleague.join("ledger.jsonl")).unwrap();
    let picture = folder.path().join("seen.png");
    fs::write(&picture, b"\x89PNG\r\n\x1a\n").unwrap();
    let add = |case: &Path, service: &str, verdict: &str| {
        let what = ["--about", "www.login-shop.example.net", "--verdict", verdict, "--by", "Hanako"];
        let picture = ["--picture", picture.to_str().unwrap(), "--at", "2026-11-22T09:30:00+09:00"];
        let all = [&["evidence", "add", case.to_str().unwrap(), "--service", service], &what[..], &picture];
        let done = Command::new(env!("CARGO_BIN_EXE_fuwake")).args(all.concat()).output().unwrap();
        assert!(done.status.success());
    };
    add(&case, "norton-safe-web", "clean");
    add(&colleague, "google-transparency-report", "dangerous");
    let merge = |from: &Path| {
        let arguments = ["evidence", "merge", case.to_str().unwrap(), from.to_str().unwrap()];
        Command::new(env!("CARGO_BIN_EXE_fuwake")).args(arguments).output().unwrap()
    };
    assert_eq!(merge(&colleague).stdout, b"1\n");
    assert_eq!(merge(&colleague.join("ledger.jsonl")).stdout, b"0\n", "a second time there is nothing new");
    assert_eq!(merge(&folder.path().join("nothing")).status.code(), Some(2));
    let ledger = text(&case.join("ledger.jsonl"));
    let done = fuwake(&["dissect", "--replay", &ledger, "--format", "jsonl", &text(&case.join("mail.eml"))]);
    let said: Value = serde_json::from_slice(&done.stdout).unwrap();
    let seen = said["evidence"].as_array().unwrap();
    assert_eq!(seen.len(), 2);
    assert!(seen.iter().all(|one| {
        let picture = one["answer"]["data"]["picture"].as_str().unwrap();
        case.join("blobs").join(picture).is_file()
    }));
    fs::remove_dir_all(colleague.join("blobs")).unwrap();
    fs::write(&ledger, fs::read_to_string(&ledger).unwrap().lines().next().unwrap().to_owned() + "\n")
        .unwrap();
    let done = merge(&colleague);
    assert_eq!((done.status.code(), done.stdout.as_slice()), (Some(1), &b"1\n"[..]), "a file is missing");
}

#[test]
fn what_a_case_holds_outlasts_a_later_look() {
    let folder = tempfile::tempdir().unwrap();
    let case = kept(folder.path());
    let case_text = text(&case);
    let add = |by: &str, verdict: &str, at: &str| {
        let about = ["evidence", "add", &case_text, "--about", "www.login-shop.example.net"];
        let what = ["--service", "google-transparency-report", "--by", by, "--verdict", verdict, "--at", at];
        let mut adding = Command::new(env!("CARGO_BIN_EXE_fuwake"));
        adding.args(about).args(what).output().unwrap().status.code()
    };
    assert_eq!(add("Hanako", "dangerous", "2026-11-22T09:30:00+09:00"), Some(0));
    assert_eq!(add("Jiro", "clean", "2026-11-22T11:30:00+09:00"), Some(0));
    assert_eq!(
        add("Saburo", "dangerous", "2026-11-21T09:30:00+09:00"),
        Some(0),
        "an earlier look is one too"
    );
    assert_eq!(kept(folder.path()), case);
    let ledger = fs::read_to_string(case.join("ledger.jsonl")).unwrap();
    for person in ["Hanako", "Jiro", "Saburo"] {
        assert!(ledger.contains(&format!("person: {person}")), "{person} is lost: {ledger}");
    }
    fs::write(case.join("ledger.jsonl"), "no ledger").unwrap();
    let mail = text(&folder.path().join("mail.eml"));
    let again = fuwake(&["dissect", "--case", &text(&folder.path().join("cases")), &mail]);
    assert_eq!(again.status.code(), Some(2), "what cannot be read is not written over");
    assert_eq!(fs::read_to_string(case.join("ledger.jsonl")).unwrap(), "no ledger");
}

#[test]
fn those_who_add_at_the_same_time_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let case = text(&kept(folder.path()));
    let people: Vec<String> = (1..=8).map(|number| format!("Person {number}")).collect();
    let about = ["evidence", "add", &case, "--about", "www.login-shop.example.net"];
    let what = ["--service", "google-transparency-report", "--verdict", "dangerous", "--by"];
    let adding = people.iter().map(|by| {
        let mut adding = Command::new(env!("CARGO_BIN_EXE_fuwake"));
        adding.args(about).args(what).arg(by).stdout(std::process::Stdio::null()).spawn().unwrap()
    });
    let adding: Vec<_> = adding.collect();
    adding.into_iter().for_each(|mut adding| assert!(adding.wait().unwrap().success()));
    let ledger = fs::read_to_string(Path::new(&case).join("ledger.jsonl")).unwrap();
    assert!(people.iter().all(|by| ledger.contains(by.as_str())), "{ledger}");
}

#[test]
fn a_machine_that_sent_danger_before_is_told_of() {
    let folder = tempfile::tempdir().unwrap();
    let [earlier, mail] = ["earlier.eml", "mail.eml"].map(|name| folder.path().join(name));
    let corpus =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/earlier-case-same-machine/mail.eml");
    let text_of = fs::read_to_string(corpus).unwrap();
    fs::write(&mail, &text_of).unwrap();
    let lure = "24時間以内にご本人確認をお願いいたします。カードのご利用を一時的に制限しました。";
    let card = text_of.replace("送料に不足があるため", lure).replace("お荷物センター", "三井住友カード");
    fs::write(&earlier, card).unwrap();
    let cases = text(&folder.path().join("cases"));
    assert!(
        fuwake(&["dissect", "--trust", "mx.example.jp", "--case", &cases, &text(&earlier)]).status.success()
    );
    let found = |mail: &Path| {
        let trust = ["dissect", "--trust", "mx.example.jp", "--earlier", &cases, "--format", "jsonl"];
        let done = fuwake(&[&trust[..], &[&text(mail)]].concat());
        let said: Value = serde_json::from_slice(&done.stdout).unwrap();
        let ids = said["findings"].as_array().unwrap().iter().map(|finding| finding["id"].clone());
        ids.collect::<Vec<_>>().contains(&"infrastructure-of-earlier-case".into())
    };
    assert!(found(&mail));
    assert!(!found(&earlier), "a case is not its own earlier one");
    fs::write(folder.path().join("cases/x.txt"), "no case").unwrap();
    fs::create_dir(folder.path().join("cases/broken")).unwrap();
    fs::write(folder.path().join("cases/broken/case.json"), "{").unwrap();
    assert_eq!(fuwake(&["dissect", "--earlier", &cases, &text(&mail)]).status.code(), Some(2));
}
