//! What today's DNS says of a mail's sender, one sentence a result. `{domain}`, `{client}` and their like are filled in.

use crate::case::Language;

/// The sentences of one language.
#[derive(Debug)]
pub(in crate::publish) struct Authenticity {
    /// Above the sentences; `{received}` is when the mail came.
    pub(in crate::publish) lead: &'static str,
    pub(in crate::publish) lead_without_time: &'static str,
    /// In place of `{asked}` where the time is not recorded.
    pub(in crate::publish) at_look_up: &'static str,
    pub(in crate::publish) recorded: &'static str,
    pub(in crate::publish) not_recorded: &'static str,
    /// Before a sentence on what the DNS says now.
    pub(in crate::publish) now: &'static str,
    pub(in crate::publish) no_client: &'static str,
    pub(in crate::publish) unsigned: &'static str,
    pub(in crate::publish) no_author: &'static str,
    pub(in crate::publish) rest_unsigned: &'static str,
    pub(in crate::publish) term: &'static str,
    pub(in crate::publish) policy: &'static str,
    pub(in crate::publish) proofs: [&'static str; 3],
    spf: &'static [(&'static str, &'static str)],
    dkim: &'static [(&'static str, &'static str)],
    dmarc: &'static [(&'static str, &'static str)],
    arc: &'static [(&'static str, &'static str)],
}

impl Authenticity {
    /// The sentences of a language.
    pub(in crate::publish) const fn of(language: Language) -> &'static Self {
        match language {
            Language::Ja => &JA,
            Language::En => &EN,
        }
    }

    /// A method's sentence for a result; the last one speaks for all results that have none.
    pub(in crate::publish) fn sentence(&self, method: &str, result: &str) -> &'static str {
        let sentences = match method {
            "spf" => self.spf,
            "dkim" => self.dkim,
            "dmarc" => self.dmarc,
            _ => self.arc,
        };
        let found = sentences.iter().find(|(known, _)| *known == result).or(sentences.last());
        found.map_or("", |(_, sentence)| sentence)
    }
}

static JA: Authenticity = Authenticity {
    lead: "「受信時」は受信側のサーバーが記録した結果、「現在」は照会した時点({asked})のDNSによる結果です。このメールの受信は {received} で、DNSの内容はその間に変わっていることがあります。",
    lead_without_time: "「受信時」は受信側のサーバーが記録した結果、「現在」は照会した時点({asked})のDNSによる結果です。DNSの内容は受信の後に変わっていることがあります。",
    at_look_up: "時刻の記録なし",
    recorded: "受信時: {results}",
    not_recorded: "受信時: 記録がありません",
    now: "現在: ",
    no_client: "どのサーバーから渡されたかが分からないため、確かめられません。",
    unsigned: "このメールに署名はありません。",
    no_author: "差出人のアドレスが読み取れないため、確かめられません。",
    rest_unsigned: "ただし、本文の末尾{unsigned}バイトは署名の対象外で、誰でも書き足せます。",
    term: "決め手になった設定: {term}",
    policy: "{policy_domain} の方針は「{policy}」です。",
    proofs: ["SPFとDKIM", "SPF", "DKIM"],
    spf: &[
        ("pass", "{client} は、{domain} のメールを送ってよいサーバーです。"),
        ("fail", "{client} は、{domain} のメールを送ることを許されていません。"),
        (
            "softfail",
            "{client} は、{domain} のメールを送るサーバーとして挙げられていません(拒否までは求めていません)。",
        ),
        ("neutral", "{domain} は、{client} がメールを送ってよいかどうかを示していません。"),
        ("none", "{domain} は、メールを送ってよいサーバーを公表していません(SPFレコードがありません)。"),
        ("permerror", "{domain} のSPFレコードに誤りがあるため、判定できません。"),
        ("withheld", "送信元の名前が受信者を示すおそれがあるため、外部に照会していません。"),
        ("temperror", "{domain} のSPFレコードを調べきれませんでした。"),
    ],
    dkim: &[
        ("pass", "{domain} の署名は有効です。"),
        ("fail", "{domain} の署名は、このメールの内容と合いません。"),
        ("policy", "{domain} の署名は内容と合いますが、古い方式(SHA-1)のため有効とは扱えません。"),
        ("neutral", "{domain} の署名は、期限や書式の問題で有効とは扱えません。"),
        ("permerror", "{domain} の署名は、公開鍵が無いか使えないため確かめられません。"),
        ("temperror", "{domain} の公開鍵を調べられませんでした。"),
        ("withheld", "署名にある名前が受信者を示すおそれがあるため、公開鍵を照会していません。"),
        ("not-judged", "{domain} の署名は、メールの全体が残っていないため確かめられません。"),
    ],
    dmarc: &[
        ("pass", "差出人のドメイン {domain} は、{proofs}で裏付けられています。"),
        ("fail", "差出人のドメイン {domain} は、SPFでもDKIMでも裏付けられません。"),
        ("none", "差出人のドメイン {domain} は、DMARCの方針を公表していません。"),
        ("temperror", "差出人のドメイン {domain} について、DNSを調べきれませんでした。"),
        (
            "withheld",
            "名前が受信者を示すおそれがあるため照会せず、差出人のドメインが裏付けられるかどうかは判定していません。",
        ),
        (
            "not-judged",
            "差出人のドメイン {domain} が裏付けられるかどうかは、メールの一部が無いため判定できません。",
        ),
    ],
    arc: &[
        ("pass", "転送したサーバーの記録({sealers})は有効です。"),
        ("temperror", "転送したサーバーの公開鍵を調べられませんでした。"),
        ("withheld", "転送したサーバーの名前が受信者を示すおそれがあるため、公開鍵を照会していません。"),
        ("not-judged", "転送したサーバーの記録は、メールの全体が残っていないため確かめられません。"),
        ("fail", "転送したサーバーの記録は、正しくつながっていません。"),
    ],
};

static EN: Authenticity = Authenticity {
    lead: "\"As received\" is what the recipient's servers recorded, \"now\" what the DNS said when it was asked ({asked}). The mail was received at {received}; the DNS may have changed in between.",
    lead_without_time: "\"As received\" is what the recipient's servers recorded, \"now\" what the DNS said when it was asked ({asked}). The DNS may have changed since the mail was received.",
    at_look_up: "time not recorded",
    recorded: "As received: {results}",
    not_recorded: "As received: no record",
    now: "Now: ",
    no_client: "It is not known which server handed the mail over, so this cannot be checked.",
    unsigned: "The mail is not signed.",
    no_author: "The From address cannot be read, so this cannot be checked.",
    rest_unsigned: " The last {unsigned} bytes of the body are not signed: anybody can have added them.",
    term: "Decided by: {term}",
    policy: "The policy of {policy_domain} is \"{policy}\".",
    proofs: ["SPF and DKIM", "SPF", "DKIM"],
    spf: &[
        ("pass", "{client} may send mail for {domain}."),
        ("fail", "{client} may not send mail for {domain}."),
        (
            "softfail",
            "{client} is not among the servers that send mail for {domain}, which does not ask to reject such mail.",
        ),
        ("neutral", "{domain} does not say whether {client} may send its mail."),
        ("none", "{domain} does not publish which servers send its mail (no SPF record)."),
        ("permerror", "The SPF record of {domain} is faulty, so there is no result."),
        ("withheld", "Nobody was asked: the sender's name could tell who the recipient is."),
        ("temperror", "The SPF record of {domain} could not be looked up completely."),
    ],
    dkim: &[
        ("pass", "The signature of {domain} is valid."),
        ("fail", "The signature of {domain} does not match this mail."),
        ("policy", "The signature of {domain} matches, but its method (SHA-1) no longer counts."),
        ("neutral", "The signature of {domain} does not count: it has expired or is malformed."),
        ("permerror", "The signature of {domain} cannot be checked: its public key is missing or unusable."),
        ("temperror", "The public key of {domain} could not be looked up."),
        ("withheld", "The public key was not asked for: its name could tell who the recipient is."),
        ("not-judged", "The signature of {domain} cannot be checked: the mail is not whole."),
    ],
    dmarc: &[
        ("pass", "The From domain {domain} is proven by {proofs}."),
        ("fail", "The From domain {domain} is proven neither by SPF nor by DKIM."),
        ("none", "The From domain {domain} publishes no DMARC policy."),
        ("temperror", "The DNS could not be looked up completely for the From domain {domain}."),
        (
            "withheld",
            "Whether the From domain is proven was not judged: a name that had to be asked for could tell who the recipient is.",
        ),
        (
            "not-judged",
            "Whether the From domain {domain} is proven cannot be judged: parts of the mail are missing.",
        ),
    ],
    arc: &[
        ("pass", "The seals of the servers that forwarded the mail ({sealers}) are valid."),
        ("temperror", "The public key of a server that forwarded the mail could not be looked up."),
        ("withheld", "The public keys were not asked for: their names could tell who the recipient is."),
        (
            "not-judged",
            "The seals of the servers that forwarded the mail cannot be checked: the mail is not whole.",
        ),
        ("fail", "The seals of the servers that forwarded the mail are broken."),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_sentences_with_the_same_gaps() {
        let gaps = |text: &str| {
            let mut gaps: Vec<String> =
                text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect();
            gaps.sort();
            gaps
        };
        for (ja, en) in [(JA.spf, EN.spf), (JA.dkim, EN.dkim), (JA.dmarc, EN.dmarc), (JA.arc, EN.arc)] {
            assert!(
                ja.iter().map(|(id, text)| (id, gaps(text))).eq(en.iter().map(|(id, text)| (id, gaps(text))))
            );
        }
    }
}
