//! Hostile mails, published and opened in a real browser: no script of theirs runs, nothing is fetched, and nothing is written but into the
//! case's folder.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a script of the mail would leave in a page.
const MARK: &str = "somebody-ran-this";

/// A mail that tries to run scripts, and to fetch from `canary`, in every place that a publication shows.
fn mail(canary: u16) -> String {
    let script = format!("<script>document.documentElement.id='{MARK}'</script>");
    let image =
        format!("<img src='http://127.0.0.1:{canary}/i' onerror=\"document.documentElement.id='{MARK}'\">");
    let svg = format!(
        "<svg onload=\"document.documentElement.id='{MARK}'\"><use href='http://127.0.0.1:{canary}/s#a'/></svg>"
    );
    let style = format!("</style><style>body{{background:url(http://127.0.0.1:{canary}/c)}}</style>");
    let template =
        "{{ 7*7 }} {% include \"/etc/passwd\" %} ${7*7} <% 7*7 %> [x](javascript:alert(1)) \u{202e}gpj.exe";
    let yaml = "\"\\n---\\nlayout: x\\n# ";
    format!(
        "Received: from x ({script}) by mx.example.jp for <hanako@example.jp>; Sat, 03 Jan 2026 01:05:35 +0900\r\n\
         From: \"{script} =cmd|'/c calc'!A1\" <../../a@{MARK}.example.net>\r\nTo: <hanako@example.jp>\r\n\
         Subject: =?utf-8?q?../../../etc/x?= {yaml}{script}{image}{template}\r\n\
         Message-ID: <../..{script}@example.net>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
         <title>{script}</title>{script}{image}{svg}{style}<p onclick=alert(1) style=\"background:url(http://127.0.0.1:{canary}/p)\">\
         {template}</p><a href=\"https://login.example.com/{script}\">amazon {script}</a>\
         &lt;script&gt;document.documentElement.id='{MARK}'&lt;/script&gt;\
         <a href=\"javascript:document.documentElement.id='{MARK}'\">x</a><iframe src='http://127.0.0.1:{canary}/f'></iframe>\
         <meta http-equiv=refresh content='0;url=http://127.0.0.1:{canary}/r'><base href='http://127.0.0.1:{canary}/'>\r\n\
         --b\r\nContent-Type: application/zip; name=\"../../../../tmp/{script}.zip\"\r\n\
         Content-Disposition: attachment; filename=\"../../../../tmp/{script}.zip\"\r\n\r\nPK\r\n--b--\r\n"
    )
}

fn fuwake(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fuwake"));
    command.args(arguments).env("XDG_CONFIG_HOME", "/nonexistent").env("LC_ALL", "C.UTF-8");
    let done = command.stdin(Stdio::null()).output().unwrap();
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// Every file in a folder, however deep.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// The page after the browser ran what it would run.
fn opened(page: &Path, profile: &Path) -> String {
    let browsers = ["chromium", "chromium-browser", "google-chrome"];
    let mut flags = vec!["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"];
    flags.extend([
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--virtual-time-budget=3000",
        "--dump-dom",
    ]);
    let open = |browser: &&str| {
        let folder = format!("--user-data-dir={}", profile.display());
        let page = format!("file://{}", page.display());
        Command::new(browser).args(&flags).arg(folder).arg(page).stdin(Stdio::null()).output().ok()
    };
    let done = browsers.iter().find_map(open).expect("this test needs Chromium: apt-get install chromium");
    String::from_utf8_lossy(&done.stdout).into_owned()
}

#[test]
fn nothing_of_a_hostile_mail_acts_in_what_is_published() {
    let canary = TcpListener::bind("127.0.0.1:0").unwrap();
    canary.set_nonblocking(true).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (eml, cases, out) =
        (folder.path().join("a.eml"), folder.path().join("cases"), folder.path().join("out"));
    fs::write(&eml, mail(canary.local_addr().unwrap().port())).unwrap();
    fuwake(&["dissect", "--case", cases.to_str().unwrap(), eml.to_str().unwrap()]);
    let case = fs::read_dir(&cases).unwrap().next().unwrap().unwrap().path();
    let before = files(folder.path());
    let kinds = "html,markdown,text,article,pictures,csv,hosts,rpz,stix,misp";
    fuwake(&["publish", case.to_str().unwrap(), "--as", kinds, "-o", out.to_str().unwrap()]);
    fuwake(&["site", "build", out.to_str().unwrap()]);
    assert!(before.iter().all(|file| file.is_file()));
    let written: Vec<PathBuf> =
        files(folder.path()).into_iter().filter(|file| !before.contains(file)).collect();
    assert!(written.iter().all(|file| file.starts_with(&out)), "{written:?}");
    let pages: Vec<&PathBuf> = written
        .iter()
        .filter(|file| file.extension().is_some_and(|ending| ending == "html" || ending == "svg"))
        .collect();
    assert!(pages.len() > 6, "{pages:?}");
    // Of the site's pages those with the mail's words: the others hold no more than its title.
    let holds = |page: &&&PathBuf| fs::read_to_string(page).is_ok_and(|text| text.contains(MARK));
    let told: Vec<&&PathBuf> = pages.iter().filter(holds).take(12).collect();
    assert!(told.len() >= 4, "{told:?}");
    let profile = folder.path().join("profile");
    for page in told {
        let dom = opened(page, &profile);
        assert!(dom.contains("<html") || dom.contains("<svg"), "{} was not opened", page.display());
        let root: String = dom
            .split_once("<html")
            .or(dom.split_once("<svg"))
            .map(|(_, rest)| rest.split('>').next().unwrap_or_default().to_owned())
            .unwrap_or_default();
        assert!(!root.contains(MARK), "{} runs scripts of the mail", page.display());
    }
    assert!(canary.accept().is_err(), "something was fetched");
}

#[test]
fn a_page_that_runs_scripts_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("a.html");
    fs::write(&page, format!("<p>a<script>document.documentElement.id='{MARK}'</script>")).unwrap();
    let dom = opened(&page, &folder.path().join("profile"));
    assert!(dom.contains(&format!("<html id=\"{MARK}\"")), "{dom}");
}
