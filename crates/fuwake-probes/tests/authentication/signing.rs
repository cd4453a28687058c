//! Signs the cases' messages with keys that are for tests alone.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use data_encoding::BASE64;
use mail_auth::common::crypto::{DkimKey, Ed25519Key, HashAlgorithm, RsaKey, Sha256, SigningKey};
use mail_auth::dkim::Canonicalization;
use rustls::pki_types::PrivatePkcs8KeyDer;
use serde::Deserialize;

use crate::server::Zone;

/// What is done to a message, one after the other.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum Step {
    /// A DKIM-Signature with these tags; `bh=` and `b=` are added.
    Sign { tags: String, key: String },
    /// An ARC-Message-Signature, likewise.
    ArcSign { tags: String, key: String },
    /// An ARC-Seal over all sets.
    Seal { tags: String, key: String },
    /// A field put on top.
    Prepend(String),
    /// Text changed after signing.
    Replace { old: String, new: String },
    /// Text added at the end.
    Append(String),
}

#[derive(Deserialize)]
struct Keys {
    /// RFC 7468 texts.
    private: BTreeMap<String, String>,
    /// What stands behind `p=`.
    public: BTreeMap<String, String>,
}

static KEYS: LazyLock<Keys> =
    LazyLock::new(|| toml::from_str(include_str!("keys.toml")).expect("the test keys"));

/// Puts the public keys where the zone names them: `{rsa}`.
pub(crate) fn fill_keys(zone: &mut Zone) {
    for record in zone.values_mut().flatten() {
        for (name, key) in &KEYS.public {
            *record = record.replace(&format!("{{{name}}}"), key);
        }
    }
}

/// The message with CR LF, after all steps.
pub(crate) fn sign(text: &str, steps: &[Step]) -> Vec<u8> {
    let message = text.replace("\r\n", "\n").replace('\n', "\r\n");
    steps
        .iter()
        .fold(message, |message, step| match step {
            Step::Sign { tags, key } => signed(&message, "DKIM-Signature", tags, key),
            Step::ArcSign { tags, key } => signed(&message, "ARC-Message-Signature", tags, key),
            Step::Seal { tags, key } => sealed(&message, tags, key),
            Step::Prepend(field) => format!("{field}\r\n{message}"),
            Step::Append(more) => message + more,
            Step::Replace { old, new } => {
                assert!(message.contains(old.as_str()), "{old:?} stands in the message");
                message.replacen(old, new, 1)
            }
        })
        .into_bytes()
}

fn signed(message: &str, name: &str, tags: &str, key: &str) -> String {
    let (header, body) = message.split_once("\r\n\r\n").expect("header and body");
    let (header_form, body_form) = forms(tags);
    let mut canonical = Vec::new();
    canonical.extend_from_slice(&body_octets(body.as_bytes(), body_form));
    if let Some(length) = tag(tags, "l") {
        canonical.truncate(length.parse().expect("a number"));
    }
    let hash = BASE64.encode(HashAlgorithm::Sha256.hash(&canonical[..]).as_ref());
    let tags = if tags.contains("bh=") { format!("{tags}; b=") } else { format!("{tags}; bh={hash}; b=") };
    let header = format!("{header}\r\n");
    let all = fields(&header);
    let mut used = vec![false; all.len()];
    let mut chosen = Vec::new();
    for wanted in tag(&tags, "h").unwrap_or_default().split(':') {
        let found =
            (0..all.len()).rev().find(|at| !used[*at] && all[*at].0.eq_ignore_ascii_case(wanted.trim()));
        if let Some(at) = found {
            used[at] = true;
            chosen.push(all[at]);
        }
    }
    let own = format!(" {tags}");
    chosen.push((name, &own));
    let signature = signature(&chosen, header_form, key);
    format!("{name}: {tags}{signature}\r\n{message}")
}

fn sealed(message: &str, tags: &str, key: &str) -> String {
    let header = message.split_once("\r\n\r\n").map_or(message, |(header, _)| header);
    let header = format!("{header}\r\n");
    let all = fields(&header);
    let number: usize = tag(tags, "i").expect("i=").parse().expect("a number");
    let own = format!(" {tags}; b=");
    let mut chosen = Vec::new();
    for instance in 1..=number {
        for name in ["ARC-Authentication-Results", "ARC-Message-Signature", "ARC-Seal"] {
            let of_set = |(known, value): &&(&str, &str)| {
                *known == name && value.split(';').any(|tag| tag.trim() == format!("i={instance}"))
            };
            chosen.extend(all.iter().find(of_set).copied());
        }
    }
    chosen.push(("ARC-Seal", &own));
    let signature = signature(&chosen, Canonicalization::Relaxed, key);
    format!("ARC-Seal: {tags}; b={signature}\r\n{message}")
}

fn signature(fields: &[(&str, &str)], form: Canonicalization, key: &str) -> String {
    let mut octets = Vec::new();
    let fields = fields.iter().map(|(name, value)| (name.as_bytes(), value.as_bytes()));
    form.canonicalize_headers(fields, &mut octets);
    let private = KEYS.private.get(key).expect("a test key");
    let signing = if key.starts_with("ed25519") {
        let der = BASE64.decode(private.as_bytes()).expect("base64");
        DkimKey::Ed25519(Ed25519Key::from_pkcs8_maybe_unchecked_der(&der).expect("a key"))
    } else {
        let der: String = private.lines().filter(|line| !line.starts_with("-----")).collect();
        let der = PrivatePkcs8KeyDer::from(BASE64.decode(der.as_bytes()).expect("base64"));
        DkimKey::Rsa(RsaKey::<Sha256>::from_key_der(der.into()).expect("a key"))
    };
    BASE64.encode(&signing.sign(&octets[..]).expect("signed"))
}

/// By the library's own way, which the probe does not use.
fn body_octets(body: &[u8], form: Canonicalization) -> Vec<u8> {
    use mail_auth::common::headers::Writable;
    let mut octets = Vec::new();
    form.canonical_body(body, 0).write(&mut octets);
    octets
}

fn forms(tags: &str) -> (Canonicalization, Canonicalization) {
    let form = |name: &str| {
        if name == "relaxed" { Canonicalization::Relaxed } else { Canonicalization::Simple }
    };
    let named = tag(tags, "c").unwrap_or_default();
    let (header, body) = named.split_once('/').unwrap_or((&named, ""));
    (form(header), form(body))
}

fn tag(tags: &str, name: &str) -> Option<String> {
    let mut tags = tags.split(';').filter_map(|tag| tag.split_once('='));
    tags.find(|(known, _)| known.trim() == name).map(|(_, value)| value.trim().to_owned())
}

/// Name and value of every field.
fn fields(header: &str) -> Vec<(&str, &str)> {
    let unfolded = |from: usize| {
        let rest = header.get(from..)?;
        let ends = rest.match_indices("\r\n").map(|(at, _)| at + 2);
        let end = ends
            .into_iter()
            .find(|end| !rest.get(*end..).is_some_and(|next| next.starts_with([' ', '\t'])))?;
        Some(from + end)
    };
    let starts: Vec<usize> = std::iter::successors(Some(0), |from| unfolded(*from)).collect();
    let whole = starts.windows(2).filter_map(|pair| header.get(pair[0]..pair[1]));
    whole.filter_map(|field| field.split_once(':')).collect()
}
