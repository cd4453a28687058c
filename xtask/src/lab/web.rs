//! nginx: the registries' RDAP servers and IANA's lists, over TLS by an authority of the lab's own.

use std::collections::BTreeSet;
use std::fs::File;
use std::net::Ipv4Addr;
use std::process::Command;
use std::time::Duration;

use anyhow::ensure;

use super::server::{Server, Wait};
use super::world::Worlds;
use super::{Place, rdap, relay};

/// Where all web servers stand.
pub(super) const ADDRESS: Ipv4Addr = Ipv4Addr::new(29, 18, 0, 80);

/// Issues the certificate and writes what is served.
pub(super) fn furnish(place: &Place, worlds: &Worlds) -> anyhow::Result<()> {
    for object in rdap::objects(worlds) {
        if let Some(content) = &object.content {
            place.write(&format!("web/{}", object.place), serde_json::to_vec_pretty(content)?)?;
        }
    }
    place.write("web/another", serde_json::to_vec(&rdap::another())?)?;
    File::create(place.file("web/endless"))?.set_len(4 << 30)?;
    place.write("web/missing", serde_json::to_vec(&rdap::missing())?)?;
    certificate(place, &worlds.web_hosts())
}

/// How the servers behave where not well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Each answer after a tenth of a second.
    Late,
    /// Each answer after two tenths of a second.
    Later,
    /// Each answer after a minute.
    Slow,
    /// 503.
    Unavailable,
    /// 429 (RFC 6585 section 4).
    Limited,
    /// 200 with half an object.
    BadJson,
    /// 200 with an object about something else.
    Another,
    /// Redirects that lead back.
    Loop,
    /// A body of gigabytes.
    Endless,
}

impl Trouble {
    /// How long the door before the files stays shut.
    fn wait(self) -> Option<Duration> {
        match self {
            Self::Late => Some(Duration::from_millis(100)),
            Self::Later => Some(Duration::from_millis(200)),
            Self::Slow => Some(Duration::from_secs(60)),
            _ => None,
        }
    }

    /// The inside of nginx's `location /`.
    fn location(self) -> String {
        match self {
            Self::Late | Self::Later | Self::Slow => format!(
                "proxy_pass http://127.0.0.1:{DOOR}; proxy_set_header Host $host; proxy_read_timeout 120s;"
            ),
            Self::Unavailable => "return 503;".to_owned(),
            Self::Limited => "return 429;".to_owned(),
            Self::BadJson => r#"return 200 '{"objectClassName": "domain", "ldhName": "#.to_owned() + "';",
            Self::Another => "rewrite ^ /another break;".to_owned(),
            Self::Loop => "return 302 https://$host$uri;".to_owned(),
            Self::Endless => "rewrite ^ /endless break;".to_owned(),
        }
    }
}

/// Where the files stand behind a door, and the door.
const BEHIND: u16 = 9080;
const DOOR: u16 = 9081;

/// Serves it, with trouble or not.
pub(super) fn servers(
    place: &Place,
    worlds: &Worlds,
    trouble: Option<Trouble>,
) -> anyhow::Result<Vec<Server>> {
    let scratch = place.scratch.display();
    let objects = rdap::objects(worlds);
    let silent = objects.iter().filter(|object| object.content.is_none());
    let silent: String = silent.map(|object| format!("    {} 1;\n", object.place)).collect();
    let files = format!(
        "root {scratch}/web/$host;\n    error_page 404 /missing;\n    if ($silent) {{ return 503; }}\n    \
         location = /missing {{ root {scratch}/web; internal; }}\n"
    );
    let front = match trouble {
        None => files.clone(),
        Some(trouble) => format!("root {scratch}/web;\n    location / {{ {} }}\n", trouble.location()),
    };
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let temporary: String =
        temporary.iter().map(|kind| format!("  {kind}_temp_path {scratch}/nginx-{kind};\n")).collect();
    let config = format!(
        "worker_processes 1;\ndaemon off;\nmaster_process off;\npid {scratch}/nginx.pid;\nerror_log stderr;\n\
         events {{ worker_connections 1024; }}\nhttp {{\n  log_format lab '$host $request_uri $status';\n  \
         access_log {scratch}/web.log lab;\n  server_tokens off;\n{temporary}  server_names_hash_bucket_size 256;\n  map_hash_bucket_size 256;\n  \
         ssl_certificate {scratch}/server.crt;\n  ssl_certificate_key {scratch}/server.key;\n  default_type application/rdap+json;\n  \
         map $host$uri $silent {{\n    default 0;\n{silent}  }}\n  \
         server {{\n    listen {ADDRESS}:443 ssl http2;\n    listen {ADDRESS}:80;\n    {front}  }}\n  \
         server {{\n    listen 127.0.0.1:{BEHIND};\n    access_log off;\n    {files}  }}\n}}\n"
    );
    let config = place.write("nginx.conf", config)?;
    let error_log = place.file("nginx.err");
    let arguments = ["-e", &error_log.to_string_lossy(), "-c", &config.to_string_lossy()];
    let mut servers = vec![Server::start(place, "nginx", "nginx", &arguments, Wait::Port(ADDRESS, 443))?];
    if let Some(wait) = trouble.and_then(Trouble::wait) {
        servers.push(relay::start_door(place, DOOR, BEHIND, wait)?);
    }
    Ok(servers)
}

/// One certificate for all hosts, by an authority that programs in the lab are told to trust.
fn certificate(place: &Place, hosts: &BTreeSet<String>) -> anyhow::Result<()> {
    let names: Vec<String> = hosts.iter().map(|host| format!("DNS:{host}")).collect();
    let extensions = format!("subjectAltName={}\nextendedKeyUsage=serverAuth\n", names.join(","));
    place.write("extensions", extensions)?;
    let new_key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
    openssl(
        place,
        &format!(
            "req -x509 {new_key} -keyout ca.key -out ca.crt -days 30 -subj /CN=lab -addext basicConstraints=critical,CA:TRUE \
             -addext keyUsage=critical,keyCertSign"
        ),
    )?;
    openssl(place, &format!("req {new_key} -keyout server.key -out server.csr -subj /CN=server"))?;
    openssl(
        place,
        "x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 30 -extfile extensions -out server.crt",
    )
}

pub(super) fn openssl(place: &Place, arguments: &str) -> anyhow::Result<()> {
    let output =
        Command::new("openssl").args(arguments.split_whitespace()).current_dir(&place.scratch).output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "openssl {arguments}: {}", said.trim());
    Ok(())
}
