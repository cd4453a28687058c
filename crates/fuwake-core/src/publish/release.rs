//! For whom something is published, and what that means for what is masked. The table stands in `docs/publishing.md`.

use crate::case::Language;

/// Who is to read what is published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Audience {
    /// Anybody.
    #[default]
    Public,
    /// Whoever can act against the sender: a host, a registrar, a provider. He needs whole links, Message-ID and queue ids.
    AbuseDesk,
    /// Who fights the same senders: whole links and the sender's marks, nothing of the recipient's organisation.
    PeerAnalyst,
    /// The recipient's organisation: people are masked, its own domains and hosts are readable.
    Operator,
}

impl Audience {
    /// All, from the widest.
    pub const ALL: [Self; 4] = [Self::Public, Self::AbuseDesk, Self::PeerAnalyst, Self::Operator];

    /// As the command line and what is published name it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::AbuseDesk => "abuse-desk",
            Self::PeerAnalyst => "peer-analyst",
            Self::Operator => "operator",
        }
    }

    /// Whether the recipient's own domains, servers and their addresses are masked.
    pub(super) const fn hides_own_hosts(self) -> bool {
        !matches!(self, Self::Operator)
    }

    /// Whether marks in links that may name the reader are masked, though nobody can tell what they say.
    pub(super) const fn hides_marks(self) -> bool {
        matches!(self, Self::Public)
    }
}

/// How masks and broken links are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `○□△@******.***`, `h**ps://`, as Japanese readers know it.
    Japanese,
    /// `***@***.***`, `hxxps://`.
    International,
}

/// For whom something is published, and what must not be in it beside what the mail itself reveals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Release {
    /// Who is to read it.
    pub audience: Audience,
    /// The operator's own list: addresses, domains, names and numbers that are masked wherever they stand.
    pub hidden: Vec<String>,
    /// What the reader told of himself and his servers: addresses, domains, hosts, networks' addresses. The operator's own organisation may
    /// read its domains and hosts.
    pub own: Vec<String>,
    /// Whether innocent bystanders are masked too: the owner of a forged sender's domain, of a hacked site. Readers look for these very
    /// names, and whoever is to act needs them, so that it is done only where the operator wishes.
    pub hide_bystanders: bool,
    /// How masks are written; none: as readers of the language know it.
    pub style: Option<Style>,
}

/// What stands in the place of a masked text.
#[derive(Debug)]
pub(super) struct Marks {
    /// Of an address.
    pub(super) address: &'static str,
    /// Of its local part and the sign behind it.
    pub(super) local: &'static str,
    /// Of a person's name.
    pub(super) name: &'static str,
    /// Of a domain or a host.
    pub(super) domain: &'static str,
    /// Of anything else.
    pub(super) other: &'static str,
}

impl Style {
    /// As readers of a language know it.
    #[must_use]
    pub const fn of(language: Language) -> Self {
        match language {
            Language::Ja => Self::Japanese,
            Language::En => Self::International,
        }
    }

    pub(super) const fn marks(self) -> &'static Marks {
        const JAPANESE: Marks = Marks {
            address: "○□△@******.***",
            local: "○□△@",
            name: "○○",
            domain: "******.***",
            other: "****",
        };
        const INTERNATIONAL: Marks =
            Marks { address: "***@***.***", local: "***@", name: "***", domain: "***.***", other: "***" };
        match self {
            Self::Japanese => &JAPANESE,
            Self::International => &INTERNATIONAL,
        }
    }
}

impl From<Audience> for Release {
    fn from(audience: Audience) -> Self {
        Self { audience, ..Self::default() }
    }
}
