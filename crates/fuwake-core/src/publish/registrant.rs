//! Registrants who are people: what the public needs to know of a domain is not who is written there, least of all where the name may
//! be somebody else's.

use std::borrow::Cow;

use super::organisation::is_organisation;
use super::told;
use super::writer::Writer;
use crate::case::Dissection;
use crate::domain::registrable;
use crate::evidence::{Answer, Data, Registration};
use crate::fold::fold;

/// Suffixes that only organisations register under, by the rules of JPRS (属性型ドメイン名), Nominet and the American registries.
const ORGANISATIONS: [&str; 14] = [
    "co.jp", "ne.jp", "or.jp", "ac.jp", "ad.jp", "ed.jp", "go.jp", "gr.jp", "lg.jp", "gov", "edu", "mil",
    "int", "gov.uk",
];
/// Parts of what stands in a registrant's place.
const STAND_INS: [&str; 5] = ["anonym", "protect", "非公開", "非公开", "代行"];

/// What of a registrant's name is not told, and what stands behind it: all of it where nothing tells that it is an organisation's, by his
/// registry, his name or the kind of his domain; with `c/o` whatever stands before it.
fn private_part(found: &Registration) -> Option<(&str, &str)> {
    let name = found.registrant.as_deref()?;
    let domain = registrable(&found.domain).unwrap_or(&found.domain);
    let suffix = domain.split_once('.').map_or("", |(_, suffix)| suffix);
    let is_known = |name: &str| is_organisation(name) || stands_in(name);
    if let Some((before, behind)) = in_care_of(name) {
        return match (is_known(before), is_known(behind)) {
            (true, _) => None,
            (false, true) => Some((before, behind)),
            (false, false) => Some((name, "")),
        };
    }
    let is_told = found.is_organisation == Some(true) || ORGANISATIONS.contains(&suffix) || is_known(name);
    (!is_told).then_some((name, ""))
}

/// Somebody, and `c/o` with whom he is.
fn in_care_of(name: &str) -> Option<(&str, &str)> {
    let at = ["c/o", "care of"].iter().filter_map(|word| {
        let lower = name.to_ascii_lowercase();
        lower.match_indices(word).map(|(at, _)| at).find(|at| name.get(..*at).is_some_and(ends_word))
    });
    let (before, behind) = name.split_at_checked(at.min()?)?;
    Some((before.trim_end_matches([' ', ',']), behind))
}

fn ends_word(head: &str) -> bool {
    !head.trim().is_empty() && !head.ends_with(char::is_alphanumeric)
}

fn stands_in(name: &str) -> bool {
    let name = fold(name).text;
    STAND_INS.iter().any(|part| name.contains(part))
}

/// The names of registrants of a mail's domains who may be people, where they are names: whatever else somebody enters hides no word of a
/// text.
pub(super) fn people<'d>(dissection: &'d Dissection, known: &'d str) -> impl Iterator<Item = &'d str> {
    let registrations = dissection.evidence.iter().filter_map(|evidence| match &evidence.answer {
        Answer::Found { data: Data::Registration(found) } => Some(found),
        _ => None,
    });
    let names = registrations.filter_map(|found| Some(private_part(found)?.0));
    names.filter(move |name| {
        let greetings = [format!("{name} 様"), format!("Dear {name},")];
        greetings.iter().any(|greeting| !told::names(greeting, known).is_empty())
    })
}

impl Writer {
    /// Who registered a domain, as far as whoever reads it is told.
    pub(super) fn registrant<'r>(&self, found: &'r Registration) -> Option<Cow<'r, str>> {
        let name = found.registrant.as_deref()?;
        Some(match self.withheld(found) {
            None => Cow::Borrowed(name),
            Some("") => Cow::Borrowed(self.words.hosts.withheld),
            Some(behind) => Cow::Owned(format!("{} {behind}", self.name_mark())),
        })
    }

    /// Whether his whole name is told.
    pub(super) fn names_registrant(&self, found: &Registration) -> bool {
        found.registrant.is_some() && self.withheld(found).is_none()
    }

    /// What stands behind the part of his name that is not told; the name of the imitated brand is no secret.
    fn withheld<'r>(&self, found: &'r Registration) -> Option<&'r str> {
        let is_hidden = self.hides_strangers() && !self.is_official(&found.domain);
        private_part(found).filter(|_| is_hidden).map(|(_, behind)| behind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registered(domain: &str, registrant: &str) -> Registration {
        Registration {
            domain: domain.to_owned(),
            registrant: Some(registrant.to_owned()),
            ..Registration::default()
        }
    }

    #[test]
    fn people_are_told_from_organisations() {
        for name in ["王某", "Taro Yamada", "阿部 寛", "山田太郎", "Maria de Sá", "OKUNO YUKI"] {
            assert_eq!(private_part(&registered("example.com", name)), Some((name, "")), "{name}");
        }
        for name in [
            "Xserver Inc.",
            "株式会社見本",
            "（株）見本",
            "北京见本科技有限公司",
            "Whois Privacy Protection Service by onamae.com",
            "REDACTED FOR PRIVACY",
            "Domains By Proxy, LLC",
            "Example Garden Ltd.",
            "Muster GmbH",
            "Mihon K.K.",
            "Exemple S.A.S.",
        ] {
            assert_eq!(private_part(&registered("example.com", name)), None, "{name}");
        }
        assert_eq!(private_part(&registered("mihon.co.jp", "見本")), None);
        let told = Registration { is_organisation: Some(true), ..registered("example.com", "Mihon") };
        assert!(private_part(&told).or(private_part(&Registration::default())).is_none());
        for (name, private) in [
            ("John Smith c/o Whois Privacy", Some(("John Smith", "c/o Whois Privacy"))),
            ("山田太郎, C/O Example Inc.", Some(("山田太郎", "C/O Example Inc."))),
            ("Hanako Ito c/o Taro Yamada", Some(("Hanako Ito c/o Taro Yamada", ""))),
            ("Example Inc. c/o Taro Yamada", None),
        ] {
            assert_eq!(private_part(&registered("example.com", name)), private, "{name}");
        }
    }
}
