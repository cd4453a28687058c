//! What a mail carries about its authenticity: Authentication-Results (RFC 8601), Received-SPF (RFC 7208 section 9.1),
//! DKIM-Signature (RFC 6376 section 3.5) and ARC (RFC 8617). Read here, not verified.

use crate::span::Span;

/// All authentication fields.
#[derive(Clone, Debug, Default)]
pub struct Authentication {
    /// Authentication-Results and Received-SPF, top to bottom, one entry for each method result.
    pub results: Vec<MethodResult>,
    /// DKIM-Signature fields.
    pub signatures: Vec<Signature>,
    /// ARC-Seal instances: (i, d, cv), oldest first.
    pub seals: Vec<Seal>,
}

/// One `method=result` of an Authentication-Results field, or a Received-SPF field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodResult {
    /// `spf`, `dkim`, `dmarc`, `arc`, `iprev`, `auth`, `compauth` …, lower case.
    pub method: String,
    /// `pass`, `fail`, `softfail`, `none`, `temperror` …, lower case.
    pub result: String,
    /// The domain that was judged: smtp.mailfrom (or helo), header.d (or the domain of header.i), header.from; lower case.
    pub domain: Option<String>,
    /// Other `ptype.property=value` pairs as written.
    pub properties: Vec<(String, String)>,
    /// Who says so: the authserv-id or, for Received-SPF, the host it names; lower case.
    pub authserv_id: Option<String>,
    /// Written by a server of the recipient, above the trust boundary.
    pub trusted: bool,
    /// The field's bytes.
    pub span: Span,
}

/// A DKIM-Signature field's tags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// `d=`, lower case.
    pub domain: Option<String>,
    /// `s=`.
    pub selector: Option<String>,
    /// `i=`.
    pub identity: Option<String>,
    /// `a=`.
    pub algorithm: Option<String>,
    /// `h=`, lower case.
    pub signed_fields: Vec<String>,
    /// `l=`: how many bytes of the body are signed.
    pub body_length: Option<u64>,
    /// The field's bytes.
    pub span: Span,
}

/// An ARC-Seal field's tags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    /// `i=`.
    pub instance: u32,
    /// `d=`, lower case.
    pub domain: Option<String>,
    /// `cv=`.
    pub chain_validation: Option<String>,
    /// The field's bytes.
    pub span: Span,
}
