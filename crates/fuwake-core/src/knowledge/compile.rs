//! Reads the data folders. Used by the build script and by `cargo xtask lint-data`; all faults are collected, none stops the rest.

use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use crate::schema::{Brand, Data, DomainList, FindingSpec, PhraseFile, Redirector};

/// Everything below `root`, and what could not be read.
pub fn read(root: &Path) -> (Data, Vec<String>) {
    let mut reader = Reader::default();
    let mut data = Data {
        brands: reader.folder(&root.join("brands"), |brand: &mut Brand, id| brand.id = id),
        findings: reader.folder(&root.join("findings"), |finding: &mut FindingSpec, id| finding.id = id),
        scale: reader.file(&root.join("weights.toml")).unwrap_or_default(),
        ..Data::default()
    };
    for language in subfolders(&root.join("phrases")) {
        let name = stem(&language);
        data.phrases.extend(reader.folder(&language, |file: &mut PhraseFile, topic| {
            file.topic = topic;
            file.language.clone_from(&name);
        }));
    }
    for path in toml_files(&root.join("domains")) {
        match stem(&path).as_str() {
            "mail-services" => data.mail_services = reader.table(&path, "service"),
            "hosting-providers" => data.hosting_providers = reader.table(&path, "provider"),
            "redirectors" => data.redirectors = reader.table::<Redirector>(&path, "redirector"),
            name => {
                let name = name.to_owned();
                if let Some(list) = reader.file::<DomainList>(&path) {
                    data.lists.insert(name, list);
                }
            }
        }
    }
    data.date = newest_date(&data);
    (data, reader.faults)
}

#[derive(Default)]
struct Reader {
    faults: Vec<String>,
}

impl Reader {
    fn folder<T: DeserializeOwned>(&mut self, folder: &Path, name: impl Fn(&mut T, String)) -> Vec<T> {
        let mut items = Vec::new();
        for path in toml_files(folder) {
            if let Some(mut item) = self.file(&path) {
                name(&mut item, stem(&path));
                items.push(item);
            }
        }
        items
    }

    fn file<T: DeserializeOwned>(&mut self, path: &Path) -> Option<T> {
        let table = self.text(path)?;
        self.convert(path, table)
    }

    /// The entries `[[key]]` of a file; other keys of it are notes of its maintainers.
    fn table<T: DeserializeOwned>(&mut self, path: &Path, key: &str) -> Vec<T> {
        let Some(toml::Value::Table(mut table)) = self.text(path) else { return Vec::new() };
        let entries = table.remove(key).and_then(|value| value.as_array().cloned()).unwrap_or_default();
        if entries.is_empty() {
            self.faults.push(format!("{}: no [[{key}]]", path.display()));
        }
        entries.into_iter().filter_map(|entry| self.convert(path, entry)).collect()
    }

    fn text(&mut self, path: &Path) -> Option<toml::Value> {
        let read = fs::read_to_string(path).map_err(|why| why.to_string());
        match read.and_then(|text| text.parse::<toml::Table>().map_err(|why| why.to_string())) {
            Ok(table) => Some(dates_as_text(toml::Value::Table(table))),
            Err(why) => {
                self.faults.push(format!("{}: {why}", path.display()));
                None
            }
        }
    }

    fn convert<T: DeserializeOwned>(&mut self, path: &Path, value: toml::Value) -> Option<T> {
        value.try_into().map_err(|why| self.faults.push(format!("{}: {why}", path.display()))).ok()
    }
}

/// TOML dates become `YYYY-MM-DD`, so that the compiled form needs no date type.
fn dates_as_text(value: toml::Value) -> toml::Value {
    match value {
        toml::Value::Datetime(date) => toml::Value::String(date.to_string()),
        toml::Value::Array(items) => toml::Value::Array(items.into_iter().map(dates_as_text).collect()),
        toml::Value::Table(table) => {
            toml::Value::Table(table.into_iter().map(|(key, value)| (key, dates_as_text(value))).collect())
        }
        other => other,
    }
}

fn newest_date(data: &Data) -> String {
    let read = data.brands.iter().flat_map(|brand| &brand.sources).map(|source| &source.read);
    read.chain(data.lists.values().map(|list| &list.date)).max().cloned().unwrap_or_default()
}

fn toml_files(folder: &Path) -> Vec<PathBuf> {
    entries(folder)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect()
}

fn subfolders(folder: &Path) -> Vec<PathBuf> {
    entries(folder).into_iter().filter(|path| path.is_dir()).collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
