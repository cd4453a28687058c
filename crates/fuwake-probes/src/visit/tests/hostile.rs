//! Pages that would keep a visitor for ever: each visit ends within its bound, and nothing of the browser remains.

use std::time::{Duration, Instant};

use super::server::Says;
use super::*;

/// Longer than a visit may take, for a machine that is busy with other things.
const ALLOWANCE: Duration = Duration::from_secs(10);

/// What a visit of a hostile page saw; it ended in time, and the browser goes with the visitor.
#[expect(clippy::print_stdout, reason = "how long each took, for who asks with --nocapture")]
async fn survived(name: &str, server: Server) -> Visit {
    let visitor = visitor(&[&server], &["www.shop.example"]);
    let url = format!("http://www.shop.example:{}/", server.port);
    let begun = Instant::now();
    let visit = seen(&visitor, &url, Profile::JapaneseDesktop).await;
    let took = begun.elapsed();
    println!("{name}: {took:.1?} {:?} {:?}", visit.end, visit.bounds);
    assert!(took < visitor.settings.patience + ALLOWANCE, "{name} took {took:?}: {visit:#?}");
    assert!(!visit.steps.is_empty(), "{name}: {visit:#?}");
    gone(visitor).await;
    visit
}

async fn met(name: &str, html: &'static str) -> Visit {
    survived(name, Server::start(move |_| page(html)).await).await
}

async fn gone(visitor: Visitor) {
    let pool = visitor.pool.as_ref().expect("a browser");
    let (running, turn) = pool.take().await.expect("a browser");
    let (group, profile) = (running.chromium.group(), running.chromium.profile().to_owned());
    drop((running, turn));
    drop(visitor);
    // The watch may hold the browser for a moment.
    for _ in 0..50 {
        if !profile.exists() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(crate::browser::processes::of(group, &profile), []);
    assert!(!profile.exists(), "{}", profile.display());
}

#[tokio::test(flavor = "multi_thread")]
async fn endless_redirect() {
    let server = Server::start(|request| {
        let next: u32 = request.path().trim_start_matches('/').parse().unwrap_or(0) + 1;
        format!("HTTP/1.1 302 Found\r\nlocation: /{next}\r\ncontent-length: 0\r\n\r\n").as_str().into()
    });
    let visit = survived("endless redirect", server.await).await;
    assert!((15..=20).contains(&visit.steps.len()), "{visit:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn endless_redirect_by_script() {
    let visit = met("redirects by script", "<script>location.href='/?'+Math.random()</script>").await;
    assert!(visit.bounds.contains(&"steps".to_owned()), "{visit:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn endless_body() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n<title>endless</title><h1>endless</h1>";
    let server =
        Server::start(|_| Says::Endless(head.to_vec(), b"words ".to_vec(), Duration::from_millis(20)));
    survived("endless body", server.await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gigabyte() {
    let head =
        b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 1073741824\r\n\r\n<h1>large</h1>";
    let server = Server::start(|_| Says::Endless(head.to_vec(), vec![b'x'; 1 << 20], Duration::ZERO));
    let visit = survived("a gigabyte", server.await).await;
    assert!(visit.bounds.contains(&"bytes".to_owned()) && visit.bytes < 80 << 20, "{visit:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_bomb() {
    let visit = met("clock bomb", "<title>bomb</title><h1>bomb</h1><script>while(true){}</script>").await;
    assert_eq!(visit.steps[0].status, Some(200));
    assert_eq!(visit.page.map(|page| page.title), Some("bomb".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn boxes_without_end() {
    let visit = met("alerts", "<title>a</title><script>for(let i=0;;i++)alert('virus '+i)</script>").await;
    assert!(visit.dialogs.len() > 3 && visit.dialogs[0] == "virus 0", "{:?}", visit.dialogs);
}

#[tokio::test(flavor = "multi_thread")]
async fn printing_without_end() {
    let html = "<title>p</title><h1>print</h1><script>setInterval(()=>print(),1);for(let i=0;i<1e4;i++)print()</script>";
    met("print", html).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn five_thousand_requests() {
    let html = "<h1>many</h1><script>for(let i=0;i<5000;i++)new Image().src='/'+i</script>";
    let visit = met("requests", html).await;
    assert!(visit.bounds.contains(&"requests".to_owned()), "{visit:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn windows() {
    let server = Server::start(|_| {
        page(
            "<h1>windows</h1><form name=f target=_blank method=post action=/posted></form><a id=a target=_blank href=/linked>a</a>\
             <script>setInterval(()=>open('/pop'+Math.random()),20);open('/first');document.f.submit();\
             document.getElementById('a').click();const w=open('');try{w.location='/late'}catch{}</script>\
             <script type=speculationrules>{\"prerender\":[{\"urls\":[\"/early\"],\"eagerness\":\"immediate\"}],\
             \"prefetch\":[{\"urls\":[\"/earlier\"],\"eagerness\":\"immediate\"}]}</script>",
        )
    })
    .await;
    let heard = server.heard_by();
    let visit = survived("windows", server).await;
    assert!(visit.windows.iter().any(|window| window.ends_with("/first")), "{visit:#?}");
    let heard: Vec<String> =
        heard.lock().expect("no panic").iter().map(|request| request.path().to_owned()).collect();
    assert!(heard.iter().all(|path| path == "/" || path == "/favicon.ico"), "{heard:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_worker_and_a_camera() {
    let visit = met(
        "service worker, camera",
        "<h1>Please allow the camera, the microphone, notifications and your place, or nothing is shown here at all!</h1><script>\
         if(navigator.serviceWorker)navigator.serviceWorker.register('/worker.js').catch(e=>console.log('worker '+e.name));\
         (navigator.mediaDevices?navigator.mediaDevices.getUserMedia({video:true}):Promise.reject({name:'none'})).catch(e=>console.log('camera '+e.name));\
         Notification.requestPermission().then(p=>console.log('notify '+p));\
         navigator.geolocation.getCurrentPosition(()=>console.log('place'),e=>console.log('place refused'))</script>",
    )
    .await;
    for refused in ["notify denied", "camera none", "place refused"] {
        assert!(visit.console.iter().any(|line| line == refused), "{refused}: {:?}", visit.console);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download() {
    let server = Server::start(|_| {
        "HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\n\
         content-disposition: attachment; filename=\"invoice.exe\"\r\ncontent-length: 2\r\n\r\nMZ"
            .into()
    });
    let visit = survived("download", server.await).await;
    assert_eq!(visit.end, VisitEnd::Download, "{visit:#?}");
    assert_eq!(visit.downloads[0].name, "invoice.exe");
}

#[tokio::test(flavor = "multi_thread")]
async fn memory_without_end() {
    let html =
        "<h1>m</h1><script>const a=[];for(;;){const b=new Uint8Array(1<<24);b.fill(1);a.push(b)}</script>";
    let visit = met("memory", html).await;
    assert_eq!((visit.end, visit.bounds), (VisitEnd::Hung, vec!["memory".to_owned()]));
}
