//! Articles: the mail is drawn where there is a browser, the author's remarks go in, what he wrote into the last one stays.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::Context;
use fuwake_core::case::{Case, Language};
use fuwake_core::publish::{Audience, Beside, article};

use super::{Publication, Work, record};
use crate::output::complain;

/// The articles in all languages, with their pictures.
pub(super) fn make(work: &Work<'_>) -> anyhow::Result<Vec<Publication>> {
    let mut files = drawn(work)?;
    let for_all = work.release.audience == Audience::Public;
    let earlier = if for_all { record::shown(work)? } else { BTreeSet::new() };
    for (language, case) in work.editions {
        // What lies there for another audience shows what this one must not see.
        let mut pictures: Vec<String> = earlier.iter().cloned().collect();
        pictures.extend(files.iter().map(|file| file.name.clone()));
        let beside = Beside { notes: notes(work.case, *language)?, pictures };
        for file in written(work, *language, case, &beside) {
            // Pictures of pages are the same in all languages.
            if !files.iter().any(|known| known.name == file.name) {
                files.push(file);
            }
        }
    }
    Ok(files)
}

/// The mail and the card as pictures; none where they are not wished or no browser can be started, and the article quotes the mail.
fn drawn(work: &Work<'_>) -> anyhow::Result<Vec<Publication>> {
    if !work.has_pictures {
        return Ok(Vec::new());
    }
    match work.tools.drawing() {
        Ok(drawing) => drawing.pictures(work),
        Err(why) => {
            complain(&format!("no picture of the mail: {why:#}"));
            Ok(Vec::new())
        }
    }
}

fn written(work: &Work<'_>, language: Language, case: &Case, beside: &Beside) -> Vec<Publication> {
    let article = article(case, work.knowledge, work.release, language, beside);
    let before = |name: &str| fs::read_to_string(work.folder.join(name)).ok();
    let files = fuwake_report::write(&article, work.site, &before);
    files.into_iter().map(|file| Publication { name: file.name, bytes: file.bytes }).collect()
}

/// The author's remarks in the case's folder: those in the language, else those in whatever one.
fn notes(case: &Path, language: Language) -> anyhow::Result<Option<String>> {
    for name in [format!("notes.{}.md", language.tag()), "notes.md".to_owned()] {
        match fs::read_to_string(case.join(&name)) {
            Ok(notes) => return Ok(Some(notes)),
            Err(why) if why.kind() == ErrorKind::NotFound => {}
            Err(why) => return Err(why).with_context(|| format!("cannot read {name}")),
        }
    }
    Ok(None)
}
