//! Links from everywhere in a mail, with what the reader sees and where they really lead.

mod attached;
pub(crate) mod confirmation;
mod recipient;
mod resolve;
pub(crate) mod scan;
mod unwrap;
pub(crate) mod way_out;

pub use attached::{Reading, contents_of, join_attached};
pub(crate) use recipient::Recipients;
pub(crate) use resolve::Gathered;
pub(crate) use unwrap::redirected;
pub use unwrap::{link_target, open_redirectors};

use crate::mail::field::Field;
use crate::span::{Because, Span};

/// Where a link was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// `<a href>`.
    Html,
    /// `<area href>`.
    Area,
    /// `<form action>` and `formaction`.
    Form,
    /// `<meta http-equiv=refresh>`.
    MetaRefresh,
    /// `url(...)` in CSS, `background`, `<link href>`.
    Css,
    /// `<img src>` and its kin.
    Image,
    /// SVG links.
    Svg,
    /// A URL written in visible text.
    Text,
    /// A header field such as List-Unsubscribe.
    Header,
    /// A calendar part.
    Calendar,
    /// An HTML file that is attached.
    HtmlAttachment,
    /// Any other attached file: a PDF, an Office document, a shortcut.
    Attachment,
    /// A QR code in a picture.
    QrCode,
    /// The target inside a wrapped link (security gateway, redirector, click tracker).
    Unwrapped,
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What the reader sees, blanks folded; none where nothing is shown.
    pub text: Option<String>,
    /// The target as a browser would go to it (WHATWG), or as written where that fails.
    pub url: String,
    /// As written.
    pub raw: String,
    /// Host, lower case, IDN as A-labels; none for mailto:, tel: and their kin.
    pub host: Option<String>,
    /// Registrable domain of the host; an address literal stands for itself.
    pub registrable_domain: Option<String>,
    /// Where it was found.
    pub source: Source,
    /// Whether the reader's address (plain, base64, hex, percent) stands in it.
    pub carries_recipient: bool,
    /// The index in [`Mail::links`](crate::mail::Mail::links) of the wrapped link that this one was taken out of.
    pub wrapped_in: Option<usize>,
    /// Who wrapped it or shortens it: `safe-links`, `proofpoint`, `shortener` …; kebab-case.
    pub wrapper: Option<&'static str>,
    /// The section of the part it stands in; none for header fields.
    pub part: Option<String>,
    /// Where its text stands in the visible text of `part` (code points), or its bytes in a header field.
    pub because: Because,
}

/// A host written as an IP address, in any of the forms that browsers accept.
#[must_use]
pub fn is_address(host: &str) -> bool {
    matches!(url::Host::parse(host), Ok(url::Host::Ipv4(_) | url::Host::Ipv6(_)))
}

/// Whether it is an address that a program follows.
fn leads_somewhere(target: &str) -> bool {
    const SCHEMES: [&str; 7] = ["http:", "https:", "ftp:", "mailto:", "tel:", "sms:", "file:"];
    let head = target.get(..8).unwrap_or(target).to_ascii_lowercase();
    SCHEMES.iter().any(|scheme| head.starts_with(scheme)) || target.starts_with("\\\\")
}

/// A span in a text part.
#[must_use]
pub fn in_text(part: &str, text: Span) -> Because {
    Because::Text { part: part.to_owned(), text }
}

/// Links in header fields that offer some (RFC 2369, RFC 5064).
pub(super) fn from_fields(fields: &[Field<'_>], links: &mut Gathered<'_>) {
    let offering = [
        "list-unsubscribe",
        "list-help",
        "list-subscribe",
        "list-post",
        "list-archive",
        "list-owner",
        "archived-at",
    ];
    for field in fields.iter().filter(|f| offering.iter().any(|name| f.is(name))) {
        let value = String::from_utf8_lossy(field.value);
        for target in value.split('<').skip(1).filter_map(|v| v.split_once('>')) {
            let target: String = target.0.split_ascii_whitespace().collect();
            links.add(&target, None, None, Source::Header, None, field.value_span.into());
        }
    }
}
