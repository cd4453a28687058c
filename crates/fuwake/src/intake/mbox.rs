//! mbox (RFC 4155) in its variants: mboxo, mboxrd, mboxcl and mboxcl2.
//!
//! A Content-Length (mboxcl, mboxcl2) counts only where it ends at a separator or at the end of the file, since
//! mails with a wrong one are common. One `>` is taken off a quoted `>From ` line unless the body, measured by its
//! Content-Length, holds an unquoted one (mboxcl2 quotes nothing).

use std::io::{self, Read};

use memchr::memmem;

use super::content::{begins_with_field, is_separator};
use super::keeper::Keeper;
use super::window::{WINDOW, Window};
use super::{Flow, Input, Intake, inside};

/// How far behind a body that is measured by Content-Length the next separator is looked for.
const BEHIND: usize = 1024;

impl Intake<'_> {
    /// Reads an mbox; where `unsure`, a file with one separator only is one mail, that line included.
    pub(super) fn mbox(&mut self, input: &Input, source: impl Read, unsure: bool) -> Flow {
        let mut window = Window::new(source);
        let lone = match start(&mut window, unsure) {
            Ok(lone) => lone,
            Err(error) => return self.fault(input, error.into()),
        };
        if lone { self.mail(input, window) } else { self.members(input, window) }
    }

    fn members(&mut self, input: &Input, mut window: Window<impl Read>) -> Flow {
        let mut number = 0_u64;
        loop {
            let mut keeper = Keeper::new(&self.budget);
            let read = take_separator(&mut window).and_then(|()| read_mail(&mut window, &mut keeper));
            let more = matches!(read, Ok(true));
            number += 1;
            self.finish(&inside(input, &number.to_string()), read.map(|_| keeper))?;
            if !more {
                return Flow::Continue(());
            }
        }
    }
}

/// Skips empty lines; whether all of the stream is one mail with a separator line before it.
fn start(window: &mut Window<impl Read>, unsure: bool) -> io::Result<bool> {
    if unsure {
        let ahead = window.peek(WINDOW)?;
        let separators =
            memmem::find_iter(ahead, b"\nFrom ").filter(|at| is_separator(line_at(ahead, at + 1)));
        return Ok(ahead.len() < WINDOW && separators.count() == 0);
    }
    while matches!(window.peek(2)?, [b'\n', ..] | [b'\r', b'\n', ..]) {
        let length = window.line_length()?;
        window.take(length);
    }
    Ok(false)
}

fn take_separator(window: &mut Window<impl Read>) -> io::Result<()> {
    let length = window.line_length()?;
    if is_separator(&window.peek(length)?[..length]) {
        window.take(length);
    }
    Ok(())
}

/// Reads up to the next separator, without the empty line before it; whether there is a separator.
fn read_mail(window: &mut Window<impl Read>, keeper: &mut Keeper) -> io::Result<bool> {
    let measured = read_header(window, keeper)?;
    if let Some(length) = measured {
        let body = window.take(length);
        push_measured(body, keeper);
        skip_empty_lines(window)?;
        return Ok(!window.peek(1)?.is_empty());
    }
    read_body(window, keeper)
}

/// Reads the header and its empty line; the body's length where a Content-Length tells it and can be believed.
fn read_header(window: &mut Window<impl Read>, keeper: &mut Keeper) -> io::Result<Option<usize>> {
    let mut content_length = None;
    loop {
        let length = window.line_length()?;
        let line = &window.peek(length)?[..length];
        if length == 0 || is_separator(line) {
            return Ok(None);
        }
        content_length = content_length.or_else(|| parse_content_length(line));
        let empty = is_empty_line(line);
        keeper.push(window.take(length));
        if empty {
            return match content_length {
                Some(length) => believed(window, length),
                None => Ok(None),
            };
        }
    }
}

fn read_body(window: &mut Window<impl Read>, keeper: &mut Keeper) -> io::Result<bool> {
    let mut at_line_start = true;
    let mut after_empty = true;
    let mut held: &[u8] = b"";
    loop {
        let length = window.line_length()?;
        if length == 0 {
            return Ok(false);
        }
        if at_line_start && is_next_mail(window, length, after_empty)? {
            return Ok(true);
        }
        keeper.push(held);
        let line = window.take(length);
        held = match line {
            b"\n" => b"\n",
            b"\r\n" => b"\r\n",
            _ => b"",
        };
        after_empty = at_line_start && !held.is_empty();
        if held.is_empty() {
            keeper.push(if at_line_start { unquoted(line) } else { line });
        }
        at_line_start = line.ends_with(b"\n");
    }
}

/// A separator stands behind an empty line or before a header field.
fn is_next_mail(window: &mut Window<impl Read>, length: usize, after_empty: bool) -> io::Result<bool> {
    if !is_separator(&window.peek(length)?[..length]) {
        return Ok(false);
    }
    Ok(after_empty || begins_with_field(&window.peek(length + BEHIND)?[length..]))
}

/// The Content-Length where the body that it measures ends before a separator or at the end.
fn believed(window: &mut Window<impl Read>, length: usize) -> io::Result<Option<usize>> {
    if length > WINDOW - BEHIND {
        return Ok(None);
    }
    let ahead = window.peek(length + BEHIND)?;
    let Some(behind) = ahead.get(length..) else { return Ok(None) };
    let next = behind.trim_ascii_start();
    let ends = next.is_empty() && behind.len() < BEHIND;
    let lines = behind.len() - next.len();
    Ok((ends || lines <= 4 && is_separator(line_at(next, 0))).then_some(length))
}

fn push_measured(body: &[u8], keeper: &mut Keeper) {
    if body.starts_with(b"From ") || memmem::find(body, b"\nFrom ").is_some() {
        return keeper.push(body);
    }
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        keeper.push(unquoted(line));
    }
}

fn skip_empty_lines(window: &mut Window<impl Read>) -> io::Result<()> {
    while window.peek(1)?.first().is_some_and(u8::is_ascii_whitespace) {
        window.take(1);
    }
    Ok(())
}

/// `>From ` without its first `>`, however many there are (mboxrd; mboxo has one only).
fn unquoted(line: &[u8]) -> &[u8] {
    let quotes = line.iter().take_while(|byte| **byte == b'>').count();
    if quotes > 0 && line[quotes..].starts_with(b"From ") { &line[1..] } else { line }
}

fn parse_content_length(line: &[u8]) -> Option<usize> {
    const NAME: &[u8] = b"content-length:";
    let (name, value) = line.split_at_checked(NAME.len())?;
    name.eq_ignore_ascii_case(NAME).then(|| std::str::from_utf8(value.trim_ascii()).ok()?.parse().ok())?
}

fn is_empty_line(line: &[u8]) -> bool {
    matches!(line, b"\n" | b"\r\n")
}

fn line_at(bytes: &[u8], start: usize) -> &[u8] {
    let rest = &bytes[start..];
    &rest[..memchr::memchr(b'\n', rest).unwrap_or(rest.len())]
}
