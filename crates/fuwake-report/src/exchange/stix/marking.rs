//! The Traffic Light Protocol (FIRST, version 2.0) with the ids that OASIS gave it; and version 1, which STIX 2.1 itself defines in
//! section 7.2.1.4, for programs that know no other.

use fuwake_core::publish::Audience;
use serde_json::{Value, json};

/// The extension by which OASIS defines TLP 2.0.
const EXTENSION: &str = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";

/// A marking.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marking {
    pub(super) id: &'static str,
    name: &'static str,
    value: &'static str,
    version_2: bool,
}

const fn marking(id: &'static str, name: &'static str, value: &'static str, version_2: bool) -> Marking {
    Marking { id, name, value, version_2 }
}

/// Anybody.
const CLEAR: [Marking; 2] = [
    marking("marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487", "TLP:CLEAR", "clear", true),
    marking("marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9", "TLP:WHITE", "white", false),
];
/// The community.
const GREEN: [Marking; 2] = [
    marking("marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb", "TLP:GREEN", "green", true),
    marking("marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da", "TLP:GREEN", "green", false),
];
/// The receiving organisation and its customers, as far as they need it.
const AMBER: [Marking; 2] = [
    marking("marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421", "TLP:AMBER", "amber", true),
    marking("marking-definition--f88d31f6-486f-44da-b317-01333bde0b82", "TLP:AMBER", "amber", false),
];
/// The receiving organisation alone.
const STRICT: [Marking; 2] = [
    marking(
        "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
        "TLP:AMBER+STRICT",
        "amber+strict",
        true,
    ),
    marking("marking-definition--f88d31f6-486f-44da-b317-01333bde0b82", "TLP:AMBER", "amber", false),
];

/// How far a release may go, in both versions.
pub(super) const fn of(audience: Audience) -> [Marking; 2] {
    match audience {
        Audience::Public => CLEAR,
        Audience::PeerAnalyst => GREEN,
        Audience::AbuseDesk => AMBER,
        Audience::Operator => STRICT,
    }
}

impl Marking {
    /// The object as its standard fixes it.
    pub(super) fn object(self) -> Value {
        if self.version_2 {
            return json!({
                "type": "marking-definition",
                "spec_version": "2.1",
                "id": self.id,
                "created": "2022-10-01T00:00:00.000Z",
                "name": self.name,
                "extensions": { EXTENSION: { "extension_type": "property-extension", "tlp_2_0": self.value } },
            });
        }
        json!({
            "type": "marking-definition",
            "spec_version": "2.1",
            "id": self.id,
            "created": "2017-01-20T00:00:00.000Z",
            "definition_type": "tlp",
            "name": self.name,
            "definition": { "tlp": self.value },
        })
    }
}
