//! Chromium, spoken to by the DevTools protocol over pipes: for visits of links, and to draw pages of our own.

pub(crate) mod agent;
pub(crate) mod chromium;
pub(crate) mod devtools;
mod messages;
mod printer;
pub(crate) mod processes;

use std::path::{Path, PathBuf};

pub use printer::{PictureFormat, PrintFault, Printer, Sheet};

use chromium::Chromium;

/// The browser of this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Browser {
    /// There is none: links are followed by HTTP alone.
    Missing,
    /// It is there, and does not start: why.
    Broken(PathBuf, String),
    /// It starts.
    There {
        /// Its program.
        program: PathBuf,
        /// Name and version.
        name: String,
        /// Its own sandbox is on.
        is_sandboxed: bool,
    },
}

/// Starts the browser once, to see whether it does. Must be called inside a Tokio runtime.
pub async fn check_browser(named: Option<&Path>) -> Browser {
    let Some(program) = chromium::find(named) else { return Browser::Missing };
    match Chromium::start(&program).await {
        Ok(chromium) => {
            Browser::There { program, name: chromium.name(), is_sandboxed: chromium.is_sandboxed }
        }
        Err(why) => Browser::Broken(program, why.to_string()),
    }
}
