//! DKIM (RFC 6376, RFC 8301, RFC 8463).

use futures::future::join_all;
use fuwake_core::evidence::Dkim;
use mail_auth::common::crypto::Algorithm;

use super::asker::Asker;
use super::message::{Field, Message};
use super::signature::{Clock, Failure, Signature, failure};
use super::tags::Tags;

/// How many signatures of one message are looked at (RFC 6376 section 6.1 leaves the limit to the verifier).
const SIGNATURES: usize = 10;
/// How much of what a signature says of itself is kept, in characters.
const SHORT: usize = 253;

/// Every signature, top to bottom.
pub(super) async fn check(
    asker: &Asker<'_>,
    message: &Message<'_>,
    fields: &[Field<'_>],
    clock: Clock,
) -> Vec<Dkim> {
    let signatures =
        fields.iter().filter(|field| field.0.trim_ascii_end().eq_ignore_ascii_case(b"DKIM-Signature"));
    let checked = signatures.enumerate().take(SIGNATURES * 2).map(|(index, field)| async move {
        let tags = Tags::parse(&String::from_utf8_lossy(field.1));
        let mut dkim = shown(tags.as_ref());
        let outcome = match tags {
            _ if index >= SIGNATURES => {
                Err(failure("not-judged", "there are more signatures than are looked at"))
            }
            Some(tags) => verify(asker, message, fields, (*field, &tags), clock, &mut dkim).await,
            None => Err(failure("neutral", "the signature cannot be read")),
        };
        match outcome {
            Ok(()) => "pass".clone_into(&mut dkim.result),
            Err(Failure { result, why }) => {
                result.clone_into(&mut dkim.result);
                dkim.why = Some(why);
            }
        }
        dkim
    });
    join_all(checked).await
}

/// What a signature says of itself.
fn shown(tags: Option<&Tags>) -> Dkim {
    let tag = |name: &str| {
        let value = tags.and_then(|tags| tags.bare(name));
        value.map(|value| value.chars().take(SHORT).collect::<String>())
    };
    Dkim {
        domain: tag("d").unwrap_or_default().to_ascii_lowercase(),
        selector: tag("s").unwrap_or_default(),
        identity: tag("i"),
        algorithm: tag("a").unwrap_or_default(),
        ..Dkim::default()
    }
}

/// The steps of RFC 6376 section 6.1; the key is asked for last, where everything else is in order.
async fn verify(
    asker: &Asker<'_>,
    message: &Message<'_>,
    fields: &[Field<'_>],
    (own, tags): (Field<'_>, &Tags),
    clock: Clock,
    dkim: &mut Dkim,
) -> Result<(), Failure> {
    if tags.get("v") != Some("1") {
        return Err(failure("neutral", "the signature's version is unknown"));
    }
    if tags.items("q").is_some_and(|methods| !methods.iter().any(|method| method == "dns/txt")) {
        return Err(failure("neutral", "the key is not in the DNS"));
    }
    let signature = Signature::read(tags).map_err(|why| failure("neutral", why))?;
    let identity = identity_domain(tags, &signature.sign.domain)?;
    signature.in_time(clock)?;
    dkim.unsigned = signature.covers(message)?;
    let key = signature.sign.key(asker).await?;
    dkim.testing = key.testing;
    if key.exact && identity != signature.sign.domain {
        return Err(failure("permerror", "the key is not for subdomains, i= names one"));
    }
    signature.verify(&key, fields, own)?;
    if signature.sign.algorithm == Algorithm::RsaSha1 {
        return Err(failure("policy", "the signature matches, but SHA-1 no longer counts (RFC 8301)"));
    }
    Ok(())
}

/// The domain of `i=`: `d=` or below it (RFC 6376 section 3.5).
fn identity_domain(tags: &Tags, domain: &str) -> Result<String, Failure> {
    let Some(identity) = tags.bare("i") else { return Ok(domain.to_owned()) };
    let own = identity.rsplit_once('@').map(|(_, own)| own.to_ascii_lowercase()).unwrap_or_default();
    let before = own.strip_suffix(domain);
    if before.is_some_and(|before| before.is_empty() || before.ends_with('.')) {
        Ok(own)
    } else {
        Err(failure("permerror", "i= names another domain than d="))
    }
}
