//! What `cargo xtask bench` compares with: mail-parser alone over the mails of some folders, read file by file as fuwake reads
//! them. Prints mails and the CPU milliseconds that parsing alone took.
#![allow(clippy::print_stdout, reason = "its output is its purpose")]

use std::path::{Path, PathBuf};

fn main() -> std::io::Result<()> {
    let mut mails = Vec::new();
    for folder in std::env::args().skip(1) {
        read(Path::new(&folder), &mut mails)?;
    }
    let before = cpu_milliseconds();
    let mut parts = 0;
    for mail in &mails {
        let parser = mail_parser::MessageParser::default();
        parts += parser.parse(mail).map_or(0, |message| message.parts.len());
    }
    println!("{} {} {parts}", mails.len(), cpu_milliseconds() - before);
    Ok(())
}

fn read(path: &Path, mails: &mut Vec<Vec<u8>>) -> std::io::Result<()> {
    if !path.is_dir() {
        mails.push(std::fs::read(path)?);
        return Ok(());
    }
    let mut entries: Vec<PathBuf> = path.read_dir()?.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    entries.iter().try_for_each(|entry| read(entry, mails))
}

/// User and system time of this process, from ticks of 10 ms (proc(5)).
fn cpu_milliseconds() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum::<u64>() * 10
}
