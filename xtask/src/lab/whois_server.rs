//! The lab's WHOIS servers: one process, an address a server, well-behaved or not.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use anyhow::Context;
use clap::ValueEnum;

use super::Place;
use super::server::{Server, Wait};
use super::whois::answer;
use super::world::Worlds;

/// How the servers behave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Manner {
    /// They answer.
    #[default]
    Plain,
    /// They answer after a tenth of a second.
    Late,
    /// They answer after two tenths of a second.
    Later,
    /// They take the question and say nothing.
    Slow,
    /// They never stop talking.
    Endless,
    /// They never stop talking, slowly.
    Dripping,
    /// They have been asked too often.
    Limited,
    /// They answer with bytes that are no text.
    Garbled,
    /// They hang up.
    Empty,
}

/// The address of the nth server.
pub(super) fn address(nth: usize) -> Ipv4Addr {
    Ipv4Addr::new(29, 18, 1, u8::try_from(nth + 1).unwrap_or(u8::MAX))
}

/// Starts them, as a process of their own.
pub(super) fn start(place: &Place, manner: Manner) -> anyhow::Result<Server> {
    let own = std::env::current_exe()?;
    let manner = manner.to_possible_value().context("every manner has a name")?;
    let arguments = ["lab", "--inside", "whois", manner.get_name()];
    Server::start(place, "whois", &own.to_string_lossy(), &arguments, Wait::Port(address(0), 43))
}

/// Serves until the process ends.
pub(super) fn serve(worlds: Worlds, manner: Manner) -> anyhow::Result<()> {
    let worlds = Arc::new(worlds);
    let mut servers = Vec::new();
    for (nth, host) in worlds.whois_hosts().into_iter().enumerate() {
        let listener =
            TcpListener::bind((address(nth), 43)).with_context(|| format!("cannot serve as {host}"))?;
        let worlds = Arc::clone(&worlds);
        servers.push(thread::spawn(move || listen(&listener, &worlds, &host, manner)));
    }
    for server in servers {
        server.join().map_err(|_| anyhow::anyhow!("a server ended"))?;
    }
    Ok(())
}

fn listen(listener: &TcpListener, worlds: &Arc<Worlds>, host: &str, manner: Manner) {
    for stream in listener.incoming().flatten() {
        let (worlds, host) = (Arc::clone(worlds), host.to_owned());
        // Whoever hangs up before the end hears no more; that is no trouble of the server's.
        thread::spawn(move || talk(stream, &worlds, &host, manner).ok());
    }
}

fn talk(mut stream: TcpStream, worlds: &Worlds, host: &str, manner: Manner) -> std::io::Result<()> {
    let mut line = String::new();
    BufReader::new(stream.try_clone()?).take(1_000).read_line(&mut line)?;
    if line.is_empty() {
        return Ok(());
    }
    println!("{host} {}", line.trim());
    match manner {
        Manner::Plain => stream.write_all(&answer(worlds, host, &line)),
        Manner::Late => {
            thread::sleep(Duration::from_millis(100));
            stream.write_all(&answer(worlds, host, &line))
        }
        Manner::Later => {
            thread::sleep(Duration::from_millis(200));
            stream.write_all(&answer(worlds, host, &line))
        }
        Manner::Slow => {
            thread::sleep(Duration::from_secs(120));
            Ok(())
        }
        Manner::Endless => loop {
            stream.write_all(b"Domain Status: ok\r\n".repeat(64).as_slice())?;
        },
        Manner::Dripping => loop {
            stream.write_all(b"Domain Status: ok\r\n")?;
            thread::sleep(Duration::from_millis(200));
        },
        Manner::Limited => {
            stream.write_all(b"Your connection limit exceeded. Please slow down and try again later.\r\n")
        }
        Manner::Garbled => stream.write_all(&[0xff, 0x00, 0x1b, 0x24, 0x42, 0xfe, 0x0a].repeat(100)),
        Manner::Empty => Ok(()),
    }
}
