//! What a mail carries about its authenticity: Authentication-Results (RFC 8601), Received-SPF (RFC 7208 section 9.1),
//! DKIM-Signature (RFC 6376 section 3.5) and ARC (RFC 8617). Read here, not verified.

use std::borrow::Cow;

use crate::domain;
use crate::mail::encoded_word::{MAX_VALUE, unfold};
use crate::mail::field::Field;
use crate::span::Span;

/// How many entries of one kind are kept.
const MAX_ENTRIES: usize = 500;

/// All authentication fields.
#[derive(Clone, Debug, Default)]
pub struct Authentication {
    /// Authentication-Results and Received-SPF, top to bottom, one entry for each method result.
    pub results: Vec<MethodResult>,
    /// DKIM-Signature fields.
    pub signatures: Vec<Signature>,
    /// ARC-Seal instances: (i, d, cv), oldest first.
    pub seals: Vec<Seal>,
}

/// One `method=result` of an Authentication-Results field, or a Received-SPF field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodResult {
    /// `spf`, `dkim`, `dmarc`, `arc`, `iprev`, `auth`, `compauth` …, lower case.
    pub method: String,
    /// `pass`, `fail`, `softfail`, `none`, `temperror` …, lower case.
    pub result: String,
    /// The domain that was judged: smtp.mailfrom (or helo), header.d (or the domain of header.i), header.from; lower case.
    pub domain: Option<String>,
    /// Other `ptype.property=value` pairs as written.
    pub properties: Vec<(String, String)>,
    /// Who says so: the authserv-id or, for Received-SPF, the host it names; lower case.
    pub authserv_id: Option<String>,
    /// Written by a server of the recipient, above the trust boundary.
    pub trusted: bool,
    /// The field's bytes.
    pub span: Span,
}

/// A DKIM-Signature field's tags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// `d=`, lower case.
    pub domain: Option<String>,
    /// `s=`.
    pub selector: Option<String>,
    /// `i=`.
    pub identity: Option<String>,
    /// `a=`.
    pub algorithm: Option<String>,
    /// `h=`, lower case.
    pub signed_fields: Vec<String>,
    /// `l=`: how many bytes of the body are signed.
    pub body_length: Option<u64>,
    /// The field's bytes.
    pub span: Span,
}

/// An ARC-Seal field's tags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    /// `i=`.
    pub instance: u32,
    /// `d=`, lower case.
    pub domain: Option<String>,
    /// `cv=`.
    pub chain_validation: Option<String>,
    /// The field's bytes.
    pub span: Span,
}

/// Takes what an authentication field says; other fields say nothing.
pub(super) fn read(field: &Field<'_>, into: &mut Authentication) {
    if !matches!(field.name.as_bytes().first(), Some(b'A' | b'a' | b'D' | b'd' | b'R' | b'r' | b'X' | b'x')) {
        return;
    }
    if field.is("Authentication-Results") || field.is("X-Authentication-Results") {
        let (authserv_id, results) = split_results(field, false);
        push_results(authserv_id.as_deref(), &results, field, into);
    } else if field.is("ARC-Authentication-Results") {
        let (authserv_id, results) = split_results(field, true);
        push_results(authserv_id.as_deref(), &results, field, into);
    } else if field.is("Received-SPF") {
        into.results.extend(received_spf(field).filter(|_| into.results.len() < MAX_ENTRIES));
    } else if field.is("DKIM-Signature") && into.signatures.len() < MAX_ENTRIES {
        into.signatures.push(signature(field));
    } else if field.is("ARC-Seal") && into.seals.len() < MAX_ENTRIES {
        into.seals.extend(seal(field));
    }
}

/// One `method=result` with its properties: pairs of key and value in order.
type Pairs = Vec<(String, String)>;

/// The authserv-id and the results of a field (RFC 8601 section 2.2). Microsoft's form has no authserv-id in front.
fn split_results(field: &Field<'_>, arc: bool) -> (Option<String>, Vec<Pairs>) {
    let text = text_of(field);
    let mut authserv_id = None;
    let mut results = Vec::new();
    for segment in segments(&without_comments(&text)).take(MAX_ENTRIES) {
        let pairs = pairs(segment);
        if arc && results.is_empty() && matches!(&pairs[..], [(key, _)] if key == "i") {
            continue;
        }
        if !pairs.is_empty() {
            results.push(pairs);
        } else if let (None, true, Some(id)) =
            (&authserv_id, results.is_empty(), segment.split_ascii_whitespace().next())
        {
            authserv_id = Some(id.trim_matches('"').to_lowercase());
        }
    }
    (authserv_id, results)
}

fn push_results(authserv_id: Option<&str>, results: &[Pairs], field: &Field<'_>, into: &mut Authentication) {
    for pairs in results.iter().take(MAX_ENTRIES.saturating_sub(into.results.len())) {
        let Some(((method, result), properties)) = pairs.split_first() else { continue };
        let method = method.split('/').next().unwrap_or_default().to_lowercase();
        into.results.push(MethodResult {
            domain: judged_domain(&method, properties),
            method,
            result: result.to_lowercase(),
            properties: properties.to_vec(),
            authserv_id: authserv_id.map(str::to_owned),
            trusted: false,
            span: field.span,
        });
    }
}

/// The domain that a method judged (RFC 8601 section 2.7).
fn judged_domain(method: &str, properties: &[(String, String)]) -> Option<String> {
    let keys: &[&str] = match method {
        "spf" => &["smtp.mailfrom", "smtp.mail", "smtp.helo"],
        "dkim" | "domainkeys" => &["header.d", "header.i"],
        "dmarc" | "compauth" | "sender-id" | "dkim-adsp" => &["header.from"],
        "iprev" => return None,
        _ => &["header.d", "header.from", "smtp.mailfrom"],
    };
    keys.iter().find_map(|key| {
        let (_, value) =
            properties.iter().find(|(name, value)| name.eq_ignore_ascii_case(key) && !value.is_empty())?;
        domain_of(value)
    })
}

/// The domain of an address or the domain itself.
fn domain_of(value: &str) -> Option<String> {
    let value = value.trim_matches(|c: char| matches!(c, '"' | '<' | '>' | '\''));
    let host = value.rsplit_once('@').map_or(value, |(_, host)| host);
    domain::normalise(host).filter(|host| host != "none")
}

/// What stands between semicolons; those in quoted strings do not count.
fn segments(text: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    text.split(move |character| {
        quoted ^= character == '"';
        character == ';' && !quoted
    })
}

/// `key=value` pairs of a segment, blanks around the equals sign allowed, values quoted or not.
fn pairs(segment: &str) -> Pairs {
    let mut pairs = Pairs::new();
    let mut rest = segment;
    while let Some((before, behind)) = rest.split_once('=') {
        let Some(key) = before.split_ascii_whitespace().next_back() else {
            rest = behind;
            continue;
        };
        let behind = behind.trim_start();
        let (value, tail) = match behind.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => behind.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((behind, "")),
        };
        pairs.push((key.to_owned(), value.to_owned()));
        rest = tail;
    }
    pairs
}

/// `pass (host: …) client-ip=…; envelope-from=…; helo=…; receiver=…` (RFC 7208 section 9.1).
fn received_spf(field: &Field<'_>) -> Option<MethodResult> {
    let text = text_of(field);
    let result =
        text.split(|c: char| !c.is_ascii_alphanumeric()).find(|word| !word.is_empty())?.to_lowercase();
    let comment = text.split_once('(').map_or("", |(_, inner)| inner.split(')').next().unwrap_or_default());
    let outside = without_comments(&text);
    let properties: Pairs = segments(&outside).take(MAX_ENTRIES).flat_map(pairs).collect();
    let property = |key: &str| {
        properties.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| value.as_str())
    };
    let helo = property("identity").is_some_and(|identity| identity.eq_ignore_ascii_case("helo"));
    let judged = if helo { property("helo") } else { property("envelope-from").or_else(|| property("helo")) };
    let named = comment.split_once("domain of ").and_then(|(_, rest)| {
        rest.split_ascii_whitespace().find(|word| *word != "transitioning").filter(|word| word.contains('.'))
    });
    let host = |text: &str| domain::normalise(text).filter(|host| host.contains('.'));
    let receiver = property("receiver").and_then(host);
    let writer = comment.split_once(':').and_then(|(writer, _)| host(writer));
    Some(MethodResult {
        method: "spf".to_owned(),
        result,
        domain: judged.and_then(domain_of).or_else(|| named.and_then(domain_of)),
        authserv_id: receiver.or(writer),
        properties,
        trusted: false,
        span: field.span,
    })
}

fn signature(field: &Field<'_>) -> Signature {
    let text = text_of(field);
    let tag = |name| tag(&text, name);
    Signature {
        domain: tag("d").map(|domain| domain.to_lowercase()),
        selector: tag("s"),
        identity: tag("i"),
        algorithm: tag("a"),
        signed_fields: tag("h").map_or_else(Vec::new, |names| {
            names
                .split(':')
                .filter(|name| !name.is_empty())
                .take(MAX_ENTRIES)
                .map(str::to_lowercase)
                .collect()
        }),
        body_length: tag("l").and_then(|length| length.parse().ok()),
        span: field.span,
    }
}

fn seal(field: &Field<'_>) -> Option<Seal> {
    let text = text_of(field);
    Some(Seal {
        instance: tag(&text, "i")?.parse().ok()?,
        domain: tag(&text, "d").map(|domain| domain.to_lowercase()),
        chain_validation: tag(&text, "cv").map(|cv| cv.to_lowercase()),
        span: field.span,
    })
}

/// The value of a tag (RFC 6376 section 3.2), blanks taken out.
fn tag(text: &str, name: &str) -> Option<String> {
    let found = text.split(';').find_map(|tag| tag.split_once('=').filter(|(key, _)| key.trim() == name))?;
    Some(found.1.split_ascii_whitespace().collect::<String>()).filter(|value| !value.is_empty())
}

fn text_of<'m>(field: &Field<'m>) -> Cow<'m, str> {
    match unfold(&field.value[..field.value.len().min(MAX_VALUE)]) {
        Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
        Cow::Owned(bytes) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
    }
}

/// The text without its comments, which nest (RFC 5322 section 3.2.2); quoted strings are left alone.
fn without_comments(text: &str) -> Cow<'_, str> {
    if !text.contains('(') {
        return Cow::Borrowed(text);
    }
    let (mut out, mut depth, mut quoted) = (String::with_capacity(text.len()), 0_usize, false);
    for character in text.chars() {
        match character {
            '"' if depth == 0 => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted && depth > 0 => {
                depth -= 1;
                continue;
            }
            _ => {}
        }
        if depth == 0 {
            out.push(character);
        }
    }
    Cow::Owned(out)
}
