//! A picture holds a QR code whose address is neither the sender's nor a registered brand's: it moves the reader to a telephone, past
//! the filters of mail and office (MITRE ATT&CK T1660).

use super::{Scene, Sign};
use crate::mail::link::Source;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let codes = scene.targets().filter(|(link, _)| link.source == Source::QrCode);
    let (link, host) = codes.into_iter().find(|(_, host)| scene.is_strange(host))?;
    Some(Sign::at(link.because.clone()).with("host", host))
}

#[cfg(test)]
mod tests {
    use crate::evidence::{Contents, FileKind, Lead};
    use crate::findings::testing::*;

    #[test]
    fn codes_of_others() {
        let fires = |url| {
            let contents = linked(Lead::QrCode, url, Contents::default());
            fires_on_file("qr-code-leads-elsewhere", FileKind::Picture, contents)
        };
        assert!(fires("https://login.example.net/q"));
        assert!(!fires("https://www.example.com/ticket"));
        assert!(!fires("WIFI:S:guest;;"));
    }
}
