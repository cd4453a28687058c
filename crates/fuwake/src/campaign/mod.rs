//! `fuwake campaign`: which mails belong together, and why.

mod group;
mod text;

use std::io::{self, Write};

use fuwake_core::campaign::{Fingerprint, groups};
use fuwake_core::case::{Case, Input, Language};
use fuwake_core::mail::RawMail;
use fuwake_core::publish::{Release, headline};
use fuwake_core::verdict::Class;
use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::cli::{self, CampaignFormat};
use crate::dissect::{Setup, complaint};
use crate::known;
use crate::output::{Status, print};
use crate::progress::Progress;
use crate::runner;

use group::Group;

/// Groups mails and writes the groups.
pub(crate) fn run(arguments: &cli::Campaign) -> anyhow::Result<Status> {
    let knowledge = known::load(&arguments.reading.known)?;
    let mut setup = Setup::new(&arguments.reading, &knowledge)?;
    setup.examiner = setup.examiner.with_fingerprints();
    let mut progress = Progress::new(&arguments.inputs, false);
    let mut members = Vec::new();
    let mut status = Status::Done;
    let work = |input: &Input, mail: RawMail| {
        let case = setup.examiner.case(input, mail);
        let names = match arguments.format {
            CampaignFormat::Text => Names::shown(&case, setup.language),
            CampaignFormat::Json | CampaignFormat::Jsonl => Names::complete(&case),
        };
        Member::new(case, names)
    };
    runner::run(&setup.run(&arguments.inputs), work, |done| {
        progress.advance(done.size);
        match done.result {
            Ok(member) => members.push(member),
            Err(fault) => {
                status = status.max(Status::Unread);
                progress.complain(&complaint(&done.input, &fault));
            }
        }
        Ok::<_, anyhow::Error>(())
    })?;
    drop(progress);
    let fingerprints: Vec<&Fingerprint> = members.iter().map(|member| &member.campaign).collect();
    let numbers = groups(&fingerprints);
    let groups = Group::all(&members, &numbers);
    match arguments.format {
        CampaignFormat::Jsonl => write_lines(&members, &numbers, &groups)?,
        CampaignFormat::Json => {
            let told: Vec<&Group> = groups.iter().filter(|group| group.mails >= arguments.least).collect();
            print(&(serde_json::to_string_pretty(&told)? + "\n"))?;
        }
        CampaignFormat::Text => print(&text::write(&groups, members.len(), arguments.least, setup.language))?,
    }
    Ok(status)
}

/// What is kept of a mail.
#[derive(Debug)]
struct Member {
    input: Input,
    sha256: String,
    names: Names,
    date: Option<Date>,
    class: Class,
    brand: Option<String>,
    campaign: Fingerprint,
}

/// What a mail calls itself.
#[derive(Debug)]
struct Names {
    subject: String,
    sender: String,
}

impl Names {
    /// For the operator's own programs: the subject and the address as they are.
    fn complete(case: &Case) -> Self {
        let mail = &case.dissection.mail;
        let sender = mail.from.as_ref().map(|from| from.address.as_ref().unwrap_or(&from.raw));
        Self {
            subject: mail.subject.clone().unwrap_or_default(),
            sender: sender.cloned().unwrap_or_default(),
        }
    }

    /// For readers: masked and defanged, the sender by his domain.
    fn shown(case: &Case, language: Language) -> Self {
        let shown = headline(case, &Release::default(), language);
        Self { subject: shown.subject.to_string(), sender: shown.sender.to_string() }
    }
}

/// A moment; later ones are greater.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Date {
    at: OffsetDateTime,
    /// RFC 3339, in the zone that the mail names.
    text: String,
}

impl Date {
    fn new(text: String) -> Option<Self> {
        Some(Self { at: OffsetDateTime::parse(&text, &Rfc3339).ok()?, text })
    }
}

impl Member {
    /// The file, and the place in it.
    fn place(&self) -> String {
        match &self.input.member {
            Some(member) => format!("{} ({member})", self.input.path),
            None => self.input.path.clone(),
        }
    }

    fn new(case: Case, names: Names) -> Self {
        let Case { input, dissection, .. } = case;
        let mail = dissection.mail;
        Self {
            input,
            sha256: mail.sha256,
            names,
            date: mail.date.and_then(Date::new),
            class: dissection.verdict.class,
            brand: dissection
                .impersonation
                .map(|impersonation| impersonation.brand.unwrap_or(impersonation.name)),
            campaign: dissection.campaign.unwrap_or_default(),
        }
    }
}

/// One mail and its group.
#[derive(Debug, Serialize)]
struct Line<'m> {
    path: &'m str,
    #[serde(skip_serializing_if = "Option::is_none")]
    member: Option<&'m str>,
    sha256: &'m str,
    group: &'m str,
    campaign: &'m Fingerprint,
}

fn write_lines(members: &[Member], numbers: &[usize], groups: &[Group]) -> anyhow::Result<()> {
    let ids: std::collections::HashMap<usize, &str> =
        groups.iter().map(|group| (group.number, group.id.as_str())).collect();
    let mut output = io::stdout().lock();
    for (member, number) in members.iter().zip(numbers) {
        let Input { path, member: place } = &member.input;
        let line = Line {
            path,
            member: place.as_deref(),
            sha256: &member.sha256,
            group: ids[number],
            campaign: &member.campaign,
        };
        serde_json::to_writer(&mut output, &line)?;
        output.write_all(b"\n")?;
    }
    Ok(())
}
