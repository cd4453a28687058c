//! Where an address is, by the operator's tables (MaxMind DB format 2.0): cities, countries, networks, of whoever made the tables.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use fuwake_core::evidence::{Absence, Answer, Data, Place};
use maxminddb::Reader;
use serde::Deserialize;
use time::OffsetDateTime;

/// How long a name in a table may be, in characters.
const LONGEST_NAME: usize = 100;

/// All tables of a folder, read when they are first needed.
#[derive(Debug, Default)]
pub struct Tables {
    files: Vec<PathBuf>,
    read: OnceLock<Vec<Table>>,
}

#[derive(Debug)]
struct Table {
    /// The file's name without its ending, and the date that it was built.
    name: String,
    /// None where the file cannot be read; why, then.
    reader: Result<Reader<Vec<u8>>, String>,
}

/// An entry, as GeoLite2 and DB-IP shape it and as `@ip-location-db` flattens it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Entry {
    country: Option<Country>,
    country_code: Option<String>,
    subdivisions: Vec<Named>,
    state1: Option<String>,
    city: Option<Name>,
    location: Option<Location>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    autonomous_system_number: Option<u32>,
    autonomous_system_organization: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Country {
    iso_code: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Named {
    names: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Name {
    Plain(String),
    Named(Named),
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Location {
    latitude: Option<f64>,
    longitude: Option<f64>,
    accuracy_radius: Option<u16>,
}

impl Tables {
    /// The tables in a folder, by name; none where it is not there.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let mut files: Vec<PathBuf> =
            entries.filter(|path| path.extension() == Some(OsStr::new("mmdb"))).collect();
        files.sort_unstable();
        Self { files, read: OnceLock::new() }
    }

    /// Whether there are any.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The tables with the dates that they were built, `name YYYY-MM-DD`, or why one cannot be read.
    pub fn names(&self) -> impl Iterator<Item = String> {
        self.tables().iter().map(|table| match &table.reader {
            Ok(_) => table.name.clone(),
            Err(why) => format!("{}: {why}", table.name),
        })
    }

    /// What the tables say of an address, together.
    #[must_use]
    pub fn answer(&self, ip: IpAddr) -> Answer {
        let mut place = Place::default();
        let mut broken = None;
        for table in self.tables() {
            match look_up(table, ip) {
                Ok(Some(entry)) => {
                    add(&mut place, entry);
                    place.tables.push(table.name.clone());
                }
                Ok(None) => {}
                Err(why) => broken = Some(format!("{}: {why}", table.name)),
            }
        }
        match broken {
            _ if !place.tables.is_empty() => Answer::Found { data: Data::Place(place) },
            Some(why) => Answer::Failed { why },
            None => Answer::Absent { why: Absence::NotListed },
        }
    }

    /// A table's name and the date that it was built, where it is one that can be looked up in.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn check(file: &Path) -> Result<String, String> {
        let table = Table::read(file);
        let probe = [1, 1, 1, 1].into();
        look_up(&table, probe).map(|_| table.name)
    }

    fn tables(&self) -> &[Table] {
        self.read.get_or_init(|| self.files.iter().map(|file| Table::read(file)).collect())
    }
}

impl Table {
    fn read(file: &Path) -> Self {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let reader = Reader::open_readfile(file).map_err(|error| error.to_string());
        let built = reader.as_ref().ok().and_then(|reader| date(reader.metadata().build_epoch));
        let name = built.map_or_else(|| stem.clone(), |date| format!("{stem} {date}"));
        Self { name, reader }
    }
}

fn date(epoch: u64) -> Option<String> {
    Some(OffsetDateTime::from_unix_timestamp(epoch.try_into().ok()?).ok()?.date().to_string())
}

fn look_up(table: &Table, ip: IpAddr) -> Result<Option<Entry>, String> {
    let reader = table.reader.as_ref().map_err(Clone::clone)?;
    // A table of one version has nothing on addresses of the other.
    if ip.is_ipv6() && reader.metadata().ip_version == 4 {
        return Ok(None);
    }
    let found = reader.lookup(ip).map_err(|error| error.to_string())?;
    found.decode().map_err(|error| error.to_string())
}

/// The first table that says something of a kind is followed.
fn add(place: &mut Place, entry: Entry) {
    let location = entry.location.unwrap_or_default();
    let degrees = |value: Option<f64>, limit: f64| value.filter(|value| value.abs() <= limit);
    let country = entry.country.and_then(|country| country.iso_code).or(entry.country_code);
    if place.country.is_none() {
        place.country = country.filter(|code| code.len() == 2).map(|code| code.to_ascii_uppercase());
        place.region = text(entry.state1.or_else(|| entry.subdivisions.into_iter().find_map(english)));
        place.city = text(entry.city.and_then(|city| match city {
            Name::Plain(name) => Some(name),
            Name::Named(named) => english(named),
        }));
        place.latitude = degrees(location.latitude.or(entry.latitude), 90.0);
        place.longitude = degrees(location.longitude.or(entry.longitude), 180.0);
        place.radius = location.accuracy_radius;
    }
    if place.system.is_none() {
        place.system = entry.autonomous_system_number;
        place.system_holder = text(entry.autonomous_system_organization);
    }
}

fn english(mut named: Named) -> Option<String> {
    named.names.remove("en").or_else(|| named.names.into_values().next())
}

fn text(name: Option<String>) -> Option<String> {
    let name: String = name?.trim().chars().take(LONGEST_NAME).collect();
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_table_is_a_failure_and_no_absence() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(Tables::in_folder(folder.path()).is_empty());
        std::fs::write(folder.path().join("city.mmdb"), b"no table").expect("written");
        let tables = Tables::in_folder(folder.path());
        assert!(!tables.is_empty());
        assert!(matches!(tables.answer([192, 0, 2, 1].into()), Answer::Failed { .. }));
    }

    #[test]
    fn entries_of_both_shapes_are_read() {
        let nested = r#"{"country":{"iso_code":"jp"},"city":{"names":{"en":"Oyama","ja":"小山市"}},
            "subdivisions":[{"names":{"en":"Tochigi"}}],"location":{"latitude":36.3,"longitude":139.8}}"#;
        let flat =
            r#"{"country_code":"JP","state1":"Tochigi","city":"Oyama","latitude":36.3,"longitude":139.8}"#;
        let places = [nested, flat].map(|json| {
            let mut place = Place::default();
            add(&mut place, serde_json::from_str(json).expect("an entry"));
            place
        });
        assert_eq!(places[0], places[1]);
        assert_eq!(places[0].city.as_deref(), Some("Oyama"));
    }
}
