//! Title, what came, the verdict, and the mail itself.

use super::{Said, said};
use crate::verdict::Class;

pub(in crate::publish) const NO_SUBJECT: Said = said("件名のないメール", "a mail without a subject");

/// Titles by class, with a name that the mail uses and without.
pub(in crate::publish) const fn title(class: Class, named: bool) -> Said {
    match (class, named) {
        (Class::Phishing, true) => said(
            "「{brand}」をかたる詐欺メール『{subject}』を調べました",
            "“{subject}”: a phishing mail in the name of {brand}, taken apart",
        ),
        (Class::Phishing, false) => {
            said("詐欺メール『{subject}』を調べました", "“{subject}”: a phishing mail, taken apart")
        }
        (Class::Fraud, true) => said(
            "「{brand}」の名前を使った詐欺メール『{subject}』を調べました",
            "“{subject}”: a fraudulent mail in the name of {brand}, taken apart",
        ),
        (Class::Fraud, false) => said(
            "お金をだまし取ろうとするメール『{subject}』を調べました",
            "“{subject}”: a fraudulent mail, taken apart",
        ),
        (Class::Malware, true) => said(
            "「{brand}」を装ったウイルスメール『{subject}』を調べました",
            "“{subject}”: malware in the name of {brand}, taken apart",
        ),
        (Class::Malware, false) => said(
            "ウイルスメール『{subject}』を調べました",
            "“{subject}”: a mail that brings malware, taken apart",
        ),
        (Class::Prank, true) => said(
            "「{brand}」を名乗るいたずらメール『{subject}』を調べました",
            "“{subject}”: a prank in the name of {brand}, looked into",
        ),
        (Class::Prank, false) => {
            said("いたずらメール『{subject}』を調べました", "“{subject}”: a prank, looked into")
        }
        (Class::Spam, _) => {
            said("迷惑メール『{subject}』を調べました", "“{subject}”: an unwanted mail, looked into")
        }
        (Class::Simulation, _) => {
            said("訓練メール『{subject}』を調べました", "“{subject}”: a phishing exercise, looked into")
        }
        (Class::Legitimate, _) => {
            said("『{subject}』は本物のメールか、調べました", "“{subject}”: is it genuine?")
        }
        (Class::Undetermined, _) => {
            said("『{subject}』というメールを調べました", "“{subject}”: what can be told of it")
        }
    }
}

pub(in crate::publish) const CAME_NAMED: Said = said(
    "{when}「{name}」という差出人名で、『{subject}』という件名のメールが届きました。",
    "{when} came from somebody who signs as “{name}”. Its subject: “{subject}”.",
);
pub(in crate::publish) const CAME_FROM: Said = said(
    "{when}{address} というアドレスから、『{subject}』という件名のメールが届きました。",
    "{when} came from the address {address}. Its subject: “{subject}”.",
);
pub(in crate::publish) const CAME_UNNAMED: Said = said(
    "{when}差出人の分からない、『{subject}』という件名のメールが届きました。",
    "{when} came that does not say who sent it. Its subject: “{subject}”.",
);
pub(in crate::publish) const CAME_WITHOUT_SUBJECT: Said =
    said("{when}{from}から、件名のないメールが届きました。", "{when} without a subject came from {from}.");
pub(in crate::publish) const SOMEBODY_NAMED: Said =
    said("「{name}」という差出人", "somebody who signs as “{name}”");
pub(in crate::publish) const SOMEBODY_AT: Said = said("{address} というアドレス", "the address {address}");
pub(in crate::publish) const NOBODY: Said = said("名乗らない相手", "a sender who does not give a name");
pub(in crate::publish) const ON: Said = said("{day}、", "On {day} a mail");
/// By the sender's own word.
pub(in crate::publish) const DATED: Said = said("{day}の日付で、", "Dated {day}, a mail");
/// Where nothing says when.
pub(in crate::publish) const ONCE: Said = said("", "A mail");
pub(in crate::publish) const UNDATED: Said =
    said("いつ届いたのかは分かりません。", "When it came is not known.");
pub(in crate::publish) const CARRIED: Said = said(
    "このメールは、別のメールに入った形で届きました。ここで調べるのは中に入っていたほうで、転送した人を疑うものではありません。",
    "It came inside another mail. This article is about the mail inside, and does not accuse whoever passed it on.",
);

/// In one breath, by class; with whom it imitates and without.
pub(in crate::publish) const fn verdict(class: Class, named: bool) -> Said {
    match (class, named) {
        (Class::Phishing, true) => said(
            "先に結論を書きます。これは{brand}が送ったメールではなく、その名前をかたったフィッシング詐欺とみられます。",
            "The conclusion first: {brand} did not send this. By all that was found it is phishing under a borrowed name.",
        ),
        (Class::Phishing, false) => said(
            "先に結論を書きます。リンクの先で大事な情報を入力させようとする、フィッシング詐欺とみられます。",
            "The conclusion first: by all that was found this is phishing, a mail that wants its readers to type in what nobody else should know.",
        ),
        (Class::Fraud, true) => said(
            "先に結論を書きます。{brand}の名前を使って、お金や連絡先を引き出そうとする詐欺とみられます。",
            "The conclusion first: by all that was found this is fraud under the name of {brand}, meant to draw out money or an answer.",
        ),
        (Class::Fraud, false) => said(
            "先に結論を書きます。返事や送金を引き出そうとする詐欺とみられます。",
            "The conclusion first: by all that was found this is fraud, meant to draw out an answer or money.",
        ),
        (Class::Malware, true) => said(
            "先に結論を書きます。{brand}からの連絡に見せかけて、不正なプログラムを開かせようとするメールとみられます。",
            "The conclusion first: by all that was found this mail uses the name of {brand} to have a malicious program opened.",
        ),
        (Class::Malware, false) => said(
            "先に結論を書きます。不正なプログラムを開かせようとするメールとみられます。",
            "The conclusion first: by all that was found this mail wants a malicious program to be opened.",
        ),
        (Class::Prank, true) => said(
            "先に結論を書きます。{brand}が送ったメールではありませんが、リンクの行き先はどれも本物のサイトで、そこから情報を盗まれる仕掛けは見つかりませんでした。いたずらか、試しに送られたものとみられます。",
            "The conclusion first: {brand} did not send this, and yet every link leads to its genuine site. Nothing was found that could steal anything. It looks like a prank, or somebody's test.",
        ),
        (Class::Prank, false) => said(
            "先に結論を書きます。差出人は偽っていますが、何かを盗む仕掛けは見つかりませんでした。いたずらか、試しに送られたものとみられます。",
            "The conclusion first: the sender is not who he says he is, but nothing was found that could steal anything. It looks like a prank, or somebody's test.",
        ),
        (Class::Spam, _) => said(
            "先に結論を書きます。頼んでいないのに送られてくる、迷惑メールとみられます。",
            "The conclusion first: by all that was found this is mail that nobody asked for.",
        ),
        (Class::Simulation, _) => said(
            "先に結論を書きます。だまされないための練習として、組織が自分の職員などに送る訓練メールとみられます。",
            "The conclusion first: this looks like an exercise that an organisation sends to its own people, so that they learn not to be taken in.",
        ),
        (Class::Legitimate, true) => said(
            "先に結論を書きます。調べた範囲では、{brand}から届いた本物のメールとみてよさそうです。",
            "The conclusion first: as far as it could be checked, this is a genuine mail from {brand}.",
        ),
        (Class::Legitimate, false) => said(
            "先に結論を書きます。調べた範囲では、疑わしいところの見当たらないふつうのメールです。",
            "The conclusion first: as far as it could be checked, this is an ordinary mail with nothing to be wary of.",
        ),
        (Class::Undetermined, _) => said(
            "先に結論を書きます。調べた範囲では、本物とも偽物とも言い切れませんでした。",
            "The conclusion first: by what could be checked, nobody can say that it is genuine, nor that it is not.",
        ),
    }
}

pub(in crate::publish) const LANDED_FAKE: Said = said(
    "リンクを開くと偽のページが現れ、{asks}を入力させようとします。",
    "Its link leads to a fake page that asks for {asks}.",
);
pub(in crate::publish) const BOTH_FOREIGN: Said = said(
    "差出人のアドレス({from})もリンク先({host})も、{brand}のものではありません。",
    "Neither the sender's address ({from}) nor the place that the link leads to ({host}) belongs to {brand}.",
);
pub(in crate::publish) const SENDER_FOREIGN: Said = said(
    "差出人のアドレス({from})は、{brand}のものではありません。",
    "The sender's address ({from}) does not belong to {brand}.",
);
pub(in crate::publish) const LINK_FOREIGN: Said = said(
    "リンク先({host})は、{brand}のものではありません。",
    "The link leads to {host}, which does not belong to {brand}.",
);

/// What to do at once.
pub(in crate::publish) const fn at_once(class: Class) -> Said {
    match class {
        Class::Phishing => said(
            "リンクは開かず、返信もせず、そのまま削除してください。もう入力してしまった方は、「入力してしまったときは」に進んでください。",
            "Do not open the link, do not answer, delete it. If you have already typed something in, go straight to “If you have already answered it”.",
        ),
        Class::Fraud => said(
            "返信も電話も送金もせず、そのままにしてください。もう応じてしまった方は、「応じてしまったときは」に進んでください。",
            "Do not answer, do not call, do not pay. If you already have, go straight to “If you have already answered it”.",
        ),
        Class::Malware => said(
            "添付ファイルもリンクも開かないでください。もう開いてしまった方は、「開いてしまったときは」に進んでください。",
            "Open neither the attachment nor a link. If you already have, go straight to “If you have already opened it”.",
        ),
        Class::Prank => said(
            "慌てて何かをする必要はありません。書かれている内容は信じずに、削除してかまいません。",
            "There is no need to do anything. Do not believe what it says, and delete it.",
        ),
        Class::Spam => said(
            "返信も、配信停止のリンクを押すこともせずに、削除してかまいません。",
            "Delete it, without an answer and without touching its unsubscribe link.",
        ),
        Class::Simulation => said(
            "職場で決められた窓口に知らせてください。心当たりがなければ、開かずに担当者に確かめてください。",
            "Report it the way your organisation wants it. If you know of no exercise, ask before you open anything.",
        ),
        Class::Legitimate => said(
            "それでも身に覚えのない内容なら、メールのリンクからではなく、いつもの入り口から確かめるのが安心です。",
            "If you do not know what it is about all the same, look it up the way you usually go in, not by the mail's links.",
        ),
        Class::Undetermined => said(
            "急いで決める必要はありません。気になるときは、メールのリンクを使わずに、公式アプリや自分で登録したブックマークから確かめてください。",
            "There is no hurry. If it matters to you, look it up in the official app or by your own bookmark, not by the mail's links.",
        ),
    }
}

pub(in crate::publish) const LETTER: Said = said("届いたメール", "The mail");
pub(in crate::publish) const LETTER_LABEL: Said = said("本文", "Its text");
pub(in crate::publish) const LETTER_PICTURE: Said = said(
    "まず、届いたメールをそのまま見てください。受け取った人が分かる部分は伏せてあります。",
    "Here is the mail as its reader saw it. Whatever would tell who received it is masked.",
);
pub(in crate::publish) const LETTER_TEXT: Said = said(
    "まず、届いたメールを見てください。受け取った人が分かる部分は伏せ字にし、リンクは押しても開かない形に書き換えてあります。",
    "Here is what it says. Whatever would tell who received it is masked, and the links are written so that they cannot be followed.",
);
pub(in crate::publish) const LETTER_ALT_UNNAMED: Said = said(
    "届いたメールの画面。差出人の表示はなく、件名は『{subject}』。本文の冒頭: {text}",
    "The mail on the screen, without a sender, subject “{subject}”. It begins: {text}",
);
pub(in crate::publish) const LETTER_ALT: Said = said(
    "届いたメールの画面。差出人は{from}、件名は『{subject}』。本文の冒頭: {text}",
    "The mail on the screen, from {from}, subject “{subject}”. It begins: {text}",
);
pub(in crate::publish) const LETTER_CAPTION: Said =
    said("届いたメール(受信者の情報は伏せてあります)", "The mail (what names its reader is masked)");
pub(in crate::publish) const STAMPED: Said = said(
    "件名の「{stamp}」は差出人が書いたものではなく、届くまでに通った迷惑メールフィルターが付けた印です。フィルターが怪しいと見たことは分かりますが、本物のメールに付いてしまうことも、詐欺のメールに付かないこともあります。印だけで決めつけず、中身を見ていきます。",
    "“{stamp}” in the subject was not written by the sender. A filter on the way put it there because the mail looked suspicious to it. Filters err both ways, marking genuine mail and letting fraud pass, so the mark alone decides nothing; let us look inside.",
);

pub(in crate::publish) const WORDING: Said =
    said("件名と文面を読んでみると", "What is odd in the subject and the text");
pub(in crate::publish) const SUBJECT_FIRST: Said = said(
    "まず、メールを開く前に目に入る、件名と差出人名です。",
    "First what is seen before the mail is opened: its subject and the sender's name.",
);
pub(in crate::publish) const THEN_TEXT: Said =
    said("本文にも、引っかかるところがあります。", "The text has its oddities too.");
pub(in crate::publish) const TEXT_ALONE: Said =
    said("本文を落ち着いて読むと、引っかかるところがあります。", "Read calmly, the text has its oddities.");
pub(in crate::publish) const MORE: Said = said("気になるところは、まだあります。", "There is more.");
pub(in crate::publish) const WELL_WRITTEN: Said = said(
    "文面だけを見ると、目立っておかしなところはありません。自然な文章だからといって、本物だという証拠にはなりません。",
    "Nothing stands out in the wording. That a text reads well is no proof that it is genuine.",
);
pub(in crate::publish) const PLAIN_WORDING: Said = said(
    "件名にも本文にも、不自然なところはありません。",
    "There is nothing unnatural in the subject or the text.",
);
pub(in crate::publish) const WEAK_WORDING: Said = said(
    "気をつけて読むと、次のような点が目に留まります。ただし、どれも本物のメールにも見られるもので、これだけで偽物とは言えません。",
    "A careful reader notices the following. All of it is found in genuine mail too, so it accuses nobody.",
);
pub(in crate::publish) const BY_CHANCE: Said = said(
    "一つひとつは小さなことでも、これだけ重なると偶然とは考えにくくなります。",
    "Each of these may be small. Together they are hard to take for chance.",
);
