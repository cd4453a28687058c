//! The mail as a picture, and the card that stands for a case elsewhere.

use crate::case::Language;

/// The words of one language.
#[derive(Debug)]
pub(in crate::publish) struct Picture {
    /// In place of a picture that the mail fetches or holds.
    pub(in crate::publish) left_out: &'static str,
    /// Below a mail that goes on.
    pub(in crate::publish) goes_on: &'static str,
    /// What is seen, for those who do not see it: `{subject}`, `{sender}`.
    pub(in crate::publish) alt: &'static str,
    /// Below it: what was done to it.
    pub(in crate::publish) caption: &'static str,
}

impl Picture {
    /// The words of a language.
    pub(in crate::publish) const fn of(language: Language) -> &'static Self {
        match language {
            Language::Ja => &JA,
            Language::En => &EN,
        }
    }
}

static JA: Picture = Picture {
    left_out: "画像",
    goes_on: "（この先は省きました）",
    alt: "届いたメールの画面。件名は「{subject}」、差出人は「{sender}」。",
    caption: "届いたメール（受信者に関わる部分は伏せ、外部の画像は読み込まずに再現したもの）",
};

static EN: Picture = Picture {
    left_out: "picture",
    goes_on: "(The rest is left out.)",
    alt: "The mail as it came. Subject: “{subject}”. From: “{sender}”.",
    caption: "The mail as it came (drawn anew: what names its recipient is masked, pictures from outside are not fetched)",
};
