//! A site of published cases.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn fuwake(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fuwake"));
    command.args(arguments).env("XDG_CONFIG_HOME", "/nonexistent").env("LC_ALL", "C.UTF-8");
    // 2026-03-01: so that nothing in the lists is old.
    command.env("SOURCE_DATE_EPOCH", "1772323200");
    command.stdin(Stdio::null()).output().unwrap()
}

/// A published case in `folder` with a report in both languages.
fn publish(folder: &Path, slug: &str, change: impl Fn(&mut serde_json::Value)) {
    let case = folder.join(slug);
    fs::create_dir_all(&case).unwrap();
    let sha256: String = slug.bytes().map(|byte| format!("{byte:02x}")).chain(["0".repeat(64)]).collect();
    let day = slug.get(..10).unwrap();
    let mut record = serde_json::json!({
        "schema": "fuwake.publication/1", "audience": "public", "slug": slug, "sha256": sha256.get(..64).unwrap(),
        "class": "phishing", "day": day, "updated": format!("{day}T00:00:00Z"), "brand": "example",
        "texts": {
            "ja": {"title": "ご確認ください", "summary": "フィッシングとみられます。", "brand": "見本銀行"},
            "en": {"title": "ご確認ください", "summary": "Most likely phishing.", "brand": "Example Bank"},
        },
        "hosts": [{"name": "evil[.]example", "roles": ["link-host"],
            "networks": [{"number": 64500, "holder": "Example Net", "country": "JP"}]}],
        "indicators": [{"kind": "domain", "value": "evil.example"}, {"kind": "url", "value": "https://evil.example/a"}],
        "campaign": null, "files": ["report.ja.html", "report.en.html"],
    });
    change(&mut record);
    fs::write(case.join("publication.json"), record.to_string()).unwrap();
    for language in ["ja", "en"] {
        let html = format!("<html><body><main><h1>report of {slug}</h1></main></body></html>");
        fs::write(case.join(format!("report.{language}.html")), html).unwrap();
    }
}

fn build(folder: &Path) -> Output {
    fuwake(&["site", "build", folder.to_str().unwrap()])
}

/// A mail that was judged anew can get a folder of another name.
#[test]
fn a_mail_is_shown_once_by_its_newest_record() {
    let folder = tempfile::tempdir().unwrap();
    let sha256 = "ab".repeat(32);
    for (slug, day) in
        [("2026-01-03-bank-00000001", "2026-01-03"), ("2026-01-03-spam-00000001", "2026-02-01")]
    {
        publish(folder.path(), slug, |record| {
            record["sha256"] = sha256.as_str().into();
            record["updated"] = format!("{day}T00:00:00Z").into();
        });
    }
    let done = build(folder.path());
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(
        told.contains("2026-01-03-bank-00000001: an older record of the mail of 2026-01-03-spam-00000001"),
        "{told}"
    );
    let site = folder.path().join("_site");
    assert!(
        site.join("cases/2026-01-03-spam-00000001").exists()
            && !site.join("cases/2026-01-03-bank-00000001").exists()
    );
}

/// Every file below a folder but the manifest, whose keys tell of times.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(here) = open.pop() {
        for entry in fs::read_dir(here).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                open.push(entry.path());
            } else if entry.file_name() != ".fuwake-site" {
                let name = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                files.insert(name, fs::read(entry.path()).unwrap());
            }
        }
    }
    files
}

fn written(done: &Output) -> String {
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout.clone()).unwrap()
}

#[test]
fn a_site_has_pages_feeds_and_lists_in_both_languages() {
    // `cargo xtask validate` has others read what stands there.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("site");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    publish(&folder, "2026-01-03-example-00000001", |_| {});
    publish(&folder, "2026-02-03-example-00000002", |_| {});
    fs::write(folder.join("site.toml"), "base-url = 'https://example.jp/mail'\n[title]\nja = '見本'\n")
        .unwrap();
    fs::write(folder.join("about.ja.md"), "# 見本について\n\n<script>alert(1)</script>\n\n**太字**\n")
        .unwrap();
    written(&build(&folder));
    let files = files(&folder.join("_site"));
    let text = |name: &str| String::from_utf8(files[name].clone()).unwrap();
    for page in [
        "",
        "brands/",
        "brands/example/",
        "networks/as64500/",
        "campaigns/",
        "charts/",
        "search/",
        "lists/",
        "about/",
    ] {
        assert!(text(&format!("{page}index.html")).contains("<html lang=\"ja\">"), "{page}");
        assert!(text(&format!("en/{page}index.html")).contains("<html lang=\"en\">"), "{page}");
    }
    let index = text("index.html");
    let place = |slug: &str| index.find(slug).unwrap();
    assert!(place("2026-02-03-example-00000002") < place("2026-01-03-example-00000001"), "the newest first");
    assert!(text("en/cases/2026-01-03-example-00000001/index.html").contains("report of 2026-01-03"));
    assert!(text("feed.xml").contains("https://example.jp/mail/cases/2026-02-03-example-00000002/"));
    assert!(text("sitemap.xml").contains("<loc>https://example.jp/mail/en/brands/example/</loc>"));
    assert!(text("robots.txt").contains("Sitemap: https://example.jp/mail/sitemap.xml"));
    assert!(text("404.html").contains("href=\"/mail/style.css\""));
    assert!(text("lists/rpz.zone").contains("\n*.evil.example CNAME .\n"));
    assert!(
        text("lists/indicators.csv").contains("\"domain\",\"evil.example\",\"2026-01-03\",\"2026-02-03\"")
    );
    let about = text("about/index.html");
    assert!(about.contains("<strong>太字</strong>") && !about.contains("<script>alert"), "{about}");
}

#[test]
fn what_was_last_seen_long_ago_stands_in_no_list() {
    let folder = tempfile::tempdir().unwrap();
    // The build's day is 2026-03-01: 180 days before it is 2025-09-02.
    let held = |value: &'static str, last: Option<&'static str>| {
        move |record: &mut serde_json::Value| {
            record["indicators"] = serde_json::json!([{"kind": "hostname", "value": value, "last": last}]);
        }
    };
    publish(folder.path(), "2025-09-01-example-00000001", held("old.evil.example", None));
    publish(folder.path(), "2025-09-02-example-00000002", held("young.evil.example", None));
    publish(folder.path(), "2025-06-01-example-00000003", held("again.evil.example", Some("2026-01-05")));
    publish(folder.path(), "2025-05-01-example-00000004", held("young.evil.example", None));
    let lists = || {
        written(&build(folder.path()));
        let files = files(&folder.path().join("_site"));
        ["indicators.csv", "indicators.json", "hosts.txt", "rpz.zone"]
            .map(|name| String::from_utf8(files[&format!("lists/{name}")].clone()).unwrap())
    };
    let kept = lists();
    for list in &kept {
        assert!(list.contains("young.evil.example") && list.contains("again.evil.example"), "{list}");
        assert!(!list.contains("old.evil.example"), "{list}");
    }
    assert!(kept[0].contains("\"young.evil.example\",\"2025-05-01\",\"2025-09-02\""), "{}", kept[0]);
    assert!(kept[0].contains("\"again.evil.example\",\"2025-06-01\",\"2026-01-05\""), "{}", kept[0]);
    fs::write(folder.path().join("site.toml"), "[lists]\nkeep-days = 0\n").unwrap();
    assert!(lists().iter().all(|list| list.contains("old.evil.example")));
    fs::write(folder.path().join("site.toml"), "[lists]\nkeep-days = 30\n").unwrap();
    assert!(lists().iter().all(|list| !list.contains("evil.example")));
}

#[test]
fn what_is_unchanged_stays_and_what_is_gone_disappears() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("_site");
    for day in 10..14 {
        publish(folder.path(), &format!("2026-01-{day}-example-00000001"), |_| {});
    }
    written(&build(folder.path()));
    assert!(written(&build(folder.path())).contains(" 0 written, 0 removed"));
    fs::write(output.join("theirs.txt"), "not ours").unwrap();
    fs::remove_dir_all(folder.path().join("2026-01-11-example-00000001")).unwrap();
    publish(folder.path(), "2026-01-14-example-00000001", |_| {});
    written(&build(folder.path()));
    let after = files(&output);
    assert_eq!(after["theirs.txt"], b"not ours");
    assert!(!after.keys().any(|name| name.contains("2026-01-11")));
    assert!(!output.join("cases/2026-01-11-example-00000001").exists());
    // The same as one that is built anew.
    fs::remove_dir_all(&output).unwrap();
    written(&build(folder.path()));
    let mut anew = files(&output);
    anew.insert("theirs.txt".to_owned(), b"not ours".to_vec());
    assert!(after == anew);
}

#[test]
fn records_of_others_are_refused_and_lead_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    publish(folder.path(), "2026-01-10-example-00000001", |_| {});
    publish(folder.path(), "2026-01-11-example-00000001", |record| record["audience"] = "operator".into());
    publish(folder.path(), "2026-01-12-example-00000001", |record| record["slug"] = "../../outside".into());
    publish(folder.path(), "2026-01-13-example-00000001", |record| {
        record["brand"] = "../../../outside".into();
    });
    let done = build(folder.path());
    assert_eq!(done.status.code(), Some(1));
    let told = String::from_utf8_lossy(&done.stderr);
    assert!(told.contains("2026-01-11-example-00000001: it was not published for everybody"), "{told}");
    let names = files(&folder.path().join("_site"));
    assert!(names.keys().any(|name| name.contains("2026-01-10")));
    assert!(!names.keys().any(|name| name.contains("2026-01-11") || name.contains("outside")));
    assert!(!folder.path().join("outside").exists());
}

#[test]
fn hostile_texts_are_text_on_every_page() {
    const HOSTILE: &str = "\"><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}]]>";
    let folder = tempfile::tempdir().unwrap();
    publish(folder.path(), "2026-01-10-example-00000001", |record| {
        for language in ["ja", "en"] {
            for field in ["title", "summary", "brand"] {
                record["texts"][language][field] = HOSTILE.into();
            }
        }
        record["hosts"][0]["name"] = HOSTILE.into();
        record["hosts"][0]["networks"][0]["holder"] = HOSTILE.into();
        record["indicators"] = serde_json::json!([{"kind": "url", "value": "https://evil.example/=HYPERLINK(1)"}, {"kind": "domain", "value": "=cmd.example"}]);
    });
    written(&build(folder.path()));
    for (name, bytes) in files(&folder.path().join("_site")) {
        let text = String::from_utf8_lossy(&bytes);
        if name.ends_with(".html") || name.ends_with(".xml") {
            assert!(!text.contains("<script>alert") && !text.contains("<img src=x"), "{name}");
        }
        assert!(!name.ends_with(".csv") || !text.contains("=cmd"), "{name}");
    }
}

#[test]
fn what_is_not_ours_is_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    publish(folder.path(), "2026-01-10-example-00000001", |_| {});
    let output = folder.path().join("_site");
    fs::create_dir(&output).unwrap();
    fs::write(output.join("index.html"), "theirs").unwrap();
    let done = build(folder.path());
    assert_eq!(done.status.code(), Some(2));
    assert_eq!(fs::read_to_string(output.join("index.html")).unwrap(), "theirs");
}

/// A generator of numbers that are the same in every run (xorshift, G. Marsaglia, 2003).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}

/// Publishes a case anew or for the first time, with whatever brand, networks, lure and texts come up.
fn publish_any(folder: &Path, slug: &str, numbers: &mut Numbers) {
    let (brand, holder, network) = (numbers.below(4), numbers.below(3), 64_500 + numbers.below(9) / 8);
    let (lure, title, languages) = (numbers.below(6), numbers.below(5), numbers.below(8));
    publish(folder, slug, |record| {
        record["brand"] = if brand == 3 { serde_json::Value::Null } else { format!("brand-{brand}").into() };
        record["texts"]["ja"]["title"] = format!("ご確認 {title}").into();
        record["texts"]["en"]["brand"] = format!("Bank {}", title + brand).into();
        record["hosts"][0]["networks"][0] =
            serde_json::json!({"number": network, "holder": format!("Net {holder}"), "country": "JP"});
        record["indicators"][0]["value"] = format!("evil-{title}.example").into();
        let sketch: String =
            (0..256).map(|at| format!("{:x}", (at * 7 + lure * 3 + at / 16 * lure) % 16)).collect();
        record["campaign"] = serde_json::json!({"text": sketch, "links": [], "header": {
            "fields": "a", "message_id": "b", "boundary": "c", "mailer": "d", "encoding": "e"}});
        if languages == 0 {
            record["texts"].as_object_mut().unwrap().remove("en");
        }
    });
}

#[test]
fn a_site_that_grows_and_changes_is_the_same_as_one_that_is_built_at_once() {
    let (folder, grown) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut numbers = Numbers(0x5eed_0f5e_ed0f_5eed);
    let slug = |numbers: &mut Numbers, years: u64| {
        let (year, month, day) = (2023 + years, 1 + numbers.below(12), 1 + numbers.below(28));
        format!("{year}-{month:02}-{day:02}-example-{:08x}", numbers.below(1 << 32))
    };
    let mut cases: Vec<String> = (0..126).map(|number| slug(&mut numbers, number % 3)).collect();
    cases.iter().for_each(|case| publish_any(folder.path(), case, &mut numbers));
    let root = folder.path().to_str().unwrap();
    let built = |output: &Path| written(&fuwake(&["site", "build", root, "-o", output.to_str().unwrap()]));
    for step in 0..8 {
        built(grown.path());
        let anew = tempfile::tempdir().unwrap();
        built(anew.path());
        let (grown, anew) = (files(grown.path()), files(anew.path()));
        let campaigns = anew.keys().filter(|name| name.starts_with("campaigns/")).count();
        assert!(campaigns > 1 && anew.contains_key("networks/as64500/page/1/index.html"), "lists have pages");
        let differs = |name: &&String| grown.get(*name) != anew.get(*name);
        let different: Vec<&String> = grown.keys().chain(anew.keys()).filter(differs).collect();
        assert!(different.is_empty(), "step {step}: {different:?}");
        for _ in 0..=numbers.below(2) {
            let at = numbers.below(cases.len() as u64) as usize;
            match numbers.below(6) {
                0 => fs::remove_dir_all(folder.path().join(cases.swap_remove(at))).unwrap(),
                1 => publish_any(folder.path(), &cases[at], &mut numbers),
                2 => fs::write(folder.path().join(&cases[at]).join("report.ja.html"), "<main>new</main>")
                    .unwrap(),
                _ => {
                    // Mostly it is the newest of all.
                    let years = if numbers.below(3) == 0 { 1 } else { 3 };
                    cases.push(slug(&mut numbers, years));
                    publish_any(folder.path(), &cases[cases.len() - 1], &mut numbers);
                }
            }
        }
    }
}

#[test]
fn with_a_damaged_or_older_list_of_files_all_are_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("_site");
    publish(folder.path(), "2026-01-10-example-00000001", |_| {});
    publish(folder.path(), "2026-01-11-example-00000001", |_| {});
    written(&build(folder.path()));
    let list = output.join(".fuwake-site");
    let whole = fs::read_to_string(&list).unwrap();
    let (_, lines) = whole.split_once('\n').unwrap();
    for (what, damaged) in [
        ("another version", format!("fuwake.site/1\n{lines}")),
        ("cut off", whole.get(..whole.len() / 2).unwrap().to_owned()),
        ("empty", String::new()),
    ] {
        fs::write(&list, damaged).unwrap();
        fs::write(output.join("index.html"), "spoiled").unwrap();
        let done = build(folder.path());
        assert!(String::from_utf8_lossy(&done.stderr).contains("damaged"), "{what}");
        assert!(written(&done).contains(", 0 removed"), "{what}");
        assert!(fs::read_to_string(output.join("index.html")).unwrap().contains("2026-01-11"), "{what}");
        assert!(written(&build(folder.path())).contains(" 0 written, 0 removed"), "{what}");
    }
}
