//! What a process used, by proc(5). Linux only.

use std::fs;

/// The most resident memory of a process so far, in KiB.
pub(crate) fn peak_memory(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// User and system seconds of all children that ended, from ticks of 10 ms.
pub(crate) fn children_cpu() -> f64 {
    cpu("self", 13)
}

/// User and system seconds of a process itself.
pub(crate) fn own_cpu(process: u32) -> f64 {
    cpu(&process.to_string(), 11)
}

fn cpu(process: &str, skipped: usize) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: u32 = fields.skip(skipped).take(2).filter_map(|ticks| ticks.parse::<u32>().ok()).sum();
    f64::from(ticks) / 100.0
}

/// The children of a process.
pub(crate) fn children(process: u32) -> Vec<u32> {
    let list = fs::read_to_string(format!("/proc/{process}/task/{process}/children")).unwrap_or_default();
    list.split_whitespace().filter_map(|id| id.parse().ok()).collect()
}
