//! All words of a report that are no finding's, one table a language.

pub(super) mod article;
mod authenticity;
mod defects;
mod en;
mod ja;
mod landing;
mod picture;
mod site;

use crate::case::Language;

pub(super) use authenticity::Authenticity;
pub(super) use landing::Landing;
pub(super) use picture::Picture;
pub use site::SiteWords;

/// The words of one language.
#[derive(Debug)]
#[allow(missing_docs, reason = "each name says where the words stand; the tables in `ja` and `en` show them")]
pub(super) struct Words {
    pub(super) language: Language,
    pub(super) title: &'static str,
    pub(super) without_subject: &'static str,
    pub(super) verdict: &'static str,
    pub(super) score: &'static str,
    pub(super) confidence: &'static str,
    pub(super) confidences: [&'static str; 3],
    pub(super) impersonated: &'static str,
    pub(super) also_impersonated: &'static str,
    pub(super) official_domains: &'static str,
    pub(super) claimed_in: &'static str,
    pub(super) sections: Sections,
    pub(super) findings: Findings,
    pub(super) letter: Letter,
    pub(super) identities: Identities,
    pub(super) path: Path,
    pub(super) hosts: Hosts,
    pub(super) by_hand: ByHand,
    pub(super) authentication: Authentication,
    pub(super) links: Links,
    pub(super) attachments: Attachments,
    pub(super) carried: Carried,
    pub(super) rest: Rest,
    pub(super) yes: &'static str,
    pub(super) unknown: &'static str,
    /// Between the items of a list in a sentence.
    pub(super) comma: &'static str,
    /// Classes, places, groups …: what the interface calls them and what people call them.
    pub(super) names: &'static [(&'static str, &'static str)],
    /// Why something could not be found out: the reason as it is recorded, and as people say it.
    pub(super) reasons: &'static [(&'static str, &'static str)],
    /// What to do, by class.
    pub(super) advice: &'static [(&'static str, &'static [&'static str])],
}

#[derive(Debug)]
pub(super) struct Sections {
    pub(super) against: &'static str,
    pub(super) in_favour: &'static str,
    pub(super) notes: &'static str,
    pub(super) score: &'static str,
    pub(super) letter: &'static str,
    pub(super) landing: &'static str,
    pub(super) sender: &'static str,
    pub(super) path: &'static str,
    pub(super) hosts: &'static str,
    pub(super) authentication: &'static str,
    pub(super) wording: &'static str,
    pub(super) links: &'static str,
    pub(super) attachments: &'static str,
    pub(super) carried: &'static str,
    pub(super) defects: &'static str,
    pub(super) evidence: &'static str,
    pub(super) not_checked: &'static str,
    pub(super) responsible: &'static str,
    pub(super) advice: &'static str,
}

#[derive(Debug)]
pub(super) struct Findings {
    pub(super) share: &'static str,
    /// Before the weight of a finding whose share its group's cap makes smaller.
    pub(super) alone: &'static str,
    pub(super) prior: &'static str,
    pub(super) sum: &'static str,
    pub(super) sum_caption: &'static str,
    pub(super) group: &'static str,
    pub(super) log_odds: &'static str,
    pub(super) nothing_against: &'static str,
    pub(super) nothing_in_favour: &'static str,
    pub(super) references: &'static str,
    pub(super) in_header: &'static str,
    pub(super) in_body: &'static str,
    pub(super) in_text: &'static str,
    pub(super) in_evidence: &'static str,
    pub(super) no_wording: &'static str,
}

#[derive(Debug)]
pub(super) struct Letter {
    pub(super) subject: &'static str,
    pub(super) stamps: &'static str,
    pub(super) from: &'static str,
    pub(super) date: &'static str,
    pub(super) mailer: &'static str,
    pub(super) languages: &'static str,
    pub(super) hidden: &'static str,
    pub(super) forms: &'static str,
    pub(super) scripts: &'static str,
    pub(super) tracking: &'static str,
    pub(super) text: &'static str,
    pub(super) text_of: &'static str,
    pub(super) empty: &'static str,
    pub(super) cut: &'static str,
}

#[derive(Debug)]
pub(super) struct Identities {
    pub(super) caption: &'static str,
    pub(super) field: &'static str,
    pub(super) value: &'static str,
    pub(super) written_by: &'static str,
    pub(super) forgeable: &'static str,
    pub(super) agrees: &'static str,
    pub(super) owner: &'static str,
    pub(super) by_sender: &'static str,
    pub(super) by_relay: &'static str,
    pub(super) by_receiver: &'static str,
    pub(super) can_forge: &'static str,
    pub(super) cannot_forge: &'static str,
    pub(super) does_agree: &'static str,
    pub(super) differs: &'static str,
    pub(super) reference: &'static str,
    pub(super) absent: &'static str,
}

#[derive(Debug)]
pub(super) struct Path {
    pub(super) caption: &'static str,
    pub(super) boundary: &'static str,
    pub(super) source: &'static str,
    pub(super) relay: &'static str,
    pub(super) receiver: &'static str,
    pub(super) unnamed: &'static str,
    pub(super) helo: &'static str,
    pub(super) reverse_dns: &'static str,
    pub(super) unconfirmed: &'static str,
    pub(super) ip: &'static str,
    pub(super) user: &'static str,
    pub(super) with: &'static str,
    pub(super) at: &'static str,
    pub(super) delay: &'static str,
    pub(super) trust: &'static str,
    pub(super) skew: &'static str,
    /// Days, hours, minutes, seconds, as they stand behind a number.
    pub(super) units: [&'static str; 4],
    pub(super) no_hops: &'static str,
    pub(super) origin: &'static str,
    pub(super) origin_trust: &'static str,
    pub(super) no_origin: &'static str,
    pub(super) claimed_client: &'static str,
}

#[derive(Debug)]
pub(super) struct Hosts {
    pub(super) map: &'static str,
    pub(super) map_note: &'static str,
    /// Where the mail went in the end; its place is nobody's business.
    pub(super) recipient_side: &'static str,
    /// What the place of an edge of `{network}` is.
    pub(super) edge: &'static str,
    pub(super) role: &'static str,
    pub(super) addresses: &'static str,
    pub(super) reverse_name: &'static str,
    pub(super) confirmed: &'static str,
    pub(super) unconfirmed: &'static str,
    pub(super) network: &'static str,
    pub(super) place: &'static str,
    pub(super) system: &'static str,
    pub(super) mail_servers: &'static str,
    pub(super) name_servers: &'static str,
    pub(super) none: &'static str,
    pub(super) no_such_name: &'static str,
    pub(super) no_address: &'static str,
    pub(super) registration: &'static str,
    pub(super) not_registered: &'static str,
    pub(super) not_known: &'static str,
    pub(super) domain: &'static str,
    pub(super) registered: &'static str,
    pub(super) changed: &'static str,
    pub(super) expires: &'static str,
    pub(super) registrar: &'static str,
    pub(super) registrant: &'static str,
    pub(super) withheld: &'static str,
    pub(super) country: &'static str,
    pub(super) network_abuse: &'static str,
    pub(super) domain_abuse: &'static str,
    pub(super) reputation: &'static str,
    pub(super) warns: &'static str,
    pub(super) does_not_warn: &'static str,
    pub(super) knows_nothing: &'static str,
    pub(super) not_listed: &'static str,
    pub(super) worth: &'static str,
    pub(super) by_a_person: &'static str,
    pub(super) time_line: &'static str,
    pub(super) when: &'static str,
    pub(super) about: &'static str,
    pub(super) what: &'static str,
    pub(super) dated: &'static str,
    pub(super) received: &'static str,
    pub(super) first_asked: &'static str,
    pub(super) last_asked: &'static str,
}

#[derive(Debug)]
pub(super) struct ByHand {
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) form: &'static str,
}

#[derive(Debug)]
pub(super) struct Authentication {
    pub(super) caption: &'static str,
    pub(super) method: &'static str,
    pub(super) result: &'static str,
    pub(super) domain: &'static str,
    pub(super) said_by: &'static str,
    pub(super) believed: &'static str,
    pub(super) trusted: &'static str,
    pub(super) untrusted: &'static str,
    pub(super) no_results: &'static str,
    pub(super) signatures: &'static str,
    pub(super) stamps: &'static str,
}

#[derive(Debug)]
pub(super) struct Links {
    pub(super) target: &'static str,
    pub(super) host: &'static str,
    pub(super) registrable: &'static str,
    pub(super) source: &'static str,
    pub(super) wrapper: &'static str,
    pub(super) wrapped_in: &'static str,
    pub(super) recipient: &'static str,
    pub(super) carries: &'static str,
    pub(super) none: &'static str,
    pub(super) nameless: &'static str,
    pub(super) more: &'static str,
}

#[derive(Debug)]
pub(super) struct Attachments {
    pub(super) declared: &'static str,
    pub(super) detected: &'static str,
    pub(super) size: &'static str,
    pub(super) bytes: &'static str,
    pub(super) inline: &'static str,
    pub(super) listing: &'static str,
    pub(super) pages: &'static str,
    pub(super) opened_with: &'static str,
    pub(super) locked: &'static str,
    pub(super) leads_to: &'static str,
    pub(super) does: &'static str,
    pub(super) says: &'static str,
    pub(super) encrypted: &'static str,
    pub(super) truncated: &'static str,
    pub(super) read: &'static str,
    pub(super) partly: &'static str,
    pub(super) none: &'static str,
    pub(super) nameless: &'static str,
}

#[derive(Debug)]
pub(super) struct Carried {
    pub(super) outer: &'static str,
    pub(super) inner: &'static str,
    pub(super) lead: &'static str,
    pub(super) forwarder: &'static str,
    /// The heading of a mail whose contents are left out, and why they are.
    pub(super) withheld: &'static str,
    pub(super) why_withheld: &'static str,
}

#[derive(Debug)]
pub(super) struct Rest {
    pub(super) no_defects: &'static str,
    pub(super) no_evidence: &'static str,
    pub(super) evidence: &'static str,
    pub(super) id: &'static str,
    pub(super) question: &'static str,
    pub(super) answer: &'static str,
    pub(super) source: &'static str,
    pub(super) asked_at: &'static str,
    pub(super) found: &'static str,
    pub(super) absent: &'static str,
    pub(super) failed: &'static str,
    pub(super) not_asked: &'static str,
    /// A reason that is known only in the words of a library.
    pub(super) unreadable: &'static str,
    pub(super) archive_listing: &'static str,
    pub(super) archive_contents: &'static str,
    pub(super) file_contents: &'static str,
    pub(super) outlook_message: &'static str,
    pub(super) place: &'static str,
    pub(super) earlier_cases: &'static str,
    pub(super) dns: &'static str,
    pub(super) registration: &'static str,
    pub(super) network: &'static str,
    pub(super) reputation: &'static str,
    pub(super) authenticity: &'static str,
    pub(super) visit: &'static str,
    pub(super) all_checked: &'static str,
    pub(super) not_checked: &'static str,
    pub(super) responsible: &'static str,
    pub(super) whom: &'static str,
    pub(super) tell: &'static str,
    pub(super) tool: &'static str,
    pub(super) knowledge: &'static str,
    pub(super) mail: &'static str,
    pub(super) masked: &'static str,
    pub(super) masking: &'static str,
}

impl Words {
    /// The words of a language.
    pub(super) const fn of(language: Language) -> &'static Self {
        match language {
            Language::Ja => &ja::WORDS,
            Language::En => &en::WORDS,
        }
    }

    /// What people call `id`; itself where there is no word for it.
    pub(super) fn name<'a>(&self, id: &'a str) -> &'a str
    where
        'static: 'a,
    {
        self.names.iter().find(|(known, _)| *known == id).map_or(id, |&(_, name)| name)
    }

    /// Why something could not be found out. What a reason says after a colon is kept: it is a name or a number.
    pub(super) fn reason(&self, why: &str) -> String {
        let known = |why: &str| self.reasons.iter().find(|(known, _)| *known == why).map(|&(_, words)| words);
        match why.split_once(": ") {
            _ if known(why).is_some() => known(why).unwrap_or_default().to_owned(),
            Some((head, rest)) if known(head).is_some() => {
                format!("{} ({rest})", known(head).unwrap_or_default())
            }
            _ => format!("{} ({why})", self.rest.unreadable),
        }
    }

    /// What the defect `id` means, and whether its technical detail tells more.
    pub(super) fn defect(&self, id: &str) -> Option<(&'static str, bool)> {
        defects::of(id).map(|words| (words.sentence(self.language), words.has_detail))
    }

    /// What to do about a mail of `class`.
    pub(super) fn advice(&self, class: &str) -> &'static [&'static str] {
        self.advice.iter().find(|(known, _)| *known == class).map_or(&[], |&(_, advice)| advice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testing::knowledge;
    use crate::verdict::Class;

    #[test]
    fn every_class_has_a_name_and_advice_in_both_languages() {
        for words in [&ja::WORDS, &en::WORDS] {
            for class in Class::ALL {
                assert_ne!(words.name(class.name()), class.name());
                assert!(!words.advice(class.name()).is_empty(), "{}", class.name());
            }
        }
    }

    #[test]
    fn japanese_names_what_english_can_leave_as_it_is() {
        let japanese = |id: &str| ja::WORDS.name(id) != id;
        assert!(knowledge().scale().caps.keys().all(|group| japanese(group)));
        assert!(en::WORDS.names.iter().all(|(id, _)| japanese(id)));
        assert!(crate::inquiry::beyond(None).iter().all(|id| japanese(id)));
    }
}
