//! The formats that people read. A new one is a file here and a line in [`Format::ALL`].

pub mod article;
mod html;
mod markdown;
mod remarks;
mod text;
mod width;

use fuwake_core::report::Report;

/// How wide a text may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Columns of the terminal; Japanese characters take two.
    pub width: usize,
}

impl Default for Layout {
    fn default() -> Self {
        Self { width: 80 }
    }
}

/// A format.
#[derive(Clone, Copy)]
pub struct Format {
    /// As `--format` names it.
    pub name: &'static str,
    /// The ending of its files, without a dot.
    pub extension: &'static str,
    render: fn(&Report, Layout) -> String,
}

impl Format {
    /// All, by name.
    pub const ALL: &'static [Self] = &[
        Self { name: "html", extension: "html", render: html::render },
        Self { name: "markdown", extension: "md", render: markdown::render },
        Self { name: "text", extension: "txt", render: text::render },
    ];

    /// The format of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|format| format.name == name).copied()
    }
}

impl std::fmt::Debug for Format {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name)
    }
}

/// A report in a format. Text holds ANSI colours, which whoever prints it strips where they are not wanted.
#[must_use]
pub fn render(report: &Report, format: Format, layout: Layout) -> String {
    (format.render)(report, layout)
}
