use data_encoding::{BASE64, BASE64_NOPAD, BASE64URL, BASE64URL_NOPAD, HEXLOWER, HEXUPPER};
use proptest::prelude::*;

use super::*;

const ADDRESS: &str = "Taro.Yamada@kanri.example.jp";

fn decoys(address: &str) -> Decoys<'static> {
    Decoys::new(b"a mail", &[address], ["山田 Taro"].into_iter(), |domain| domain == "gmail.com")
}

fn decoyed(link: &str) -> String {
    decoys(ADDRESS).url(link, Marks::ALL).expect("it can be asked for").url
}

/// The address in everything that a sender writes it in.
fn spellings(address: &str) -> Vec<String> {
    let (local, domain) = address.rsplit_once('@').expect("an address");
    let percent = address.replace('@', "%40");
    let inside = format!("{{\"e\":\"{address}\",\"n\":7}}");
    let mut spellings = vec![
        address.to_owned(),
        address.to_uppercase(),
        percent.clone(),
        percent.replace('%', "%25"),
        address.bytes().map(|byte| format!("%{byte:02x}")).collect(),
        HEXLOWER.encode(address.as_bytes()),
        HEXUPPER.encode(address.as_bytes()),
        format!("{local}={domain}"),
        address.chars().rev().collect(),
        BASE64_NOPAD.encode(BASE64_NOPAD.encode(address.as_bytes()).as_bytes()),
        BASE64_NOPAD.encode(percent.as_bytes()),
        address.replace('@', "%40").replace('.', "%2E"),
        address
            .chars()
            .map(|c| match c {
                'a'..='m' | 'A'..='M' => char::from(c as u8 + 13),
                'n'..='z' | 'N'..='Z' => char::from(c as u8 - 13),
                c => c,
            })
            .collect(),
    ];
    for encoding in [BASE64, BASE64_NOPAD, BASE64URL, BASE64URL_NOPAD] {
        spellings.push(encoding.encode(address.as_bytes()));
        spellings.push(encoding.encode(inside.as_bytes()));
        spellings.push(encoding.encode(address.to_lowercase().as_bytes()));
    }
    spellings
}

/// Every place of a link.
fn links(spelling: &str) -> Vec<String> {
    vec![
        format!("https://www.example.net/{spelling}/x"),
        format!("https://www.example.net/x/{spelling}"),
        format!("https://www.example.net/x?{spelling}"),
        format!("https://www.example.net/x?a=1&email={spelling}&b=2"),
        format!("https://www.example.net/x#{spelling}"),
        format!("https://www.example.net/x#/login?e={spelling}"),
        format!("https://www.example.net/x;{spelling}?y"),
        format!(
            "https://www.example.net/x?u=https%3A%2F%2Fexample.com%2F%3Fe%3D{}",
            spelling.replace('%', "%25")
        ),
        format!("https://{}@www.example.net/x", spelling.replace('@', "%40").replace('/', "%2F")),
    ]
}

#[test]
fn no_form_of_the_address_is_left_anywhere() {
    let decoys = decoys(ADDRESS);
    for spelling in spellings(ADDRESS) {
        for link in links(&spelling) {
            let Ok(before) = Url::parse(&link) else { continue };
            let Decoyed { url, changed } = decoys.url(&link, Marks::ALL).expect("it can be asked for");
            let after = Url::parse(&url).expect("still a link");
            assert!(changed, "{link} was not changed");
            assert!(!decoys.names_somebody(&url), "{link} became {url}");
            let opened = decoded(&decoded(&url)).to_lowercase();
            assert!(!opened.contains("yamada"), "{link} became {url}");
            assert_eq!(before.host_str(), after.host_str());
        }
    }
}

#[test]
fn digests_and_other_character_sets_leave_no_more_than_the_address() {
    let decoys = decoys(ADDRESS);
    let digests = [
        "f7ad09d2e78f896286a84d5b44ea7cf8",
        "A8828D1C87B89C98E9E73797079C8717B08C6906",
        "6c97557f1f8ce401baa78005731db0e4a0d791d025d0fba8b8ccd788bb01664e",
        "1mniiPfG1UUIUzUD-yP_5JiIRbnQleFld0CqQs-jOGc",
        // 山田 in Shift_JIS and EUC-JP.
        "%8ER%93c",
        "%BB%B3%C5%C4",
        "yq6OUpNj",
    ];
    for digest in digests {
        for link in links(digest) {
            // Nor where marks stay.
            for marks in [Marks::ALL, Marks { host: false, path: false, behind: false }] {
                let asked = decoys.url(&link, marks).expect("it can be asked for");
                let is_there = asked.url.to_lowercase().contains(&digest.to_lowercase());
                assert!(asked.changed && !is_there, "{link} became {}", asked.url);
            }
        }
    }
    let host = decoys.url(
        "https://f7ad09d2e78f896286a84d5b44ea7cf8.example.net/",
        Marks { host: false, path: false, behind: false },
    );
    assert!(host.is_some_and(|asked| !asked.url.contains("f7ad09d2e78f896286a84d5b44ea7cf8")));
}

#[test]
fn a_decoy_has_the_shape_of_what_it_stands_for() {
    let link = |text: &str| format!("https://www.example.net/?e={text}");
    let plain = decoyed(&link("taro.yamada@kanri.example.jp"));
    let plain = plain.strip_prefix("https://www.example.net/?e=").expect("the rest stays");
    assert_eq!(plain.len(), ADDRESS.len());
    let (local, domain) = plain.split_once('@').expect("an address");
    assert_eq!(local.split('.').map(str::len).collect::<Vec<_>>(), [4, 6]);
    assert!(["jp", "com", "net", "org", "test"].iter().any(|top| domain.ends_with(top)), "{domain}");
    let coated = decoyed(&link(&BASE64.encode(b"taro.yamada@kanri.example.jp")));
    let coated = coated.strip_prefix("https://www.example.net/?e=").expect("the rest stays");
    assert_eq!(BASE64.decode(coated.as_bytes()).expect("still base64"), plain.as_bytes(), "the same decoy");
}

#[test]
fn labels_left_of_the_registered_name_keep_their_shape() {
    let host = |link: &str| Url::parse(&decoyed(link)).ok().and_then(|url| url.host_str().map(str::to_owned));
    let changed = host("https://taro.yamada.kanri.example.jp.login.example.net/x").expect("a host");
    assert!(changed.ends_with(".login.example.net") && !changed.contains("yamada"), "{changed}");
    assert_eq!(changed.len(), "taro.yamada.kanri.example.jp.login.example.net".len());
    let marked = host("https://a8f3k2q9x1z7.click.example.net/").expect("a host");
    assert!(marked.ends_with(".click.example.net") && !marked.starts_with("a8f3k2q9x1z7"), "{marked}");
    let hex = HEXLOWER.encode(b"taro.yamada@kanri.example.jp");
    assert!(!host(&format!("https://{hex}.example.net/")).expect("a host").contains("7461726f2e79616d6164"));
    assert_eq!(decoys("taro@example.net").url("https://taro-example-net.com/", Marks::ALL), None);
}

#[test]
fn what_names_nobody_stays() {
    for link in [
        "https://www.example.net/wp-includes/active/index.php?lang=ja&step=2#top",
        "https://www.example.net/%E3%83%AD%E3%82%B0%E3%82%A4%E3%83%B3/",
        "http://192.0.2.7:8080/login.html",
        "https://www.example.net/?from=info",
    ] {
        let same = decoys(ADDRESS).url(link, Marks::ALL).expect("it can be asked for");
        assert_eq!((same.url.as_str(), same.changed), (link, false));
    }
    let gmail = decoys("taro@gmail.com").url("https://www.example.net/gmail.com/", Marks::ALL);
    assert_eq!(gmail.map(|link| link.changed), Some(false));
}

#[test]
fn marks_go_where_they_are_to_go() {
    let link = "https://www.example.net/u/8f3a9c2b7d81e4455/x?id=99887766554";
    let with = decoys(ADDRESS).url(link, Marks::ALL).expect("it can be asked for");
    assert!(with.changed && with.url.len() == link.len() && !with.url.contains("8f3a9c2b7d81e4455"));
    assert!(with.url.ends_with(|c: char| c.is_ascii_digit()) && !with.url.contains("99887766554"));
    let without = decoys(ADDRESS).url(link, Marks::NONE).expect("it can be asked for");
    assert!(!without.changed);
}

#[test]
fn short_marks_go_and_what_pages_are_called_stays() {
    let decoys = decoys(ADDRESS);
    for link in [
        "https://www.example.net/?c=482913",
        "https://www.example.net/?c=4829",
        "https://www.example.net/u/Kx8f2Qa9",
        "https://www.example.net/?482913",
        "https://k7x2p9.evil.example/",
        "https://www.example.net/KxQfTaBzWm/login",
        "https://www.example.net/#/login?token=a1b2",
    ] {
        let asked = decoys.url(link, Marks::ALL).expect("it can be asked for");
        assert!(asked.changed && asked.url.len() == link.len(), "{link} became {}", asked.url);
    }
    for link in [
        "https://www.example.net/login",
        "https://www.example.net/index.php?lang=ja&page=12",
        "https://www.example.net/item/10482913",
        "https://www.example.net/dp/B08N5WRWNW?ie=UTF8",
        "https://www.example.net/news/20260115/windows11.html",
        "https://www.example.net/MobileLogin/PasswordReset.aspx?product=482913",
        "https://www2.example.net/OAuth2/v2/authorize?response_type=token",
        "https://www.example.net/products/iphone-15-pro-256gb",
        "https://www.example.net/windows-11-24h2-update.html",
        "https://www.example.net/step2-of-3/signin-v2-step-1",
        "https://office365login.example.net/mail2024update",
        "https://www.example.net/MUFGBank/login?brand=PayPayBank",
        "https://www.example.net/httpswwwamazoncojp",
        "https://www.example.net/?url=https://www.example.org/2024/step",
    ] {
        let asked = decoys.url(link, Marks::ALL).expect("it can be asked for");
        assert_eq!((asked.url.as_str(), asked.changed), (link, false));
    }
}

#[test]
fn what_a_local_part_is_made_of_goes_too() {
    let tagged = decoys("taro.yamada+shop@kanri.example.jp");
    for link in [
        "https://www.example.net/?e=taro.yamada@kanri.example.jp",
        "https://www.example.net/?first=taro&last=yamada",
        "https://www.example.net/taroyamada",
        "https://www.example.net/x-yamadataro1",
        "https://www.example.net/?e=taro.yamada%u0040kanri.example.jp",
    ] {
        let asked = tagged.url(link, Marks::ALL).expect("it can be asked for").url;
        assert!(!asked.contains("yamada") && !asked.contains("taro"), "{link} became {asked}");
    }
}

#[test]
fn a_sender_who_names_his_page_in_to_hides_nothing() {
    let addresses = ["jiro.yamada@kaisha.example.jp", "login@kaisha.example.jp", "signin@kaisha.example.jp"];
    let names = ["signin Member", "Amazon Customer", "ログイン 会員様"];
    let decoys = Decoys::new(b"a mail", &addresses, names.into_iter(), |_| false);
    for link in [
        "https://signin.amazon.example.net/signin/member.php",
        "https://www.example.net/login/%E3%83%AD%E3%82%B0%E3%82%A4%E3%83%B3?customer=1",
    ] {
        let asked = decoys.url(link, Marks::ALL).expect("it can be asked for");
        assert_eq!((asked.url.as_str(), asked.changed), (link, false));
    }
}

#[test]
fn many_names_cost_little() {
    let names: Vec<String> = (0..40_000_u32).map(|at| format!("name{at}")).collect();
    let decoys = Decoys::new(b"a mail", &[ADDRESS], names.iter().map(String::as_str), |_| false);
    assert!(decoys.forms.count() < 300);
}

#[test]
fn names_and_parts_of_the_address_go_too() {
    for link in [
        "https://www.example.net/?n=Taro",
        "https://www.example.net/?d=kanri.example.jp",
        "https://www.example.net/~taro.yamada/",
        "https://www.example.net/?n=%E5%B1%B1%E7%94%B0",
    ] {
        let url = decoyed(link);
        assert_ne!(url, link);
        assert_eq!(url.len(), link.len(), "{url}");
    }
}

proptest! {
    #[test]
    fn whatever_the_address_nothing_of_it_is_left(
        local in "[a-z][a-z0-9._+-]{2,15}[a-z]",
        domain in "[a-z]{4,12}\\.(co\\.jp|jp|com)",
        before in "[a-z]{0,4}",
        place in 0..9_usize,
        spelling in 0..25_usize,
    ) {
        let address = format!("{local}@{domain}");
        let decoys = decoys(&address);
        let spelt = &spellings(&address)[spelling];
        let link = links(&format!("{before}{spelt}")).swap_remove(place);
        if let (Ok(parsed), Some(after)) = (Url::parse(&link), decoys.url(&link, Marks::ALL)) {
            prop_assert!(!decoys.names_somebody(&after.url), "{} became {}", link, after.url);
            let host = Url::parse(&after.url).ok().and_then(|url| url.host_str().map(str::len));
            prop_assert_eq!(parsed.host_str().map(str::len), host);
        }
    }
}

#[test]
fn nobodys_address_leaves_either() {
    let stranger = "hanako.sato@another.example.jp";
    for spelling in [stranger.to_owned(), stranger.replace('@', "%40"), BASE64.encode(stranger.as_bytes())] {
        for link in links(&spelling) {
            for decoys in [decoys(ADDRESS), Decoys::for_nobody(&link)] {
                let asked = decoys.url(&link, Marks::ALL).expect("it can be asked for").url;
                let plain = decoded(&asked);
                assert!(!plain.contains("hanako") && !asked.contains(&spelling), "{link} became {asked}");
            }
        }
    }
    let place = "https://maps.example.net/@35.6812,139.7671,15z";
    assert_eq!(decoyed(place), place, "a place is no address");
}
