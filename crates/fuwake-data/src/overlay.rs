//! An operator's own folder, laid over the shipped data.

use crate::read::Reading;
use crate::schema::{
    Bilingual, Company, Data, DomainList, FindingSpec, Origin, PhraseFile, Redirector, Words,
};

/// The shipped data with an operator's own: an entry of the same name replaces the shipped one, domains are added to the lists.
#[must_use]
pub fn overlay(mut shipped: Data, own: &Reading) -> Data {
    let Data {
        brands,
        findings,
        phrases,
        opposites,
        lists,
        mail_services,
        hosting_providers,
        redirectors,
        fields,
        pages,
        references,
        laws,
        contacts,
        date,
        scale: _,
    } = own.data.clone();
    let origin = |folder: &str, id: &str, replaces: bool| {
        let file = own.root.join(folder).join(id).with_extension("toml");
        Some(Origin { file: file.display().to_string(), replaces })
    };
    lay(
        &mut shipped.brands,
        brands,
        |brand| brand.id.clone(),
        |brand, replaces| {
            complete_name(&mut brand.name);
            brand.origin = origin("brands", &brand.id, replaces);
        },
    );
    lay(
        &mut shipped.findings,
        findings,
        |finding| finding.id.clone(),
        |finding, replaces| {
            complete_words(finding);
            finding.origin = origin("findings", &finding.id, replaces);
        },
    );
    lay(&mut shipped.phrases, phrases, topic, |_, _| ());
    lay(&mut shipped.mail_services, mail_services, company, |_, _| ());
    lay(&mut shipped.hosting_providers, hosting_providers, company, |_, _| ());
    lay(&mut shipped.redirectors, redirectors, redirector, |_, _| ());
    shipped.opposites.extend(opposites);
    shipped.fields.extend(fields);
    shipped.pages.extend(pages);
    shipped.references.extend(references);
    lay(&mut shipped.laws, laws, |law| law.id.clone(), |_, _| ());
    lay(&mut shipped.contacts, contacts, |contact| contact.id.clone(), |_, _| ());
    for (name, list) in lists {
        extend(shipped.lists.entry(name).or_default(), list);
    }
    shipped.date = shipped.date.max(date);
    shipped
}

/// Puts entries in the place of those with the same key, or beside the rest; sorted by key afterwards.
fn lay<T, K: Ord>(shipped: &mut Vec<T>, own: Vec<T>, key: impl Fn(&T) -> K, finish: impl Fn(&mut T, bool)) {
    if own.is_empty() {
        return;
    }
    for mut entry in own {
        let known = shipped.iter().position(|known| key(known) == key(&entry));
        finish(&mut entry, known.is_some());
        match known {
            Some(at) => shipped[at] = entry,
            None => shipped.push(entry),
        }
    }
    shipped.sort_by_key(key);
}

fn topic(file: &PhraseFile) -> (String, String) {
    (file.language.clone(), file.topic.clone())
}

fn company(company: &Company) -> String {
    company.id.clone()
}

fn redirector(redirector: &Redirector) -> (String, String, String) {
    (redirector.host.clone(), redirector.path.clone(), redirector.parameter.clone())
}

fn extend(list: &mut DomainList, own: DomainList) {
    list.domains.extend(own.domains);
    list.sources.extend(own.sources);
    list.sources.extend((!own.source.is_empty()).then_some(own.source));
    list.date = std::mem::take(&mut list.date).max(own.date);
}

/// What an operator wrote in one language alone is said so in both.
fn complete_words(finding: &mut FindingSpec) {
    if finding.ja == Words::default() {
        finding.ja.clone_from(&finding.en);
    } else if finding.en == Words::default() {
        finding.en.clone_from(&finding.ja);
    }
}

fn complete_name(name: &mut Bilingual) {
    if name.ja.trim().is_empty() {
        name.ja.clone_from(&name.en);
    } else if name.en.trim().is_empty() {
        name.en.clone_from(&name.ja);
    }
}
