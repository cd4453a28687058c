//! The mails: which findings each has, on which side it stands, and which mails are copies of one template.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::str::FromStr;

use anyhow::{Context, ensure};
use serde::Deserialize;

use super::Fit;
use fuwake_data::schema::Data;

/// A folder of mails of one side.
#[derive(Clone, Debug)]
pub(super) struct Folder {
    unwanted: bool,
    path: String,
}

impl FromStr for Folder {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (unwanted, path) = match text.split_once(':') {
            Some(("unwanted", path)) => (true, path),
            Some(("wanted", path)) => (false, path),
            _ => return Err("write wanted:DIR or unwanted:DIR".to_owned()),
        };
        Ok(Self { unwanted, path: path.to_owned() })
    }
}

/// A mail as far as the fit looks at it.
#[derive(Clone, Debug)]
pub(super) struct Mail {
    /// Findings, as indices into the data's findings.
    pub(super) findings: Vec<usize>,
    /// Which side it is on.
    pub(super) unwanted: bool,
    /// The class that a person gave it, where one did and was not guessing.
    pub(super) class: Option<String>,
    /// Index of the folder it is from.
    pub(super) source: usize,
    /// Mails of one template share this number.
    pub(super) template: usize,
    /// How much it counts: a template counts once however many copies there are, each source as much as the others of its side.
    pub(super) counts: f64,
}

/// All mails.
pub(super) struct Mails {
    mails: Vec<Mail>,
    /// The folders' names.
    pub(super) sources: Vec<String>,
}

/// What a line of `fuwake dissect --format jsonl` says, as far as it is needed.
#[derive(Deserialize)]
struct Line {
    mail: Option<Hash>,
    #[serde(default)]
    findings: Vec<Finding>,
}

#[derive(Deserialize)]
struct Hash {
    sha256: String,
}

#[derive(Deserialize)]
struct Finding {
    id: String,
}

/// What a line of `fuwake campaign --format jsonl` says.
#[derive(Deserialize)]
struct Grouped {
    sha256: String,
    group: String,
}

impl Mails {
    /// Dissects the folders with today's program.
    pub(super) fn read(fit: &Fit, data: &Data) -> anyhow::Result<Self> {
        let labels = fit.labels.as_deref().map(labels).transpose()?.unwrap_or_default();
        let index: HashMap<&str, usize> =
            data.findings.iter().enumerate().map(|(at, finding)| (finding.id.as_str(), at)).collect();
        let program = match &fit.program {
            Some(program) => program.clone(),
            None => crate::bench::build().map(|()| crate::bench::program("fuwake"))?,
        };
        let fuwake = Fuwake { program, trust: &fit.trust };
        let (mut mails, mut templates) = (Vec::new(), BTreeMap::new());
        for (source, folder) in fit.folders.iter().enumerate() {
            let groups = fuwake.groups(&folder.path)?;
            for line in fuwake.lines("dissect", &folder.path)? {
                let line: Line = serde_json::from_str(&line).context("a line of fuwake dissect")?;
                let Some(hash) = line.mail else { continue };
                let label = labels.get(&hash.sha256);
                let Some((unwanted, class)) = side(folder.unwanted, label) else { continue };
                let group = groups.get(&hash.sha256).cloned().unwrap_or_else(|| hash.sha256.clone());
                let next = templates.len();
                let template = *templates.entry(group).or_insert(next);
                let known =
                    line.findings.iter().filter_map(|finding| index.get(finding.id.as_str()).copied());
                mails.push(Mail {
                    findings: known.collect(),
                    unwanted,
                    class,
                    source,
                    template,
                    counts: 0.0,
                });
            }
        }
        ensure!(
            mails.iter().any(|mail| mail.unwanted) && mails.iter().any(|mail| !mail.unwanted),
            "name mails of both sides"
        );
        weigh(&mut mails, fit.cost);
        let name = |folder: &Folder| {
            Path::new(&folder.path).file_name().unwrap_or_default().to_string_lossy().into_owned()
        };
        Ok(Self { mails, sources: fit.folders.iter().map(name).collect() })
    }

    /// All of them.
    pub(super) fn all(&self) -> Vec<&Mail> {
        self.mails.iter().collect()
    }
}

/// On which side a mail stands, and its class. A label that is no class (`unclear`) or only guessed takes a mail out.
fn side(unwanted: bool, label: Option<&(String, u8)>) -> Option<(bool, Option<String>)> {
    match label {
        None => Some((unwanted, None)),
        Some((_, 3..)) => None,
        Some((class, _)) => match class.as_str() {
            "legitimate" => Some((false, Some(class.clone()))),
            "phishing" | "fraud" | "malware" | "spam" => Some((true, Some(class.clone()))),
            _ => None,
        },
    }
}

/// A template's copies share one count, of which many copies get a little more (the square root of their number); the sources of
/// a side get equal shares; wanted mails together count `cost` times as much as unwanted ones.
fn weigh(mails: &mut [Mail], cost: f64) {
    let mut copies: HashMap<(usize, usize), f64> = HashMap::new();
    for mail in mails.iter() {
        *copies.entry((mail.source, mail.template)).or_default() += 1.0;
    }
    let mut sums: HashMap<(usize, bool), f64> = HashMap::new();
    for mail in mails.iter_mut() {
        mail.counts = copies[&(mail.source, mail.template)].powf(-0.5);
        *sums.entry((mail.source, mail.unwanted)).or_default() += mail.counts.sqrt();
    }
    for mail in mails.iter_mut() {
        mail.counts /= sums[&(mail.source, mail.unwanted)];
    }
    for unwanted in [false, true] {
        let side = || mails.iter().filter(|mail| mail.unwanted == unwanted);
        let (sum, templates) = (side().map(|mail| mail.counts).sum::<f64>(), 1000.0);
        let scale = templates / sum * if unwanted { 1.0 } else { cost };
        mails.iter_mut().filter(|mail| mail.unwanted == unwanted).for_each(|mail| mail.counts *= scale);
    }
}

fn labels(path: &Path) -> anyhow::Result<HashMap<String, (String, u8)>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| {
        header.iter().position(|column| *column == name).with_context(|| format!("there is no column {name}"))
    };
    let (hash, class, sure) = (column("sha256")?, column("class")?, column("sure")?);
    let cells = lines.map(|line| line.split('\t').collect::<Vec<_>>());
    Ok(cells
        .filter_map(|cells| {
            Some((
                (*cells.get(hash)?).to_owned(),
                ((*cells.get(class)?).to_owned(), cells.get(sure)?.parse().ok()?),
            ))
        })
        .collect())
}

/// The program that the findings are of.
struct Fuwake<'f> {
    program: PathBuf,
    trust: &'f [String],
}

impl Fuwake<'_> {
    /// The template of each mail in a folder.
    fn groups(&self, folder: &str) -> anyhow::Result<HashMap<String, String>> {
        let mut groups = HashMap::new();
        for line in self.lines("campaign", folder)? {
            let line: Grouped = serde_json::from_str(&line).context("a line of fuwake campaign")?;
            groups.insert(line.sha256, line.group);
        }
        Ok(groups)
    }

    /// What a command says of a folder, in JSON lines.
    fn lines(&self, command: &str, folder: &str) -> anyhow::Result<Vec<String>> {
        let trusted = self.trust.iter().flat_map(|name| ["--trust", name]);
        let output = Command::new(&self.program)
            .args([command, "--format", "jsonl"])
            .args(trusted)
            .arg(folder)
            .stderr(Stdio::null())
            .output()
            .with_context(|| format!("cannot run {}", self.program.display()))?;
        // 1: some input could not be read; the others were.
        ensure!(matches!(output.status.code(), Some(0 | 1)), "fuwake {command} {folder}: {}", output.status);
        Ok(String::from_utf8(output.stdout)?.lines().map(str::to_owned).collect())
    }
}
