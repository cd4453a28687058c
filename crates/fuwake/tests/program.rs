//! The program as its users meet it: exit status, streams, order, formats, memory.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const MAIL: &str = "From: Taro <taro@example.jp>\r\nTo: <hanako@example.jp>\r\nSubject: Lunch\r\n\
    Date: Sat, 03 Jan 2026 01:05:34 +0900\r\nMessage-ID: <1@example.jp>\r\n\r\nAt noon?\r\n";
const SEPARATOR: &str = "From taro@example.jp Sat Jan  3 01:05:34 2026\n";

fn fuwake(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fuwake"));
    command
        .args(arguments)
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    fuwake(arguments).output().unwrap()
}

fn status(arguments: &[&str]) -> i32 {
    run(arguments).status.code().unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    output
        .stdout
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect()
}

fn written(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, bytes).unwrap();
    path
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn the_exit_status_says_what_happened() {
    let folder = tempfile::tempdir().unwrap();
    let mail = written(folder.path(), "a.eml", MAIL);
    let config = written(folder.path(), "wrong.toml", "trusted = []");
    assert_eq!(status(&["dissect", "--format", "json", text(&mail)]), 0);
    assert_eq!(status(&["dissect", "--format", "json", text(&mail), "/nonexistent.eml"]), 1);
    assert_eq!(status(&["dissect"]), 2);
    assert_eq!(status(&["dissect", "--reach", "everywhere", text(&mail)]), 2);
    assert_eq!(status(&["dissect", "--config", text(&config), text(&mail)]), 2);
    assert_eq!(status(&["dissect", "--trust", "192.0.2.0/99", text(&mail)]), 2);
    let every = "phishing,fraud,malware,spam,prank,simulation,legitimate,undetermined";
    assert_eq!(status(&["dissect", "--format", "json", "--fail-on", every, text(&mail)]), 3);
    assert_eq!(status(&["dissect", "--format", "json", "--fail-on", "malware", text(&mail)]), 0);
}

#[test]
fn a_wrong_configuration_is_told_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let told = |text: &str| {
        let config = written(folder.path(), "config.toml", text);
        let output = run(&["dissect", "--config", config.to_str().unwrap(), "missing.eml"]);
        assert_eq!(output.status.code(), Some(2), "{text}");
        String::from_utf8(output.stderr).unwrap()
    };
    let unknown = told("trust = []\n\n[reader]\nservise = []\n");
    assert!(unknown.contains("config.toml, line 4 column 1: unknown field `servise`"), "{unknown}");
    assert_eq!(unknown.lines().count(), 1, "{unknown}");
    assert!(told("trust = ['192.0.2.0/33']").contains("trust in the configuration"));
    assert!(told("language = 'fr'").contains("language in the configuration"));
}

#[test]
fn brands_and_findings_are_told_in_words() {
    let told = |arguments: &[&str]| String::from_utf8(run(arguments).stdout).unwrap();
    let explained = told(&["finding", "explain", "brand-name-in-foreign-host", "--lang", "ja"]);
    assert!(
        explained.contains("「…」の名前")
            && explained.contains("分類: リンク")
            && explained.contains("フィッシング詐欺"),
        "{explained}"
    );
    let free = told(&["brand", "check", "mail.GMAIL.com.", "--lang", "ja"]);
    assert!(free.contains("フリーメール"), "{free}");
    let link = told(&["brand", "check", "https://www.eki-net.com.example.com/login?id=1", "--lang", "en"]);
    assert!(link.starts_with("www.eki-net.com.example.com: ") && link.contains("(eki-net)"), "{link}");
    let parsed = |domain| -> Value {
        serde_json::from_str(&told(&["brand", "check", domain, "--format", "json", "--lang", "en"])).unwrap()
    };
    assert_eq!(parsed("www.amazon.co.jp")["owner"]["brand"], "amazon");
    assert_eq!(parsed("amazom.example")["imitates"][0]["manner"], "typo");
    let homograph = parsed("xn--mazon-3ve.example");
    assert_eq!(homograph["imitates"][0]["brand"], "amazon");
    assert_eq!(homograph["shown"], "\u{430}mazon.example");
    assert_eq!(parsed("mail.reiyama.example")["imitates"], serde_json::json!([]));
}

#[test]
fn a_domain_is_found_in_what_people_paste() {
    let told = |text: &str, language| run(&["brand", "check", "--lang", language, "--", text]);
    for text in [
        "a@amazon.co.jp",
        "Amazon <a@amazon.co.jp>",
        "mailto:a@amazon.co.jp",
        "https://a@amazon.co.jp:8443/b?c=@d",
        "amazon.co.jp/b",
        "//amazon.co.jp",
        "amazon.co.jp:443",
        "hxxps://amazon[.]co[.]jp/",
        "amazon。co。jp",
    ] {
        let said = String::from_utf8(told(text, "en").stdout).unwrap();
        assert_eq!(said, "amazon.co.jp: Amazon (amazon)\n", "{text}");
    }
    let redirected = told("https://www.google.com/url?q=https://evil.example/a", "en");
    let redirected = String::from_utf8(redirected.stdout).unwrap();
    assert!(redirected.contains("leads on to: evil.example\nevil.example: "), "{redirected}");
    let several = told("example.com example.jp", "en");
    assert!(!several.status.success() && String::from_utf8(several.stderr).unwrap().contains("several"));
    for address in ["192.0.2.1", "http://192.0.2.1/a", "2001:db8::1", "[2001:db8::1]"] {
        assert!(String::from_utf8(told(address, "en").stdout).unwrap().contains("IP address"), "{address}");
        assert!(String::from_utf8(told(address, "ja").stdout).unwrap().contains("IP アドレス"), "{address}");
    }
    let long = format!("{}.com", "a".repeat(100_000));
    for text in ["", "  ", "...", "%00", "a b.com", "a@", "https://", "\u{1b}[31m", long.as_str()] {
        let said = told(text, "ja");
        let words = String::from_utf8(said.stderr).unwrap();
        assert!(!said.status.success() && words.contains("ドメインではありません"), "{text:.20}: {words}");
        assert!(words.len() < 300 && !words.contains('\u{1b}'), "{words}");
    }
}

#[test]
fn an_evaluation_counts_by_folders_and_by_a_table() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path(), "ham/a.eml", MAIL);
    written(folder.path(), "spam/b.eml", MAIL);
    let table = written(folder.path(), "labels.tsv", "file\tclass\nham/a.eml\tlegitimate\n");
    let judged = |more: &[&str]| -> Value {
        let arguments = [&["evaluate", "--format", "json", text(folder.path())], more].concat();
        serde_json::from_slice(&run(&arguments).stdout).unwrap()
    };
    let by_folder = judged(&["--misses"]);
    assert_eq!((&by_folder["mails"], &by_folder["unlabelled"]), (&2.into(), &0.into()));
    assert_eq!(
        (&by_folder["recall"]["total"], &by_folder["misses"][0]["label"]),
        (&1.into(), &"spam".into())
    );
    let by_table = judged(&["--labels", text(&table)]);
    assert_eq!((&by_table["mails"], &by_table["false_positives"]["total"]), (&1.into(), &1.into()));
    let unlabelled = run(&["evaluate", text(&folder.path().join("ham/a.eml")), "--labels", text(&table)]);
    assert_eq!(unlabelled.status.code(), Some(0));
}

#[test]
fn the_manual_page_and_completions_know_every_command() {
    let manual = String::from_utf8(run(&["manpage"]).stdout).unwrap();
    for words in ["fuwake dissect", "fuwake brand check", "fuwake finding explain"] {
        assert!(manual.contains(words), "{words}");
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = String::from_utf8(run(&["completions", shell]).stdout).unwrap();
        assert!(script.contains("dissect") && script.contains("fail-on"), "{shell}");
    }
}

#[test]
fn an_input_without_a_mail_is_a_line_and_not_a_stop() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path(), "1.eml", MAIL);
    written(folder.path(), "2.eml", "");
    written(folder.path(), "3.eml", MAIL);
    let output = run(&["dissect", "--format", "jsonl", text(folder.path())]);
    let lines = lines(&output);
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[1]["error"]["id"], "empty");
    assert_eq!(lines[2]["mail"]["size"], MAIL.len());
    assert!(String::from_utf8_lossy(&output.stderr).contains("2.eml"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_in_another_charset_is_a_name() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(std::ffi::OsStr::from_bytes(b"\x82\xa0.eml"));
    fs::write(&path, MAIL).unwrap();
    let output = fuwake(&["dissect", "--format", "jsonl"]).arg(&path).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(lines(&output)[0]["input"]["path"].as_str().unwrap().ends_with(".eml"));
}

#[test]
fn any_number_of_jobs_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..200 {
        let body = "line\n".repeat(1 + number * 7 % 50);
        written(folder.path(), &format!("{number:03}.eml"), format!("Subject: {number}\n\n{body}"));
    }
    let of = |jobs| run(&["dissect", "--format", "jsonl", "--jobs", jobs, text(folder.path())]).stdout;
    let one = of("1");
    assert!(one == of("4"), "the bytes differ");
    assert_eq!(one.iter().filter(|byte| **byte == b'\n').count(), 200);
}

#[test]
fn standard_input_is_a_mail_or_an_mbox() {
    let of = |input: &str| {
        let mut child = fuwake(&["dissect", "--format", "jsonl", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        lines(&child.wait_with_output().unwrap())
    };
    let one = of(MAIL);
    assert_eq!(
        (one.len(), &one[0]["input"]["path"], &one[0]["input"]["member"]),
        (1, &"-".into(), &Value::Null)
    );
    let two = of(&format!("{SEPARATOR}{MAIL}\n{SEPARATOR}{MAIL}"));
    assert_eq!((two.len(), &two[1]["input"]["member"]), (2, &"2".into()));
}

#[test]
fn many_mails_go_to_a_folder_and_one_to_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let mail = written(folder.path(), "in/a.eml", MAIL);
    written(folder.path(), "in/b.eml", MAIL);
    let (file, out) = (folder.path().join("one.json"), folder.path().join("out"));
    assert_eq!(status(&["dissect", "--format", "json", "-o", text(&file), text(&mail)]), 0);
    assert!(serde_json::from_slice::<Value>(&fs::read(file).unwrap()).unwrap().is_object());
    assert_eq!(status(&["dissect", "--format", "json", "-o", text(&out), text(mail.parent().unwrap())]), 0);
    let mut names: Vec<_> = fs::read_dir(out).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["00001-a.json", "00002-b.json"]);
    written(folder.path(), "in/aa.eml", "");
    let reports = folder.path().join("reports");
    let arguments = ["dissect", "--format", "html", "-o", text(&reports), text(mail.parent().unwrap())];
    assert_eq!(status(&arguments), 1);
    assert!(reports.join("00001-a.html").exists() && reports.join("00003-b.html").exists());
}

#[test]
fn many_mails_as_json_on_standard_output_are_a_list() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.eml", "b.eml", "c.eml"] {
        written(folder.path(), name, MAIL);
    }
    let output = run(&["dissect", "--format", "json", text(folder.path())]);
    assert_eq!(serde_json::from_slice::<Value>(&output.stdout).unwrap().as_array().unwrap().len(), 3);
}

#[test]
fn whoever_stops_reading_ends_the_run_quietly() {
    let folder = tempfile::tempdir().unwrap();
    let mbox = written(folder.path(), "a.mbox", format!("{SEPARATOR}{MAIL}\n").repeat(5000));
    let mut child = fuwake(&["dissect", "--format", "jsonl", text(&mbox)])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(serde_json::from_str::<Value>(&first).is_ok());
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn a_name_cannot_steer_the_terminal() {
    let output = run(&["dissect", "--format", "jsonl", "/nonexistent/\u{1b}[2J\u{202e}.eml"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("\\u{1b}[2J\\u{202e}"), "{said}");
    assert!(!said.contains('\u{1b}'));
}

#[test]
fn a_mail_and_the_same_mail_from_outlook_are_judged_alike() {
    let folder = tempfile::tempdir().unwrap();
    let header = "Received: from mail.example.com (mail.example.com [192.0.2.7]) by mx.example.jp with ESMTP;\r\n \
        Sat, 03 Jan 2026 01:05:34 +0900\r\nFrom: Example Bank <info@example.com>\r\nTo: <hanako@example.jp>\r\n\
        Subject: Your account\r\nDate: Sat, 03 Jan 2026 01:05:30 +0900\r\nMessage-ID: <1@example.com>\r\n";
    let body = "Your account is locked. Log in within 24 hours: http://192.0.2.9/login\r\n";
    let eml = written(folder.path(), "a.eml", format!("{header}\r\n{body}"));
    let mut outlook = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    outlook.create_stream("/__properties_version1.0").unwrap().write_all(&[0; 32]).unwrap();
    for (id, text) in [("007D", header), ("1000", body)] {
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        outlook.create_stream(format!("/__substg1.0_{id}001F")).unwrap().write_all(&bytes).unwrap();
    }
    let msg = written(folder.path(), "a.msg", outlook.into_inner().into_inner());
    let lines = lines(&run(&["dissect", "--format", "jsonl", text(&eml), text(&msg)]));
    for key in [
        "/verdict/class",
        "/verdict/score",
        "/mail/subject",
        "/mail/origin/ip",
        "/mail/from/address",
        "/mail/links/0/url",
    ] {
        assert_eq!(lines[0].pointer(key), lines[1].pointer(key), "{key}");
    }
    assert_eq!(
        lines[0]["mail"]["text"].as_str().map(str::trim),
        lines[1]["mail"]["text"].as_str().map(str::trim)
    );
}

#[test]
fn evaluate_counts_labelled_folders() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path(), "ham/a.eml", MAIL);
    written(folder.path(), "other/b.eml", MAIL);
    let output = run(&["evaluate", "--format", "json", text(folder.path())]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&report["mails"], &report["unlabelled"]), (&1.into(), &1.into()));
    assert_eq!(report["false_positives"]["total"], 1);
}

#[test]
fn what_is_known_can_be_looked_at_in_both_languages() {
    for arguments in [["brand", "list"], ["finding", "list"], ["doctor", "--lang=ja"], ["completions", "zsh"]]
    {
        let output = run(&arguments);
        assert!(output.status.success() && !output.stdout.is_empty(), "{arguments:?}");
    }
    assert_ne!(
        run(&["finding", "list", "--lang", "ja"]).stdout,
        run(&["finding", "list", "--lang", "en"]).stdout
    );
    assert!(String::from_utf8(run(&["manpage"]).stdout).unwrap().contains("fail\\-on"));
}

/// The peak of resident memory in KiB of a run over `path`.
#[cfg(target_os = "linux")]
fn peak(path: &Path) -> u64 {
    let mut child = fuwake(&["dissect", "--format", "jsonl", "--jobs", "2", text(path)])
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        peak = peak.max(kib.unwrap_or(0));
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    peak
}

#[test]
#[cfg(target_os = "linux")]
fn memory_does_not_grow_with_the_input() {
    const MOST: u64 = 100 << 10;
    let folder = tempfile::tempdir().unwrap();
    let many = written(
        folder.path(),
        "many.mbox",
        format!("{SEPARATOR}{MAIL}{}\n", "word ".repeat(100_000)).repeat(128),
    );
    assert!(peak(&many) < MOST, "an mbox of 64 MB");
    let attached =
        "TVqQAAMAAAAEAAAA//8AALgAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n".repeat(800_000);
    let header = "Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n";
    let large = written(folder.path(), "large.eml", format!("{header}{MAIL}{attached}"));
    assert!(peak(&large) < MOST, "one mail of 64 MB");
}

#[test]
fn a_report_is_the_default_and_shows_no_colours_outside_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let mail = written(folder.path(), "a.eml", MAIL);
    let file = folder.path().join("report.txt");
    let shown = String::from_utf8(run(&["dissect", "--lang", "en", text(&mail)]).stdout).unwrap();
    assert_eq!(status(&["dissect", "--lang", "en", "-o", text(&file), text(&mail)]), 0);
    let kept = fs::read_to_string(file).unwrap();
    assert_eq!(shown.trim_end(), kept.trim_end());
    assert!(shown.contains("Lunch") && !shown.contains('\u{1b}'), "{shown}");
    assert!(!shown.contains("hanako@example.jp"), "people are masked: {shown}");
}
