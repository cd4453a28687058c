//! The sites that the mails' links lead to: nginx, at the addresses that the worlds give their hosts, over HTTP and TLS. Certificates
//! are of each host's own, by the lab's authority, which programs and the browser in the lab are told to trust.

use std::net::Ipv4Addr;
use std::path::Path;

use anyhow::{Context, bail};
use serde::Deserialize;
use time::format_description::FormatItem;
use time::macros::format_description;
use time::{Duration, OffsetDateTime};

use super::Place;
use super::server::{Server, Wait};
use super::web::openssl;
use super::world::Worlds;

/// Everything that a request tells of whoever asked.
pub(super) const LOG: &str = "sites.log";
/// Where the browser's managed policies are looked for.
const POLICIES: &str = "/etc/chromium";

/// How the authority issues.
const ISSUE: &str = "[ca]\ndefault_ca=lab\n[lab]\ndatabase=issued\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\nunique_subject=no\npolicy=any\n\
                     [any]\norganizationName=optional\ncommonName=optional\n";

/// A host with pages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Site {
    /// Its name; some domain of the worlds gives its address.
    pub(super) host: String,
    /// How many days ago its certificate was issued.
    #[serde(default = "lately")]
    certified: i64,
    #[serde(rename = "page")]
    pages: Vec<Page>,
}

/// What stands at a path.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    /// As nginx reads it: `/` is everything that has no page of its own, `= /a` this path alone.
    path: String,
    /// A file of `lab/pages`.
    file: Option<String>,
    /// The page itself.
    html: Option<String>,
    /// 302 (RFC 9110 section 15.4.3) to this address.
    redirect: Option<String>,
    /// Shown to Android's browser that asks for Japanese first; everybody else sees the other file of `lab/pages`.
    only_japanese_mobile: Option<String>,
    /// Another status than 200.
    status: Option<u16>,
}

const fn lately() -> i64 {
    3
}

/// Issues the certificates, writes the pages and serves them; the lab's authority stands already.
pub(super) fn stand(place: &Place, worlds: &Worlds) -> anyhow::Result<Option<Server>> {
    place.write(LOG, "")?;
    place.write("issued", "")?;
    place.write("serial", "1000\n")?;
    place.write("issue.conf", ISSUE)?;
    for site in &worlds.sites {
        certificate(place, site)?;
        for (number, page) in site.pages.iter().enumerate() {
            let content = match (&page.file, &page.html) {
                (Some(file), None) => file_of(file)?,
                (None, Some(html)) => {
                    format!("<!DOCTYPE html>\n<html lang=\"ja\"><meta charset=\"utf-8\">{html}\n")
                        .into_bytes()
                }
                (None, None) => continue,
                _ => bail!("{}{}: a file or a page, not both", site.host, page.path),
            };
            place.write(&format!("sites/{}/{number}.html", site.host), content)?;
            if let Some(other) = &page.only_japanese_mobile {
                place.write(&format!("sites/{}/{number}-other.html", site.host), file_of(other)?)?;
            }
        }
    }
    trust(place)?;
    server(place, worlds)
}

fn file_of(name: &str) -> anyhow::Result<Vec<u8>> {
    let file = crate::root().join("lab/pages").join(name);
    std::fs::read(&file).with_context(|| format!("cannot read {}", file.display()))
}

fn server(place: &Place, worlds: &Worlds) -> anyhow::Result<Option<Server>> {
    let Some(first) = worlds.sites.first() else { return Ok(None) };
    let mut servers = String::new();
    for site in &worlds.sites {
        servers += &block(place, site, address(worlds, &site.host)?);
    }
    let scratch = place.scratch.display();
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let temporary: String =
        temporary.iter().map(|kind| format!("  {kind}_temp_path {scratch}/sites-{kind};\n")).collect();
    let config = format!(
        "worker_processes 1;\ndaemon off;\nmaster_process off;\npid {scratch}/sites.pid;\nerror_log stderr;\n\
         events {{ worker_connections 1024; }}\nhttp {{\n  \
         log_format all '$remote_addr $host $request_method $request_uri $status \"$http_referer\" \"$http_user_agent\" \"$http_cookie\" \
         \"$request_body\"';\n  access_log {scratch}/{LOG} all;\n  server_tokens off;\n{temporary}  \
         server_names_hash_bucket_size 256;\n  default_type text/html;\n  charset utf-8;\n  \
         map $http_user_agent,$http_accept_language $other {{\n    default -other;\n    \"~*android.*mobile.*,ja\" \"\";\n  }}\n{servers}}}\n"
    );
    let config = place.write("sites.conf", config)?;
    let error_log = place.file("sites.err");
    let arguments = ["-e", &error_log.to_string_lossy(), "-c", &config.to_string_lossy()];
    let up = Wait::Port(address(worlds, &first.host)?, 443);
    Server::start(place, "sites", "nginx", &arguments, up).map(Some)
}

fn block(place: &Place, site: &Site, ip: Ipv4Addr) -> String {
    let (scratch, host) = (place.scratch.display(), &site.host);
    let location = |(number, page): (usize, &Page)| {
        let other = if page.only_japanese_mobile.is_some() { "$other" } else { "" };
        let serve = match &page.redirect {
            Some(target) => format!("return 302 {target};"),
            None => format!("rewrite ^ /{number}{other}.html break;"),
        };
        let status = page.status.map_or_else(String::new, |status| {
            format!(
                "    error_page {status} /{number}.html;\n    location = /{number}.html {{ internal; }}\n"
            )
        });
        let serve = page.status.map_or(serve, |status| format!("return {status};"));
        format!("{status}    location {} {{ {serve} }}\n", page.path)
    };
    let locations: String = site.pages.iter().enumerate().map(location).collect();
    format!(
        "  server {{\n    listen {ip}:80;\n    listen {ip}:443 ssl http2;\n    server_name {host};\n    root {scratch}/sites/{host};\n    \
         ssl_certificate {scratch}/{host}.crt;\n    ssl_certificate_key {scratch}/server.key;\n{locations}  }}\n"
    )
}

/// The address that the worlds give a host.
pub(super) fn address(worlds: &Worlds, host: &str) -> anyhow::Result<Ipv4Addr> {
    let of_domain = |domain: &super::world::Domain| {
        let label = match host.strip_suffix(domain.name.as_str())? {
            "" => "@",
            label => label.strip_suffix('.')?,
        };
        domain.records.iter().find_map(|record| match *record.split_whitespace().collect::<Vec<_>>() {
            [owner, "A", ip] if owner == label => ip.parse().ok(),
            _ => None,
        })
    };
    worlds.domains.iter().find_map(of_domain).with_context(|| format!("no world has an address for {host}"))
}

/// A certificate for one host (RFC 5280), issued some days ago for ninety, or for a year where that is long ago.
fn certificate(place: &Place, site: &Site) -> anyhow::Result<()> {
    const ASN1: &[FormatItem<'_>] = format_description!("[year][month][day][hour][minute][second]Z");
    let host = &site.host;
    let from = OffsetDateTime::now_utc() - Duration::days(site.certified);
    let until = from + Duration::days(if site.certified < 60 { 90 } else { 365 });
    place.write("sites.ext", format!("subjectAltName=DNS:{host}\nextendedKeyUsage=serverAuth\n"))?;
    let subject = if host.len() <= 64 { format!("/CN={host}") } else { "/O=Lab".to_owned() };
    openssl(
        place,
        &format!(
            "ca -batch -notext -config issue.conf -cert ca.crt -keyfile ca.key -in server.csr -extfile sites.ext \
             -startdate {} -enddate {} -subj {subject} -out {host}.crt",
            from.format(&ASN1)?,
            until.format(&ASN1)?,
        ),
    )
}

/// Tells the browser to trust the lab's authority, as an administrator does: by a policy, seen in the lab alone.
fn trust(place: &Place) -> anyhow::Result<()> {
    openssl(place, "x509 -in ca.crt -outform der -out ca.der")?;
    let authority = data_encoding::BASE64.encode(&std::fs::read(place.file("ca.der"))?);
    let policy = serde_json::json!({ "CACertificates": [authority] });
    let is_mounted = place.file("chromium").exists();
    place.write("chromium/policies/managed/lab.json", policy.to_string())?;
    if is_mounted || !Path::new(POLICIES).is_dir() {
        return Ok(());
    }
    super::namespace::run("mount", &["--bind", &place.file("chromium").to_string_lossy(), POLICIES])
}
