//! All requests of a visit as an HTTP Archive, version 1.2.

use std::collections::BTreeMap;
use std::net::IpAddr;

use serde_json::{Value, json};

use super::egress::Traffic;
use super::requests::{Exchange, Requests};
use super::steps::{cut, server, time};

/// Requests beyond so many bytes are left out; characters of an address, of a header's value, and of what was sent.
const LONGEST: usize = 4 << 20;
const ADDRESS: usize = 4_000;
const VALUE: usize = 4_000;
const SENT: usize = 65_536;

/// Writes it. Bodies are not in it: the last document is kept by itself.
pub(super) fn write(requests: &Requests, traffic: &Traffic, browser: &str) -> Vec<u8> {
    let (name, version) = browser.split_once('/').unwrap_or((browser, ""));
    let mut left = LONGEST;
    let room = |entry: &Value| {
        left = left.saturating_sub(entry.to_string().len());
        left > 0
    };
    let entries: Vec<Value> =
        requests.all.iter().map(|exchange| entry(exchange, traffic)).take_while(room).collect();
    let left_out = requests.count.saturating_sub(entries.len());
    let archive = json!({ "log": {
        "version": "1.2",
        "creator": { "name": "fuwake", "version": env!("CARGO_PKG_VERSION") },
        "browser": { "name": name, "version": version },
        "comment": if left_out > 0 { format!("{left_out} requests are left out") } else { String::new() },
        "entries": entries,
    } });
    archive.to_string().into_bytes()
}

fn entry(exchange: &Exchange, traffic: &Traffic) -> Value {
    let ip = server(&exchange.request.url).and_then(|(host, port)| traffic.outcome(&host, port));
    let milliseconds =
        |from: Option<f64>, to: Option<f64>| from.zip(to).map(|(from, to)| ((to - from) * 1e3).max(0.0));
    let wait = milliseconds(Some(exchange.started), exchange.answered);
    let receive = milliseconds(exchange.answered, exchange.ended);
    let mut entry = json!({
        "startedDateTime": time(exchange.wall_time),
        "time": wait.unwrap_or(0.0) + receive.unwrap_or(0.0),
        "request": request(exchange),
        "response": response(exchange),
        "cache": {},
        "timings": { "send": 0, "wait": wait.unwrap_or(-1.0), "receive": receive.unwrap_or(-1.0) },
        "_resourceType": exchange.kind.to_ascii_lowercase(),
    });
    if let Some(Ok(ip)) = ip {
        entry["serverIPAddress"] = IpAddr::to_string(&ip).into();
    }
    entry
}

fn request(exchange: &Exchange) -> Value {
    let url = url::Url::parse(&exchange.request.url).ok();
    let query: Vec<Value> = url
        .iter()
        .flat_map(|url| url.query_pairs())
        .map(|(name, value)| json!({ "name": cut(&name, VALUE), "value": cut(&value, VALUE) }))
        .collect();
    let body = exchange.request.post_data.as_ref();
    let mut request = json!({
        "method": exchange.request.method,
        "url": cut(&exchange.request.url, ADDRESS),
        "httpVersion": version(exchange),
        "cookies": [],
        "headers": headers(&exchange.request.headers),
        "queryString": query,
        "headersSize": -1,
        "bodySize": body.map_or(0, String::len),
    });
    if let Some(body) = body {
        request["postData"] = json!({ "mimeType": "", "text": cut(body, SENT) });
    }
    request
}

fn response(exchange: &Exchange) -> Value {
    let none = super::protocol::Response::default();
    let response = exchange.response.as_ref().unwrap_or(&none);
    let location = response.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("location"));
    let mut written = json!({
        "status": response.status,
        "statusText": response.status_text,
        "httpVersion": version(exchange),
        "cookies": [],
        "headers": headers(&response.headers),
        "content": { "size": exchange.length, "mimeType": response.mime_type },
        "redirectURL": location.map_or_else(String::new, |(_, location)| cut(location, ADDRESS)),
        "headersSize": -1,
        "bodySize": -1,
    });
    if let Some(fault) = &exchange.fault {
        written["_error"] = fault.as_str().into();
    }
    written
}

fn version(exchange: &Exchange) -> String {
    exchange.response.as_ref().and_then(|response| response.protocol.clone()).unwrap_or_default()
}

fn headers(headers: &BTreeMap<String, String>) -> Vec<Value> {
    headers.iter().map(|(name, value)| json!({ "name": name, "value": cut(value, VALUE) })).collect()
}
