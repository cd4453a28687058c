//! `fuwake data update`: the tables that say where addresses are.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use flate2::read::GzDecoder;
use fuwake_probes::probes::place::Tables;
use fuwake_probes::world::{DownloadError, Settings, download};
use tempfile::NamedTempFile;
use time::{Date, OffsetDateTime};
use tokio::runtime::Runtime;

use crate::cli;
use crate::config::Config;
use crate::output::{Status, print};

/// DB-IP's free tables, renewed each month.
const TABLES: [&str; 2] = ["dbip-asn-lite", "dbip-city-lite"];
/// What their licence wants to be said.
const LICENCE: &str = "CC BY 4.0, IP Geolocation by DB-IP, https://db-ip.com";
/// The largest table, packed and unpacked, in bytes.
const LARGEST: u64 = 1 << 30;

/// Gets the tables, checks each and puts it in its place.
pub(crate) fn update(from: Option<&str>, known: &cli::Known) -> anyhow::Result<Status> {
    let config = Config::read(known.config.as_deref())?;
    let folder = config.tables_folder().context("no folder for tables: set [ask] tables")?;
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let settings = config.settings()?;
    match from {
        Some(from) => {
            let name = table_name(from)?;
            let table = take(from, &settings, &folder)?;
            put(table, &folder, &name, from)?;
        }
        None => {
            for name in TABLES {
                put(newest(name, &settings, &folder)?, &folder, name, LICENCE)?;
            }
        }
    }
    Ok(Status::Done)
}

/// This month's table; the last one's in the days before it is there.
fn newest(name: &str, settings: &Settings, folder: &Path) -> anyhow::Result<NamedTempFile> {
    let today = OffsetDateTime::now_utc().date();
    match take(&address(name, today), settings, folder) {
        Err(why) if is_missing(&why) => take(&address(name, month_before(today)), settings, folder),
        taken => taken,
    }
}

fn address(name: &str, date: Date) -> String {
    let (year, month) = (date.year(), u8::from(date.month()));
    format!("https://download.db-ip.com/free/{name}-{year}-{month:02}.mmdb.gz")
}

fn month_before(date: Date) -> Date {
    date.replace_day(1).ok().and_then(Date::previous_day).unwrap_or(date)
}

fn is_missing(why: &anyhow::Error) -> bool {
    matches!(why.downcast_ref::<DownloadError>(), Some(DownloadError::Status(status)) if status.as_u16() == 404)
}

/// What a table is called here: the file's name without endings, of harmless characters.
fn table_name(from: &str) -> anyhow::Result<String> {
    let last =
        from.split(['?', '#']).next().unwrap_or_default().rsplit(['/', '\\']).next().unwrap_or_default();
    let bare = last.strip_suffix(".gz").unwrap_or(last);
    let stem = bare.strip_suffix(".mmdb").unwrap_or_default();
    let is_harmless = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if stem.is_empty() || stem.starts_with('.') || !stem.chars().all(is_harmless) {
        bail!("--from {from:?}: not the name of a table (NAME.mmdb or NAME.mmdb.gz)");
    }
    Ok(stem.to_owned())
}

/// The table, unpacked, beside its place.
fn take(from: &str, settings: &Settings, folder: &Path) -> anyhow::Result<NamedTempFile> {
    let is_link = from.starts_with("https://") || from.starts_with("http://");
    let packed: File = if is_link {
        let mut file = tempfile::tempfile_in(folder)?;
        let runtime = Runtime::new()?;
        runtime
            .block_on(download(settings, from, LARGEST, &mut file))
            .with_context(|| format!("cannot get {from}"))?;
        file.rewind()?;
        file
    } else {
        File::open(from).with_context(|| format!("cannot read {from}"))?
    };
    unpacked(packed, folder).with_context(|| format!("cannot unpack {from}"))
}

fn unpacked(mut packed: File, folder: &Path) -> io::Result<NamedTempFile> {
    let mut head = [0; 2];
    let is_packed = packed.read(&mut head)? == 2 && head == [0x1F, 0x8B];
    packed.rewind()?;
    let mut table = NamedTempFile::new_in(folder)?;
    let packed = BufReader::new(packed);
    let mut content: Box<dyn Read> =
        if is_packed { Box::new(GzDecoder::new(packed)) } else { Box::new(packed) };
    let length = io::copy(&mut content.by_ref().take(LARGEST + 1), &mut table)?;
    table.flush()?;
    if length > LARGEST { Err(io::Error::other("too large")) } else { Ok(table) }
}

/// Puts a table that opens in its place, whole or not at all.
fn put(table: NamedTempFile, folder: &Path, name: &str, told: &str) -> anyhow::Result<()> {
    let built = Tables::check(table.path()).map_err(|why| anyhow::anyhow!("{name} is no table: {why}"))?;
    let place: PathBuf = folder.join(format!("{name}.mmdb"));
    table.persist(&place).with_context(|| format!("cannot write {}", place.display()))?;
    let date = built.rsplit(' ').next().unwrap_or_default();
    print(&format!("{name} {date}: {} ({told})\n", place.display()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_named_by_harmless_names() {
        let name = |from: &str| table_name(from).ok();
        assert_eq!(name("https://example.com/a/city.mmdb.gz?x=1").as_deref(), Some("city"));
        assert_eq!(name("/tmp/GeoLite2-City.mmdb").as_deref(), Some("GeoLite2-City"));
        for wrong in ["city.zip", ".mmdb", "..mmdb", "https://example.com/", "a b.mmdb"] {
            assert_eq!(name(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_month_before_january_is_december() {
        let date = Date::from_calendar_date(2027, time::Month::January, 31).expect("a date");
        assert_eq!(
            address("dbip-city-lite", month_before(date)),
            "https://download.db-ip.com/free/dbip-city-lite-2026-12.mmdb.gz"
        );
    }

    #[test]
    fn what_is_no_table_takes_no_place() {
        let folder = tempfile::tempdir().expect("a folder");
        let wrong = folder.path().join("wrong.mmdb");
        fs::write(&wrong, b"no table").expect("written");
        let target = folder.path().join("tables");
        fs::create_dir(&target).expect("made");
        let settings = Settings::default();
        let table = take(&wrong.to_string_lossy(), &settings, &target).expect("read");
        assert!(put(table, &target, "wrong", "").is_err());
        assert_eq!(fs::read_dir(&target).expect("there").count(), 0);
    }
}
