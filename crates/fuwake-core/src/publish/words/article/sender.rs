//! Who sent it.

use super::{Said, said};

pub(in crate::publish) const TITLE: Said = said("差出人は誰なのか", "Who sent it");
pub(in crate::publish) const FROM: Said = said(
    "差出人欄には「{from}」と書かれています。ここは手紙の封筒に書く差出人と同じで、送る側が何とでも書ける場所です。",
    "The sender's line reads “{from}”. Like the sender's name on an envelope, it can say anything: whoever sends the mail fills it in.",
);
pub(in crate::publish) const NO_FROM: Said = said(
    "差出人欄に、使えるメールアドレスがありません。",
    "The sender's line holds no address that could be used.",
);
pub(in crate::publish) const NOT_THE_BRANDS: Said = said(
    "{brand}のドメインとして知られているのは {official} ですが、このアドレスのドメイン {domain} はそのどれでもありません。",
    "{brand} is known to use {official}. The domain of this address, {domain}, is none of them.",
);
pub(in crate::publish) const THE_BRANDS: Said = said(
    "アドレスのドメイン {domain} は、確かに{brand}のものです。ただ、書いてあるだけでは本物の証拠になりません。",
    "The domain of the address, {domain}, is indeed one of {brand}'s; that it is written there proves nothing yet.",
);
pub(in crate::publish) const OWNER_PROVIDER: Said = said(
    "{domain} はインターネット接続事業者のドメインで、会社の名前ではなく、その事業者と契約している個人や企業が使うアドレスです。",
    "{domain} belongs to an internet provider: its addresses are those of the provider's customers, not a company's own.",
);
pub(in crate::publish) const OWNER_FREE_MAIL: Said = said(
    "{domain} は誰でもすぐに取得できるフリーメールのドメインです。",
    "Anybody can get an address at {domain} in a minute: it is a free mail service.",
);
pub(in crate::publish) const REGISTERED: Said = said(
    "登録情報によると、{domain} は{since}に登録されたドメインで、{details}。",
    "By its registration {domain} has existed since {since}; {details}.",
);
pub(in crate::publish) const BY_REGISTRAR: Said =
    said("管理を扱う事業者は {registrar} です", "it is managed by {registrar}");
pub(in crate::publish) const BY_REGISTRANT: Said = said(
    "登録者は {registrant}、管理を扱う事業者は {registrar} です",
    "the registrant is given as {registrant}, the registrar is {registrar}",
);
pub(in crate::publish) const BY_REGISTRANT_WITHHELD: Said = said(
    "管理を扱う事業者は {registrar} です（登録者の氏名などは伏せます）",
    "it is managed by {registrar} (the registrant's name is withheld here)",
);
pub(in crate::publish) const REGISTRANT_WITHHELD: Said =
    said("登録者の氏名などは伏せます", "the registrant's name is withheld here");
pub(in crate::publish) const REGISTRANT_ALONE: Said =
    said("登録者は {registrant} です", "the registrant is given as {registrant}");
pub(in crate::publish) const REGISTRANT_UNPROVEN: Said = said(
    "登録者の名前や国は自己申告で、他人のものや架空のもののこともあります。ここに名前があるからといって、その人が送ったとは限りません。",
    "Names and countries in a registration are what the registrant entered; they can be somebody else's, or invented. A name there does not mean that this person sent the mail.",
);
pub(in crate::publish) const NOT_REGISTERED: Said = said(
    "ところが、このドメイン {domain} は登録されていませんでした({asked}の照会)。",
    "That domain, {domain}, is not registered at all (asked on {asked}).",
);
pub(in crate::publish) const REPLY: Said = said(
    "返信先(Reply-To)には、差出人とは別の {reply} が指定されています。",
    "Answers would not go to the sender but to {reply} (Reply-To).",
);
pub(in crate::publish) const REPLY_NOWHERE: Said = said(
    "その {domain} は、誰にも登録されていない空きドメインでした({asked}の照会)。返信しても届く先はなく、アドレスは見せかけです。",
    "And {domain} is a name that nobody has registered (asked on {asked}). No answer could arrive there; the address is a dummy.",
);
pub(in crate::publish) const ENVELOPE_SAME: Said = said(
    "配送エラーの返送先(Return-Path)は差出人と同じドメインです。",
    "Return-Path, where errors go, names the same domain as the sender.",
);
pub(in crate::publish) const ENVELOPE_OTHER: Said = said(
    "配送エラーの返送先(Return-Path)は {envelope} で、差出人とは別のドメインです。",
    "Return-Path, where errors go, is {envelope}: another domain than the sender's.",
);
pub(in crate::publish) const ENVELOPE_ALONE: Said = said(
    "配送エラーの返送先(Return-Path)は {envelope} です。",
    "Return-Path, where errors go, is {envelope}.",
);
pub(in crate::publish) const ENVELOPE_RECIPIENT: Said = said(
    "配送エラーの返送先(Return-Path)には、差出人ではなく、受け取った側のアドレスが書かれています。",
    "Return-Path, where errors go, names not the sender but the receiving side itself.",
);
pub(in crate::publish) const ENVELOPE_NOWHERE: Said = said(
    "しかも {domain} は登録されていないドメインでした({asked}の照会)。",
    "What is more, {domain} is not registered (asked on {asked}).",
);
pub(in crate::publish) const MESSAGE_ID_SAME: Said = said(
    "メール固有の番号(Message-ID)にも同じドメインが見えます。",
    "Message-ID, the mail's serial number, shows that domain too.",
);
pub(in crate::publish) const MESSAGE_ID_AS_FROM: Said = said(
    "メール固有の番号(Message-ID)のほうは、差出人と同じドメインになっています。",
    "Message-ID, the mail's serial number, does name the sender's domain.",
);
pub(in crate::publish) const MESSAGE_ID_OTHER: Said = said(
    "メール固有の番号(Message-ID)には {message_id} という別の名前が入っています。",
    "Message-ID, the mail's serial number, holds another name: {message_id}.",
);
pub(in crate::publish) const BOTH_FORGEABLE: Said = said(
    "もっとも、どちらも送る側が書き込める欄です。そろっていても本物とは言えず、食い違っていても、配信サービスを使う会社では普通のことです。",
    "Both are written by the sending side, though. That they agree proves nothing, and that they differ is usual with companies that send through a mailing service.",
);
pub(in crate::publish) const POINTS_THERE: Said = said(
    "差出人のドメイン {domain} が指すIPアドレスを調べると {addresses} で、実際の送信元と同じでした。このドメインが置かれているサーバーから送られたわけで、よその名前をかたっただけとは考えにくくなります。ただし、一台を大勢で使うサーバーなら、同居するほかの利用者や、そこに侵入した者にも送れます。",
    "The domain {domain} points at {addresses}, the very address that the mail came from. So it left the machine where the domain lives, and the name is hardly just borrowed. Where many share one machine, though, a neighbour on it, or whoever broke in, can send from it too.",
);
pub(in crate::publish) const POINTS_ELSEWHERE: Said = said(
    "差出人のドメイン {domain} が指すIPアドレスは {addresses} で、送信元の {origin} とは違います。「違うから偽装だ」と説明されることがありますが、これは証拠になりません。ドメインが指すのはたいていWebサイトの置き場所で、メールは別のサーバーや配信サービスから送るのがごく普通だからです。送ってよいサーバーかどうかは、SPF・DKIM・DMARCという送信ドメイン認証で見ます。",
    "The domain {domain} points at {addresses}, while the mail came from {origin}. One sometimes reads that this proves a forgery. It does not: a domain usually points at its web site, and mail quite normally leaves from another machine or a mailing service. Whether a machine may send for a domain is what SPF, DKIM and DMARC are for.",
);
pub(in crate::publish) const AUTHENTICATED: Said = said(
    "差出人のドメインが本当に使われたのかは、送信ドメイン認証(SPF・DKIM・DMARC)で分かることがあります。",
    "Whether the domain was really used is what SPF, DKIM and DMARC can tell.",
);
pub(in crate::publish) const AUTHENTICATED_SO: Said =
    said("その送信ドメイン認証の結果は次のとおりです。", "Here is what those checks say.");
pub(in crate::publish) const AS_OF_NOW: Said = said(
    "{asked}の時点のDNSで確かめると(届いたときの設定とは違うかもしれません)、SPFは{spf}、DKIMは{dkim}、DMARCは{dmarc}でした。",
    "By the DNS of {asked}, which may differ from that of the mail's day: SPF {spf}, DKIM {dkim}, DMARC {dmarc}.",
);
pub(in crate::publish) const UNSIGNED: Said = said("署名なし", "no signature");
pub(in crate::publish) const UNDECIDED: Said = said(
    "差出人のドメインの持ち主が、送ってよいサーバーや署名を公開していないか、決め手になる結果がないので、認証からは本物とも偽物とも言えません。",
    "The owner of the domain publishes too little, or nothing decisive came of it, so authentication speaks neither for the mail nor against it.",
);
pub(in crate::publish) const NOT_RECORDED: Said = said(
    "受信側のサーバーは送信ドメイン認証(SPF・DKIM・DMARC)の結果をメールに残していないため、差出人のドメインが本物かどうかは、ここからは確かめられませんでした。",
    "The receiving server left no results of SPF, DKIM or DMARC in the mail, so whether the domain is genuine could not be checked that way.",
);
pub(in crate::publish) const SO: Said =
    said("ここまでの手がかりを合わせると、次のように考えられます。", "Taken together:");
