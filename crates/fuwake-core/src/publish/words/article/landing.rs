//! The links and what stands behind them.

use super::{Said, said};

pub(in crate::publish) const TITLE: Said = said("リンクの先にあったもの", "What stands behind the link");
pub(in crate::publish) const TITLE_UNSEEN: Said = said("リンクはどこへ向かうのか", "Where the link leads");
pub(in crate::publish) const ANCHOR: Said = said(
    "「{text}」という文字に付いていたリンクの行き先は、{url} です。",
    "The words “{text}” carry a link to {url}.",
);
pub(in crate::publish) const WRITTEN: Said = said(
    "本文には {url} というURLがそのまま書かれています。",
    "The address {url} stands in the text as it is.",
);
pub(in crate::publish) const OTHER_LINKS: Said =
    said("ほかに {hosts} へのリンクもあります。", "There are also links to {hosts}.");
pub(in crate::publish) const ITS_OWN: Said =
    said("{host} は、{brand}の本物のサイトです。", "{host} is {brand}'s genuine site.");
pub(in crate::publish) const NOT_ITS_OWN: Said = said(
    "{host} は{brand}のドメイン({official})ではありません。",
    "{host} is none of {brand}'s domains ({official}).",
);
pub(in crate::publish) const READS_RIGHT: Said = said(
    "ドメインは右から読みます。持ち主が決まるのは末尾の {domain} の部分で、その左にどんな名前が付いていても関係ありません。",
    "A domain is read from the right. Its owner is decided by the last part, {domain}; whatever stands left of that means nothing.",
);
pub(in crate::publish) const CARRIES: Said = said(
    "リンクには受け取った人のアドレスが埋め込まれていました。開くだけで、誰が開いたのかが相手に伝わります。",
    "The link carries its reader's address, so whoever opens it tells the other side who he is.",
);
pub(in crate::publish) const WARNED: Said = said(
    "{service} では、このリンク先は{words}と判定されていました({asked}の確認)。",
    "{service} rates it as {words} (looked up on {asked}).",
);
pub(in crate::publish) const DANGEROUS: Said = said("危険なサイト", "dangerous");
pub(in crate::publish) const HOST_AT: Said = said(
    "{host} のIPアドレスは {ip} で、所在の表では{place}のあたりとされています。",
    "{host} has the address {ip}, which stands around {place} by a table of places.",
);
pub(in crate::publish) const HOST_AT_UNPLACED: Said =
    said("{host} のIPアドレスは {ip} です。", "{host} has the address {ip}.");
pub(in crate::publish) const HOST_HOLDER: Said =
    said("サーバーを貸しているのは {holder} です。", "The machine is rented out by {holder}.");
pub(in crate::publish) const HOST_OLD: Said = said(
    "{domain} は{since}から登録されているドメインなので、持ち主も被害者で、サイトを乗っ取られて使われている可能性があります。",
    "{domain} has been registered since {since}, so its owner may be a victim too, whose site was broken into.",
);
pub(in crate::publish) const HOST_REGISTERED: Said =
    said("ドメイン {domain} の登録日は{since}です。", "The domain {domain} was registered on {since}.");
pub(in crate::publish) const HOST_UNREGISTERED: Said = said(
    "なお、{domain} は登録されていないドメインでした({asked}の照会)。すでに取り消された可能性もあります。",
    "By the way, {domain} is not registered (asked on {asked}); it may have been taken back.",
);
pub(in crate::publish) const REGISTRATION_UNKNOWN: Said = said(
    "{domain} の登録情報は、問い合わせても得られませんでした。分からないというだけで、良いとも悪いとも言えません。",
    "The registration of {domain} could not be got. Not knowing it says nothing, neither good nor bad.",
);
pub(in crate::publish) const VISITED: Said = said(
    "実際に何があるのか、隔離した環境で開いて確かめました({asked})。決してまねをしないでください。",
    "What stands there was looked at in a sealed-off browser ({asked}). Please do not try this yourself.",
);
pub(in crate::publish) const VISITED_GENUINE: Said = said(
    "それでも念のため、隔離した環境で実際に開いて確かめました({asked})。",
    "To be sure, it was opened in a sealed-off browser all the same ({asked}).",
);
pub(in crate::publish) const LED_ON: Said = said(
    "開くと、リンクに書かれた {first} から自動的に転送され、{last} に着きました。",
    "The link was to {first}, but whoever opens it is sent on to {last}.",
);
pub(in crate::publish) const LED_ON_TO: Said = said(
    "開くと、リンクに書かれた {first} から自動的に転送され、最後は {last} というページに着きました。",
    "The link was to {first}, but whoever opens it is sent on and ends at {last}.",
);
pub(in crate::publish) const NOT_VISITED: Said = said(
    "リンク先のページは開いていません。何が待っているかは分かりませんが、確かめるために開くことはお勧めしません。",
    "The page behind it was not opened. What waits there is unknown; opening it to find out is not a good idea.",
);
pub(in crate::publish) const NOT_VISITED_CALM: Said =
    said("リンク先のページは開いていません。", "The page behind it was not opened.");
pub(in crate::publish) const NO_LINKS: Said =
    said("本文にリンクはありません。", "There is no link in the text.");
pub(in crate::publish) const ATTACHMENT: Said = said("添付ファイルについて", "What is attached");
pub(in crate::publish) const ATTACHED: Said =
    said("メールには {names} が添付されています。", "Attached: {names}.");
pub(in crate::publish) const ATTACHED_QUIET: Said = said(
    "調べた範囲では、危険な仕掛けは見つかりませんでした。見つからないことは、安全だという保証ではありません。",
    "Nothing dangerous was found in it, which is no promise that there is nothing.",
);
