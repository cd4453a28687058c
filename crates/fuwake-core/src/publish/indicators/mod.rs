//! What a case gives to machines. Masks are those of a report; nothing is defanged.

mod copy;
mod desks;
mod invented;
mod letter;
mod lure;
mod sought;
mod standing;

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use url::Url;

use super::Release;
use super::machine::MASKED;
use super::moment::arrived;
use super::publication::fingerprint;
use super::writer::Writer;
use crate::case::{AttachmentRecord, BrandWorn, Case, Dissection, LandingRecord, Language, worst};
use crate::domain::{normalise, registrable};
use crate::evidence::visit::{Certificate, Step, Visit};
use crate::evidence::{Answer, Data, Evidence, Ledger};
use crate::indicators::{
    AddressFacts, BrandFacts, CampaignFacts, CertificateFacts, FileFacts, FindingFacts, HostFacts,
    Indicators, LandingFacts, LinkFacts, Masked, Met, PictureFacts, RegistrationFacts, SCHEMA, StepFacts,
    VerdictFacts,
};
use crate::inquiry::Role;
use crate::inquiry::visits::is_program;
use crate::knowledge::Knowledge;
use crate::knowledge::domains::is_within;
use crate::mail::trust::is_public;
use invented::Invented;
use standing::Whose;

/// How many names, addresses and links are handed on.
const MOST: usize = 200;
/// How many findings are named.
const FINDINGS: usize = 20;
/// Where neither the mail nor the evidence has a time.
const EPOCH: &str = "1970-01-01T00:00:00Z";

/// A mail in machine-readable pieces: the worst of those that `raw` carries. `raw` is the message as it was judged.
#[must_use]
pub fn indicators(
    case: &Case,
    raw: &[u8],
    release: &Release,
    knowledge: &Knowledge,
    language: Language,
) -> Indicators {
    let mail = worst(&case.dissection);
    let mut ledger = Ledger::default();
    mail.evidence.iter().cloned().for_each(|evidence| ledger.record(evidence));
    let whose = Whose::new(mail, knowledge, &ledger);
    let invented = Invented::of(mail);
    let writer = Writer::hiding(case, release, language, invented.secrets());
    let maker = Maker { writer, whose, invented, mail, ledger: &ledger };
    let links = maker.links();
    let hosts = maker.hosts(&links);
    let landings = maker.landings();
    Indicators {
        schema: SCHEMA,
        tool: case.tool.clone(),
        audience: release.audience,
        language,
        seen: maker.seen(),
        mail: letter::facts(&maker, raw),
        verdict: maker.verdict(),
        brand: maker.brand(),
        addresses: maker.addresses(&hosts),
        files: mail.mail.attachments.iter().take(MOST).map(|file| maker.file(file)).collect(),
        campaign: maker.campaign(),
        desks: desks::desks(&maker, &hosts, &links),
        links,
        hosts,
        landings,
    }
}

/// What all pieces need.
struct Maker<'c> {
    writer: Writer,
    whose: Whose<'c>,
    invented: Invented,
    mail: &'c Dissection,
    ledger: &'c Ledger,
}

impl<'c> Maker<'c> {
    fn text(&self, text: &str) -> Masked {
        Masked::new(self.writer.machine(text))
    }

    fn optional(&self, text: Option<&str>) -> Option<Masked> {
        text.filter(|text| !text.trim().is_empty()).map(|text| self.text(text))
    }

    /// A link; none where even its host names somebody.
    fn url(&self, link: &str, met: Met) -> Option<Masked> {
        let made_up = if met == Met::Mail { Vec::new() } else { self.invented.edits(link, MASKED) };
        self.writer.machine_url(link, made_up).map(Masked::new)
    }

    /// The newest look at the world, else when the mail was received; its own word is the last that counts, as it may be any.
    fn seen(&self) -> String {
        let asked = self.mail.evidence.iter().filter_map(|evidence| evidence.asked_at.as_deref());
        let newest = asked.filter_map(utc).max().or_else(|| arrived(self.mail).and_then(utc));
        newest.unwrap_or_else(|| EPOCH.to_owned())
    }

    fn verdict(&self) -> VerdictFacts {
        let verdict = &self.mail.verdict;
        let mut against: Vec<_> = self.mail.findings.iter().filter(|finding| finding.share > 0.0).collect();
        against.sort_by(|one, other| other.share.total_cmp(&one.share).then_with(|| one.id.cmp(&other.id)));
        let fact = |finding: &&crate::case::FindingRecord| FindingFacts {
            id: finding.id.clone(),
            title: self.text(&finding.title),
        };
        VerdictFacts {
            class: verdict.class,
            score: verdict.score,
            confidence: verdict.confidence,
            summary: self.text(&verdict.summary),
            findings: against.iter().take(FINDINGS).map(fact).collect(),
        }
    }

    fn brand(&self) -> Option<BrandFacts> {
        let whom = self.mail.impersonation.as_ref().filter(|_| self.mail.verdict.class.is_unwanted())?;
        Some(self.company(whom.brand.as_deref(), &whom.name, &whom.official_domains))
    }

    fn worn(&self, brand: &BrandWorn) -> BrandFacts {
        self.company(Some(&brand.id), &brand.name, &brand.official_domains)
    }

    fn company(&self, id: Option<&str>, name: &str, domains: &[String]) -> BrandFacts {
        let known = id.and_then(|id| self.whose.knowledge.brand(id)).map(|brand| &brand.name);
        // The imitated may be the reader's own organisation.
        let is_public = |domain: &&String| self.writer.machine_whole(domain).is_some();
        let [ja, en] = known.map_or([name; 2], |name| [&name.ja, &name.en]);
        BrandFacts {
            id: id.map(str::to_owned),
            name: self.text(name),
            names: [self.text(ja), self.text(en)],
            domains: domains.iter().filter(is_public).cloned().collect(),
        }
    }

    /// Links of the mail, then the ways of visits; each once, with the newest time.
    fn links(&self) -> Vec<LinkFacts> {
        let first = self.first_seen();
        let in_mail = self.mail.mail.links.iter().map(|link| (link.url.as_str(), Met::Mail, first.as_str()));
        let mut all: Vec<(&str, Met, &str)> = in_mail.collect();
        for landing in &self.mail.landing {
            for (visit, evidence) in self.visits(landing) {
                let at = evidence.asked_at.as_deref().unwrap_or(&first);
                let when = |step: &Step| if step.status.is_some() { at } else { &first };
                all.extend(visit.steps.iter().map(|step| (step.url.as_str(), Met::Step, when(step))));
                all.extend(visit.downloads.iter().map(|file| (file.url.as_str(), Met::Download, at)));
                all.extend(landing.form_target.as_deref().map(|target| (target, Met::Form, at)));
            }
        }
        let mut known: BTreeMap<Masked, usize> = BTreeMap::new();
        let mut links: Vec<LinkFacts> = Vec::new();
        for (link, met, at) in all {
            let Some(link) = self.link(link, met, at) else { continue };
            let place = *known.entry(link.url.clone()).or_insert(links.len());
            match links.get_mut(place) {
                Some(same) => same.seen = link.seen.max(std::mem::take(&mut same.seen)),
                None if place < MOST => links.push(link),
                None => {}
            }
        }
        links
    }

    /// When the mail came.
    fn first_seen(&self) -> String {
        let newest = self.seen();
        arrived(self.mail).and_then(utc).filter(|at| *at <= newest).unwrap_or(newest)
    }

    fn link(&self, link: &str, met: Met, at: &str) -> Option<LinkFacts> {
        let url = Url::parse(link).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
        let standing = self.whose.link(link);
        Some(LinkFacts {
            url: self.url(link, met)?,
            sought: self.sought(&url, met, standing),
            host: host_name(&url).map(|name| self.text(&name)),
            met,
            seen: utc(at).unwrap_or_else(|| EPOCH.to_owned()),
            standing,
        })
    }

    /// Names of senders, links and ways.
    fn hosts(&self, links: &[LinkFacts]) -> Vec<HostFacts> {
        let mut roles: BTreeMap<String, BTreeSet<Role>> = BTreeMap::new();
        for host in &self.mail.hosts {
            if let Some(name) = host.name.as_deref().and_then(normalise) {
                roles.entry(name).or_default().extend(&host.roles);
            }
        }
        let mail = &self.mail.mail;
        let senders = [
            (mail.from.iter().collect::<Vec<_>>(), Role::From),
            (mail.reply_to.iter().collect(), Role::ReplyTo),
            (mail.envelope_from.iter().collect(), Role::EnvelopeFrom),
        ];
        for (mailboxes, role) in senders {
            for name in mailboxes.iter().filter_map(|mailbox| normalise(mailbox.domain.as_deref()?)) {
                roles.entry(name).or_default().insert(role);
            }
        }
        for link in links {
            let name =
                link.host.as_ref().filter(|host| host.is_whole()).and_then(|host| normalise(host.as_str()));
            let role = if link.met == Met::Mail { Role::Link } else { Role::Landing };
            if let Some(name) = name {
                roles.entry(name).or_default().insert(role);
            }
        }
        let mut known: BTreeMap<&str, BTreeSet<Role>> = BTreeMap::new();
        for (name, roles) in &roles {
            known.entry(self.impersonal(name)).or_default().extend(roles);
        }
        known.into_iter().filter_map(|(name, roles)| self.host(name, roles, links)).take(MOST).collect()
    }

    fn host(&self, name: &str, roles: BTreeSet<Role>, links: &[LinkFacts]) -> Option<HostFacts> {
        let domain = registrable(name)?;
        let masked = self.text(name);
        let below =
            links.iter().filter(|link| link.host.as_ref().is_some_and(|host| is_within(host.as_str(), name)));
        masked.is_whole().then(|| HostFacts {
            domain: self.text(domain),
            roles: roles.into_iter().collect(),
            standing: self.whose.host(name),
            holds_domain: self.whose.holds_domain(name),
            addresses: self.ledger.all_addresses(name),
            seen: below.map(|link| link.seen.clone()).max().unwrap_or_else(|| self.first_seen()),
            registration: self.registration(domain),
            name: masked,
        })
    }

    fn registration(&self, domain: &str) -> Option<RegistrationFacts> {
        let (found, _) = self.ledger.registration(domain).found()?;
        Some(RegistrationFacts {
            registrar: self.optional(found.registrar.as_deref()),
            abuse: self.optional(found.abuse.as_deref()),
            registered: found.registered.as_deref().and_then(utc),
            registered_on: found.registered.as_deref().and_then(day),
            changed: found.changed.as_deref().and_then(utc),
            expires: found.expires.as_deref().and_then(utc),
            name_servers: found.name_servers.iter().map(|server| self.text(server)).collect(),
        })
    }

    /// The address that the mail came from, and those of its hosts.
    fn addresses(&self, hosts: &[HostFacts]) -> Vec<AddressFacts> {
        let origin = self.origin();
        let of_steps =
            self.ledger.visits().flat_map(|(visit, _)| visit.steps.iter().filter_map(|step| step.ip));
        let all =
            origin.into_iter().chain(hosts.iter().flat_map(|host| host.addresses.clone())).chain(of_steps);
        let all: BTreeSet<IpAddr> = all.map(|ip| ip.to_canonical()).filter(|ip| is_public(*ip)).collect();
        all.into_iter()
            .map(|ip| self.address(ip, origin == Some(ip)))
            .filter(is_readable)
            .take(MOST)
            .collect()
    }

    fn origin(&self) -> Option<IpAddr> {
        self.mail.mail.origin.as_ref().map(|origin| origin.ip.to_canonical()).filter(|ip| is_public(*ip))
    }

    fn address(&self, ip: IpAddr, is_origin: bool) -> AddressFacts {
        let network = self.ledger.network(ip).found().map(|(network, _)| network);
        let place = self.ledger.place(ip).found().map(|(place, _)| place);
        AddressFacts {
            ip,
            is_origin,
            standing: self.whose.address(ip),
            range: network.map(|network| network.range.clone()).filter(|range| !range.is_empty()),
            holder: self
                .optional(network.and_then(|network| network.holder.as_deref().or(network.name.as_deref()))),
            country: network.and_then(|network| network.country.clone()),
            abuse: self.optional(network.and_then(|network| network.abuse.as_deref())),
            system: place.and_then(|place| place.system),
            system_holder: self.optional(place.and_then(|place| place.system_holder.as_deref())),
        }
    }

    fn file(&self, file: &AttachmentRecord) -> FileFacts {
        let media_type = file.detected_type.map(str::to_owned).or_else(|| file.media_type.clone());
        FileFacts {
            name: file.name.as_deref().map(|name| self.text(name)),
            media_type,
            size: file.size,
            sha256: file.sha256.clone(),
            is_dangerous: file.name.as_deref().is_some_and(is_program),
        }
    }

    fn visits<'l>(
        &'l self,
        landing: &'l LandingRecord,
    ) -> impl Iterator<Item = (&'c Visit, &'c Evidence)> + 'l {
        landing.visits.iter().filter_map(|id| {
            let evidence = self.mail.evidence.iter().find(|evidence| evidence.id == *id)?;
            let Answer::Found { data: Data::Visit(visit) } = &evidence.answer else { return None };
            Some((&**visit, evidence))
        })
    }

    fn landings(&self) -> Vec<LandingFacts> {
        self.mail.landing.iter().take(MOST).map(|landing| self.landing(landing)).collect()
    }

    fn landing(&self, landing: &LandingRecord) -> LandingFacts {
        let visit = self.visits(landing).max_by_key(|(visit, _)| visit.page.is_some());
        let page = visit.and_then(|(visit, _)| visit.page.as_ref());
        let last = landing.final_url.as_deref().unwrap_or(&landing.url);
        let picture = self.visits(landing).find_map(|(visit, _)| {
            let (sha256, webp) = self.mail.pictures.get_key_value(visit.pictures.small.as_ref()?)?;
            Some(PictureFacts { sha256: sha256.clone(), webp: webp.clone() })
        });
        LandingFacts {
            kind: landing.kind,
            wears: landing.brand.as_ref().filter(|_| !landing.is_brands_own).map(|brand| self.worn(brand)),
            steps: visit.map_or(Vec::new(), |(visit, _)| {
                visit.steps.iter().filter_map(|step| self.step(step)).collect()
            }),
            title: self.optional(page.map(|page| page.title.as_str())),
            asks_for: landing.asks_for.clone(),
            form_target: landing.form_target.as_deref().and_then(|target| self.url(target, Met::Form)),
            differs: landing.differs,
            seen: visit.and_then(|(_, evidence)| utc(evidence.asked_at.as_deref()?)),
            standing: self.whose.link(last),
            picture,
        }
    }

    fn step(&self, step: &Step) -> Option<StepFacts> {
        let named = |certificate: &&Certificate| !certificate.issuer.is_empty();
        let certificate = step.certificate.as_ref().filter(named);
        Some(StepFacts {
            url: self.url(&step.url, Met::Step)?,
            status: step.status,
            ip: step.ip,
            certificate: certificate.map(|certificate| CertificateFacts {
                subject: self.text(&certificate.subject),
                issuer: self.text(&certificate.issuer),
                from: certificate.from.as_deref().and_then(utc),
                until: certificate.until.as_deref().and_then(utc),
            }),
        })
    }

    fn campaign(&self) -> Option<CampaignFacts> {
        let unwanted = self.mail.verdict.class.is_unwanted();
        let fingerprint = fingerprint(&self.writer, self.mail).filter(|_| unwanted)?;
        let json = serde_json::to_string(&fingerprint).ok()?;
        let links = fingerprint.links.iter().map(|shape| self.text(shape)).collect();
        Some(CampaignFacts { fingerprint: self.text(&json), links })
    }
}

/// The name of a link's host; none for an address.
fn host_name(url: &Url) -> Option<String> {
    url.domain().and_then(normalise)
}

/// An address of somebody whom the operator hides is left out whole.
fn is_readable(address: &AddressFacts) -> bool {
    address.holder.as_ref().is_none_or(Masked::is_whole)
}

/// The day of a time as it is written, whatever day it is in UTC then.
fn day(at: &str) -> Option<String> {
    use time::format_description::well_known::Rfc3339;
    let at = time::OffsetDateTime::parse(at, &Rfc3339).ok()?;
    Some(at.date().to_string())
}

/// A time in UTC, to the second: RFC 3339 as machines compare it.
fn utc(at: &str) -> Option<String> {
    use time::format_description::well_known::Rfc3339;
    // The last hours of the year 9999 have no time in UTC.
    let at = time::OffsetDateTime::parse(at, &Rfc3339).ok()?.checked_to_offset(time::UtcOffset::UTC)?;
    at.replace_nanosecond(0).ok()?.format(&Rfc3339).ok()
}
