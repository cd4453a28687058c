//! What a question to the outside must not carry: the recipient, in any disguise, and the marks that a sender knows him by.

use crate::domain::registrable;
use crate::knowledge::{DomainKind, Knowledge};
use crate::mail::Mail;
use crate::mail::link::Recipients;

/// Who must not be named.
#[derive(Debug, Default)]
pub(crate) struct Privacy {
    recipients: Recipients,
    /// The recipients' own domains: nobody is asked about them.
    domains: Vec<String>,
}

impl Privacy {
    /// Of a mail's recipients.
    pub(crate) fn of(mail: &Mail<'_>, knowledge: &Knowledge) -> Self {
        let named = mail.recipients.iter().filter_map(|recipient| recipient.address.as_deref());
        let delivered = mail.hops.iter().filter_map(|hop| hop.recipient.as_deref());
        let addresses: Vec<&str> = named.chain(delivered).collect();
        let shared = |domain: &str| {
            matches!(knowledge.kind(domain), Some(DomainKind::FreeMail | DomainKind::InternetProvider))
        };
        let mut domains: Vec<String> = addresses
            .iter()
            .filter_map(|address| address.rsplit_once('@'))
            .map(|(_, domain)| domain.trim_matches(['>', '.']).to_ascii_lowercase())
            .map(|domain| registrable(&domain).map_or_else(|| domain.clone(), str::to_owned))
            .filter(|domain| !shared(domain))
            .collect();
        domains.sort_unstable();
        domains.dedup();
        Self::new(addresses, domains)
    }

    /// Of recipients' addresses and their own domains.
    pub(crate) fn new<'a>(addresses: impl IntoIterator<Item = &'a str>, domains: Vec<String>) -> Self {
        Self { recipients: Recipients::new(addresses), domains }
    }

    /// The name without labels that carry the recipient or look like a mark for him; none for his own domains.
    pub(crate) fn host(&self, name: &str) -> Option<String> {
        let domain = registrable(name).unwrap_or(name);
        if self.domains.iter().any(|own| own == domain) {
            return None;
        }
        let labels: Vec<&str> = name.split('.').collect();
        let fixed = domain.split('.').count();
        // Whatever stands left of a mark may be a part of it.
        let free = labels.len().saturating_sub(fixed);
        let from = labels[..free].iter().rposition(|label| is_mark(label)).map_or(0, |at| at + 1);
        let mut kept = labels[from..].join(".");
        if self.recipients.is_in(&kept) {
            kept = domain.to_owned();
        }
        (!self.recipients.is_in(&kept)).then_some(kept)
    }

    /// The link's scheme, host and first steps of its path, up to the first that may be a mark; none where the host itself cannot be
    /// asked about.
    pub(crate) fn url(&self, url: &str) -> Option<String> {
        let parsed = url::Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
        let host = self.host(parsed.host_str()?)?;
        let whole = Some(host.as_str()) == parsed.host_str();
        let steps = parsed.path_segments().into_iter().flatten();
        let kept: Vec<&str> =
            steps.take_while(|step| whole && !is_mark(step) && !self.recipients.is_in(step)).collect();
        let port = parsed.port().map_or_else(String::new, |port| format!(":{port}"));
        Some(format!("{}://{host}{port}/{}", parsed.scheme(), kept.join("/")))
    }

    /// An envelope's sender that names nobody: where it carries the recipient (VERP) or a mark, `postmaster` stands in its place, as SPF
    /// takes it for a sender without a local part (RFC 7208 section 4.3).
    pub(crate) fn sender(&self, address: &str) -> Option<String> {
        let (local, domain) = address.rsplit_once('@')?;
        let marked = self.recipients.is_in(address) || local.split(['+', '-', '=', '.', '_']).any(is_mark);
        Some(if marked { format!("postmaster@{domain}") } else { address.to_owned() })
    }
}

/// Letters and digits as nobody writes them by hand: a number for one recipient. A long word is no mark.
pub(crate) fn is_mark(text: &str) -> bool {
    const SHORTEST: usize = 12;
    let length = text.chars().count();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let kinds: Vec<bool> =
        text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.is_ascii_digit()).collect();
    let changes = kinds.windows(2).filter(|pair| pair[0] != pair[1]).count();
    let is_hex = length >= 16 && text.chars().all(|c| c.is_ascii_hexdigit() || c == '-') && digits > 0;
    let is_number = length >= 9 && digits == length;
    length >= SHORTEST && changes >= 3 || is_hex || is_number || text.contains(['@', '%'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::{RawMail, Trusted, dissect};

    fn privacy() -> Privacy {
        let knowledge = Knowledge::embedded().expect("built in");
        let raw = RawMail { bytes: b"To: Taro.Yamada@example.jp\n\n", size: 0, sha256: [0; 32] };
        Privacy::of(&dissect(raw, &Trusted::default()), &knowledge)
    }

    #[test]
    fn a_name_is_cut_to_what_names_nobody() {
        let privacy = privacy();
        let host = |name: &str| privacy.host(name);
        assert_eq!(host("www.example.com").as_deref(), Some("www.example.com"));
        assert_eq!(host("a8f3k2q9x1z7.click.example.com").as_deref(), Some("click.example.com"));
        assert_eq!(host("taro.yamada-example-jp.example.com").as_deref(), Some("example.com"));
        assert_eq!(host("mail.example.jp"), None, "the recipient's own");
        let long = "capecodbaseballorgtrackerwwwbtnewsorkrshopbannerhitssponsord101.kidsetb.net";
        assert_eq!(host(long).as_deref(), Some(long), "long words are no mark");
    }

    #[test]
    fn a_link_is_cut_at_the_first_mark() {
        let privacy = privacy();
        let url = |url: &str| privacy.url(url);
        assert_eq!(
            url("https://a.example.com/login/x.php?id=1").as_deref(),
            Some("https://a.example.com/login/x.php")
        );
        assert_eq!(
            url("https://a.example.com/u/8f3a9c2b7d/x").as_deref(),
            Some("https://a.example.com/u/8f3a9c2b7d/x")
        );
        assert_eq!(
            url("https://a.example.com/u/8f3a9c2b7d81e/x").as_deref(),
            Some("https://a.example.com/u")
        );
        assert_eq!(
            url("https://a.example.com/taro.yamada@example.jp").as_deref(),
            Some("https://a.example.com/")
        );
        assert_eq!(url("mailto:a@example.com"), None);
    }

    #[test]
    fn a_sender_made_for_one_recipient_becomes_postmaster() {
        let privacy = privacy();
        assert_eq!(privacy.sender("info@example.com").as_deref(), Some("info@example.com"));
        let verp = privacy.sender("bounce-taro.yamada=example.jp@example.com");
        assert_eq!(verp.as_deref(), Some("postmaster@example.com"));
    }
}
