//! What stands behind the links, as visits saw it: in one breath, in a picture, step by step, and in quiet facts.

mod facts;
mod ladder;
mod picture;

use super::moment::moment;
use super::words::Landing as Words;
use super::writer::Writer;
use crate::case::{Cloaking, Dissection, LandingKind, LandingRecord, LinkRecord, Lookup};
use crate::evidence::visit::{Profile, Visit, VisitEnd};
use crate::evidence::{Answer, Data, Evidence, Question};
use crate::report::{Block, Cell, Fact, FactGroup, LandingCard, Plain, Section, Tone, View};

/// How many links are told of.
const CARDS: usize = 8;

/// A visit that was made, and the evidence that holds it.
#[derive(Clone, Copy)]
struct Visited<'c> {
    profile: Profile,
    /// What this visitor saw.
    kind: LandingKind,
    at: Option<&'c str>,
    visit: &'c Visit,
}

/// A record and what a card about it needs.
struct Telling<'c> {
    writer: &'c Writer,
    words: &'static Words,
    /// None where a link was asked about by itself.
    mail: Option<&'c Dissection>,
    evidence: &'c [Evidence],
    record: &'c LandingRecord,
    visited: Vec<Visited<'c>>,
}

/// The pages behind the links of a mail; none where none was visited.
pub(super) fn section(writer: &Writer, mail: &Dissection) -> Option<Section> {
    told(writer, &mail.landing, (Some(mail), &mail.evidence))
}

/// The page behind a link that was asked about without a mail.
pub(super) fn section_of_link(writer: &Writer, lookup: &Lookup) -> Option<Section> {
    told(writer, &lookup.landing, (None, &lookup.evidence))
}

fn told<'c>(
    writer: &Writer,
    records: &'c [LandingRecord],
    about: (Option<&'c Dissection>, &'c [Evidence]),
) -> Option<Section> {
    let cards = described(writer, records, about);
    (!cards.is_empty()).then(|| Section {
        id: "landing",
        title: writer.word(writer.words.sections.landing),
        blocks: vec![Block::Landings(cards)],
    })
}

/// A card for each record of a mail, in their order, up to a bound.
pub(super) fn cards(writer: &Writer, mail: &Dissection) -> Vec<LandingCard> {
    described(writer, &mail.landing, (Some(mail), &mail.evidence))
}

fn described<'c>(
    writer: &Writer,
    records: &'c [LandingRecord],
    (mail, evidence): (Option<&'c Dissection>, &'c [Evidence]),
) -> Vec<LandingCard> {
    let words = Words::of(writer.words.language);
    let telling =
        |record| Telling { writer, words, mail, evidence, record, visited: visited(evidence, record) };
    records.iter().take(CARDS).map(|record| telling(record).card()).collect()
}

fn visited<'c>(evidence: &'c [Evidence], record: &LandingRecord) -> Vec<Visited<'c>> {
    let seen = record.visits.iter().enumerate().filter_map(|(at, id)| {
        let evidence = evidence.iter().find(|known| known.id == *id)?;
        let kind = record.kinds.get(at).copied().unwrap_or(record.kind);
        match (&evidence.question, &evidence.answer) {
            (Question::Visit { profile, .. }, Answer::Found { data: Data::Visit(visit) }) => {
                Some(Visited { profile: *profile, kind, at: evidence.asked_at.as_deref(), visit })
            }
            _ => None,
        }
    });
    seen.collect()
}

/// The words of the report with what was cleaned before filled in.
fn filled(template: &str, values: &[(&str, &str)]) -> Plain {
    let mut text = template.to_owned();
    for (name, value) in values {
        text = text.replace(&format!("{{{name}}}"), value);
    }
    Plain::new(text)
}

impl Telling<'_> {
    fn card(&self) -> LandingCard {
        let shown = self.shown();
        let views = shown.iter().map(|visited| View {
            visitor: self.record.differs.then(|| self.visitor(visited)),
            picture: self.sight(visited),
            ladder: self.ladder(visited),
        });
        let mut groups = vec![FactGroup { title: self.writer.word(self.words.visits), facts: self.visits() }];
        for visited in &shown {
            let of = self.record.differs.then(|| self.words.profile(visited.profile));
            groups.extend(self.groups(visited.visit).into_iter().map(|group| titled(group, of)));
        }
        groups.retain(|group| !group.facts.is_empty());
        LandingCard {
            link: self.writer.fact(self.words.link, self.writer.code(&self.record.url)),
            kind: self.writer.word(self.words.kind(self.record.kind).title),
            tone: self.tone(),
            summary: self.summary(),
            remarks: self.remarks(),
            views: views.collect(),
            details: self.writer.word(self.words.details),
            groups,
        }
    }

    /// The mail's links that led here.
    fn links(&self) -> impl Iterator<Item = &LinkRecord> {
        let links = self.mail.map_or(&[][..], |mail| &mail.mail.links);
        self.record.links.iter().filter_map(|at| links.get(*at))
    }

    /// As whom, and what that visitor saw.
    fn visitor(&self, visited: &Visited<'_>) -> Plain {
        let title = self.words.kind(visited.kind).title;
        self.writer.word(&format!("{}: {title}", self.words.profile(visited.profile)))
    }

    /// The visits that a reader must see: each where they differ, else the one that saw most.
    fn shown(&self) -> Vec<Visited<'_>> {
        if self.record.differs {
            return self.visited.clone();
        }
        let with_page = self.visited.iter().find(|visited| visited.visit.page.is_some());
        with_page.or(self.visited.first()).copied().into_iter().collect()
    }

    /// A page that wears a brand which its host does not belong to.
    fn is_fake(&self, kind: LandingKind) -> bool {
        let dressed = self.record.brand.is_some() && !self.record.is_brands_own;
        match kind {
            LandingKind::FakeLogin => true,
            LandingKind::CredentialForm | LandingKind::PaymentForm => dressed,
            _ => false,
        }
    }

    /// A page that harms whoever trusts the mail.
    fn is_dangerous(&self, kind: LandingKind) -> bool {
        match kind {
            LandingKind::MalwareDownload => true,
            LandingKind::CredentialForm | LandingKind::PaymentForm | LandingKind::Download => {
                self.mail.is_some_and(|mail| mail.verdict.class.is_unwanted()) && !self.record.is_brands_own
            }
            _ => self.is_fake(kind),
        }
    }

    fn tone(&self) -> Tone {
        match self.record.kind {
            kind if self.is_dangerous(kind) => Tone::Bad,
            kind if is_genuine(kind) && !self.record.is_led_away => Tone::Good,
            LandingKind::CredentialForm | LandingKind::PaymentForm | LandingKind::Download => Tone::Warning,
            _ => Tone::Neutral,
        }
    }

    /// Kind, brand, what it asks for and where that goes.
    fn summary(&self) -> Plain {
        let kind = self.words.kind(self.record.kind);
        let first = match &self.record.brand {
            Some(brand) => filled(kind.worn, &[("brand", self.writer.line(&brand.name).as_str())]),
            None => self.writer.word(kind.sentence),
        };
        let asks = self.asks();
        let target = self.record.form_target.as_deref().map(|target| self.writer.line(target));
        let template = match (asks.is_empty(), target.is_some()) {
            _ if is_genuine(self.record.kind) => "",
            (false, true) => self.words.asks_and_sends,
            (false, false) => self.words.asks,
            (true, true) => self.words.sends,
            (true, false) => "",
        };
        let target = target.as_ref().map_or("", |target| host_of(target.as_str()));
        let second = filled(template, &[("asks", &asks), ("target", target)]);
        Plain::new(format!("{first}{}{second}", if second.is_empty() { "" } else { self.gap() }))
    }

    /// What it asks for as people list it.
    fn asks(&self) -> String {
        let mut asked: Vec<&str> = self.record.asks_for.iter().map(|id| self.words.asked(id)).collect();
        asked.dedup();
        match asked.split_last() {
            Some((last, [])) => (*last).to_owned(),
            Some((last, rest)) => format!("{}{}{last}", rest.join(self.writer.words.comma), self.words.and),
            None => String::new(),
        }
    }

    /// Between sentences.
    fn gap(&self) -> &'static str {
        match self.writer.words.language {
            crate::case::Language::Ja => "",
            crate::case::Language::En => " ",
        }
    }

    /// What must be said beside it.
    fn remarks(&self) -> Vec<Plain> {
        let record = self.record;
        let gone = matches!(
            record.kind,
            LandingKind::Dead
                | LandingKind::Suspended
                | LandingKind::Parked
                | LandingKind::Blocked
                | LandingKind::NotReached
        );
        let links = || self.links();
        let exact = !record.decoyed && links().any(|link| link.carries_recipient && link.url == record.url);
        let without_browser = !self.visited.is_empty()
            && self
                .visited
                .iter()
                .all(|visited| visited.visit.browser.is_none() && visited.visit.is_partial());
        let all = [
            (gone && !record.lost_to_decoys, self.words.gone),
            (record.lost_to_decoys, self.words.lost),
            (is_genuine(record.kind) && !record.is_led_away, self.words.harmless),
            (is_genuine(record.kind) && record.is_led_away, self.words.led_away),
            (record.cloaking == Some(Cloaking::Confirmed), self.words.cloaked_again),
            (record.cloaking == Some(Cloaking::Seen), self.words.cloaked),
            (record.differs && record.cloaking.is_none(), self.words.differs),
            (record.decoyed, self.words.decoyed),
            (exact, self.words.exact),
            (without_browser, self.words.without_browser),
        ];
        let known = record
            .known_login
            .as_deref()
            .map(|url| filled(self.words.known_login, &[("url", self.writer.line(url).as_str())]));
        let said = all.iter().filter(|(holds, _)| *holds).map(|(_, remark)| self.writer.word(remark));
        known.into_iter().chain(said).collect()
    }

    /// The link carries the recipient, and was opened so.
    fn may_show_recipient(&self) -> bool {
        !self.record.decoyed && self.links().any(|link| link.carries_recipient)
    }

    /// As whom, when and with what, and how it ended.
    fn visits(&self) -> Vec<Fact> {
        let evidence = self
            .record
            .visits
            .iter()
            .chain(&self.record.again)
            .filter_map(|id| self.evidence.iter().find(|known| known.id == *id));
        evidence.filter_map(|evidence| self.visit(evidence)).collect()
    }

    fn visit(&self, evidence: &Evidence) -> Option<Fact> {
        let Question::Visit { profile, .. } = &evidence.question else { return None };
        let when = evidence.asked_at.as_deref().map(moment).unwrap_or_default();
        let mut values = Vec::new();
        match &evidence.answer {
            Answer::Found { data: Data::Visit(visit) } => {
                let with = [when.as_str(), visit.browser.as_deref().unwrap_or_default()];
                let with: Vec<&str> = with.into_iter().filter(|text| !text.is_empty()).collect();
                values.push(self.writer.prose(&with.join(" · ")));
                if visit.end != VisitEnd::Shown {
                    values.push(self.writer.toned(self.words.end(visit.end), Tone::Warning));
                }
                if !visit.bounds.is_empty() {
                    let bounds = visit.bounds.iter().map(|bound| self.words.name(bound)).collect::<Vec<_>>();
                    let met = format!("{}: {}", self.words.bounds, bounds.join(self.writer.words.comma));
                    values.push(Cell { tone: Tone::Warning, ..self.writer.prose(&met) });
                }
            }
            Answer::Failed { why } | Answer::NotAsked { why } => {
                let why = format!("{}: {}", self.words.not_visited, self.writer.words.reason(why));
                values.push(Cell { tone: Tone::Warning, ..self.writer.prose(&why) });
            }
            _ => values.push(self.writer.toned(self.words.not_visited, Tone::Warning)),
        }
        Some(self.writer.facts(self.words.profile(*profile), values))
    }
}

/// What was visited, and as whom.
pub(super) fn asked(writer: &Writer, url: &str, profile: Profile) -> String {
    let words = Words::of(writer.words.language);
    [writer.words.rest.visit, words.profile(profile), url].join(" · ")
}

/// A visit that saw nothing or only a part, as whom, and why; none for another question.
pub(super) fn unseen(writer: &Writer, evidence: &Evidence) -> Option<Cell> {
    let Question::Visit { url, profile, .. } = &evidence.question else { return None };
    let words = Words::of(writer.words.language);
    let why = match &evidence.answer {
        Answer::Found { data: Data::Visit(visit) }
            if matches!(visit.end, VisitEnd::Hung | VisitEnd::HeldBack) =>
        {
            words.end(visit.end).to_owned()
        }
        Answer::Found { data: Data::Visit(visit) } if !visit.bounds.is_empty() => {
            let bounds = visit.bounds.iter().map(|bound| words.name(bound)).collect::<Vec<_>>();
            format!("{}: {}", words.bounds, bounds.join(writer.words.comma))
        }
        Answer::Failed { why } | Answer::NotAsked { why } => writer.words.reason(why),
        _ => words.without_browser.to_owned(),
    };
    Some(writer.prose(&format!("{} : {why}", asked(writer, url, *profile))))
}

/// A group that is about one of several visitors.
fn titled(group: FactGroup, of: Option<&str>) -> FactGroup {
    match of {
        Some(visitor) => FactGroup { title: Plain::new(format!("{} ({visitor})", group.title)), ..group },
        None => group,
    }
}

/// A page that its owner may vouch for; a host of a brand's where anybody can put a page is none.
const fn is_genuine(kind: LandingKind) -> bool {
    matches!(kind, LandingKind::GenuineSite | LandingKind::GenuineErrorPage)
}

/// The host of a URL; the whole where it is none.
fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or(rest);
    let host = authority.rsplit('@').next().unwrap_or(authority);
    if host.is_empty() { url } else { host }
}

#[cfg(test)]
mod tests {
    use super::host_of;

    #[test]
    fn hosts_are_found() {
        assert_eq!(host_of("https://a@shop.example.jp:8443/x?y#z"), "shop.example.jp:8443");
        assert_eq!(host_of("shop.example.jp"), "shop.example.jp");
        assert_eq!(host_of("https://"), "https://");
    }
}
