//! Drafts go out through the operator's mail server once, and only after a person typed so.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

/// A mail server that takes everything (RFC 5321), and the mails that it took: recipient and data.
fn mail_server() -> (u16, Receiver<(String, String)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (sender, taken) = channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (to, data) = converse(stream.unwrap());
            // The first greeting brings nothing.
            if !data.is_empty() && sender.send((to, data)).is_err() {
                return;
            }
        }
    });
    (port, taken)
}

fn converse(mut stream: TcpStream) -> (String, String) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let (mut to, mut data) = (String::new(), String::new());
    stream.write_all(b"220 mail.example ESMTP\r\n").unwrap();
    while let Some(Ok(line)) = lines.next() {
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let answer: &[u8] = match verb.as_str() {
            "QUIT" => {
                let _ = stream.write_all(b"221 bye\r\n");
                break;
            }
            "RCPT" => {
                to = line.clone();
                b"250 ok\r\n"
            }
            "DATA" => {
                stream.write_all(b"354 go on\r\n").unwrap();
                let text = lines.by_ref().map_while(Result::ok).take_while(|line| line != ".");
                data = text.map(|line| line + "\n").collect();
                b"250 taken\r\n"
            }
            _ => b"250 ok\r\n",
        };
        if stream.write_all(answer).is_err() {
            break;
        }
    }
    (to, data)
}

fn fuwake(arguments: &[&str], typed: &str) -> Output {
    fuwake_in("C.UTF-8", arguments, typed)
}

fn fuwake_in(locale: &str, arguments: &[&str], typed: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fuwake"));
    command.args(arguments).env("XDG_CONFIG_HOME", "/nonexistent").env("LC_ALL", locale);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all(typed.as_bytes());
    child.wait_with_output().unwrap()
}

#[test]
fn a_draft_goes_out_once_and_only_when_it_was_typed() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let mail = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/amazon-domain-forged/mail.eml");
    let kept = fuwake(&["dissect", "--case", &path("cases"), mail.to_str().unwrap()], "");
    assert!(kept.status.success(), "{}", String::from_utf8_lossy(&kept.stderr));
    let case = fs::read_dir(path("cases")).unwrap().next().unwrap().unwrap().path();
    let (port, taken) = mail_server();
    let config = format!(
        "[publish.reporter]\norganisation = \"Example CSIRT\"\naddress = \"csirt@example.jp\"\n\
         [publish.smtp]\nhost = \"127.0.0.1\"\nport = {port}\ntls = \"none\"\n"
    );
    fs::write(path("config.toml"), &config).unwrap();
    let send = |typed: &str| {
        let (case, config, output) = (case.to_str().unwrap(), path("config.toml"), path("out"));
        let kinds = "antiphishing-council,stix";
        let arguments = ["publish", case, "--as", kinds, "--send", "--config", &config, "-o", &output];
        let done = fuwake(&arguments, typed);
        (
            done.status.success(),
            String::from_utf8(done.stdout).unwrap(),
            String::from_utf8(done.stderr).unwrap(),
        )
    };

    for typed in ["", "yes\n", "send 2\n"] {
        let (done, _, said) = send(typed);
        assert!(!done && said.contains("nothing was sent"), "{typed:?}: {said}");
        assert!(taken.try_recv().is_err() && !case.join("sent.jsonl").exists());
    }
    let (case_text, file, output) = (case.to_str().unwrap(), path("config.toml"), path("out"));
    let kinds = "antiphishing-council,stix";
    let arguments = ["publish", case_text, "--as", kinds, "--send", "--config", &file, "-o", &output];
    let english = [&arguments[..], &["--lang", "en"]].concat();
    for (locale, arguments, asked, then) in [
        ("ja_JP.UTF-8", &arguments[..], "「send 1」と入力してください", "何も送りませんでした"),
        ("ja_JP.UTF-8", &english, "Type \"send 1\" to send them", "nothing was sent"),
    ] {
        let said = String::from_utf8(fuwake_in(locale, arguments, "").stderr).unwrap();
        assert!(said.contains(asked) && said.contains(then), "{said}");
    }
    let failing = format!("{config}user = \"csirt\"\npassword_command = \"exit 3\"\n");
    fs::write(path("config.toml"), failing).unwrap();
    for (locale, expected) in [("ja_JP.UTF-8", "(終了コード 3)"), ("C.UTF-8", "(exit status 3)")] {
        let said = String::from_utf8(fuwake_in(locale, &arguments, "send 1\n").stderr).unwrap();
        assert!(said.contains(expected) && !case.join("sent.jsonl").exists(), "{said}");
    }
    fs::write(path("config.toml"), &config).unwrap();
    let (done, told, said) = send("send 1\n");
    assert!(done && told.contains("info@antiphishing.jp: antiphishing-council.eml"), "{told} {said}");
    let (to, data) = taken.recv().unwrap();
    assert!(to.contains("<info@antiphishing.jp>"), "{to}");
    assert!(
        data.starts_with("Date: ") && data.contains("\nMessage-ID: <") && !data.contains("X-Unsent"),
        "{data}"
    );
    assert!(data.contains("From: Example CSIRT <csirt@example.jp>\n"));
    let record = fs::read_to_string(case.join("sent.jsonl")).unwrap();
    assert!(
        record.lines().count() == 2
            && record.contains("\"outcome\":\"sent\"")
            && record.contains("\"to\":\"info@antiphishing.jp\""),
        "{record}"
    );

    let (done, _, said) = send("send 1\n");
    assert!(done && said.contains("has this case already"), "{said}");
    assert!(taken.try_recv().is_err());
    // The program ended between the mail and its note: nobody knows.
    fs::write(case.join("sent.jsonl"), record.lines().next().unwrap().to_owned() + "\n").unwrap();
    let (done, _, said) = send("send 1\n");
    assert!(done && said.contains("may have this case already") && taken.try_recv().is_err(), "{said}");
    fs::write(case.join("sent.jsonl"), "half a li").unwrap();
    let (done, _, said) = send("send 1\n");
    assert!(!done && said.contains("damaged") && taken.try_recv().is_err(), "{said}");
}
