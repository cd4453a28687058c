//! Mailing-list fields: List-* (RFC 2369, RFC 2919, RFC 8058) and Precedence.

use crate::mail::HeaderText;

/// What a mail says about the list it came through.
#[derive(Clone, Debug, Default)]
pub struct ListFields {
    /// List-Id.
    pub id: Option<HeaderText>,
    /// List-Unsubscribe.
    pub unsubscribe: Option<HeaderText>,
    /// List-Unsubscribe-Post is there (one-click, RFC 8058).
    pub one_click: bool,
    /// List-Post.
    pub post: Option<HeaderText>,
    /// Precedence, lower case.
    pub precedence: Option<HeaderText>,
    /// In-Reply-To or References is there.
    pub is_reply: bool,
    /// Auto-Submitted (RFC 3834), lower case.
    pub auto_submitted: Option<HeaderText>,
}
