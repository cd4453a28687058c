//! The mail as a case states it.

use std::net::IpAddr;

use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::words::Language;
use crate::findings::Scene;
use crate::knowledge::{DomainKind, Knowledge};
use crate::mail::attachment::Attachment;
use crate::mail::authentication::{MethodResult, Signature};
use crate::mail::filter_stamp::FilterStamp;
use crate::mail::html::{Form, HiddenText, Image};
use crate::mail::received::Trust;
use crate::mail::{Body, Defect, Hop, Link, Mail, Mailbox, Origin};
use crate::recipient::{Parties, Recipient};
use crate::span::{Because, Span};

/// `mail` of a case.
#[derive(Clone, Debug, Serialize)]
#[allow(
    missing_docs,
    reason = "the public interface in the design names each; they bear the names of the fields of `Mail`"
)]
pub struct MailRecord {
    pub sha256: String,
    pub size: u64,
    pub subject: Option<String>,
    pub subject_stamps: Vec<String>,
    pub date: Option<String>,
    pub mailer: Option<String>,
    pub languages: Vec<&'static str>,
    pub text: String,
    pub text_part: Option<String>,
    /// The HTML that is displayed, decoded, where nothing else is: for a picture of it, and in no record.
    #[serde(skip)]
    pub html: Option<String>,
    pub from: Option<AddressRecord>,
    pub authors: Vec<AddressRecord>,
    pub sender: Vec<AddressRecord>,
    pub reply_to: Vec<AddressRecord>,
    pub recipients: Vec<AddressRecord>,
    pub envelope_from: Option<AddressRecord>,
    pub message_id: Option<MessageIdRecord>,
    pub list: ListRecord,
    pub identities: Vec<Identity>,
    pub hops: Vec<HopRecord>,
    pub origin: Option<OriginRecord>,
    pub claimed_client: Option<String>,
    pub authentication: AuthenticationRecord,
    pub filter_stamps: Vec<StampRecord>,
    pub parts: Vec<PartRecord>,
    pub links: Vec<LinkRecord>,
    pub attachments: Vec<AttachmentRecord>,
    pub defects: Vec<Defect>,
    /// Who received it, whom all that is published masks.
    #[serde(skip)]
    pub recipient: Recipient,
    /// Who sent it, whom all that is published masks where he only hands another mail on.
    #[serde(skip)]
    pub carrier: Recipient,
    /// Domains that its senders and links have registered, which no name of a recipient hides.
    #[serde(skip)]
    pub foreign: Vec<String>,
    /// Domains that it leads to by what it quotes, and by nothing else.
    #[serde(skip)]
    pub quoted: Vec<String>,
    /// Where the header ends in the raw mail, in bytes.
    #[serde(skip)]
    pub header_size: usize,
}

/// A mailbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "as in `Mailbox`")]
pub struct AddressRecord {
    pub raw: String,
    pub display_name: Option<String>,
    pub address: Option<String>,
    pub domain: Option<String>,
    pub registrable_domain: Option<String>,
}

/// Message-ID.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "as in `MessageId`")]
pub struct MessageIdRecord {
    pub value: String,
    pub domain: Option<String>,
}

/// Mailing-list fields.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "as in `ListFields`")]
pub struct ListRecord {
    pub id: Option<String>,
    pub unsubscribe: Option<String>,
    pub one_click: bool,
}

/// One of the names that a mail's sender is known by: the trio and its kin, side by side.
#[derive(Clone, Debug, Serialize)]
pub struct Identity {
    /// `from`, `envelope_from`, `message_id`, `received`, `reply_to`.
    pub field: &'static str,
    /// As it stands.
    pub value: String,
    /// Its domain or host.
    pub domain: Option<String>,
    /// `sender`: whoever wrote the mail; `relay`: a server on the way that a believed line saw; `receiver`: a server of the recipient.
    pub written_by: &'static str,
    /// Whether the sender can put there what he likes; for a relay, where it is his own.
    pub forgeable: bool,
    /// Whether it is of the same organisation as From; none where one of them has no domain.
    pub agrees: Option<bool>,
    /// Whose known domain it is: a brand's id, `free-mail`, `internet-provider`, or the id of a hosting provider or mail service.
    pub owner: Option<String>,
    /// The same in the case's language: the brand's name, or what kind of domain it is.
    pub owner_name: Option<String>,
}

/// A relay step.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "as in `Hop`")]
pub struct HopRecord {
    pub helo: Option<String>,
    pub reverse_dns: Option<String>,
    pub reverse_dns_unconfirmed: bool,
    pub ip: Option<IpAddr>,
    pub authenticated_user: Option<String>,
    pub by: Option<String>,
    pub with: Option<String>,
    pub id: Option<String>,
    #[serde(rename = "for")]
    pub recipient: Option<String>,
    pub at: Option<String>,
    pub delay_seconds: Option<i64>,
    pub trust: Trust,
    pub bytes: Span,
}

/// Where the mail entered.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "as in `Origin`")]
pub struct OriginRecord {
    pub ip: IpAddr,
    pub hop: usize,
    pub trust: Trust,
}

/// What the mail carries about its authenticity.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "as in `Authentication`")]
pub struct AuthenticationRecord {
    pub results: Vec<ResultRecord>,
    pub signatures: Vec<SignatureRecord>,
}

/// One method's result.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "as in `MethodResult`")]
pub struct ResultRecord {
    pub method: String,
    pub result: String,
    pub domain: Option<String>,
    pub authserv_id: Option<String>,
    pub trusted: bool,
    pub bytes: Span,
}

/// A DKIM signature, not verified here.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "as in `Signature`")]
pub struct SignatureRecord {
    pub domain: Option<String>,
    pub selector: Option<String>,
    pub algorithm: Option<String>,
    pub bytes: Span,
}

/// A filter's word.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "as in `FilterStamp`")]
pub struct StampRecord {
    pub field: String,
    pub key: String,
    pub value: String,
    pub unwanted: Option<bool>,
    pub bytes: Span,
}

/// A text part.
#[derive(Clone, Debug, Serialize)]
pub struct PartRecord {
    /// IMAP section number.
    pub part: String,
    /// Media type.
    pub media_type: String,
    /// What it was decoded from.
    pub charset: String,
    /// Shown to the reader.
    pub displayed: bool,
    /// Its visible text; none where `mail.text` is exactly that.
    pub text: Option<String>,
    /// Text that no reader sees.
    pub hidden: Vec<HiddenText>,
    /// Forms.
    pub forms: Vec<Form>,
    /// How many scripts there are.
    pub scripts: usize,
    /// Pictures.
    pub images: Vec<Image>,
}

/// A link.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "as in `Link`")]
pub struct LinkRecord {
    pub text: Option<String>,
    pub url: String,
    pub host: Option<String>,
    pub registrable_domain: Option<String>,
    pub source: crate::mail::link::Source,
    pub carries_recipient: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wrapped_in: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wrapper: Option<&'static str>,
    pub because: Because,
}

/// An attached file.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs, reason = "as in `Attachment`")]
pub struct AttachmentRecord {
    pub name: Option<String>,
    pub media_type: Option<String>,
    pub detected_type: Option<&'static str>,
    pub size: u64,
    pub sha256: String,
    pub inline: bool,
    pub part: String,
}

impl MailRecord {
    pub(super) fn new(mut mail: Mail<'_>, identities: Vec<Identity>, parties: Parties) -> Self {
        let header_size = mail.header.end;
        let html = displayed_html(&mut mail.bodies);
        let (text, text_part) = (mail.text, mail.text_part);
        let mut authors = mail.authors.into_iter().map(AddressRecord::from);
        let (subject, subject_stamps) = mail.subject.map(|subject| (subject.text, subject.stamps)).unzip();
        Self {
            sha256: mail.sha256,
            size: mail.size,
            subject,
            subject_stamps: subject_stamps.unwrap_or_default(),
            date: mail.date.as_ref().and_then(|date| rfc3339(date.at)),
            mailer: mail.mailer.map(|mailer| mailer.text),
            languages: mail.languages,
            from: authors.next(),
            authors: authors.collect(),
            sender: addresses(mail.sender),
            reply_to: addresses(mail.reply_to),
            recipients: addresses(mail.recipients),
            envelope_from: mail.envelope_from.map(AddressRecord::from),
            message_id: mail.message_id.map(|id| MessageIdRecord { value: id.value, domain: id.domain }),
            list: ListRecord {
                id: mail.list.id.map(|id| id.text),
                unsubscribe: mail.list.unsubscribe.map(|unsubscribe| unsubscribe.text),
                one_click: mail.list.one_click,
            },
            identities,
            hops: mail.hops.into_iter().map(HopRecord::from).collect(),
            origin: mail.origin.map(OriginRecord::from),
            claimed_client: mail.claimed_client.map(|client| client.text),
            authentication: AuthenticationRecord {
                results: mail.authentication.results.into_iter().map(ResultRecord::from).collect(),
                signatures: mail.authentication.signatures.into_iter().map(SignatureRecord::from).collect(),
            },
            filter_stamps: mail.filter_stamps.into_iter().map(StampRecord::from).collect(),
            parts: mail.bodies.into_iter().map(|body| PartRecord::new(body, text_part.as_deref())).collect(),
            text,
            text_part,
            html,
            links: mail.links.into_iter().map(LinkRecord::from).collect(),
            attachments: mail.attachments.into_iter().map(AttachmentRecord::from).collect(),
            defects: mail.defects,
            recipient: parties.recipient,
            carrier: parties.sender,
            foreign: parties.foreign,
            quoted: parties.quoted,
            header_size,
        }
    }
}

/// The HTML of the one part that is displayed; none where several are, or one of another kind.
fn displayed_html(bodies: &mut [Body]) -> Option<String> {
    let mut displayed = bodies.iter_mut().filter(|body| body.displayed);
    displayed.next().filter(|_| displayed.next().is_none())?.source.take()
}

/// RFC 3339; none for years and zones that it cannot write.
fn rfc3339(at: OffsetDateTime) -> Option<String> {
    at.format(&Rfc3339).ok()
}

fn addresses(mailboxes: Vec<Mailbox>) -> Vec<AddressRecord> {
    mailboxes.into_iter().map(AddressRecord::from).collect()
}

impl From<Mailbox> for AddressRecord {
    fn from(mailbox: Mailbox) -> Self {
        Self {
            raw: mailbox.raw,
            display_name: mailbox.display_name,
            address: mailbox.address,
            domain: mailbox.domain,
            registrable_domain: mailbox.registrable_domain,
        }
    }
}

impl From<Hop> for HopRecord {
    fn from(hop: Hop) -> Self {
        Self {
            helo: hop.helo,
            reverse_dns: hop.reverse_dns,
            reverse_dns_unconfirmed: hop.reverse_dns_unconfirmed,
            ip: hop.ip,
            authenticated_user: hop.authenticated_user,
            by: hop.by,
            with: hop.with,
            id: hop.id,
            recipient: hop.recipient,
            at: hop.at.and_then(rfc3339),
            delay_seconds: hop.delay_seconds,
            trust: hop.trust,
            bytes: hop.span,
        }
    }
}

impl From<Origin> for OriginRecord {
    fn from(origin: Origin) -> Self {
        Self { ip: origin.ip, hop: origin.hop, trust: origin.trust }
    }
}

impl From<MethodResult> for ResultRecord {
    fn from(result: MethodResult) -> Self {
        Self {
            method: result.method,
            result: result.result,
            domain: result.domain,
            authserv_id: result.authserv_id,
            trusted: result.trusted,
            bytes: result.span,
        }
    }
}

impl From<Signature> for SignatureRecord {
    fn from(signature: Signature) -> Self {
        Self {
            domain: signature.domain,
            selector: signature.selector,
            algorithm: signature.algorithm,
            bytes: signature.span,
        }
    }
}

impl From<FilterStamp> for StampRecord {
    fn from(stamp: FilterStamp) -> Self {
        Self {
            field: stamp.field,
            key: stamp.key,
            value: stamp.value,
            unwanted: stamp.unwanted,
            bytes: stamp.span,
        }
    }
}

impl PartRecord {
    fn new(body: Body, text_part: Option<&str>) -> Self {
        let html = body.html.unwrap_or_default();
        let text = (text_part != Some(&body.part)).then_some(body.text);
        Self {
            part: body.part,
            media_type: body.media_type,
            charset: body.charset,
            displayed: body.displayed,
            text,
            hidden: html.hidden,
            forms: html.forms,
            scripts: html.scripts,
            images: html.images,
        }
    }
}

impl From<Link> for LinkRecord {
    fn from(link: Link) -> Self {
        Self {
            text: link.text,
            url: link.url,
            host: link.host,
            registrable_domain: link.registrable_domain,
            source: link.source,
            carries_recipient: link.carries_recipient,
            wrapped_in: link.wrapped_in,
            wrapper: link.wrapper,
            because: link.because,
        }
    }
}

impl From<Attachment> for AttachmentRecord {
    fn from(attachment: Attachment) -> Self {
        Self {
            name: attachment.name,
            media_type: attachment.media_type,
            detected_type: attachment.detected_type,
            size: attachment.size,
            sha256: attachment.sha256,
            inline: attachment.inline,
            part: attachment.part,
        }
    }
}

/// The trio and its kin: what each says, who writes it, whether they agree.
pub(super) fn identities(scene: &Scene<'_>, language: Language) -> Vec<Identity> {
    let mail = scene.mail;
    let organisation = scene.from().and_then(|from| from.registrable_domain.as_deref());
    let row = |field, value: &str, domain: Option<&str>, written_by: &'static str| {
        let owner = domain.and_then(|domain| owner(scene.knowledge, domain, language));
        let (owner, owner_name) = owner.unzip();
        Identity {
            field,
            value: value.to_owned(),
            domain: domain.map(str::to_owned),
            written_by,
            forgeable: written_by != "receiver",
            agrees: organisation
                .zip(domain)
                .map(|(ours, theirs)| crate::knowledge::domains::is_within(theirs, ours)),
            owner,
            owner_name,
        }
    };
    let mailbox = |field, mailbox: &Mailbox| {
        row(field, mailbox.address.as_ref().unwrap_or(&mailbox.raw), mailbox.domain.as_deref(), "sender")
    };
    let mut rows = Vec::new();
    rows.extend(scene.from().map(|from| mailbox("from", from)));
    rows.extend(mail.envelope_from.as_ref().map(|path| mailbox("envelope_from", path)));
    rows.extend(
        mail.message_id.as_ref().map(|id| row("message_id", &id.value, id.domain.as_deref(), "sender")),
    );
    if let Some(hop) = mail.origin.as_ref().and_then(|origin| mail.hops.get(origin.hop)) {
        let host = hop.confirmed_name();
        let value = hop.ip.map(|ip| ip.to_string()).unwrap_or_default();
        let written_by = if hop.trust == Trust::Observed { "receiver" } else { "relay" };
        rows.push(row("received", &value, host, written_by));
    }
    rows.extend(mail.reply_to.first().map(|reply| mailbox("reply_to", reply)));
    rows
}

/// Whose known domain it is: an id, and its words.
fn owner(knowledge: &Knowledge, domain: &str, language: Language) -> Option<(String, String)> {
    let entry = |id: &str, name: String| Some((id.to_owned(), name));
    let kind = knowledge.kind(domain);
    if let Some(kind @ (DomainKind::FreeMail | DomainKind::InternetProvider)) = kind {
        return entry(kind.id(), crate::publish::name(language, kind.id()).to_owned());
    }
    if let Some(brand) = knowledge.owner(domain) {
        return entry(&brand.id, language.pick(&brand.name.ja, &brand.name.en).to_owned());
    }
    let company = knowledge.hosting_provider(domain).or_else(|| knowledge.mail_service(domain))?;
    let kind = match company.kind.as_str() {
        "cloud" => language.pick("クラウド", "cloud"),
        "rental" => language.pick("レンタルサーバー", "rented servers"),
        "access" => language.pick("接続事業者", "access provider"),
        _ => language.pick("メール配信サービス", "mail service"),
    };
    entry(&company.id, format!("{} ({kind})", language.pick(&company.name, company.english())))
}
