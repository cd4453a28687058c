use super::*;
use crate::mail::link::Source;

fn hidden(html: &str) -> Vec<(String, HiddenBy)> {
    read(html).facts.hidden.into_iter().map(|h| (h.text, h.by)).collect()
}

#[test]
fn text_is_what_a_browser_shows() {
    for (html, text) in [
        ("<p>一  二\n三</p><p>四</p>", "一 二 三\n\n四"),
        ("a<br>b<br><br>c", "a\nb\n\nc"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a\tb\nc"),
        ("<ul><li>a<li>b</ul>c", "a\nb\n\nc"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("&lt;b&gt; &amp; &#x3042;", "<b> & あ"),
        ("a<img alt='pic' src=cid:x>b<script>x()</script><style>p{}</style><title>t</title>", "ab"),
        ("<noscript>seen</noscript><span>a</span> <b>b</b>", "seena b"),
    ] {
        assert_eq!(read(html).text, text, "{html}");
    }
}

#[test]
fn hidden_text_is_kept_apart_with_its_reason() {
    for (html, by) in [
        ("<p>a</p><div style='display:none'>h</div>", HiddenBy::Style),
        ("<p>a</p><div hidden>h</div>", HiddenBy::Style),
        ("<p>a</p><div style='mso-hide:all'>h</div>", HiddenBy::Style),
        ("<p>a</p><div style='visibility:hidden'>h</div>", HiddenBy::Style),
        ("<p>a</p><span style='font-size:0px'>h</span>", HiddenBy::Size),
        ("<p>a</p><div style='opacity:0'>h</div>", HiddenBy::Size),
        ("<p>a</p><div style='max-height:0;overflow:hidden'>h</div>", HiddenBy::Size),
        ("<p>a</p><div style='text-indent:-9999px'>h</div>", HiddenBy::Size),
        ("<p>a</p><font color=white>h</font>", HiddenBy::Colour),
        (
            "<body bgcolor=#123456><p style='color:#fff'>a</p><span style='color:#123457'>h</span>",
            HiddenBy::Colour,
        ),
        ("<style>.x{display:none}</style><p>a</p><i class='y x'>h</i>", HiddenBy::Style),
        ("<p>a</p><i class=x>h</i><style>i.x{font-size:1px}</style>", HiddenBy::Size),
        ("<p>a</p><!-- h -->", HiddenBy::Comment),
        ("<p>a</p><noframes>h</noframes>", HiddenBy::Container),
        ("<div style='display:none'>h</div><p>a</p>", HiddenBy::Preheader),
    ] {
        assert_eq!(hidden(html), [("h".to_owned(), by)], "{html}");
        assert_eq!(read(html).text, "a", "{html}");
    }
}

#[test]
fn text_that_can_be_read_is_not_hidden() {
    for html in [
        "<div style='visibility:hidden'><b style='visibility:visible'>a</b></div>",
        "<div style='font-size:0'><b style='font-size:14px'>a</b></div>",
        "<table><td bgcolor=navy><font color=white>a</font></td></table>",
        "<table bgcolor=navy><tr><td><a href=x style='color:#fff'>a</a></table>",
        "<div style='background:url(x.png);color:#fff'>a</div>",
        "<div style='height:0'>a</div>",
        "<style>@media print { p { display:none } }</style><p>a</p>",
    ] {
        assert_eq!(read(html).text, "a", "{html}");
        assert_eq!(hidden(html), [], "{html}");
    }
}

#[test]
fn links_are_found_wherever_a_browser_follows_them() {
    let html = "<base href=https://b.example/><meta http-equiv=Refresh content='0; URL=m'>\
        <a href=' a '><b>見る</b> <i>ここ</i></a><map><area href=area></map>\
        <form action=f><input type=password name=p><button formaction=g></form>\
        <svg><a xlink:href=s><text>t</text></a></svg><p style='background:url(\"c\")' background=bg>\
        <img src=https://i.example/p width=1 height=1 alt=x><a href='#top'>no</a>";
    let reading = read(html);
    let found: Vec<_> = reading.found.iter().map(|f| (f.target.trim(), f.source)).collect();
    assert_eq!(
        found,
        [
            ("m", Source::MetaRefresh),
            ("a", Source::Html),
            ("area", Source::Area),
            ("f", Source::Form),
            ("g", Source::Form),
            ("s", Source::Svg),
            ("c", Source::Css),
            ("bg", Source::Css),
            ("https://i.example/p", Source::Image),
        ]
    );
    let link = &reading.found[1];
    assert_eq!(link.text.as_deref(), Some("見る ここ"));
    let shown: String =
        reading.text.chars().skip(link.span.start).take(link.span.end - link.span.start).collect();
    assert_eq!(shown, "見る ここ");
    let form = &reading.facts.forms[0];
    assert!(form.password && form.inputs == ["password p", "button"] && form.action == "f");
    assert!(reading.facts.images[0].tracking && reading.facts.images[0].alt == "x");
    assert_eq!(reading.facts.base.as_deref(), Some("https://b.example/"));
}

#[test]
fn hostile_documents_stay_within_bounds() {
    let deep = "<div>".repeat(20_000) + "x";
    let reading = read(&deep);
    assert!(reading.cut && reading.text == "x");
    let attributes: String = (0..40_000).map(|n| format!(" a{n}=\">\"")).collect();
    assert!(read(&format!("<p{attributes}>x")).cut);
    let links: String = (0..10_000).map(|n| format!("<a href=https://x.example/{n}>a</a>")).collect();
    let reading = read(&links);
    assert!(reading.cut && reading.found.len() == 2_000);
    let _ = read(&"<b><font color=1><p>".repeat(5_000));
    let _ = read(&"<table><a>".repeat(3_000));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn any_markup_gives_a_reading(html in "(<(/)?(a|b|p|table|td|svg|style|form|select|template|font)( (href|style|class|hidden)=[a-z:;#0']{0,9})?>|[ -~あ]{0,5}){0,40}") {
        let reading = read(&html);
        let length = reading.text.chars().count();
        for found in &reading.found {
            proptest::prop_assert!(found.span.start <= found.span.end && found.span.end <= length + 2);
        }
    }
}
