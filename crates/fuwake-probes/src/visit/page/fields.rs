//! Forms and their fields, and controls that do nothing.

use std::collections::BTreeMap;

use fuwake_core::evidence::visit::{Field, Form};
use fuwake_core::mail::html::tree::Element;

use crate::visit::steps::{ADDRESS, cut};

use super::reading::Reading;
use super::{FORMS, LINE};

/// Fields of a form that are kept.
const FIELDS: usize = 60;
/// Fields and controls of a page that are looked at.
const LOOKED_AT: usize = 400;
/// Controls that do nothing that are told.
const DEAD: usize = 20;

/// Whether there is more of them than is kept.
pub(super) fn are_too_many(reading: &Reading<'_>) -> bool {
    let mut by_form = BTreeMap::<_, usize>::new();
    owned(reading).for_each(|(.., owner)| *by_form.entry(owner).or_default() += 1);
    by_form.values().any(|fields| *fields > FIELDS)
        || fields(reading).nth(LOOKED_AT).is_some()
        || reading.elements("form").nth(FORMS).is_some()
}

/// The forms, in order.
pub(super) fn forms(reading: &Reading<'_>) -> Vec<Form> {
    let all: Vec<(u32, &Element)> = reading.elements("form").take(FORMS).collect();
    let fields: Vec<(u32, &Element, Option<u32>)> = owned(reading).collect();
    let form = |(node, form): &(u32, &Element)| {
        let inside = fields.iter().filter(|(.., owner)| *owner == Some(*node));
        let action = form.attribute("action").map(str::trim).filter(|action| !action.is_empty());
        let script = action.is_some_and(|action| action.to_ascii_lowercase().starts_with("javascript:"));
        Form {
            action: action
                .filter(|_| !script)
                .and_then(|action| reading.resolve(action))
                .map(|url| cut(url.as_str(), ADDRESS)),
            method: method(form),
            by_script: script || form.attribute("onsubmit").is_some(),
            fields: inside.take(FIELDS).map(|(node, element, _)| field(reading, *node, element)).collect(),
        }
    };
    all.iter().map(form).collect()
}

/// The fields that stand in no form: a script must take what is entered there, or nobody does.
pub(super) fn loose(reading: &Reading<'_>, by_script: bool) -> Option<Form> {
    let outside = owned(reading).filter(|(.., owner)| owner.is_none());
    let fields: Vec<Field> =
        outside.take(FIELDS).map(|(node, element, _)| field(reading, node, element)).collect();
    (!fields.is_empty()).then(|| Form { action: None, method: "get".to_owned(), by_script, fields })
}

/// Lists and buttons of a page without any script that stand in no form, or that a form does not send.
pub(super) fn dead_controls(reading: &Reading<'_>) -> Vec<String> {
    if reading.has_scripts() {
        return Vec::new();
    }
    let is_control = |element: &Element| matches!(&*element.name.local, "select" | "button");
    let controls = reading.all().filter(|(_, element)| is_control(element)).take(LOOKED_AT);
    let dead = controls.filter(|(node, element)| match &*element.name.local {
        "select" => owner(reading, *node, element).is_none() || element.attribute("name").is_none(),
        "button" => {
            let kind = element.attribute("type").unwrap_or_default();
            kind.eq_ignore_ascii_case("button") || owner(reading, *node, element).is_none()
        }
        _ => false,
    });
    dead.take(DEAD).map(|(node, element)| name_of(reading, node, element)).collect()
}

fn name_of(reading: &Reading<'_>, node: u32, element: &Element) -> String {
    let label = label(reading, node, element);
    let inner = if &*element.name.local == "button" { reading.text_in(node) } else { String::new() };
    let named = ["name", "id"].iter().find_map(|name| element.attribute(name));
    [label, inner]
        .into_iter()
        .find(|text| !text.is_empty())
        .unwrap_or_else(|| named.unwrap_or_default().to_owned())
}

fn method(form: &Element) -> String {
    let method = form.attribute("method").unwrap_or("get").trim().to_ascii_lowercase();
    if method == "post" { method } else { "get".to_owned() }
}

/// What can be filled in: buttons are none.
fn fields<'r>(reading: &'r Reading<'_>) -> impl Iterator<Item = (u32, &'r Element)> {
    reading.all().filter(|(_, element)| match &*element.name.local {
        "select" | "textarea" => true,
        "input" => !matches!(&*kind(element), "submit" | "button" | "image" | "reset"),
        _ => false,
    })
}

/// The fields that are looked at, each with its form.
fn owned<'r>(reading: &'r Reading<'_>) -> impl Iterator<Item = (u32, &'r Element, Option<u32>)> {
    fields(reading).take(LOOKED_AT).map(|(node, element)| (node, element, owner(reading, node, element)))
}

/// The form that a field belongs to: named by `form`, else around it.
fn owner(reading: &Reading<'_>, node: u32, element: &Element) -> Option<u32> {
    if let Some(id) = element.attribute("form") {
        return reading.form_of_id(id);
    }
    reading.around(node).find(|(_, outer)| &*outer.name.local == "form").map(|(node, _)| node)
}

fn kind(element: &Element) -> String {
    match &*element.name.local {
        "input" => element
            .attribute("type")
            .map_or("text".to_owned(), |kind| cut(&kind.trim().to_ascii_lowercase(), 30)),
        other => other.to_owned(),
    }
}

fn field(reading: &Reading<'_>, node: u32, element: &Element) -> Field {
    let named =
        ["name", "id"].iter().find_map(|name| element.attribute(name).filter(|name| !name.is_empty()));
    let filled = |name| element.attribute(name).map(str::trim).filter(|text: &&str| !text.is_empty());
    Field {
        kind: kind(element),
        name: cut(named.unwrap_or_default(), LINE),
        label: label(reading, node, element),
        autocomplete: filled("autocomplete").map(|text| cut(&text.to_ascii_lowercase(), LINE)),
        value: filled("value").map(|text| cut(text, LINE)),
    }
}

/// What stands beside a field or in it: its label, its place holder, else the words before it.
fn label(reading: &Reading<'_>, node: u32, element: &Element) -> String {
    let named = element.attribute("id").and_then(|id| reading.label_for(id));
    let around =
        || reading.around(node).find(|(_, outer)| &*outer.name.local == "label").map(|(node, _)| node);
    let label = named.or_else(around).map(|label| reading.text_in(label)).unwrap_or_default();
    let inside = ["aria-label", "placeholder", "title"].iter().find_map(|name| element.attribute(name));
    let inside = inside.unwrap_or_default().trim();
    let words = match (label.is_empty(), inside.is_empty()) {
        (false, false) if label != inside => format!("{label} / {inside}"),
        (true, false) => inside.to_owned(),
        (true, true) if kind(element) != "hidden" => before(reading, node),
        _ => label,
    };
    cut(&words, LINE)
}

/// The last words before a field, up to the field before it.
fn before(reading: &Reading<'_>, node: u32) -> String {
    for other in reading.order.before(node).take(12) {
        if reading
            .element(other)
            .is_some_and(|element| matches!(&*element.name.local, "input" | "select" | "textarea"))
        {
            break;
        }
        let words = reading.own_text(other);
        if !words.is_empty() {
            return cut(&words, 80);
        }
    }
    String::new()
}
