//! Everything that can go wrong with a server, one at a time: the run ends in time, says what could not be checked, and nothing is
//! taken for absent or found that is not.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::time::Duration;

use anyhow::ensure;
use serde_json::Value;

use super::measure::Delay;
use super::program::{dissect, evidence, name, status};
use super::relay::Mangle;
use super::server::{Part, Servers};
use super::web::Trouble;
use super::whois_server::Manner;
use super::world::Worlds;
use super::{Place, settings};

/// How long the program may ask about one mail, in seconds.
const PATIENCE: u64 = 5;
/// What a run may take beside that: starting, judging, and all on a machine that has other work.
const GRACE: Duration = Duration::from_secs(10);

/// What is wrong.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fault {
    /// A server does not run.
    Down(Part),
    /// What is sent to a server is lost.
    Lost(Part),
    /// Delegations lead to servers that do not know the zone.
    Lame,
    /// Blocklists do not serve this resolver.
    BlocklistsRefuse,
    /// The resolver answers wrongly.
    Resolver(Mangle),
    /// The web servers answer wrongly.
    Web(Trouble),
    /// The WHOIS servers answer wrongly.
    Whois(Manner),
    /// Every server takes its time.
    Everywhere(Delay),
}

/// All of them: name, what is wrong, whether an answer must differ from the whole lab's.
const FAULTS: [(&str, Fault, bool); 31] = [
    ("authorities down", Fault::Down(Part::Authorities), true),
    ("authorities lost", Fault::Lost(Part::Authorities), true),
    ("delegations lame", Fault::Lame, true),
    ("blocklists refuse", Fault::BlocklistsRefuse, true),
    ("resolver down", Fault::Down(Part::Resolver), true),
    ("resolver lost", Fault::Lost(Part::Resolver), true),
    ("resolver slow", Fault::Resolver(Mangle::Slow), true),
    ("resolver SERVFAIL", Fault::Resolver(Mangle::Servfail), true),
    ("resolver REFUSED", Fault::Resolver(Mangle::Refused), true),
    ("resolver empty", Fault::Resolver(Mangle::Empty), true),
    ("resolver wrong id", Fault::Resolver(Mangle::WrongId), true),
    ("resolver garbage", Fault::Resolver(Mangle::Garbage), true),
    ("resolver huge", Fault::Resolver(Mangle::Huge), true),
    ("resolver truncated", Fault::Resolver(Mangle::Truncated), false),
    ("resolver cut off", Fault::Resolver(Mangle::CutOff), true),
    ("RDAP down", Fault::Down(Part::Web), true),
    ("RDAP lost", Fault::Lost(Part::Web), true),
    ("RDAP slow", Fault::Web(Trouble::Slow), true),
    ("RDAP 503", Fault::Web(Trouble::Unavailable), true),
    ("RDAP 429", Fault::Web(Trouble::Limited), true),
    ("RDAP bad JSON", Fault::Web(Trouble::BadJson), true),
    ("RDAP of another", Fault::Web(Trouble::Another), true),
    ("RDAP redirects", Fault::Web(Trouble::Loop), true),
    ("RDAP endless", Fault::Web(Trouble::Endless), true),
    ("WHOIS down", Fault::Down(Part::Whois), true),
    ("WHOIS lost", Fault::Lost(Part::Whois), true),
    ("WHOIS slow", Fault::Whois(Manner::Slow), true),
    ("WHOIS endless", Fault::Whois(Manner::Endless), true),
    ("WHOIS dripping", Fault::Whois(Manner::Dripping), true),
    ("WHOIS limited", Fault::Whois(Manner::Limited), true),
    ("WHOIS garbled", Fault::Whois(Manner::Garbled), true),
];

/// Runs all mails under each fault; the lab must not be standing.
pub(super) fn run(place: &Place, worlds: &Worlds, only: Option<&str>) -> anyhow::Result<()> {
    let config = place.write("patience.toml", format!("{}seconds = {PATIENCE}\n", settings(place)))?;
    let config = config.to_string_lossy();
    let how = ["--reach", "passive", "--format", "jsonl", "--config", &config];
    let mails = || worlds.cases.iter().map(|case| case.mail.as_path());
    let whole = {
        let _servers = Servers::start(place, worlds, None)?;
        dissect(place, &how, mails())?.cases()?
    };
    println!(
        "\n{:<20} {:>6} {:>7} {:>7} {:>7} {:>9}",
        "fault", "s", "found", "absent", "failed", "not asked"
    );
    let mut wrong = Vec::new();
    for (title, fault, differs) in FAULTS {
        if only.is_some_and(|only| !title.contains(only)) {
            continue;
        }
        let _servers = Servers::start(place, worlds, Some(fault))?;
        let _hole = BlackHole::new(fault)?;
        let run = dissect(place, &how, mails())?;
        let cases = run.cases()?;
        let count = |wanted| {
            let all = cases.iter().flat_map(evidence);
            all.filter(|(_, evidence)| status(evidence) == wanted).count()
        };
        let counts = ["found", "absent", "failed", "not-asked"].map(count);
        let [found, absent, failed, not_asked] = counts;
        let took = run.took.as_secs_f64();
        println!("{title:<20} {took:>6.1} {found:>7} {absent:>7} {failed:>7} {not_asked:>9}");
        let mut faults = BTreeSet::new();
        if run.took > Duration::from_secs(PATIENCE) + GRACE {
            faults.insert("the run took too long".to_owned());
        }
        let changed = cases.iter().zip(&whole).flat_map(|(case, whole)| changes(case, whole));
        let changed: Vec<String> = changed.collect();
        if differs && changed.is_empty() {
            faults.insert("changes no answer".to_owned());
        } else if !differs {
            faults.extend(changed);
        }
        for ((case, whole), mail) in cases.iter().zip(&whole).zip(mails()) {
            faults.extend(claims(case, whole).into_iter().map(|claim| format!("{}: {claim}", name(mail))));
        }
        wrong.extend(faults.into_iter().map(|fault| format!("{title}: {fault}")));
    }
    ensure!(wrong.is_empty(), "{} faults are not borne:\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}

/// Questions that are answered in another way than in the whole lab, with both answers.
fn changes(case: &Value, whole: &Value) -> Vec<String> {
    let (now, then) = (evidence(case), evidence(whole));
    let asked: BTreeSet<&str> = now.keys().chain(then.keys()).copied().collect();
    let answer =
        |of: &BTreeMap<&str, &Value>, id: &str| of.get(id).map(|evidence| timeless(&evidence["answer"]));
    let changed = asked.into_iter().map(|id| (id, answer(&then, id), answer(&now, id)));
    let changed = changed.filter(|(_, then, now)| then != now);
    changed.map(|(id, then, now)| format!("{id} is answered {now:?}, not {then:?}")).collect()
}

/// An answer without how long it may be kept: a resolver counts that down while the lab stands.
fn timeless(answer: &Value) -> Value {
    let mut answer = answer.clone();
    if let Some(data) = answer["data"].as_object_mut() {
        data.remove("ttl");
    }
    answer
}

/// What a case claims under a fault that it must not.
fn claims(case: &Value, whole: &Value) -> Vec<String> {
    let (now, then) = (evidence(case), evidence(whole));
    let mut claims = Vec::new();
    let listed = case["verdict"]["not_checked"].as_array().into_iter().flatten();
    let listed: BTreeSet<&str> = listed.filter_map(Value::as_str).collect();
    for (id, evidence) in &now {
        let question = &evidence["question"];
        match status(evidence) {
            "absent" if then.get(id).is_none_or(|then| then["answer"] != evidence["answer"]) => {
                claims.push(format!("{question} is answered absent"));
            }
            "found" if is_of_another(question, &evidence["answer"]["data"]) => {
                claims.push(format!("{question} is answered about another"));
            }
            "failed" if !listed.contains(id) => claims.push(format!("{question} is not told as unchecked")),
            _ => {}
        }
    }
    let known: BTreeSet<&str> = ids(whole).collect();
    let unsure =
        |id: &str| now.get(id).is_some_and(|evidence| !matches!(status(evidence), "found" | "absent"));
    let findings = case["findings"].as_array().into_iter().flatten();
    for finding in findings {
        let id = finding["id"].as_str().unwrap_or_default();
        let rests = finding["because"].as_array().into_iter().flatten();
        let mut rests = rests.filter_map(|because| because["evidence"].as_str());
        if !known.contains(id) && rests.any(unsure) {
            claims.push(format!("the finding {id} rests on what failed"));
        }
    }
    claims
}

fn ids(case: &Value) -> impl Iterator<Item = &str> {
    case["findings"].as_array().into_iter().flatten().filter_map(|finding| finding["id"].as_str())
}

/// A registration of another domain than the one that was asked about.
fn is_of_another(question: &Value, data: &Value) -> bool {
    let domain = |value: &Value| value["domain"].as_str().map(str::to_ascii_lowercase);
    question["kind"] == "registration" && domain(question) != domain(data)
}

/// Loses what is sent to a server, as long as it lives.
struct BlackHole(bool);

impl BlackHole {
    fn new(fault: Fault) -> anyhow::Result<Self> {
        let Fault::Lost(part) = fault else { return Ok(Self(false)) };
        let mut rules = "table ip lab {\nchain in {\ntype filter hook input priority 0;\n".to_owned();
        for address in part.addresses() {
            rules += &format!("ip daddr {address} drop\n");
        }
        rules += "}\n}\n";
        let hole = Self(true);
        let output = Command::new("nft").arg(rules).output()?;
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "nft: {}", said.trim());
        Ok(hole)
    }
}

impl Drop for BlackHole {
    fn drop(&mut self) {
        if self.0 {
            // Where it was not made it need not be filled.
            let _ = Command::new("nft").args(["delete", "table", "ip", "lab"]).output();
        }
    }
}
