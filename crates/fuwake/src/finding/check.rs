//! `fuwake finding check`: whether an operator's own folder can be used, and whether its tests hold.
//!
//! The tests of a finding are mails: `tests/<finding>/fires/*.eml` must have it, `tests/<finding>/silent/*.eml` must not.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use fuwake_core::case::{Input, Language};
use fuwake_core::knowledge::Knowledge;
use fuwake_core::mail::RawMail;
use fuwake_data::Fault;
use fuwake_data::read::{Reading, entries};
use sha2::{Digest, Sha256};

use crate::cli;
use crate::config::Config;
use crate::examine::Examiner;
use crate::known::{self, examine};
use crate::output::{Status, lines, print};

/// Checks a folder and says all that is wrong.
pub(super) fn run(asked: &cli::Known, named: Option<&Path>, language: Language) -> anyhow::Result<Status> {
    let config = Config::read(asked.config.as_deref())?;
    let named = named.or(asked.knowledge.as_deref());
    let folder = known::folder(&config, named)?.context(language.pick(
        "調べるフォルダーがありません。DIR か --knowledge で指定するか、設定ファイルに knowledge を書いてください。",
        "there is no folder to check: name DIR, or put knowledge into the configuration",
    ))?;
    let shipped = Knowledge::shipped().context("this build is damaged")?;
    let (reading, mut faults) = examine(&folder, &shipped);
    let mut tests = Tests::find(&reading);
    faults.append(&mut tests.faults);
    if faults.is_empty() {
        let knowledge = known::knowledge(shipped, &reading)?;
        let examiner = Examiner::new(&knowledge, config.trusted(&[])?, config.reader(&knowledge)?, language);
        faults.extend(tests.mails.iter().filter_map(|test| test.fault(&examiner, language)));
    }
    print(&summary(&reading, &tests, &faults, language))?;
    Ok(if faults.is_empty() { Status::Done } else { Status::Usage })
}

/// A mail on which a finding must stand, or must not.
struct Test {
    finding: String,
    fires: bool,
    path: PathBuf,
}

#[derive(Default)]
struct Tests {
    mails: Vec<Test>,
    faults: Vec<Fault>,
}

impl Tests {
    fn find(reading: &Reading) -> Self {
        let mut tests = Self::default();
        for folder in entries(&reading.root.join("tests")) {
            let finding = name(&folder);
            let own = reading.data.findings.iter().any(|spec| spec.id == finding);
            let worded = reading.data.phrases.iter().any(|file| file.finding == finding);
            if !own && !worded {
                tests.say(&folder, format!("tests of a finding that this folder does not make: {finding}"));
                continue;
            }
            for side in entries(&folder) {
                match name(&side).as_str() {
                    fires @ ("fires" | "silent") => {
                        let test = |path| Test { finding: finding.clone(), fires: fires == "fires", path };
                        tests.mails.extend(entries(&side).into_iter().map(test));
                    }
                    _ => tests.say(&side, "is not read: mails stand in fires/ and silent/".to_owned()),
                }
            }
        }
        tests
    }

    fn say(&mut self, file: &Path, message: String) {
        self.faults.push(Fault { file: file.to_owned(), place: None, message });
    }
}

impl Test {
    /// What is wrong, if anything.
    fn fault(&self, examiner: &Examiner<'_>, language: Language) -> Option<Fault> {
        let say = |message: String| Some(Fault { file: self.path.clone(), place: None, message });
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(why) => return say(why.to_string()),
        };
        let raw = RawMail { bytes: &bytes, size: bytes.len() as u64, sha256: Sha256::digest(&bytes).into() };
        let input = Input { path: self.path.display().to_string(), member: None };
        let case = examiner.case(&input, raw).dissection;
        let failed = |id: &str| id == "own-finding-undecided";
        let begun = format!("{}: ", self.finding);
        let undecided =
            case.mail.defects.iter().find(|defect| failed(defect.id) && defect.detail.starts_with(&begun));
        if let Some(defect) = undecided {
            return say(defect.detail.clone());
        }
        let fires = case.findings.iter().any(|finding| finding.id == self.finding);
        let wrong = match (self.fires, fires) {
            (true, false) => language.pick("該当するはずが、該当しません", "is silent and must fire"),
            (false, true) => language.pick("該当しないはずが、該当します", "fires and must be silent"),
            _ => return None,
        };
        say(format!("{}: {wrong}", self.finding))
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn summary(reading: &Reading, tests: &Tests, faults: &[Fault], language: Language) -> String {
    let say = |ja, en| language.pick(ja, en);
    let mut text: String = faults.iter().map(lines).collect();
    let data = &reading.data;
    let lists =
        data.lists.len() + data.mail_services.len() + data.hosting_providers.len() + data.redirectors.len();
    let counts = [
        (say("所見", "findings"), data.findings.len()),
        (say("ブランド", "brands"), data.brands.len()),
        (say("語句集", "phrase files"), data.phrases.len()),
        (say("ドメイン", "lists and entries of domains"), lists),
        (say("テスト", "tests"), tests.mails.len()),
        (say("誤り", "faults"), faults.len()),
    ];
    let counts: Vec<String> = counts.iter().map(|(what, count)| format!("{what} {count}")).collect();
    let _ = writeln!(text, "{}: {}", reading.root.display(), counts.join(", "));
    let untested =
        data.findings.iter().filter(|spec| !tests.mails.iter().any(|test| test.finding == spec.id));
    for spec in untested {
        let without = say("テストがありません", "has no tests");
        let _ = writeln!(text, "{}: {without}", spec.id);
    }
    text
}
