//! Who sent it: what the mail says of that, and what the world does.

use super::teller::Teller;
use crate::case::{Identity, Responsibility};
use crate::evidence::{Authenticity, Fact, Registration};
use crate::knowledge::domains::is_within;
use crate::publish::words::article::sender::*;
use crate::report::{Block, Section};

/// Findings of authentication, the telling ones first.
const AUTHENTICATION: [&str; 16] = [
    "brand-domain-fails-now",
    "brand-spoofed-exactly",
    "dmarc-failed",
    "dmarc-fails-now",
    "spf-failed",
    "sending-host-not-in-spf",
    "spf-softfailed",
    "dkim-failed",
    "dkim-broken-now",
    "passes-only-for-another-domain",
    "authentication-aligned-known-brand",
    "authenticated-now-known-brand",
    "authentication-aligned",
    "authenticated-now",
    "authentication-fails-years-later",
    "nothing-authenticates-the-sender",
];
/// How many of them are told.
const TOLD: usize = 2;
/// What else is told of the sender, where it was found.
const ODDITIES: [&str; 12] = [
    "platform-sender-named-after-a-brand",
    "display-name-shows-another-domain",
    "display-name-is-another-address",
    "brand-name-in-from-domain",
    "brand-name-in-local-part",
    "from-domain-lookalike",
    "sender-nearly-anothers-domain",
    "from-domain-newly-registered",
    "sender-under-cheap-suffix",
    "public-body-speaks-for-a-company",
    "recipient-organisation-spoofed",
    "from-is-recipient",
];

pub(super) fn section(teller: &Teller<'_>) -> Section {
    let paragraphs =
        [written(teller), registered(teller), trio(teller), points(teller), proven(teller), so(teller)];
    let blocks: Vec<Block> = paragraphs.iter().filter_map(|sentences| teller.paragraph(sentences)).collect();
    super::section("sender", teller.title(TITLE), blocks)
}

/// The domain of From.
fn domain<'c>(teller: &Teller<'c>) -> Option<&'c str> {
    teller.mail.mail.from.as_ref()?.domain.as_deref()
}

/// What the sender's line says.
fn written(teller: &Teller<'_>) -> Vec<String> {
    let Some(from) = &teller.mail.mail.from else { return vec![teller.tell(NO_FROM)] };
    let mut sentences = vec![teller.say(FROM, &[("from", &teller.writer.mailbox(from))])];
    if let (Some(domain), Some(brand), Some(official)) =
        (domain(teller), teller.brand_name(), teller.official())
    {
        let sentence = if teller.is_official(domain) { THE_BRANDS } else { NOT_THE_BRANDS };
        let values = [("brand", brand), ("official", official.as_str()), ("domain", domain)];
        sentences.push(teller.say(sentence, &values));
    }
    let owner = identity(teller, "from").and_then(|from| from.owner.as_deref());
    let owned = match owner {
        Some("internet-provider") => Some(OWNER_PROVIDER),
        Some("free-mail") => Some(OWNER_FREE_MAIL),
        _ => None,
    };
    let name = teller.mail.mail.from.as_ref().and_then(|from| from.registrable_domain.as_deref());
    sentences.extend(owned.zip(name).map(|(owned, name)| teller.say(owned, &[("domain", name)])));
    sentences.extend(ODDITIES.iter().filter_map(|id| teller.explained(id)).take(TOLD));
    sentences
}

fn identity<'c>(teller: &Teller<'c>, field: &str) -> Option<&'c Identity> {
    teller.mail.mail.identities.iter().find(|identity| identity.field == field)
}

/// Whose the From domain is by its registration.
fn registered(teller: &Teller<'_>) -> Vec<String> {
    let name = teller.mail.mail.from.as_ref().and_then(|from| from.registrable_domain.as_deref());
    let anybodys = identity(teller, "from").is_some_and(|from| from.owner.is_some());
    let Some(name) = name.filter(|name| !anybodys && !teller.is_official(name)) else { return Vec::new() };
    match teller.ledger.registration(name) {
        Fact::Found(found, _) => registration(teller, found),
        Fact::Absent(_, evidence) => {
            vec![teller.say(NOT_REGISTERED, &[("domain", name), ("asked", &teller.asked(evidence))])]
        }
        Fact::Unknown => Vec::new(),
    }
}

fn registration(teller: &Teller<'_>, found: &Registration) -> Vec<String> {
    let registrant = teller.writer.registrant(found);
    let is_named = teller.writer.names_registrant(found);
    let who = [
        ("registrant", registrant.as_deref().unwrap_or_default()),
        ("registrar", found.registrar.as_deref().unwrap_or_default()),
    ];
    let details = match (&registrant, &found.registrar) {
        (Some(_), Some(_)) if is_named => teller.say(BY_REGISTRANT, &who),
        (Some(_), None) if is_named => teller.say(REGISTRANT_ALONE, &who),
        (Some(_), Some(_)) => teller.say(BY_REGISTRANT_WITHHELD, &who),
        (Some(_), None) => teller.tell(REGISTRANT_WITHHELD),
        (None, Some(_)) => teller.say(BY_REGISTRAR, &who),
        (None, None) => String::new(),
    };
    let Some(since) = found.registered.as_deref().map(|since| teller.day(since)) else { return Vec::new() };
    if details.is_empty() {
        return Vec::new();
    }
    // What is said is clean already; cleaning it again changes nothing.
    let told = teller.say(REGISTERED, &[("domain", &found.domain), ("since", &since), ("details", &details)]);
    let unproven = is_named.then(|| teller.tell(REGISTRANT_UNPROVEN));
    [Some(told), unproven].into_iter().flatten().collect()
}

/// Reply-To, Return-Path and Message-ID, and what they are worth.
fn trio(teller: &Teller<'_>) -> Vec<String> {
    let mut sentences = Vec::new();
    if let Some(reply) = identity(teller, "reply_to").filter(|reply| reply.agrees == Some(false)) {
        sentences.push(teller.say(REPLY, &[("reply", &reply.value)]));
        sentences.extend(nowhere(teller, reply, REPLY_NOWHERE));
    }
    let mut forgeable = 0;
    let envelope_differs = identity(teller, "envelope_from").is_some_and(|one| one.agrees == Some(false));
    if let Some(envelope) = identity(teller, "envelope_from").filter(|one| one.domain.is_some()) {
        forgeable += 1;
        match envelope.agrees {
            Some(true) => sentences.push(teller.tell(ENVELOPE_SAME)),
            None => sentences.push(teller.say(ENVELOPE_ALONE, &[("envelope", &envelope.value)])),
            _ if is_recipients(teller, envelope) => sentences.push(teller.tell(ENVELOPE_RECIPIENT)),
            _ => {
                sentences.push(teller.say(ENVELOPE_OTHER, &[("envelope", &envelope.value)]));
                sentences.extend(nowhere(teller, envelope, ENVELOPE_NOWHERE));
            }
        }
    }
    if let Some((id, domain)) =
        identity(teller, "message_id").and_then(|id| Some((id, id.domain.as_deref()?)))
    {
        forgeable += 1;
        match id.agrees {
            Some(true) if forgeable == 2 && envelope_differs => {
                sentences.push(teller.tell(MESSAGE_ID_AS_FROM));
            }
            Some(true) => sentences.push(teller.tell(MESSAGE_ID_SAME)),
            _ => sentences.push(teller.say(MESSAGE_ID_OTHER, &[("message_id", domain)])),
        }
    }
    sentences.extend((forgeable == 2).then(|| teller.tell(BOTH_FORGEABLE)));
    sentences
}

/// An address below the recipient's own domain.
fn is_recipients(teller: &Teller<'_>, identity: &Identity) -> bool {
    let own = &teller.mail.mail.recipient.domains;
    identity.domain.as_deref().is_some_and(|domain| own.iter().any(|own| is_within(domain, own)))
}

/// That a name leads nowhere, where the registry says so.
fn nowhere(
    teller: &Teller<'_>,
    identity: &Identity,
    sentence: crate::publish::words::article::Said,
) -> Option<String> {
    let name = crate::domain::registrable(identity.domain.as_deref()?)?;
    let (_, evidence) = teller.ledger.registration(name).absent()?;
    Some(teller.say(sentence, &[("domain", name), ("asked", &teller.asked(evidence))]))
}

/// Whether the From domain points at the machine that sent the mail; none where that is not known.
fn pointed(teller: &Teller<'_>) -> Option<bool> {
    let domain = domain(teller).filter(|domain| !teller.is_official(domain))?;
    let origin = teller.mail.mail.origin.as_ref()?.ip.to_canonical();
    let points = teller.ledger.addresses(domain);
    (!points.is_empty()).then(|| points.iter().any(|(ip, _)| ip.to_canonical() == origin))
}

/// Where the From domain points, and why that proves nothing.
fn points(teller: &Teller<'_>) -> Vec<String> {
    let (Some(there), Some(domain), Some(origin)) =
        (pointed(teller), domain(teller), teller.mail.mail.origin.as_ref())
    else {
        return Vec::new();
    };
    let origin = origin.ip.to_canonical();
    let points = teller.ledger.addresses(domain);
    let addresses: Vec<String> = points.iter().take(3).map(|(ip, _)| ip.to_string()).collect();
    let sentence = if there { POINTS_THERE } else { POINTS_ELSEWHERE };
    let (addresses, origin) = (addresses.join(teller.writer.words.comma), origin.to_string());
    vec![teller.say(sentence, &[("domain", domain), ("addresses", &addresses), ("origin", &origin)])]
}

/// What authentication says.
fn proven(teller: &Teller<'_>) -> Vec<String> {
    let told: Vec<String> = AUTHENTICATION.iter().filter_map(|id| teller.explained(id)).take(TOLD).collect();
    let recorded = teller.mail.mail.authentication.results.iter().any(|result| result.trusted);
    match (told.is_empty(), recorded) {
        (false, _) => {
            // Where it was just explained what they are for.
            let lead =
                if pointed(teller).is_some_and(|there| !there) { AUTHENTICATED_SO } else { AUTHENTICATED };
            [vec![teller.tell(lead)], told].concat()
        }
        (true, _) => match teller.ledger.authenticity() {
            Some((found, evidence)) => undecided(teller, found, &teller.asked(evidence)),
            None if recorded => Vec::new(),
            None => vec![teller.tell(NOT_RECORDED)],
        },
    }
}

/// What the DNS says where no finding came of it.
fn undecided(teller: &Teller<'_>, found: &Authenticity, asked: &str) -> Vec<String> {
    let name = |result: Option<&str>| teller.writer.words.name(result.unwrap_or("none")).to_owned();
    let spf = name(found.spf.as_ref().map(|spf| spf.result.as_str()));
    let dmarc = name(found.dmarc.as_ref().map(|dmarc| dmarc.result.as_str()));
    let dkim = match found.dkim.first() {
        Some(dkim) => name(Some(&dkim.result)),
        None => teller.tell(UNSIGNED),
    };
    let values = [("asked", asked), ("spf", &*spf), ("dkim", &*dkim), ("dmarc", &*dmarc)];
    vec![teller.say(AS_OF_NOW, &values), teller.tell(UNDECIDED)]
}

/// Who is behind it.
fn so(teller: &Teller<'_>) -> Vec<String> {
    let responsible = &teller.mail.verdict.responsible;
    let explanation = teller.writer.line(&responsible.explanation);
    if explanation.is_empty() {
        return Vec::new();
    }
    // Nothing follows from clues that leave it open.
    let lead = (responsible.kind != Responsibility::Unknown).then(|| teller.tell(SO));
    lead.into_iter().chain([explanation.as_str().to_owned()]).collect()
}
