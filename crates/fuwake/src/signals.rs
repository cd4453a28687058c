//! What a signal that ends the program must not leave behind: browsers, and temporary folders.

use std::fs;
use std::thread;

use anyhow::Context;
use fuwake_probes::temporary;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

/// From now on they are taken away before such a signal ends the program, which it then does as ever.
pub(crate) fn clear_away_at_the_end() -> anyhow::Result<()> {
    let ignored = ignored();
    // Whoever started the program may have wanted it to outlive them: `nohup`.
    let ending = [SIGHUP, SIGINT, SIGTERM].into_iter().filter(|signal| ignored >> (signal - 1) & 1 == 0);
    let mut signals = Signals::new(ending).context("cannot wait for signals")?;
    thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            temporary::take_all_away();
            // It cannot fail for these.
            let _ = emulate_default_handler(signal);
        }
    });
    Ok(())
}

/// The signals that are ignored, one a bit (proc_pid_status(5)); none where the system does not tell.
fn ignored() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    line.and_then(|bits| u64::from_str_radix(bits.trim(), 16).ok()).unwrap_or(0)
}
