//! A Windows shortcut starts a command interpreter or a script host (MITRE ATT&CK T1204.002, T1547.009).

use super::{Scene, Sign, attached};
use crate::evidence::{ActKind, FileKind};

const INTERPRETERS: [&str; 12] = [
    "cmd",
    "powershell",
    "pwsh",
    "mshta",
    "wscript",
    "cscript",
    "rundll32",
    "regsvr32",
    "msiexec",
    "curl",
    "certutil",
    "conhost",
];

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    attached::decoded(scene).filter(|file| file.kind == FileKind::Shortcut).find_map(|file| {
        let command = &file.contents.does(ActKind::Launch)?.detail;
        let lower = command.to_lowercase();
        let mut words = lower.split(|c: char| !c.is_ascii_alphanumeric());
        words
            .any(|word| INTERPRETERS.contains(&word))
            .then(|| Sign::at_all(file.because()).with("name", file.name()).with("command", command.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use crate::evidence::{ActKind, FileKind};
    use crate::findings::testing::*;

    #[test]
    fn commands() {
        let fires = |command| {
            let contents = doing(ActKind::Launch, command);
            fires_on_file("shortcut-runs-command", FileKind::Shortcut, contents)
        };
        assert!(fires("C:\\Windows\\System32\\cmd.exe /c start x"));
        assert!(!fires("C:\\Program Files\\Example\\reader.exe"));
    }
}
