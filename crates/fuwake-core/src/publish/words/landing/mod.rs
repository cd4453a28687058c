//! The page behind a link. `{brand}`, `{asks}`, `{target}` and their like are filled in.

mod en;
mod ja;

use crate::case::{LandingKind, Language};
use crate::evidence::visit::{Profile, StepKind, VisitEnd};

/// A kind of page.
#[derive(Debug)]
pub(in crate::publish) struct Kind {
    /// In a few words.
    pub(in crate::publish) title: &'static str,
    /// As a sentence, where it wears no brand.
    pub(in crate::publish) sentence: &'static str,
    /// As a sentence with `{brand}`.
    pub(in crate::publish) worn: &'static str,
}

/// The words of one language.
#[derive(Debug)]
#[allow(missing_docs, reason = "each name says where the words stand")]
pub(in crate::publish) struct Landing {
    kinds: fn(LandingKind) -> Kind,
    /// What is entered: what it asks for, and where that goes.
    pub(in crate::publish) asks: &'static str,
    pub(in crate::publish) asks_and_sends: &'static str,
    pub(in crate::publish) sends: &'static str,
    /// Before the last item of a list in a sentence.
    pub(in crate::publish) and: &'static str,
    asked: &'static [(&'static str, &'static str)],
    pub(in crate::publish) gone: &'static str,
    pub(in crate::publish) lost: &'static str,
    pub(in crate::publish) harmless: &'static str,
    pub(in crate::publish) cloaked: &'static str,
    pub(in crate::publish) cloaked_again: &'static str,
    pub(in crate::publish) differs: &'static str,
    pub(in crate::publish) led_away: &'static str,
    pub(in crate::publish) known_login: &'static str,
    pub(in crate::publish) outside: &'static str,
    pub(in crate::publish) decoyed: &'static str,
    pub(in crate::publish) exact: &'static str,
    pub(in crate::publish) without_browser: &'static str,
    pub(in crate::publish) frames: [&'static str; 4],
    pub(in crate::publish) stamp: &'static str,
    pub(in crate::publish) alt: &'static str,
    pub(in crate::publish) alt_title: &'static str,
    pub(in crate::publish) alt_text: &'static str,
    pub(in crate::publish) instead: &'static str,
    pub(in crate::publish) no_picture: &'static str,
    pub(in crate::publish) withheld: &'static str,
    pub(in crate::publish) link: &'static str,
    pub(in crate::publish) way: &'static str,
    pub(in crate::publish) details: &'static str,
    pub(in crate::publish) roles: [&'static str; 4],
    pub(in crate::publish) crossing: &'static str,
    pub(in crate::publish) no_answer: &'static str,
    pub(in crate::publish) status: &'static str,
    pub(in crate::publish) url: &'static str,
    pub(in crate::publish) worn: &'static str,
    pub(in crate::publish) certificate: &'static str,
    pub(in crate::publish) certificate_short: &'static str,
    pub(in crate::publish) age: &'static str,
    pub(in crate::publish) age_now: &'static str,
    pub(in crate::publish) age_one: &'static str,
    pub(in crate::publish) not_trusted: &'static str,
    pub(in crate::publish) unencrypted: &'static str,
    pub(in crate::publish) at: &'static str,
    pub(in crate::publish) fault: &'static str,
    pub(in crate::publish) visits: &'static str,
    pub(in crate::publish) not_visited: &'static str,
    pub(in crate::publish) page: &'static str,
    pub(in crate::publish) title: &'static str,
    pub(in crate::publish) text: &'static str,
    pub(in crate::publish) resources: &'static str,
    pub(in crate::publish) saved_from: &'static str,
    pub(in crate::publish) dead_controls: &'static str,
    pub(in crate::publish) form: &'static str,
    pub(in crate::publish) fields: &'static str,
    pub(in crate::publish) required_nothing: &'static str,
    pub(in crate::publish) filled: &'static str,
    pub(in crate::publish) target: &'static str,
    pub(in crate::publish) by_script: &'static str,
    pub(in crate::publish) elsewhere: &'static str,
    pub(in crate::publish) probed: &'static str,
    pub(in crate::publish) typed: &'static str,
    pub(in crate::publish) untouched: &'static str,
    pub(in crate::publish) quiet: &'static str,
    pub(in crate::publish) contacts: &'static str,
    pub(in crate::publish) windows: &'static str,
    pub(in crate::publish) downloads: &'static str,
    pub(in crate::publish) dialogs: &'static str,
    pub(in crate::publish) refused: &'static str,
    pub(in crate::publish) cookies: &'static str,
    pub(in crate::publish) icon: &'static str,
    pub(in crate::publish) traffic: &'static str,
    pub(in crate::publish) traffic_values: &'static str,
    pub(in crate::publish) bounds: &'static str,
    names: &'static [(&'static str, &'static str)],
    steps: fn(StepKind) -> &'static str,
    ends: fn(VisitEnd) -> &'static str,
    profiles: fn(Profile) -> &'static str,
}

impl Landing {
    /// The words of a language.
    pub(in crate::publish) const fn of(language: Language) -> &'static Self {
        match language {
            Language::Ja => &ja::JA,
            Language::En => &en::EN,
        }
    }

    pub(in crate::publish) fn kind(&self, kind: LandingKind) -> Kind {
        (self.kinds)(kind)
    }

    pub(in crate::publish) fn step(&self, kind: StepKind) -> &'static str {
        (self.steps)(kind)
    }

    /// How a visit ended; empty where a page was shown.
    pub(in crate::publish) fn end(&self, end: VisitEnd) -> &'static str {
        (self.ends)(end)
    }

    pub(in crate::publish) fn profile(&self, profile: Profile) -> &'static str {
        (self.profiles)(profile)
    }

    /// What a page asks for.
    pub(in crate::publish) fn asked<'a>(&self, id: &'a str) -> &'a str
    where
        'static: 'a,
    {
        found(self.asked, id)
    }

    /// A type of field, a reason of the guard, a bound.
    pub(in crate::publish) fn name<'a>(&self, id: &'a str) -> &'a str
    where
        'static: 'a,
    {
        found(self.names, id)
    }
}

fn found<'a>(names: &'static [(&'static str, &'static str)], id: &'a str) -> &'a str
where
    'static: 'a,
{
    names.iter().find(|(known, _)| *known == id).map_or(id, |&(_, name)| name)
}
