//! A proxy for connections that are not HTTP.

use data_encoding::BASE64;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::{SocksV5, Tunnel};
use reqwest::Url;
use tokio::net::TcpStream;
use tower_service::Service;

use super::Fault;

/// A proxy: by HTTP CONNECT (RFC 9110 section 9.3.6) or SOCKS 5 (RFC 1928). It resolves the names of servers itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ProxyServer {
    kind: Kind,
    address: String,
    account: Option<(String, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Http,
    Socks5,
}

impl ProxyServer {
    /// Reads `http://user:password@host:port` or `socks5h://host:port`; none for other kinds, which carry HTTP alone here.
    pub(super) fn read(text: &str) -> Option<Self> {
        let url = Url::parse(text).ok()?;
        let (kind, port) = match url.scheme() {
            "http" => (Kind::Http, 80),
            "socks5" | "socks5h" => (Kind::Socks5, 1080),
            _ => return None,
        };
        let address = format!("http://{}:{}/", url.host_str()?, url.port().unwrap_or(port));
        let decoded =
            |part: &str| percent_encoding::percent_decode_str(part).decode_utf8_lossy().into_owned();
        let account = (!url.username().is_empty())
            .then(|| (decoded(url.username()), decoded(url.password().unwrap_or_default())));
        Some(Self { kind, address, account })
    }

    /// A connection through it.
    pub(super) async fn connect(&self, host: &str, port: u16) -> Result<TcpStream, Fault> {
        let host = if host.contains(':') { format!("[{host}]") } else { host.to_owned() };
        let name = || Fault::Garbled("name".to_owned());
        let (own, server) = (&self.address, format!("http://{host}:{port}/"));
        let (own, server) = (own.parse().map_err(|_| name())?, server.parse().map_err(|_| name())?);
        let connection = match self.kind {
            Kind::Http => {
                let mut tunnel = Tunnel::new(own, HttpConnector::new());
                if let Some((user, password)) = &self.account {
                    let secret = BASE64.encode(format!("{user}:{password}").as_bytes());
                    tunnel = tunnel.with_auth(format!("Basic {secret}").try_into().map_err(|_| name())?);
                }
                tunnel.call(server).await.ok()
            }
            Kind::Socks5 => {
                let mut socks = SocksV5::new(own, HttpConnector::new());
                if let Some((user, password)) = self.account.clone() {
                    socks = socks.with_auth(user, password);
                }
                socks.call(server).await.ok()
            }
        };
        connection.map(hyper_util::rt::TokioIo::into_inner).ok_or(Fault::Unreachable)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;

    #[test]
    fn kinds_of_proxy() {
        let read = |text| ProxyServer::read(text);
        assert_eq!(read("http://proxy.example:3128").map(|proxy| proxy.kind), Some(Kind::Http));
        let socks = read("socks5h://u%40x:p@[2001:db8::1]").expect("a proxy");
        assert_eq!((socks.kind, socks.address.as_str()), (Kind::Socks5, "http://[2001:db8::1]:1080/"));
        assert_eq!(socks.account, Some(("u@x".to_owned(), "p".to_owned())));
        for other in ["https://proxy.example", "socks4://proxy.example", "proxy", ""] {
            assert_eq!(read(other), None, "{other}");
        }
    }

    /// Reads what comes, then says `says` in turn; gives all that was read.
    async fn proxy(says: Vec<&'static [u8]>) -> (u16, tokio::task::JoinHandle<Vec<u8>>) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let heard = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("a client");
            let (mut heard, mut piece) = (Vec::new(), [0; 512]);
            for say in says {
                let length = stream.read(&mut piece).await.unwrap_or(0);
                heard.extend_from_slice(&piece[..length]);
                let _ = stream.write_all(say).await;
            }
            heard
        });
        (port, heard)
    }

    #[tokio::test]
    async fn through_http() {
        let (port, heard) = proxy(vec![b"HTTP/1.1 200 OK\r\n\r\n"]).await;
        let proxy = ProxyServer::read(&format!("http://a:b@127.0.0.1:{port}")).expect("a proxy");
        assert!(proxy.connect("whois.example.net", 43).await.is_ok());
        let heard = String::from_utf8(heard.await.expect("an end")).expect("text");
        assert!(heard.starts_with("CONNECT whois.example.net:43 HTTP/1.1\r\n"), "{heard}");
        assert!(heard.to_ascii_lowercase().contains("proxy-authorization: basic ytpi\r\n"), "{heard}");
    }

    #[tokio::test]
    async fn through_socks() {
        let (port, heard) = proxy(vec![b"\x05\x00", b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00"]).await;
        let proxy = ProxyServer::read(&format!("socks5h://127.0.0.1:{port}")).expect("a proxy");
        assert!(proxy.connect("whois.example.net", 43).await.is_ok());
        let heard = heard.await.expect("an end");
        assert!(
            heard.windows(19).any(|window| window == b"whois.example.net\x00\x2b"),
            "the proxy resolves the name"
        );
    }

    /// Addresses are judged before they are dialled: the proxy must be told just these.
    #[tokio::test]
    async fn addresses_stay_addresses() {
        for (ip, written) in [("192.0.2.7", "192.0.2.7:443"), ("2001:db8::7", "[2001:db8::7]:443")] {
            let (port, heard) = proxy(vec![b"HTTP/1.1 200 OK\r\n\r\n"]).await;
            let proxy = ProxyServer::read(&format!("http://127.0.0.1:{port}")).expect("a proxy");
            assert!(proxy.connect(ip, 443).await.is_ok());
            let heard = String::from_utf8(heard.await.expect("an end")).expect("text");
            assert!(heard.starts_with(&format!("CONNECT {written} HTTP/1.1\r\n")), "{heard}");
        }
        let (v4, v6) =
            (b"\x01\xc0\x00\x02\x07\x01\xbb", b"\x04\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x07\x01\xbb");
        for (ip, written) in [("192.0.2.7", &v4[..]), ("2001:db8::7", &v6[..])] {
            let says: [&[u8]; 2] = [b"\x05\x00", b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00"];
            let (port, heard) = proxy(says.to_vec()).await;
            let proxy = ProxyServer::read(&format!("socks5h://127.0.0.1:{port}")).expect("a proxy");
            assert!(proxy.connect(ip, 443).await.is_ok());
            let heard = heard.await.expect("an end");
            assert!(heard.ends_with(written), "{heard:x?}");
        }
    }

    #[tokio::test]
    async fn refused() {
        let (port, _) = proxy(vec![b"HTTP/1.1 403 No\r\n\r\n"]).await;
        let proxy = ProxyServer::read(&format!("http://127.0.0.1:{port}")).expect("a proxy");
        assert_eq!(proxy.connect("whois.example.net", 43).await.err(), Some(Fault::Unreachable));
    }
}
