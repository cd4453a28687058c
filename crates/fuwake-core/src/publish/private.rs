//! Senders who are private people: whoever is a reader himself, and whoever writes as a person, not as a company.

use super::organisation::is_organisation;
use super::secret::senders;
use super::told;
use crate::case::{AddressRecord, MailRecord};
use crate::fold::fold;
use crate::recipient::Person;
use crate::spellings::ROLES;

/// What the offices of companies are called by, folded, and what companies deal in.
const OFFICES: [&str; 27] = [
    "サポート",
    "窓口",
    "係",
    "部",
    "課",
    "担当",
    "運営",
    "編集",
    "通信",
    "ニュース",
    "メール",
    "証券",
    "保険",
    "カード",
    "通販",
    "市場",
    "市役所",
    "省",
    "庁",
    "team",
    "support",
    "service",
    "sales",
    "news",
    "shop",
    "store",
    "notification",
];

/// Whether whoever wrote a mail did so as a person: from a mailbox that anybody can have, or under a name that is no company's.
pub(super) fn writes(mail: &MailRecord) -> bool {
    let of_from = mail.identities.iter().find(|identity| identity.field == "from");
    let owner = of_from.and_then(|from| from.owner.as_deref());
    match owner {
        Some("free-mail" | "internet-provider") => true,
        Some(_) => false,
        None => senders(mail).any(is_named_as_person),
    }
}

fn is_named_as_person(sender: &AddressRecord) -> bool {
    let (Some(name), Some(address)) = (&sender.display_name, &sender.address) else { return false };
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let name = name.trim();
    let words = words(name);
    let is_office = |word: &String| match word.is_ascii() {
        true => OFFICES.contains(&word.as_str()) || ROLES.contains(&word.as_str()),
        false => OFFICES.iter().any(|office| !office.is_ascii() && word.contains(office)),
    };
    let is_company = is_organisation(name)
        || words.iter().any(|word| is_office(word) || word.len() > 3 && domain.contains(word.as_str()));
    let its_own = words.iter().any(|word| word.len() > 2 && self::words(local).contains(word));
    let greeted = [format!("{name} 様"), format!("Dear {name},")];
    let is_greeted = greeted.iter().any(|greeting| !told::names(greeting, "").is_empty());
    !is_company && !ROLES.contains(&local.to_lowercase().as_str()) && (its_own || is_greeted)
}

/// Whether a sender is one of the readers.
pub(super) fn is_one_of(readers: &[Person], sender: &AddressRecord) -> bool {
    let own = sender.address.as_deref();
    let addresses = readers.iter().filter_map(|reader| reader.address.as_deref());
    own.is_some_and(|own| addresses.into_iter().any(|reader| reader.eq_ignore_ascii_case(own)))
}

/// Whether a sender adorns himself with a reader's name or address, in whatever order its words stand.
pub(super) fn names(readers: &[Person], sender: &str) -> bool {
    let sender = words(sender).concat();
    readers.iter().any(|reader| {
        let local = reader.address.as_deref().and_then(|address| address.split('@').next());
        [local, reader.name.as_deref()].into_iter().flatten().any(|name| {
            let words = words(name);
            let turned: String = words.iter().rev().map(String::as_str).collect();
            let stands = |name: &str| name.chars().count() > 1 && sender.contains(name);
            stands(&words.concat()) || stands(&turned)
        })
    })
}

/// The words of a name, folded.
fn words(name: &str) -> Vec<String> {
    let words = name.split(|c: char| c.is_whitespace() || "._-+@,\"".contains(c));
    words.filter(|word| !word.is_empty()).map(|word| fold(word).text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sender(name: &str, address: &str) -> AddressRecord {
        let (_, domain) = address.split_once('@').expect("an address");
        AddressRecord {
            raw: address.to_owned(),
            display_name: Some(name.to_owned()),
            address: Some(address.to_owned()),
            domain: Some(domain.to_owned()),
            registrable_domain: Some(domain.to_owned()),
        }
    }

    #[test]
    fn people_are_told_from_companies() {
        for (name, address) in [
            ("Tanaka", "tanaka@friend.example.org"),
            ("佐藤 花子", "h-sato@example.jp"),
            ("Hanako Sato", "hanako@example.jp"),
        ] {
            assert!(is_named_as_person(&sender(name, address)), "{name}");
        }
        for (name, address) in [
            ("Sales", "sales@bulk-offers.example.com"),
            ("霊山銀行", "ryozen@example.jp"),
            ("株式会社霊山", "taro@example.jp"),
            ("Ryozen", "ryozen@mail.ryozen.example"),
            ("山田花店", "info@example.jp"),
        ] {
            assert!(!is_named_as_person(&sender(name, address)), "{name}");
        }
    }

    #[test]
    fn a_readers_name_is_known_in_any_order() {
        let readers =
            [Person { address: Some("h@example.jp".to_owned()), name: Some("佐藤 花子".to_owned()) }];
        assert!(names(&readers, "佐藤花子"));
        assert!(names(&readers, "花子　佐藤"));
        assert!(!names(&readers, "佐藤 次郎"));
        let readers = [Person { address: None, name: Some("Hanako Sato".to_owned()) }];
        assert!(names(&readers, "SATO Hanako"));
    }
}
