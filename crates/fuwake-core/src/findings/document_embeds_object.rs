//! A rich text brings an embedded object along, the way in for flaws of the programs that show it (MITRE ATT&CK T1203); those that
//! update themselves need no click. Office documents embed tables and drawings all the time and are not meant.

use super::{Scene, Sign, attached};
use crate::evidence::{ActKind, FileKind};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    attached::decoded(scene).filter(|file| file.kind == FileKind::RichText).find_map(|file| {
        file.contents.does(ActKind::EmbeddedObject)?;
        Some(Sign::at_all(file.because()).with("name", file.name()))
    })
}

#[cfg(test)]
mod tests {
    use crate::evidence::{ActKind, Contents, FileKind};
    use crate::findings::testing::*;

    #[test]
    fn objects_in_rich_text() {
        let id = "document-embeds-object";
        assert!(fires_on_file(id, FileKind::RichText, doing(ActKind::EmbeddedObject, "objupdate")));
        assert!(!fires_on_file(id, FileKind::OfficeXml, doing(ActKind::EmbeddedObject, "")));
        assert!(!fires_on_file(id, FileKind::RichText, Contents::default()));
    }
}
