//! Visits of servers on loopback, in a real Chromium. Where there is none these tests fail: `cargo xtask test` installs it.

mod attacks;
mod hostile;
mod server;

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
    let settings = Settings { resolvers: vec![([127, 0, 0, 1], 9).into()], ..Settings::default() };
    let dns = Arc::new(Dns::new(&settings, Arc::new(Manners::new())).expect("a resolver"));
    let mut visitor = Visitor::new(&VisitSettings::default(), Dialer::new(&settings, dns)).expect("a folder");
    assert!(visitor.pool.is_some(), "these tests need Chromium: apt-get install chromium fonts-noto-cjk");
    visitor.guard.servers = servers.iter().map(|server| SocketAddr::new(LOOPBACK, server.port)).collect();
    visitor.guard.names = names.iter().map(|name| ((*name).to_owned(), vec![LOOPBACK])).collect();
    visitor
}

async fn seen(visitor: &Visitor, url: &str, profile: Profile) -> Visit {
    match visitor.visit(url, profile, false).await {
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
