//! Everything that can be wrong with data folders beyond what cannot be read, all at once.

mod brands;
mod findings;

use std::path::{Path, PathBuf};

use crate::read::{FOLDERS, Reading, entries};
use crate::schema::{Applies, Bilingual, Company, Data, FindingSpec};
use crate::{Fault, place};

/// What a field may ask for.
const SECRETS: [&str; 9] = [
    "address",
    "bank-pin",
    "card",
    "code",
    "id-number",
    "password",
    "security-code",
    "seed-phrase",
    "telephone",
];

/// Kinds of pages that are known by marks.
const PAGES: [&str; 7] = ["blocked", "captcha", "error", "gone", "panel", "parked", "suspended"];

/// Classes a finding may point to.
const CLASSES: [&str; 6] = ["phishing", "fraud", "malware", "spam", "prank", "simulation"];

/// The kinds of domains that a list may be of.
const LISTS: [&str; 14] = [
    "alias-services",
    "app-hosts",
    "buckets",
    "cheap-suffixes",
    "dynamic-dns",
    "free-hosting",
    "free-mail",
    "internet-providers",
    "log-in-services",
    "parking-services",
    "platforms",
    "shared-log-ins",
    "shorteners",
    "tenant-defaults",
];

/// All faults of what was read: of the shipped data, or of an operator's folder that is laid over it. An operator may leave out one
/// of the languages and may write expressions.
#[must_use]
pub fn faults(reading: &Reading, shipped: Option<&Data>) -> Vec<Fault> {
    let mut linter = Linter { reading, shipped, faults: reading.faults.clone() };
    for brand in &reading.data.brands {
        linter.brand(brand);
    }
    linter.owners();
    for finding in &reading.data.findings {
        linter.finding(finding);
    }
    linter.pages();
    linter.laws();
    linter.phrases();
    linter.repeated_phrases();
    linter.domains();
    linter.scale();
    if shipped.is_some() {
        linter.strangers();
    }
    linter.faults.sort();
    linter.faults
}

struct Linter<'r> {
    reading: &'r Reading,
    shipped: Option<&'r Data>,
    faults: Vec<Fault>,
}

impl Linter<'_> {
    fn path(&self, place: &[&str]) -> PathBuf {
        place.iter().fold(self.reading.root.clone(), |path, name| path.join(name)).with_extension("toml")
    }

    /// Says what is wrong where `needle` stands in the file.
    fn say(&mut self, file: &Path, needle: &str, message: impl Into<String>) {
        let text = self.reading.text(file);
        let at = if needle.is_empty() { None } else { text.find(needle) };
        let place = at.map(|at| place(text, at));
        self.faults.push(Fault { file: file.to_owned(), place, message: message.into() });
    }

    /// Says what is wrong where `needle` stands in the file, where it is wrong.
    fn check(&mut self, wrong: bool, file: &Path, needle: &str, message: &str) {
        if wrong {
            self.say(file, needle, message);
        }
    }

    fn check_domains<'d>(&mut self, file: &Path, domains: impl IntoIterator<Item = &'d String>) {
        for domain in domains {
            if let Some(fault) = domain_fault(domain) {
                self.say(file, domain, fault);
            }
        }
    }

    /// Top-level domains, or domains below which a private registry sells names.
    fn check_suffixes(&mut self, file: &Path, suffixes: &[String]) {
        for suffix in suffixes {
            let known = psl::suffix(suffix.as_bytes()).is_some_and(|known| known.is_known());
            self.check(!known, file, suffix, &format!("no suffix: {suffix}"));
        }
    }

    /// A finding of this folder, or a shipped one.
    fn known(&self, id: &str) -> Option<&FindingSpec> {
        let shipped = self.shipped.into_iter().flat_map(|data| &data.findings);
        self.reading.data.findings.iter().chain(shipped).find(|finding| finding.id == id)
    }

    /// Both languages are needed of what is shipped, one of what an operator writes.
    const fn lacks_words(&self, ja: bool, en: bool) -> bool {
        if self.shipped.is_some() { ja && en } else { ja || en }
    }

    /// Fields, marks of pages, and how genuine pages look.
    fn pages(&mut self) {
        let data = &self.reading.data;
        for field in &data.fields {
            let file = self.path(&["fields", &field.asks]);
            let message = format!("no such secret: one of {}", SECRETS.join(", "));
            self.check(!SECRETS.contains(&field.asks.as_str()), &file, "", &message);
        }
        for mark in &data.pages {
            let file = self.path(&["pages", &mark.kind]);
            let message = format!("no such kind: one of {}", PAGES.join(", "));
            self.check(!PAGES.contains(&mark.kind.as_str()), &file, "", &message);
            let undated = mark.source.is_empty() != mark.read.is_empty();
            self.check(undated, &file, &mark.source, "source and read belong together");
        }
        for reference in &data.references {
            let file = self.path(&["references", &reference.id]);
            let brands = self.shipped.into_iter().flat_map(|data| &data.brands).chain(&data.brands);
            let unknown = !brands.into_iter().any(|brand| brand.id == reference.brand);
            self.check(unknown, &file, "brand", &format!("no such brand: {}", reference.brand));
            for hash in [&reference.look, &reference.shape] {
                let broken = !hash.is_empty() && (hash.len() != 16 || u64::from_str_radix(hash, 16).is_err());
                self.check(broken, &file, hash, "no 64 bits in hexadecimal");
            }
        }
    }

    /// Laws, and who helps: when they are told of, in both languages, from dated sources.
    fn laws(&mut self) {
        let data = &self.reading.data;
        for law in &data.laws {
            let file = self.path(&["laws", &law.id]);
            self.applies(&file, &law.applies);
            self.sourced(&file, &law.country, law.sources.is_empty() && !law.unverified);
            self.bilingual(&file, [&law.name, &law.articles, &law.says]);
        }
        for contact in &data.contacts {
            let file = self.path(&["contacts", &contact.id]);
            self.applies(&file, &contact.applies);
            self.sourced(&file, &contact.country, contact.sources.is_empty() && !contact.unverified);
            self.bilingual(&file, [&contact.name, &contact.says]);
            let unknown = !["help", "report"].contains(&contact.role.as_str());
            self.check(unknown, &file, "role", "no such role: help or report");
        }
    }

    fn applies(&mut self, file: &Path, applies: &Applies) {
        for class in &applies.classes {
            let unknown = !CLASSES.contains(&class.as_str());
            self.check(unknown, file, class, &format!("no such class: {class}"));
        }
        for asks in &applies.asks {
            let unknown = !SECRETS.contains(&asks.as_str()) && !["device", "money"].contains(&asks.as_str());
            self.check(unknown, file, asks, &format!("nothing that mails are after: {asks}"));
        }
        for finding in &applies.findings {
            let unknown = self.known(finding).is_none();
            self.check(unknown, file, finding, &format!("an unknown finding: {finding}"));
        }
    }

    fn sourced(&mut self, file: &Path, country: &str, unsourced: bool) {
        self.check(unsourced, file, "", "no source: name one, or say unverified = true");
        self.check(!is_country(country), file, "country", "no country: ISO 3166-1 alpha-2");
    }

    fn bilingual<'d>(&mut self, file: &Path, texts: impl IntoIterator<Item = &'d Bilingual>) {
        let alone = texts.into_iter().any(|text| text.ja.is_empty() || text.en.is_empty());
        self.check(alone, file, "", "both languages are wanted");
    }

    fn domains(&mut self) {
        let data = &self.reading.data;
        for (name, list) in &data.lists {
            let path = self.path(&["domains", name]);
            let unsourced = !list.unverified && list.source.is_empty() && list.sources.is_empty();
            self.check(unsourced, &path, "domains", "neither a source nor unverified");
            let unknown = !LISTS.contains(&name.as_str());
            self.check(unknown && self.shipped.is_some(), &path, "", "no such list of domains");
            if name == "cheap-suffixes" {
                self.check_suffixes(&path, &list.domains);
            } else {
                self.check_domains(&path, &list.domains);
            }
        }
        let companies: [(&str, &Vec<Company>); 2] =
            [("mail-services", &data.mail_services), ("hosting-providers", &data.hosting_providers)];
        for (name, companies) in companies {
            let path = self.path(&["domains", name]);
            for company in companies {
                self.check(!is_kebab(&company.id), &path, &company.id, "the id is not kebab-case");
            }
        }
    }

    /// Estimated numbers of findings that are not there, or on the other side than their author put them.
    fn scale(&mut self) {
        let data = &self.reading.data;
        let file = self.path(&["weights"]);
        let believed =
            |id: &str| data.findings.iter().find(|finding| finding.id == id).map(|finding| finding.weight);
        for id in data.scale.weights.keys().chain(data.scale.points_to.keys()) {
            self.check(believed(id).is_none(), &file, id, &format!("no such finding: {id}"));
        }
        for (id, weight) in &data.scale.weights {
            let turned = believed(id).is_some_and(|belief| belief * weight < 0.0);
            self.check(turned, &file, id, &format!("{id} = {weight} is on the other side"));
        }
    }

    /// What stands in an operator's folder and is not read: a slip of the keyboard in a name would be silent otherwise.
    fn strangers(&mut self) {
        let known = |path: &Path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            FOLDERS.contains(&&*name) || name == "tests" || name.starts_with(['.', 'R'])
        };
        let root = &self.reading.root;
        let outside = entries(root).into_iter().filter(|path| !known(path));
        let inside = FOLDERS.iter().flat_map(|folder| entries(&root.join(folder)));
        let nested = entries(&root.join("phrases")).into_iter().flat_map(|folder| entries(&folder));
        let unread: Vec<PathBuf> = outside
            .chain(
                inside.chain(nested).filter(|path| !self.reading.texts.contains_key(path) && !is_note(path)),
            )
            .filter(|path| !(path.is_dir() && path.parent() == Some(&root.join("phrases"))))
            .filter(|path| !self.faults.iter().any(|fault| fault.file == *path))
            .collect();
        for path in unread {
            self.say(&path, "", "is not read: files are brands/ID.toml, findings/ID.toml, phrases/LANGUAGE/TOPIC.toml, domains/KIND.toml, fields/SECRET.toml, pages/KIND.toml, laws/ID.toml, contacts/ID.toml and references/BRAND-NUMBER.toml");
        }
    }
}

fn is_note(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "md")
}

fn is_country(country: &str) -> bool {
    country == "001" || country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn domain_fault(domain: &str) -> Option<String> {
    let shape = domain
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.'));
    let known = psl::suffix(domain.as_bytes()).is_some_and(|suffix| suffix.is_known());
    (!shape || !domain.contains('.') || !known).then(|| format!("no domain: {domain}"))
}

/// Small letters and digits, words parted by hyphens.
#[must_use]
pub fn is_kebab(id: &str) -> bool {
    !id.is_empty()
        && id.split('-').all(|word| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}
