//! `fuwake publish`: a kept case as something for others. What is made lies in a folder of the case's own name; a new kind is a line in
//! [`Kind`] and where it is made.

mod article;
mod drawing;
mod exchange;
mod kind;
mod record;
mod send;

use std::cell::OnceCell;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use fuwake_core::case::{Case, Language};
use fuwake_core::knowledge::Knowledge;
use fuwake_core::publish::{Release, slug};
use fuwake_report::Site;

use crate::cli;
use crate::config::Config;
use crate::dissect::Setup;
use crate::guard::guarded;
use crate::kept_case;
use crate::known;
use crate::output::{Status, complain, print};

use drawing::Drawing;
pub(crate) use kind::Kind;
pub(crate) use send::MailServer;

/// A file that is published.
pub(crate) struct Publication {
    /// Its name in the folder: letters of our own choice, nothing that a mail says.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// A case in the languages that it is published in, and for whom.
pub(crate) struct Work<'w> {
    /// One a language, in the order in which they were asked for; never empty.
    pub(crate) editions: &'w [(Language, Case)],
    pub(crate) release: &'w Release,
    /// The message as it was judged.
    pub(crate) raw: &'w [u8],
    pub(crate) tools: &'w Tools<'w>,
    /// What is known of brands, laws and the rest.
    pub(crate) knowledge: &'w Knowledge,
    /// The folder that keeps the case.
    pub(crate) case: &'w Path,
    /// The folder that is written; it may be there already.
    pub(crate) folder: &'w Path,
    /// What articles are made for.
    pub(crate) site: Site,
    /// Whether the mail is drawn for articles.
    pub(crate) has_pictures: bool,
}

/// What is started once for all cases, with the first that needs it.
pub(crate) struct Tools<'t> {
    config: &'t Config,
    /// That of whoever runs the program.
    language: Language,
    drawing: OnceCell<Drawing>,
}

impl<'t> Tools<'t> {
    fn new(config: &'t Config, language: Language) -> Self {
        Self { config, language, drawing: OnceCell::new() }
    }

    /// The browser that draws.
    fn drawing(&self) -> anyhow::Result<&Drawing> {
        if let Some(drawing) = self.drawing.get() {
            return Ok(drawing);
        }
        let drawing = Drawing::start(self.config.browser())?;
        Ok(self.drawing.get_or_init(|| drawing))
    }
}

impl Work<'_> {
    /// What is made of each edition.
    fn each<T>(&self, make: impl Fn(Language, &Case) -> T) -> Vec<T> {
        self.editions.iter().map(|(language, case)| make(*language, case)).collect()
    }
}

/// Publishes the cases, and says what was written.
pub(crate) fn run(arguments: &cli::Publish) -> anyhow::Result<Status> {
    let knowledge = known::load(&arguments.reading.known)?;
    let config = Config::read(arguments.reading.known.config.as_deref())?;
    let release = config.release(arguments.audience.into(), arguments.hide_bystanders);
    let languages = match arguments.reading.known.lang {
        Some(language) => vec![language],
        None => vec![cli::Language::Ja, cli::Language::En],
    };
    let mut setups = Vec::new();
    for language in languages {
        let mut setup = Setup::in_language(&arguments.reading, &knowledge, Some(language))?;
        setup.examiner = setup.examiner.with_fingerprints();
        setups.push(setup);
    }
    let tools = Tools::new(&config, config.language(arguments.reading.known.lang)?);
    let mut status = Status::Done;
    for folder in &arguments.cases {
        let publish = || {
            let editions = editions(folder, &mut setups)?;
            let raw = kept_case::mail(folder)?;
            let work = Work {
                editions: &editions,
                release: &release,
                raw: &raw,
                tools: &tools,
                knowledge: &knowledge,
                case: folder,
                folder: &arguments.output.join(slug(&editions[0].1)),
                site: arguments.site.map(Site::from).unwrap_or_default(),
                has_pictures: !arguments.no_pictures,
            };
            let written = write(&work, &arguments.kinds)?;
            if arguments.send {
                send::send(&work, &arguments.kinds)?;
            }
            Ok(written)
        };
        let published = guarded(publish).map_err(anyhow::Error::from).flatten();
        match published {
            Ok(written) => print(&format!("{}\n", written.display()))?,
            Err(why) => {
                status = Status::Unread;
                complain(&format!("{}: {why:#}", folder.display()));
            }
        }
    }
    Ok(status)
}

fn editions(folder: &Path, setups: &mut [Setup]) -> anyhow::Result<Vec<(Language, Case)>> {
    setups.iter_mut().map(|setup| Ok((setup.language, kept_case::judged(folder, setup)?))).collect()
}

/// Makes all that was asked for, then writes it: what fails leaves nothing half done.
fn write(work: &Work<'_>, kinds: &[Kind]) -> anyhow::Result<PathBuf> {
    let mut files: Vec<Publication> = Vec::new();
    let mut shown = record::shown(work)?;
    for kind in kinds {
        let made = kind.make(work).with_context(|| format!("cannot make {}", kind.name()))?;
        for name in made.iter().map(|file| &file.name) {
            if kind.is_for_all(work.release.audience) {
                shown.insert(name.clone());
            } else {
                shown.remove(name);
            }
        }
        files.extend(made);
    }
    record::tell_withdrawn(work, &shown);
    files.extend(record::make(work, shown)?);
    let folder = work.folder;
    for file in files {
        let path = folder.join(&file.name);
        if let Some(above) = path.parent() {
            fs::create_dir_all(above).with_context(|| format!("cannot make {}", above.display()))?;
        }
        fs::write(&path, &file.bytes).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(folder.to_owned())
}
