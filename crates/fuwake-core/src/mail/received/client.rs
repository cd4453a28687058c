//! What the writing server says of its client: the comments between `from` and `by`.

use std::net::IpAddr;

/// The client as the comments of a trace line describe it.
#[derive(Debug, Default)]
pub(super) struct Client<'a> {
    /// The observed address; the first comment that holds one counts, since a later one may quote the client.
    pub(super) ip: Option<IpAddr>,
    /// The reverse name beside the address.
    pub(super) reverse_dns: Option<&'a str>,
    /// The address stands first in its comment, with no name: Exim's `([192.0.2.1] helo=x)`.
    pub(super) address_first: bool,
    /// HELO where a comment names it.
    pub(super) helo: Option<&'a str>,
    /// `may be forged`.
    pub(super) unconfirmed: bool,
    /// The user that logged in.
    pub(super) user: Option<&'a str>,
    /// Whether anybody logged in.
    pub(super) authenticated: bool,
    /// A comment that holds a host name alone, before the one that holds the address.
    lone_name: Option<&'a str>,
}

impl<'a> Client<'a> {
    /// Reads one comment that stands between `from` and `by`.
    pub(super) fn read(&mut self, comment: &'a str) {
        self.read_login(comment);
        let mut peer = Peer::default();
        let mut words = words(comment);
        while let Some(word) = words.next() {
            let key = word.trim_start_matches('"');
            if key.eq_ignore_ascii_case("helo") || key.eq_ignore_ascii_case("ehlo") {
                self.helo = self.helo.or(words.next().map(trim_helo));
            } else if let Some(helo) = strip_key(key, "helo=").or_else(|| strip_key(key, "ehlo=")) {
                self.helo = self.helo.or(Some(trim_helo(helo)));
            } else if key.eq_ignore_ascii_case("forged") {
                self.unconfirmed = true;
            } else if starts_quotation(key) {
                break;
            } else {
                peer.take(word);
            }
        }
        if self.ip.is_none() {
            self.adopt(&peer);
        }
    }

    fn adopt(&mut self, peer: &Peer<'a>) {
        if peer.ip.is_none() {
            let lone = peer.previous.filter(|name| peer.words == 1 && name.contains('.'));
            self.lone_name = self.lone_name.or(lone.and_then(host_name));
            return;
        }
        (self.ip, self.address_first) = (peer.ip, peer.first);
        self.reverse_dns = peer.name.or(self.lone_name);
        if let Some(user) = peer.user {
            (self.user, self.authenticated) = (self.user.or(Some(user)), true);
        }
    }

    /// Reads what any comment of the line says of a login.
    pub(super) fn read_login(&mut self, comment: &'a str) {
        let mut before = "";
        let mut words = words(comment);
        while let Some(word) = words.next() {
            let key = word.trim_end_matches([':', ',', ';']);
            if key.trim_start_matches('"').eq_ignore_ascii_case("helo")
                || key.trim_start_matches('"').eq_ignore_ascii_case("ehlo")
            {
                words.next(); // What the client said is no word of the server.
            } else if key.eq_ignore_ascii_case("authenticated") && !before.eq_ignore_ascii_case("not") {
                self.authenticated = true;
                self.user = self.user.or_else(|| user_after(&mut words));
            } else if word.eq_ignore_ascii_case("auth:") {
                self.authenticated = true;
                self.user = self.user.or_else(|| words.by_ref().take(2).last());
            } else if key.eq_ignore_ascii_case("account") {
                self.authenticated = true;
                self.user = self.user.or_else(|| words.next());
            }
            before = word;
        }
    }
}

fn words(comment: &str) -> impl Iterator<Item = &str> {
    comment.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',')).filter(|word| !word.is_empty())
}

/// `sender: x`, `user x`, `as x`, `id=x` behind `authenticated`.
fn user_after<'a>(words: &mut impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word = words.next()?;
    if let Some(user) = strip_key(word, "id=").or_else(|| strip_key(word, "user=")) {
        return Some(user);
    }
    let key = word.trim_end_matches(':');
    let leads = ["sender", "user", "as", "id"].iter().any(|lead| key.eq_ignore_ascii_case(lead));
    if leads { words.next() } else { None }
}

/// Words behind which only the client's own words stand.
fn starts_quotation(key: &str) -> bool {
    ["envelope-", "sender:", "ident:", "using"]
        .iter()
        .any(|start| strip_key(key, start).is_some() && !key.contains('@'))
}

fn strip_key<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.get(..key.len()).filter(|start| start.eq_ignore_ascii_case(key))?;
    text.get(key.len()..)
}

/// qmail writes `?name?` for a HELO with odd characters.
fn trim_helo(helo: &str) -> &str {
    helo.trim_matches(['?', '"', ',', ';'])
}

/// Name and address that a comment gives; the last address in it counts, since an ident answer stands before it.
#[derive(Default)]
struct Peer<'a> {
    ip: Option<IpAddr>,
    name: Option<&'a str>,
    user: Option<&'a str>,
    first: bool,
    previous: Option<&'a str>,
    words: usize,
}

impl<'a> Peer<'a> {
    fn take(&mut self, word: &'a str) {
        self.words += 1;
        let found = bracketed(word).or_else(|| bare(word));
        let Some((before, ip)) = found else {
            self.previous = Some(word);
            return;
        };
        // `user@domain@address` is a login that qmail recorded, `user@address` only an ident answer.
        let owner = before.strip_suffix('@');
        self.user = owner.filter(|owner| owner.contains('@'));
        self.first = self.previous.is_none() && before.is_empty();
        let name = match owner {
            Some(_) => None,
            None if before.is_empty() => self.previous,
            None => Some(before),
        };
        (self.ip, self.name) = (Some(ip), name.and_then(host_name));
    }
}

/// `before[address]`, with a port behind or not.
fn bracketed(word: &str) -> Option<(&str, IpAddr)> {
    let (before, rest) = word.split_once('[')?;
    let (inner, after) = rest.split_once(']').unwrap_or((rest, ""));
    let ends = after.is_empty() || after.starts_with([':', ';']);
    Some((before, address(inner).filter(|_| ends)?))
}

/// `address`, `user@address`.
fn bare(word: &str) -> Option<(&str, IpAddr)> {
    if let Some(ip) = address(word) {
        return Some(("", ip));
    }
    let (_, last) = word.rsplit_once('@')?;
    Some((word.strip_suffix(last)?, address(last)?))
}

/// The name without an ident answer and the final dot; none where the server wrote that it knows none.
pub(super) fn host_name(word: &str) -> Option<&str> {
    let name = word.rsplit_once('@').map_or(word, |(_, host)| host);
    let name = name.trim_end_matches(['.', ',', ';']);
    let says_nothing = ["unknown", "unverified", "may", "verified", "helo", "invalid"]
        .iter()
        .any(|nothing| name.eq_ignore_ascii_case(nothing));
    let known = name.contains(char::is_alphanumeric)
        && !says_nothing
        && !name.contains('=')
        && address(name).is_none();
    known.then_some(name)
}

/// An address as trace lines write it: `192.0.2.1`, `192.0.2.1:25`, `IPv6:2001:db8::1`, `::ffff:192.0.2.1`, `fe80::1%4`.
/// Mapped addresses become IPv4.
pub(super) fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim_matches(['[', ']', '"']);
    let text = strip_key(text, "ipv6:").unwrap_or(text);
    let text = text.split('%').next()?;
    // Version numbers such as 8.13.1 have three parts; four parts without brackets are for the caller to weigh.
    if !text.starts_with(|c: char| c.is_ascii_hexdigit() || c == ':') || text.len() > 45 {
        return None;
    }
    let parsed = text.parse::<IpAddr>().ok().or_else(|| {
        let (host, port) = text.rsplit_once(':')?;
        port.bytes().all(|byte| byte.is_ascii_digit()).then(|| host.parse().ok().map(IpAddr::V4))?
    });
    parsed.map(|ip| ip.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_peer_is_never_what_the_client_said() {
        let mut client = Client::default();
        client.read("[192.0.2.1] helo=[198.51.100.9]");
        client.read("Authenticated sender: [198.51.100.8]");
        assert_eq!(client.ip, address("192.0.2.1"));
        let mut client = Client::default();
        client.read("[198.51.100.9]@host.example.jp [192.0.2.1] (may be forged)");
        assert_eq!((client.ip, client.reverse_dns), (address("192.0.2.1"), Some("host.example.jp")));
        assert!(client.unconfirmed);
    }
}
