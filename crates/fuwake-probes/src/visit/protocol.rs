//! The parts of the Chrome DevTools Protocol that are read: events and answers, with the fields that are used.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// Seconds; those that the browser does not know (`null`) are none.
fn seconds<'d, D: Deserializer<'d>>(from: D) -> Result<f64, D::Error> {
    Ok(Value::deserialize(from)?.as_f64().unwrap_or_default())
}

/// A status (RFC 9110 section 15); what can be none is 0.
fn status<'d, D: Deserializer<'d>>(from: D) -> Result<u16, D::Error> {
    let status = Value::deserialize(from)?.as_i64().unwrap_or_default();
    Ok(u16::try_from(status).unwrap_or_default())
}

fn status_if_any<'d, D: Deserializer<'d>>(from: D) -> Result<Option<u16>, D::Error> {
    status(from).map(|status| Some(status).filter(|status| *status > 0))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RequestWillBeSent {
    pub(super) request_id: String,
    pub(super) request: Request,
    /// Seconds since 1970.
    #[serde(default, deserialize_with = "seconds")]
    pub(super) wall_time: f64,
    /// Seconds of a clock that only grows.
    #[serde(default, deserialize_with = "seconds")]
    pub(super) timestamp: f64,
    pub(super) redirect_response: Option<Response>,
    #[serde(rename = "type", default)]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) frame_id: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    pub(super) url: String,
    /// `#` and what follows, which no server is told.
    #[serde(default)]
    pub(super) url_fragment: String,
    pub(super) method: String,
    #[serde(default)]
    pub(super) headers: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) post_data: Option<String>,
    #[serde(default)]
    pub(super) has_post_data: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ResponseReceived {
    pub(super) request_id: String,
    #[serde(default, deserialize_with = "seconds")]
    pub(super) timestamp: f64,
    pub(super) response: Response,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Response {
    #[serde(default, deserialize_with = "status")]
    pub(super) status: u16,
    #[serde(default)]
    pub(super) status_text: String,
    #[serde(default)]
    pub(super) headers: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) mime_type: String,
    #[serde(default)]
    pub(super) protocol: Option<String>,
    /// `insecure` where there is a fault of the certificate.
    pub(super) security_state: Option<String>,
    pub(super) security_details: Option<SecurityDetails>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SecurityDetails {
    pub(super) subject_name: String,
    #[serde(default)]
    pub(super) san_list: Vec<String>,
    pub(super) issuer: String,
    /// Seconds since 1970.
    #[serde(default, deserialize_with = "seconds")]
    pub(super) valid_from: f64,
    #[serde(default, deserialize_with = "seconds")]
    pub(super) valid_to: f64,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DataReceived {
    pub(super) request_id: String,
    /// Bytes, unpacked.
    pub(super) data_length: u64,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct LoadingEnded {
    pub(super) request_id: String,
    #[serde(default, deserialize_with = "seconds")]
    pub(super) timestamp: f64,
    /// Why it failed; none where it did not.
    #[serde(default)]
    pub(super) error_text: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RequestPaused {
    pub(super) request_id: String,
    pub(super) request: Request,
    #[serde(default)]
    pub(super) frame_id: String,
    pub(super) network_id: Option<String>,
    #[serde(default)]
    pub(super) resource_type: String,
    #[serde(default, deserialize_with = "status_if_any")]
    pub(super) response_status_code: Option<u16>,
    pub(super) response_error_reason: Option<String>,
    #[serde(default)]
    pub(super) response_headers: Vec<Header>,
}

impl RequestPaused {
    /// It was not sent yet.
    pub(super) fn is_asked(&self) -> bool {
        self.response_status_code.is_none() && self.response_error_reason.is_none()
    }

    /// The length that the answer says it has.
    pub(super) fn length(&self) -> Option<u64> {
        let named = |header: &&Header| header.name.eq_ignore_ascii_case("content-length");
        self.response_headers.iter().find(named)?.value.parse().ok()
    }
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Header {
    pub(super) name: String,
    pub(super) value: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Body {
    pub(super) body: String,
    #[serde(rename = "base64Encoded")]
    pub(super) is_base64: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Navigated {
    pub(super) error_text: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FrameNavigation {
    pub(super) frame_id: String,
    pub(super) reason: String,
    pub(super) url: String,
    /// Seconds until it happens.
    #[serde(default, deserialize_with = "seconds")]
    pub(super) delay: f64,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FrameEvent {
    pub(super) frame_id: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Dialog {
    #[serde(default)]
    pub(super) message: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct WindowOpen {
    pub(super) url: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TargetCreated {
    pub(super) target_info: TargetInfo,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TargetInfo {
    pub(super) target_id: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) url: String,
    #[serde(default)]
    pub(super) browser_context_id: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DownloadWillBegin {
    pub(super) frame_id: String,
    pub(super) url: String,
    #[serde(default)]
    pub(super) suggested_filename: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct ConsoleCall {
    #[serde(default)]
    pub(super) args: Vec<RemoteObject>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RemoteObject {
    #[serde(default)]
    pub(super) value: Value,
    pub(super) description: Option<String>,
    pub(super) object_id: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ExceptionThrown {
    pub(super) exception_details: ExceptionDetails,
}

#[derive(Debug, Deserialize)]
pub(super) struct ExceptionDetails {
    pub(super) text: String,
    #[serde(default)]
    pub(super) exception: RemoteObject,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Evaluated {
    pub(super) result: RemoteObject,
    pub(super) exception_details: Option<ExceptionDetails>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FrameTreeAnswer {
    pub(super) frame_tree: FrameTree,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FrameTree {
    pub(super) frame: Frame,
    #[serde(default)]
    pub(super) child_frames: Vec<FrameTree>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Frame {
    pub(super) id: String,
    #[serde(default)]
    pub(super) mime_type: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_are_none_cost_no_event() {
        let response = |status: &str| {
            let text = format!(
                r#"{{"requestId":"1","timestamp":null,"response":{{"status":{status},"headers":{{}}}}}}"#
            );
            serde_json::from_str::<ResponseReceived>(&text).expect("an event").response.status
        };
        assert_eq!([response("200"), response("-1"), response("70000"), response("null")], [200, 0, 0, 0]);
    }
}
