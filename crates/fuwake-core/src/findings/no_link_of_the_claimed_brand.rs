//! The mail poses as a brand, by name or under its forged domain, and of the links that can be followed none is the brand's.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let brand = scene.posed_as()?;
    let (link, host) = scene.targets().next()?;
    let none =
        scene.web_links().all(|link| link.host.as_deref().is_some_and(|host| !scene.is_of(host, brand)));
    none.then(|| Sign::at(link.because.clone()).with("host", host).with("brand", &brand.name))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "no-link-of-the-claimed-brand";

    #[test]
    fn all_links_are_foreign() {
        let mail = |links| format!("From: Amazon <a@example.com>\n\n{links}\n");
        assert!(fires(ID, &mail("https://www.example.net/"), ""));
        assert!(!fires(ID, &mail("https://www.example.net/ https://www.amazon.co.jp/"), ""));
        assert!(!fires(ID, &mail("hello"), ""));
    }

    #[test]
    fn links_without_a_text_count() {
        let link = "https://www.example.net/";
        for page in [
            format!("<a href='{link}'><img src='{link}a.png'></a>"),
            format!("<map><area href='{link}'></map>"),
            format!("<meta http-equiv=refresh content='0;url={link}'>"),
            format!("<form><button formaction='{link}'></button></form>"),
        ] {
            let mail = format!(
                "From: Amazon <a@example.com>\nContent-Type: text/html\n\n<p>Your account</p>{page}\n"
            );
            assert!(fires(ID, &mail, ""), "{page}");
        }
    }
}
