//! What a decoder reads out of an attached file: the same few facts of every kind of file, for findings to judge.

use serde::{Deserialize, Serialize};

/// What kind of decoder a file needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileKind {
    /// PDF (ISO 32000-2).
    Pdf,
    /// Office Open XML (ECMA-376).
    OfficeXml,
    /// Office binary documents in a compound file (MS-CFB).
    OfficeBinary,
    /// Rich Text Format.
    RichText,
    /// An HTML page or an SVG picture, whose scripts are searched.
    Page,
    /// A raster picture, which may be or hold a QR code (ISO/IEC 18004).
    Picture,
    /// A Windows shortcut (MS-SHLLINK).
    Shortcut,
    /// A file that names one URL: .url of Windows, .webloc of macOS.
    UrlFile,
    /// A configuration profile of Apple devices.
    Profile,
}

impl FileKind {
    /// All kinds.
    pub const ALL: [Self; 9] = [
        Self::Pdf,
        Self::OfficeXml,
        Self::OfficeBinary,
        Self::RichText,
        Self::Page,
        Self::Picture,
        Self::Shortcut,
        Self::UrlFile,
        Self::Profile,
    ];
}

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// How many pages it has, where it has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// How many pictures are in it.
    #[serde(default)]
    pub pictures: u32,
    /// It cannot be read without a password.
    #[serde(default)]
    pub encrypted: bool,
    /// Its visible text, cut.
    #[serde(default)]
    pub text: String,
    /// Where it leads.
    #[serde(default)]
    pub links: Vec<FileLink>,
    /// What it does, or has its reader do.
    #[serde(default)]
    pub acts: Vec<Act>,
    /// A bound was met or a piece was damaged: there may be more.
    #[serde(default)]
    pub truncated: bool,
}

/// A file in an archive, and what a decoder read of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its name as in the archive's listing.
    pub name: String,
    /// Its unpacked size in bytes.
    pub size: u64,
    /// The decoder; none where it asks for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<FileKind>,
    /// What it holds; nothing where it asks for no decoder.
    #[serde(default)]
    pub contents: Contents,
    /// Why the decoder could not read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unread: Option<String>,
}

/// A link in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileLink {
    /// As written.
    pub url: String,
    /// What is shown for it, where the format tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// How the file leads there.
    pub by: Lead,
}

/// How a file leads to an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lead {
    /// A link that the reader follows.
    Link,
    /// A QR code that the reader scans.
    QrCode,
    /// A form is sent there.
    Form,
    /// It goes there by itself when it is opened.
    Redirect,
    /// It stands in a script, disguised or not.
    Script,
    /// It is loaded from there when it is opened: a template, an object, a frame.
    Loaded,
}

/// Something that a file does, or has its reader do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    /// What.
    pub kind: ActKind,
    /// With what: a command, a file name, a key word. May be empty.
    pub detail: String,
}

/// What a file can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActKind {
    /// Starts a program or opens a file (PDF Launch, a shortcut's target).
    Launch,
    /// Runs a script (PDF JavaScript, a page's script).
    Script,
    /// Holds macros.
    Macro,
    /// Holds macros that run when it is opened.
    AutoMacro,
    /// Holds another file.
    EmbeddedFile,
    /// Holds an embedded object (OLE).
    EmbeddedObject,
    /// Asks for a password in a field.
    PasswordField,
    /// Hides an address or markup in an encoding that a script takes off.
    HiddenMarkup,
    /// Holds a file in its script and has the browser save it.
    SavesFile,
    /// Installs settings: a payload type of a profile.
    Installs,
}

impl Contents {
    /// Whether it does something of a kind.
    #[must_use]
    pub fn does(&self, kind: ActKind) -> Option<&Act> {
        self.acts.iter().find(|act| act.kind == kind)
    }
}
