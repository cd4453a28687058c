//! The host in what people paste: a name, a link, a mail address, or one of these made harmless.

use url::{Host, Url};

/// What is the matter with a text that names no single host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// There is none in it.
    NoHost,
    /// There are several.
    Several,
}

/// What was pasted.
#[derive(Debug)]
pub(crate) struct Pasted {
    /// The host as it is registered (IDNA).
    pub(crate) host: String,
    /// The whole link, where it is one.
    pub(crate) link: Option<Url>,
}

/// Marks that stand around a name in a sentence; none of them begins or ends one.
const AROUND: [char; 24] = [
    '(', ')', '（', '）', '「', '」', '『', '』', '【', '】', '〈', '〉', '《', '》', '"', '“', '”', '\'',
    '、', '。', '，', ',', ';', '；',
];
/// How a dot is written so that nobody opens the link.
const HARMLESS_DOTS: [&str; 6] = ["[.]", "(.)", "{.}", "[dot]", "(dot)", "{dot}"];
/// Schemes without a host.
const HOSTLESS: [&str; 7] = ["callto:", "data:", "fax:", "javascript:", "sms:", "tel:", "about:"];

/// Reads a name, a link, a mail address, or one of these made harmless (`hxxps://example[.]com`).
pub(crate) fn read(text: &str) -> Result<Pasted, Fault> {
    let text = clean(text);
    let text = text.rsplit_once('<').map_or(text.as_str(), |(_, address)| address.trim_end_matches('>'));
    let lower = text.to_ascii_lowercase();
    if HOSTLESS.iter().any(|scheme| lower.starts_with(scheme)) {
        return Err(Fault::NoHost);
    }
    let several = text.split([' ', '\n', '\t', ',', '、', '，', ';', '；', '　']);
    if several.filter(|one| host(one).is_some()).count() > 1 {
        return Err(Fault::Several);
    }
    host(text).ok_or(Fault::NoHost)
}

fn clean(text: &str) -> String {
    let text = text.trim().trim_matches(AROUND).trim();
    let dotted = HARMLESS_DOTS.iter().fold(text.to_owned(), |text, dot| text.replace(dot, "."));
    dotted.replace("[://]", "://").replace("[:]", ":").replace("hxxp", "http").replace("[@]", "@")
}

fn host(text: &str) -> Option<Pasted> {
    let link = Url::parse(text).ok().filter(Url::has_host);
    let name = link.as_ref().and_then(Url::host_str).map_or_else(|| bare(text).to_owned(), str::to_owned);
    // An IPv6 address is written without brackets where it is no part of a link.
    let name = if name.parse::<std::net::Ipv6Addr>().is_ok() { format!("[{name}]") } else { name };
    let host = Host::parse(name.trim_end_matches('.')).ok()?;
    let is_sound = match &host {
        Host::Domain(domain) => is_name(domain),
        // A bare number is read as an address too (`10` as 0.0.0.10).
        Host::Ipv4(_) => name.matches('.').count() == 3,
        Host::Ipv6(_) => true,
    };
    is_sound.then(|| Pasted { host: host.to_string(), link })
}

/// Labels of a host name (RFC 1123 section 2.1, RFC 1035 section 2.3.4), two at least; with the underscores that the DNS allows.
fn is_name(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    domain.len() <= 253 && domain.contains('.') && domain.split('.').all(is_label)
}

/// What is left of a link without its scheme, or of a mail address, when all but the host is taken away.
fn bare(text: &str) -> &str {
    let text = text.trim_start_matches('/');
    let text = text.split(['/', '?', '#']).next().unwrap_or_default();
    let text = text.rsplit_once('@').map_or(text, |(_, host)| host);
    let is_port = |port: &str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    match text.rsplit_once(':') {
        Some((host, port)) if is_port(port) && !host.contains(':') => host,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host_of(text: &str) -> Result<String, Fault> {
        read(text).map(|pasted| pasted.host)
    }

    #[test]
    fn names_in_marks_and_made_harmless() {
        for text in [
            "（amazon.co.jp）",
            "「amazon.co.jp」。",
            "amazon.co.jp、",
            "amazon(.)co(.)jp",
            "amazon[dot]co{.}jp",
            "hxxps[://]amazon[.]co[.]jp/a(b)",
        ] {
            assert_eq!(host_of(text).as_deref(), Ok("amazon.co.jp"), "{text}");
        }
        assert_eq!(host_of("_dmarc.example.com").as_deref(), Ok("_dmarc.example.com"));
    }

    #[test]
    fn what_is_no_host() {
        for text in ["tel:0312345678", "-h", "10", "localhost", "javascript:a.b", "a!b.com", "-a.example.com"]
        {
            assert_eq!(host_of(text), Err(Fault::NoHost), "{text}");
        }
        for text in ["example.com example.jp", "example.com, example.jp", "example.com、example.jp"] {
            assert_eq!(host_of(text), Err(Fault::Several), "{text}");
        }
    }
}
