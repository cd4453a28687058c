//! What holds a worker back: resource limits, no files and no network (Landlock), no system call but what computing needs (seccomp).
//! What the kernel does not offer is reported, and every answer of such a worker says so in its source.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What is in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fence {
    /// Memory, processor time, files and processes are limited (setrlimit(2)).
    pub limits: bool,
    /// No file can be opened and, from Linux 6.7 on, no TCP port be reached (landlock(7)); seccomp refuses sockets anyway.
    pub landlock: bool,
    /// Other system calls than those for computing fail, and so do handles but the three standard ones (seccomp(2)).
    pub seccomp: bool,
}

impl Fence {
    /// Whether all of it is in force.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.limits && self.landlock && self.seccomp
    }

    /// What is missing, each by its name.
    pub fn missing(self) -> impl Iterator<Item = &'static str> {
        let parts = [(self.limits, "rlimit"), (self.landlock, "landlock"), (self.seccomp, "seccomp")];
        parts.into_iter().filter(|(there, _)| !there).map(|(_, name)| name)
    }
}

/// `rlimit landlock seccomp`: what is in force.
impl fmt::Display for Fence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [(self.limits, "rlimit"), (self.landlock, "landlock"), (self.seccomp, "seccomp")];
        let names: Vec<&str> = parts.into_iter().filter(|(there, _)| *there).map(|(_, name)| name).collect();
        formatter.write_str(&if names.is_empty() { "-".to_owned() } else { names.join(" ") })
    }
}

/// Puts up all that this system offers, around this process and for good.
#[cfg(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")
))]
#[must_use]
pub fn put_up() -> Fence {
    // Each forbids calls that the one before it is put up with.
    let landlock = linux::close_files();
    let limits = linux::limit();
    Fence { limits, landlock, seccomp: linux::filter_calls() }
}

/// Other systems offer nothing that is used here.
#[cfg(not(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")
)))]
#[must_use]
pub fn put_up() -> Fence {
    Fence::default()
}

#[cfg(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")
))]
mod linux {
    use landlock::{ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, RulesetCreated, RulesetStatus};
    use rustix::process::{Resource, Rlimit, setrlimit};
    use seccompiler::{
        BackendError, BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition,
        SeccompFilter, SeccompRule,
    };
    use std::collections::BTreeMap;

    /// Address space, in bytes: many times what a decoder is allowed to unpack.
    const MEMORY: u64 = 512 << 20;
    /// Processor time, in seconds, over the whole life of a worker.
    const SECONDS: u64 = 15;
    /// Handles: the three that it was started with.
    const HANDLES: u64 = 3;

    /// Calls of a program that only computes.
    const CALLS: [i64; 17] = [
        libc::SYS_close,
        libc::SYS_brk,
        libc::SYS_munmap,
        libc::SYS_mremap,
        libc::SYS_madvise,
        libc::SYS_futex,
        libc::SYS_sched_yield,
        libc::SYS_clock_gettime,
        libc::SYS_getrandom,
        libc::SYS_rt_sigreturn,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_sigaltstack,
        libc::SYS_getpid,
        libc::SYS_gettid,
        libc::SYS_exit,
        libc::SYS_exit_group,
    ];

    pub(super) fn limit() -> bool {
        let limits = [
            (Resource::As, MEMORY),
            (Resource::Cpu, SECONDS),
            (Resource::Fsize, 0),
            (Resource::Nproc, 0),
            (Resource::Core, 0),
            (Resource::Nofile, HANDLES),
        ];
        let set = |(resource, most)| {
            setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) }).is_ok()
        };
        limits.map(set).into_iter().all(|one| one)
    }

    pub(super) fn close_files() -> bool {
        let ruleset = Ruleset::default()
            .handle_access(AccessFs::from_all(ABI::V5))
            .and_then(|rules| rules.handle_access(AccessNet::from_all(ABI::V5)))
            .and_then(Ruleset::create);
        let restricted = ruleset.and_then(RulesetCreated::restrict_self);
        restricted.is_ok_and(|status| status.ruleset != RulesetStatus::NotEnforced)
    }

    pub(super) fn filter_calls() -> bool {
        let Ok(architecture) = std::env::consts::ARCH.try_into() else { return false };
        let Ok(conditional) = conditional_calls() else { return false };
        let rules: BTreeMap<i64, Vec<SeccompRule>> =
            CALLS.into_iter().map(|call| (call, Vec::new())).chain(conditional).collect();
        let refused = SeccompAction::Errno(libc::EPERM.unsigned_abs());
        let filter = SeccompFilter::new(rules, refused, SeccompAction::Allow, architecture);
        let program = filter.and_then(BpfProgram::try_from);
        program.is_ok_and(|program| seccompiler::apply_filter(&program).is_ok())
    }

    /// Calls that are let through with certain arguments alone: whoever started this program may have left files open in it
    /// (execve(2) closes none that is not marked so), and no memory may become code.
    fn conditional_calls() -> Result<[(i64, Vec<SeccompRule>); 6], BackendError> {
        use SeccompCmpOp::{Eq, Lt, MaskedEq};
        let is = |argument, operator, value| {
            SeccompCondition::new(argument, SeccompCmpArgLen::Dword, operator, value)
        };
        let only = |conditions| SeccompRule::new(conditions).map(|rule| vec![rule]);
        let own_handle = || only(vec![is(0, Lt, HANDLES)?]);
        let no_code = is(2, MaskedEq(libc::PROT_EXEC.unsigned_abs().into()), 0)?;
        let no_file = is(4, Eq, u32::MAX.into())?;
        // A program that gives up sends itself a signal; it must not reach other processes of its user.
        let itself = is(0, Eq, std::process::id().into())?;
        Ok([
            (libc::SYS_read, own_handle()?),
            (libc::SYS_write, own_handle()?),
            (libc::SYS_writev, own_handle()?),
            (libc::SYS_mmap, only(vec![no_code.clone(), no_file])?),
            (libc::SYS_mprotect, only(vec![no_code])?),
            (libc::SYS_tgkill, only(vec![itself])?),
        ])
    }
}

#[cfg(all(
    test,
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")
))]
mod tests {
    use std::fs::File;
    use std::io::{ErrorKind, Read};
    use std::net::UdpSocket;
    use std::thread;

    use super::linux::{close_files, filter_calls};

    /// Each part holds without the others; both bind the thread alone that puts them up.
    fn opens_behind(part: fn() -> bool) -> Result<(), ErrorKind> {
        let inside = move || {
            assert!(part(), "this kernel does not offer it");
            File::open("/etc/passwd").map(drop).map_err(|why| why.kind())
        };
        thread::spawn(inside).join().expect("the thread ends")
    }

    #[test]
    fn landlock_alone_closes_files() {
        assert_eq!(opens_behind(close_files), Err(ErrorKind::PermissionDenied));
    }

    #[test]
    fn seccomp_alone_refuses_files_and_sockets() {
        assert_eq!(opens_behind(filter_calls), Err(ErrorKind::PermissionDenied));
        let socket = thread::spawn(|| {
            assert!(filter_calls(), "this kernel does not offer it");
            UdpSocket::bind("127.0.0.1:0").map(drop).map_err(|why| why.kind())
        });
        assert_eq!(socket.join().expect("the thread ends"), Err(ErrorKind::PermissionDenied));
    }

    #[test]
    fn seccomp_alone_refuses_files_that_were_open_before() {
        let mut file = File::open("/etc/passwd").expect("it is there");
        let inside = move || {
            assert!(filter_calls(), "this kernel does not offer it");
            file.read(&mut [0]).map_err(|why| why.kind())
        };
        assert_eq!(thread::spawn(inside).join().expect("it ends"), Err(ErrorKind::PermissionDenied));
    }

    #[test]
    fn nothing_holds_outside() {
        assert!(File::open("/etc/passwd").is_ok());
    }
}
