#![allow(clippy::unwrap_used)]

use std::io::Write;

use ::zip::unstable::write::FileOptionsExt as _;
use ::zip::write::SimpleFileOptions;
use ::zip::{AesMode, ZipWriter};

use super::*;

/// What intake makes of a file: place and text, or place and fault.
type Seen = Vec<(Option<String>, Result<String, &'static str>)>;

fn read(path: &Path) -> Seen {
    let mut seen = Seen::new();
    let mut sink = |item: Item| {
        let content = match item.content {
            Ok(mail) => Ok(String::from_utf8_lossy(mail.raw().bytes).into_owned()),
            Err(fault) => Err(fault.id),
        };
        seen.push((item.input.member, content));
        Flow::Continue(())
    };
    let passwords = ["himitsu".to_owned()];
    let mut intake =
        Intake { passwords: &passwords, budget: Budget::new(KEPT), sink: &mut sink, skipped: 0, given: 0 };
    let _ = intake.read(&[path.to_owned()]);
    seen
}

struct Files(tempfile::TempDir);

impl Files {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }
}

fn one(name: &str, bytes: impl AsRef<[u8]>) -> Seen {
    let files = Files::new();
    read(&files.file(name, bytes))
}

fn lone(text: &str) -> Seen {
    vec![(None, Ok(text.to_owned()))]
}

fn members(texts: &[&str]) -> Seen {
    texts.iter().enumerate().map(|(at, text)| (Some((at + 1).to_string()), Ok((*text).to_owned()))).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zip(entries: &[(&str, &[u8])], options: SimpleFileOptions) -> Vec<u8> {
    let mut writer = ZipWriter::new(io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const SEPARATOR: &str = "From taro@example.jp Sat Jan  3 01:05:34 2026\n";

#[test]
fn an_eml_is_one_mail_whatever_it_holds() {
    let text = format!("{SEPARATOR}Subject: a\n\nx\n\n{SEPARATOR}Subject: b\n\ny\n");
    assert_eq!(one("a.eml", &text), lone(&text));
}

#[test]
fn two_separators_make_an_mbox_and_one_does_not() {
    let two = format!("{SEPARATOR}Subject: a\n\nx\n\n{SEPARATOR}Subject: b\n\ny\n");
    assert_eq!(one("two", &two), members(&["Subject: a\n\nx\n", "Subject: b\n\ny\n"]));
    let one_only = format!("{SEPARATOR}Subject: a\n\nx\n");
    assert_eq!(one("one", &one_only), lone(&one_only));
    assert_eq!(one("one.mbox", &one_only), members(&["Subject: a\n\nx\n"]));
}

#[test]
fn quoted_separators_are_unquoted_once() {
    let text = format!("{SEPARATOR}Subject: a\n\n>From here\n>>From there\n> From it\n");
    assert_eq!(one("a.mbox", text), members(&["Subject: a\n\nFrom here\n>From there\n> From it\n"]));
}

#[test]
fn a_content_length_counts_only_where_it_ends_at_a_separator() {
    let body = format!("x\n\n{SEPARATOR}Subject: no mail\n\n>From\n");
    let good = format!("{SEPARATOR}Content-Length: {}\n\n{body}\n{SEPARATOR}Subject: b\n\ny\n", body.len());
    let header = format!("Content-Length: {}\n\n", body.len());
    assert_eq!(one("cl2.mbox", good), members(&[&format!("{header}{body}"), "Subject: b\n\ny\n"]));
    let wrong = format!("{SEPARATOR}Content-Length: 9999\n\nx\n\n{SEPARATOR}Subject: b\n\ny\n");
    assert_eq!(one("wrong.mbox", wrong), members(&["Content-Length: 9999\n\nx\n", "Subject: b\n\ny\n"]));
}

#[test]
fn line_ends_of_an_mbox_may_be_crlf() {
    let text = format!("{SEPARATOR}Subject: a\n\nx\n\n{SEPARATOR}Subject: b\n\ny\n").replace('\n', "\r\n");
    assert_eq!(one("a.mbx", text), members(&["Subject: a\r\n\r\nx\r\n", "Subject: b\r\n\r\ny\r\n"]));
}

#[test]
fn an_emlx_is_cut_to_its_length() {
    assert_eq!(one("1.emlx", "16        \nSubject: a\n\nxyz\n<?xml version"), lone("Subject: a\n\nxyz\n"));
}

#[test]
fn gzip_holds_a_mail_or_an_mbox() {
    assert_eq!(one("a.eml.gz", gzip(b"Subject: a\n\nx\n")), lone("Subject: a\n\nx\n"));
    let mbox = format!("{SEPARATOR}Subject: a\n\nx\n\n{SEPARATOR}Subject: b\n\ny\n");
    assert_eq!(one("a.mbox.gz", gzip(mbox.as_bytes())).len(), 2);
}

#[test]
fn a_bomb_is_stopped() {
    let bomb = gzip(&vec![b'a'; 70 << 20]);
    assert_eq!(one("bomb.gz", &bomb), vec![(None, Err("decompression-bomb"))]);
}

#[test]
fn zip_entries_come_in_order_and_archives_in_archives_are_opened_once() {
    let inner = zip(&[("b.eml", b"Subject: b\n\n")], SimpleFileOptions::default());
    let outer = zip(
        &[("z.eml", b"Subject: z\n\n"), ("inner.zip", &inner), ("picture.png", b"\x89PNG\r\n\x1a\n\0\0")],
        SimpleFileOptions::default(),
    );
    let expected = vec![
        (Some("z.eml".to_owned()), Ok("Subject: z\n\n".to_owned())),
        (Some("inner.zip/b.eml".to_owned()), Ok("Subject: b\n\n".to_owned())),
    ];
    assert_eq!(one("a.zip", &outer), expected);
    let third = zip(&[("outer.zip", &outer)], SimpleFileOptions::default());
    assert_eq!(one("deep.zip", third).last().unwrap().1, Err("nested-too-deep"));
}

#[test]
fn encrypted_entries_are_opened_with_the_usual_passwords_and_the_configured_ones() {
    for password in ["infected", "virus", "himitsu"] {
        let crypto = SimpleFileOptions::default().with_deprecated_encryption(password.as_bytes()).unwrap();
        let aes = SimpleFileOptions::default().with_aes_encryption(AesMode::Aes256, password);
        for options in [crypto, aes] {
            let archive = zip(&[("a.eml", b"Subject: a\n\n")], options);
            assert_eq!(
                one("a.zip", archive),
                vec![(Some("a.eml".to_owned()), Ok("Subject: a\n\n".to_owned()))]
            );
        }
    }
    let unknown = SimpleFileOptions::default().with_aes_encryption(AesMode::Aes256, "unknown");
    let archive = zip(&[("a.eml", b"Subject: a\n\n")], unknown);
    assert_eq!(one("a.zip", archive), vec![(Some("a.eml".to_owned()), Err("encrypted"))]);
}

#[test]
fn folders_are_walked_in_order_without_loops() {
    let files = Files::new();
    files.file("b/2.eml", "Subject: 2\n\n");
    files.file("a.eml", "Subject: 1\n\n");
    files.file(".hidden", "Subject: no\n\n");
    files.file("c.lock", "Subject: no\n\n");
    files.file("notes.md", "# Not a mail\n");
    files.file("list/cur/1.host:2,S", format!("{SEPARATOR}Subject: 3\n\n{SEPARATOR}Subject: in it\n\n"));
    files.file("list/new/2.host", "Subject: 4\n\n");
    files.file("list/tmp/3.host", "Subject: no\n\n");
    #[cfg(unix)]
    std::os::unix::fs::symlink(files.0.path(), files.0.path().join("b/loop")).unwrap();
    let texts: Vec<_> = read(files.0.path()).into_iter().map(|(_, content)| content.unwrap()).collect();
    let maildir = format!("{SEPARATOR}Subject: 3\n\n{SEPARATOR}Subject: in it\n\n");
    assert_eq!(texts, ["Subject: 1\n\n", "Subject: 2\n\n", &maildir, "Subject: 4\n\n"]);
}

#[test]
fn what_is_no_mail_is_a_fault() {
    let files = Files::new();
    assert_eq!(read(files.0.path()), vec![(None, Err("no-mail"))]);
    assert_eq!(read(&files.0.path().join("missing.eml")), vec![(None, Err("unreadable"))]);
    assert_eq!(read(&files.file("empty.eml", "")), vec![(None, Err("empty"))]);
    assert_eq!(read(&files.file("blank.eml", "\r\n \n")), vec![(None, Err("no-mail"))]);
    assert_eq!(
        read(&files.file("damaged.zip", b"PK\x03\x04 and no more")),
        vec![(None, Err("damaged-archive"))]
    );
    assert_eq!(read(&files.file("body.eml", "\nx")), lone("\nx"));
}

#[test]
fn a_large_mail_is_cut_counted_and_hashed_whole() {
    let mut keeper = Keeper::new(&Budget::new(KEPT));
    let large = vec![b'a'; KEPT + 5];
    large.chunks(100_000).for_each(|chunk| keeper.push(chunk));
    let mail = keeper.finish().unwrap();
    let whole: [u8; 32] = <sha2::Sha256 as sha2::Digest>::digest(&large).into();
    assert_eq!((mail.raw().bytes.len(), mail.raw().size, mail.raw().sha256), (KEPT, KEPT as u64 + 5, whole));
}
