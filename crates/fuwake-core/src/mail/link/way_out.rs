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
    "haishinkaijo",
    "haishinteishi",
    "list-manage.com/profile",
    "mailkaijo",
    "mailteishi",
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
    "uitschrijv",
    "unsub",
];

/// Romaji for delivery, cancelling, leaving and stopping, each of which is another word too (a broadcast, a venue, a tournament): they
/// count as whole words only, beside another of them or a word of `MAILINGS`, or with a code.
const ROMAJI: [&str; 4] = ["haishin", "kaijo", "taikai", "teishi"];
/// What one leaves.
const MAILINGS: [&str; 10] = [
    "dm",
    "kaiin",
    "koudoku",
    "mail",
    "mailmag",
    "mailmagazine",
    "melmaga",
    "member",
    "merumaga",
    "newsletter",
];

/// What stands on or before such a link, folded: Japanese, English, German, Portuguese, Spanish, French, Dutch, Italian.
const SAYS: [&str; 65] = [
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
    "受信拒否",
    "受信を停止",
    "オプトアウト",
    "ログアウト",
    "サインアウト",
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
        || said(mail, link).any(|text| says_so(&text))
}

/// What stands on a link, and before one that itself says nothing.
pub(crate) fn said(mail: &Mail<'_>, link: &Link) -> impl Iterator<Item = String> {
    link.text.clone().into_iter().chain(before(mail, link))
}

/// The same by the address alone, in whatever percent coat.
pub(crate) fn address_acts(url: &str) -> bool {
    let Ok(parsed) = url::Url::parse(url) else { return false };
    let own = own(&parsed);
    let lower = own.to_ascii_lowercase();
    let host = parsed.host_str().unwrap_or_default();
    let named = |label: &str| matches!(label, "unsubscribe" | "unsub" | "optout" | "opt-out" | "logout");
    ACTS.iter().any(|word| begins_or_ends_a_word(&own, &lower, word))
        || host.split('.').any(named)
        || leaves_in_romaji(&lower, &parsed)
        || !lower.is_ascii() && says_so(&lower)
}

/// What stands behind the host, but for values that are addresses themselves: whoever opens the link does not open those.
fn own(url: &url::Url) -> String {
    let leads = |value: &str| value.starts_with('/') || value.contains("://") || value.starts_with("http");
    let mut own = confirmation::bare(url.path());
    for pair in url.query().unwrap_or_default().split(['&', ';']) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = confirmation::bare(value);
        own.push('?');
        own.push_str(&confirmation::bare(key));
        own.push('=');
        own.push_str(if leads(&value) { "" } else { &value });
    }
    own + "#" + &confirmation::bare(url.fragment().unwrap_or_default())
}

/// `logout`, `doLogout`, `userlogout`, but not `catalogoutlet`.
fn begins_or_ends_a_word(text: &str, lower: &str, word: &str) -> bool {
    lower.match_indices(word).any(|(start, _)| {
        let end = start + word.len();
        let first = text.get(start..).and_then(|tail| tail.chars().next());
        let before = text.get(..start).and_then(|head| head.chars().next_back());
        let after = text.get(end..).and_then(|tail| tail.chars().next());
        let begins = before.is_none_or(|c| !c.is_alphanumeric())
            || before.is_some_and(char::is_lowercase) && first.is_some_and(char::is_uppercase);
        begins || after.is_none_or(|c| !c.is_alphanumeric())
    })
}

fn leaves_in_romaji(lower: &str, url: &url::Url) -> bool {
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    let counts = |list: &[&str]| words.iter().filter(|word| list.contains(word)).count();
    match counts(&ROMAJI) {
        0 => false,
        1 => counts(&MAILINGS) > 0 || confirmation::carries_code(url),
        _ => true,
    }
}

fn says_so(text: &str) -> bool {
    let folded = fold(text);
    SAYS.iter().any(|words| folded.text.contains(words)) || is_left(&folded.text)
}

/// Leaving as a member, which is spoken of in other ways too: who left, how many did.
fn is_left(text: &str) -> bool {
    let told = |rest: &str| rest.starts_with(['者', '率', '数', '処']);
    text.match_indices("退会").any(|(at, word)| {
        let before = text.get(..at).unwrap_or_default();
        !before.ends_with("強制") && !text.get(at + word.len()..).is_some_and(told)
    })
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
            "<a href=\"https://www.example.com/mail/haishin/teishi\">x</a>",
            "<a href=\"https://www.example.com/taikai?id=48213\">x</a>",
            "<a href=\"https://www.example.com/?do=userLogout\">x</a>",
            "<a href=\"https://www.example.com/x\">退会はこちら</a>",
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
            "<a href=\"https://www.example.com/taikai/\">全国大会のご案内</a>",
            "<a href=\"https://www.example.com/kaijo/map\">会場のご案内</a>",
            "<a href=\"https://www.example.com/login?return=/account/logout\">ログイン</a>",
            "<a href=\"https://www.example.com/login?return=%2Faccount%2Flogout\">ログイン</a>",
            "<a href=\"https://www.example.com/catalogoutlet/adopting\">x</a>",
            "<a href=\"https://www.example.com/x\">退会者が続出?</a>",
            "<a href=\"https://www.example.com/x\">本登録をお願いします</a>",
        ] {
            assert_eq!(acting("", text), [false], "{text}");
        }
    }
}
