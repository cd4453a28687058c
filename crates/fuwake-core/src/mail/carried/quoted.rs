//! What a mail shows of another one without handing it on as such: an answer, a question with a quotation below it. It is too little to
//! take another mail out of it, and enough not to accuse whoever wrote it.

use url::Url;

use crate::mail::link::Source;
use crate::mail::{Body, Link, Mail};
use crate::span::{Because, Span};

/// How mail programs mark what they quote in HTML (Apple Mail and Thunderbird, Gmail, Yahoo, Proton), lower case: others use `<blockquote>`
/// for its looks.
const CITED: [&str; 6] =
    ["type=\"cite\"", "type=cite", "type='cite'", "gmail_quote", "yahoo_quoted", "protonmail_quote"];

/// Where a mail leads by what it quotes, if it leads nowhere else: it has words of its own, and no link but to the front page of its sender
/// stands among them. Registrable domains; none for a mail that has links of its own, or quotes nothing that leads anywhere.
pub(crate) fn quoted_domains(mail: &Mail<'_>) -> Vec<String> {
    let senders = || mail.authors.iter().filter_map(|author| author.registrable_domain.as_deref());
    let shown: Vec<(&Body, Vec<Span>)> =
        mail.bodies.iter().filter(|body| body.displayed).map(|body| (body, quotations(body))).collect();
    if shown.iter().all(|(_, quotations)| quotations.is_empty()) {
        return Vec::new();
    }
    let is_own = |link: &Link| senders().any(|own| is_home_page(&link.url, own));
    let (quoted, others): (Vec<&Link>, Vec<&Link>) = mail
        .links
        .iter()
        .filter(|link| link.host.is_some() && is_followed(link.source))
        .partition(|link| shown.iter().any(|(body, quotations)| stands_in(link, body, quotations)));
    let has_words = shown.iter().any(|(body, quotations)| has_own_words(body, quotations));
    if !has_words || !others.into_iter().all(is_own) {
        return Vec::new();
    }
    quoted.into_iter().filter_map(|link| link.registrable_domain.clone()).collect()
}

/// The front page of a domain, as signatures have it.
fn is_home_page(link: &str, domain: &str) -> bool {
    let Ok(url) = Url::parse(link) else { return false };
    let host = url.host_str().unwrap_or_default();
    let is_front = url.path() == "/" && url.query().is_none();
    is_front && host.strip_prefix("www.").unwrap_or(host) == domain
}

/// A reader can go there.
const fn is_followed(source: Source) -> bool {
    matches!(
        source,
        Source::Html
            | Source::Area
            | Source::Form
            | Source::MetaRefresh
            | Source::Svg
            | Source::Text
            | Source::Unwrapped
    )
}

/// Lines with `>` before them (RFC 3676 section 4.5), and what HTML cites; code points of the body's text.
fn quotations(body: &Body) -> Vec<Span> {
    let source =
        body.source.as_deref().filter(|_| body.html.as_ref().is_some_and(|html| !html.quotes.is_empty()));
    if let Some(source) = source {
        let source = source.to_ascii_lowercase();
        if CITED.iter().any(|mark| source.contains(mark)) {
            return body.html.as_ref().map(|html| html.quotes.clone()).unwrap_or_default();
        }
    }
    let mut at = 0;
    let mut spans = Vec::new();
    for line in body.text.split_inclusive('\n') {
        let span = Span::new(at, at + line.chars().count());
        at = span.end;
        if line.trim_start_matches([' ', '\u{3000}']).starts_with(['>', '＞']) {
            spans.push(span);
        }
    }
    spans
}

fn stands_in(link: &Link, body: &Body, quotations: &[Span]) -> bool {
    let Because::Text { part, text } = &link.because else { return false };
    let behind = quotations.partition_point(|quotation| quotation.end <= text.start);
    *part == body.part && quotations.get(behind).is_some_and(|quotation| quotation.start <= text.start)
}

fn has_own_words(body: &Body, quotations: &[Span]) -> bool {
    let mut quotations = quotations.iter().peekable();
    body.text.chars().enumerate().any(|(at, letter)| {
        while quotations.next_if(|quotation| quotation.end <= at).is_some() {}
        letter.is_alphanumeric() && quotations.peek().is_none_or(|quotation| at < quotation.start)
    })
}
