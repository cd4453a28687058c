//! gzip (RFC 1952) of a mail or an mbox.

use flate2::read::MultiGzDecoder;

use super::meter::Meter;
use super::{Flow, Found, Input, Intake, Source};

impl Intake<'_> {
    /// Reads what is packed, under the name without `.gz`.
    pub(super) fn gzip(&mut self, input: &Input, name: &str, source: Source, depth: u8) -> Flow {
        let name = match name.to_ascii_lowercase().ends_with(".gz") {
            true => name.rsplit_once('.').map_or(name, |(stem, _)| stem),
            false => "",
        };
        let meter = Meter::new(depth, 0);
        let unpacked = meter.unpacked(MultiGzDecoder::new(meter.packed(source)));
        self.source(input, name, Source::Stream(Box::new(unpacked)), Found::Named, depth + 1)
    }
}
