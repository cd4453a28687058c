//! Labels: the names of folders, or a table.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Context;
use fuwake_core::case::Input;
use fuwake_core::verdict::Class;

/// Where labels come from.
pub(super) enum Labels {
    /// The nearest folder whose name is a label.
    Folders,
    /// By SHA-256 or file name.
    Table(HashMap<String, Class>),
}

impl Labels {
    /// Reads a table of tab-separated values: a header names the columns `sha256` or `file`, and `class`.
    /// A row whose column `sure` holds a greater number than `sure` is left out.
    pub(super) fn new(table: Option<&Path>, sure: Option<u8>) -> anyhow::Result<Self> {
        let Some(path) = table else { return Ok(Self::Folders) };
        let text =
            std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        parse(&text, sure)
            .with_context(|| format!("{} is no table of labels", path.display()))
            .map(Self::Table)
    }

    /// The label of a mail, if it has one.
    pub(super) fn of(&self, input: &Input, sha256: &str, roots: &[String]) -> Option<Class> {
        let path = Path::new(&input.path);
        match self {
            Self::Table(table) => {
                // A table may name files from any folder on: the longest name counts.
                let ends = path.ancestors().filter_map(|above| path.strip_prefix(above).ok()?.to_str());
                let mut names: Vec<&str> = ends.chain([input.path.as_str()]).collect();
                names.reverse();
                table.get(sha256).or_else(|| names.into_iter().find_map(|name| table.get(name))).copied()
            }
            Self::Folders => {
                let root = root(input, roots)?;
                let above = path.ancestors().skip(usize::from(path != Path::new(root)));
                let inside = above.take_while(|folder| folder.starts_with(root));
                inside.filter_map(|folder| class(&folder.file_name()?.to_string_lossy())).next()
            }
        }
    }
}

/// The folder named on the command line that a mail is from.
pub(super) fn root<'r>(input: &Input, roots: &'r [String]) -> Option<&'r str> {
    let inside = roots.iter().filter(|root| Path::new(&input.path).starts_with(root));
    inside.max_by_key(|root| root.len()).map(String::as_str)
}

fn parse(text: &str, sure: Option<u8>) -> anyhow::Result<HashMap<String, Class>> {
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').map(str::trim).collect();
    let column = |name| header.iter().position(|column| *column == name);
    let label = column("class").context("there is no column `class`")?;
    let sureness = column("sure");
    let guessed = |cells: &[&str]| {
        let number = sureness.and_then(|column| cells.get(column)?.parse::<u8>().ok());
        sure.zip(number).is_some_and(|(most, number)| number > most)
    };
    let keys: Vec<usize> = ["sha256", "file"].into_iter().filter_map(column).collect();
    anyhow::ensure!(!keys.is_empty(), "there is neither a column `sha256` nor a column `file`");
    let mut table = HashMap::new();
    for line in lines {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        if guessed(&cells) {
            continue;
        }
        let Some(class) = cells.get(label).and_then(|name| class(name)) else { continue };
        table.extend(keys.iter().filter_map(|key| Some(((*cells.get(*key)?).to_owned(), class))));
    }
    Ok(table)
}

/// The class that a word names; of a name such as `ham_2026` any of its words counts.
fn class(name: &str) -> Option<Class> {
    name.to_lowercase().split(['_', '-', '.', ' ']).find_map(|word| match word {
        "phish" | "phishing" => Some(Class::Phishing),
        "fraud" | "scam" | "sextortion" | "bec" => Some(Class::Fraud),
        "malware" | "virus" => Some(Class::Malware),
        "spam" | "junk" | "unwanted" => Some(Class::Spam),
        "prank" => Some(Class::Prank),
        "simulation" => Some(Class::Simulation),
        "ham" | "hardham" | "legitimate" | "legit" | "good" | "genuine" | "wanted" => Some(Class::Legitimate),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(path: &str) -> Input {
        Input { path: path.to_owned(), member: None }
    }

    #[test]
    fn the_nearest_folder_inside_the_named_one_is_the_label() {
        let roots = ["spam/set".to_owned()];
        let label = |path| Labels::Folders.of(&at(path), "", &roots);
        assert_eq!(label("spam/set/ham_2026/a.eml"), Some(Class::Legitimate));
        assert_eq!(label("spam/set/phish/old/a.eml"), Some(Class::Phishing));
        assert_eq!(label("spam/set/other/a.eml"), None);
        assert_eq!(Labels::Folders.of(&at("ham/a.eml"), "", &["ham".to_owned()]), Some(Class::Legitimate));
    }

    #[test]
    fn a_table_names_mails_by_hash_or_file() {
        let table = parse("sha256\tset\tfile\tclass\nabc\tx\ta.eml\tfraud\n\tx\tb.eml\tunclear\n", None)
            .expect("a table");
        assert_eq!(Labels::Table(table.clone()).of(&at("x/other.eml"), "abc", &[]), Some(Class::Fraud));
        assert_eq!(Labels::Table(table.clone()).of(&at("x/a.eml"), "", &[]), Some(Class::Fraud));
        let folders = parse("file\tclass\na.eml\tspam\nphish/a.eml\tphishing\n", None).expect("a table");
        let labels = Labels::Table(folders);
        assert_eq!(labels.of(&at("/mails/phish/a.eml"), "", &[]), Some(Class::Phishing));
        assert_eq!(labels.of(&at("/mails/spam/a.eml"), "", &[]), Some(Class::Spam));
        assert_eq!(Labels::Table(table).of(&at("x/b.eml"), "", &[]), None);
        assert!(parse("file\tlabel\n", None).is_err());
        let sure = parse("file\tclass\tsure\na.eml\tspam\t1\nb.eml\tspam\t3\n", Some(2)).expect("a table");
        assert_eq!(sure.into_keys().collect::<Vec<_>>(), ["a.eml"]);
    }
}
