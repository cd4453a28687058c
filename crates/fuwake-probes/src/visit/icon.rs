//! The icon of a site.

use data_encoding::BASE64;
use fuwake_core::evidence::visit::Icon;
use reqwest::{Client, Url};

use super::client;
use super::look::icon_hash;
use super::steps::{ADDRESS, cut, sha256};

/// The largest that is read, in bytes.
const LARGEST: usize = 512 << 10;
/// Redirects that are followed.
const REDIRECTS: usize = 3;

/// Gets it; none where there is none.
pub(super) async fn icon(client: &Client, url: Url) -> Option<Icon> {
    let bytes =
        if url.scheme() == "data" { inside(url.as_str())? } else { fetch(client, url.clone()).await? };
    Some(Icon { url: cut(url.as_str(), ADDRESS), mmh3: icon_hash(&bytes), sha256: sha256(&bytes) })
}

async fn fetch(client: &Client, mut url: Url) -> Option<Vec<u8>> {
    for _ in 0..=REDIRECTS {
        let response = client.get(url.clone()).send().await.ok()?;
        if let Some(next) = client::redirect(&response, &url) {
            url = next;
            continue;
        }
        let is_found = response.status().is_success();
        let (body, is_cut) = client::body(response, LARGEST).await.ok()?;
        // A page in the icon's place says that there is none.
        let is_page = body.trim_ascii_start().first() == Some(&b'<') && !contains(&body, b"<svg");
        return (is_found && !is_cut && !body.is_empty() && !is_page).then_some(body);
    }
    None
}

fn contains(body: &[u8], what: &[u8]) -> bool {
    memchr::memmem::find(body, what).is_some()
}

/// An icon in its own address (RFC 2397).
fn inside(address: &str) -> Option<Vec<u8>> {
    let (head, data) = address.split_once(',')?;
    let data: Vec<u8> = percent_encoding::percent_decode_str(data).collect();
    if head.ends_with(";base64") { BASE64.decode(&data).ok() } else { Some(data) }
}
