//! Outlook's .msg (MS-OXMSG): judged over the RFC 5322 message made from it.

use super::keeper::Keeper;
use super::{Fault, Flow, Input, Intake, KEPT, Source};

impl Intake<'_> {
    /// Converts a .msg; an OLE file that is none is a fault.
    pub(super) fn outlook(&mut self, input: &Input, source: Source) -> Flow {
        let seekable = match source.seekable() {
            Ok(seekable) => seekable,
            Err(error) => return self.fault(input, error.into()),
        };
        let mut permit = self.budget.permit();
        permit.grow_to(KEPT);
        match fuwake_probes::probes::outlook_message::convert(seekable, KEPT) {
            Ok(message) => self.finish(input, Ok(Keeper::of(message, permit))),
            Err(error) => self.fault(input, Fault::new("not-an-outlook-message", error.to_string())),
        }
    }
}
