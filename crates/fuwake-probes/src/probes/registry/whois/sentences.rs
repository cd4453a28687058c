//! The sentences by which registries say that there is none, or that they were asked too much.

/// What a registry's server says of a domain that is not registered: how a line begins, lower case. A server that is not listed here
/// is not believed: any sentence may be its way to say that it is closed, broken or asked wrongly. `whois.nic.` stands for the
/// servers of all top-level domains that follow ICANN's naming.
const NOT_REGISTERED: [(&str, &[&str]); 42] = [
    ("whois.jprs.jp", &["no match!!"]),
    ("whois.verisign-grs.com", &["no match for"]),
    ("whois.cnnic.cn", &["no matching record"]),
    (
        "whois.kr",
        &[
            "the requested domain was not found",
            "상기 도메인이름은 등록되어 있지 않습니다",
            "above domain name is not registered",
        ],
    ),
    ("whois.twnic.net.tw", &["no found"]),
    ("whois.hkirc.hk", &["the domain has not been registered"]),
    ("whois.denic.de", &["status: free"]),
    ("whois.nic.uk", &["no match for", "this domain name has not been registered"]),
    ("whois.tcinet.ru", &["no entries found for the selected source"]),
    ("whois.nic.ru", &["no entries found for the selected source"]),
    ("whois.dns.pl", &["no information available about domain name"]),
    ("whois.nic.it", &["status: available"]),
    ("whois.domain-registry.nl", &["status: free"]),
    ("whois.dns.be", &["status: available"]),
    ("whois.eu", &["status: available"]),
    ("whois.nic.ch", &["we do not have an entry in our database"]),
    ("whois.nic.at", &["% nothing found"]),
    ("whois.norid.no", &["% no match"]),
    ("whois.fi", &["domain not found"]),
    ("whois.punktum.dk", &["no entries found for the selected source"]),
    ("whois.nic.cz", &["%error:101: no entries found"]),
    ("whois.sk-nic.sk", &["domain not found"]),
    ("whois.nic.fr", &["% no entries found", "%% not found", "%% no entries found"]),
    ("whois.registro.br", &["% no match for"]),
    ("whois.nic.ar", &["el dominio no se encuentra registrado"]),
    ("whois.nic.cl", &["no entries found"]),
    ("whois.mx", &["no_se_encontro_el_objeto", "object_not_found"]),
    ("whois.auda.org.au", &["no data found", "not found"]),
    ("whois.irs.net.nz", &["query_status: 220 available"]),
    ("whois.cira.ca", &["not found:"]),
    ("whois.registry.in", &["no data found", "domain not found"]),
    ("whois.vnnic.vn", &["no match"]),
    ("whois.thnic.co.th", &["% no match for"]),
    ("whois.pandi.or.id", &["domain not found"]),
    ("whois.dot.ph", &["domain is available"]),
    ("whois.isoc.org.il", &["% no data was found to match the request criteria"]),
    ("whois.tonic.to", &["no match for"]),
    ("whois.nic.tv", &["no match for", "no data found"]),
    ("whois.nic.cc", &["no match for", "no data found"]),
    ("whois.nic.me", &["domain not found", "not found"]),
    ("whois.nic.io", &["domain not found", "not found"]),
    (
        "whois.nic.",
        &[
            "no data found",
            "domain not found",
            "the queried object does not exist",
            "no object found",
            "no match for",
            "not found:",
        ],
    ),
];

/// What servers say to who asks too much, anywhere in a line, lower case.
const TOO_MUCH: [&str; 20] = [
    "rate limit",
    "rate-limit",
    "ratelimit",
    "limit exceeded",
    "quota exceeded",
    "queries exceeded",
    "exceeded the maximum",
    "exceeded your",
    "exceeded maximum",
    "too many requests",
    "too many queries",
    "too many connections",
    "queried interval is too short",
    "try again later",
    "%error:201:",
    "temporarily blocked",
    "requests per client per time interval",
    "allowed queries",
    "query rate",
    "excessive querying",
];

/// How many lines and how much of each are looked at.
const LINES: usize = 400;
const LONG: usize = 300;

/// Whether the registry's server says that the domain is not registered.
pub(super) fn says_not_registered(answer: &str, server: &str) -> bool {
    let known = NOT_REGISTERED
        .iter()
        .find(|(name, _)| server == *name || name.ends_with('.') && server.starts_with(name));
    let Some((_, sentences)) = known else { return false };
    lines(answer).any(|line| sentences.iter().any(|sentence| line.starts_with(sentence)))
}

/// Whether the server says that it was asked too much.
pub(super) fn says_too_much(answer: &str) -> bool {
    lines(answer).any(|line| TOO_MUCH.iter().any(|phrase| line.contains(phrase)))
}

/// The lines in lower case with single spaces.
fn lines(answer: &str) -> impl Iterator<Item = String> {
    let whole = answer.lines().take(LINES).map(|line| {
        let cut: String = line.chars().take(LONG).collect();
        cut.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
    });
    whole.filter(|line| !line.is_empty())
}
