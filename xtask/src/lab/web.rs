//! nginx: the registries' RDAP servers and IANA's lists, over TLS by an authority of the lab's own.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;
use std::process::Command;

use anyhow::ensure;

use super::Place;
use super::rdap;
use super::server::{Server, Wait};
use super::world::Worlds;

/// Where all web servers stand.
pub(super) const ADDRESS: Ipv4Addr = Ipv4Addr::new(198, 18, 0, 80);

/// Issues the certificate and writes what is served.
pub(super) fn furnish(place: &Place, worlds: &Worlds) -> anyhow::Result<()> {
    for object in rdap::objects(worlds) {
        if let Some(content) = &object.content {
            place.write(&format!("web/{}", object.place), serde_json::to_vec_pretty(content)?)?;
        }
    }
    place.write("web/missing", serde_json::to_vec(&rdap::missing())?)?;
    certificate(place, &worlds.web_hosts())
}

/// Serves it.
pub(super) fn server(place: &Place, worlds: &Worlds) -> anyhow::Result<Server> {
    let scratch = place.scratch.display();
    let objects = rdap::objects(worlds);
    let silent = objects.iter().filter(|object| object.content.is_none());
    let troubled: String = silent.map(|object| format!("    {} 1;\n", object.place)).collect();
    let config = format!(
        "worker_processes 1;\ndaemon off;\nmaster_process off;\npid {scratch}/nginx.pid;\nerror_log stderr;\n\
         events {{ worker_connections 512; }}\n\
         http {{\n  access_log {scratch}/web.log;\n  server_tokens off;\n  client_body_temp_path {scratch}/nginx-body;\n  \
         server_names_hash_bucket_size 256;\n  map_hash_bucket_size 256;\n  ssl_certificate {scratch}/server.crt;\n  ssl_certificate_key {scratch}/server.key;\n  \
         proxy_temp_path {scratch}/nginx-proxy;\n  fastcgi_temp_path {scratch}/nginx-fastcgi;\n  uwsgi_temp_path {scratch}/nginx-uwsgi;\n  \
         scgi_temp_path {scratch}/nginx-scgi;\n  default_type application/rdap+json;\n  \
         map $host$uri $troubled {{\n    default 0;\n{troubled}  }}\n  \
         server {{\n    listen {ADDRESS}:443 ssl http2;\n    listen {ADDRESS}:80;\n    root {scratch}/web/$host;\n    \
         error_page 404 /missing;\n    \
         if ($troubled) {{ return 503; }}\n    location = /missing {{ root {scratch}/web; internal; }}\n  }}\n}}\n"
    );
    let config = place.write("nginx.conf", config)?;
    let error_log = place.file("nginx.err");
    let arguments = ["-e", &error_log.to_string_lossy(), "-c", &config.to_string_lossy()];
    Server::start(place, "nginx", &arguments, Wait::Port(ADDRESS, 443))
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

fn openssl(place: &Place, arguments: &str) -> anyhow::Result<()> {
    let output =
        Command::new("openssl").args(arguments.split_whitespace()).current_dir(&place.scratch).output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "openssl {arguments}: {}", said.trim());
    Ok(())
}
