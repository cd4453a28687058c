//! What the mail is after, and what to do if one has given it.

use super::{Said, said};
use crate::verdict::Class;

pub(in crate::publish) const TITLE: Said = said("何を狙っているのか", "What it is after");
pub(in crate::publish) const ASKED_FOR: Said =
    said("リンク先のページが求めていたのは、{asks}です。", "The page asks for {asks}.");
pub(in crate::publish) const NOT_SEEN: Said = said(
    "リンク先を見ていないので断定はできませんが、この種のメールが欲しがるのは、たいていIDとパスワードか、カードの番号です。",
    "The page was not seen, so this is no certainty; mail of this kind mostly wants a user name with its password, or a card number.",
);
pub(in crate::publish) const MAILBOX: Said = said(
    "入力してログインボタンを押すと、メールアドレスとパスワードがそのまま詐欺師の手に渡ります。メールボックスに入り込まれれば、中身を読まれるだけでなく、あなたの名前で同じような詐欺メールを大量に送られたり、ほかのサービスのパスワードを再設定されたりします。管理者のアカウントなら、Webサイトの改ざんにまで使われかねません。",
    "Whoever fills it in and presses the button hands the address and its password over. With them the criminals can read the mailbox, send more mail like this in its owner's name, and reset the passwords of other services; with an administrator's account they may even change the web site.",
);
pub(in crate::publish) const ACCOUNT: Said = said(
    "入力した内容はそのまま詐欺師の手に渡り、本人になりすましてログインされます。同じパスワードを使い回していれば、ほかのサービスにも入られてしまいます。",
    "What is typed in goes straight to the criminals, who then log in as its owner. Where the same password is used elsewhere they get in there too.",
);
pub(in crate::publish) const CARD: Said = said(
    "カードの番号とセキュリティコードがそろえば、持ち主でなくてもインターネットで買い物ができてしまいます。",
    "With a card's number and security code anybody can shop on the internet.",
);
pub(in crate::publish) const BANK: Said = said(
    "口座の暗証番号や確認コードまで入力してしまうと、その場で送金に使われるおそれがあります。",
    "With the secret number or a one-time code they can move money on the spot.",
);
pub(in crate::publish) const IDENTITY: Said = said(
    "氏名、住所、番号などの身元の情報は、別の詐欺で本人を装うために使われたり、名簿として売られたりします。",
    "Names, addresses and numbers serve to pose as somebody in the next fraud, or are sold as lists.",
);
pub(in crate::publish) const SEED: Said = said(
    "復元フレーズを知られると、暗号資産はすべて持ち出され、取り戻す方法はありません。",
    "With the recovery phrase the whole wallet can be emptied, and there is no way to get it back.",
);
pub(in crate::publish) const MONEY: Said = said(
    "狙いはお金です。返事をすると、もっともらしい理由を付けて、送金やギフト券の購入へと話を進めてきます。",
    "It is after money. Whoever answers is led, for one good reason after another, towards a transfer or the purchase of gift cards.",
);
pub(in crate::publish) const EXTORTION: Said = said(
    "狙いは、怖がらせてお金を払わせることです。同じ文面が手当たり次第に送られていて、書かれているような弱みを本当に握っていることは、まずありません。",
    "It wants to frighten people into paying. The same text goes out to everybody; whoever sent it almost never has what he claims to have.",
);
pub(in crate::publish) const DEVICE: Said = said(
    "狙いは、開いた人の端末で不正なプログラムを動かすことです。動いてしまうと、保存してあるパスワードを盗まれたり、端末を遠くから操られたり、職場のほかの端末に広がったりします。",
    "It wants a malicious program to run on its reader's machine. From there it can steal saved passwords, be steered from afar, and spread to other machines at work.",
);
pub(in crate::publish) const ATTENTION: Said = said(
    "欲しいのは注文か、せめて反応です。返信したり配信停止のリンクを押したりすると、「このアドレスは使われている」と教えることになり、かえって増えることがあります。",
    "It wants an order, or at least a reaction. An answer or a click on its unsubscribe link tells that the address is in use, and may bring more of the same.",
);
pub(in crate::publish) const NOTHING: Said = said(
    "では、送り主は何がしたかったのでしょうか。リンクは本物のサイトへ行くだけなので、ここからは何も盗めません。人を驚かせて喜ぶいたずらか、同じ文面で本番の詐欺を送る前の試し送りか、偽のリンクを入れそこなったものと考えられます。どれであるかまでは、このメールからは分かりません。",
    "Then what was it for? The links lead to the genuine site and steal nothing. It may be the joke of somebody who likes to startle people, a test before the same text goes out with other links, or a mail in which the criminals forgot to put theirs. Which of these it is, the mail does not tell.",
);
pub(in crate::publish) const NOTHING_TO_FEAR: Said = said(
    "リンクを開いてしまった方も、本物のサイトなので心配は要りません。ただし、同じ文面で偽のリンクを入れたメールが後から届くことはあり得ます。「前は大丈夫だったから」と気を許さないでください。",
    "If you opened the link there is nothing to fear: it was the genuine site. A mail with the same text and other links may follow, though; do not trust it because this one was harmless.",
);
pub(in crate::publish) const TARGETS: Said = said(
    "このメールに関係があるのは{brand}を使っている人だけですが、宛先は手当たり次第なので、使っていない人にも届きます。",
    "It only concerns those who use {brand}, but it is sent to anybody.",
);

/// The heading above what to do.
pub(in crate::publish) const fn harm_title(class: Class) -> Said {
    match class {
        Class::Fraud => said("応じてしまったときは", "If you have already answered it"),
        Class::Malware => said("開いてしまったときは", "If you have already opened it"),
        _ => said("入力してしまったときは", "If you have already answered it"),
    }
}

pub(in crate::publish) const CALM: Said = said(
    "開いただけなら、まず心配は要りません。入力してしまったときも、早く動けば被害を止められます。落ち着いて、上から順に進めてください。",
    "Having opened it alone is mostly harmless. If you typed something in, acting fast still stops most of the harm. Go through these one by one.",
);
pub(in crate::publish) const CALM_MONEY: Said = said(
    "気づいた時点で止めれば、それ以上の被害は防げます。恥ずかしいことではありません。次の順に進めてください。",
    "Stopping now prevents the rest. There is nothing to be ashamed of. Go through these one by one.",
);
pub(in crate::publish) const CALM_DEVICE: Said = said(
    "届いただけ、表示しただけなら、まず心配は要りません。添付ファイルを開いてしまったときは、次の順に進めてください。",
    "Having received or seen it is harmless. If you opened what was attached, go through these one by one.",
);
pub(in crate::publish) const DO_PASSWORD: Said = said(
    "{service}の本物のサイトかアプリを自分で開き、すぐにパスワードを変える。同じパスワードを使っているほかのサービスでも、別々のものに変える。",
    "Open {service}'s genuine site or app yourself and change the password at once. Change it wherever else you use the same one, each to its own.",
);
pub(in crate::publish) const THE_SERVICE: Said = said("名前を使われたサービス", "the service");
pub(in crate::publish) const DO_MAILBOX: Said = said(
    "メールの設定を開き、覚えのない転送先、振り分け、署名、ログイン履歴がないかを見る。あれば消し、契約している事業者の窓口に知らせる。",
    "Look in the mailbox's settings for forwarding, filters, signatures and log-ins that are not yours; remove them, and tell your provider.",
);
pub(in crate::publish) const DO_SECOND: Said = said(
    "二段階認証(ログイン時の確認コード)を使えるなら、有効にする。",
    "Turn on two-step verification where it is offered.",
);
pub(in crate::publish) const DO_CARD: Said = said(
    "カードの裏面に書かれた番号に電話し、「偽のサイトに番号を入力した」と伝えて利用を止め、再発行してもらう。電話番号をメールや検索の広告から探さない。",
    "Call the number on the back of the card, say that you entered it on a fake site, have the card blocked and replaced. Do not look for the number in mail or in advertisements.",
);
pub(in crate::publish) const DO_STATEMENT: Said = said(
    "利用明細をしばらく見て、覚えのない請求があればすぐカード会社に申し出る。届け出が早いほど、補償を受けやすくなります。",
    "Watch the statements for a while and report what is not yours at once: the earlier, the better the chance of a refund.",
);
pub(in crate::publish) const DO_BANK: Said = said(
    "銀行の本物のアプリか、通帳やカードに書かれた番号から連絡し、口座の利用や送金を止めてもらう。",
    "Reach the bank by its genuine app or the number on your card, and have the account or the transfer stopped.",
);
pub(in crate::publish) const DO_CODE: Said = said(
    "確認コードを入力したときは、すでにログインされたと考えて、全端末からのログアウトとパスワードの変更を先に行う。",
    "If you entered a one-time code, take it that they are in: log out all devices and change the password first.",
);
pub(in crate::publish) const DO_SEED: Said = said(
    "新しいウォレットを作り、残っている資産をすぐに移す。",
    "Make a new wallet and move what is left at once.",
);
pub(in crate::publish) const DO_IDENTITY: Said = said(
    "入力した項目を書き留めておく。この先、その情報を知っているという電話やメールが来ても、それだけで信用しない。",
    "Write down what you entered. Later calls or mails that know these details are not genuine for that reason.",
);
pub(in crate::publish) const DO_MONEY: Said = said(
    "送金してしまったときは、すぐに振り込んだ金融機関に連絡し、振込先の口座の停止を頼む。ギフト券なら、番号を伝えた時刻と券を控えて発行元に連絡する。",
    "If you paid, tell your bank at once and ask for the receiving account to be frozen. With gift cards, tell the issuer, with the card and the time.",
);
pub(in crate::publish) const DO_SILENCE: Said = said(
    "やり取りを止め、相手のメッセージは消さずに残しておく。「取り返せる」という次の連絡にも応じない。",
    "Stop answering, and keep what they wrote. Do not answer whoever next offers to get the money back.",
);
pub(in crate::publish) const DO_NETWORK: Said = said(
    "端末をネットワークから切り離す(無線を切り、ケーブルを抜く)。電源は切らず、職場なら担当者にすぐ知らせる。",
    "Take the machine off the network (wireless off, cable out), leave it on, and at work tell whoever is in charge at once.",
);
pub(in crate::publish) const DO_OTHER_DEVICE: Said = said(
    "別の安全な端末から、その端末で使っていたサービスのパスワードを変える。",
    "From another, clean machine change the passwords of what you used on it.",
);
pub(in crate::publish) const DO_SCAN: Said = said(
    "ウイルス対策ソフトで全体を検査する。消えたかどうか確信が持てないときは、初期化して入れ直す。",
    "Scan it completely. Where you cannot be sure that it is clean, reset and reinstall it.",
);
pub(in crate::publish) const DO_KEEP: Said = said(
    "メールと、入力した日時や内容の記録を残しておく。相談や届け出のときに役立ちます。",
    "Keep the mail and a note of what you entered and when; whoever you ask for help will need it.",
);
pub(in crate::publish) const HELP: Said = said(
    "一人で抱え込まずに、次の窓口に相談してください。",
    "Where to find help in Japan (elsewhere, ask the local police or consumer service):",
);
