use super::*;
use crate::evidence::visit::Profile;
use crate::findings::testing::knowledge;
use crate::inquiry::privacy::Circle;
use crate::mail::{RawMail, Trusted, dissect};

fn scope(visits: Visits) -> Scope {
    Scope { reach: Reach::Active, visits, ..Scope::default() }
}

/// The links that a mail's visits ask for, as the telephone.
fn asked(head: &str, html: &str, visits: Visits) -> Vec<String> {
    let mail = format!(
        "From: Amazon <a@mail.example.com>\nTo: Taro <taro@kanri.example.jp>\n{head}Subject: x\nContent-Type: text/html; charset=utf-8\n\n{html}\n"
    );
    let raw = RawMail { bytes: mail.as_bytes(), size: mail.len() as u64, sha256: [0; 32] };
    let mut mail = dissect(raw, &Trusted::default());
    crate::mail::link::open_redirectors(&mut mail, knowledge());
    let (reader, trusted) = (Reader::default(), Trusted::default());
    let circle = Circle { knowledge: knowledge(), reader: &reader, trusted: &trusted };
    let privacy = Privacy::of(&mail, circle);
    let questions = of_mail(&mail, &Ledger::default(), knowledge(), (&scope(visits), &privacy));
    let urls = questions.into_iter().filter_map(|question| match question {
        Question::Visit { url, profile: Profile::JapaneseMobile, .. } => Some(url),
        _ => None,
    });
    urls.collect()
}

fn link(url: &str, text: &str) -> String {
    format!("<p><a href=\"{url}\">{text}</a></p>")
}

#[test]
fn links_that_must_not_be_opened_are_not() {
    for (url, text) in [
        ("https://www.example.net/x", "配信停止"),
        ("https://www.example.net/x", "登録解除"),
        ("https://www.example.net/x", "退会手続き"),
        ("https://www.example.net/x", "ログアウト"),
        ("https://www.example.net/unsubscribe", "x"),
        ("mailto:a@example.net", "x"),
        ("tel:+81312345678", "x"),
        ("data:text/html,x", "x"),
        ("javascript:alert(1)", "x"),
        ("ftp://www.example.net/x", "x"),
        ("https://www.kanri.example.jp/x", "x"),
        ("http://192.168.0.1/", "x"),
        ("http://127.0.0.1/", "x"),
        ("http://2130706433/", "x"),
        ("http://localhost/", "x"),
        ("http://router.local/", "x"),
        ("https://www.amazon.co.jp/x", "x"),
    ] {
        assert_eq!(asked("", &link(url, text), Visits::default()), [] as [&str; 0], "{url} {text}");
    }
    assert_eq!(asked("", "<img src=\"https://www.example.net/p.gif\">x", Visits::default()), [] as [&str; 0]);
}

#[test]
fn the_most_suspicious_of_each_registered_name_come_first() {
    let html = link("https://www.example.org/news", "news")
        + &link("https://www.example.org/more", "more")
        + &link("https://www.amazon.co.jp.example.net/a", "ログイン")
        + &link("https://www.example.net.example.info/", "x");
    let urls = asked("", &html, Visits { links: 3, ..Visits::default() });
    assert_eq!(urls.len(), 3);
    assert_eq!(urls[0], "https://www.amazon.co.jp.example.net/a");
    assert!(urls.contains(&"https://www.example.org/news".to_owned()));
    assert!(!urls.contains(&"https://www.example.org/more".to_owned()));
    assert_eq!(asked("", &html, Visits { links: 0, ..Visits::default() }), [] as [&str; 0]);
}

#[test]
fn the_recipient_becomes_a_decoy_unless_told_otherwise() {
    let html = link("https://www.example.net/?email=taro@kanri.example.jp", "x");
    let urls = asked("", &html, Visits::default());
    assert!(urls[0].starts_with("https://www.example.net/?email=") && !urls[0].contains("taro"), "{urls:?}");
    let exact = asked("", &html, Visits { exact: true, ..Visits::default() });
    assert_eq!(exact, ["https://www.example.net/?email=taro@kanri.example.jp"]);
}

#[test]
fn a_brands_own_page_is_visited_on_wish_once_and_bare() {
    let html = link("https://www.amazon.co.jp/ap/signin?token=abc#x", "x");
    let visits = Visits { genuine: true, ..Visits::default() };
    assert_eq!(asked("", &html, visits.clone()), ["https://www.amazon.co.jp/ap/signin"]);
    let questions = of_url("https://www.amazon.co.jp/ap/signin?x=1", knowledge(), &visits);
    assert_eq!(questions.len(), 1);
    assert_eq!(asked("", &link("https://www.amazon.co.jp/app.apk", "x"), visits), [] as [&str; 0]);
}

#[test]
fn what_stands_in_a_wrapper_is_visited_itself() {
    let html = link("https://www.google.com/url?q=https%3A%2F%2Fwww.example.net%2Fa", "x");
    assert_eq!(asked("", &html, Visits::default()), ["https://www.example.net/a"]);
}

#[test]
fn nothing_is_confirmed() {
    for (url, text) in [
        ("https://www.example.net/v?z=qwerty", "メールアドレスの確認"),
        ("https://www.example.net/confirm?token=qwerty", "x"),
        ("https://www.example.net/confirm?token=qwerty&e=taro@kanri.example.jp", "x"),
        ("https://www.example.net/cancel?order=10423", "注文をキャンセルする"),
        ("https://www.example.net/cancel?order=104231234", "注文をキャンセルする"),
        ("https://www.example.net/rsvp?answer=yes&id=10423", "x"),
        ("https://www.example.net/invite/10423/accept", "x"),
        ("https://www.example.net/regist?z=qwerty", "本登録はこちら"),
    ] {
        assert_eq!(asked("", &link(url, text), Visits::default()), [] as [&str; 0], "{url}");
    }
    let html = "<p>次のURLから本登録を完了してください。<br>https://www.example.net/regist?z=qwerty</p>";
    assert_eq!(asked("", html, Visits::default()), [] as [&str; 0]);
    let html = link("https://www.example.net/verify.php?email=taro%40kanri.example.jp", "本登録はこちら");
    assert_eq!(asked("", &html, Visits::default()).len(), 1, "who is named is made up");
    let html = link("https://www.example.net/verify", "認証する");
    assert_eq!(asked("", &html, Visits::default()).len(), 1, "nothing names the reader");
    let html = link("https://www.example.net/verify?code=4829137755", "認証する");
    let urls = asked("", &html, Visits::default());
    assert!(urls.len() == 1 && !urls[0].contains("4829137755"), "{urls:?}");
    let exact = Visits { exact: true, ..Visits::default() };
    assert_eq!(asked("", &html, exact), [] as [&str; 0]);
}

#[test]
fn what_a_short_link_stands_for_is_found() {
    for url in ["https://bit.ly/3xK9qZ7", "https://r10.to/hY7Kx2", "https://amzn.to/4aB3cD9"] {
        let visits = Visits { genuine: true, ..Visits::default() };
        assert_eq!(asked("", &link(url, "x"), visits), [url]);
    }
    let html = link("https://u12345678.ct.sendgrid.net/ls/click?upn=u001.8f3a9c2b7d81", "x");
    let urls = asked("", &html, Visits::default());
    assert!(
        urls[0].starts_with("https://u12345678.ct.sendgrid.net/ls/click?upn=")
            && !urls[0].contains("8f3a9c2b7d81"),
        "{urls:?}"
    );
}

/// The links that are asked for of a mail that names nobody, carried by another one, and read by somebody who told his address.
fn asked_of_hidden(link: &str) -> Vec<String> {
    let parse = |text: String| {
        let bytes = text.into_bytes().leak();
        dissect(RawMail { bytes, size: bytes.len() as u64, sha256: [0; 32] }, &Trusted::default())
    };
    let inner = parse(format!(
        "From: a@mail.example.com\nTo: undisclosed-recipients:;\nSubject: x\nContent-Type: text/html; charset=utf-8\n\n<p><a href=\"{link}\">x</a></p>\n"
    ));
    let outer = parse(
        "From: \"Sato Hanako\" <hanako.sato@kaisha.example.jp>\nTo: soudan@example.org\n\nx\n".to_owned(),
    );
    let addresses = [("ichiro.suzuki".to_owned(), "ichiro.suzuki@jitaku.example.com".to_owned())];
    let reader = Reader { addresses: addresses.into(), ..Reader::default() };
    let trusted = Trusted::default();
    let circle = Circle { knowledge: knowledge(), reader: &reader, trusted: &trusted };
    let privacy = Privacy::of(&outer, circle).carried(&inner, circle);
    let questions = of_mail(&inner, &Ledger::default(), knowledge(), (&scope(Visits::default()), &privacy));
    let asked: Vec<String> = questions
        .into_iter()
        .filter_map(|question| match question {
            Question::Visit { url, profile: Profile::JapaneseMobile, .. } => Some(url),
            _ => None,
        })
        .collect();
    assert_eq!(asked.len(), 1, "a link with made-up names is asked for");
    let asking = Asking::of(&inner, knowledge(), None);
    assert!(asked.iter().all(|url| asking.can_be_for(url, &inner.links[0])), "{asked:?}");
    asked
}

#[test]
fn readers_and_carriers_are_not_named() {
    for (link, word) in [
        ("https://www.example.net/?e=hanako.sato@kaisha.example.jp", "sato"),
        ("https://www.example.net/hanakosato/x", "hanako"),
        ("https://www.example.net/?n=Hanako", "anako"),
        ("https://www.example.net/?u=ichiro.suzuki", "suzuki"),
        ("https://www.example.net/?u=aWNoaXJvLnN1enVraUBqaXRha3UuZXhhbXBsZS5jb20", "aWNoaXJv"),
        ("https://www.example.net/ikuzus.orihci", "ikuzus"),
    ] {
        let urls = asked_of_hidden(link);
        assert!(urls.len() == 1 && !urls[0].contains(word), "{link}: {urls:?}");
    }
}

proptest::proptest! {
    #[test]
    fn no_visit_names_the_recipient(
        local in "[a-z]{4,8}[._][a-z]{4,8}",
        domain in "[a-z]{5,10}\\.(co\\.jp|jp|com)",
        place in 0..4_usize,
        coat in 0..5_usize,
    ) {
        use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
        let address = format!("{local}@{domain}");
        let coats = [
            address.clone(),
            address.replace('@', "%40"),
            BASE64URL_NOPAD.encode(address.as_bytes()),
            HEXLOWER.encode(address.as_bytes()),
            local.replace(['.', '_'], ""),
        ];
        let told = &coats[coat];
        let places = [format!("?e={told}"), format!("x/{told}/y"), format!("#{told}"), format!("?a=1&u={told}&b=2")];
        let html = link(&format!("https://www.example.net/{}", places[place]), "x");
        let mail = format!("From: a@mail.example.org\nTo: {address}\nSubject: x\nContent-Type: text/html\n\n{html}\n");
        let mail = dissect(RawMail { bytes: mail.as_bytes(), size: mail.len() as u64, sha256: [0; 32] }, &Trusted::default());
        let (reader, trusted) = (Reader::default(), Trusted::default());
        let privacy = Privacy::of(&mail, Circle { knowledge: knowledge(), reader: &reader, trusted: &trusted });
        for question in of_mail(&mail, &Ledger::default(), knowledge(), (&scope(Visits::default()), &privacy)) {
            if let Question::Visit { url, .. } = question {
                proptest::prop_assert!(!privacy.is_told_who(&url), "{} became {}", told, url);
            }
        }
    }
}
