//! An answer as keys and values. Registries write `key: value`, `[Key] value`, `a. [Key] value`, or a key with its values indented
//! below it.

/// How many lines of an answer are read.
const LINES: usize = 4_000;
/// How long a key may be, in characters.
const LONG: usize = 60;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field<'a> {
    /// Lower case, as the registry words it.
    pub(super) key: String,
    /// Trimmed, not empty.
    pub(super) value: &'a str,
    /// The heading that it is indented below; empty where there is none.
    pub(super) section: String,
    /// Which paragraph it stands in.
    pub(super) paragraph: usize,
}

/// All fields of an answer in their order.
#[derive(Debug)]
pub(super) struct Fields<'a>(Vec<Field<'a>>);

#[derive(Default)]
struct Reader<'a> {
    fields: Vec<Field<'a>>,
    paragraph: usize,
    /// The heading, and how deep it stands.
    heading: Option<(String, usize)>,
}

impl<'a> Fields<'a> {
    /// Reads an answer. Comments (`%`, `#`) and what has no key are passed over.
    pub(super) fn read(answer: &'a str) -> Self {
        let mut reader = Reader::default();
        for line in answer.lines().take(LINES) {
            reader.line(line);
        }
        Self(reader.fields)
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All, in their order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Field<'a>> {
        self.0.iter()
    }

    /// The first value of the first of these keys that has one; `section key` names a key below a heading.
    pub(super) fn first(&self, keys: &[&str]) -> Option<&'a str> {
        keys.iter().find_map(|key| self.all(key).next())
    }

    /// The values of a key.
    pub(super) fn all<'s>(&'s self, key: &'s str) -> impl Iterator<Item = &'a str> + 's {
        self.0.iter().filter(move |field| field.is(key)).map(|field| field.value)
    }

    /// The fields of each paragraph.
    pub(super) fn paragraphs(&self) -> impl Iterator<Item = &[Field<'a>]> {
        self.0.chunk_by(|a, b| a.paragraph == b.paragraph)
    }
}

impl Field<'_> {
    /// Whether it is a key of its own, or the rest of `section key`.
    fn is(&self, key: &str) -> bool {
        if self.section.is_empty() {
            return self.key == key;
        }
        let own = key.strip_prefix(self.section.as_str()).and_then(|rest| rest.strip_prefix(' '));
        own.map_or_else(|| self.key == key && !is_person(&self.section), |own| self.key == own)
    }
}

/// Headings of people and firms, below whom `name`, `organization` and `country` say nothing of the domain's holder.
fn is_person(section: &str) -> bool {
    ["contact", "admin", "technical", "billing", "registrar", "registrant"]
        .iter()
        .any(|who| section.contains(who))
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: &'a str) {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            self.paragraph += 1;
            self.heading = None;
            return;
        }
        if trimmed.starts_with(['%', '#']) || trimmed.starts_with(">>>") {
            return;
        }
        let depth = line.chars().take_while(|c| c.is_whitespace()).count();
        if self.heading.as_ref().is_some_and(|(_, above)| depth <= *above) {
            self.heading = None;
        }
        match split(trimmed) {
            Some((key, "")) => self.heading = Some((key, depth)),
            Some((key, value)) => self.add(key, value),
            None => self.without_key(trimmed, depth),
        }
    }

    fn without_key(&mut self, trimmed: &'a str, depth: usize) {
        match &self.heading {
            Some((heading, _)) => {
                let key = heading.clone();
                let field = Field { key, value: trimmed, section: String::new(), paragraph: self.paragraph };
                self.fields.push(field);
            }
            None if trimmed.chars().count() <= LONG => self.heading = Some((trimmed.to_lowercase(), depth)),
            None => {}
        }
    }

    fn add(&mut self, key: String, value: &'a str) {
        let section = self.heading.as_ref().map(|(heading, _)| heading.clone()).unwrap_or_default();
        self.fields.push(Field { key, value, section, paragraph: self.paragraph });
    }
}

/// The key in lower case and the value of a line.
fn split(line: &str) -> Option<(String, &str)> {
    bracketed(line).or_else(|| on_date(line)).or_else(|| colon(line))
}

/// `[Key] value`, `a. [Key] value`.
fn bracketed(line: &str) -> Option<(String, &str)> {
    let (before, rest) = line.split_once('[')?;
    let (key, value) = rest.split_once(']')?;
    let is_letter = before.is_empty() || before.trim_end().len() == 2 && before.trim_end().ends_with('.');
    let key = key.trim();
    (is_letter && is_key(key)).then(|| (key.to_lowercase(), value.trim()))
}

/// `Record created on 2001-03-26 (YYYY-MM-DD)`.
fn on_date(line: &str) -> Option<(String, &str)> {
    let (key, value) = line.split_once(" on ")?;
    let is_one = key.starts_with("Record ") && value.starts_with(|c: char| c.is_ascii_digit());
    is_one.then(|| (format!("{} on", key.to_lowercase()), value.trim()))
}

/// `key: value`, `key......: value`.
fn colon(line: &str) -> Option<(String, &str)> {
    let (key, value) = line.split_once(':').or_else(|| line.split_once('：'))?;
    let key = key.trim_start_matches('*').trim_end_matches(['.', ' ', '\t', '\u{3000}']).trim();
    let is_address = value.starts_with("//");
    (is_key(key) && !is_address).then(|| (key.to_lowercase(), value.trim()))
}

fn is_key(key: &str) -> bool {
    !key.is_empty() && key.chars().count() <= LONG
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_forms() {
        let answer = "% a comment: none\nDomain Name: EXAMPLE.COM\nFoo.......: bar\na. [Domain Name]   EXAMPLE.CO.JP\n[Created on]  2001/03/26\n\n    Registrar:\n        Example Ltd\n        URL: https://example.com\n\nRegistrant\n  Organization:  Example\nNameservers\n  ns1.example.com\n  ns2.example.com\nRecord created on 2001-03-26 (YYYY-MM-DD)\nhttps://example.com\n";
        let fields = Fields::read(answer);
        assert_eq!(fields.all("domain name").collect::<Vec<_>>(), ["EXAMPLE.COM", "EXAMPLE.CO.JP"]);
        assert_eq!(fields.first(&["foo"]), Some("bar"));
        assert_eq!(fields.first(&["created on"]), Some("2001/03/26"));
        assert_eq!(fields.first(&["registrar"]), Some("Example Ltd"));
        assert_eq!(fields.first(&["registrant organization"]), Some("Example"));
        assert_eq!(fields.first(&["organization"]), None);
        assert_eq!(fields.all("nameservers").collect::<Vec<_>>(), ["ns1.example.com", "ns2.example.com"]);
        assert_eq!(fields.first(&["record created on"]), Some("2001-03-26 (YYYY-MM-DD)"));
        assert_eq!(fields.first(&["a comment"]), None);
        assert_eq!(fields.first(&["https"]), None);
    }
}
