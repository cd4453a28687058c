//! Pages made so that a visitor does not see what a reader sees: each is seen all the same, or it is told that something was not.

use std::time::Duration;

use super::server::Says;
use super::*;

/// What stands on every page here, and must be seen.
const LOG_IN: &str = "<h1>Log in to your mailbox</h1><form action=/take method=post><input name=mail>\
                      <input type=password name=pass><button>go</button></form>";

/// What a visit of such a page saw.
async fn looked_at(server: &Server) -> Visit {
    let visitor = visitor(&[server], &["www.shop.example"]);
    let url = format!("http://www.shop.example:{}/", server.port);
    seen(&visitor, &url, Profile::JapaneseDesktop).await
}

fn asks_for_a_password(visit: &Visit) -> bool {
    let page = visit.page.as_ref();
    page.is_some_and(|page| {
        page.forms.iter().any(|form| form.fields.iter().any(|field| field.kind == "password"))
    })
}

/// The log-in stands on the page, among this.
async fn shown(around: &str) -> Visit {
    let html = format!("<title>x</title>{LOG_IN}{around}");
    let visit = looked_at(&Server::start(move |_| page(&html)).await).await;
    assert!(asks_for_a_password(&visit) && visit.pictures.first.is_some(), "{visit:#?}");
    visit
}

#[tokio::test(flavor = "multi_thread")]
async fn halves_of_characters() {
    let visit = shown(
        "<script>document.title='\\ud800 title';console.log('half \\udc00');alert('half \\ud83d');\
         document.querySelector('h1').append('\\ud83d');const o=document.createElement('p');\
         o.textContent='x'.repeat(19970)+'\\ud83d\\ude00'.repeat(40);document.body.append(o)</script>",
    )
    .await;
    assert_eq!((visit.end, visit.console.as_slice()), (VisitEnd::Shown, &["half \u{fffd}".to_owned()][..]));
    assert_eq!(visit.dialogs, ["half \u{fffd}"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn frames_in_frames() {
    let visit = shown(
        "<script>let at=document;for(let i=0;i<90;i++){const f=at.createElement('iframe');at.body.append(f);\
         at=f.contentDocument}</script>",
    )
    .await;
    assert_eq!(visit.end, VisitEnd::Shown);
}

/// Longer than an event may be: the words are lost, the page is not, nor the neighbour's.
#[tokio::test(flavor = "multi_thread")]
async fn words_without_measure() {
    let visit =
        shown("<script>for(let i=0;i<3;i++)console.log('x'.repeat(18<<20));console.log('after')</script>")
            .await;
    assert!(visit.console.iter().any(|line| line == "after"), "{visit:#?}");
    let flood = "<script>for(let i=0;i<30000;i++)console.log('word '+i+'x'.repeat(9000))</script>";
    shown(flood).await;
}

/// Names on a page that stand before what scripts ask `document` and forms for.
#[tokio::test(flavor = "multi_thread")]
async fn names_that_stand_before_properties() {
    for name in ["childNodes", "documentElement", "body", "querySelectorAll", "forms", "createElement"] {
        shown(&format!("<form name={name}></form><img name={name}>")).await;
    }
    let inner =
        ["elements", "getAttribute", "hasAttribute", "parentNode", "nodeType", "tagName", "querySelector"];
    let fields: String = inner.iter().map(|name| format!("<input name={name}>")).collect();
    let html = format!(
        "<form action=/take method=post>{fields}<input type=password name=pass><button>go</button></form>\
         <p>Language <select id=lang><option>ja</select></p><form role=button>{fields}</form>"
    );
    let server = Server::start(move |_| page(&html)).await;
    let visitor = visitor(&[&server], &["www.shop.example"]);
    let url = format!("http://www.shop.example:{}/", server.port);
    let visit = told(visitor.visit(&url, Profile::JapaneseDesktop, true).await);
    assert!(asks_for_a_password(&visit), "{visit:#?}");
    let page = visit.page.expect("a page");
    assert_eq!(page.dead_controls[0], "Language");
    let probe = visit.form_probe.expect("a probe");
    assert!(probe.filled.contains(&"pass".to_owned()) && probe.requests[0].ends_with("/take"), "{probe:?}");
}

/// The page goes where no server is: it is still that of the server that made it.
#[tokio::test(flavor = "multi_thread")]
async fn pages_without_an_address() {
    let ways = [
        "location=URL.createObjectURL(new Blob([html],{type:'text/html'}))",
        "document.open();document.write(html);document.close()",
        "location='javascript:'+JSON.stringify(html)",
        "const f=document.createElement('iframe');document.body.append(f);f.srcdoc=html",
        "const f=document.createElement('iframe');document.body.append(f);f.src='data:text/html,'+encodeURIComponent(html)",
        "const f=document.createElement('iframe');document.body.append(f);f.contentDocument.write(html)",
    ];
    for (place, way) in ways.iter().enumerate() {
        let script = format!("<body><script>const html={};{way}</script>", serde_json::json!(LOG_IN));
        let server = Server::start(move |_| page(&script)).await;
        let visit = looked_at(&server).await;
        assert!(asks_for_a_password(&visit) && visit.pictures.first.is_some(), "{place}: {visit:#?}");
        let host = format!("http://www.shop.example:{}/", server.port);
        assert_eq!(visit.page.map(|page| page.url), Some(host), "{place}");
    }
}

/// Work without measure for who reads it, and a form behind more nodes than are read: told.
#[tokio::test(flavor = "multi_thread")]
async fn buttons_of_forms_that_stand_last() {
    shown(&format!("{}<form id=q></form>", "<button form=q>".repeat(10_000))).await;
    let behind = format!("{}{LOG_IN}", "<i></i>".repeat(210_000));
    let visit = looked_at(&Server::start(move |_| page(&behind)).await).await;
    assert!(asks_for_a_password(&visit) || visit.bounds.contains(&"nodes".to_owned()), "{:?}", visit.bounds);
}

/// The log-in comes by a script, while a frame drips; and where the page itself drips, that is told.
#[tokio::test(flavor = "multi_thread")]
async fn servers_that_drip() {
    let drip = || {
        Says::Endless(
            b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n<h1>slow</h1>".to_vec(),
            b"<!---->".to_vec(),
            Duration::from_millis(200),
        )
    };
    let framed = Server::start(move |request| match request.path() {
        "/" => page(
            "<p>Wait<iframe src=/slow></iframe><script>setTimeout(async()=>{document.body.innerHTML=\
             await(await fetch('/late')).text()+document.body.innerHTML},5600)</script>",
        ),
        "/slow" => drip(),
        _ => page(LOG_IN),
    });
    let visit = looked_at(&framed.await).await;
    assert!(asks_for_a_password(&visit) && visit.bounds == ["time"], "{visit:#?}");
    let own = Server::start(|request| match request.path() {
        "/" => Says::Endless(
            format!("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n{LOG_IN}<img src=/picture>")
                .into_bytes(),
            b"<!---->".to_vec(),
            Duration::from_millis(200),
        ),
        _ => "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".into(),
    })
    .await;
    let visit = looked_at(&own).await;
    assert!(visit.bounds.contains(&"time".to_owned()), "{visit:#?}");
}

/// A page that shows enough, and goes on after a while.
#[tokio::test(flavor = "multi_thread")]
async fn pages_that_wait_before_they_show() {
    let filled = "<p>Your parcel could not be delivered today. We are looking for the place that it is kept at, and show it here.</p>";
    for (words, wait) in [(filled, 1_500), (filled, 2_700), ("<p>読み込み中…", 5_000)] {
        let first = format!(
            "<meta charset=utf-8>{words}<script>setTimeout(()=>location='/in',{wait});document.currentScript.remove()</script>"
        );
        let server =
            Server::start(move |request| page(if request.path() == "/" { &first } else { LOG_IN })).await;
        let visit = looked_at(&server).await;
        assert!(asks_for_a_password(&visit) && visit.steps.len() == 2, "{wait}: {visit:#?}");
    }
}

/// Who asks already is not watched for longer; who runs a script and asks for nothing yet is.
#[tokio::test(flavor = "multi_thread")]
async fn pages_are_watched_as_long_as_they_may_lead_on() {
    const SCRIPT: &str = "<script>document.title='x'</script>";
    let words = "<p>Our shop is open every day from nine in the morning, and your parcel waits for you at the door.</p>";
    let server = Server::start(move |request| match request.path() {
        "/asks" => page(&format!("{LOG_IN}{SCRIPT}")),
        "/shows" => page(&format!("{words}{SCRIPT}")),
        _ => page(words),
    })
    .await;
    let visitor = visitor(&[&server], &["www.shop.example"]);
    let mut took = Vec::new();
    for path in ["still", "asks", "shows"] {
        let begun = std::time::Instant::now();
        let visit = seen(
            &visitor,
            &format!("http://www.shop.example:{}/{path}", server.port),
            Profile::JapaneseDesktop,
        )
        .await;
        assert_eq!(visit.end, VisitEnd::Shown, "{path}");
        took.push(begun.elapsed());
    }
    assert!(took[1] + Duration::from_millis(1_000) < took[2], "{took:?}");
}
