//! What stands behind the links.

use std::net::IpAddr;

use serde::Serialize;

use super::{BrandFacts, Masked, Standing};
use crate::case::LandingKind;

/// What stands behind a link.
#[derive(Clone, Debug, Serialize)]
pub struct LandingFacts {
    /// What stands there.
    pub kind: LandingKind,
    /// The brand that the page wears, where it is none of its own.
    pub wears: Option<BrandFacts>,
    /// The way, the mail's link first.
    pub steps: Vec<StepFacts>,
    /// The page's title.
    pub title: Option<Masked>,
    /// What it asks for.
    pub asks_for: Vec<&'static str>,
    /// Where what is entered goes.
    pub form_target: Option<Masked>,
    /// One visitor saw what another did not.
    pub differs: bool,
    /// When it was seen, RFC 3339.
    pub seen: Option<String>,
    /// Whose the page is.
    pub standing: Standing,
    /// How it looked.
    pub picture: Option<PictureFacts>,
}

/// A step.
#[derive(Clone, Debug, Serialize)]
pub struct StepFacts {
    /// What was asked for.
    pub url: Masked,
    /// The status of the answer.
    pub status: Option<u16>,
    /// The address that answered.
    pub ip: Option<IpAddr>,
    /// The certificate.
    pub certificate: Option<CertificateFacts>,
}

/// A certificate (RFC 5280).
#[derive(Clone, Debug, Serialize)]
pub struct CertificateFacts {
    /// Its subject's name.
    pub subject: Masked,
    /// Who issued it.
    pub issuer: Masked,
    /// From when, RFC 3339.
    pub from: Option<String>,
    /// Until when, RFC 3339.
    pub until: Option<String>,
}

/// A picture of a page; visits use decoys, so that nothing in it names the recipient.
#[derive(Clone, Serialize)]
pub struct PictureFacts {
    /// SHA-256, lower-case hexadecimal.
    pub sha256: String,
    /// A WebP file.
    #[serde(skip)]
    pub webp: Vec<u8>,
}

impl std::fmt::Debug for PictureFacts {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("PictureFacts").field("sha256", &self.sha256).finish_non_exhaustive()
    }
}
