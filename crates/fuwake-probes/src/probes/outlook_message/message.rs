//! A message storage written as RFC 5322.

use std::io::{Read, Seek};
use std::path::Path;

use encoding_rs::Encoding;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;

use super::properties::{File, Properties};
use super::{NotAMessage, code_page, compressed_rtf, encapsulated_html, mime};

/// How deep messages are embedded in each other at most.
const DEPTH: usize = 8;
/// How many recipients, and how many attachments.
const MANY: usize = 1000;
/// The longest text of one header field.
const SHORT: usize = 64 << 10;
/// What a message may hold beside its bodies and attachments.
const OVERHEAD: usize = 1 << 20;
/// 100-nanosecond units from 1601 to 1970.
const EPOCH: i128 = 116_444_736_000_000_000;

// PidTag properties ([MS-OXPROPS]).
const SUBJECT: u16 = 0x0037;
const SUBMITTED: u16 = 0x0039;
const REPRESENTED_NAME: u16 = 0x0042;
const REPLY_NAMES: u16 = 0x0050;
const REPRESENTED_ADDRESS: u16 = 0x0065;
const TRANSPORT_HEADER: u16 = 0x007D;
const RECIPIENT_TYPE: u16 = 0x0C15;
const SENDER_NAME: u16 = 0x0C1A;
const SENDER_ADDRESS: u16 = 0x0C1F;
const SHOWN_CC: u16 = 0x0E03;
const SHOWN_TO: u16 = 0x0E04;
const DELIVERED: u16 = 0x0E06;
const BODY: u16 = 0x1000;
const RTF: u16 = 0x1009;
const HTML: u16 = 0x1013;
const MESSAGE_ID: u16 = 0x1035;
const IN_REPLY_TO: u16 = 0x1042;
const NAME: u16 = 0x3001;
const ADDRESS: u16 = 0x3003;
const DATA: u16 = 0x3701;
const SHORT_NAME: u16 = 0x3704;
const LONG_NAME: u16 = 0x3707;
const MEDIA_TYPE: u16 = 0x370E;
const CONTENT_ID: u16 = 0x3712;
const INTERNET_CODE_PAGE: u16 = 0x3FDE;
const SMTP_ADDRESS: u16 = 0x39FE;
const SENDER_SMTP: u16 = 0x5D01;
const REPRESENTED_SMTP: u16 = 0x5D02;

/// Writes the outermost message.
pub(super) fn write<F: Read + Seek>(file: &mut File<F>, limit: usize) -> Result<Vec<u8>, NotAMessage> {
    let root = Properties::read(file, Path::new("/"), 32, None).ok_or(NotAMessage::NoProperties)?;
    let mut writer = Writer { file, left: limit.saturating_sub(OVERHEAD) };
    Ok(writer.message(&root, 0))
}

struct Writer<'f, F> {
    file: &'f mut File<F>,
    /// How many bytes of bodies and attachments still fit.
    left: usize,
}

impl<F: Read + Seek> Writer<'_, F> {
    fn message(&mut self, properties: &Properties, depth: usize) -> Vec<u8> {
        let mut cut = Vec::new();
        let mut parts: Vec<Vec<u8>> = self.bodies(properties).into_iter().collect();
        for path in properties.children(self.file, "__attach_version1.0_", MANY) {
            parts.extend(self.attachment(&path, properties.encoding(), depth, &mut cut));
        }
        if parts.is_empty() {
            parts.push(mime::leaf("text/plain; charset=utf-8", "", b""));
        }
        let mut message = self.header(properties);
        for name in cut {
            message.push_str(&mime::field("X-Fuwake-Attachment-Left-Out", &name));
        }
        message.push_str(&mime::field(super::REBUILT, "Outlook message"));
        message.push_str("MIME-Version: 1.0\r\n");
        let mut message = message.into_bytes();
        message.extend(mime::multipart("mixed", parts));
        message
    }

    /// The transport header as received, and from the properties what it lacks.
    fn header(&mut self, properties: &Properties) -> String {
        let transport = properties.text(self.file, TRANSPORT_HEADER, OVERHEAD / 2);
        let mut header = transport.as_deref().map(kept_fields).unwrap_or_default();
        for (name, value) in self.made_fields(properties) {
            if !has_field(&header, name) {
                header.push_str(&mime::field(name, &value));
            }
        }
        header
    }

    fn made_fields(&mut self, properties: &Properties) -> Vec<(&'static str, String)> {
        let sender = self.person(properties, SENDER_NAME, [SENDER_SMTP, SENDER_ADDRESS]);
        let author = self.person(properties, REPRESENTED_NAME, [REPRESENTED_SMTP, REPRESENTED_ADDRESS]);
        let date = properties.time(SUBMITTED).or_else(|| properties.time(DELIVERED)).and_then(date);
        let mut text = |id| properties.text(self.file, id, SHORT);
        let mut fields = vec![
            ("Subject", text(SUBJECT)),
            ("Date", date),
            ("Message-ID", text(MESSAGE_ID)),
            ("In-Reply-To", text(IN_REPLY_TO)),
            ("Reply-To", text(REPLY_NAMES).filter(|names| names.contains('@'))),
            (
                "Sender",
                sender.clone().filter(|sender| author.as_ref().is_some_and(|author| author != sender)),
            ),
            ("From", author.or(sender)),
        ];
        let [to, cc] = self.recipients(properties);
        fields.push(("To", to.or_else(|| properties.text(self.file, SHOWN_TO, SHORT))));
        fields.push(("Cc", cc.or_else(|| properties.text(self.file, SHOWN_CC, SHORT))));
        fields.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// A mailbox: the name and the first of `addresses` that is an Internet address.
    fn person(&mut self, properties: &Properties, name: u16, addresses: [u16; 2]) -> Option<String> {
        let mut text = |id| properties.text(self.file, id, SHORT);
        let address = addresses.into_iter().filter_map(&mut text).find(|address| address.contains('@'));
        mime::mailbox(text(name).as_deref(), address.as_deref())
    }

    /// The To and Cc recipients.
    fn recipients(&mut self, properties: &Properties) -> [Option<String>; 2] {
        let mut lists = [Vec::new(), Vec::new()];
        for path in properties.children(self.file, "__recip_version1.0_", MANY) {
            let Some(recipient) = Properties::read(self.file, &path, 8, Some(properties.encoding())) else {
                continue;
            };
            let list = match recipient.number(RECIPIENT_TYPE).map(|kind| kind & 0xF) {
                Some(1) => &mut lists[0],
                Some(2) => &mut lists[1],
                _ => continue,
            };
            list.extend(self.person(&recipient, NAME, [SMTP_ADDRESS, ADDRESS]));
        }
        lists.map(|list| (!list.is_empty()).then(|| list.join(",\r\n ")))
    }

    /// The text and the HTML, as alternatives where there are both.
    fn bodies(&mut self, properties: &Properties) -> Option<Vec<u8>> {
        let text = properties.text(self.file, BODY, self.left / 4);
        let html = self.html(properties);
        let text = text.map(|text| mime::leaf("text/plain; charset=utf-8", "", text.as_bytes()));
        let html =
            html.map(|(charset, html)| mime::leaf(&format!("text/html; charset={charset}"), "", &html));
        let parts: Vec<Vec<u8>> = text.into_iter().chain(html).collect();
        self.left = self.left.saturating_sub(parts.iter().map(Vec::len).sum());
        (!parts.is_empty()).then(|| mime::multipart("alternative", parts))
    }

    /// The HTML with its charset: as bytes, as a string, or inside the RTF.
    fn html(&mut self, properties: &Properties) -> Option<(&'static str, Vec<u8>)> {
        if let Some(html) = properties.binary(self.file, HTML, self.left / 4).filter(|html| !html.is_empty())
        {
            let page = properties.number(INTERNET_CODE_PAGE).map(code_page::encoding);
            return Some((page.unwrap_or(properties.encoding()).name(), html));
        }
        if let Some(html) = properties.text(self.file, HTML, self.left / 4) {
            return Some(("utf-8", html.into_bytes()));
        }
        let rtf = properties.binary(self.file, RTF, self.left / 4)?;
        let html = encapsulated_html::extract(&compressed_rtf::decompress(&rtf, self.left / 4)?)?;
        Some(("utf-8", html.into_bytes()))
    }

    fn attachment(
        &mut self,
        path: &Path,
        encoding: &'static Encoding,
        depth: usize,
        cut: &mut Vec<String>,
    ) -> Option<Vec<u8>> {
        let attachment = Properties::read(self.file, path, 8, Some(encoding))?;
        let mut text = |id| attachment.text(self.file, id, SHORT);
        let name = text(LONG_NAME).or_else(|| text(SHORT_NAME)).or_else(|| text(NAME)).unwrap_or_default();
        if let Some(object) = attachment.object(self.file, DATA) {
            return self.embedded(&object, encoding, depth, &name, cut);
        }
        let length = attachment.length(self.file, DATA)?;
        // Base64 with line ends takes 78 bytes for 57.
        let room = usize::try_from(length).unwrap_or(usize::MAX).saturating_mul(78) / 57;
        if room > self.left {
            cut.push(name);
            return None;
        }
        self.left -= room;
        let content = attachment.binary(self.file, DATA, self.left.saturating_add(room))?;
        Some(self.leaf(&attachment, &name, &content))
    }

    fn leaf(&mut self, attachment: &Properties, name: &str, content: &[u8]) -> Vec<u8> {
        let media_type = attachment.text(self.file, MEDIA_TYPE, SHORT).filter(|kind| is_media_type(kind));
        let id = attachment.text(self.file, CONTENT_ID, SHORT);
        let mut header = mime::disposition(if id.is_some() { "inline" } else { "attachment" }, name);
        if let Some(id) = id {
            header.push_str(&mime::field("Content-ID", &format!("<{id}>")));
        }
        // A message carried as a file is no composite part here: base64 is not allowed on those (RFC 2046 section 5.2.1).
        let media_type =
            media_type.filter(|kind| !kind.starts_with("message/") && !kind.starts_with("multipart/"));
        mime::leaf(media_type.as_deref().unwrap_or("application/octet-stream"), &header, content)
    }

    fn embedded(
        &mut self,
        object: &Path,
        encoding: &'static Encoding,
        depth: usize,
        name: &str,
        cut: &mut Vec<String>,
    ) -> Option<Vec<u8>> {
        let Some(properties) = Properties::read(self.file, object, 24, Some(encoding)) else {
            cut.push(name.to_owned());
            return None;
        };
        if depth + 1 >= DEPTH {
            cut.push(name.to_owned());
            return None;
        }
        let header = mime::disposition("attachment", name);
        let mut part = format!("Content-Type: message/rfc822\r\n{header}\r\n").into_bytes();
        part.extend(self.message(&properties, depth + 1));
        Some(part)
    }
}

/// The fields of a transport header that do not describe the MIME structure, one line end for all of them.
fn kept_fields(header: &str) -> String {
    let mut kept = String::with_capacity(header.len());
    let mut keep = false;
    for line in header.lines().skip_while(|line| line.trim().is_empty()) {
        if line.trim().is_empty() {
            break;
        }
        if !line.starts_with([' ', '\t']) {
            keep = line.split_once(':').is_some_and(|(name, _)| is_kept(name));
        }
        if keep {
            kept.push_str(line);
            kept.push_str("\r\n");
        }
    }
    kept
}

fn is_kept(name: &str) -> bool {
    let name = name.trim_end();
    let structure =
        ["content-type", "content-transfer-encoding", "content-disposition", "content-id", "mime-version"];
    !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_graphic())
        && !structure.iter().any(|field| field.eq_ignore_ascii_case(name))
}

fn has_field(header: &str, name: &str) -> bool {
    header
        .lines()
        .filter_map(|line| line.split_once(':'))
        .any(|(field, _)| field.trim_end().eq_ignore_ascii_case(name))
}

fn is_media_type(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&-^_.+/".contains(&byte);
    text.split('/').count() == 2 && text.bytes().all(allowed)
}

/// A FILETIME as a Date field has it.
fn date(filetime: u64) -> Option<String> {
    let nanoseconds = (i128::from(filetime) - EPOCH) * 100;
    OffsetDateTime::from_unix_timestamp_nanos(nanoseconds).ok()?.format(&Rfc2822).ok()
}
