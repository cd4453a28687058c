//! Pages made so that a visitor does not see what a reader sees: each is seen all the same, or it is told that something was not.

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
