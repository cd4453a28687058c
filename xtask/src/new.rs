//! Files of a new brand or finding, ready to be filled in.

use std::fs;
use std::path::Path;

use anyhow::{Context, ensure};

const BRAND: &str = r#"name.ja = ""
name.en = ""
sector = ""
country = "JP"
names = []
domains = []

[[source]]
url = ""
read = TODAY
shows = []
says = ""
"#;

const FINDING: &str = r#"group = "link"
weight = 0.0
points_to = {}
references = []

[ja]
title = ""
explanation = ""

[en]
title = ""
explanation = ""
"#;

const LOGIC: &str = r#"//! What it says, and when it is silent.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let _ = scene;
    None
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn a_sign_of_it_and_a_genuine_look_alike() {
        assert!(fires("ID", "From: a@example.com\n\nHello\n", ""));
        assert!(!fires("ID", "From: a@example.com\n\nHello\n", ""));
    }
}
"#;

/// Writes `data/brands/<id>.toml`; a source is read on the day on which it is written down.
pub(crate) fn brand(id: &str) -> anyhow::Result<()> {
    check(id)?;
    let today = time::OffsetDateTime::now_utc().date();
    write(&crate::root().join(format!("data/brands/{id}.toml")), &BRAND.replace("TODAY", &today.to_string()))
}

fn check(id: &str) -> anyhow::Result<()> {
    ensure!(fuwake_data::lint::is_kebab(id), "{id:?} is not kebab-case: small letters, digits and hyphens");
    Ok(())
}

/// Writes the two files of a finding and its lines in the registry.
pub(crate) fn finding(id: &str) -> anyhow::Result<()> {
    check(id)?;
    let module = id.replace('-', "_");
    write(&crate::root().join(format!("data/findings/{id}.toml")), FINDING)?;
    let folder = crate::root().join("crates/fuwake-core/src/findings");
    write(&folder.join(format!("{module}.rs")), &LOGIC.replace("ID", id))?;
    insert(&folder.join("mod.rs"), &format!("mod {module};"), is_module)?;
    insert(&folder.join("rules.rs"), &format!("    (\"{module}\", {module}::find),"), is_rule)?;
    println!("now: logic, tests, words and weight; a case in corpus/ that shows it; cargo xtask lint-data");
    Ok(())
}

fn is_module(line: &str) -> bool {
    line.starts_with("mod ") && line.ends_with(';')
}

fn is_rule(line: &str) -> bool {
    line.starts_with("    (\"") && line.ends_with("::find),")
}

/// A new line in a file, at its place in the order.
fn insert(path: &Path, line: &str, is_peer: fn(&str) -> bool) -> anyhow::Result<()> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    fs::write(path, insert_sorted(&text, line, is_peer))
        .with_context(|| format!("cannot write {}", path.display()))?;
    println!("{} (a line)", path.display());
    Ok(())
}

fn insert_sorted(text: &str, new: &str, is_peer: fn(&str) -> bool) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let after = lines.iter().position(|line| is_peer(line) && *line > new);
    let last = lines.iter().rposition(|line| is_peer(line)).map(|at| at + 1);
    lines.insert(after.or(last).unwrap_or(lines.len()), new);
    lines.join("\n") + "\n"
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    ensure!(!path.exists(), "{} is there already", path.display());
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))?;
    println!("{}", path.display());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{insert_sorted, is_module, is_rule};

    #[test]
    fn a_new_finding_stands_in_order() {
        assert_eq!(
            insert_sorted("mod b;\nmod d;\n\nuse e;\n", "mod c;", is_module),
            "mod b;\nmod c;\nmod d;\n\nuse e;\n"
        );
        let rules = "[\n    (\"b\", b::find),\n    (\"d\", d::find),\n];\n";
        let with = "[\n    (\"b\", b::find),\n    (\"c\", c::find),\n    (\"d\", d::find),\n];\n";
        assert_eq!(insert_sorted(rules, "    (\"c\", c::find),", is_rule), with);
    }
}
