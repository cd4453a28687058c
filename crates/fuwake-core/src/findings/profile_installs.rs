//! A configuration profile of Apple devices, which changes how a telephone or computer works once it is allowed to: accounts,
//! certificates, a proxy, management from afar (Apple device management reference).

use super::{Scene, Sign, attached};
use crate::evidence::{ActKind, FileKind};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    attached::decoded(scene).filter(|file| file.kind == FileKind::Profile).find_map(|file| {
        let act = file.contents.does(ActKind::Installs)?;
        Some(Sign::at_all(file.because()).with("name", file.name()).with("what", act.detail.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use crate::evidence::{ActKind, Contents, FileKind};
    use crate::findings::testing::*;

    #[test]
    fn payloads() {
        let contents = doing(ActKind::Installs, "com.apple.webClip.managed");
        assert!(fires_on_file("profile-installs", FileKind::Profile, contents));
        assert!(!fires_on_file("profile-installs", FileKind::Profile, Contents::default()));
    }
}
