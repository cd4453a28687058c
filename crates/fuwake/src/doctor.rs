//! `fuwake doctor`: what this build on this machine can do, and what it would send where.

use std::thread::available_parallelism;

use fuwake_core::case::Language;

use fuwake_probes::worker::Workers;

use crate::cli;
use crate::config::{self, Config};
use crate::intake::KEPT;
use crate::known;
use crate::output::{Status, print};

/// Says what there is.
pub(crate) fn run(language: Language, known: &cli::Known) -> anyhow::Result<Status> {
    let knowledge = known::load(known)?;
    let folder = known::folder(&Config::read(known.config.as_deref())?, known.knowledge.as_deref())?;
    let say = |ja, en| language.pick(ja, en);
    let unverified = knowledge.brands().iter().filter(|brand| brand.is_unverified()).count();
    let cores = available_parallelism().map_or(1, Into::into);
    let place = config::usual_place().map(|path| {
        let found = if path.exists() { say("あり", "there") } else { say("なし", "not there") };
        format!("{} ({found})", path.display())
    });
    let rows: [(&str, String); 15] = [
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
            say("passive, active", "passive, active"),
            say("この版にはまだない", "not in this build").to_owned(),
        ),
    ];
    let text: String = rows.into_iter().map(|(title, value)| format!("{title}: {value}\n")).collect();
    print(&text)?;
    Ok(Status::Done)
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
