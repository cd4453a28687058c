//! `fuwake campaign` as its users meet it.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

fn run(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_fuwake"))
        .args(arguments)
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn notice(brand: &str, amount: u32) -> String {
    format!(
        "From: {brand} <info@mail.example.com>\nTo: <hanako@example.jp>\nSubject: 【{brand}】hanako@example.jp 様 ご利用確認のお願い\n\
         Date: Sat, 03 Jan 2026 01:05:34 +0900\nContent-Type: text/plain; charset=utf-8\n\n\
         {brand}からのお知らせです。{amount}円のご利用について、ご本人によるものか確かめることができませんでした。\n\
         下のページで内容をお確かめのうえ、お手続きをお願いします。\nhttps://a{amount}.example/login/{amount}\n"
    )
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let lunch =
        "From: Taro <taro@example.jp>\nSubject: Lunch on Friday with everybody\n\nAt noon?\n".to_owned();
    let mails = [notice("三井住友カード", 500), lunch, notice("楽天カード", 77_200)];
    for (number, mail) in mails.iter().enumerate() {
        fs::write(folder.path().join(format!("{number}.eml")), mail).unwrap();
    }
    folder
}

fn lines(path: &Path, jobs: &str) -> Vec<Value> {
    let text = run(&["campaign", "--format", "jsonl", "--jobs", jobs, path.to_str().unwrap()]);
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_line_a_mail_names_its_group_for_any_number_of_jobs() {
    let folder = folder();
    let one = lines(folder.path(), "1");
    let groups: Vec<&str> = one.iter().map(|line| line["group"].as_str().unwrap()).collect();
    assert_eq!(groups.len(), 3);
    assert_eq!(groups[0], groups[2]);
    assert_ne!(groups[0], groups[1]);
    assert_eq!(one, lines(folder.path(), "4"));
}

#[test]
fn groups_say_why() {
    let folder = folder();
    let path = folder.path().to_str().unwrap();
    let groups: Value = serde_json::from_str(&run(&["campaign", "--format", "json", path])).unwrap();
    assert_eq!(groups.as_array().unwrap().len(), 1, "one mail is no group");
    assert_eq!(groups[0]["mails"], 2);
    assert_eq!(groups[0]["because"][0]["other_brand"], true);
    let english = run(&["campaign", "--lang", "en", path]);
    assert!(english.starts_with("3 mails in 2 groups\n"), "{english}");
    assert!(english.contains("another brand"), "{english}");
    assert!(run(&["campaign", "--lang", "ja", path]).contains("ブランドは別"));
}

#[test]
fn what_readers_see_is_masked_and_what_programs_read_is_complete() {
    let folder = folder();
    let path = folder.path().to_str().unwrap();
    let text = run(&["campaign", "--lang", "en", path]);
    assert!(
        text.contains("senders: mail[.]example[.]com\n") && text.contains("【三井住友カード】"),
        "{text}"
    );
    assert!(!text.contains("hanako") && !text.contains("info@"), "{text}");
    let json = run(&["campaign", "--format", "json", path]);
    assert!(json.contains("hanako@example.jp") && json.contains("info@mail.example.com"), "{json}");
}

#[test]
fn a_case_bears_its_fingerprint_where_it_is_asked_for() {
    let folder = folder();
    let mail = folder.path().join("0.eml");
    let case = |more: &[&str]| -> Value {
        let arguments = [&["dissect", "--format", "jsonl", mail.to_str().unwrap()], more].concat();
        serde_json::from_str(&run(&arguments)).unwrap()
    };
    assert_eq!(case(&[]).get("campaign"), None);
    assert_eq!(case(&["--fingerprint"])["campaign"]["text"].as_str().unwrap().len(), 256);
}
