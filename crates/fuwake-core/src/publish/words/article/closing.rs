//! The law, what is not known, the author's remarks, and what this is made of.

use super::{Said, said};

pub(in crate::publish) const LAW: Said = said("法律ではどうなるか", "What the law says");
pub(in crate::publish) const LAW_LEAD: Said = said(
    "こうしたメールを送ることは、日本では次の法律に触れる可能性があります。",
    "In Japan, sending such a mail may break the following laws.",
);
pub(in crate::publish) const LAW_LEAD_OTHER: Said = said(
    "こうしたメールを送ることは、次の法律に触れる可能性があります。",
    "Sending such a mail may break the following laws.",
);
pub(in crate::publish) const LAW_ENTRY: Said =
    said("{name}{articles}は、{says}。", "{Name}, {articles}, {says}.");
pub(in crate::publish) const LAW_PENALTY: Said =
    said("罰則は{penalty}です。", "The punishment is {penalty}.");
pub(in crate::publish) const LAW_PENALTY_THEN: Said = said(
    "罰則は、このメールの日付の時点では{penalty}でした。",
    "At the time of this mail the punishment was {penalty}.",
);
pub(in crate::publish) const LAW_UNVERIFIED: Said =
    said("(出典は確認できていません。)", "(No source for this was read.)");
pub(in crate::publish) const LAW_READ: Said = said(
    "条文と罰則は{read}に確認したものです。実際に罪になるかどうかを決めるのは捜査機関と裁判所で、この記事ではありません。",
    "Articles and punishments as read on {read}. Whether a crime was committed is for investigators and courts to say, not for this article.",
);

pub(in crate::publish) const UNKNOWN: Said = said("分からなかったこと", "What is not known");
pub(in crate::publish) const UNCHECKED: Said = said(
    "{what}は確かめていません。確かめていないというだけで、問題がないという意味ではありません。",
    "Not checked: {what}. That means only that it was not checked, not that all is well there.",
);
pub(in crate::publish) const FAILED: Said = said(
    "問い合わせても答えが得られなかったものが{count}件ありました。",
    "{count} look-ups brought no answer.",
);
pub(in crate::publish) const FAILED_ONE: Said =
    said("問い合わせても答えが得られなかったものが1件ありました。", "One look-up brought no answer.");
pub(in crate::publish) const CONFIDENCE_LOW: Said = said(
    "手がかりが少ないので、この判断の確かさは高くありません。後から事情が分かれば、変わることがあります。",
    "There was little to go by, so this judgement is not very firm, and may change with what comes to light.",
);

pub(in crate::publish) const REMARKS: Said = said("筆者から", "The author's remarks");

pub(in crate::publish) const SHARE: Said = said("この記事について", "About this article");
pub(in crate::publish) const SHARE_BAD: Said = said(
    "同じメールが届いて迷っている人が、周りにいるかもしれません。注意を呼びかけるために、この記事を役立ててください。受け取った人が分かる部分は伏せ、リンクは開けない形にしてあるので、そのまま見せても危険はありません。",
    "Others may have got the same mail and wonder. Use this article to warn them: whatever names its reader is masked and no link in it can be followed, so it can be shown as it is.",
);
pub(in crate::publish) const SHARE_PLAIN: Said = said(
    "受け取った人が分かる部分は伏せ、リンクは開けない形にしてあります。",
    "Whatever names the mail's reader is masked, and no link in it can be followed.",
);
pub(in crate::publish) const REPORT: Said = said(
    "同じメールを受け取った方は、次の窓口に知らせることもできます。",
    "If you got the same mail in Japan, you can report it:",
);
pub(in crate::publish) const BYSTANDERS: Said = said(
    "記事に出てくるドメインやサーバーの持ち主には、名前を使われたり、乗っ取られたりしただけの方が含まれます。その方々を責めるためのものではありません。",
    "Some of the domains and servers named here belong to people whose name was borrowed or whose machine was broken into. Nothing here is meant to accuse them.",
);
pub(in crate::publish) const MADE: Said = said(
    "この記事は、メールを調べるプログラム fuwake(腑分け)の記録から作りました。",
    "This article was written from the records of fuwake, a program that takes mail apart.",
);
pub(in crate::publish) const DBIP: Said = said(
    "IPアドレスの所在は DB-IP(https://db-ip.com、CC BY 4.0)の表によります。",
    "Places of addresses: IP Geolocation by DB-IP (https://db-ip.com, CC BY 4.0).",
);
