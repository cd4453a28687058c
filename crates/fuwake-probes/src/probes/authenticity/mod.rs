//! SPF, DKIM, DMARC and ARC as of now.
//!
//! Every DNS question goes through the world's own cache and is evidence of its own; what is known from it is judged here, without a
//! resolver beside. The library's (mail-auth) evaluation of SPF neither names the mechanism that decided nor counts void look-ups,
//! takes the first of several records, and lets an inner include decide over the outer one; its signatures expire by the machine's
//! clock. So the rules are here, by the RFCs' sections, and the library reads keys, brings headers into canonical form and verifies
//! signatures.

mod arc;
mod asker;
mod dkim;
mod dmarc;
mod message;
mod signature;
mod spf;
mod tags;

use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use data_encoding::HEXLOWER;
use futures::FutureExt;
use fuwake_core::evidence::{Authenticity, Data, Dkim, Identity, Question, Spf};
use fuwake_core::inquiry::Privacy;
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tokio::time::timeout;

use crate::probes::outlook_message::REBUILT;
use crate::world::{Fault, Reply, World, now};
use asker::Asker;
use message::Message;
use signature::Clock;

const SOURCE: &str = "fuwake";
/// How long an evaluation holds.
const LIFETIME: Duration = Duration::from_secs(600);
/// How long one that met a fault holds.
const FAULTY: Duration = Duration::from_secs(30);
/// How long one may take; RFC 7208 section 4.6.4 asks for at least 20 seconds.
const PATIENCE: Duration = Duration::from_secs(30);

/// Evaluates a message; `blob` are its octets, as far as they were kept.
pub(crate) async fn ask(world: &World, question: &Question, blob: Option<&[u8]>, privacy: &Privacy) -> Reply {
    let Some(claim) = Claim::of(question) else { return Reply::not_asked("not-built", SOURCE) };
    let asker = Asker::new(world, privacy);
    // A fault in a library over hostile octets costs this answer, not the run.
    let evaluation = AssertUnwindSafe(Box::pin(evaluate(&asker, &claim, blob))).catch_unwind();
    match timeout(PATIENCE, evaluation).await {
        Ok(Ok(mut found)) => {
            let lifetime = if is_faulty(&found) { FAULTY } else { LIFETIME };
            let rests_on = asker.asked();
            found.asked = rests_on.iter().map(|evidence| evidence.id.clone()).collect();
            Reply { rests_on, ..Reply::found(Data::Authenticity(Box::new(found)), SOURCE, lifetime) }
        }
        Ok(Err(_)) => Reply::failed(&Fault::Garbled("message".to_owned()), SOURCE),
        Err(_) => Reply::failed(&Fault::TimeOut, SOURCE),
    }
}

/// What a question says of the message.
struct Claim<'q> {
    sha256: &'q str,
    client: Option<IpAddr>,
    helo: &'q str,
    sender: Option<&'q str>,
    from: &'q [String],
    clock: Clock,
    withheld: &'q [Identity],
}

impl<'q> Claim<'q> {
    fn of(question: &'q Question) -> Option<Self> {
        let Question::Authenticity { sha256, client, helo, envelope_from, from, received, withheld } =
            question
        else {
            return None;
        };
        let received = received.as_ref().and_then(|text| OffsetDateTime::parse(text, &Rfc3339).ok());
        let at = received.unwrap_or_else(now).unix_timestamp();
        Some(Self {
            sha256,
            client: *client,
            helo: helo.as_deref().unwrap_or_default(),
            sender: envelope_from.as_deref(),
            from,
            clock: Clock { at, is_receipt: received.is_some() },
            withheld,
        })
    }
}

async fn evaluate(asker: &Asker<'_>, claim: &Claim<'_>, blob: Option<&[u8]>) -> Authenticity {
    // What was cut on its way in, or is not here, was not signed.
    let blob = blob.unwrap_or_default();
    let is_whole = HEXLOWER.encode(&Sha256::digest(blob)) == claim.sha256;
    let message = Message::read(blob);
    let fields = message.as_ref().map(Message::fields).unwrap_or_default();
    let signed = async {
        let Some(message) = &message else { return (Vec::new(), None) };
        let dkim = dkim::check(asker, message, &fields, claim.clock);
        futures::join!(dkim, arc::check(asker, message, &fields, claim.clock))
    };
    // The policy depends on nothing else: it is asked for meanwhile.
    let policy = dmarc::look_up(asker, claim.from);
    let (spf, (mut dkim, mut arc), ()) = futures::join!(spf(asker, claim), signed, policy);
    let has_body = message.as_ref().is_some_and(Message::has_body);
    let has_header = has_body || is_whole && message.is_some();
    let is_rebuilt = fields.iter().any(|(name, _)| name.eq_ignore_ascii_case(REBUILT.as_bytes()));
    let changed = if is_whole { is_rebuilt.then_some(MADE_ANEW) } else { Some(CUT) };
    if let Some(why) = changed {
        dkim.iter_mut().for_each(|dkim| dkim_not_judged(dkim, why));
        arc.iter_mut().for_each(|arc| {
            "not-judged".clone_into(&mut arc.result);
            arc.why = Some(why.to_owned());
        });
    }
    let whole = has_header && (dkim.is_empty() || changed.is_none() && has_body);
    let proofs = dmarc::Proofs { spf: spf.as_ref(), dkim: &dkim, whole };
    // Of several authors the worst counts: not all are known here.
    let is_known = !claim.withheld.contains(&Identity::From);
    let dmarc =
        if is_known { dmarc::check(asker, claim.from, proofs).await } else { Some(dmarc::not_judged()) };
    Authenticity { spf, dkim, dmarc, arc, asked: Vec::new() }
}

const CUT: &str = "the mail is too large: only its beginning was kept";
const MADE_ANEW: &str = "the mail was put together anew from an Outlook file";

fn dkim_not_judged(dkim: &mut Dkim, why: &str) {
    "not-judged".clone_into(&mut dkim.result);
    dkim.why = Some(why.to_owned());
    dkim.unsigned = 0;
}

/// SPF, where it is known who handed the message over and as whom.
async fn spf(asker: &Asker<'_>, claim: &Claim<'_>) -> Option<Spf> {
    let identity = match claim.sender {
        None if claim.withheld.contains(&Identity::EnvelopeFrom) => Some("mfrom"),
        None if claim.withheld.contains(&Identity::Helo) => Some("helo"),
        _ => None,
    };
    if let Some(identity) = identity {
        return Some(spf::not_judged(identity));
    }
    let client =
        spf::Client { ip: claim.client?, helo: claim.helo, sender: claim.sender, now: claim.clock.at };
    if client.sender.is_none() && client.helo.is_empty() {
        return None;
    }
    Some(spf::check(asker, &client).await)
}

/// Whether asking again may give another answer.
fn is_faulty(found: &Authenticity) -> bool {
    let results = [
        found.spf.as_ref().map(|spf| &spf.result),
        found.dmarc.as_ref().map(|dmarc| &dmarc.result),
        found.arc.as_ref().map(|arc| &arc.result),
    ];
    let all = results.into_iter().flatten().chain(found.dkim.iter().map(|dkim| &dkim.result));
    all.into_iter().any(|result| result == "temperror")
}
