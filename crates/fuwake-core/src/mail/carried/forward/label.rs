//! The header fields that mail programs quote above a forwarded mail, in their languages.

/// Bytes of a quoted field that are kept.
pub(super) const LONGEST_VALUE: usize = 1_000;

/// A header field that mail programs quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    From,
    Date,
    To,
    Cc,
    ReplyTo,
    Subject,
}

/// Labels of quoted fields in the languages of mail programs, lower case.
const LABELS: &[(&str, Label)] = &[
    ("from", Label::From),
    ("差出人", Label::From),
    ("送信者", Label::From),
    ("送信元", Label::From),
    ("von", Label::From),
    ("de", Label::From),
    ("van", Label::From),
    ("da", Label::From),
    ("发件人", Label::From),
    ("寄件者", Label::From),
    ("보낸사람", Label::From),
    ("date", Label::Date),
    ("sent", Label::Date),
    ("日時", Label::Date),
    ("日付", Label::Date),
    ("送信日時", Label::Date),
    ("送信日", Label::Date),
    ("datum", Label::Date),
    ("gesendet", Label::Date),
    ("envoyé", Label::Date),
    ("enviado", Label::Date),
    ("enviado el", Label::Date),
    ("enviada em", Label::Date),
    ("enviado em", Label::Date),
    ("fecha", Label::Date),
    ("data", Label::Date),
    ("verzonden", Label::Date),
    ("发送时间", Label::Date),
    ("to", Label::To),
    ("宛先", Label::To),
    ("an", Label::To),
    ("à", Label::To),
    ("para", Label::To),
    ("aan", Label::To),
    ("收件人", Label::To),
    ("cc", Label::Cc),
    ("reply-to", Label::ReplyTo),
    ("返信先", Label::ReplyTo),
    ("subject", Label::Subject),
    ("件名", Label::Subject),
    ("題名", Label::Subject),
    ("betreff", Label::Subject),
    ("objet", Label::Subject),
    ("asunto", Label::Subject),
    ("assunto", Label::Subject),
    ("onderwerp", Label::Subject),
    ("oggetto", Label::Subject),
    ("主题", Label::Subject),
];

/// A line `Label: value`, quote marks and stars around the label taken off.
pub(super) fn field(line: &str) -> Option<(Label, &str)> {
    let line = line.trim_start_matches(|c: char| matches!(c, '>' | '*' | '|') || c.is_whitespace());
    let colon = line.char_indices().take(20).find(|&(_, c)| matches!(c, ':' | '：'))?;
    let name = line.get(..colon.0)?.trim_matches(|c: char| c == '*' || c.is_whitespace());
    let name: String = name.chars().flat_map(char::to_lowercase).collect();
    let &(_, label) = LABELS.iter().find(|(known, _)| *known == name)?;
    let value = line.get(colon.0 + colon.1.len_utf8()..)?;
    Some((label, value.trim_matches(|c: char| c == '*' || c.is_whitespace())))
}

impl Label {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::From => "From",
            Self::Date => "Date",
            Self::To => "To",
            Self::Cc => "Cc",
            Self::ReplyTo => "Reply-To",
            Self::Subject => "Subject",
        }
    }

    /// A quoted value as a field's value: no control characters, mailboxes in the form of RFC 5322 section 3.4.
    pub(super) fn value(self, quoted: &str) -> String {
        let value: String = quoted.chars().filter(|c| !c.is_control()).take(LONGEST_VALUE).collect();
        match self {
            Self::From | Self::ReplyTo => mailbox(&refang(&value)),
            Self::To | Self::Cc => refang(&value).replace("[mailto:", "<").replace(']', ">"),
            Self::Date | Self::Subject => value,
        }
    }
}

/// `Name [mailto:a@example.jp]`, `Name <a@example.jp>` and their kin as a mailbox whose name is quoted.
fn mailbox(value: &str) -> String {
    let value = value.replace("[mailto:", "<").replace("<mailto:", "<").replace(']', ">");
    let Some((name, rest)) = value.split_once('<') else { return value };
    let address = rest.split('>').next().unwrap_or_default().trim();
    let name = name.trim().trim_matches(['"', '\'']).replace(['\\', '"'], "");
    if name.is_empty() { format!("<{address}>") } else { format!("\"{name}\" <{address}>") }
}

/// Takes the defanging off: `hxxps://evil[.]example` as it was.
pub(super) fn refang(text: &str) -> String {
    if !text.contains(['[', 'x', 'X']) {
        return text.to_owned();
    }
    let mut text = text
        .replace("[.]", ".")
        .replace("[dot]", ".")
        .replace("[:]", ":")
        .replace("[://]", "://")
        .replace("[at]", "@")
        .replace("[@]", "@");
    for (defanged, scheme) in
        [("hxxp", "http"), ("hXXp", "http"), ("hXXP", "http"), ("HXXP", "http"), ("h**p", "http")]
    {
        if text.contains(defanged) {
            text = text
                .replace(&format!("{defanged}://"), &format!("{scheme}://"))
                .replace(&format!("{defanged}s://"), &format!("{scheme}s://"));
        }
    }
    text
}
