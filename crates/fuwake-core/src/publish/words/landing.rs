//! The page behind a link. `{brand}`, `{asks}`, `{target}` and their like are filled in.

use crate::case::{LandingKind, Language};
use crate::evidence::visit::{Profile, StepKind, VisitEnd};

/// A kind of page.
#[derive(Debug)]
pub(in crate::publish) struct Kind {
    /// In a few words.
    pub(in crate::publish) title: &'static str,
    /// As a sentence, where it wears no brand.
    pub(in crate::publish) sentence: &'static str,
    /// As a sentence with `{brand}`.
    pub(in crate::publish) worn: &'static str,
}

/// The words of one language.
#[derive(Debug)]
#[allow(missing_docs, reason = "each name says where the words stand")]
pub(in crate::publish) struct Landing {
    kinds: fn(LandingKind) -> Kind,
    /// What is entered: what it asks for, and where that goes.
    pub(in crate::publish) asks: &'static str,
    pub(in crate::publish) asks_and_sends: &'static str,
    pub(in crate::publish) sends: &'static str,
    /// Before the last item of a list in a sentence.
    pub(in crate::publish) and: &'static str,
    asked: &'static [(&'static str, &'static str)],
    pub(in crate::publish) gone: &'static str,
    pub(in crate::publish) harmless: &'static str,
    pub(in crate::publish) cloaked: &'static str,
    pub(in crate::publish) decoyed: &'static str,
    pub(in crate::publish) exact: &'static str,
    pub(in crate::publish) without_browser: &'static str,
    pub(in crate::publish) frames: [&'static str; 4],
    pub(in crate::publish) stamp: &'static str,
    pub(in crate::publish) alt: &'static str,
    pub(in crate::publish) alt_title: &'static str,
    pub(in crate::publish) alt_text: &'static str,
    pub(in crate::publish) instead: &'static str,
    pub(in crate::publish) no_picture: &'static str,
    pub(in crate::publish) withheld: &'static str,
    pub(in crate::publish) link: &'static str,
    pub(in crate::publish) way: &'static str,
    pub(in crate::publish) details: &'static str,
    pub(in crate::publish) roles: [&'static str; 4],
    pub(in crate::publish) crossing: &'static str,
    pub(in crate::publish) no_answer: &'static str,
    pub(in crate::publish) status: &'static str,
    pub(in crate::publish) url: &'static str,
    pub(in crate::publish) worn: &'static str,
    pub(in crate::publish) certificate: &'static str,
    pub(in crate::publish) certificate_short: &'static str,
    pub(in crate::publish) age: &'static str,
    pub(in crate::publish) age_now: &'static str,
    pub(in crate::publish) age_one: &'static str,
    pub(in crate::publish) not_trusted: &'static str,
    pub(in crate::publish) unencrypted: &'static str,
    pub(in crate::publish) at: &'static str,
    pub(in crate::publish) fault: &'static str,
    pub(in crate::publish) visits: &'static str,
    pub(in crate::publish) not_visited: &'static str,
    pub(in crate::publish) page: &'static str,
    pub(in crate::publish) title: &'static str,
    pub(in crate::publish) text: &'static str,
    pub(in crate::publish) resources: &'static str,
    pub(in crate::publish) saved_from: &'static str,
    pub(in crate::publish) dead_controls: &'static str,
    pub(in crate::publish) form: &'static str,
    pub(in crate::publish) fields: &'static str,
    pub(in crate::publish) required_nothing: &'static str,
    pub(in crate::publish) filled: &'static str,
    pub(in crate::publish) target: &'static str,
    pub(in crate::publish) by_script: &'static str,
    pub(in crate::publish) elsewhere: &'static str,
    pub(in crate::publish) probed: &'static str,
    pub(in crate::publish) typed: &'static str,
    pub(in crate::publish) untouched: &'static str,
    pub(in crate::publish) quiet: &'static str,
    pub(in crate::publish) contacts: &'static str,
    pub(in crate::publish) windows: &'static str,
    pub(in crate::publish) downloads: &'static str,
    pub(in crate::publish) dialogs: &'static str,
    pub(in crate::publish) refused: &'static str,
    pub(in crate::publish) cookies: &'static str,
    pub(in crate::publish) icon: &'static str,
    pub(in crate::publish) traffic: &'static str,
    pub(in crate::publish) traffic_values: &'static str,
    pub(in crate::publish) bounds: &'static str,
    names: &'static [(&'static str, &'static str)],
    steps: fn(StepKind) -> &'static str,
    ends: fn(VisitEnd) -> &'static str,
    profiles: fn(Profile) -> &'static str,
}

impl Landing {
    /// The words of a language.
    pub(in crate::publish) const fn of(language: Language) -> &'static Self {
        match language {
            Language::Ja => &JA,
            Language::En => &EN,
        }
    }

    pub(in crate::publish) fn kind(&self, kind: LandingKind) -> Kind {
        (self.kinds)(kind)
    }

    pub(in crate::publish) fn step(&self, kind: StepKind) -> &'static str {
        (self.steps)(kind)
    }

    /// How a visit ended; empty where a page was shown.
    pub(in crate::publish) fn end(&self, end: VisitEnd) -> &'static str {
        (self.ends)(end)
    }

    pub(in crate::publish) fn profile(&self, profile: Profile) -> &'static str {
        (self.profiles)(profile)
    }

    /// What a page asks for.
    pub(in crate::publish) fn asked<'a>(&self, id: &'a str) -> &'a str
    where
        'static: 'a,
    {
        found(self.asked, id)
    }

    /// A type of field, a reason of the guard, a bound.
    pub(in crate::publish) fn name<'a>(&self, id: &'a str) -> &'a str
    where
        'static: 'a,
    {
        found(self.names, id)
    }
}

fn found<'a>(names: &'static [(&'static str, &'static str)], id: &'a str) -> &'a str
where
    'static: 'a,
{
    names.iter().find(|(known, _)| *known == id).map_or(id, |&(_, name)| name)
}

static JA: Landing = Landing {
    kinds: kind_ja,
    asks: "{asks}の入力を求めています。",
    asks_and_sends: "{asks}の入力を求め、入力した内容は {target} に送られます。",
    sends: "入力した内容は {target} に送られます。",
    and: "と",
    asked: &[
        ("password", "パスワード"),
        ("card", "カード番号"),
        ("security-code", "セキュリティコード"),
        ("code", "確認コード"),
        ("seed-phrase", "暗号資産ウォレットの復元フレーズ"),
        ("bank-pin", "暗証番号"),
        ("id-number", "マイナンバーなどの番号"),
        ("address", "住所"),
        ("telephone", "電話番号"),
    ],
    gone: "これは今の状態です。メールが届いたときに何があったかは、ここからは分かりません。詐欺のページは短い間だけ置かれ、すぐに消されることがよくあります。",
    harmless: "このページそのものに危険はありません。ただし、メールの差出人が本物かどうかは別の問題です。",
    cloaked: "閲覧する側の端末によって、違うページを見せています。調査の目をごまかすための細工(クローキング)とみられます。",
    decoyed: "リンクに含まれていた受信者の情報は、同じ形の架空の値(おとり)に置き換えて開きました。受信者が誰かは相手に伝わっていません。",
    exact: "指定により、リンクをメールにあるとおりに開きました。誰に届いたメールかが相手に伝わっています。",
    without_browser: "ブラウザーを使わずに開いたため、スクリプトが表示する内容は見えていません。",
    frames: [
        "偽のページです。何も入力しないでください",
        "何も入力せず、ファイルも開かないでください",
        "本物のサイトのページです",
        "リンク先のページです。安全を保証するものではありません",
    ],
    stamp: "偽物",
    alt: "{visitor}に表示された画面。{summary}",
    alt_title: "表題は「{title}」。",
    alt_text: "表示された文章の冒頭: {text}",
    instead: "ページの画像を保存しています(WebP、{bytes}バイト、SHA-256 {sha256})。",
    no_picture: "ページの画像はありません。",
    withheld: "ページの画像には受信者の情報が写っているおそれがあるため、載せていません。",
    link: "開いたリンク",
    way: "リンクからページまでの道筋",
    details: "各段階の詳しい記録",
    roles: ["メールのリンク", "途中", "最後に着いた所", "メールのリンク(転送なし)"],
    crossing: "ここから別のドメイン",
    no_answer: "応答なし",
    status: "応答",
    url: "URL",
    worn: "ブランドの名前を含む部分",
    certificate: "証明書",
    certificate_short: "証明書: {issuer}",
    age: "発行から{days}日",
    age_now: "発行した当日",
    age_one: "発行の翌日",
    not_trusted: "正しい証明書ではありません",
    unencrypted: "暗号化なし(http)",
    at: "時刻",
    fault: "理由",
    visits: "どのように開いたか",
    not_visited: "開けませんでした",
    page: "ページの中身",
    title: "表題",
    text: "表示された文章(冒頭)",
    resources: "画像やスクリプトの読み込み元",
    saved_from: "複製元(ページに残っていた記録)",
    dead_controls: "押しても動かない部品",
    form: "入力フォーム",
    fields: "入力欄",
    required_nothing: "入力フォームはありません。",
    filled: "はじめから入力済み",
    target: "送り先",
    by_script: "スクリプトが受け取る",
    elsewhere: "ページとは別のドメイン",
    probed: "架空の値を入力したときの送り先(送信は止めました)",
    typed: "入力したもの",
    untouched: "フォームには何も入力していません。",
    quiet: "そのほかに分かったこと",
    contacts: "ほかのホストへの通信",
    windows: "開こうとしたウィンドウ",
    downloads: "渡そうとしたファイル",
    dialogs: "出そうとした確認画面",
    refused: "止めた通信",
    cookies: "Cookieの名前",
    icon: "サイトのアイコン(MurmurHash3)",
    traffic: "通信の量",
    traffic_values: "{requests}回、{bytes}バイト",
    bounds: "上限に達したもの",
    names: &[
        ("password", "パスワード"),
        ("email", "メールアドレス"),
        ("tel", "数字"),
        ("text", "文字"),
        ("search", "検索"),
        ("number", "数字"),
        ("url", "URL"),
        ("date", "日付"),
        ("month", "年月"),
        ("select", "選択"),
        ("select-one", "選択"),
        ("select-multiple", "選択"),
        ("checkbox", "チェック"),
        ("radio", "選択"),
        ("textarea", "文章"),
        ("file", "ファイル"),
        ("inner-address", "内部のアドレス"),
        ("own-address", "調査側のアドレス"),
        ("port", "ウェブ以外のポート"),
        ("scheme", "ウェブ以外の方式"),
        ("bound", "上限"),
        ("steps", "移動の回数"),
        ("requests", "通信の回数"),
        ("bytes", "通信の量"),
        ("memory", "メモリー"),
        ("time", "時間"),
        ("net::ERR_NAME_NOT_RESOLVED", "この名前は存在しません"),
        ("net::ERR_CONNECTION_REFUSED", "接続を断られました"),
        ("net::ERR_CONNECTION_FAILED", "接続できませんでした"),
        ("net::ERR_CONNECTION_RESET", "接続が切られました"),
        ("net::ERR_CONNECTION_TIMED_OUT", "時間内に答えがありませんでした"),
        ("net::ERR_TIMED_OUT", "時間内に答えがありませんでした"),
        ("net::ERR_EMPTY_RESPONSE", "答えが空でした"),
        ("net::ERR_CERT_AUTHORITY_INVALID", "証明書の発行元が信頼できません"),
        ("net::ERR_CERT_COMMON_NAME_INVALID", "証明書の名前が一致しません"),
        ("net::ERR_CERT_DATE_INVALID", "証明書の期限が切れています"),
        ("net::ERR_TOO_MANY_REDIRECTS", "転送が終わりませんでした"),
    ],
    steps: step_ja,
    ends: end_ja,
    profiles: |profile| match profile {
        Profile::JapaneseMobile => "日本のスマートフォン",
        Profile::JapaneseDesktop => "日本のパソコン",
    },
};

const fn kind_ja(kind: LandingKind) -> Kind {
    let (title, sentence, worn) = match kind {
        LandingKind::FakeLogin => (
            "偽のログイン画面",
            "偽のログイン画面が置かれています。",
            "{brand}を装った偽のログイン画面が置かれています。",
        ),
        LandingKind::CredentialForm => (
            "パスワードなどを入力させる画面",
            "パスワードなどを入力させる画面が置かれています。",
            "{brand}の名前を出して、パスワードなどを入力させる画面が置かれています。",
        ),
        LandingKind::PaymentForm => (
            "支払いの情報を入力させる画面",
            "カードなど支払いの情報を入力させる画面が置かれています。",
            "{brand}の名前を出して、カードなど支払いの情報を入力させる画面が置かれています。",
        ),
        LandingKind::MalwareDownload => (
            "不正なプログラムの配布",
            "不正なプログラムとみられるファイルを渡そうとします。",
            "{brand}を装い、不正なプログラムとみられるファイルを渡そうとします。",
        ),
        LandingKind::Download => (
            "ファイルの配布",
            "ファイルを渡そうとします。ファイルは受け取らず、中身は確認していません。",
            "{brand}の名前を出して、ファイルを渡そうとします。ファイルは受け取らず、中身は確認していません。",
        ),
        LandingKind::Parked => (
            "使われていないドメイン",
            "ドメインは使われておらず、広告や販売の案内だけが表示されます。",
            "ドメインは使われておらず、広告や販売の案内だけが表示されます。",
        ),
        LandingKind::Suspended => (
            "利用停止の表示",
            "サーバーやドメインの利用が止められたという表示だけが出ます。",
            "サーバーやドメインの利用が止められたという表示だけが出ます。",
        ),
        LandingKind::Dead => ("ページは消えています", "ページは現在ありません。", "ページは現在ありません。"),
        LandingKind::Blocked => (
            "閲覧の遮断",
            "閲覧が遮られ、ページの中身は見られません。",
            "閲覧が遮られ、ページの中身は見られません。",
        ),
        LandingKind::CaptchaWall => (
            "人かどうかを確かめる画面",
            "人が操作しているかを確かめる画面で止まり、その先は見られません。",
            "人が操作しているかを確かめる画面で止まり、その先は見られません。",
        ),
        LandingKind::GenuineSite => ("本物のサイト", "本物のサイトです。", "{brand}の本物のサイトです。"),
        LandingKind::GenuineErrorPage => (
            "本物のサイトのエラー画面",
            "本物のサイトのエラー画面です。",
            "{brand}の本物のサイトのエラー画面です。",
        ),
        LandingKind::Page => (
            "ページ",
            "ページが表示されます。偽のログイン画面などの特徴は見当たりません。",
            "{brand}の名前が出てくるページが表示されます。",
        ),
        LandingKind::NotReached => (
            "たどり着けませんでした",
            "ページにはたどり着けませんでした。",
            "ページにはたどり着けませんでした。",
        ),
    };
    Kind { title, sentence, worn }
}

const fn step_ja(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Link => "メールのリンク",
        StepKind::Redirect => "HTTPの転送",
        StepKind::RefreshHeader => "Refreshヘッダーによる転送",
        StepKind::MetaRefresh => "ページ内の自動転送(meta refresh)",
        StepKind::Script => "スクリプトによる移動",
        StepKind::Form => "フォームの自動送信",
        StepKind::Frame => "画面いっぱいの枠(フレーム)",
    }
}

const fn end_ja(end: VisitEnd) -> &'static str {
    match end {
        VisitEnd::Shown => "",
        VisitEnd::Download => "ファイルの受け取りを求められた",
        VisitEnd::NoSuchName => "ホスト名が存在しない",
        VisitEnd::Unreachable => "サーバーが応答しない",
        VisitEnd::Refused => "安全のため接続しなかった",
        VisitEnd::Hung => "ページの動きが止まらず、打ち切った",
    }
}

static EN: Landing = Landing {
    kinds: kind_en,
    asks: "It asks for {asks}.",
    asks_and_sends: "It asks for {asks} and sends what is entered to {target}.",
    sends: "What is entered is sent to {target}.",
    and: " and ",
    asked: &[
        ("password", "a password"),
        ("card", "a card number"),
        ("security-code", "the card's security code"),
        ("code", "a one-time code"),
        ("seed-phrase", "the recovery phrase of a crypto wallet"),
        ("bank-pin", "the PIN of a card or bank account"),
        ("id-number", "an identity number"),
        ("address", "a postal address"),
        ("telephone", "a telephone number"),
    ],
    gone: "That is how it is now. It says nothing about what stood there when the mail arrived: scam pages are often up for a short time only.",
    harmless: "Nothing is to be feared from this page itself. Whether the sender of the mail is genuine is another question.",
    cloaked: "Different visitors are shown different pages, most likely to hide from those who investigate (cloaking).",
    decoyed: "Where the link held details of the recipient, made-up values of the same shape (decoys) took their place before it was opened. The server was not told who received the mail.",
    exact: "As ordered, the link was opened exactly as it stands in the mail. The server now knows who received it.",
    without_browser: "It was opened without a browser, so nothing that scripts show was seen.",
    frames: [
        "Fake – do not enter anything",
        "Do not enter anything, do not open any file",
        "A page of the genuine site",
        "The linked page – nobody vouches for it",
    ],
    stamp: "FAKE",
    alt: "What was shown to: {visitor}. {summary}",
    alt_title: " Its title is “{title}”.",
    alt_text: " The text begins: {text}",
    instead: "A picture of the page was kept (WebP, {bytes} bytes, SHA-256 {sha256}).",
    no_picture: "There is no picture of the page.",
    withheld: "The picture of the page is left out, because it may show who received the mail.",
    link: "Link opened",
    way: "From the link to the page",
    details: "Each step in full",
    roles: ["The mail's link", "On the way", "Where it ends", "The mail's link, without a redirect"],
    crossing: "another domain from here on",
    no_answer: "no answer",
    status: "Status",
    url: "URL",
    worn: "Bears a brand's name",
    certificate: "Certificate",
    certificate_short: "Certificate: {issuer}",
    age: "{days} days old",
    age_now: "issued the same day",
    age_one: "1 day old",
    not_trusted: "not a valid certificate",
    unencrypted: "not encrypted (http)",
    at: "Time",
    fault: "Reason",
    visits: "How it was opened",
    not_visited: "could not be opened",
    page: "What the page holds",
    title: "Title",
    text: "Text shown (beginning)",
    resources: "Pictures and scripts come from",
    saved_from: "Copied from (as noted in the page)",
    dead_controls: "Controls that do nothing",
    form: "The form",
    fields: "Fields",
    required_nothing: "The page has no form.",
    filled: "already filled in",
    target: "Sent to",
    by_script: "taken by a script",
    elsewhere: "another domain than the page's",
    probed: "Where made-up values would have gone (the request was stopped)",
    typed: "Typed in",
    untouched: "Nothing was typed into the form.",
    quiet: "Also noticed",
    contacts: "Requests to other hosts",
    windows: "Windows it wanted to open",
    downloads: "Files it wanted to hand over",
    dialogs: "Boxes it wanted to show",
    refused: "Connections stopped",
    cookies: "Names of cookies",
    icon: "Icon of the site (MurmurHash3)",
    traffic: "Traffic",
    traffic_values: "requests: {requests}, bytes: {bytes}",
    bounds: "Limits met",
    names: &[
        ("email", "mail address"),
        ("tel", "digits"),
        ("select", "choice"),
        ("select-one", "choice"),
        ("select-multiple", "choice"),
        ("checkbox", "tick box"),
        ("radio", "choice"),
        ("textarea", "long text"),
        ("inner-address", "an inner address"),
        ("own-address", "an address of the investigator"),
        ("port", "a port that is none of the web's"),
        ("scheme", "a scheme that is none of the web's"),
        ("steps", "number of steps"),
        ("requests", "number of requests"),
        ("bytes", "amount of data"),
        ("net::ERR_NAME_NOT_RESOLVED", "the name does not exist"),
        ("net::ERR_CONNECTION_REFUSED", "the connection was refused"),
        ("net::ERR_CONNECTION_FAILED", "no connection"),
        ("net::ERR_CONNECTION_RESET", "the connection was cut"),
        ("net::ERR_CONNECTION_TIMED_OUT", "no answer in time"),
        ("net::ERR_TIMED_OUT", "no answer in time"),
        ("net::ERR_EMPTY_RESPONSE", "an empty answer"),
        ("net::ERR_CERT_AUTHORITY_INVALID", "the certificate's issuer is not trusted"),
        ("net::ERR_CERT_COMMON_NAME_INVALID", "the certificate is for another name"),
        ("net::ERR_CERT_DATE_INVALID", "the certificate has expired"),
        ("net::ERR_TOO_MANY_REDIRECTS", "redirects without end"),
    ],
    steps: step_en,
    ends: end_en,
    profiles: |profile| match profile {
        Profile::JapaneseMobile => "Phone in Japan",
        Profile::JapaneseDesktop => "Computer in Japan",
    },
};

const fn kind_en(kind: LandingKind) -> Kind {
    let (title, sentence, worn) = match kind {
        LandingKind::FakeLogin => (
            "Fake log-in page",
            "A fake log-in page stands there.",
            "A fake log-in page of {brand} stands there.",
        ),
        LandingKind::CredentialForm => (
            "Page that asks for credentials",
            "A page stands there that asks for credentials.",
            "A page stands there that asks for credentials in the name of {brand}.",
        ),
        LandingKind::PaymentForm => (
            "Page that asks for payment details",
            "A page stands there that asks for card or other payment details.",
            "A page stands there that asks for card or other payment details in the name of {brand}.",
        ),
        LandingKind::MalwareDownload => (
            "Download of a harmful program",
            "A file is handed out that is most likely a harmful program.",
            "In the name of {brand}, a file is handed out that is most likely a harmful program.",
        ),
        LandingKind::Download => (
            "File download",
            "A file is handed out. It was not taken, and nothing is known of its content.",
            "A file is handed out in the name of {brand}. It was not taken, and nothing is known of its content.",
        ),
        LandingKind::Parked => (
            "Unused domain",
            "The domain is not in use: only advertisements or an offer to sell it are shown.",
            "The domain is not in use: only advertisements or an offer to sell it are shown.",
        ),
        LandingKind::Suspended => (
            "Suspended",
            "Only a notice is shown that the site or its domain was suspended.",
            "Only a notice is shown that the site or its domain was suspended.",
        ),
        LandingKind::Dead => (
            "The page is gone",
            "There is no page at this address now.",
            "There is no page at this address now.",
        ),
        LandingKind::Blocked => (
            "Access blocked",
            "Access is blocked, and the page itself was not seen.",
            "Access is blocked, and the page itself was not seen.",
        ),
        LandingKind::CaptchaWall => (
            "Check for humans",
            "The way ends at a check for humans (CAPTCHA); what lies behind it was not seen.",
            "The way ends at a check for humans (CAPTCHA); what lies behind it was not seen.",
        ),
        LandingKind::GenuineSite => {
            ("Genuine site", "It is a genuine site.", "It is the genuine site of {brand}.")
        }
        LandingKind::GenuineErrorPage => (
            "Error page of the genuine site",
            "It is an error page of a genuine site.",
            "It is an error page of the genuine site of {brand}.",
        ),
        LandingKind::Page => (
            "A page",
            "A page is shown that has no marks of a fake log-in or the like.",
            "A page is shown that names {brand}.",
        ),
        LandingKind::NotReached => {
            ("Not reached", "The page could not be reached.", "The page could not be reached.")
        }
    };
    Kind { title, sentence, worn }
}

const fn step_en(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Link => "the mail's link",
        StepKind::Redirect => "HTTP redirect",
        StepKind::RefreshHeader => "Refresh header",
        StepKind::MetaRefresh => "automatic redirect in the page (meta refresh)",
        StepKind::Script => "script",
        StepKind::Form => "form that sends itself",
        StepKind::Frame => "frame that fills the page",
    }
}

const fn end_en(end: VisitEnd) -> &'static str {
    match end {
        VisitEnd::Shown => "",
        VisitEnd::Download => "a file was offered",
        VisitEnd::NoSuchName => "the host name does not exist",
        VisitEnd::Unreachable => "the server did not answer",
        VisitEnd::Refused => "not connected to, for safety",
        VisitEnd::Hung => "the page did not come to rest and was given up",
    }
}
