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
