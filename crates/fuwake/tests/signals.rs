//! A run that a signal ends leaves neither browser nor temporary folder, in a real Chromium: `cargo xtask test` installs it.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::net::{TcpListener, UdpSocket};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGINT, SIGTERM};
use tempfile::TempDir;

/// Answers every question for an address with loopback, others with nothing (RFC 1035 section 4).
fn resolver() -> u16 {
    let socket = UdpSocket::bind(("127.0.0.1", 0)).unwrap();
    let port = socket.local_addr().unwrap().port();
    thread::spawn(move || {
        let mut query = [0; 512];
        while let Ok((length, asker)) = socket.recv_from(&mut query) {
            let labels: usize = query[12..length].iter().position(|byte| *byte == 0).unwrap();
            let end = 12 + labels + 5;
            let is_address = query[end - 4..end - 2] == [0, 1];
            let mut answer = query[..end].to_vec();
            answer[2..12].copy_from_slice(&[0x81, 0x80, 0, 1, 0, u8::from(is_address), 0, 0, 0, 0]);
            if is_address {
                answer.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 127, 0, 0, 1]);
            }
            let _ = socket.send_to(&answer, asker);
        }
    });
    port
}

fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(60), "{what}");
        thread::sleep(Duration::from_millis(50));
    }
}

/// The processes that name a folder, on the command line or as their home.
fn processes(folder: &Path) -> Vec<String> {
    let folder = folder.to_str().unwrap();
    let listed = fs::read_dir("/proc").unwrap().flatten();
    let told = listed.map(|entry| {
        let read = |name| fs::read(entry.path().join(name)).unwrap_or_default();
        String::from_utf8_lossy(&[read("cmdline"), read("environ")].concat()).replace('\0', " ")
    });
    told.filter(|told| told.contains(&format!("{folder}/fuwake-browser-"))).collect()
}

/// How many temporary folders there are.
fn folders(folder: &Path) -> usize {
    fs::read_dir(folder).unwrap().count()
}

/// A run that waits for a page that never comes is ended by a signal.
fn end_by(signal: i32, place: &Path, temporary: &Path) {
    let server = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = server.local_addr().unwrap().port();
    let config = place.join("config.toml");
    let text = format!(
        "[ask]\nresolvers = ['127.0.0.1:{}']\n[visit]\nports = [{port}]\nallow = ['127.0.0.1']\n",
        resolver()
    );
    fs::write(&config, text).unwrap();
    let mut run = Command::new(env!("CARGO_BIN_EXE_fuwake"))
        .args(["url", "--reach", "active", &format!("http://www.shop.example.com:{port}/"), "--config"])
        .arg(&config)
        .env("TMPDIR", temporary)
        .env("XDG_CACHE_HOME", place)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    server.accept().unwrap();
    assert_eq!(folders(temporary), 2, "what visits keep, and a browser's profile");
    assert!(!processes(temporary).is_empty());
    let killed = Command::new("kill").args([format!("-{signal}"), run.id().to_string()]).status();
    assert!(killed.unwrap().success());
    assert_eq!(run.wait().unwrap().signal(), Some(signal), "it ends as ever");
    assert_eq!(folders(temporary), 0);
    until("all processes end", || processes(temporary).is_empty());
}

#[test]
fn nothing_stays_behind_a_signal() {
    let place = TempDir::new().unwrap();
    let temporary = place.path().join("temporary");
    fs::create_dir(&temporary).unwrap();
    for folder in [place.path(), &temporary] {
        // Another user's browser goes through.
        fs::set_permissions(folder, PermissionsExt::from_mode(0o755)).unwrap();
    }
    end_by(SIGINT, place.path(), &temporary);
    end_by(SIGTERM, place.path(), &temporary);
}
