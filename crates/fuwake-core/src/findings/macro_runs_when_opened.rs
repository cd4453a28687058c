//! A document holds macros that Office runs when it is opened (MITRE ATT&CK T1204.002), whatever its name.

use super::{Scene, Sign, attached};
use crate::evidence::ActKind;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    attached::decoded(scene).find_map(|file| {
        let act = file.contents.does(ActKind::AutoMacro)?;
        Some(Sign::at_all(file.because()).with("name", file.name()).with("macro", act.detail.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use crate::evidence::{ActKind, FileKind};
    use crate::findings::testing::*;

    #[test]
    fn automatic_macros() {
        let fires =
            |kind| fires_on_file("macro-runs-when-opened", FileKind::OfficeXml, doing(kind, "AutoOpen"));
        assert!(fires(ActKind::AutoMacro));
        assert!(!fires(ActKind::Macro));
    }
}
