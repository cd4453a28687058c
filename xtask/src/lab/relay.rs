//! What stands between the program and a server of the lab: a front of the resolver that answers late, wrongly or not at all, and a
//! door that opens after a while.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use clap::ValueEnum;

use super::Place;
use super::dns::{BEHIND, RESOLVER};
use super::server::{Server, Wait};

/// How the front of the resolver answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Mangle {
    /// After a tenth of a second.
    Late,
    /// After two tenths of a second.
    Later,
    /// After half a minute.
    Slow,
    /// That it failed.
    Servfail,
    /// That it will not.
    Refused,
    /// Neither records nor who says that there are none (SOA, RFC 2308 section 2.2).
    Empty,
    /// With another question's number.
    WrongId,
    /// With bytes that are no message.
    Garbage,
    /// With thousands of records.
    Huge,
    /// By UDP only that there is more (TC, RFC 1035 section 4.2.1), by TCP all.
    Truncated,
    /// By UDP only that there is more, by TCP nothing.
    CutOff,
}

impl Mangle {
    fn wait(self) -> Duration {
        Duration::from_millis(match self {
            Self::Late => 100,
            Self::Later => 200,
            Self::Slow => 30_000,
            _ => 0,
        })
    }

    /// What becomes of a message.
    fn apply(self, mut message: Vec<u8>, by_udp: bool) -> Option<Vec<u8>> {
        let end = question_end(&message).unwrap_or(message.len());
        match self {
            Self::Late | Self::Later | Self::Slow => Some(message),
            Self::Servfail => Some(bare(message, end, 2)),
            Self::Refused => Some(bare(message, end, 5)),
            Self::Empty => Some(bare(message, end, 0)),
            Self::WrongId => {
                message.iter_mut().take(2).for_each(|byte| *byte ^= 0x55);
                Some(message)
            }
            Self::Garbage => Some(message.iter().map(|byte| byte.wrapping_mul(31) ^ 0xa5).collect()),
            Self::Huge => Some(huge(message, end)),
            Self::Truncated | Self::CutOff if by_udp => {
                let mut message = bare(message, end, 0);
                if let Some(flags) = message.get_mut(2) {
                    *flags |= 0x02;
                }
                Some(message)
            }
            Self::Truncated => Some(message),
            Self::CutOff => None,
        }
    }
}

/// Starts the front of the resolver, as a process of its own.
pub(super) fn start_front(place: &Place, mangle: Mangle) -> anyhow::Result<Server> {
    let name = mangle.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
    start(place, "front", &["lab", "--inside", "front", &name], Wait::Port(RESOLVER, 53))
}

/// Starts a door, as a process of its own.
pub(super) fn start_door(place: &Place, from: u16, to: u16, wait: Duration) -> anyhow::Result<Server> {
    let (from_text, to, wait) = (from.to_string(), to.to_string(), wait.as_millis().to_string());
    let arguments = ["lab", "--inside", "door", &from_text, &to, &wait];
    start(place, "door", &arguments, Wait::Port(Ipv4Addr::LOCALHOST, from))
}

fn start(place: &Place, name: &str, arguments: &[&str], up: Wait) -> anyhow::Result<Server> {
    let own = std::env::current_exe()?;
    Server::start(place, name, &own.to_string_lossy(), arguments, up)
}

/// Stands before the resolver until the process ends.
pub(super) fn front(mangle: Mangle) -> anyhow::Result<()> {
    let listener = TcpListener::bind((RESOLVER, 53))?;
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || by_tcp(stream, mangle).ok());
        }
    });
    let socket = Arc::new(UdpSocket::bind((RESOLVER, 53))?);
    let mut buffer = [0; 4096];
    loop {
        let (length, peer) = socket.recv_from(&mut buffer)?;
        let (question, socket) = (buffer[..length].to_vec(), Arc::clone(&socket));
        thread::spawn(move || by_udp(&socket, peer, &question, mangle).ok());
    }
}

fn by_udp(socket: &UdpSocket, peer: SocketAddr, question: &[u8], mangle: Mangle) -> io::Result<()> {
    let behind = UdpSocket::bind((RESOLVER, 0))?;
    behind.set_read_timeout(Some(Duration::from_secs(30)))?;
    behind.send_to(question, (BEHIND, 53))?;
    let mut answer = vec![0; 65_536];
    let length = behind.recv(&mut answer)?;
    answer.truncate(length);
    thread::sleep(mangle.wait());
    if let Some(answer) = mangle.apply(answer, true) {
        socket.send_to(&answer, peer)?;
    }
    Ok(())
}

fn by_tcp(mut stream: TcpStream, mangle: Mangle) -> io::Result<()> {
    let mut behind = TcpStream::connect((BEHIND, 53))?;
    loop {
        let question = read_message(&mut stream)?;
        write_message(&mut behind, &question)?;
        let answer = read_message(&mut behind)?;
        thread::sleep(mangle.wait());
        let Some(answer) = mangle.apply(answer, false) else { return Ok(()) };
        write_message(&mut stream, &answer)?;
    }
}

/// RFC 1035 section 4.2.2.
fn read_message(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut length = [0; 2];
    stream.read_exact(&mut length)?;
    let mut message = vec![0; u16::from_be_bytes(length).into()];
    stream.read_exact(&mut message)?;
    Ok(message)
}

fn write_message(stream: &mut TcpStream, message: &[u8]) -> io::Result<()> {
    let length = u16::try_from(message.len()).map_err(|_| io::ErrorKind::InvalidData)?;
    stream.write_all(&[&length.to_be_bytes()[..], message].concat())
}

/// Where the question section of a message with one question ends.
fn question_end(message: &[u8]) -> Option<usize> {
    let mut at = 12;
    while *message.get(at)? != 0 {
        at += usize::from(message[at]) + 1;
    }
    (at + 5 <= message.len()).then_some(at + 5)
}

/// Header and question alone, with a code.
fn bare(mut message: Vec<u8>, end: usize, code: u8) -> Vec<u8> {
    message.truncate(end);
    if message.len() >= 12 {
        message[3] = message[3] & 0xf0 | code;
        message[6..12].fill(0);
    }
    message
}

/// Four thousand addresses (type A, RFC 1035 section 3.4.1) at the name that was asked about.
fn huge(message: Vec<u8>, end: usize) -> Vec<u8> {
    const RECORD: [u8; 12] = [0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 1, 44, 0, 4];
    let mut message = bare(message, end, 0);
    if message.len() >= 12 {
        message[6..8].copy_from_slice(&4000_u16.to_be_bytes());
    }
    for number in 0..4000_u32 {
        message.extend(RECORD);
        message.extend((0xcb00_7100_u32 | number & 0xff).to_be_bytes());
    }
    message
}

/// Passes connections on, each after a while, until the process ends.
pub(super) fn door(from: u16, to: u16, wait: u64) -> anyhow::Result<()> {
    for stream in TcpListener::bind((Ipv4Addr::LOCALHOST, from))?.incoming().flatten() {
        thread::spawn(move || pass(stream, to, Duration::from_millis(wait)).ok());
    }
    Ok(())
}

fn pass(mut stream: TcpStream, to: u16, wait: Duration) -> io::Result<()> {
    thread::sleep(wait);
    let mut behind = TcpStream::connect((Ipv4Addr::LOCALHOST, to))?;
    let (mut back, mut back_behind) = (stream.try_clone()?, behind.try_clone()?);
    thread::spawn(move || {
        // An end that is gone ends the other one too.
        let _ = io::copy(&mut back, &mut back_behind);
        let _ = back_behind.shutdown(Shutdown::Write);
    });
    io::copy(&mut behind, &mut stream)?;
    stream.shutdown(Shutdown::Both)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An answer for `a.jp` A with one record.
    fn answer() -> Vec<u8> {
        let mut message = vec![0x12, 0x34, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0];
        message.extend(b"\x01a\x02jp\x00\x00\x01\x00\x01");
        message.extend([0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1]);
        message
    }

    #[test]
    fn answers_are_mangled_as_named() {
        let failed = Mangle::Servfail.apply(answer(), true).expect("an answer");
        assert_eq!((failed.len(), failed[3] & 15, failed[7]), (22, 2, 0));
        let cut = Mangle::Truncated.apply(answer(), true).expect("an answer");
        assert_eq!(cut[2] & 2, 2);
        assert_eq!(Mangle::Truncated.apply(answer(), false), Some(answer()));
        assert_eq!(Mangle::CutOff.apply(answer(), false), None);
        let huge = Mangle::Huge.apply(answer(), true).expect("an answer");
        assert_eq!(huge.len(), 22 + 4000 * 16);
    }
}
