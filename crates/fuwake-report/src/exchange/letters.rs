//! What a desk is written: in English, and in Japanese above it where it reads that. Links in it are broken, so that no filter on the way
//! takes the report for what it reports; the parts for programs have them whole.

use std::fmt::Write as _;

use fuwake_core::case::{LandingKind, Language};
use fuwake_core::indicators::{BrandFacts, Desk, Duty, Indicators, LandingFacts, Masked, Matter, Standing};
use fuwake_core::inquiry::Role;
use fuwake_core::verdict::Class;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use time::macros::offset;

use super::Reporter;

/// A letter's subject and text.
pub(super) struct Letter {
    pub(super) subject: String,
    pub(super) text: String,
}

pub(super) fn to(desk: &Desk, indicators: &Indicators, reporter: &Reporter) -> Letter {
    let english = Writing { desk, indicators, japanese: false };
    let japanese = Writing { desk, indicators, japanese: true };
    let mut text = String::new();
    if desk.is_japanese {
        text.push_str(&japanese.text());
        text.push_str("\n\n----------------------------------------\n\n");
    }
    text.push_str(&english.text());
    let _ = write!(text, "\n\n{}\n{}\n", reporter.organisation, reporter.address);
    let subject = if desk.is_japanese { japanese.subject() } else { english.subject() };
    Letter { subject, text }
}

/// A link or name that no program follows: `hxxps://evil[.]example/`.
pub(super) fn broken(link: &str) -> String {
    let (head, tail) = link.split_once("://").unwrap_or(("", link));
    let end = tail.find(['/', '?', '#']).unwrap_or(tail.len());
    let (host, path) = tail.split_at_checked(end).unwrap_or((tail, ""));
    let scheme = if head.is_empty() { String::new() } else { format!("{}://", head.replacen("tt", "xx", 1)) };
    format!("{scheme}{}{path}", host.replace('.', "[.]"))
}

/// The page that a matter is about, where a visit saw it.
pub(super) fn landing<'i>(indicators: &'i Indicators, url: &Masked) -> Option<&'i LandingFacts> {
    let on_way = |landing: &&LandingFacts| {
        landing.steps.iter().any(|step| step.url == *url) || landing.form_target.as_ref() == Some(url)
    };
    let harmful = |landing: &&LandingFacts| landing.standing == Standing::Attacker;
    indicators.landings.iter().filter(harmful).find(on_way)
}

struct Writing<'l> {
    desk: &'l Desk,
    indicators: &'l Indicators,
    japanese: bool,
}

impl Writing<'_> {
    fn pick(&self, ja: &str, en: &str) -> String {
        if self.japanese { ja } else { en }.to_owned()
    }

    /// Who is imitated, with the site that is genuine, in words that the letter's reader can read.
    fn company(&self, brand: &BrandFacts) -> String {
        let site = brand.domains.first().map(|domain| match self.japanese {
            true => format!("（本物は {domain}）"),
            false => format!(" (the genuine site is {domain})"),
        });
        let language = if self.japanese { Language::Ja } else { Language::En };
        format!("{}{}", brand.name_in(language), site.unwrap_or_default())
    }

    /// Whom the mail imitates.
    fn imitated(&self) -> Option<String> {
        self.indicators.brand.as_ref().map(|brand| self.company(brand))
    }

    fn subject(&self) -> String {
        let matter = &self.desk.matters[0];
        let about = broken(matter.about.as_str());
        match matter.duty {
            Duty::Hosting => {
                let is_seen = self.is_seen(matter);
                let what = match self.indicators.verdict.class {
                    Class::Malware if is_seen => self.pick("マルウェアの配布", "Malware at"),
                    Class::Fraud if is_seen => self.pick("詐欺サイト", "Fraudulent page at"),
                    _ if is_seen => self.pick("フィッシングサイト", "Phishing page at"),
                    Class::Malware => {
                        self.pick("マルウェアメールのリンク先", "Linked from a mail with malware:")
                    }
                    Class::Fraud => self.pick("詐欺メールのリンク先", "Linked from a fraudulent mail:"),
                    _ => self.pick("フィッシングメールのリンク先", "Linked from a phishing mail:"),
                };
                let ip = matter.ip.map(|ip| ip.to_string()).filter(|ip| *ip != matter.about.as_str());
                let ip = ip.map_or_else(String::new, |ip| format!(" ({ip})"));
                self.pick(&format!("【通報】{what}: {about}{ip}"), &format!("{what} {about}{ip}"))
            }
            Duty::Registrar => self.pick(
                &format!("【通報】詐欺メールに使われたドメイン名: {about}"),
                &format!("Domain used in a fraudulent mail: {about}"),
            ),
            Duty::Sending if self.is_spam() => self.pick(
                &format!("【通報】迷惑メールの送信元: {}", matter.about),
                &format!("Unsolicited mail sent from {}", matter.about),
            ),
            Duty::Sending => self.pick(
                &format!("【通報】詐欺メールの送信元: {}", matter.about),
                &format!("Fraudulent mail sent from {}", matter.about),
            ),
            Duty::Mailbox => self.pick(
                &format!("【通報】詐欺の返信先に使われているメールアドレス: {about}"),
                &format!("Mailbox used for fraud: {about}"),
            ),
        }
    }

    /// Nobody is cheated, and nobody asked for it.
    fn is_spam(&self) -> bool {
        self.indicators.verdict.class == Class::Spam
    }

    fn text(&self) -> String {
        let mut text = match self.is_spam() {
            true => self.pick(
                "ご担当者様\n\n突然のご連絡で失礼いたします。貴社が管理されているサーバーから、受信者が求めていない広告メールが送られているようですので、お知らせします。",
                "Dear abuse team,\n\nmail that its recipient did not ask for seems to come from your network, and we report what we have seen.",
            ),
            false => self.pick(
                "ご担当者様\n\n突然のご連絡で失礼いたします。貴社が管理されているサーバー、ドメイン名またはメールアドレスが、次の詐欺に使われているようですので、お知らせします。",
                "Dear abuse team,\n\nwe believe that something in your care is being used for fraud, and report what we have seen.",
            ),
        };
        text.push_str("\n\n");
        text.push_str(&self.mail());
        for matter in &self.desk.matters {
            text.push_str("\n\n");
            text.push_str(&match matter.duty {
                Duty::Hosting => self.hosting(matter),
                Duty::Registrar => self.registrar(matter),
                Duty::Sending => self.sending(matter),
                Duty::Mailbox => self.mailbox(matter),
            });
        }
        text.push_str("\n\n");
        text.push_str(&self.pick(
            "受信した人の名前とアドレスは伏せてあります。添付したメールの写しも同じように伏せたもので、ヘッダーは送信側に関わる項目だけ、添付ファイルは名前・大きさ・SHA-256 だけを残しています。\nお心当たりのない場合や、ほかにお知らせすべき先がある場合は、このメールへの返信でお教えいただけると助かります。\n\nどうぞよろしくお願いいたします。",
            "The recipient's name and address are masked. The copy of the mail is masked in the same way; of its header it has what tells of the sender, and of attached files name, size and SHA-256.\nIf somebody else is responsible, please tell us by replying to this mail.\n\nKind regards",
        ));
        text
    }

    /// What came, and in whose name.
    fn mail(&self) -> String {
        let at = self.indicators.mail.received.as_deref().or(self.indicators.mail.date.as_deref());
        let at = at.map(|at| moment(at, self.japanese));
        let whom = self.imitated().filter(|_| !self.is_spam());
        if self.is_spam() {
            return match (self.japanese, at) {
                (true, Some(at)) => format!("{at} に、受信者が求めていない広告メールが届きました。"),
                (true, None) => "受信者が求めていない広告メールが届きました。".to_owned(),
                (false, Some(at)) => {
                    format!("On {at} an advertisement came that its recipient did not ask for.")
                }
                (false, None) => "An advertisement came that its recipient did not ask for.".to_owned(),
            };
        }
        match (self.japanese, at, whom) {
            (true, Some(at), Some(whom)) => format!("{at} に、{whom}をかたるメールが届きました。"),
            (true, Some(at), None) => format!("{at} に、人をだますメールが届きました。"),
            (true, None, Some(whom)) => format!("{whom}をかたるメールが届きました。"),
            (true, None, None) => "人をだますメールが届きました。".to_owned(),
            (false, Some(at), Some(whom)) => format!("On {at} a mail came that pretends to be from {whom}."),
            (false, Some(at), None) => format!("On {at} a fraudulent mail came."),
            (false, None, Some(whom)) => format!("A mail came that pretends to be from {whom}."),
            (false, None, None) => "A fraudulent mail came.".to_owned(),
        }
    }

    /// A page in a network.
    fn hosting(&self, matter: &Matter) -> String {
        let mut text = self.pick(
            "メールの中のリンクから、貴社のネットワークにある次のページに誘導されます。",
            "A link in it leads to the following in your network.",
        );
        text.push('\n');
        if let Some(ip) = matter.ip {
            self.line(&mut text, "サーバー", "Server", &ip.to_string());
        }
        self.pages(&mut text, matter);
        let asked = match matter.standing {
            Standing::Unclear => self.pick(
                "内容をお確かめのうえ、このページ（または転送）を止めていただけますでしょうか。サイトの持ち主に覚えがない場合は、侵入されて置かれたものとみられますので、持ち主にもお知らせください。",
                "Please check it and stop this page or redirect. If the owner of the site knows nothing of it, somebody probably broke in there: please let the owner know.",
            ),
            Standing::Bystander => self.pick(
                "サイトの持ち主は、侵入されてページを置かれた被害者とみられます。持ち主に知らせて、ページの削除と侵入経路の対策を促していただけますでしょうか。",
                "The owner of the site was probably broken into and is a victim too. Please let the owner know, so that the page is removed and the way in is closed.",
            ),
            Standing::Shared => self.pick(
                "貴社のサービスに置かれたものとみられます。内容をお確かめのうえ、そのページ（または転送）を止めていただけますでしょうか。",
                "It seems to have been put there by a user of your service. Please check it and take this page (or redirect) down.",
            ),
            _ if !self.is_seen(matter) => self.pick(
                "何が置かれているかをお確かめのうえ、偽のページなど害のあるものであれば、公開を止めていただけますでしょうか。",
                "Please check what stands there, and take it down if it is a fake or does other harm.",
            ),
            _ => self.pick(
                "内容をお確かめのうえ、ページの公開を止めていただけますでしょうか。可能でしたら、捜査に備えて記録の保全もお願いいたします。",
                "Please check it and take it down, and if you can, keep the logs in case the police ask for them.",
            ),
        };
        text.push('\n');
        text.push_str(&asked);
        text
    }

    /// A name that was made for it.
    fn registrar(&self, matter: &Matter) -> String {
        let name = broken(matter.about.as_str());
        let hosts = self.indicators.hosts.iter();
        let since = hosts
            .filter(|host| host.domain == matter.about)
            .find_map(|host| host.registration.as_ref()?.registered_on.as_deref());
        let part = self.part(matter);
        let mut text = match (self.japanese, since) {
            (true, Some(since)) => {
                format!("{part}ドメイン名 {name} は、{since} に貴社を通じて登録されています。")
            }
            (true, None) => format!("{part}ドメイン名 {name} は、貴社を通じて登録されています。"),
            (false, Some(since)) => {
                format!("The domain {name}, {part}, was registered through you on {since}.")
            }
            (false, None) => format!("The domain {name}, {part}, was registered through you."),
        };
        text.push('\n');
        self.pages(&mut text, matter);
        text.push('\n');
        text.push_str(&self.pick(
            "用途をお確かめのうえ、詐欺に使われていると判断される場合は、利用の停止をご検討ください。",
            "Please check what it is used for, and suspend the domain if you find the same.",
        ));
        text
    }

    /// What a domain has to do with the mail, as far as it was seen.
    fn part(&self, matter: &Matter) -> String {
        let hosts = self.indicators.hosts.iter().filter(|host| host.domain == matter.about);
        let roles: Vec<Role> = hosts.flat_map(|host| host.roles.iter().copied()).collect();
        match () {
            () if roles.contains(&Role::Link) => {
                self.pick("このメールの中のリンクが指す", "to which a link in the mail points")
            }
            () if roles.contains(&Role::Landing) => {
                self.pick("このメールの中のリンクから誘導される", "to which a link in the mail leads")
            }
            () => self.pick(
                "このメールの差出人や返信先に使われている",
                "which the mail has in its sender or its address for answers",
            ),
        }
    }

    /// A visit saw what the page does.
    fn is_seen(&self, matter: &Matter) -> bool {
        let seen = |landing: &LandingFacts| {
            matches!(
                landing.kind,
                LandingKind::FakeLogin
                    | LandingKind::CredentialForm
                    | LandingKind::PaymentForm
                    | LandingKind::MalwareDownload
            )
        };
        matter.urls.iter().filter_map(|url| landing(self.indicators, url)).any(seen)
    }

    /// A machine that sent the mail.
    fn sending(&self, matter: &Matter) -> String {
        let mut text = self.pick(
            "このメールは、受信側のサーバーの記録によれば、貴社のネットワークの次のアドレスから送られました。",
            "By the record of the recipient's server it was sent from this address in your network.",
        );
        text.push('\n');
        self.line(&mut text, "送信元", "Address", matter.about.as_str());
        if let Some(at) = self.indicators.mail.received.as_deref() {
            self.line(&mut text, "受信日時", "Received", &moment(at, self.japanese));
        }
        text.push('\n');
        text.push_str(&self.pick(
            "利用者ご本人か、乗っ取られた機器やアカウントによるものとみられます。送信が止まるよう、対応をお願いいたします。",
            "A customer of yours, or somebody who broke in there, probably sent it. Please see that it stops.",
        ));
        text
    }

    /// A mailbox at which answers are awaited.
    fn mailbox(&self, matter: &Matter) -> String {
        let mut text = self.pick(
            "このメールへの返信は、貴社のメールサービスの次のアドレスに届くようになっています。",
            "Answers to it go to this mailbox at your service.",
        );
        text.push('\n');
        self.line(&mut text, "返信先", "Reply-To", &broken(matter.about.as_str()));
        text.push('\n');
        text.push_str(&self.pick(
            "だまされた人からの連絡を受けるために使われているとみられます。内容をお確かめのうえ、利用の停止をご検討ください。",
            "It is probably there for those who were taken in. Please check it and close the mailbox.",
        ));
        text
    }

    /// The pages, what they ask for, and where that goes.
    fn pages(&self, text: &mut String, matter: &Matter) {
        let landing = matter.urls.iter().find_map(|url| landing(self.indicators, url));
        let target = landing.and_then(|landing| landing.form_target.as_ref());
        let alone = matter.urls.len() == 1;
        for url in matter.urls.iter().filter(|url| alone || Some(*url) != target) {
            self.line(text, "URL", "URL", &broken(url.as_str()));
        }
        let Some(landing) = landing else { return };
        let last = landing.steps.last().map(|step| &step.url);
        if let Some(last) = last.filter(|last| !matter.urls.contains(last)) {
            self.line(text, "行き着く先", "It leads to", &broken(last.as_str()));
        }
        let other =
            |worn: &&BrandFacts| self.indicators.brand.as_ref().is_none_or(|brand| brand.id != worn.id);
        if let Some(worn) = landing.wears.as_ref().filter(other) {
            self.line(text, "かたられている組織・サービス", "It poses as", &self.company(worn));
        }
        let asked: Vec<&str> = landing.asks_for.iter().map(|secret| self.secret(secret)).collect();
        if !asked.is_empty() {
            let between = if self.japanese { "、" } else { ", " };
            self.line(text, "入力させるもの", "It asks for", &asked.join(between));
        }
        if let Some(target) = &landing.form_target {
            self.line(text, "入力の送り先", "Entries go to", &broken(target.as_str()));
        }
        if let Some(at) = &landing.seen {
            self.line(text, "確認した日時", "Seen", &moment(at, self.japanese));
        }
    }

    fn line(&self, text: &mut String, ja: &str, en: &str, value: &str) {
        let _ = match self.japanese {
            true => writeln!(text, "  {ja}: {value}"),
            false => writeln!(text, "  {en}: {value}"),
        };
    }

    fn secret<'s>(&self, secret: &'s str) -> &'s str {
        let (ja, en) = match secret {
            "password" => ("パスワード", "password"),
            "card" => ("カード番号", "card number"),
            "security-code" => ("セキュリティコード", "card security code"),
            "code" => ("認証コード", "one-time code"),
            "seed-phrase" => ("ウォレットの秘密の言葉", "wallet phrase"),
            "bank-pin" => ("口座やカードの暗証番号", "bank PIN"),
            "id-number" => ("マイナンバーなどの番号", "identity number"),
            "address" => ("住所", "postal address"),
            "telephone" => ("電話番号", "telephone number"),
            other => (other, other),
        };
        if self.japanese { ja } else { en }
    }
}

/// `2026-11-19 00:12:45 UTC`, for readers in Japan `2026-11-19 09:12:45 JST`.
pub(super) fn moment(utc: &str, japanese: bool) -> String {
    let Ok(at) = OffsetDateTime::parse(utc, &Rfc3339) else { return utc.to_owned() };
    let local = at.checked_to_offset(offset!(+9)).filter(|_| japanese);
    let (at, zone) = local.map_or((at, "UTC"), |local| (local, "JST"));
    let text = at.format(&Rfc3339).unwrap_or_else(|_| utc.to_owned());
    format!("{} {zone}", text.get(..19).unwrap_or(utc).replacen('T', " ", 1))
}

#[cfg(test)]
mod tests {
    use super::{broken, moment};

    #[test]
    fn nothing_can_be_followed() {
        assert_eq!(broken("https://a.evil.shop/x.html?y=1.2"), "hxxps://a[.]evil[.]shop/x.html?y=1.2");
        assert_eq!(broken("evil.shop"), "evil[.]shop");
        assert_eq!(broken("http://evil.shop"), "hxxp://evil[.]shop");
        assert_eq!(moment("2026-11-19T00:12:45Z", true), "2026-11-19 09:12:45 JST");
    }
}
