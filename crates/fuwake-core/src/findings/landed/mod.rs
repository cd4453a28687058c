//! What visits of the links saw, as findings. A genuine log-in on a brand's own host accuses nobody, and a visit that failed neither
//! accuses nor clears.

pub(super) mod brand;
pub(super) mod certificate;
pub(super) mod form;
pub(super) mod genuine;
pub(super) mod state;
pub(super) mod way;

use super::{Alignment, Scene, Sign, Value};
use crate::evidence::visit::{Page, Visit};
use crate::knowledge::schema::Bilingual;
use crate::landing::kind::site;
use crate::landing::{Landing, LandingKind, Secret, View};

/// What one visitor of one link saw.
struct Landed<'s, 'a> {
    landing: &'s Landing<'a>,
    view: &'s View<'a>,
    visit: &'a Visit,
    /// The last host.
    host: String,
}

/// All visits that came to something, of each link the worst first.
fn landed<'s, 'a>(scene: &'s Scene<'a>) -> impl Iterator<Item = Landed<'s, 'a>> {
    scene.landings.iter().flat_map(|landing| {
        let mut views: Vec<&View<'a>> = landing.views.iter().collect();
        views.sort_by_key(|view| view.kind);
        views.into_iter().filter_map(move |view| {
            Some(Landed { landing, view, visit: view.visit?, host: view.final_host()? })
        })
    })
}

/// Those that ended at a host that is no known brand's, nor the sender's own where he speaks in no other's name.
fn strange<'s, 'a>(scene: &'s Scene<'a>) -> impl Iterator<Item = Landed<'s, 'a>> {
    let own = scene.from().and_then(|from| from.registrable_domain.as_deref());
    let honest = !scene.landings.is_empty() && speaks_for_itself(scene);
    landed(scene).filter(move |landed| {
        let senders = honest && own == Some(site(&landed.host)) && landed.view.kind != LandingKind::FakeLogin;
        !landed.view.is_brands_own && !senders
    })
}

/// The mail poses as nobody, and its sender is not known to be forged.
fn speaks_for_itself(scene: &Scene<'_>) -> bool {
    scene.alignment != Alignment::Failed && scene.posed_as().is_none()
}

impl<'a> Landed<'_, 'a> {
    fn page(&self) -> Option<&'a Page> {
        self.view.page()
    }

    fn is(&self, kind: LandingKind) -> bool {
        self.view.kind == kind
    }

    fn asks_for_secrets(&self) -> bool {
        self.view.asks.secrets().next().is_some()
    }

    /// The sign, at the link and at what the visit saw.
    fn sign(&self, scene: &Scene<'_>) -> Sign {
        let link = self.landing.links.first().and_then(|at| scene.mail.links.get(*at));
        let sign = match link {
            Some(link) => Sign::at(link.because.clone()).and(self.view.evidence),
            None => Sign::at(self.view.evidence),
        };
        sign.with("host", self.host.as_str())
    }

    /// The same with the brand that the page wears.
    fn sign_of_brand(&self, scene: &Scene<'_>) -> Option<Sign> {
        Some(self.sign(scene).with("brand", &self.view.brand?.name).with("asked", asked(&self.view.asks.0)))
    }
}

/// What is asked for, in words.
fn asked(secrets: &[Secret]) -> Value {
    let names: Vec<(&str, &str)> = secrets.iter().map(|secret| words(*secret)).collect();
    let ja: Vec<&str> = names.iter().map(|(ja, _)| *ja).collect();
    let en: Vec<&str> = names.iter().map(|(_, en)| *en).collect();
    Value::Name(Bilingual { ja: ja.join("・"), en: en.join(", ") })
}

const fn words(secret: Secret) -> (&'static str, &'static str) {
    match secret {
        Secret::Password => ("パスワード", "password"),
        Secret::Card => ("カード番号", "card number"),
        Secret::SecurityCode => ("セキュリティコード", "card security code"),
        Secret::Code => ("確認コード", "one-time code"),
        Secret::SeedPhrase => ("暗号資産ウォレットの復元フレーズ", "wallet recovery phrase"),
        Secret::BankPin => ("暗証番号", "bank PIN"),
        Secret::IdNumber => ("マイナンバーなどの番号", "identity number"),
        Secret::Address => ("住所", "postal address"),
        Secret::Telephone => ("電話番号", "telephone number"),
    }
}
