//! Reads the data folders; all faults are collected, none stops the rest.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::schema::{
    Brand, Company, Contact, Data, DomainList, FieldWords, FindingSpec, Law, Opposite, PageMark, PhraseFile,
    Redirector, Reference,
};
use crate::{Fault, place};

/// The folders that are read.
pub const FOLDERS: [&str; 10] = [
    "brands",
    "contacts",
    "domains",
    "fields",
    "findings",
    "laws",
    "opposites",
    "pages",
    "phrases",
    "references",
];

/// What a folder holds.
#[derive(Debug, Default)]
pub struct Reading {
    /// The folder.
    pub root: PathBuf,
    /// What could be read.
    pub data: Data,
    /// What could not.
    pub faults: Vec<Fault>,
    /// The files, for whoever tells a line of one.
    pub texts: BTreeMap<PathBuf, String>,
}

/// Everything below `root`.
#[must_use]
pub fn read(root: &Path) -> Reading {
    let mut reading = Reading { root: root.to_owned(), ..Reading::default() };
    let brands = reading.folder(&root.join("brands"), |brand: &mut Brand, id| brand.id = id);
    let findings = reading.folder(&root.join("findings"), |finding: &mut FindingSpec, id| finding.id = id);
    let scale = Some(root.join("weights.toml")).filter(|path| path.exists());
    let scale = scale.and_then(|path| reading.file(&path)).unwrap_or_default();
    reading.data = Data { brands, findings, scale, ..Data::default() };
    for language in subfolders(&root.join("phrases")) {
        let name = stem(&language);
        let files = reading.folder(&language, |file: &mut PhraseFile, topic| {
            file.topic = topic;
            file.language.clone_from(&name);
        });
        reading.data.phrases.extend(files);
    }
    for path in toml_files(&root.join("opposites")) {
        let pairs = reading.file(&path).map_or_else(Vec::new, |Opposites { pair }| pair).into_iter();
        let named = pairs.map(|pair| Opposite { language: stem(&path), ..pair });
        reading.data.opposites.extend(named);
    }
    reading.data.fields =
        reading.folder(&root.join("fields"), |field: &mut FieldWords, asks| field.asks = asks);
    reading.data.references =
        reading.folder(&root.join("references"), |reference: &mut Reference, id| reference.id = id);
    reading.data.laws = reading.folder(&root.join("laws"), |law: &mut Law, id| law.id = id);
    reading.data.contacts =
        reading.folder(&root.join("contacts"), |contact: &mut Contact, id| contact.id = id);
    for path in toml_files(&root.join("pages")) {
        let marks = reading.file(&path).map_or_else(Vec::new, |Marks { mark }| mark).into_iter();
        let named = marks.map(|mark| PageMark { kind: stem(&path), ..mark });
        reading.data.pages.extend(named);
    }
    for path in toml_files(&root.join("domains")) {
        reading.domains(&path);
    }
    reading.data.date = newest_date(&reading.data);
    reading
}

#[derive(Deserialize)]
struct Opposites {
    pair: Vec<Opposite>,
}

#[derive(Deserialize)]
struct Marks {
    mark: Vec<PageMark>,
}

#[derive(Deserialize)]
struct Services {
    service: Vec<Company>,
}

#[derive(Deserialize)]
struct Providers {
    provider: Vec<Company>,
}

#[derive(Deserialize)]
struct Redirectors {
    redirector: Vec<Redirector>,
}

impl Reading {
    /// The text of a file, where it was read.
    #[must_use]
    pub fn text(&self, file: &Path) -> &str {
        self.texts.get(file).map_or("", String::as_str)
    }

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

    /// A file of domains; beside its entries those of companies and redirectors hold notes of their maintainers.
    fn domains(&mut self, path: &Path) {
        match stem(path).as_str() {
            "mail-services" => {
                self.data.mail_services =
                    self.file::<Services>(path).map_or_else(Vec::new, |file| file.service);
            }
            "hosting-providers" => {
                self.data.hosting_providers =
                    self.file::<Providers>(path).map_or_else(Vec::new, |file| file.provider);
            }
            "redirectors" => {
                self.data.redirectors =
                    self.file::<Redirectors>(path).map_or_else(Vec::new, |file| file.redirector);
            }
            name => {
                if let Some(list) = self.file::<DomainList>(path) {
                    self.data.lists.insert(name.to_owned(), list);
                }
            }
        }
    }

    fn file<T: DeserializeOwned>(&mut self, path: &Path) -> Option<T> {
        let fault = |place, message| Fault { file: path.to_owned(), place, message };
        // Whoever reads a pipe waits until somebody writes to it.
        if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
            self.faults.push(fault(None, "is not a regular file".to_owned()));
            return None;
        }
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(why) => {
                self.faults.push(fault(None, why.to_string()));
                return None;
            }
        };
        let read = toml::from_str(&text).map_err(|why| {
            let place = why.span().map(|span| place(&text, span.start));
            self.faults.push(fault(place, why.message().to_owned()));
        });
        self.texts.insert(path.to_owned(), text);
        read.ok()
    }
}

fn newest_date(data: &Data) -> String {
    let read = data.brands.iter().flat_map(|brand| &brand.sources).map(|source| &source.read);
    let laws = data.laws.iter().flat_map(|law| &law.sources);
    let contacts = data.contacts.iter().flat_map(|contact| &contact.sources);
    let read = read.chain(laws.chain(contacts).map(|source| &source.read));
    read.chain(data.lists.values().map(|list| &list.date)).max().cloned().unwrap_or_default()
}

fn toml_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = entries(folder);
    files.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    files
}

fn subfolders(folder: &Path) -> Vec<PathBuf> {
    let mut folders = entries(folder);
    folders.retain(|path| path.is_dir());
    folders
}

/// What stands in a folder, sorted.
#[must_use]
pub fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// A file's name without its ending.
#[must_use]
pub fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
