//! Everything that can be wrong with the data folders, all at once.

use std::collections::BTreeMap;

use anyhow::ensure;

use crate::schema::{Brand, Data, FindingSpec};

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

/// Classes a finding may point to.
const CLASSES: [&str; 6] = ["phishing", "fraud", "malware", "spam", "prank", "simulation"];

/// Lints the data.
pub(crate) fn run() -> anyhow::Result<()> {
    let (data, mut faults) = crate::compile::read(&crate::root().join("data"));
    for brand in &data.brands {
        faults.extend(brand_faults(brand).into_iter().map(|fault| format!("brand {}: {fault}", brand.id)));
    }
    faults.extend(owners(&data));
    faults.extend(scale_faults(&data));
    for finding in &data.findings {
        faults.extend(
            finding_faults(finding, &data)
                .into_iter()
                .map(|fault| format!("finding {}: {fault}", finding.id)),
        );
    }
    faults.extend(phrase_faults(&data));
    for (name, list) in &data.lists {
        let sourced = list.unverified || !list.source.is_empty() || !list.sources.is_empty();
        faults.extend((!sourced).then(|| format!("list {name}: neither a source nor unverified")));
        faults.extend(
            list.domains
                .iter()
                .filter_map(|domain| domain_fault(domain))
                .map(|fault| format!("list {name}: {fault}")),
        );
    }
    let words = format!(
        "{} brands, {} findings, {} phrase files",
        data.brands.len(),
        data.findings.len(),
        data.phrases.len()
    );
    ensure!(faults.is_empty(), "{words}; {} faults:\n{}", faults.len(), faults.join("\n"));
    println!("{words}: no faults");
    Ok(())
}

fn brand_faults(brand: &Brand) -> Vec<String> {
    let mut faults = Vec::new();
    let mut check = |wrong: bool, fault: String| faults.extend(wrong.then_some(fault));
    check(!is_kebab(&brand.id), "the id is not kebab-case".into());
    check(brand.name.ja.is_empty() || brand.name.en.is_empty(), "a name is missing".into());
    check(!SECTORS.contains(&brand.sector.as_str()), format!("no such sector: {}", brand.sector));
    let country = brand.country == "001"
        || brand.country.len() == 2 && brand.country.bytes().all(|byte| byte.is_ascii_uppercase());
    check(!country, format!("no country: {}", brand.country));
    check(brand.names.is_empty() && brand.short_names.is_empty(), "no name to find it by".into());
    check(brand.unverified != brand.sources.is_empty(), "either a source or unverified, not both".into());
    for source in &brand.sources {
        check(!source.url.starts_with("http"), format!("no address of a source: {}", source.url));
        check(source.read.len() != 10, format!("no date: {}", source.read));
    }
    for name in brand.names.iter().chain(&brand.short_names).chain(&brand.misspellings) {
        check(
            name.trim() != name || name.is_empty() || name.chars().any(is_invisible),
            format!("blank or invisible: {name:?}"),
        );
    }
    for name in brand.names.iter().chain(&brand.short_names).filter(|name| name.chars().nth(1).is_none()) {
        faults.push(format!("one letter names nobody: {name:?}"));
    }
    for domain in brand.domains.iter().chain(&brand.sender_domains).chain(&brand.link_domains) {
        faults.extend(domain_fault(domain));
    }
    faults
}

/// A domain that two brands claim.
fn owners(data: &Data) -> Vec<String> {
    let mut owners: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for brand in &data.brands {
        for domain in brand.domains.iter().chain(&brand.sender_domains).chain(&brand.link_domains) {
            owners.entry(domain).or_default().push(&brand.id);
        }
    }
    owners.retain(|_, brands| brands.len() > 1);
    owners
        .into_iter()
        .map(|(domain, brands)| format!("{domain} stands with {}", brands.join(" and ")))
        .collect()
}

fn domain_fault(domain: &str) -> Option<String> {
    let shape = domain
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.'));
    let known = psl::suffix(domain.as_bytes()).is_some_and(|suffix| suffix.is_known());
    (!shape || !domain.contains('.') || !known).then(|| format!("no domain: {domain}"))
}

/// Estimated numbers of findings that are not there, or on the other side than their author put them.
fn scale_faults(data: &Data) -> Vec<String> {
    let scale = &data.scale;
    let believed =
        |id: &str| data.findings.iter().find(|finding| finding.id == *id).map(|finding| finding.weight);
    let estimated = scale.weights.keys().chain(scale.points_to.keys());
    let unknown =
        estimated.filter(|id| believed(id).is_none()).map(|id| format!("weights: no such finding: {id}"));
    let turned = scale
        .weights
        .iter()
        .filter(|(id, weight)| believed(id).is_some_and(|belief| belief * **weight < 0.0));
    unknown
        .chain(turned.map(|(id, weight)| format!("weights: {id} = {weight} is on the other side")))
        .collect()
}

fn finding_faults(finding: &FindingSpec, data: &Data) -> Vec<String> {
    let known = |id: &String| data.findings.iter().any(|other| other.id == *id);
    let mut faults = Vec::new();
    let mut check = |wrong: bool, fault: String| faults.extend(wrong.then_some(fault));
    check(!is_kebab(&finding.id), "the id is not kebab-case".into());
    check(!data.scale.caps.contains_key(&finding.group), format!("no such group: {}", finding.group));
    check(!finding.weight.is_finite() || finding.weight.abs() > 20.0, format!("weight {}", finding.weight));
    for class in finding.points_to.keys() {
        check(!CLASSES.contains(&class.as_str()), format!("no such class: {class}"));
    }
    for (language, words) in [("ja", &finding.ja), ("en", &finding.en)] {
        let missing = words.title.trim().is_empty() || words.explanation.trim().is_empty();
        check(missing, format!("the {language} words are missing"));
    }
    check(
        names(&finding.ja.explanation) != names(&finding.en.explanation)
            && finding.weight.abs() > 0.0
            && names(&finding.ja.explanation).is_empty() != names(&finding.en.explanation).is_empty(),
        "one language names values, the other does not".into(),
    );
    for id in finding.when.iter().flat_map(|when| when.all.iter().chain(&when.any).chain(&when.none)) {
        check(!known(id), format!("rests on an unknown finding: {id}"));
    }
    faults
}

/// The parameters that words name, sorted.
fn names(words: &str) -> Vec<&str> {
    let mut names: Vec<&str> =
        words.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn phrase_faults(data: &Data) -> Vec<String> {
    let mut faults = Vec::new();
    for file in &data.phrases {
        let place = format!("phrases {}/{}", file.language, file.topic);
        if !data.findings.iter().any(|finding| finding.id == file.finding) {
            faults.push(format!("{place}: no such finding: {}", file.finding));
        }
        for phrase in file.phrases.iter().chain(&file.hints) {
            if phrase.split('…').all(|piece| piece.trim().is_empty()) || phrase.chars().any(is_invisible) {
                faults.push(format!("{place}: empty or invisible: {phrase:?}"));
            }
        }
    }
    faults
}

/// Small letters and digits, words parted by hyphens.
pub(crate) fn is_kebab(id: &str) -> bool {
    !id.is_empty()
        && id.split('-').all(|word| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}
