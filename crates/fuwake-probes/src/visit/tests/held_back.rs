//! Steps that a visit does not take, in the browser and without.

use fuwake_core::evidence::visit::{StepKind, VisitEnd};
use fuwake_core::inquiry::StepRule;
use fuwake_core::knowledge::Knowledge;

use super::*;

async fn server() -> Server {
    Server::start(|request| match request.path() {
        "/r" => "HTTP/1.1 302 Found\r\nlocation: /%75nsubscribe?u=1\r\ncontent-length: 0\r\n\r\n".into(),
        "/meta" => page("<meta http-equiv=refresh content='0;url=/verify?code=482913'>"),
        "/script" => page(
            "<meta charset=utf-8><h1>ログイン</h1><input type=password><script>setTimeout(()=>location='/logout',100)</script>",
        ),
        "/brand" => {
            "HTTP/1.1 302 Found\r\nlocation: http://www.amazon.co.jp/ap?token=1\r\ncontent-length: 0\r\n\r\n"
                .into()
        }
        "/frame" => page("<p>x<iframe src=/logout></iframe>"),
        "/framed" => page(
            "<p>x<script>document.write(`<iframe src=http://www.rakuten.co.jp:${location.port}/brands></iframe>`)</script>",
        ),
        "/post" => page(
            "<p>x<form name=f method=post action=/next><input name=do value=confirm>\
             <input name=token value=9f8e7d6c5b4a></form><script>document.f.submit()</script>",
        ),
        "/parts" => page(
            "<p>x<form name=f method=post enctype=multipart/form-data action=/confirm>\
             <input name=token value=9f8e7d6c5b4a></form><script>document.f.submit()</script>",
        ),
        _ => page("<p>somebody has acted</p>"),
    })
    .await
}

/// What is asked for, how it ends, why, and which pages the server was asked for.
async fn ways(visitor: &Visitor, server: &Server, has_scripts: bool) {
    for (path, kind, why) in [
        ("/r", StepKind::Redirect, "acts"),
        ("/meta", StepKind::MetaRefresh, "acts"),
        ("/script", StepKind::Script, "acts"),
        ("/brand", StepKind::Redirect, "genuine-site"),
        ("/post", StepKind::Form, "acts"),
        ("/parts", StepKind::Form, "acts"),
    ] {
        if matches!(kind, StepKind::Script | StepKind::Form) && !has_scripts {
            continue;
        }
        let visit =
            seen(visitor, &format!("http://127.0.0.1:{}{path}?48213", server.port), Profile::JapaneseDesktop)
                .await;
        let last = visit.steps.last().expect("a step");
        assert_eq!(visit.end, VisitEnd::HeldBack, "{path}: {visit:?}");
        assert_eq!(
            (last.kind, last.fault.as_deref(), last.status, last.ip),
            (kind, Some(why), None, None),
            "{path}"
        );
        assert!(visit.refused.is_empty() && visit.is_partial(), "{path}");
        let shown = visit.page.map(|page| page.text).unwrap_or_default();
        assert!(!shown.contains("acted"), "{path}: {shown}");
        assert_eq!(shown.contains("ログイン"), kind == StepKind::Script, "{path}: what stood before is told");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn steps_that_are_not_taken() {
    let server = server().await;
    let mut visitor = visitor(&[&server], &["www.rakuten.co.jp"]);
    let knowledge = Knowledge::embedded().expect("built in");
    visitor.settings.steps = StepRule::sparing(knowledge.genuine_sites());
    ways(&visitor, &server, true).await;
    let framed =
        seen(&visitor, &format!("http://127.0.0.1:{}/frame", server.port), Profile::JapaneseDesktop).await;
    assert!(framed.end == VisitEnd::Shown && framed.is_partial(), "{framed:#?}");
    assert_eq!(framed.bounds, ["held-back"]);
    let brands =
        seen(&visitor, &format!("http://127.0.0.1:{}/framed", server.port), Profile::JapaneseDesktop).await;
    assert!(brands.end == VisitEnd::Shown && brands.bounds.is_empty(), "{brands:#?}");
    assert_eq!(server.heard("/brands").header("host"), format!("www.rakuten.co.jp:{}", server.port));
    let logout = format!("http://127.0.0.1:{}/logout", server.port);
    assert!(framed.refused.iter().any(|refused| refused.target == logout && refused.why == "acts"));
    visitor.pool = None;
    ways(&visitor, &server, false).await;
    let acts = |path: &str| {
        ["unsubscribe", "verify", "logout", "next", "confirm"].iter().any(|word| path.contains(word))
    };
    let asked = server.all();
    assert!(!asked.iter().any(|request| acts(request.path())), "{asked:?}");
}
