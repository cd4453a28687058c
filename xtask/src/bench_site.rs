//! How long a site of many published cases takes: whole, again, and with one case more.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::ensure;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::{bench, measure};

/// Brands, networks, and templates of text among the cases.
const BRANDS: usize = 120;
const NETWORKS: usize = 400;
const TEMPLATES: usize = 600;
/// Bytes of a case's page in one language, of the picture of its mail, and of its card.
const ARTICLE: usize = 24_000;
const PICTURE: usize = 20_000;
const CARD: usize = 15_000;

const LANGUAGES: [&str; 2] = ["ja", "en"];

/// Writes `cases` synthetic cases into a new folder and measures.
pub(crate) fn run(cases: usize, program: Option<PathBuf>) -> anyhow::Result<()> {
    let program = match program {
        Some(program) => program,
        None => {
            bench::build()?;
            bench::program("fuwake")
        }
    };
    let folder = std::env::temp_dir().join(format!("fuwake-bench-site-{}", std::process::id()));
    fs::create_dir(&folder)?;
    let measured = measure(&folder, cases, &program);
    fs::remove_dir_all(&folder)?;
    measured
}

fn measure(folder: &Path, cases: usize, program: &Path) -> anyhow::Result<()> {
    fs::write(folder.join("site.toml"), "base-url = 'https://example.jp/mail/'\n")?;
    for number in 0..cases {
        publish(folder, number)?;
    }
    build("whole", program, folder)?;
    build("again", program, folder)?;
    publish(folder, cases)?;
    build("one case more", program, folder)?;
    publish(folder, cases + 1)?;
    build("and one more", program, folder)
}

fn build(what: &str, program: &Path, folder: &Path) -> anyhow::Result<()> {
    let (begun, used) = (Instant::now(), measure::children_cpu());
    let output = Command::new(program).args(["site", "build"]).arg(folder).output()?;
    let (seconds, used) = (begun.elapsed().as_secs_f64(), measure::children_cpu() - used);
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    println!(
        "{what}: {seconds:.2} s, {used:.2} s of processor time; {}",
        String::from_utf8_lossy(&output.stdout).trim()
    );
    Ok(())
}

/// A case: each a day's, of some brand, network and template.
fn publish(folder: &Path, number: usize) -> anyhow::Result<()> {
    let hash = hex(&Sha256::digest(number.to_le_bytes()));
    let (year, month, day) = (2016 + number / 1_008, 1 + number / 84 % 12, 1 + number / 3 % 28);
    let day = format!("{year:04}-{month:02}-{day:02}");
    let (brand, template) = (number * 7 % BRANDS, number * 13 % TEMPLATES);
    let slug = format!("{day}-brand-{brand}-{}", hash.get(..8).unwrap_or_default());
    let title = format!("【重要】見本銀行{brand}からのお知らせ {template}: ご利用の確認をお願いします");
    let text =
        |summary: &str| json!({"title": title, "summary": summary, "brand": format!("見本銀行{brand}")});
    let name = format!("login-{number}.example");
    let network = number * 31 % NETWORKS;
    // The sketches of one template are the same but for a few bins.
    let sketch: Vec<u8> =
        (0..4_u8).flat_map(|piece| Sha256::digest([piece, template as u8, (template >> 8) as u8])).collect();
    let mut sketch = hex(&sketch);
    sketch.replace_range(..4, hash.get(..4).unwrap_or_default());
    let record = json!({
        "schema": "fuwake.publication/1", "audience": "public", "slug": slug, "sha256": hash,
        "class": if number.is_multiple_of(5) { "fraud" } else { "phishing" }, "day": day,
        "updated": format!("{day}T01:02:03Z"), "brand": format!("brand-{brand}"),
        "texts": {
            "ja": text("見本銀行を騙るフィッシング詐欺とみられます。リンクを開いたり、情報を入力したりしないでください。"),
            "en": text("Most likely phishing in the name of a bank. Do not open its links or enter anything."),
        },
        "hosts": [{"name": name.replace('.', "[.]"), "roles": ["link-host", "landing-host"],
            "networks": [{"number": 64_500 + network, "holder": format!("Example Network {network}"), "country": "JP"}]}],
        "indicators": [
            {"kind": "domain", "value": name}, {"kind": "hostname", "value": format!("www.{name}")},
            {"kind": "url", "value": format!("https://{name}/account/check.php")},
        ],
        "campaign": {"text": sketch, "links": [], "header": {
            "fields": "a", "message_id": "b", "boundary": "c", "mailer": "d", "encoding": "e"}},
        "files": LANGUAGES.map(|tag| [format!("article.{tag}.html"), format!("mail.{tag}.webp"), format!("card.{tag}.png")]).concat(),
    });
    let case = folder.join(&slug);
    fs::create_dir(&case)?;
    fs::write(case.join("publication.json"), serde_json::to_vec_pretty(&record)?)?;
    for language in LANGUAGES {
        let body = format!("<p>{title}</p>\n").repeat(ARTICLE / (title.len() + 8));
        let page = format!("<html><body><main class=\"article\"><h1>{title}</h1>{body}</main></body></html>");
        fs::write(case.join(format!("article.{language}.html")), page)?;
        fs::write(case.join(format!("mail.{language}.webp")), vec![0; PICTURE])?;
        fs::write(case.join(format!("card.{language}.png")), vec![0; CARD])?;
    }
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}
