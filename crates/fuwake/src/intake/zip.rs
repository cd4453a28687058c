//! Zip archives of mails, encrypted ones (ZipCrypto and AES) with the usual passwords too.

use std::io::{self, Read, Seek, SeekFrom};

use ::zip::ZipArchive;
use ::zip::read::ZipReadOptions;
use ::zip::result::ZipError;
use fuwake_probes::probes::archive::name_of_entry;
use memchr::memmem;

use super::meter::Meter;
use super::{Fault, Flow, Found, Input, Intake, Seekable, Source, inside};

/// The passwords that those who pass on dangerous mail agree on.
const USUAL: [&str; 2] = ["infected", "virus"];
/// The largest directory that is read; an entry takes at least 46 bytes there and some hundred in memory.
const DIRECTORY: u64 = 4 << 20;
/// How much of an encrypted entry is unpacked to try a password.
const TRIAL: u64 = 64 << 20;

type Archive<'r> = ZipArchive<Box<dyn Seekable + 'r>>;

impl Intake<'_> {
    /// Reads the entries in the order of the archive's directory.
    pub(super) fn zip(&mut self, input: &Input, source: Source, depth: u8) -> Flow {
        let (mut archive, size) = match open(source) {
            Ok(opened) => opened,
            Err(fault) => return self.fault(input, fault),
        };
        let meter = Meter::new(depth, size);
        let given = self.given;
        for index in 0..archive.len() {
            match describe(&archive, index) {
                Ok(entry) if entry.name.ends_with('/') => continue,
                Ok(entry) => self.entry(&inside(input, &entry.name), &mut archive, &entry, &meter, depth)?,
                Err(fault) => self.fault(&inside(input, &index.to_string()), fault)?,
            }
        }
        if self.given == given {
            return self.fault(input, Fault::new("no-mail", "no mail was found in this archive"));
        }
        if archive.has_duplicate_names() {
            let detail = "several entries have the same name; of each name only one was read";
            return self.fault(input, Fault::new("duplicate-names", detail));
        }
        Flow::Continue(())
    }

    fn entry(
        &mut self,
        input: &Input,
        archive: &mut Archive,
        entry: &Entry,
        meter: &Meter,
        depth: u8,
    ) -> Flow {
        let password = match self.password(archive, entry) {
            Ok(password) => password,
            Err(fault) => return self.fault(input, fault),
        };
        match archive.by_index_with_options(entry.index, ZipReadOptions::new().password(password.as_deref()))
        {
            Ok(file) => {
                let stream = Source::Stream(Box::new(meter.unpacked(file)));
                self.source(input, &entry.name, stream, Found::Walked, depth + 1)
            }
            Err(error) => self.fault(input, explain(&error)),
        }
    }

    /// The password that opens an entry; none for one that is not encrypted.
    fn password(&self, archive: &mut Archive, entry: &Entry) -> Result<Option<Vec<u8>>, Fault> {
        if !entry.encrypted {
            return Ok(None);
        }
        let usual = USUAL.iter().copied();
        let known = self.passwords.iter().map(String::as_str);
        usual
            .chain(known)
            .find(|password| opens(archive, entry.index, password.as_bytes()))
            .map(|password| Some(password.as_bytes().to_vec()))
            .ok_or_else(|| Fault::new("encrypted", "the entry is encrypted and no known password opens it"))
    }
}

/// What is known of an entry before it is read.
struct Entry {
    index: usize,
    name: String,
    encrypted: bool,
}

fn describe(archive: &Archive, index: usize) -> Result<Entry, Fault> {
    let entry = archive.by_index_data(index).map_err(|error| explain(&error))?;
    Ok(Entry { index, name: name_of_entry(&entry), encrypted: entry.encrypted() })
}

/// Opens an archive whose directory is not too large; the archive and its size in bytes.
fn open(source: Source) -> Result<(Archive, u64), Fault> {
    let mut seekable = source.seekable()?;
    let size = seekable.seek(SeekFrom::End(0))?;
    if directory_size(&mut seekable, size)? > DIRECTORY {
        return Err(Fault::new("too-many-entries", "the archive's directory is too large and was not read"));
    }
    seekable.seek(SeekFrom::Start(0))?;
    let archive = ZipArchive::new(seekable).map_err(|error| explain(&error))?;
    Ok((archive, size))
}

/// The largest size of a directory that any end record (APPNOTE section 4.3.16) at the end of the archive names.
fn directory_size(seekable: &mut impl Seekable, size: u64) -> io::Result<u64> {
    let tail = size.min(66 << 10);
    seekable.seek(SeekFrom::Start(size - tail))?;
    let mut end = Vec::new();
    seekable.take(tail).read_to_end(&mut end)?;
    let sizes = memmem::find_iter(&end, b"PK\x05\x06")
        .filter_map(|at| end.get(at + 12..at + 16)?.try_into().ok())
        .map(|bytes| u64::from(u32::from_le_bytes(bytes)));
    Ok(sizes.max().unwrap_or(0))
}

/// Whether a password opens an entry: only the checksum at its end tells for certain.
fn opens(archive: &mut Archive, index: usize, password: &[u8]) -> bool {
    match archive.by_index_with_options(index, ZipReadOptions::new().password(Some(password))) {
        Ok(file) => io::copy(&mut file.take(TRIAL), &mut io::sink()).is_ok(),
        Err(_) => false,
    }
}

fn explain(error: &ZipError) -> Fault {
    Fault::new("damaged-archive", error.to_string())
}
