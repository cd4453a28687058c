//! Links that do something as soon as they are opened, or lead out of a list, a subscription or a session: nobody may open them for a
//! reader.

use crate::fold::fold;
use crate::mail::Mail;
use crate::mail::link::{Link, Source, confirmation};
use crate::span::{Because, Span};

/// What a way out of a newsletter has in its address.
const LEAVES: [&str; 10] =
    ["haishin", "kaijo", "opt-out", "optout", "preference", "remove", "subscri", "taikai", "teishi", "unsub"];

/// What a link has in its path or query that ends something, or confirms it with one click.
const ACTS: [&str; 38] = [
    "abbestell",
    "abmeld",
    "afmeld",
    "cancel-subscription",
    "cancel_subscription",
    "confirm-email",
    "confirm-subscription",
    "confirm_email",
    "confirm_subscription",
    "darse-de-baja",
    "delete-account",
    "delete_account",
    "desabonn",
    "descadastr",
    "desinscri",
    "disiscri",
    "double-opt-in",
    "doubleoptin",
    "haishin",
    "kaijo",
    "list-manage.com/profile",
    "log-out",
    "log_out",
    "logoff",
    "logout",
    "one-click",
    "oneclick",
    "opt-in",
    "opt-out",
    "opt_out",
    "optin",
    "optout",
    "sign-out",
    "signout",
    "taikai",
    "teishi",
    "uitschrijv",
    "unsub",
];

/// What stands on or before such a link, folded: Japanese, English, German, Portuguese, Spanish, French, Dutch, Italian.
const SAYS: [&str; 68] = [
    "配信停止",
    "配信の停止",
    "配信を停止",
    "配信解除",
    "配信の解除",
    "配信を解除",
    "配信を希望されない",
    "配信が不要",
    "配信設定",
    "配信の変更",
    "登録解除",
    "登録の解除",
    "登録を解除",
    "購読解除",
    "購読の解除",
    "購読を解除",
    "購読停止",
    "購読を確認",
    "購読の確認",
    "購読を中止",
    "解除はこちら",
    "退会",
    "受信拒否",
    "受信を停止",
    "オプトアウト",
    "ログアウト",
    "サインアウト",
    "本登録",
    "登録を完了",
    "unsubscribe",
    "opt out",
    "opt-out",
    "optout",
    "log out",
    "logout",
    "sign out",
    "confirm subscription",
    "confirm your subscription",
    "confirm my subscription",
    "email preferences",
    "manage preferences",
    "subscription preferences",
    "remove me",
    "stop receiving",
    "no longer wish to receive",
    "abmelden",
    "abbestellen",
    "austragen",
    "newsletter bestatigen",
    "descadastr",
    "cancelar inscricao",
    "cancelar assinatura",
    "cancelar a subscricao",
    "sair da lista",
    "terminar sessao",
    "darse de baja",
    "darme de baja",
    "cancelar suscripcion",
    "cancelar la suscripcion",
    "cerrar sesion",
    "desabonner",
    "desinscri",
    "se deconnecter",
    "confirmer mon abonnement",
    "afmelden",
    "uitschrijven",
    "uitloggen",
    "disiscri",
];

/// What says nothing of where a link leads: what stands before it does.
const HERE: [&str; 20] = [
    "こちら",
    "こちらから",
    "コチラ",
    "ここ",
    "ここをクリック",
    "こちらをクリック",
    "here",
    "click here",
    "this link",
    "link",
    "hier",
    "hier klicken",
    "klik hier",
    "ici",
    "cliquez ici",
    "aqui",
    "clique aqui",
    "haga clic aqui",
    "qui",
    "clicca qui",
];

/// How much is read before a link, in characters.
const BEFORE: usize = 60;

/// Unsubscribing and preferences need to know who asks.
pub(crate) fn leaves(url: &str) -> bool {
    let url = url.to_ascii_lowercase();
    LEAVES.iter().any(|word| url.contains(word))
}

/// Whether following the link may end a subscription, a session or the like, or confirm one.
pub(crate) fn acts(mail: &Mail<'_>, link: &Link) -> bool {
    let offered = || {
        let mut fields = mail.links.iter().filter(|other| other.source == Source::Header);
        fields.any(|other| other.url == link.url)
    };
    link.source == Source::Header
        || address_acts(&link.url)
        || offered()
        || link.text.as_deref().is_some_and(says_so)
        || before(mail, link).is_some_and(|text| says_so(&text))
}

/// The same by the address alone, in whatever percent coat.
pub(crate) fn address_acts(url: &str) -> bool {
    let Ok(parsed) = url::Url::parse(url) else { return false };
    let behind = confirmation::behind(&parsed).to_ascii_lowercase();
    let host = parsed.host_str().unwrap_or_default();
    let named = |label: &str| matches!(label, "unsubscribe" | "unsub" | "optout" | "opt-out" | "logout");
    ACTS.iter().any(|word| behind.contains(word))
        || host.split('.').any(named)
        || !behind.is_ascii() && says_so(&behind)
}

fn says_so(text: &str) -> bool {
    let folded = fold(text);
    SAYS.iter().any(|words| folded.text.contains(words))
}

/// What stands before a link that itself says nothing: on its line or, where that is empty, on the line above.
fn before(mail: &Mail<'_>, link: &Link) -> Option<String> {
    let shown = link.text.as_deref().map(fold).map(|folded| folded.text).unwrap_or_default();
    let shown = shown.trim().trim_matches(['>', '»', '→', '▶', '【', '】', '[', ']', '。']);
    let is_mute = HERE.contains(&shown) || shown.contains("://") || link.text.is_none();
    let Because::Text { part, text: Span { start, .. } } = &link.because else { return None };
    if !is_mute {
        return None;
    }
    let from = start.saturating_sub(BEFORE);
    let head: String = mail.text_of(part).chars().skip(from).take(start - from).collect();
    let mut lines = head.rsplit('\n').map(str::trim).filter(|line| !line.is_empty());
    lines.next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::{RawMail, Trusted, dissect};

    /// Which of the links of a mail act.
    fn acting(head: &str, text: &str) -> Vec<bool> {
        let mail = format!("{head}Content-Type: text/html; charset=utf-8\n\n{text}\n");
        let raw = RawMail { bytes: mail.as_bytes(), size: mail.len() as u64, sha256: [0; 32] };
        let mail = dissect(raw, &Trusted::default());
        mail.links.iter().map(|link| acts(&mail, link)).collect()
    }

    #[test]
    fn ways_out_are_known_by_what_they_say_and_by_their_address() {
        for text in [
            "<a href=\"https://www.example.com/x\">配信停止</a>",
            "<p>配信停止は<a href=\"https://www.example.com/x\">こちら</a></p>",
            "<p>メールマガジンの登録解除<br>https://www.example.com/x</p>",
            "<a href=\"https://www.example.com/x\">Unsubscribe</a>",
            "<a href=\"https://www.example.com/x\">Se désabonner</a>",
            "<p>Zum Abmelden <a href=\"https://www.example.com/x\">hier</a></p>",
            "<a href=\"https://www.example.com/unsubscribe?u=1\">x</a>",
            "<a href=\"https://www.example.com/account/logout\">x</a>",
            "<a href=\"https://unsubscribe.example.com/\">x</a>",
        ] {
            assert_eq!(acting("", text), [true], "{text}");
        }
        let head = "List-Unsubscribe: <https://www.example.com/x>\n";
        assert_eq!(acting(head, "<a href=\"https://www.example.com/x\">x</a>"), [true, true]);
    }

    #[test]
    fn other_links_are_not() {
        for text in [
            "<a href=\"https://www.example.com/confirm?account=1\">アカウントを確認する</a>",
            "<p>お支払い方法の更新は<a href=\"https://www.example.com/x\">こちら</a></p>",
            "<p>配信停止 <a href=\"https://www.example.com/x\">ログインして確認</a></p>",
        ] {
            assert_eq!(acting("", text), [false], "{text}");
        }
    }
}
