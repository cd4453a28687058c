//! What a page holds, what its form asks for, and what else a visit noticed.

use super::ladder::{domain, name_of};
use super::{Telling, host_of};
use crate::evidence::visit::{Field, Form, Page, Visit};
use crate::report::{Cell, Fact, FactGroup, Tone};

/// How many values of one kind, forms and fields are shown.
const VALUES: usize = 10;
const FORMS: usize = 4;
const FIELDS: usize = 20;
/// How much of a text is shown, in characters.
const TEXT: usize = 240;
const NAME: usize = 80;

impl Telling<'_> {
    /// Page, form and the rest.
    pub(super) fn groups(&self, visit: &Visit) -> Vec<FactGroup> {
        let words = self.words;
        let group = |title, facts| FactGroup { title: self.writer.word(title), facts };
        let mut groups = Vec::new();
        if let Some(page) = &visit.page {
            groups.push(group(words.page, self.page(page)));
            groups.push(group(words.form, self.forms(page, visit)));
        }
        groups.push(group(words.quiet, self.quiet(visit)));
        groups
    }

    fn page(&self, page: &Page) -> Vec<Fact> {
        let (words, writer) = (self.words, self.writer);
        let prose = |label, text: &str| {
            let text = self.excerpt(text, TEXT);
            (!text.is_empty()).then(|| writer.fact(label, writer.word_cell(&text)))
        };
        let mut facts: Vec<Fact> = Vec::new();
        facts.extend(writer.optional(words.url, Some(&page.url)));
        facts.extend(prose(words.title, &page.title));
        facts.extend(prose(words.text, &page.text));
        facts.extend(writer.optional(words.saved_from, page.saved_from.as_deref()));
        facts.extend(self.list(words.resources, &page.resources));
        let dead = page.dead_controls.iter().take(VALUES);
        let dead: Vec<Cell> = dead.map(|control| writer.word_cell(&self.excerpt(control, NAME))).collect();
        facts.extend((!dead.is_empty()).then(|| writer.facts(words.dead_controls, dead)));
        facts
    }

    fn forms(&self, page: &Page, visit: &Visit) -> Vec<Fact> {
        let (words, writer) = (self.words, self.writer);
        let visible = page.forms.iter().filter(|form| form.fields.iter().any(is_asked));
        let (outside, visible): (Vec<&Form>, Vec<&Form>) = visible.partition(|form| is_outside(form));
        if visible.is_empty() && outside.is_empty() {
            return vec![writer.fact(words.fields, writer.toned(words.required_nothing, Tone::Faint))];
        }
        let mut facts: Vec<Fact> =
            visible.iter().take(FORMS).flat_map(|form| self.form(form, page)).collect();
        let controls = outside.iter().flat_map(|form| &form.fields).filter(|field| is_asked(field));
        let controls: Vec<Cell> = controls.take(FIELDS).map(|field| self.field(field)).collect();
        facts.extend((!controls.is_empty()).then(|| writer.facts(words.outside, controls)));
        let probed = visit.form_probe.as_ref().map(|probe| {
            let requests = probe.requests.iter().take(VALUES).map(|request| writer.code(request)).collect();
            writer.facts(words.probed, requests)
        });
        facts.push(probed.filter(|fact| !fact.values.is_empty()).unwrap_or_else(|| {
            let untouched = writer.toned(words.untouched, Tone::Faint);
            writer.fact(words.typed, untouched)
        }));
        facts
    }

    fn form(&self, form: &Form, page: &Page) -> [Fact; 2] {
        let (words, writer) = (self.words, self.writer);
        let fields = form.fields.iter().filter(|field| is_asked(field)).take(FIELDS);
        let fields = writer.facts(words.fields, fields.map(|field| self.field(field)).collect());
        let target = match &form.action {
            Some(action) => {
                let mut cells = vec![writer.code(action)];
                if domain(action) != domain(&page.url) && !self.are_brands_own(action, &page.url) {
                    cells.push(writer.toned(words.elsewhere, Tone::Warning));
                }
                cells
            }
            None if form.by_script => vec![writer.toned(words.by_script, Tone::Warning)],
            None => vec![writer.code(host_of(&page.url))],
        };
        [fields, writer.facts(words.target, target)]
    }

    /// A field by what stands beside it, what it takes, and whether something stands in it.
    fn field(&self, field: &Field) -> Cell {
        let (words, writer) = (self.words, self.writer);
        let label = if field.label.trim().is_empty() { &field.name } else { &field.label };
        let (mut text, kind) = (self.excerpt(label, NAME), writer.line(words.name(&field.kind)));
        if text.is_empty() {
            text = kind.to_string();
        } else if text != kind.as_str() && field.kind != "text" {
            text = format!("{text} ({kind})");
        }
        if let Some(value) = field.value.as_deref().filter(|value| !value.trim().is_empty()) {
            text = format!("{text} · {}: {}", words.filled, self.excerpt(value, NAME));
        }
        let tone = if field.kind == "password" { Tone::Warning } else { Tone::Neutral };
        writer.toned(text.trim(), tone)
    }

    fn quiet(&self, visit: &Visit) -> Vec<Fact> {
        let (words, writer) = (self.words, self.writer);
        let own: Vec<&str> = visit.steps.iter().map(|step| name_of(&step.url)).collect();
        let contacts = visit.contacts.iter().filter(|contact| !own.contains(&contact.host.as_str()));
        let contacts: Vec<String> = contacts.map(|contact| contact.host.clone()).collect();
        let downloads = visit.downloads.iter().take(VALUES).map(|file| {
            let name = writer.name(&file.name);
            let url = writer.line(&file.url);
            writer.toned(&format!("{name} ({url})"), Tone::Warning)
        });
        let downloads: Vec<Cell> = downloads.collect();
        let dialogs = visit.dialogs.iter().take(VALUES);
        let dialogs: Vec<Cell> = dialogs.map(|text| writer.word_cell(&self.excerpt(text, NAME))).collect();
        let refused = visit
            .refused
            .iter()
            .take(VALUES)
            .map(|refused| writer.code(&format!("{} ({})", refused.target, words.name(&refused.why))));
        let refused: Vec<Cell> = refused.collect();
        let list = |label, cells: Vec<Cell>| (!cells.is_empty()).then(|| writer.facts(label, cells));
        let traffic = words.traffic_values.replace("{requests}", &visit.requests.to_string());
        let traffic = traffic.replace("{bytes}", &visit.bytes.to_string());
        let icon = visit.page.as_ref().and_then(|page| page.icon.as_ref());
        [
            self.list(words.contacts, &contacts),
            self.list(words.windows, &visit.windows),
            list(words.downloads, downloads),
            list(words.dialogs, dialogs),
            list(words.refused, refused),
            (!visit.cookies.is_empty()).then(|| self.joined(words.cookies, &visit.cookies)),
            icon.map(|icon| writer.fact(words.icon, writer.word_cell(&icon.mmh3.to_string()))),
            (visit.requests > 0).then(|| writer.fact(words.traffic, writer.word_cell(&traffic))),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn list(&self, label: &str, values: &[String]) -> Option<Fact> {
        let mut cells: Vec<Cell> = values.iter().take(VALUES).map(|value| self.writer.code(value)).collect();
        if values.len() > VALUES {
            cells.push(self.writer.toned(&format!("… ({})", values.len()), Tone::Faint));
        }
        (!cells.is_empty()).then(|| self.writer.facts(label, cells))
    }

    fn joined(&self, label: &str, values: &[String]) -> Fact {
        let values: Vec<&str> = values.iter().take(VALUES).map(String::as_str).collect();
        self.writer.fact(label, self.writer.code(&values.join(", ")))
    }
}

/// What stands in no form is kept as one without an action (`Page::forms`): lists for choosing and the like, where it takes no secret.
fn is_outside(form: &Form) -> bool {
    let takes = |field: &Field| matches!(field.kind.as_str(), "password" | "email" | "tel" | "text");
    form.action.is_none() && !form.by_script && !form.fields.iter().any(takes)
}

/// Whether a visitor is to fill a field.
fn is_asked(field: &Field) -> bool {
    !matches!(field.kind.as_str(), "hidden" | "submit" | "button" | "image" | "reset")
}
