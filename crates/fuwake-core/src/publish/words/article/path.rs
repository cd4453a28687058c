//! The way of the mail, and where that is.

use super::{Said, said};

pub(in crate::publish) const TITLE: Said = said("どこから送られてきたのか", "The way it came");
pub(in crate::publish) const HOW: Said = said(
    "メールは、通ったサーバーが一つずつ「Received」という行を書き足しながら届きます。送信元を知る手がかりですが、全部を信じてよいわけではありません。書き換えられないのは、受け取った側のサーバーが書いた行までです。それより前の行は、送る側が好きなように作って付けておけます。",
    "Every server that a mail passes adds a line called Received. They tell where it came from, but not all of them can be believed: only those that the receiving side wrote are beyond the sender's reach. Whatever stands below them, the sender can have made up and put there beforehand.",
);
pub(in crate::publish) const HOW_OBSERVED: Said = said(
    "メールは、通ったサーバーが一つずつ「Received」という行を書き足しながら届きます。送る側が前もって偽の行を付けておくこともできるのですが、このメールにあるのは受け取った側のサーバーが書いた行だけなので、そこに書かれた相手のIPアドレスは信用できます。",
    "Every server that a mail passes adds a line called Received. A sender can put false ones there beforehand; but all that this mail bears were written by the receiving side, so the address that they name can be believed.",
);
pub(in crate::publish) const NO_HOPS: Said = said(
    "メールには通ったサーバーの記録が残っていないため、どこから送られたのかは分かりません。",
    "The mail bears no record of the servers that it passed, so where it came from cannot be told.",
);
pub(in crate::publish) const ORIGIN_OBSERVED: Said = said(
    "このメールで信用できる行によると、受信側のサーバーに直接つないできたのは {ip} というIPアドレスです。",
    "By the lines that can be believed, the machine that handed the mail to the receiving side had the address {ip}.",
);
pub(in crate::publish) const ORIGIN_CORROBORATED: Said = said(
    "途中の事業者のサーバーの記録をたどると、最初にメールを預けたのは {ip} というIPアドレスです。この記録は、次のサーバーが見たものと合っています。",
    "Back through the records of the provider on the way, the mail was first handed in from the address {ip}. Those records agree with what the next server saw.",
);
pub(in crate::publish) const NAMED: Said =
    said("その名前は {name} と記録されています。", "Its name is recorded as {name}.");
pub(in crate::publish) const NAMED_CONFIRMED: Said = said(
    "名前は {name} です。この名前を引くと同じIPアドレスが返ってくるので、名前は本物です。",
    "Its name is {name}. Looked up, that name leads back to the same address, so it is true.",
);
pub(in crate::publish) const NAMED_UNCONFIRMED: Said = said(
    "{name} という名前が付いていますが、その名前を引いてもこのアドレスには戻りません。名前どおりのサーバーとは言えません。",
    "It bears the name {name}, but that name does not lead back to it, so it need not be the machine that it says.",
);
pub(in crate::publish) const NAMELESS: Said = said(
    "受信側から見て、このアドレスには名前(逆引き名)がありませんでした。",
    "As the receiving side saw it, that address has no name (no reverse entry).",
);
pub(in crate::publish) const HELO: Said = said(
    "相手は {helo} と名乗りましたが、名乗りは自由なので当てになりません。",
    "It called itself {helo}, which it may do at will.",
);
pub(in crate::publish) const LOGGED_IN: Said = said(
    "記録には、差出人と同じアカウントでログインして送ったことも残っています。パスワードを盗まれた、本物の利用者のアカウントかもしれません。",
    "It is also recorded that the sender logged in with the very account that the mail names. It may be a genuine customer's, whose password was stolen.",
);
pub(in crate::publish) const LOGGED_IN_OTHER: Said = said(
    "記録には、差出人とは別のアカウント {user} でログインして送ったことも残っています。パスワードを盗まれた、本物の利用者のアカウントかもしれません。",
    "It is also recorded that it was sent with a log-in as {user}, which is not the sender's address. It may be a genuine customer's, whose password was stolen.",
);
pub(in crate::publish) const HOLDER: Said = said(
    "IPアドレスの割り当て先は {holder} です。回線やサーバーを貸している事業者であって、送った本人ではありません。",
    "The address is assigned to {holder}: whoever lends the line or the machine, not whoever sent the mail.",
);
pub(in crate::publish) const PLACE: Said = said(
    "所在の表({table})では、{place}のあたりとされています。",
    "By a table of places ({table}) it stands around {place}.",
);
pub(in crate::publish) const PLACE_ROUGH: Said = said(
    "これはおおよその位置で、サーバーのある場所です。送った人がそこにいるとは限りません。IPアドレスの登録上の国も、割り当てを受けた事業者の国を示すもので、人の居場所ではありません。",
    "That is a rough position, and the machine's: whoever sent the mail may be anywhere. The country in the address's registration is likewise that of the organisation it was assigned to.",
);
pub(in crate::publish) const CLAIMED: Said = said(
    "これより前の記録に現れる {names} は裏付けがなく、送る側が書き足したものかもしれないので、ここでは証拠に数えません。",
    "What earlier lines say ({names}) is not borne out by anything and may have been made up, so it counts for nothing here.",
);
pub(in crate::publish) const PATH_ALT: Said =
    said("メールの経路図。{stops}の順に通った。", "The way of the mail: {stops}.");
pub(in crate::publish) const PATH_CAPTION: Said = said(
    "メールが通った経路。どの行がどこまで信用できるかを、線の種類で示しています",
    "The way of the mail; the lines show how far each record can be believed",
);
pub(in crate::publish) const MAP: Said = said("地図で見ると", "On the map");
pub(in crate::publish) const MAP_LEAD: Said = said(
    "ここまでに出てきたサーバーの位置を、地図に表しました。円が大きいほど、位置はおおまかです。",
    "Here is where the servers named in this article stand. The wider a circle, the rougher the position.",
);
pub(in crate::publish) const MAP_ALT: Said =
    said("関係するサーバーの地図。{points}", "A map of the servers: {points}.");
