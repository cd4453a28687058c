//! `fuwake doctor`: what this build on this machine can do, and what it would send where.

use std::thread::available_parallelism;

use fuwake_core::case::Language;

use fuwake_probes::browser::{Browser, check_browser};
use fuwake_probes::probes::reputation::{self, About, Key, Told};
use fuwake_probes::worker::Workers;

use crate::cli;
use crate::config::{self, Config};
use crate::intake::KEPT;
use crate::known;
use crate::output::{Status, print};

/// Says what there is.
pub(crate) fn run(language: Language, known: &cli::Known) -> anyhow::Result<Status> {
    let knowledge = known::load(known)?;
    let config = Config::read(known.config.as_deref())?;
    let folder = known::folder(&config, known.knowledge.as_deref())?;
    let say = |ja, en| language.pick(ja, en);
    let unverified = knowledge.brands().iter().filter(|brand| brand.is_unverified()).count();
    let cores = available_parallelism().map_or(1, Into::into);
    let place = config::usual_place().map(|path| {
        let found = if path.exists() { say("あり", "there") } else { say("なし", "not there") };
        format!("{} ({found})", path.display())
    });
    let rows: [(&str, String); 18] = [
        (
            say("版", "version"),
            format!(
                "fuwake {} {}-{}",
                env!("CARGO_PKG_VERSION"),
                std::env::consts::ARCH,
                std::env::consts::OS
            ),
        ),
        (say("知識の日付", "knowledge"), knowledge.date().to_owned()),
        (
            say("ブランド", "brands"),
            format!("{} ({} {unverified})", knowledge.brands().len(), say("うち未確認", "unverified")),
        ),
        (say("所見", "findings"), knowledge.findings().len().to_string()),
        (say("語句集", "phrase files"), knowledge.phrases().len().to_string()),
        (
            say("独自の知識", "your own knowledge"),
            folder.map_or_else(|| say("なし", "none").to_owned(), |folder| folder.display().to_string()),
        ),
        (say("処理コア", "processors"), cores.to_string()),
        (say("ロケール", "locale"), config::locale()),
        (say("設定ファイル", "configuration"), place.unwrap_or_default()),
        (
            say("入力", "intake"),
            format!(
                "eml emlx msg mbox(o rd cl cl2) Maildir {} gz zip(deflate ZipCrypto AES) -",
                say("フォルダー", "folders")
            ),
        ),
        (say("1 通の解析上限", "kept of one mail"), format!("{} MiB", KEPT >> 20)),
        (say("書庫の一覧", "archives listed"), "zip gz tar rar".to_owned()),
        (say("添付の解読", "attachments decoded"), decoders(language)),
        (
            say("offline の通信", "sent at --reach offline"),
            say("なし。どこにも送らない", "nothing, to nobody").to_owned(),
        ),
        (
            say("passive の通信", "sent at --reach passive"),
            say(
                "差出人・経路・リンクの名前とアドレスを、お使いの DNS サーバー、登録機関(RDAP、WHOIS)、下の評判サービスへ",
                "names and addresses of sender, path and links: to your resolver, to registries (RDAP, WHOIS), to the services below",
            )
            .to_owned(),
        ),
        (
            say("active の通信", "sent at --reach active"),
            say(
                "passive の通信に加えて、おとりに置き換えたリンクをリンク先のサーバーへ(見張り役のプロキシ経由、公開アドレスの Web のポートだけ)",
                "the same, and links with decoys in the recipient's place to their own servers (through a guarded proxy, to public addresses at the web's ports alone)",
            )
            .to_owned(),
        ),
        (say("ブラウザー", "browser"), browser(&config, language)?),
        (say("位置情報の表", "tables of places"), tables(&config, language)),
    ];
    let settings = config.settings()?;
    let services =
        reputation::known().map(|about| service(about, reputation::is_on(about, &settings), language));
    let rows = rows.into_iter().map(|(title, value)| format!("{title}: {value}\n"));
    let heading = format!("{}:\n", say("評判サービス", "reputation services"));
    let text: String = rows.chain([heading]).chain(services).collect();
    print(&text)?;
    Ok(Status::Done)
}

/// The browser that links are visited by, and what is lost without it.
fn browser(config: &Config, language: Language) -> anyhow::Result<String> {
    let say = |ja, en| language.pick(ja, en);
    let lost = say(
        "リンクは HTTP だけでたどります。スクリプトの動作、フレーム、画面の画像、反応しない部品、証明書の詳細は分かりません(apt-get install chromium chromium-sandbox fonts-noto-cjk)",
        "links are followed by HTTP alone: what scripts do, frames, pictures, dead controls and certificates' details are not seen (apt-get install chromium chromium-sandbox fonts-noto-cjk)",
    );
    crate::signals::clear_away_at_the_end()?;
    let runtime = tokio::runtime::Runtime::new()?;
    Ok(match runtime.block_on(check_browser(config.browser())) {
        Browser::Missing => format!("{}; {lost}", say("なし", "none")),
        Browser::Broken(program, why) => {
            format!("{}: {} ({why}); {lost}", program.display(), say("起動できません", "does not start"))
        }
        Browser::There { program, name, is_sandboxed } => {
            let sandbox = if is_sandboxed {
                say("サンドボックスあり", "with its sandbox")
            } else {
                say(
                    "サンドボックスなし。この環境では使えません",
                    "WITHOUT its sandbox, which does not work here",
                )
            };
            format!("{name} ({}), {sandbox}", program.display())
        }
    })
}

/// The tables with their dates, and what their licences want to be said.
fn tables(config: &Config, language: Language) -> String {
    let tables = config.tables();
    let names: Vec<String> = tables.names().collect();
    if names.is_empty() {
        return language
            .pick("なし(fuwake data update で入手)", "none (fuwake data update gets them)")
            .to_owned();
    }
    names.join(", ")
}

/// A service in one line: whether it is on, what it learns, who may use it.
fn service(about: &About, is_on: bool, language: Language) -> String {
    let say = |ja, en| language.pick(ja, en);
    let state = match (is_on, about.key) {
        (true, _) => say("有効", "on"),
        (false, Key::Required) => say("無効(鍵が必要)", "off (needs a key)"),
        (false, _) => say("無効", "off"),
    };
    let told = match about.told {
        Told::ByDns => say("名前かアドレスが DNS で伝わる", "learns names or addresses by DNS"),
        Told::Subject => say("問い合わせる対象そのものが伝わる", "learns what is asked about"),
        Told::DigestPrefix => say("ハッシュ値の先頭 4 バイトだけが伝わる", "learns four bytes of digests"),
        Told::Nothing => {
            say("何も伝わらない(一覧を取得して手元で照合)", "learns nothing: its list is looked up here")
        }
    };
    format!("  {} ({}): {state}; {told}; {}\n", about.id, about.name, about.terms)
}

/// What is decoded, and how strangers' files are kept from doing harm here.
fn decoders(language: Language) -> String {
    const KINDS: &str =
        "pdf docx xlsx pptx doc xls ppt rtf html svg png jpeg gif webp(QR) lnk url webloc mobileconfig";
    let say = |ja, en| language.pick(ja, en);
    let workers = std::env::current_exe().map(Workers::new);
    let held = match workers.map_err(|why| why.to_string()).and_then(|workers| workers.fence()) {
        Ok(fence) if fence.is_whole() => format!("{} {fence}", say("隔離", "fenced by")),
        Ok(fence) => {
            let missing: Vec<&str> = fence.missing().collect();
            let lacks = say("この環境にないもの", "this system lacks");
            format!("{} {fence}; {lacks} {}", say("隔離", "fenced by"), missing.join(" "))
        }
        Err(why) => format!("{}: {why}", say("起動できません", "cannot be started")),
    };
    format!("{KINDS}; {held}")
}
