//! Host names: one normal form, and the registrable domain in it.

use std::borrow::Cow;

/// `host` in lower case, IDN as A-labels (RFC 5890), without a trailing dot; none where it cannot be a host name.
#[must_use]
pub fn normalise(host: &str) -> Option<String> {
    let host = host.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let ascii = if host.is_ascii() {
        Cow::Owned(host.to_ascii_lowercase())
    } else {
        idna::domain_to_ascii_cow(host.as_bytes(), idna::AsciiDenyList::EMPTY).ok()?
    };
    let ascii = ascii.trim_end_matches('.');
    (is_host(ascii)).then(|| ascii.to_owned())
}

/// The registrable domain of a normalised host: its public suffix and one label. None for a suffix itself, for a name of
/// one label and for an address.
#[must_use]
pub fn registrable(host: &str) -> Option<&str> {
    if host.starts_with('[') || host.parse::<std::net::IpAddr>().is_ok() {
        return None;
    }
    psl::domain_str(host)
}

/// Whether a registrable domain stands in the registry of a top-level domain, and is not a name that a company gives away below its
/// own (the private section of the public suffix list): of those no registry knows anything.
#[must_use]
pub fn has_registry(domain: &str) -> bool {
    psl::suffix(domain.as_bytes()).is_some_and(|suffix| suffix.typ() == Some(psl::Type::Icann))
}

/// Top labels that are nobody's in the public DNS, whatever the public suffix list says: IANA's registry of special-use names (RFC 6761,
/// RFC 6762 `local`, RFC 7686 `onion`, RFC 8375 and others `arpa`, RFC 9476 `alt`), ICANN's `internal`, and what offices call their own
/// networks (RFC 6762 appendix G). Whoever asks for them outside tells what is inside.
const OWN: [&str; 25] = [
    "alt",
    "arpa",
    "corp",
    "docker",
    "domain",
    "example",
    "home",
    "intern",
    "internal",
    "intra",
    "intranet",
    "invalid",
    "lan",
    "lcl",
    "loc",
    "local",
    "localdomain",
    "localhost",
    "localnet",
    "lokal",
    "onion",
    "priv",
    "private",
    "prv",
    "test",
];

/// Whether the last label of a normalised host is a top-level domain, or a name set aside for use without one (RFC 6761, RFC 6762,
/// RFC 8375, and what offices call their own networks). Addresses exist.
#[must_use]
pub fn can_exist(host: &str) -> bool {
    let top = host.rsplit('.').next().unwrap_or(host);
    OWN.contains(&top)
        || host.starts_with('[')
        || host.parse::<std::net::IpAddr>().is_ok()
        || psl::suffix(host.as_bytes()).is_some_and(|suffix| suffix.is_known())
}

/// Whether a name is set aside for use without the public DNS. Names for examples (RFC 2606) tell nothing.
#[must_use]
pub fn is_set_aside(name: &str) -> bool {
    let top = name.rsplit('.').next().unwrap_or(name);
    top != "example" && OWN.contains(&top)
}

/// Whether others can be asked about a normalised name: it stands under a public suffix, and is not set aside for use inside. Of `arpa`
/// only the names of public addresses are asked about, which the program makes itself.
#[must_use]
pub fn is_public_name(name: &str) -> bool {
    name.contains('.')
        && !is_set_aside(name)
        && psl::suffix(name.as_bytes()).is_some_and(|suffix| suffix.is_known())
}

/// Whether a normalised name is nobody's in the public DNS, or set aside for examples (RFC 2606 section 3; JPRS keeps `example.jp` and
/// `example.co.jp` and the like): it can be asked about, but nobody who does harm holds it.
#[must_use]
pub fn is_reserved(name: &str) -> bool {
    let example = registrable(name).and_then(|domain| domain.strip_prefix("example."));
    let set_aside = |above: &str| matches!(above, "com" | "net" | "org" | "jp") || above.ends_with(".jp");
    !is_public_name(name) || example.is_some_and(set_aside)
}

/// Letters, digits, hyphens and underscores in labels of at most 63 bytes (RFC 1035 section 2.3.4).
fn is_host(host: &str) -> bool {
    !host.is_empty()
        && host.len() <= 253
        && host.split('.').all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_have_one_form() {
        assert_eq!(normalise("Mail.Example.JP.").as_deref(), Some("mail.example.jp"));
        assert_eq!(normalise("例え.jp").as_deref(), Some("xn--r8jz45g.jp"));
        assert_eq!(normalise("ｅｘａｍｐｌｅ．ｊｐ").as_deref(), Some("example.jp"));
        assert_eq!(normalise("a..b"), None);
        assert_eq!(normalise("a b.jp"), None);
        assert_eq!(normalise(""), None);
    }

    #[test]
    fn made_up_suffixes_do_not_exist() {
        for host in [
            "mail.example.jp",
            "example.co.uk",
            "pc7.lan",
            "localhost",
            "192.0.2.1",
            "a.example",
            "pc.loc",
            "srv.firma.intern",
        ] {
            assert!(can_exist(host), "{host}");
        }
        for host in ["correios", "mail.example.bde", "example.cll"] {
            assert!(!can_exist(host), "{host}");
        }
    }

    #[test]
    fn what_is_inside_is_asked_of_nobody() {
        for name in ["www.example.com", "example.co.jp", "xn--r8jz45g.jp", "github.io"] {
            assert!(is_public_name(name), "{name}");
        }
        for name in [
            "com",
            "printer.local",
            "facebookcorewwwi.onion",
            "printer.home.arpa",
            "1.0.0.10.in-addr.arpa",
            "a.resolver.arpa",
            "x.alt",
            "a.example",
            "srv.corp",
            "pc7.lan",
            "db.internal",
            "tv.home",
        ] {
            assert!(!is_public_name(name), "{name}");
        }
    }

    #[test]
    fn names_for_examples_are_nobodys() {
        for name in
            ["example.com", "www.card.example.org", "example.jp", "example.co.jp", "a.test", "localhost"]
        {
            assert!(is_reserved(name), "{name}");
        }
        for name in ["example-login.shop", "example.shop", "myexample.com"] {
            assert!(!is_reserved(name), "{name}");
        }
    }

    #[test]
    fn registrable_domains_follow_the_list() {
        assert_eq!(registrable("www.mail.example.co.jp"), Some("example.co.jp"));
        assert_eq!(registrable("co.jp"), None);
        assert_eq!(registrable("192.0.2.1"), None);
        assert_eq!(registrable("localhost"), None);
    }
}
