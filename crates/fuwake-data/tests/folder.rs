//! An operator's folder, read, linted and laid over shipped data.
#![allow(clippy::unwrap_used)]

use std::fs;

use fuwake_data::lint::faults;
use fuwake_data::overlay::overlay;
use fuwake_data::read::{Reading, read};
use fuwake_data::schema::Data;

const BRAND: &str = "name.en = 'Reiyama'\nsector = 'bank'\ncountry = 'JP'\nnames = ['Reiyama']\n\
    domains = ['reiyama.example.jp']\n[[source]]\nurl = 'https://reiyama.example.jp/'\nread = 2026-01-02\n\
    shows = ['reiyama.example.jp']\n";
const FINDING: &str =
    "group = 'link'\nweight = 1\nwhen = 'true'\n[ja]\ntitle = '題'\nexplanation = '説明です。'\n";
const LIST: &str = "source = 'https://example.com/'\ndate = 2026-01-03\ndomains = ['example.net']\n";

/// What is read of these files, with all faults.
fn reading(files: &[(&str, &str)]) -> Reading {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let mut shipped = Data::default();
    shipped.scale.caps.insert("link".into(), 4.0);
    let mut reading = read(folder.path());
    reading.faults = faults(&reading, Some(&shipped));
    reading
}

fn told(files: &[(&str, &str)]) -> Vec<String> {
    let reading = reading(files);
    let root = format!("{}/", reading.root.display());
    reading.faults.iter().map(|fault| fault.to_string().replace(&root, "")).collect()
}

#[test]
fn a_sound_folder_has_no_faults() {
    let files = [
        ("brands/reiyama.toml", BRAND),
        ("findings/own.toml", FINDING),
        ("phrases/ja/own.toml", "finding = 'own'\nphrases = ['御礼…まで']\n"),
        ("domains/free-mail.toml", LIST),
        ("tests/own/fires/a.eml", "Subject: a\n\n"),
        ("README.md", "ours"),
    ];
    assert_eq!(told(&files), [] as [String; 0]);
    assert_eq!(reading(&files).data.date, "2026-01-03");
}

#[test]
fn faults_carry_their_place() {
    let finding = |from, to| FINDING.replace(from, to);
    let told_better = |id| FINDING.replace("[ja]", &format!("told_better_by = ['{id}']\n[ja]"));
    let cases = [
        ("findings/a.toml", "group = 'link\n".to_owned(), "findings/a.toml:1:"),
        ("findings/a.toml", finding("link", "lnik"), "a.toml:1:1: no such group: lnik (one of link)"),
        ("findings/A.toml", FINDING.to_owned(), "A.toml: the file's name is not kebab-case"),
        ("findings/a.toml", finding("when", "whne"), "findings/a.toml:3:1: unknown field `whne`"),
        ("findings/a.toml", finding("'true'", "{ al = [] }"), "unknown field `al`"),
        ("findings/a.toml", finding("'true'", "{ all = ['b'] }"), "rests on an unknown finding: b"),
        ("findings/a.toml", told_better("b"), "findings/a.toml:4:6: told better by an unknown finding: b"),
        ("findings/a.toml", told_better("a"), "is in the end told better by itself: a"),
        (
            "findings/a.toml",
            finding("'true'", "{ none = ['a'] }"),
            "rests in the end on itself, so it never fires: a",
        ),
        ("findings/a.toml", finding("説明", "{host}"), "an expression gives no values for the words"),
        ("findings/a.toml", finding("'題'", "''"), "findings/a.toml:4:1: the ja words are missing"),
        ("brands/a.toml", BRAND.replace("example.jp']", "Example.jp']"), "no domain: reiyama.Example.jp"),
        ("brands/a.toml", BRAND.replace("2026-01-02", "20"), "brands/a.toml:8:"),
        ("brands/a.toml", BRAND.replace("shows = ['reiyama", "shows = ['kawara"), "shown, but not a domain"),
        ("brands/a.toml", BRAND.replace("shows", "# "), "neither shows a domain nor says anything"),
        ("phrases/own.toml", "finding = 'own'\n".to_owned(), "phrases/own.toml: is not read"),
        ("domains/free-mails.toml", LIST.to_owned(), "no such list of domains"),
    ];
    for (file, text, expected) in cases {
        let faults = told(&[(file, &text)]);
        assert!(faults.iter().any(|fault| fault.contains(expected)), "{expected}: {faults:?}");
    }
}

#[test]
fn circles_of_three_are_told_at_each_of_them() {
    let after = |id: &str| FINDING.replace("'true'", &format!("{{ any = ['{id}'] }}"));
    let better = |id: &str| FINDING.replace("[ja]", &format!("told_better_by = ['{id}']\n[ja]"));
    for (text, expected) in [
        (&after as &dyn Fn(&str) -> String, "rests in the end on itself, so it never fires"),
        (&better, "is in the end told better by itself"),
    ] {
        let [a, b, c] = ["b", "c", "a"].map(text);
        let faults = told(&[("findings/a.toml", &a), ("findings/b.toml", &b), ("findings/c.toml", &c)]);
        assert_eq!(faults.iter().filter(|fault| fault.contains(expected)).count(), 3, "{faults:?}");
    }
}

/// Reading a named pipe would wait for ever; a folder that is named like a file stands for it here.
#[test]
fn only_regular_files_are_read() {
    let faults = told(&[("findings/a.toml/x", ""), ("findings/b.toml", FINDING)]);
    assert!(faults.contains(&"findings/a.toml: is not a regular file".to_owned()), "{faults:?}");
}

#[test]
fn own_entries_replace_or_join_the_shipped_ones() {
    let base =
        reading(&[("brands/a.toml", BRAND), ("brands/c.toml", BRAND), ("domains/free-mail.toml", LIST)]);
    let own = reading(&[
        ("brands/b.toml", BRAND),
        ("brands/c.toml", &BRAND.replace("bank", "card")),
        ("findings/own.toml", FINDING),
        ("domains/free-mail.toml", &LIST.replace("example.net", "example.org").replace("-03", "-04")),
    ]);
    let data = overlay(base.data, &own);
    let replaced = data.brands.iter().map(|brand| brand.origin.as_ref().map(|origin| origin.replaces));
    let ids: Vec<_> = data.brands.iter().map(|brand| brand.id.as_str()).zip(replaced).collect();
    assert_eq!(ids, [("a", None), ("b", Some(false)), ("c", Some(true))]);
    assert_eq!(data.brands[2].sector, "card");
    assert_eq!(data.brands[1].name.ja, "Reiyama", "one language is said in both");
    assert_eq!(data.findings[0].en, data.findings[0].ja);
    assert_eq!(data.lists["free-mail"].domains, ["example.net", "example.org"]);
    assert_eq!(data.date, "2026-01-04");
}

/// One domain of a brand may rest on a source while another does not.
#[test]
fn each_domain_is_verified_by_itself() {
    let two = BRAND.replace("domains = [", "domains = ['kawara.example.jp', ");
    let reading = reading(&[("brands/reiyama.toml", &two)]);
    let brand = &reading.data.brands[0];
    assert!(brand.is_shown("reiyama.example.jp") && brand.is_shown("mail.reiyama.example.jp"));
    assert!(!brand.is_shown("kawara.example.jp") && !brand.is_shown("notreiyama.example.jp"));
    assert!(!brand.is_unverified());
}
