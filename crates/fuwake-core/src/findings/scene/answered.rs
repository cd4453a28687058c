//! What an answer repeats of the mail that it answers: no word of its sender.

use crate::domain::registrable;
use crate::findings::{Alignment, Scene};
use crate::mail::carried;
use crate::span::{Because, Span};

impl Scene<'_> {
    /// What an answer repeats of what it answers, as spans of code points of the displayed text `text`, left to right. None where
    /// nothing else stands there: that is no answer.
    pub(crate) fn answered(&self, text: &str) -> Vec<Span> {
        let (lines, own) = answered_lines(text);
        let mut spans = lines;
        let blocks = self.blocks();
        if !blocks.is_empty() {
            spans.extend(&blocks);
            spans.sort_unstable();
        }
        let inside =
            |line: &Span| blocks.iter().any(|block| block.start <= line.start && line.end <= block.end + 1);
        if own.iter().all(inside) { Vec::new() } else { joined(spans) }
    }

    /// The lines with `>` before them of a mail that answers nothing: what its sender asks about or shows around. Anybody can write a lure
    /// so: they count where it is known who sends, or where the mail leads nowhere.
    pub(crate) fn passed_on(&self, text: &str) -> Vec<Span> {
        if !text.contains("\n>") {
            return Vec::new();
        }
        let harmless = self.alignment == Alignment::Aligned
            || self.mail.attachments.is_empty() && self.foreign_hosts().is_empty();
        let (lines, own) = answered_lines(text);
        if harmless && !own.is_empty() { joined(lines) } else { Vec::new() }
    }

    /// Quotes as HTML marks them. Anybody can write a lure into one, so that one with links counts only where it is known who
    /// answers, and that he answers a mail of the reader's.
    fn blocks(&self) -> Vec<Span> {
        let mut blocks = Vec::new();
        for body in self.mail.bodies.iter().filter(|body| body.displayed) {
            let Some(facts) = body.html.as_ref().filter(|facts| !facts.quotes.is_empty()) else { continue };
            let Some(offset) = self.mail.text_offset(&body.part) else { continue };
            let believed = facts
                .quotes
                .iter()
                .filter(|quote| !self.leads_out(&body.part, quote) || self.answers_reader());
            blocks.extend(believed.map(|quote| Span::new(quote.start + offset, quote.end + offset)));
        }
        blocks
    }

    /// A link inside the quote leads to a host that no known brand owns.
    fn leads_out(&self, part: &str, quote: &Span) -> bool {
        self.web_links().any(|link| {
            let inside = matches!(&link.because, Because::Text { part: place, text }
                if place == part && quote.start <= text.start && text.start <= quote.end);
            inside && link.host.as_deref().is_some_and(|host| self.knowledge.owner(host).is_none())
        })
    }

    /// The sender is authenticated, and In-Reply-To (RFC 5322 section 3.6.4) names a message of a recipient's domain.
    fn answers_reader(&self) -> bool {
        let Some(field) = self.mail.fields.iter().find(|field| field.is("in-reply-to")) else { return false };
        let value = String::from_utf8_lossy(field.value).to_ascii_lowercase();
        let domain = value.rsplit_once('@').map(|(_, domain)| domain.trim_matches(['>', ' ', '\r', '\n']));
        let Some(own) = domain.and_then(registrable) else { return false };
        let mut recipients = self.mail.recipients.iter();
        self.alignment == Alignment::Aligned
            && recipients.any(|recipient| recipient.registrable_domain.as_deref() == Some(own))
    }
}

/// The lines with `>` before them (RFC 3676 section 4.5) and all below the head of the answered mail; and the others that say
/// something.
fn answered_lines(text: &str) -> (Vec<Span>, Vec<Span>) {
    let head = carried::answered(text).unwrap_or(text.len());
    let mut at = 0;
    let mut byte = 0;
    let (mut answered, mut own) = (Vec::new(), Vec::new());
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.chars().count());
        at = span.end;
        if byte >= head || line.trim_start().starts_with('>') {
            answered.push(span);
        } else if !line.trim().is_empty() {
            own.push(span);
        }
        byte += line.len();
    }
    (answered, own)
}

/// Sorted spans, those that overlap as one.
fn joined(spans: Vec<Span>) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut().filter(|last| span.start <= last.end) {
            Some(last) => last.end = last.end.max(span.end),
            None => joined.push(span),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::fires;

    fn answer(to: &str, proof: &str, body: &str) -> String {
        format!(
            "Authentication-Results: mx.example.jp; dmarc={proof} header.from=example.com\n\
             Received: from mail.example.com (mail.example.com [192.0.2.30]) by mx.example.jp; Tue, 09 Jun 2026 08:41:10 +0900\n\
             From: Taro <taro@example.com>\nTo: hanako@example.jp\nSubject: Re: hello\nIn-Reply-To: <9@{to}>\n\
             Content-Type: text/html; charset=utf-8\n\n{body}\n"
        )
    }

    fn threatens(mail: &str) -> bool {
        fires("account-suspension-threat", mail, "mx.example.jp")
    }

    const QUOTE: &str =
        "<p>What do you think of this?</p><blockquote><p>アカウントを停止します。</p></blockquote>";
    const LURE: &str = "<p>See below.</p><blockquote><p>アカウントを停止します。<a href=\"https://a.example.net/x\">確認</a></p></blockquote>";

    #[test]
    fn what_html_quotes_is_no_word_of_the_sender() {
        assert!(!threatens(&answer("example.jp", "pass", QUOTE)));
        assert!(!threatens(&answer("example.jp", "pass", LURE)));
        assert!(threatens(&answer(
            "example.jp",
            "pass",
            "<p>アカウントを停止します。</p><blockquote>x</blockquote>"
        )));
    }

    #[test]
    fn a_lure_in_a_forged_quote_clears_nothing() {
        assert!(threatens(&answer("example.jp", "fail", LURE)));
        assert!(threatens(&answer("elsewhere.example", "pass", LURE)), "he answers nobody here");
        let alone = "<blockquote><p>アカウントを停止します。</p></blockquote>";
        assert!(threatens(&answer("example.jp", "pass", alone)), "nothing else is said");
        assert!(
            threatens(&answer("example.jp", "pass", LURE).replace("In-Reply-To", "X-Nothing")),
            "no answer"
        );
    }
}
