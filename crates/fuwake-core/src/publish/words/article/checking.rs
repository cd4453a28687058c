//! How to check for oneself.

use super::{Said, said};

pub(in crate::publish) const TITLE: Said = said("自分で確かめるには", "How to check for yourself");
pub(in crate::publish) const LEAD: Said = said(
    "同じようなメールが届いたときに、道具がなくてもできる確かめ方を挙げておきます。",
    "This is how to check a mail like it without any special tool.",
);
pub(in crate::publish) const BY_APP: Said = said(
    "メールのリンクを使わず、公式アプリか、自分で登録したブックマークから{brand}に入る。本当の用件なら、そこにも必ず表示されます。",
    "Go to {brand} by its app or your own bookmark, never by the mail's link. What is true will be shown there too.",
);
pub(in crate::publish) const BY_APP_UNNAMED: Said = said(
    "メールのリンクを使わず、公式アプリか、自分で登録したブックマークから入る。本当の用件なら、そこにも必ず表示されます。",
    "Go in by the app or your own bookmark, never by the mail's link. What is true will be shown there too.",
);
pub(in crate::publish) const BY_DOMAIN: Said = said(
    "差出人のアドレスの @ より後ろを見る。{brand}なら {official} のはずです。表示名は飾りなので見ません。",
    "Look at what follows the @ of the sender's address. {brand} uses {official}. The name shown before it is mere decoration.",
);
pub(in crate::publish) const BY_ADDRESS: Said = said(
    "差出人のアドレスの @ より後ろを見る。表示名は誰でも好きに付けられるので、当てになりません。",
    "Look at what follows the @ of the sender's address; the name shown before it can be anything.",
);
pub(in crate::publish) const NOT_BY_ADDRESS: Said = said(
    "差出人のアドレスだけで信じない。このメールのように、{brand}の本物のドメインを書くことは誰にでもできます。",
    "Do not trust the sender's address alone: anybody can write {brand}'s genuine domain there, as in this mail.",
);
pub(in crate::publish) const BY_HOVER: Said = said(
    "リンクは、パソコンならマウスを重ね、スマートフォンなら長押しすると、開かずに行き先が見えます。このメールでは {host} と出ます。",
    "Hold the mouse over a link, or press it long on a telephone, and its target is shown without opening it. Here it says {host}.",
);
pub(in crate::publish) const BY_SOURCE: Said = said(
    "メールの原文を表示して、いちばん上の Received から順に読む(Thunderbird は「表示」→「メッセージのソース」、Gmail は「︙」→「メッセージのソースを表示」)。Authentication-Results に spf や dkim、dmarc の結果があれば、それが送信元を確かめた記録です。",
    "Open the mail's source and read the Received lines from the top (Thunderbird: View, Message Source; Gmail: ︙, Show original). An Authentication-Results line with spf, dkim and dmarc is the record of how the sender was checked.",
);
pub(in crate::publish) const BY_CALL: Said = said(
    "依頼が本当かどうかは、メールに書かれた番号ではなく、以前から知っている番号に電話して確かめる。",
    "Ask whoever the mail names, by a telephone number that you had before, not by the one in the mail.",
);
pub(in crate::publish) const BY_EXTENSION: Said = said(
    "添付ファイルは、開く前に名前の最後(拡張子)を見る。送った覚えを本人に確かめるまでは開かない。",
    "Look at the end of an attachment's name before opening it, and ask whoever sent it, by another way, whether he did.",
);
pub(in crate::publish) const BY_NAME: Said = said(
    "契約している会社のメールなら、たいてい宛名に登録した氏名や会社名が書かれます。",
    "A company that you have a contract with mostly addresses you by the name it knows.",
);
