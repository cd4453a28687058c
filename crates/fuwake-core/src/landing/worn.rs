//! Which brand a page wears: whose name its title and its pictures give, whose page it was saved from, whose genuine page it looks like.
//!
//! A page that mentions a brand, shows a payment's logo, offers to log in with another's account or loads something from its site wears
//! nothing. The title must be the brand's name and words of a log-in, or two weaker signs must agree on one brand and no other.

use super::compare::{Likeness, likeness};
use super::host_of;
use super::kind::site;
use crate::evidence::visit::Page;
use crate::fold::fold;
use crate::knowledge::lexicon::NameForm;
use crate::knowledge::{Brand, Knowledge};

/// A brand that a page wears although it stands elsewhere.
#[derive(Clone, Debug)]
pub(crate) struct Worn<'a> {
    pub(crate) brand: &'a Brand,
    /// What speaks for it: `title`, `pictures`, `text`, `resources`, `saved-from`, `reference`.
    pub(crate) by: Vec<&'static str>,
    /// The host may be the brand's own all the same: the registry does not know all its names.
    pub(crate) may_be_its_own: bool,
    /// The captured page that it is most like.
    pub(crate) like: Option<Likeness<'a>>,
}

/// From which sum on a page wears a brand.
const ENOUGH: f32 = 2.0;

/// The brand that a page on a host wears.
pub(super) fn worn<'a>(page: &Page, host: &str, knowledge: &'a Knowledge) -> Option<Worn<'a>> {
    let mut signs = Signs { knowledge, brands: Vec::new() };
    signs.by_title(&page.title);
    signs.by_pictures(&page.picture_texts);
    signs.by_text(&page.text);
    signs.by_hosts(&page.resources);
    if let Some(owner) = page.saved_from.as_deref().and_then(host_of).and_then(|from| knowledge.owner(&from))
    {
        signs.add(owner, "saved-from", 2.0);
    }
    let like = knowledge
        .references()
        .iter()
        .filter_map(|reference| likeness(page, reference))
        .min_by_key(Likeness::distance);
    if let Some(brand) = like.as_ref().and_then(|like| knowledge.brand(&like.reference.brand)) {
        signs.add(brand, "reference", 2.0);
    }
    let (brand, by) = signs.strongest()?;
    let like = like.filter(|like| like.reference.brand == brand.id);
    Some(Worn { brand, by, may_be_its_own: may_be_its_own(host, brand, knowledge), like })
}

/// No source names the brand's domains, or the brand's own label stands under a country's suffix.
fn may_be_its_own(host: &str, brand: &Brand, knowledge: &Knowledge) -> bool {
    let own = site(host);
    let (label, suffix) = own.split_once('.').unwrap_or((own, ""));
    let country = suffix.rsplit('.').next().is_some_and(|top| top.len() == 2);
    let labelled = knowledge.brands_with_label(label).any(|known| known.id == brand.id);
    let shared =
        knowledge.is_shared_log_in(host) && ["bank", "broker", "card"].contains(&brand.sector.as_str());
    brand.is_unverified()
        || brand.self_hosted
        || shared
        || labelled && country && knowledge.cheap_suffix(own).is_none()
}

struct Signs<'a> {
    knowledge: &'a Knowledge,
    brands: Vec<(&'a Brand, Vec<&'static str>, f32)>,
}

impl<'a> Signs<'a> {
    fn add(&mut self, brand: &'a Brand, by: &'static str, strength: f32) {
        match self.brands.iter_mut().find(|(known, ..)| known.id == brand.id) {
            Some((_, signs, sum)) if !signs.contains(&by) => {
                signs.push(by);
                *sum += strength;
            }
            Some(_) => {}
            None => self.brands.push((brand, vec![by], strength)),
        }
    }

    /// A part of the title that is a name, with words of a log-in at most.
    fn by_title(&mut self, title: &str) {
        const PARTS: [char; 21] = [
            '|', '–', '—', ':', '»', '・', '/', '【', '】', '「', '」', '『', '』', '[', ']', '(', ')', '<',
            '>', '〔', '〕',
        ];
        let folded = fold(title).text;
        let mut parts: Vec<&str> = folded.split(PARTS).flat_map(|part| part.split(" - ")).collect();
        parts.push(&folded);
        for part in parts.into_iter().map(str::trim) {
            let seen = fold(part);
            for hit in self.knowledge.lexicon().names(&seen) {
                let before = seen.text.get(..hit.folded.start).unwrap_or_default();
                let after = seen.text.get(hit.folded.end..).unwrap_or_default();
                if is_log_in(before) && is_log_in(after) {
                    let strength = if hit.form == NameForm::Short && !hit.whole { 1.5 } else { 2.0 };
                    self.add(&self.knowledge.brands()[hit.brand], "title", strength);
                }
            }
        }
    }

    /// The texts of pictures; where they name several brands, they are signs of payments or of log-ins with another's account.
    fn by_pictures(&mut self, texts: &[String]) {
        let mut named: Vec<usize> = Vec::new();
        for text in texts.iter().take(60) {
            let folded = fold(text);
            let hits = self.knowledge.lexicon().names(&folded).into_iter();
            named.extend(hits.filter(|hit| hit.form != NameForm::Short || hit.whole).map(|hit| hit.brand));
        }
        named.sort_unstable();
        named.dedup();
        if let [only] = named[..] {
            self.add(&self.knowledge.brands()[only], "pictures", 1.0);
        }
    }

    /// The first line that is a name, with words of a log-in at most.
    fn by_text(&mut self, text: &str) {
        const LINES: usize = 12;
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()).take(LINES) {
            let folded = fold(line);
            let hit = self.knowledge.lexicon().names(&folded).into_iter().next();
            let Some(hit) = hit.filter(|hit| hit.form != NameForm::Short || hit.whole) else { continue };
            let before = folded.text.get(..hit.folded.start).unwrap_or_default();
            let after = folded.text.get(hit.folded.end..).unwrap_or_default();
            if is_log_in(before) && is_log_in(after) {
                self.add(&self.knowledge.brands()[hit.brand], "text", 1.0);
                return;
            }
        }
    }

    /// What comes from a brand's own site is told beside other signs and proves nothing: partners load its buttons from there.
    fn by_hosts(&mut self, hosts: &[String]) {
        let owners: Vec<&Brand> = hosts.iter().filter_map(|host| self.knowledge.owner(host)).collect();
        for (brand, signs, _) in &mut self.brands {
            if owners.iter().any(|owner| owner.id == brand.id) {
                signs.push("resources");
            }
        }
    }

    /// The one that most speaks for, where no other is as strong.
    fn strongest(mut self) -> Option<(&'a Brand, Vec<&'static str>)> {
        self.brands.sort_by(|a, b| b.2.total_cmp(&a.2));
        let mut brands = self.brands.into_iter();
        let (brand, by, sum) = brands.next()?;
        let rival = brands.next().is_some_and(|(other, _, rival)| {
            rival >= sum && (brand.group.is_empty() || other.group != brand.group)
        });
        (sum >= ENOUGH && !rival).then_some((brand, by))
    }
}

/// Nothing but words that stand beside a name on a log-in page.
pub(super) fn is_log_in(text: &str) -> bool {
    const WORDS: [&str; 68] = [
        "log in to",
        "sign in to",
        "インターネットバンキング",
        "オンラインサービス",
        "カードサービス",
        "会員ログイン",
        "ご本人様確認",
        "ご本人確認",
        "お支払い方法",
        "マイページ",
        "ログイン画面",
        "ログイン",
        "サインイン",
        "本人確認",
        "お支払い",
        "お客様",
        "アカウント",
        "セキュリティ",
        "パスワード",
        "公式サイト",
        "カスタマー",
        "ようこそ",
        "ダイレクト",
        "オンライン",
        "サービス",
        "メンバー",
        "サポート",
        "公式",
        "会員",
        "認証",
        "確認",
        "更新",
        "ネット",
        "カード",
        "専用",
        "様",
        "の",
        "へ",
        "は",
        "verification",
        "identification",
        "authentication",
        "online banking",
        "einloggen",
        "anmelden",
        "anmeldung",
        "connexion",
        "iniciar sesion",
        "inloggen",
        "welcome to",
        "acceso",
        "entrar",
        "secure",
        "account",
        "sign-in",
        "sign in",
        "log in",
        "log-in",
        "login",
        "signin",
        "official",
        "online",
        "member",
        "verify",
        "banking",
        "my",
        "web",
        "id",
    ];
    let mut rest = text.to_owned();
    for word in WORDS {
        rest = rest.replace(word, "");
    }
    !rest.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testing::knowledge;

    fn brand(page: &Page) -> Option<String> {
        worn(page, "www.example.net", knowledge()).map(|worn| worn.brand.id.clone())
    }

    fn titled(title: &str) -> Page {
        Page { title: title.into(), ..Page::default() }
    }

    #[test]
    fn a_title_that_is_the_name_wears_it() {
        for title in [
            "Amazonサインイン",
            "Amazon",
            "ログイン | Amazon.co.jp",
            "Amazon - ご本人様確認",
            "Sign in to Amazon",
        ] {
            assert_eq!(brand(&titled(title)).as_deref(), Some("amazon"), "{title}");
        }
    }

    #[test]
    fn mentions_logos_and_loaded_files_wear_nothing() {
        for title in ["Amazonで買った靴の感想", "例の店 ログイン"] {
            assert_eq!(brand(&titled(title)), None, "{title}");
        }
        let pictures = ["Google", "Apple", "LINE"].map(str::to_owned).to_vec();
        assert_eq!(brand(&Page { picture_texts: pictures, ..titled("例の店 ログイン") }), None);
        let resources = vec!["images-na.ssl-images-amazon.com".to_owned(), "www.amazon.co.jp".to_owned()];
        assert_eq!(brand(&Page { resources, ..titled("例の店 ログイン") }), None);
    }

    #[test]
    fn two_weaker_signs_agree() {
        let page = Page {
            picture_texts: vec!["Amazon".into()],
            text: "Amazon\nログイン\nメールアドレス".into(),
            ..titled("ログイン")
        };
        assert_eq!(brand(&page).as_deref(), Some("amazon"));
    }
}
