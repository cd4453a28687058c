//! The processes of a browser, as Linux lists them under `/proc`: what they hold of memory, and that none stays.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

/// How often the table is looked at for those that still run, and how long is waited between.
const TRIES: usize = 100;
const PAUSE: Duration = Duration::from_millis(10);

/// A process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Process {
    pub(crate) id: Pid,
    /// Memory that it shares with no other, in bytes.
    pub(crate) memory: u64,
    /// It draws pages.
    pub(crate) is_renderer: bool,
}

/// Those of a group, or whose home a folder is: crash handlers leave the group. Whoever merely names it is none of them.
pub(crate) fn of(group: Pid, folder: &Path) -> Vec<Process> {
    let listed = fs::read_dir("/proc").into_iter().flatten().flatten();
    listed.filter_map(|entry| read(&entry.path(), group, folder)).collect()
}

fn read(place: &Path, group: Pid, folder: &Path) -> Option<Process> {
    let id = Pid::from_raw(place.file_name()?.to_str()?.parse().ok()?)?;
    let status = fs::read_to_string(place.join("stat")).ok()?;
    // After the name, which may hold anything: state, parent, group (proc_pid_stat(5)).
    let mut fields = status.rsplit_once(')')?.1.split_whitespace();
    let (state, _, own_group) = (fields.next()?, fields.next()?, fields.next()?);
    let command = fs::read(place.join("cmdline")).ok()?;
    let is_its = own_group.parse() == Ok(group.as_raw_nonzero().get()) || is_home(place, folder);
    (is_its && !matches!(state, "Z" | "X")).then(|| Process {
        id,
        memory: memory(place).unwrap_or(0),
        is_renderer: memchr::memmem::find(&command, b"--type=renderer").is_some(),
    })
}

fn is_home(place: &Path, folder: &Path) -> bool {
    let environment = fs::read(place.join("environ")).unwrap_or_default();
    let home = [b"HOME=", folder.as_os_str().as_encoded_bytes()].concat();
    environment.split(|byte| *byte == 0).any(|variable| variable == home)
}

/// Resident pages but those shared with others (proc_pid_statm(5)).
fn memory(place: &Path) -> Option<u64> {
    let text = fs::read_to_string(place.join("statm")).ok()?;
    let mut pages = text.split_whitespace().skip(1).map(|field| field.parse::<u64>().unwrap_or(0));
    let own = pages.next()?.saturating_sub(pages.next()?);
    Some(own * rustix::param::page_size() as u64)
}

/// Ends one.
pub(crate) fn end(process: Process) {
    // It may have ended by itself.
    let _ = kill_process(process.id, Signal::KILL);
}

/// Ends them all and waits until none is left, for a second at most.
pub(crate) fn end_all(group: Pid, folder: &Path) {
    for _ in 0..TRIES {
        let left = of(group, folder);
        if left.is_empty() {
            return;
        }
        left.into_iter().for_each(end);
        std::thread::sleep(PAUSE);
    }
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use super::*;

    #[test]
    fn only_those_that_live_in_the_folder_are_its() {
        let folder = tempfile::tempdir().expect("a folder");
        let sleep = |home: &Path| {
            let mut command = Command::new("sh");
            // The shell stays, with the folder's name on its command line.
            command.args(["-c", "sleep 60; :"]).arg(folder.path()).env("HOME", home);
            command.stdout(Stdio::null()).spawn().expect("a process")
        };
        let (mut own, mut other) = (sleep(folder.path()), sleep(Path::new("/")));
        let nobody = Pid::from_raw(i32::MAX).expect("no group");
        while of(nobody, folder.path()).is_empty() {
            std::thread::sleep(PAUSE);
        }
        end_all(nobody, folder.path());
        assert!(own.wait().is_ok_and(|ended| !ended.success()));
        assert!(other.try_wait().expect("a process").is_none(), "whoever names it lives on");
        let children = format!("/proc/{0}/task/{0}/children", other.id());
        for child in fs::read_to_string(children).unwrap_or_default().split_whitespace() {
            let child = child.parse().ok().and_then(Pid::from_raw).expect("a process");
            let _ = kill_process(child, Signal::KILL);
        }
        other.kill().expect("an end");
        other.wait().expect("an end");
    }
}
