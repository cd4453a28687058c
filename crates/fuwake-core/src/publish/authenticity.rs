//! SPF, DKIM, DMARC and ARC: as received beside as of now.

use super::moment::moment;
use super::words::Authenticity as Words;
use super::writer::Writer;
use crate::case::Dissection;
use crate::evidence::{Answer, Authenticity, Data, Dkim, Dmarc, Question, Spf, WITHHELD};
use crate::report::{Block, Cell, Fact, Tone};

/// How many signatures are told of.
const ROWS: usize = 10;

/// What the world told of a mail, and what was known when it was asked.
struct Told<'c> {
    found: &'c Authenticity,
    client: String,
    received: Option<&'c str>,
    /// When it was asked.
    asked: Option<&'c str>,
}

/// Whether the world was asked and answered.
pub(super) fn is_known(mail: &Dissection) -> bool {
    told(mail).is_some()
}

/// A sentence a method on what was recorded, and one on what the DNS says now; nothing where it was not asked.
pub(super) fn blocks(writer: &Writer, mail: &Dissection) -> Vec<Block> {
    let Some(told) = told(mail) else { return Vec::new() };
    let words = Words::of(writer.words.language);
    let lead = match told.received {
        Some(received) => words.lead.replace("{received}", &moment(received)),
        None => words.lead_without_time.to_owned(),
    };
    let lead =
        lead.replace("{asked}", &told.asked.map(moment).unwrap_or_else(|| words.at_look_up.to_owned()));
    let fact = |label: &str, method: &str, now: Vec<Cell>| {
        let values = [recorded(writer, words, mail, method)].into_iter().chain(now).collect();
        Fact { label: writer.word(label), values }
    };
    let mut facts = vec![
        fact("SPF", "spf", spf(writer, words, &told)),
        fact("DKIM", "dkim", dkim(writer, words, &told.found.dkim)),
        fact("DMARC", "dmarc", dmarc(writer, words, told.found.dmarc.as_ref())),
    ];
    if let Some(arc) = &told.found.arc {
        let sentence = words
            .sentence("arc", key(&arc.result, arc.why.as_deref()))
            .replace("{sealers}", &arc.sealers.join(", "));
        facts.push(fact("ARC", "arc", vec![now(writer, words, &sentence, &arc.result)]));
    }
    vec![Block::Paragraph(writer.word(&lead)), Block::Facts(facts)]
}

fn told(mail: &Dissection) -> Option<Told<'_>> {
    mail.evidence.iter().find_map(|evidence| match (&evidence.question, &evidence.answer) {
        (
            Question::Authenticity { client, received, .. },
            Answer::Found { data: Data::Authenticity(found) },
        ) => Some(Told {
            found,
            client: client.map(|ip| ip.to_string()).unwrap_or_default(),
            received: received.as_deref(),
            asked: evidence.asked_at.as_deref(),
        }),
        _ => None,
    })
}

/// The results that the recipient's servers recorded.
fn recorded(writer: &Writer, words: &Words, mail: &Dissection, method: &str) -> Cell {
    let results =
        mail.mail.authentication.results.iter().filter(|result| result.trusted && result.method == method);
    let results = results.take(ROWS).map(|result| {
        let name = writer.words.name(&result.result);
        result.domain.as_ref().map_or_else(|| name.to_owned(), |domain| format!("{name} {domain}"))
    });
    let results: Vec<String> = results.collect();
    if results.is_empty() {
        return writer.toned(words.not_recorded, Tone::Faint);
    }
    writer.prose(&words.recorded.replace("{results}", &results.join(writer.words.comma)))
}

fn now(writer: &Writer, words: &Words, sentence: &str, result: &str) -> Cell {
    let tone = match result {
        "pass" => Tone::Good,
        "fail" | "softfail" => Tone::Bad,
        "permerror" | "policy" | "neutral" => Tone::Warning,
        _ => Tone::Neutral,
    };
    Cell { tone, ..writer.prose(&format!("{}{sentence}", words.now)) }
}

/// The sentence for a result: what is kept from others has one of its own.
fn key<'r>(result: &'r str, why: Option<&str>) -> &'r str {
    if why == Some(WITHHELD) { "withheld" } else { result }
}

fn spf(writer: &Writer, words: &Words, told: &Told<'_>) -> Vec<Cell> {
    let Some(spf) = &told.found.spf else { return vec![now(writer, words, words.no_client, "")] };
    let sentence = words.sentence("spf", key(&spf.result, spf.why.as_deref()));
    let sentence = sentence.replace("{client}", &told.client).replace("{domain}", &spf.domain);
    let mut cells = vec![now(writer, words, &sentence, &spf.result)];
    cells.extend(term(words, spf).map(|term| writer.prose(&term)));
    cells.extend(detail(writer, &spf.result, spf.why.as_deref()));
    cells
}

/// The term that decided, and the way to it.
fn term(words: &Words, spf: &Spf) -> Option<String> {
    let way: Vec<&str> = spf.mechanism.iter().chain(&spf.through).map(String::as_str).collect();
    (!way.is_empty()).then(|| words.term.replace("{term}", &way.join(" → ")))
}

/// What is wrong, in the words of the evidence, where a sentence cannot name it.
fn detail(writer: &Writer, result: &str, why: Option<&str>) -> Option<Cell> {
    let why = why.filter(|_| matches!(result, "permerror" | "temperror" | "fail" | "neutral"))?;
    Some(Cell { tone: Tone::Faint, ..writer.code(why) })
}

fn dkim(writer: &Writer, words: &Words, signatures: &[Dkim]) -> Vec<Cell> {
    if signatures.is_empty() {
        return vec![now(writer, words, words.unsigned, "")];
    }
    let cells = signatures.iter().take(ROWS).flat_map(|signature| {
        let mut sentence = words
            .sentence("dkim", key(&signature.result, signature.why.as_deref()))
            .replace("{domain}", &signature.domain);
        if signature.result == "pass" && signature.unsigned > 0 {
            sentence += &words.rest_unsigned.replace("{unsigned}", &signature.unsigned.to_string());
        }
        let cell = now(writer, words, &sentence, &signature.result);
        std::iter::once(cell).chain(detail(writer, &signature.result, signature.why.as_deref()))
    });
    cells.collect()
}

fn dmarc(writer: &Writer, words: &Words, dmarc: Option<&Dmarc>) -> Vec<Cell> {
    let Some(dmarc) = dmarc else { return vec![now(writer, words, words.no_author, "")] };
    let proofs = match (dmarc.spf_aligned, dmarc.dkim_aligned) {
        (true, true) => words.proofs[0],
        (true, false) => words.proofs[1],
        _ => words.proofs[2],
    };
    let sentence = words.sentence("dmarc", key(&dmarc.result, dmarc.why.as_deref()));
    let mut sentence = sentence.replace("{domain}", &dmarc.domain).replace("{proofs}", proofs);
    if let (Some(policy), Some(domain)) = (&dmarc.policy, &dmarc.policy_domain) {
        let policy = words.policy.replace("{policy_domain}", domain).replace("{policy}", policy);
        let gap = if sentence.ends_with('.') { " " } else { "" };
        sentence = format!("{sentence}{gap}{policy}");
    }
    let mut cells = vec![now(writer, words, &sentence, &dmarc.result)];
    cells.extend(detail(writer, &dmarc.result, dmarc.why.as_deref()));
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Language, Setting, conclude};
    use crate::evidence::{Evidence, Ledger};
    use crate::findings::testing::knowledge;
    use crate::findings::{Judge, Reader};
    use crate::inquiry::Privacy;
    use crate::mail::{RawMail, Trusted, dissect};
    use crate::publish::Audience;

    fn found() -> Authenticity {
        let word = str::to_owned;
        let spf = Spf {
            domain: word("example.com"),
            result: word("pass"),
            mechanism: Some(word("include:_spf.example.net")),
            through: vec![word("_spf.example.net: ip4:192.0.2.0/24")],
            ..Spf::default()
        };
        let dkim = Dkim {
            domain: word("example.com"),
            result: word("permerror"),
            why: Some(word("x._domainkey.example.com: no key")),
            ..Dkim::default()
        };
        let dmarc = Dmarc {
            domain: word("example.com"),
            policy_domain: Some(word("example.com")),
            policy: Some(word("reject")),
            result: word("pass"),
            spf_aligned: true,
            ..Dmarc::default()
        };
        Authenticity { spf: Some(spf), dkim: vec![dkim], dmarc: Some(dmarc), ..Authenticity::default() }
    }

    /// All texts of the blocks, for a mail that the recipient's server found to fail.
    fn texts(language: Language) -> Vec<String> {
        let mail = b"Authentication-Results: mx.example.jp; spf=fail smtp.mailfrom=example.com\r\nReceived: from a.example.com (a.example.com [192.0.2.7]) by mx.example.jp; Sun, 22 Nov 2026 10:00:00 +0900\r\nFrom: a@example.com\r\n\r\nHello\r\n";
        let raw = RawMail { bytes: mail, size: mail.len() as u64, sha256: [0; 32] };
        let mail = dissect(raw, &Trusted::default());
        let question = Question::Authenticity {
            sha256: mail.sha256.clone(),
            client: "192.0.2.7".parse().ok(),
            helo: None,
            envelope_from: None,
            from: vec!["example.com".to_owned()],
            received: Some("2026-11-22T01:00:00Z".to_owned()),
            withheld: Vec::new(),
        };
        let answer = Answer::Found { data: Data::Authenticity(Box::new(found())) };
        let mut ledger = Ledger::default();
        ledger.record(Evidence {
            id: question.id(),
            question,
            answer,
            source: String::new(),
            asked_at: None,
        });
        let judge = Judge::new(knowledge());
        let reader = Reader::default();
        let setting = Setting {
            judge: &judge,
            reader: &reader,
            language,
            reach: None,
            fingerprint: false,
            privacy: &Privacy::default(),
        };
        let dissection = conclude(mail, &ledger, Vec::new(), setting);
        let case = crate::case::Case {
            schema: crate::case::SCHEMA,
            input: crate::case::Input { path: String::new(), member: None },
            tool: crate::case::Tool::new("2026-01-01"),
            dissection,
        };
        let writer = Writer::new(&case, &Audience::Public.into(), language);
        let mut texts = Vec::new();
        for block in blocks(&writer, &case.dissection) {
            match block {
                Block::Paragraph(text) => texts.push(text.to_string()),
                Block::Facts(facts) => {
                    texts
                        .extend(facts.iter().flat_map(|fact| &fact.values).map(|cell| cell.text.to_string()));
                }
                _ => {}
            }
        }
        texts
    }

    #[test]
    fn what_was_recorded_stands_beside_what_the_dns_says_now() {
        let texts = texts(Language::En).join("\n").replace("[.]", ".");
        for sentence in [
            "received at 2026-11-22 01:00:00 Z",
            "As received: fail example.com",
            "Now: 192.0.2.7 may send mail for example.com.",
            "include:_spf.example.net → _spf.example.net: ip4:192.0.2.0/24",
            "As received: no record",
            "The signature of example.com cannot be checked",
            "The From domain example.com is proven by SPF. The policy of example.com is \"reject\".",
        ] {
            assert!(texts.contains(sentence), "{sentence}\n{texts}");
        }
    }

    #[test]
    fn so_it_does_in_japanese() {
        let texts = texts(Language::Ja).join("\n").replace("[.]", ".");
        for sentence in [
            "受信時: 不合格 (fail) example.com",
            "現在: 192.0.2.7 は、example.com のメールを送ってよいサーバーです。",
            "差出人のドメイン example.com は、SPFで裏付けられています。example.com の方針は「reject」です。",
        ] {
            assert!(texts.contains(sentence), "{sentence}\n{texts}");
        }
    }
}
