//! One signature over a message, DKIM's or ARC's: its tags, its key, and whether it holds.

use fuwake_core::evidence::{RecordType, WITHHELD};
use mail_auth::common::crypto::{Algorithm, HashAlgorithm};
use mail_auth::common::parse::TxtRecordParser;
use mail_auth::common::verify::DomainKey;
use mail_auth::dkim::Canonicalization;

use super::asker::{Asker, Told};
use super::message::{Field, Message};
use super::tags::Tags;

/// How many fields one signature may name.
const FIELDS: usize = 200;
/// The shortest RSA key that counts, in bits (RFC 8301 section 3.2).
const SHORTEST: usize = 1024;

/// Why a signature does not hold: the result of RFC 8601 section 2.7.1, and the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) result: &'static str,
    pub(super) why: String,
}

/// A failure with its reason.
pub(super) fn failure(result: &'static str, why: impl Into<String>) -> Failure {
    Failure { result, why: why.into() }
}

/// What all signatures have: an algorithm, a key and the octets.
#[derive(Clone, Debug)]
pub(super) struct Sign {
    pub(super) algorithm: Algorithm,
    pub(super) domain: String,
    pub(super) selector: String,
    signature: Vec<u8>,
}

/// What a signature over header and body has beside.
#[derive(Clone, Debug)]
pub(super) struct Signature {
    pub(super) sign: Sign,
    body_hash: Vec<u8>,
    header_form: Canonicalization,
    body_form: Canonicalization,
    /// Lower case.
    pub(super) fields: Vec<String>,
    length: Option<u64>,
    expires: Option<i64>,
}

/// The time by which expiry is judged, in seconds since 1970.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    pub(super) at: i64,
    /// It is the time of receipt, not today's.
    pub(super) is_receipt: bool,
}

/// A key from the DNS and what it says of its use.
pub(super) struct Key {
    key: DomainKey,
    pub(super) testing: bool,
    /// `i=` must name the very domain (`t=s`).
    pub(super) exact: bool,
}

impl Sign {
    /// Reads the tags; else what is wrong with them.
    pub(super) fn read(tags: &Tags) -> Result<Self, String> {
        let name = tags.bare("a").ok_or("a= is missing")?;
        let algorithm = Algorithm::parse(name.as_bytes()).ok_or(format!("unknown algorithm {name}"))?;
        let domain = tags.bare("d").filter(|domain| !domain.is_empty()).ok_or("d= is missing")?;
        let selector = tags.bare("s").filter(|selector| !selector.is_empty()).ok_or("s= is missing")?;
        let signature = tags.octets("b").filter(|octets| !octets.is_empty()).ok_or("b= cannot be read")?;
        Ok(Self { algorithm, domain: domain.to_ascii_lowercase(), selector, signature })
    }

    /// The key (RFC 6376 section 6.1.2).
    pub(super) async fn key(&self, asker: &Asker<'_>) -> Result<Key, Failure> {
        if !asker.is_nobodys(&self.domain) {
            return Err(failure("not-judged", WITHHELD));
        }
        let name = format!("{}._domainkey.{}", self.selector, self.domain);
        let records = match asker.ask(&name, RecordType::Txt).await {
            Told::Records(records) => records,
            Told::Nothing(_) => return Err(failure("permerror", format!("{name}: no key"))),
            Told::Unknown(why) => return Err(failure("temperror", why)),
            Told::Withheld => return Err(failure("not-judged", WITHHELD)),
        };
        let keys: Vec<Tags> = records.iter().filter_map(|record| Tags::parse(record)).collect();
        let mut keys = keys.iter().zip(&records).filter(|(tags, _)| tags.get("p").is_some());
        let (tags, record) =
            keys.next().ok_or_else(|| failure("permerror", format!("{name}: the record is no key")))?;
        self.usable(tags, record).map_err(|why| failure("permerror", format!("{name}: {why}")))
    }

    fn usable(&self, tags: &Tags, record: &str) -> Result<Key, String> {
        let lists = |name: &str, wanted: &str| {
            tags.items(name).is_none_or(|items| items.iter().any(|item| item == wanted || item == "*"))
        };
        let (kind, hash) = match self.algorithm {
            Algorithm::Ed25519Sha256 => ("ed25519", "sha256"),
            Algorithm::RsaSha256 => ("rsa", "sha256"),
            Algorithm::RsaSha1 => ("rsa", "sha1"),
        };
        if tags.get("v").is_some() && tags.first() != Some(("v", "DKIM1")) {
            return Err("the key's version is unknown".to_owned());
        }
        if tags.bare("p").is_none_or(|key| key.is_empty()) {
            return Err("the key is revoked".to_owned());
        }
        if !tags.bare("k").unwrap_or_else(|| "rsa".to_owned()).eq_ignore_ascii_case(kind) {
            return Err(format!("the key is not for {kind}"));
        }
        if !lists("h", hash) {
            return Err(format!("the key is not for {hash}"));
        }
        if !lists("s", "email") {
            return Err("the key is not for mail".to_owned());
        }
        let key = DomainKey::parse(record.as_bytes()).map_err(|_| "the key cannot be read".to_owned())?;
        let bits = key.p.public_key_bits();
        if kind == "rsa" && bits < SHORTEST {
            return Err(format!("the key has {bits} bits (RFC 8301 asks for 1024)"));
        }
        let flag = |flag: &str| tags.items("t").is_some_and(|flags| flags.iter().any(|known| known == flag));
        Ok(Key { key, testing: flag("y"), exact: flag("s") })
    }

    /// Whether the octets are this key's signature of the fields.
    pub(super) fn verify(
        &self,
        key: &Key,
        fields: Vec<Field<'_>>,
        form: Canonicalization,
    ) -> Result<(), Failure> {
        let mut octets = Vec::new();
        form.canonicalize_headers(fields.into_iter(), &mut octets);
        let verified = key.key.p.verify_bytes(&octets, &self.signature, self.algorithm);
        verified.map_err(|_| failure("fail", "the signature does not match the header"))
    }
}

impl Signature {
    /// Reads the tags; else what is wrong with them.
    pub(super) fn read(tags: &Tags) -> Result<Self, String> {
        let sign = Sign::read(tags)?;
        let number = |name: &str| match tags.get(name) {
            Some(text) if text.len() > 18 || !text.bytes().all(|byte| byte.is_ascii_digit()) => {
                Err(format!("{name}= is no number"))
            }
            Some(text) => text.parse::<i64>().map(Some).map_err(|_| format!("{name}= is no number")),
            None => Ok(None),
        };
        let (header_form, body_form) = forms(&tags.bare("c").unwrap_or_default())?;
        let fields = tags.items("h").ok_or("h= is missing")?;
        if !fields.iter().any(|field| field == "from") {
            return Err("From is not signed".to_owned());
        }
        if fields.len() > FIELDS {
            return Err("too many fields are signed".to_owned());
        }
        let (signed, expires) = (number("t")?, number("x")?);
        if signed.zip(expires).is_some_and(|(signed, expires)| expires <= signed) {
            return Err("x= is not after t=".to_owned());
        }
        let body_hash = tags.octets("bh").ok_or("bh= cannot be read")?;
        let length = number("l")?.and_then(|length| u64::try_from(length).ok());
        Ok(Self { sign, body_hash, header_form, body_form, fields, length, expires })
    }

    /// Whether the signature had not expired.
    pub(super) fn in_time(&self, clock: Clock) -> Result<(), Failure> {
        let by = if clock.is_receipt {
            "before the mail was received"
        } else {
            "by today; when the mail was received is not known"
        };
        let is_over = self.expires.is_some_and(|expires| expires < clock.at);
        if is_over { Err(failure("neutral", format!("expired {by}"))) } else { Ok(()) }
    }

    /// Whether the body is the one that was signed; how many of its octets `l=` leaves out.
    pub(super) fn covers(&self, message: &Message<'_>) -> Result<u64, Failure> {
        if !message.has_body() {
            return Err(failure("not-judged", "the body is not here"));
        }
        let body = message.body(self.body_form);
        let signed = self.length.map_or(Some(body.len()), |length| usize::try_from(length).ok());
        let Some(signed) = signed.and_then(|length| body.get(..length)) else {
            return Err(failure("fail", "the body is shorter than l= says"));
        };
        let hash = HashAlgorithm::from(self.sign.algorithm).hash(signed);
        if hash.as_ref() != self.body_hash {
            return Err(failure("fail", "the body was changed: its hash differs"));
        }
        Ok((body.len() - signed.len()) as u64)
    }

    /// Whether the signature in `own` is this key's, over the fields that it names.
    pub(super) fn verify(&self, key: &Key, all: &[Field<'_>], own: Field<'_>) -> Result<(), Failure> {
        let (name, value) = own;
        let without = without_signature(value);
        let mut fields = signed_fields(&self.fields, all);
        fields.push((name, &without));
        self.sign.verify(key, fields, self.header_form)
    }
}

/// `c=`: the header's form and the body's (RFC 6376 section 3.5).
fn forms(text: &str) -> Result<(Canonicalization, Canonicalization), String> {
    let form = |name: &str| match name.to_ascii_lowercase().as_str() {
        "" | "simple" => Ok(Canonicalization::Simple),
        "relaxed" => Ok(Canonicalization::Relaxed),
        _ => Err(format!("unknown canonicalization {name}")),
    };
    let (header, body) = text.split_once('/').unwrap_or((text, ""));
    Ok((form(header)?, form(body)?))
}

/// The named fields; one named twice is the one above the last (RFC 6376 section 5.4.2).
fn signed_fields<'m>(names: &[String], all: &[Field<'m>]) -> Vec<Field<'m>> {
    let mut used = vec![false; all.len()];
    let find = |name: &String| {
        let is_named = |(index, field): &(usize, &Field<'_>)| {
            !used[*index] && field.0.trim_ascii_end().eq_ignore_ascii_case(name.as_bytes())
        };
        let (index, field) = all.iter().enumerate().rev().find(is_named)?;
        used[index] = true;
        Some(*field)
    };
    names.iter().filter_map(find).collect()
}

/// The field's value with nothing behind `b=` and without its line end (RFC 6376 section 3.7).
pub(super) fn without_signature(value: &[u8]) -> Vec<u8> {
    let value = value.strip_suffix(b"\r\n").unwrap_or(value);
    let mut tags: Vec<&[u8]> = value.split(|byte| *byte == b';').collect();
    for tag in &mut tags {
        let end = tag.iter().position(|byte| *byte == b'=');
        if let Some(end) = end.filter(|end| tag.get(..*end).is_some_and(|name| name.trim_ascii() == b"b")) {
            *tag = tag.get(..=end).unwrap_or_default();
        }
    }
    tags.join(&b';')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_left_out_of_what_is_signed() {
        let without = |text: &str| String::from_utf8(without_signature(text.as_bytes())).expect("ASCII");
        assert_eq!(without(" v=1; bh=abc=; b=a\r\n b=c; d=x\r\n"), " v=1; bh=abc=; b=; d=x");
        assert_eq!(without(" v=1; b =\r\n abc"), " v=1; b =");
    }

    #[test]
    fn a_field_that_is_named_twice_is_the_one_above() {
        let all: [Field<'_>; 3] = [(b"Subject", b" 1"), (b"From", b" x"), (b"subject", b" 2")];
        let names = ["subject", "from", "subject", "subject", "to"].map(str::to_owned);
        let values: Vec<&[u8]> = signed_fields(&names, &all).into_iter().map(|field| field.1).collect();
        assert_eq!(values, [b" 2", b" x", b" 1"]);
    }
}
