//! An operator's own brands, phrases and findings, from the folder to every format.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Instant;

use serde_json::Value;

const PARCEL: &str = "From: \"Reiyama Parcel\" <info@reiyama-parcel.example.com>\r\nTo: <hanako@example.jp>\r\n\
    Subject: Parcel held\r\nDate: Sat, 03 Jan 2026 01:05:34 +0900\r\nMessage-ID: <1@reiyama-parcel.example.com>\r\n\
    Content-Type: text/plain; charset=utf-8\r\n\r\n霊山急便の荷物を再配達します。 https://pay.example.com/fee\r\n\
    See https://www.example.net/terms too.\r\n";
const LUNCH: &str = "From: Taro <taro@example.jp>\r\nTo: <hanako@example.jp>\r\nSubject: Lunch\r\n\
    Date: Sat, 03 Jan 2026 01:05:34 +0900\r\nMessage-ID: <1@example.jp>\r\n\r\nAt noon?\r\n";
const NOBODY: &str = "To: <hanako@example.jp>\r\nSubject: Lunch\r\n\r\nAt noon?\r\n";

const BRAND: &str = "name.ja = '霊山急便'\nsector = 'parcel'\ncountry = 'JP'\nnames = ['霊山急便', 'Reiyama Parcel']\n\
    domains = ['reiyama.example.jp']\nunverified = true\n";
const FEE: &str = "group = 'link'\nweight = 4.5\npoints_to = { phishing = 2.0 }\n\
    when = '''\n  mail.subject == 'Parcel held'\n  && mail.links.exists(link, link.host == 'pay.example.com')\n'''\n\
    [ja]\ntitle = '再配達の手数料を求めるリンク'\nexplanation = '当社は再配達の手数料をいただきません。'\n";
const SENDER: &str = "group = 'sender'\nweight = 0.5\nwhen = 'mail.from.domain.endsWith(\"example.com\")'\n\
    [en]\ntitle = 'From example.com'\nexplanation = 'Nobody of ours writes from there.'\n";

struct Folder(tempfile::TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            folder.write(name, text);
        }
        folder
    }

    /// A brand, a finding by an expression with its tests, and one that fails on mails without From.
    fn usual() -> Self {
        Self::new(&[
            ("own/brands/reiyama.toml", BRAND),
            ("own/findings/parcel-fee-asked.toml", FEE),
            ("own/findings/sender-at-example-com.toml", SENDER),
            ("own/tests/parcel-fee-asked/fires/parcel.eml", PARCEL),
            ("own/tests/parcel-fee-asked/silent/lunch.eml", LUNCH),
            ("parcel.eml", PARCEL),
            ("nobody.eml", NOBODY),
        ])
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    /// Runs the program in this folder.
    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_fuwake"))
            .args(arguments)
            .current_dir(self.0.path())
            .env("XDG_CONFIG_HOME", self.0.path())
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }

    fn said(&self, arguments: &[&str]) -> (i32, String) {
        let output = self.run(arguments);
        let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        (output.status.code().unwrap(), text)
    }

    fn case(&self, mail: &str, more: &[&str]) -> Value {
        let output = self.run(&[&["dissect", "--format", "json", mail], more].concat());
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

fn finding<'c>(case: &'c Value, id: &str) -> Option<&'c Value> {
    case["findings"].as_array().unwrap().iter().find(|finding| finding["id"] == id)
}

#[test]
fn an_expression_judges_and_shows_the_link_that_it_holds_for() {
    let folder = Folder::usual();
    let own = ["--knowledge", "own", "--lang", "en"];
    let (without, with) = (folder.case("parcel.eml", &[]), folder.case("parcel.eml", &own));
    assert!(finding(&without, "parcel-fee-asked").is_none());
    let fee = finding(&with, "parcel-fee-asked").unwrap();
    assert_eq!(fee["title"], "再配達の手数料を求めるリンク", "one language is said in both");
    let excerpts: Vec<_> =
        fee["because"].as_array().unwrap().iter().map(|because| &because["excerpt"]).collect();
    assert!(excerpts.iter().any(|text| text.as_str().unwrap().contains("pay.example.com")), "{excerpts:?}");
    assert!(!excerpts.iter().any(|text| text.as_str().unwrap().contains("www.example.net")), "{excerpts:?}");
    assert_eq!(
        (&with["verdict"]["class"], &with["impersonation"]["brand"]),
        (&"phishing".into(), &"reiyama".into())
    );
    assert!(with["verdict"]["score"].as_f64() > without["verdict"]["score"].as_f64());
    assert!(with["tool"]["knowledge"].as_str().unwrap().contains('+'), "{}", with["tool"]);
    for format in ["text", "markdown", "html"] {
        let (status, report) =
            folder.said(&[&["dissect", "--format", format, "parcel.eml"], &own[..]].concat());
        assert!(status == 0 && report.contains("再配達の手数料を求めるリンク"), "{format}: {report}");
    }
}

#[test]
fn an_expression_that_fails_is_silent_and_said() {
    let folder = Folder::usual();
    let case = folder.case("nobody.eml", &["--knowledge", "own"]);
    assert!(finding(&case, "sender-at-example-com").is_none());
    let defects = case["mail"]["defects"].as_array().unwrap();
    let said = defects.iter().find(|defect| defect["id"] == "own-finding-undecided").unwrap();
    assert!(said["detail"].as_str().unwrap().starts_with("sender-at-example-com: "), "{said}");
    let (_, report) = folder.said(&["dissect", "nobody.eml", "--knowledge", "own", "--lang", "ja"]);
    assert!(report.contains("独自に追加された所見の条件式"), "{report}");
}

#[test]
fn the_folder_is_named_or_stands_beside_the_configuration() {
    let folder = Folder::usual();
    let fires =
        |arguments: &[&str]| finding(&folder.case("parcel.eml", arguments), "parcel-fee-asked").is_some();
    folder.write("elsewhere/config.toml", "knowledge = '../own'");
    assert!(fires(&["--config", "elsewhere/config.toml"]));
    assert!(!fires(&[]));
    fs::create_dir(folder.0.path().join("fuwake")).unwrap();
    fs::rename(folder.0.path().join("own"), folder.0.path().join("fuwake/knowledge")).unwrap();
    assert!(fires(&[]), "beside the usual place of the configuration");
    let (status, said) = folder.said(&["dissect", "parcel.eml", "--knowledge", "nowhere"]);
    assert!(status == 2 && said.contains("nowhere: no folder of knowledge"), "{said}");
}

#[test]
fn origin_and_replacement_are_said() {
    let folder = Folder::usual();
    let words = "[en]\ntitle = 'Ours'\nexplanation = 'Ours.'\n";
    folder.write("own/findings/spf-failed.toml", &format!("group = 'authentication'\nweight = 3.0\n{words}"));
    let said =
        |arguments: &[&str]| folder.said(&[arguments, &["--knowledge", "own", "--lang", "en"]].concat()).1;
    let list = said(&["finding", "list"]);
    assert!(
        list.lines()
            .any(|line| line.starts_with("spf-failed\t") && line.contains("replaces the shipped one: own"))
    );
    assert!(
        list.lines().any(|line| line.starts_with("parcel-fee-asked\t") && line.contains("your own: own"))
    );
    assert_eq!(list.lines().filter(|line| line.contains(": own")).count(), 3);
    let explained = said(&["finding", "explain", "parcel-fee-asked"]);
    assert!(
        explained.contains("expression: mail.subject") && explained.contains("origin: your own"),
        "{explained}"
    );
    let shown = said(&["brand", "show", "reiyama"]);
    assert!(shown.starts_with("霊山急便 (reiyama)") && shown.contains("origin: your own: own"), "{shown}");
    assert!(said(&["brand", "check", "www.reiyama.example.jp"]).contains("霊山急便"));
}

#[test]
fn a_check_says_all_faults_with_their_places() {
    let folder = Folder::usual();
    let check = |more: &[&str]| folder.said(&[&["finding", "check", "own"], more].concat());
    let (status, said) = check(&["--lang", "ja"]);
    assert!(status == 0 && said.contains("テスト 2") && said.contains("誤り 0"), "{said}");
    assert!(said.contains("sender-at-example-com: テストがありません"), "{said}");

    folder.write("own/tests/parcel-fee-asked/fires/lunch.eml", LUNCH);
    folder.write("own/tests/parcel-fee-asked/silent/parcel.eml", PARCEL);
    let (status, said) = check(&["--lang", "en"]);
    assert_eq!(status, 2);
    assert!(said.contains("fires/lunch.eml: parcel-fee-asked: is silent and must fire"), "{said}");
    assert!(said.contains("silent/parcel.eml: parcel-fee-asked: fires and must be silent"), "{said}");

    folder.write("own/findings/wrong.toml", &FEE.replace("link.host", "lnk.host"));
    folder.write("own/findings/unknown-key.toml", &SENDER.replace("group", "grupe"));
    folder.write("own/brands/other.toml", &BRAND.replace("parcel'", "parcels'"));
    folder.write("own/phrases/ja/parcel.toml", "finding = 'no-such'\nphrases = ['再配達']\n");
    folder.write("own/finding/typo.toml", SENDER);
    let (status, said) = check(&["--lang", "en"]);
    assert_eq!(status, 2);
    for fault in [
        "wrong.toml:6:30: there is no fact \"lnk\"",
        &format!("\n    {}^\n", " ".repeat(29)),
        "unknown-key.toml:1:1: unknown field `grupe`",
        "other.toml:2:1: no such sector: parcels",
        "reiyama.example.jp stands with other and reiyama",
        "parcel.toml:1:1: no such finding: no-such",
        "own/finding: is not read",
    ] {
        assert!(said.contains(fault), "{fault}: {said}");
    }
    let (status, told) = folder.said(&["dissect", "parcel.eml", "--knowledge", "own"]);
    assert!(status == 2 && told.contains("no fact \"lnk\""), "{told}");
    let caret = format!("\n    {}^\n", " ".repeat(29));
    assert!(told.contains(&caret) && told.contains("fuwake: faults in the knowledge of own: "), "{told}");
    folder.write("own/findings/wrong.toml", &FEE.replace("link.host", "lnk.\u{202e}host"));
    let (_, told) = folder.said(&["dissect", "parcel.eml", "--knowledge", "own"]);
    assert!(told.contains("\\u{202e}") && !told.contains('\u{202e}'), "{told}");
}

/// Nothing in a mail makes an expression slow: the largest lists and texts, walked through in each other.
#[test]
fn a_hostile_mail_does_not_make_an_expression_slow() {
    let nested =
        "mail.links.exists(a, mail.links.exists(b, a.url != b.url && mail.text.contains(a.url + b.url)))";
    let finding =
        format!("group = 'link'\nweight = 1.0\nwhen = '{nested}'\n[en]\ntitle = 'a'\nexplanation = 'a'\n");
    let links: String =
        (0..3000).map(|at| format!("https://a{at}.example.com/{}\r\n", "a".repeat(200))).collect();
    let mail = format!("{LUNCH}{links}");
    let folder = Folder::new(&[("own/findings/slow.toml", &finding), ("a.eml", &mail)]);
    let start = Instant::now();
    let case = folder.case("a.eml", &["--knowledge", "own"]);
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
    assert!(case["mail"]["links"].as_array().unwrap().len() > 1000);
}

#[test]
fn the_readme_shows_an_example_that_works() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let block = |page: &str| {
        let text = fs::read_to_string(root.join(page)).unwrap();
        let (_, rest) = text.split_once("# knowledge/findings/parcel-fee-asked.toml\n").unwrap();
        rest.split_once("```").unwrap().0.to_owned()
    };
    for page in ["README.md", "README.ja.md"] {
        let folder = Folder::new(&[("own/findings/parcel-fee-asked.toml", &block(page))]);
        let (status, said) = folder.said(&["finding", "check", "own"]);
        assert_eq!(status, 0, "{page}: {said}");
    }
}

#[test]
fn a_genuine_page_is_kept_for_copies_to_be_known_by() {
    let folder = tempfile::tempdir().unwrap();
    let knowledge = folder.path().to_str().unwrap();
    let ledger = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/visited-amex-prank/ledger.jsonl");
    let capture = |brand: &str, url: &str| {
        let asked = ["brand", "capture", brand, url, "--replay", ledger, "--knowledge", knowledge];
        Command::new(env!("CARGO_BIN_EXE_fuwake")).args(asked).output().unwrap()
    };
    let page = "https://www.americanexpress.com/ja-jp/account/login";
    let done = capture("american-express", page);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let file = String::from_utf8(done.stdout).unwrap();
    assert!(file.trim().ends_with("references/american-express-1.toml"), "{file}");
    let kept = fs::read_to_string(file.trim()).unwrap();
    assert!(kept.contains("is_login = true") && kept.contains(page), "{kept}");
    assert!(String::from_utf8(capture("american-express", page).stdout).unwrap().contains("-2.toml"));
    assert_eq!(capture("american-express", "https://login.example.net/").status.code(), Some(2));
    assert_eq!(capture("no-such-brand", page).status.code(), Some(2));
    let mail = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/visited-amex-prank/mail.eml");
    let again = ["dissect", "--replay", ledger, "--knowledge", knowledge, "--format", "json", mail];
    let said = Command::new(env!("CARGO_BIN_EXE_fuwake")).args(again).output().unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    assert!(said.contains("landing-is-known-login"), "the log-in address is the one that was kept");
}
