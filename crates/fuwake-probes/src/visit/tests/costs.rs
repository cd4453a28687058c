//! What visits cost beside a bare screenshot, and beside a browser for each. Measured on request: other work on the machine would turn it.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::*;

/// A log-in page as kits make them: some pictures, a style, scripts, a form.
fn login() -> String {
    let rows: String = (0..150).map(|row| format!("<li><a href=/help/{row}>ヘルプ {row}</a></li>")).collect();
    format!(
        "<html lang=ja><meta charset=utf-8><title>会員ログイン</title><link rel=stylesheet href=/style.css><img src=/logo.svg alt=ロゴ>\
         <h1>会員ログイン</h1><form action=/post method=post><input name=mail placeholder=メールアドレス>\
         <input type=password name=pass placeholder=パスワード><button>ログイン</button></form><ul>{rows}</ul><script src=/a.js></script>"
    )
}

async fn shop() -> Server {
    Server::start(|request| match request.path() {
        "/" => page(&login()),
        "/style.css" => "HTTP/1.1 200 OK\r\ncontent-type: text/css\r\ncontent-length: 22\r\n\r\nbody{background:#eef};".into(),
        "/logo.svg" => "HTTP/1.1 200 OK\r\ncontent-type: image/svg+xml\r\ncontent-length: 100\r\n\r\n<svg xmlns='http://www.w3.org/2000/svg' width='99' height='40'><rect width='99' height='40'/></svg>  ".into(),
        "/a.js" => "HTTP/1.1 200 OK\r\ncontent-type: text/javascript\r\ncontent-length: 26\r\n\r\ndocument.title+=' - mypage'".into(),
        _ => "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".into(),
    })
    .await
}

/// Chromium by itself, with the same switches but those that part it from the network.
fn screenshot(program: &Path, port: u16) -> Duration {
    let profile = tempfile::tempdir().expect("a folder");
    let begun = Instant::now();
    let mut command = Command::new(program);
    let flags = chromium::FLAGS.iter().filter(|flag| {
        !["--remote-debugging-pipe", "--proxy-server", "--host-resolver-rules"]
            .iter()
            .any(|left| flag.starts_with(left))
    });
    command.args(flags).arg("--no-sandbox").arg("--window-size=1366,768");
    command.arg(format!("--user-data-dir={}", profile.path().display()));
    command.arg(format!("--screenshot={}/shot.png", profile.path().display()));
    command.arg(format!("http://127.0.0.1:{port}/")).stdout(Stdio::null()).stderr(Stdio::null());
    assert!(command.status().expect("a browser").success());
    assert!(profile.path().join("shot.png").exists());
    begun.elapsed()
}

fn median(mut all: Vec<Duration>) -> Duration {
    all.sort();
    all[all.len() / 2]
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement: cargo test -p fuwake-probes --lib costs -- --ignored --nocapture"]
#[expect(clippy::print_stdout, reason = "that is what it is for")]
async fn costs() {
    const ROUNDS: usize = 5;
    let server = shop().await;
    let url = format!("http://www.shop.example:{}/", server.port);
    let program = chromium::find(None).expect("Chromium");
    let warm = visitor(&[&server], &["www.shop.example"]);
    let (mut bare, mut cold, mut pooled) = (Vec::new(), Vec::new(), Vec::new());
    seen(&warm, &url, Profile::JapaneseMobile).await;
    for _ in 0..ROUNDS {
        bare.push(screenshot(&program, server.port));
        let begun = Instant::now();
        let fresh = visitor(&[&server], &["www.shop.example"]);
        let visit = seen(&fresh, &url, Profile::JapaneseDesktop).await;
        assert_eq!(visit.files().len(), 5, "{visit:#?}");
        drop(fresh);
        cold.push(begun.elapsed());
        for profile in [Profile::JapaneseMobile, Profile::JapaneseDesktop] {
            let begun = Instant::now();
            seen(&warm, &url, profile).await;
            pooled.push(begun.elapsed());
        }
    }
    let (running, turn) = warm.pool.as_ref().expect("a browser").take().await.expect("a browser");
    let all = crate::browser::processes::of(running.chromium.group(), running.chromium.profile());
    let idle: u64 = all.iter().map(|process| process.memory).sum();
    drop((running, turn));
    let begun = Instant::now();
    let many = (0..12).map(|_| seen(&warm, &url, Profile::JapaneseMobile));
    futures::future::join_all(many).await;
    let together = begun.elapsed();
    println!(
        "bare screenshot {:.2?}, visit with a fresh browser {:.2?}, visit in the pool {:.2?}",
        median(bare.clone()),
        median(cold.clone()),
        median(pooled.clone())
    );
    println!("12 visits at once {together:.2?}; browser at rest {} MiB", idle >> 20);
    assert!(median(pooled) <= median(bare) * 2, "a visit costs too much");
    assert!(together / 12 * 2 <= median(cold), "the pool is not worth its while");
}
