//! A name with a bidirectional override (UAX #9; MITRE ATT&CK T1036.002): `annex\u{202E}gpj.exe` is shown as `annexexe.jpg`.

use super::{Scene, Sign, filenames};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    filenames::first(scene, |_, name| {
        name.chars().any(|c| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'))
    })
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    #[test]
    fn by_name() {
        let fires = |name| {
            fires("direction-control-in-name", &with_attachment(name, "application/octet-stream", "x"), "")
        };
        assert!(fires("annex\u{202E}gpj.pdf"));
        assert!(!fires("annex.pdf"));
    }
}
