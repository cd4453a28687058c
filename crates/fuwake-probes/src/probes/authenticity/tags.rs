//! Tag lists, as DKIM, ARC and DMARC write them (RFC 6376 section 3.2).

use data_encoding::BASE64;

/// How many tags are read.
const MOST: usize = 50;

/// `name=value; name=value`, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tags(Vec<(String, String)>);

impl Tags {
    /// Reads a list; none where it is no list, or a tag stands twice.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut tags: Vec<(String, String)> = Vec::new();
        let text = text.trim_matches(is_space);
        for tag in text.strip_suffix(';').unwrap_or(text).split(';') {
            let (name, value) = tag.split_once('=')?;
            let name = name.trim_matches(is_space);
            let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            if !is_name || tags.len() == MOST || tags.iter().any(|(known, _)| known == name) {
                return None;
            }
            tags.push((name.to_owned(), value.trim_matches(is_space).to_owned()));
        }
        Some(Self(tags))
    }

    /// The first tag.
    pub(super) fn first(&self) -> Option<(&str, &str)> {
        self.0.first().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// A tag's value.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// A tag's value without any white space.
    pub(super) fn bare(&self, name: &str) -> Option<String> {
        self.get(name).map(|value| value.chars().filter(|c| !is_space(*c)).collect())
    }

    /// A tag's value as octets.
    pub(super) fn octets(&self, name: &str) -> Option<Vec<u8>> {
        BASE64.decode(self.bare(name)?.as_bytes()).ok()
    }

    /// The items of a value that colons part.
    pub(super) fn items(&self, name: &str) -> Option<Vec<String>> {
        Some(self.bare(name)?.split(':').map(str::to_ascii_lowercase).collect())
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_and_what_is_none_is_not() {
        let tags = Tags::parse(" v=1 ; a = rsa-sha256;\r\n\tb=YW\r\n Jj; ").expect("a list");
        assert_eq!(tags.first(), Some(("v", "1")));
        assert_eq!(tags.octets("b").as_deref(), Some(&b"abc"[..]));
        for text in ["", ";", "v", "v=1;;a=2", "v=1; v=2", "=1", "1a=2"] {
            assert_eq!(Tags::parse(text), None, "{text}");
        }
    }
}
