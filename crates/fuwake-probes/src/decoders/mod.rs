//! What files show and do. Pure functions of the bytes; they run in a [`worker`](crate::worker), which bounds their time and memory.

pub mod archive;
mod gather;
pub mod office;
pub mod page;
pub mod pdf;
pub mod picture;
pub mod small;

use fuwake_core::evidence::{Contents, Data, FileKind};

use crate::worker::Task;

/// Does what a worker is asked for.
///
/// # Errors
/// Why the file cannot be read.
pub fn work(task: &Task, bytes: &[u8]) -> Result<Data, String> {
    match task {
        Task::File(kind) => read(*kind, bytes).map(|contents| Data::FileContents { contents }),
        Task::Archive { passwords } => archive::read(bytes, passwords),
    }
}

/// Reads a file.
///
/// # Errors
/// Why it cannot be read.
pub fn read(kind: FileKind, bytes: &[u8]) -> Result<Contents, String> {
    match kind {
        FileKind::Pdf => pdf::read(bytes),
        FileKind::OfficeXml => office::read_xml(bytes),
        FileKind::OfficeBinary => office::read_binary(bytes),
        FileKind::RichText => office::read_rich_text(bytes),
        FileKind::Page => page::read(bytes),
        FileKind::Picture => picture::read(bytes),
        FileKind::Shortcut => small::read_shortcut(bytes),
        FileKind::UrlFile => small::read_url_file(bytes),
        FileKind::Profile => small::read_profile(bytes),
    }
}
