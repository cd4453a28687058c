//! A web server on loopback that answers as a test says, and remembers what it heard.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What a server says.
pub(super) enum Says {
    /// This, and then it hangs up.
    All(Vec<u8>),
    /// This, and then the second again and again, with a pause between.
    Endless(Vec<u8>, Vec<u8>, Duration),
}

impl From<&str> for Says {
    fn from(text: &str) -> Self {
        Self::All(text.as_bytes().to_vec())
    }
}

/// A request as it came.
#[derive(Clone, Debug)]
pub(super) struct Request(String);

impl Request {
    pub(super) fn path(&self) -> &str {
        self.0.split(' ').nth(1).and_then(|target| target.split('?').next()).unwrap_or_default()
    }

    pub(super) fn header(&self, name: &str) -> String {
        let mut lines = self.0.lines().filter_map(|line| line.split_once(": "));
        lines
            .find(|(own, _)| own.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.to_owned())
            .unwrap_or_default()
    }
}

/// A web server on loopback.
pub(super) struct Server {
    pub(super) port: u16,
    requests: Arc<Mutex<Vec<Request>>>,
}

/// A page.
pub(super) fn page(html: &str) -> Says {
    let head =
        format!("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {}\r\n\r\n", html.len());
    Says::All([head.as_bytes(), html.as_bytes()].concat())
}

impl Server {
    pub(super) async fn start(answer: impl Fn(&Request) -> Says + Send + Sync + 'static) -> Self {
        Self::at(TcpListener::bind(("127.0.0.1", 0)).await.expect("a port"), answer)
    }

    /// At all addresses of this machine, IPv6 too where there is such.
    pub(super) async fn start_on_all(answer: impl Fn(&Request) -> Says + Send + Sync + 'static) -> Self {
        let listener = match TcpListener::bind("[::]:0").await {
            Ok(listener) => listener,
            Err(_) => TcpListener::bind("0.0.0.0:0").await.expect("a port"),
        };
        Self::at(listener, answer)
    }

    fn at(listener: TcpListener, answer: impl Fn(&Request) -> Says + Send + Sync + 'static) -> Self {
        let port = listener.local_addr().expect("an address").port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (heard, answer) = (Arc::clone(&requests), Arc::new(answer));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (heard, answer) = (Arc::clone(&heard), Arc::clone(&answer));
                tokio::spawn(async move { serve(stream, &heard, &*answer).await });
            }
        });
        Self { port, requests }
    }

    /// The first request for a path.
    pub(super) fn heard(&self, path: &str) -> Request {
        self.all().into_iter().find(|request| request.path() == path).expect("such a request")
    }

    /// Where its requests are written down, for when it is given away.
    pub(super) fn heard_by(&self) -> Arc<Mutex<Vec<Request>>> {
        Arc::clone(&self.requests)
    }

    /// All requests.
    pub(super) fn all(&self) -> Vec<Request> {
        self.requests.lock().expect("no panic").clone()
    }
}

async fn serve(
    mut stream: TcpStream,
    heard: &Mutex<Vec<Request>>,
    answer: &(dyn Fn(&Request) -> Says + Sync),
) {
    let mut text = Vec::new();
    let mut piece = [0; 4_096];
    while !text.windows(4).any(|window| window == b"\r\n\r\n") {
        match stream.read(&mut piece).await {
            Ok(length) if length > 0 => text.extend_from_slice(&piece[..length]),
            _ => break,
        }
    }
    // A connection that says nothing is heard too.
    let request = Request(String::from_utf8_lossy(&text).into_owned());
    heard.lock().expect("no panic").push(request.clone());
    match answer(&request) {
        Says::All(bytes) => {
            let _ = stream.write_all(&bytes).await;
            // What the browser still sends is read, or it would see a reset.
            let _ = tokio::time::timeout(Duration::from_millis(50), stream.read(&mut piece)).await;
        }
        Says::Endless(first, again, pause) => {
            let _ = stream.write_all(&first).await;
            while stream.write_all(&again).await.is_ok() {
                tokio::time::sleep(pause).await;
            }
        }
    }
}
