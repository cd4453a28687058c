//! Registrants who are people: what the public needs to know of a domain is not who is written there, least of all where the name may
//! be somebody else's.

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

/// Whether a registrant is a person as far as his registration tells: his registry calls him no organisation, and neither his name nor
/// the kind of his domain is one's.
fn is_person(found: &Registration) -> bool {
    let Some(name) = &found.registrant else { return false };
    let domain = registrable(&found.domain).unwrap_or(&found.domain);
    let suffix = domain.split_once('.').map_or("", |(_, suffix)| suffix);
    found.is_organisation != Some(true)
        && !ORGANISATIONS.contains(&suffix)
        && !is_organisation(name)
        && !stands_in(name)
}

fn stands_in(name: &str) -> bool {
    let name = fold(name).text;
    STAND_INS.iter().any(|part| name.contains(part))
}

/// The names of registrants of a mail's domains who are people, where they are names: whatever else somebody enters hides no word of a
/// text.
pub(super) fn people<'d>(dissection: &'d Dissection, known: &'d str) -> impl Iterator<Item = &'d String> {
    let registrations = dissection.evidence.iter().filter_map(|evidence| match &evidence.answer {
        Answer::Found { data: Data::Registration(found) } => Some(found),
        _ => None,
    });
    let names = registrations.filter(|found| is_person(found)).filter_map(|found| found.registrant.as_ref());
    names.filter(move |name| {
        let greetings = [format!("{name} 様"), format!("Dear {name},")];
        greetings.iter().any(|greeting| !told::names(greeting, known).is_empty())
    })
}

impl Writer {
    /// Who registered a domain, as far as whoever reads it is told; but for those of the imitated brand, who is no secret.
    pub(super) fn registrant<'r>(&self, found: &'r Registration) -> Option<&'r str> {
        let is_hidden = self.hides_strangers() && !self.is_official(&found.domain) && is_person(found);
        let name = found.registrant.as_deref()?;
        Some(if is_hidden { self.words.hosts.private_person } else { name })
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
            assert!(is_person(&registered("example.com", name)), "{name}");
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
            "Exemple SAS",
        ] {
            assert!(!is_person(&registered("example.com", name)), "{name}");
        }
        assert!(!is_person(&registered("mihon.co.jp", "見本")));
        let told = Registration { is_organisation: Some(true), ..registered("example.com", "Mihon") };
        assert!(!is_person(&told) && !is_person(&Registration::default()));
    }
}
