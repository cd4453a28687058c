//! Everything that can be wrong with data folders beyond what cannot be read, all at once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::read::{FOLDERS, Reading, entries};
use crate::schema::{Applies, Bilingual, Brand, Company, Data, FindingSpec, Words};
use crate::{Fault, place};

/// Sectors a brand may be of; the list stands in `data/brands/README.md`.
const SECTORS: [&str; 30] = [
    "airline",
    "bank",
    "broker",
    "card",
    "crypto",
    "energy",
    "food",
    "game",
    "government",
    "health",
    "hosting",
    "insurance",
    "internet-provider",
    "mail",
    "marketplace",
    "parcel",
    "payment",
    "post",
    "rail",
    "retail",
    "security",
    "shop",
    "social",
    "software",
    "streaming",
    "tax",
    "telecom",
    "toll",
    "travel",
    "education",
];

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

    fn brand(&mut self, brand: &Brand) {
        let file = &self.path(&["brands", &brand.id]);
        let (ja, en) = (brand.name.ja.trim().is_empty(), brand.name.en.trim().is_empty());
        self.check(!is_kebab(&brand.id), file, "", "the file's name is not kebab-case");
        self.check(self.lacks_words(ja, en), file, "name", "a name is missing");
        let sector = format!("no such sector: {}", brand.sector);
        self.check(!SECTORS.contains(&brand.sector.as_str()), file, "sector", &sector);
        let country = format!("no country: {}", brand.country);
        self.check(!is_country(&brand.country), file, "country", &country);
        let nameless = brand.names.is_empty() && brand.short_names.is_empty();
        self.check(nameless, file, "names", "no name to find it by");
        let unsure = brand.unverified != brand.sources.is_empty();
        self.check(unsure, file, "unverified", "either a source or unverified, not both");
        for source in &brand.sources {
            let nowhere = format!("no address of a source: {}", source.url);
            self.check(!source.url.starts_with("http"), file, &source.url, &nowhere);
            self.check(source.read.len() != 10, file, &source.read, &format!("no date: {}", source.read));
            let empty = source.shows.is_empty() && source.says.trim().is_empty();
            self.check(empty, file, &source.url, "a source that neither shows a domain nor says anything");
            for shown in &source.shows {
                let listed = brand.all_domains().chain(&brand.redirectors).any(|domain| domain == shown);
                self.check(!listed, file, shown, &format!("shown, but not a domain of the brand: {shown}"));
            }
        }
        for name in brand.names.iter().chain(&brand.short_names).chain(&brand.misspellings) {
            let unseen = name.trim() != name || name.is_empty() || name.chars().any(is_invisible);
            self.check(unseen, file, name, &format!("blank or invisible: {name:?}"));
        }
        for name in brand.names.iter().chain(&brand.short_names) {
            let short = name.chars().nth(1).is_none();
            self.check(short, file, &format!("{name:?}"), &format!("one letter names nobody: {name:?}"));
        }
        self.check_domains(file, brand.all_domains().chain(&brand.redirectors));
        self.check_logins(file, brand);
        self.house(brand, file);
    }

    /// Log-ins stand on the brand's own domains, and are written without what differs from visit to visit.
    fn check_logins(&mut self, file: &Path, brand: &Brand) {
        for login in &brand.logins {
            let host = login.strip_prefix("https://").and_then(|rest| rest.split('/').next());
            let own = |host: &str| {
                brand.all_domains().any(|domain| {
                    host.strip_suffix(domain.as_str())
                        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
                })
            };
            let foreign = !host.is_some_and(own) || login.contains(['?', '#']);
            self.check(foreign, file, login, &format!("no log-in of the brand: {login}"));
        }
    }

    /// What a brand is beyond its names and domains: its house, where a government's mail comes from, what it never does.
    fn house(&mut self, brand: &Brand, file: &Path) {
        let group = &brand.group;
        self.check(!group.is_empty() && !is_kebab(group), file, "group", "the group is not kebab-case");
        let shipped = self.shipped.into_iter().flat_map(|data| &data.brands);
        let alone =
            self.reading.data.brands.iter().chain(shipped).filter(|other| other.group == *group).count() < 2;
        self.check(!group.is_empty() && alone, file, "group", "a group of one brand");
        for suffix in &brand.official_suffixes {
            let unknown = psl::suffix(suffix.as_bytes()).is_none_or(|known| !known.is_known());
            self.check(unknown, file, suffix, &format!("no suffix: {suffix}"));
        }
        let unsourced =
            !brand.never.is_empty() && !brand.sources.iter().any(|source| source.says.contains("never"));
        self.check(unsourced, file, "never", "no source says what it never does (says = \"never: …\")");
        let services = &self.shipped.unwrap_or(&self.reading.data).mail_services;
        for id in &brand.services {
            let unknown =
                !services.iter().chain(&self.reading.data.mail_services).any(|known| known.id == *id);
            self.check(unknown, file, id, &format!("no such mail service: {id}"));
        }
    }

    /// Both languages are needed of what is shipped, one of what an operator writes.
    const fn lacks_words(&self, ja: bool, en: bool) -> bool {
        if self.shipped.is_some() { ja && en } else { ja || en }
    }

    /// Domains that two brands claim, one of them of this folder.
    fn owners(&mut self) {
        let own = &self.reading.data.brands;
        let replaced = |brand: &&Brand| !own.iter().any(|other| other.id == brand.id);
        let shipped = self.shipped.into_iter().flat_map(|data| &data.brands).filter(replaced);
        let mut owners: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for brand in own.iter().chain(shipped) {
            for domain in brand.all_domains().chain(&brand.redirectors) {
                owners.entry(domain).or_default().insert(&brand.id);
            }
        }
        owners.retain(|_, brands| brands.len() > 1);
        for (domain, brands) in owners {
            let ids: Vec<&str> = brands.iter().copied().collect();
            let message = format!("{domain} stands with {}", ids.join(" and "));
            let ours = ids.iter().find(|id| own.iter().any(|brand| brand.id == **id));
            if let Some(id) = ours {
                self.say(&self.path(&["brands", id]), domain, message);
            }
        }
    }

    fn finding(&mut self, finding: &FindingSpec) {
        let file = &self.path(&["findings", &finding.id]);
        self.check(!is_kebab(&finding.id), file, "", "the file's name is not kebab-case");
        let groups = &self.shipped.unwrap_or(&self.reading.data).scale.caps;
        let known: Vec<&str> = groups.keys().map(String::as_str).collect();
        let group = format!("no such group: {} (one of {})", finding.group, known.join(", "));
        self.check(!known.contains(&finding.group.as_str()), file, "group", &group);
        let heavy = !finding.weight.is_finite() || finding.weight.abs() > 20.0;
        self.check(heavy, file, "weight", &format!("weight {}", finding.weight));
        for class in finding.points_to.keys() {
            let unknown = !CLASSES.contains(&class.as_str());
            self.check(unknown, file, "points_to", &format!("no such class: {class}"));
        }
        self.words(finding, file);
        self.when(finding, file);
        self.told_better(finding, file);
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

    /// A finding of this folder, or a shipped one.
    fn known(&self, id: &str) -> Option<&FindingSpec> {
        let shipped = self.shipped.into_iter().flat_map(|data| &data.findings);
        self.reading.data.findings.iter().chain(shipped).find(|finding| finding.id == id)
    }

    /// What tells a finding better is there, speaks on the same side, and is not told better by it in turn: both would be silent.
    fn told_better(&mut self, finding: &FindingSpec, file: &Path) {
        for id in &finding.told_better_by {
            let Some(better) = self.known(id) else {
                self.say(file, id, format!("told better by an unknown finding: {id}"));
                continue;
            };
            let circle = self.leads_back(id, &finding.id, |next| next.told_better_by.iter().collect());
            let opposite = finding.weight * better.weight < 0.0;
            self.check(circle, file, id, &format!("is in the end told better by itself: {id}"));
            self.check(opposite, file, id, &format!("speaks on the other side: {id}"));
        }
    }

    /// Whether one comes from the finding `from` to `target` by way of what `next` says of each.
    fn leads_back(&self, from: &str, target: &str, next: impl Fn(&FindingSpec) -> Vec<&String>) -> bool {
        let mut reached = vec![from];
        let mut at = 0;
        while let Some(id) = reached.get(at) {
            for id in self.known(id).map(&next).unwrap_or_default() {
                if !reached.contains(&id.as_str()) {
                    reached.push(id);
                }
            }
            at += 1;
        }
        reached.contains(&target)
    }

    fn words(&mut self, finding: &FindingSpec, file: &Path) {
        let missing = |words: &Words| words.title.trim().is_empty() || words.explanation.trim().is_empty();
        let (ja, en) = (missing(&finding.ja), missing(&finding.en));
        let needed = self.lacks_words(ja, en);
        for (language, words, missing) in [("ja", &finding.ja, ja), ("en", &finding.en, en)] {
            let begun = *words != Words::default();
            let message = format!("the {language} words are missing");
            self.check(missing && (needed || begun), file, &format!("[{language}]"), &message);
        }
        let [named, other] = [&finding.ja, &finding.en].map(|words| names(&words.explanation).is_empty());
        let differ = !ja && !en && finding.weight.abs() > 0.0 && named != other;
        self.check(differ, file, "explanation", "one language names values, the other does not");
    }

    fn when(&mut self, finding: &FindingSpec, file: &Path) {
        let Some(when) = &finding.when else { return };
        for id in grounds(finding) {
            let own = self.reading.data.findings.iter().find(|other| other.id == *id);
            let unknown = self.known(id).is_none();
            self.check(unknown, file, id, &format!("rests on an unknown finding: {id}"));
            let later = own.is_some_and(FindingSpec::has_expression);
            let message = format!("rests on a finding that an expression decides, which comes later: {id}");
            self.check(later, file, id, &message);
            let circle = self.leads_back(id, &finding.id, grounds);
            self.check(circle, file, id, &format!("rests in the end on itself, so it never fires: {id}"));
        }
        let valued = finding.has_expression()
            && [&finding.ja, &finding.en]
                .iter()
                .any(|words| !names(&words.title).is_empty() || !names(&words.explanation).is_empty());
        self.check(valued, file, "{", "an expression gives no values for the words");
        let shipped = self.shipped.is_none() && !when.expression.is_empty();
        self.check(shipped, file, "when", "expressions are for an operator's own findings");
        let nothing = when.all.is_empty() && when.any.is_empty() && when.expression.trim().is_empty();
        self.check(nothing, file, "when", "nothing that it follows from");
    }

    /// A phrase of two topics makes two findings of one fact, unless one is said to tell it better.
    fn repeated_phrases(&mut self) {
        let mut topics: BTreeMap<&str, Vec<(&str, PathBuf)>> = BTreeMap::new();
        for file in &self.reading.data.phrases {
            let path = self.path(&["phrases", &file.language, &file.topic]);
            for phrase in &file.phrases {
                topics.entry(phrase).or_default().push((&file.finding, path.clone()));
            }
        }
        let is_better = |one: &str, other: &str| {
            self.known(one).is_some_and(|finding| finding.told_better_by.iter().any(|id| id == other))
        };
        let mut repeated = Vec::new();
        for (phrase, places) in &topics {
            for (at, (one, _)) in places.iter().enumerate() {
                let twice = |(other, _): &&(&str, PathBuf)| {
                    other != one && !is_better(one, other) && !is_better(other, one)
                };
                repeated.extend(
                    places[at + 1..].iter().find(twice).map(|(_, path)| (*phrase, *one, path.clone())),
                );
            }
        }
        for (phrase, other, path) in repeated {
            self.say(&path, phrase, format!("stands with {other} too: {phrase:?}"));
        }
    }

    fn phrases(&mut self) {
        let data = &self.reading.data;
        for file in &data.phrases {
            let path = self.path(&["phrases", &file.language, &file.topic]);
            let mut findings =
                data.findings.iter().chain(self.shipped.into_iter().flat_map(|data| &data.findings));
            if !findings.any(|finding| finding.id == file.finding) {
                self.say(&path, "finding", format!("no such finding: {}", file.finding));
            }
            for phrase in file.phrases.iter().chain(&file.hints) {
                let unseen = phrase.split('…').all(|piece| piece.trim().is_empty())
                    || phrase.chars().any(is_invisible);
                self.check(unseen, &path, phrase, &format!("empty or invisible: {phrase:?}"));
            }
        }
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

/// The findings that the condition of one names.
fn grounds(finding: &FindingSpec) -> Vec<&String> {
    finding.when.iter().flat_map(|when| when.all.iter().chain(&when.any).chain(&when.none)).collect()
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

/// The parameters that words name, sorted.
fn names(words: &str) -> Vec<&str> {
    let mut names: Vec<&str> =
        words.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect();
    names.sort_unstable();
    names.dedup();
    names
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
