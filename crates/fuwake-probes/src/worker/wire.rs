//! What passes between the program and a worker: frames of a length (32 bits, little-endian) and as many bytes.

use std::io::{self, Read, Write};

use fuwake_core::evidence::Answer;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Task;

/// The longest answer, in bytes.
const LONGEST: u32 = 8 << 20;

/// Writes a value as JSON.
pub(super) fn write(to: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    write_bytes(to, &serde_json::to_vec(value)?)
}

/// Reads a value.
pub(super) fn read<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<T> {
    Ok(serde_json::from_slice(&read_bytes(from, LONGEST)?)?)
}

/// Writes a frame.
pub(super) fn write_bytes(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(bytes)?;
    to.flush()
}

/// Reads a frame of at most `longest` bytes.
pub(super) fn read_bytes(from: &mut impl Read, longest: u32) -> io::Result<Vec<u8>> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length);
    if length > longest {
        return Err(io::Error::other("a frame is too long"));
    }
    let mut bytes = Vec::new();
    from.take(length.into()).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == u64::from(length) { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

/// The program's half of one exchange.
pub(super) fn ask(
    to: &mut impl Write,
    from: &mut impl Read,
    task: &Task,
    bytes: &[u8],
) -> io::Result<Answer> {
    write(to, task)?;
    write_bytes(to, bytes)?;
    read(from)
}
