use super::*;

fn page(html: &str) -> Page {
    let document = Document {
        url: "https://www.example.jp/account/login?x=1".to_owned(),
        html: html.to_owned(),
        media_type: "text/html".to_owned(),
        ..Document::default()
    };
    read(&[document], None).expect("a page").page
}

#[test]
fn a_log_in_form() {
    let page = page(
        "<!-- saved from url=(0024)https://mail.example.com/ --><html lang=ja><head><title> ログイン </title></head><body>\
         <h1>メール</h1><form action=post.php method=POST><label for=m>メールアドレス</label>\
         <input id=m name=mail type=email value=x@example.jp>\
         パスワード <input type=password name=pass autocomplete=current-password><input type=hidden name=t value=1>\
         <button>ログイン</button></form><img src=//cdn.example.com/logo.png alt=ロゴ><a href=/help>ヘルプ</a></body></html>",
    );
    assert_eq!((page.title.as_str(), page.language.as_deref()), ("ログイン", Some("ja")));
    assert_eq!(page.saved_from.as_deref(), Some("https://mail.example.com/"));
    let form = &page.forms[0];
    assert_eq!(form.action.as_deref(), Some("https://www.example.jp/account/post.php"));
    assert_eq!((form.method.as_str(), form.by_script), ("post", false));
    let fields: Vec<(&str, &str, &str)> =
        form.fields.iter().map(|field| (&*field.kind, &*field.name, &*field.label)).collect();
    let expected =
        [("email", "mail", "メールアドレス"), ("password", "pass", "パスワード"), ("hidden", "t", "")];
    assert_eq!(fields, expected);
    assert_eq!(form.fields[0].value.as_deref(), Some("x@example.jp"));
    assert_eq!(page.resources, ["cdn.example.com"]);
    assert_eq!(page.links, ["https://www.example.jp/help"]);
    assert_eq!(page.picture_texts, ["ロゴ"]);
    assert_eq!(
        page.text,
        "メール\nメールアドレス パスワード ログイン\nヘルプ"
            .replace(" ログイン", "\nログイン")
            .replace("メールアドレス パ", "メールアドレス\nパ")
    );
}

#[test]
fn fields_without_a_form_and_controls_without_a_use() {
    let page = page(
        "<body>言語 <select id=lang><option>日本語<option>English</select><input name=q placeholder=番号>\
         <button type=button>次へ</button></body>",
    );
    assert_eq!(page.forms.len(), 1);
    assert_eq!((page.forms[0].action.as_deref(), page.forms[0].fields.len()), (None, 2));
    assert_eq!(page.forms[0].fields[1].label, "番号");
    assert_eq!(page.dead_controls, ["言語", "次へ"]);
}

#[test]
fn where_a_script_may_listen_nothing_is_called_dead() {
    let page = page("<select id=lang></select><script src=x.js></script>");
    assert!(page.dead_controls.is_empty());
}

#[test]
fn nothing_and_nonsense() {
    assert_eq!(page("").text, "");
    assert_eq!(read(&[], None), None);
    let deep = format!("{}x", "<div>".repeat(10_000));
    assert_eq!(page(&deep).text, "x");
}

#[test]
fn httrack_leaves_its_mark() {
    let page = page("<!-- Mirrored from www.example.com/login by HTTrack Website Copier/3.x --><p>x");
    assert_eq!(page.saved_from.as_deref(), Some("www.example.com/login"));
}

#[test]
fn refreshes() {
    let target = refresh_target;
    assert_eq!(target("0;url=/a"), Some((0, "/a")));
    assert_eq!(target("5; URL='https://www.example.jp/?a=1;b'"), Some((5, "https://www.example.jp/?a=1;b")));
    assert_eq!(target("1.5, /next"), Some((1, "/next")));
    assert_eq!((target("30"), target("")), (None, None));
}

#[test]
fn a_label_around_a_list_is_told_without_its_choices() {
    let page =
        page("<form><label>言語 <select name=lang><option>日本語<option>English</select></label></form>");
    assert_eq!(page.forms[0].fields[0].label, "言語");
}

/// Each of these asks for the form or the label that stands last, behind all others.
#[test]
fn what_names_another_is_found_in_one_step() {
    let last = |one: &str, end: &str| {
        let html = format!("{}{end}", one.repeat(30_000));
        let begun = std::time::Instant::now();
        let read = read(
            &[Document { url: "https://www.example.jp/".to_owned(), html, ..Document::default() }],
            None,
        );
        assert!(begun.elapsed() < std::time::Duration::from_secs(20), "{one} {:?}", begun.elapsed());
        read.expect("a page")
    };
    assert!(last("<button form=q></button>", "<form id=q></form>").page.dead_controls.is_empty());
    let fields = last("<input form=q id=a>", "<form id=q></form><label for=a>x</label>");
    assert!(fields.is_cut && fields.page.forms[0].fields[0].label == "x");
    assert!(last("<label for=a><i>", "<input id=a><input id=a>").is_cut);
    assert!(
        last("<i></i><i></i><i></i><i></i><i></i><i></i><i></i>", "<form><input type=password></form>")
            .is_cut
    );
    assert!(!last("", "<form><input type=password></form>").is_cut);
}
