//! DMARC (RFC 9989, which replaces RFC 7489): the policy of the From domain, found by walking up the DNS, and alignment with it.

use futures::future::join_all;
use fuwake_core::evidence::{Absence, Dkim, Dmarc, RecordType, Spf, WITHHELD};

use super::asker::{Asker, Told, is_domain};
use super::tags::Tags;

/// Names that are asked about on one walk (RFC 9989 section 4.10).
const STEPS: usize = 8;
/// How many From domains are looked at.
const AUTHORS: usize = 4;

/// A record, and the domain that it stands at.
#[derive(Clone, Debug)]
struct Record {
    domain: String,
    text: String,
    tags: Tags,
}

/// The records on the way up, longest name first.
#[derive(Clone, Debug, Default)]
struct Walk {
    records: Vec<Record>,
    /// Why the walk is not whole.
    broken: Option<String>,
}

/// What proves who sent a message.
#[derive(Clone, Copy, Debug)]
pub(super) struct Proofs<'p> {
    pub(super) spf: Option<&'p Spf>,
    pub(super) dkim: &'p [Dkim],
    /// DKIM could be judged.
    pub(super) whole: bool,
}

/// Asks for the records of the From domains, so that they are known when they are needed.
pub(super) async fn look_up(asker: &Asker<'_>, from: &[String]) {
    join_all(from.iter().take(AUTHORS).map(|domain| walk(asker, domain))).await;
}

/// DMARC of the From domain; of several the worst, so that no second author hides the first.
pub(super) async fn check(asker: &Asker<'_>, from: &[String], proofs: Proofs<'_>) -> Option<Dmarc> {
    const BEST_FIRST: [&str; 6] = ["pass", "none", "not-judged", "temperror", "permerror", "fail"];
    let checked = join_all(from.iter().take(AUTHORS).map(|domain| check_one(asker, domain, proofs))).await;
    let rank = |dmarc: &Dmarc| BEST_FIRST.iter().position(|result| *result == dmarc.result);
    checked.into_iter().max_by_key(rank)
}

/// DMARC of a From domain that is not asked about.
pub(super) fn not_judged() -> Dmarc {
    Dmarc { result: "not-judged".to_owned(), why: Some(WITHHELD.to_owned()), ..Dmarc::default() }
}

async fn check_one(asker: &Asker<'_>, domain: &str, proofs: Proofs<'_>) -> Dmarc {
    let mut dmarc = Dmarc { domain: domain.to_owned(), ..Dmarc::default() };
    let walk = walk(asker, domain).await;
    let own = organizational_domain(&walk, domain);
    let Some(record) = applicable(&walk, domain, &own) else {
        let outcome = walk.broken.as_deref().map_or("none", unknown);
        outcome.clone_into(&mut dmarc.result);
        dmarc.why = walk.broken.or_else(|| Some("no DMARC record".to_owned()));
        return dmarc;
    };
    let Some(policy) = policy(asker, record, domain).await else {
        "none".clone_into(&mut dmarc.result);
        dmarc.why = Some("the DMARC record states no policy".to_owned());
        return dmarc;
    };
    dmarc.testing = flag(record, "t", "y");
    dmarc.policy = Some(if dmarc.testing { softened(policy) } else { policy }.to_owned());
    dmarc.policy_domain = Some(record.domain.clone());
    dmarc.record = Some(record.text.clone());
    let author = Author { asker, domain, own: &own, broken: walk.broken.as_deref() };
    let spf = author.spf(proofs.spf, flag(record, "aspf", "s")).await;
    let dkim = author.dkim(proofs.dkim, flag(record, "adkim", "s")).await;
    (dmarc.spf_aligned, dmarc.dkim_aligned) = (spf == Aligned::Yes, dkim == Aligned::Yes);
    dmarc.organizational_domain = Some(own);
    (dmarc.result, dmarc.why) = result(spf, dkim, proofs);
    dmarc
}

/// Passed if either does; undecided if either may yet.
fn result(spf: Aligned, dkim: Aligned, proofs: Proofs<'_>) -> (String, Option<String>) {
    let (result, why) = match (spf, dkim) {
        (Aligned::Yes, _) | (_, Aligned::Yes) => ("pass", None),
        (Aligned::Unknown(why), _) | (_, Aligned::Unknown(why)) => (unknown(&why), Some(why)),
        _ if proofs.spf.is_none() => {
            ("not-judged", Some("SPF could not be judged: who handed the mail over is not known".to_owned()))
        }
        _ if !proofs.whole => {
            ("not-judged", Some("DKIM could not be judged: the mail is not whole".to_owned()))
        }
        _ => ("fail", None),
    };
    (result.to_owned(), why)
}

/// The result where something was not answered, or not asked.
fn unknown(why: &str) -> &'static str {
    if why == WITHHELD { "not-judged" } else { "temperror" }
}

/// Whether something that passed is aligned with the author.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Aligned {
    Yes,
    No,
    Unknown(String),
}

struct Author<'a> {
    asker: &'a Asker<'a>,
    domain: &'a str,
    own: &'a str,
    broken: Option<&'a str>,
}

impl Author<'_> {
    async fn spf(&self, spf: Option<&Spf>, strict: bool) -> Aligned {
        let Some(spf) = spf else { return Aligned::No };
        if spf.domain.is_empty() && spf.result == "not-judged" {
            // The domain itself is kept: it may be the author's.
            return Aligned::Unknown(WITHHELD.to_owned());
        }
        self.identifier(&spf.domain, &spf.result, spf.why.as_deref(), strict).await
    }

    async fn dkim(&self, signatures: &[Dkim], strict: bool) -> Aligned {
        let mut aligned = Aligned::No;
        for signature in signatures {
            let (result, why) = (signature.result.as_str(), signature.why.as_deref());
            match self.identifier(&signature.domain, result, why, strict).await {
                Aligned::Yes => return Aligned::Yes,
                Aligned::No => {}
                unknown => aligned = unknown,
            }
        }
        aligned
    }

    /// One authenticated identifier (RFC 9989 section 4.10.2).
    async fn identifier(&self, domain: &str, result: &str, why: Option<&str>, strict: bool) -> Aligned {
        let is_open = result == "temperror" || result == "not-judged" && why == Some(WITHHELD);
        if !is_open && result != "pass" {
            return Aligned::No;
        }
        match self.is_aligned(domain, strict).await {
            Aligned::Yes if is_open => Aligned::Unknown(why.unwrap_or("temperror").to_owned()),
            aligned if result == "pass" => aligned,
            _ => Aligned::No,
        }
    }

    async fn is_aligned(&self, domain: &str, strict: bool) -> Aligned {
        let domain = domain.to_ascii_lowercase();
        if domain == self.domain {
            return Aligned::Yes;
        }
        if strict {
            return Aligned::No;
        }
        if let Some(why) = self.broken {
            return Aligned::Unknown(why.to_owned());
        }
        if !domain.strip_suffix(self.own).is_some_and(|before| before.is_empty() || before.ends_with('.')) {
            return Aligned::No;
        }
        let walk = walk(self.asker, &domain).await;
        match &walk.broken {
            Some(why) => Aligned::Unknown(why.clone()),
            None if organizational_domain(&walk, &domain) == self.own => Aligned::Yes,
            None => Aligned::No,
        }
    }
}

/// The tree walk (RFC 9989 section 4.10). Its names are asked about all at once, and read as if one after the other.
async fn walk(asker: &Asker<'_>, domain: &str) -> Walk {
    let mut walk = Walk::default();
    if !is_domain(domain) {
        return walk;
    }
    let names = steps(domain);
    let told = join_all(
        names.iter().map(|name| async move { asker.ask(&format!("_dmarc.{name}"), RecordType::Txt).await }),
    );
    for (name, told) in names.iter().zip(told.await) {
        match told {
            Told::Records(texts) => walk.records.extend(only_record(name, texts)),
            Told::Nothing(_) => {}
            Told::Unknown(why) => walk.broken = walk.broken.or(Some(why)),
            Told::Withheld => walk.broken = Some(WITHHELD.to_owned()),
        }
        if walk.records.last().is_some_and(|record| flag(record, "psd", "y") || flag(record, "psd", "n")) {
            break;
        }
    }
    walk
}

/// The domain itself and what lies above it; of long names only the last seven labels (RFC 9989 section 4.10).
fn steps(domain: &str) -> Vec<&str> {
    let above = std::iter::successors(Some(domain), |name| name.split_once('.').map(|(_, above)| above));
    let above: Vec<&str> = above.collect();
    let skipped = (above.len() + 1).saturating_sub(STEPS).max(1);
    above.iter().take(1).chain(above.iter().skip(skipped)).copied().collect()
}

/// A name's record; several are as good as none (RFC 9989 section 4.10).
fn only_record(name: &str, texts: Vec<String>) -> Option<Record> {
    let read = |text: String| {
        let tags = Tags::parse(&text)?;
        (tags.first() == Some(("v", "DMARC1"))).then(|| Record { domain: name.to_owned(), text, tags })
    };
    let mut records = texts.into_iter().filter_map(read);
    records.next().filter(|_| records.next().is_none())
}

/// RFC 9989 section 4.10.2.
fn organizational_domain(walk: &Walk, domain: &str) -> String {
    let Some(last) = walk.records.last() else { return domain.to_owned() };
    if flag(last, "psd", "y") && last.domain != domain {
        let below = domain.strip_suffix(last.domain.as_str()).unwrap_or_default().trim_end_matches('.');
        let label = below.rsplit('.').next().unwrap_or_default();
        return format!("{label}.{}", last.domain);
    }
    last.domain.clone()
}

/// The author's own record, else the organization's, else the public suffix's (RFC 9989 section 4.10.1).
fn applicable<'w>(walk: &'w Walk, domain: &str, own: &str) -> Option<&'w Record> {
    let at = |name: &str| walk.records.iter().find(|record| record.domain == name);
    at(domain).or_else(|| at(own)).or_else(|| walk.records.last().filter(|record| flag(record, "psd", "y")))
}

/// The policy that a record states for the author's domain; none where it states none.
async fn policy(asker: &Asker<'_>, record: &Record, domain: &str) -> Option<&'static str> {
    let Some(policy) = stated(record, "p") else {
        return record.tags.get("rua").is_some_and(|rua| rua.contains("mailto:")).then_some("none");
    };
    if record.domain == domain {
        return Some(policy);
    }
    let existing = stated(record, "sp").unwrap_or(policy);
    let missing = stated(record, "np").unwrap_or(existing);
    if existing == missing {
        return Some(existing);
    }
    let is_missing = asker.ask(domain, RecordType::A).await == Told::Nothing(Absence::NoSuchName);
    Some(if is_missing { missing } else { existing })
}

fn stated(record: &Record, tag: &str) -> Option<&'static str> {
    let value = record.tags.get(tag)?;
    ["none", "quarantine", "reject"].into_iter().find(|known| value.eq_ignore_ascii_case(known))
}

/// One level less, for a policy that is tested (RFC 9989 section 4.7).
fn softened(policy: &'static str) -> &'static str {
    if policy == "reject" { "quarantine" } else { "none" }
}

fn flag(record: &Record, tag: &str, value: &str) -> bool {
    record.tags.get(tag).is_some_and(|stated| stated.eq_ignore_ascii_case(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_takes_at_most_eight_steps() {
        assert_eq!(steps("a.example.com"), ["a.example.com", "example.com", "com"]);
        let long = steps("a.b.c.d.e.f.g.h.i.mail.example.com");
        assert_eq!(long.len(), STEPS);
        assert_eq!(long[1], "f.g.h.i.mail.example.com");
        assert_eq!(steps("a.b.c.d.e.f.example.com")[1], "b.c.d.e.f.example.com");
    }
}
