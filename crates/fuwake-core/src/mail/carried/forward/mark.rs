//! The lines that mail programs put before what they forward.

/// What a mark says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// A forward and nothing else.
    Forwarded,
    /// Written above replies too.
    Original,
}

pub(super) fn mark(line: &str) -> Option<Mark> {
    let line = line.trim();
    let decorated = line.starts_with(['-', '_', '=', '*', '>', '─', '—']) || line.ends_with([':', '：']);
    if !decorated || line.len() > 160 {
        return None;
    }
    let words = line.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let says = |marks: &[&str]| marks.iter().any(|m| words == *m);
    if says(FORWARDED) || words.starts_with("forwarded message from") || words.starts_with("forwarded by") {
        return Some(Mark::Forwarded);
    }
    says(ORIGINAL).then_some(Mark::Original)
}

/// Marks of forwards, decoration taken off, lower case.
const FORWARDED: &[&str] = &[
    "forwarded message",
    "begin forwarded message",
    "転送されたメッセージ",
    "転送メッセージ",
    "転送メール",
    "以下転送メール",
    "以下転送",
    "転送されたメール",
    "weitergeleitete nachricht",
    "anfang der weitergeleiteten nachricht",
    "message transféré",
    "message transmis",
    "début du message transféré",
    "début du message réexpédié",
    "mensaje reenviado",
    "inicio del mensaje reenviado",
    "mensagem encaminhada",
    "início da mensagem encaminhada",
    "início da mensagem reencaminhada",
    "doorgestuurd bericht",
    "begin doorgestuurd bericht",
    "messaggio inoltrato",
    "转发的邮件",
    "轉寄的郵件",
];

/// Marks that replies bear too.
const ORIGINAL: &[&str] = &[
    "original message",
    "original mail",
    "元のメッセージ",
    "オリジナルメッセージ",
    "ursprüngliche nachricht",
    "originalnachricht",
    "message d'origine",
    "message d’origine",
    "mensaje original",
    "mensagem original",
    "oorspronkelijk bericht",
    "原始邮件",
];
