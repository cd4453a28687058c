//! A PDF starts a program, brings one along, or has a script that fetches something (ISO 32000-2 sections 12.6.4.6, 12.6.4.17 and
//! 7.11.4). Scripts of forms that only calculate say nothing.

use super::{Scene, Sign, attached, filenames};
use crate::evidence::{Act, ActKind, FileKind};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    attached::decoded(scene).filter(|file| file.kind == FileKind::Pdf).find_map(|file| {
        let act = file.contents.acts.iter().find(|act| runs(act))?;
        Some(Sign::at_all(file.because()).with("name", file.name()).with("what", act.detail.as_str()))
    })
}

fn runs(act: &Act) -> bool {
    const FETCHES: [&str; 4] = ["launchURL", "exportDataObject", "getURL", "importDataObject"];
    match act.kind {
        ActKind::Launch => true,
        ActKind::Script => FETCHES.iter().any(|call| act.detail.contains(call)),
        ActKind::EmbeddedFile => {
            filenames::is_program(&act.detail) || filenames::is_macro_document(&act.detail)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::{ActKind, FileKind};
    use crate::findings::testing::*;

    #[test]
    fn launches_and_programs() {
        let fires =
            |kind, detail: &str| fires_on_file("pdf-runs-something", FileKind::Pdf, doing(kind, detail));
        assert!(fires(ActKind::Launch, "cmd.exe /c start"));
        assert!(fires(ActKind::Script, "this.exportDataObject({cName: 'a'})"));
        assert!(fires(ActKind::EmbeddedFile, "invoice.docm"));
        assert!(!fires(ActKind::Script, "AFNumber_Format(2, 0)"));
        assert!(!fires(ActKind::EmbeddedFile, "factur-x.xml"));
    }
}
