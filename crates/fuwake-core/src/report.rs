//! What a human format shows: one tree of plain data. Every word in it is chosen, masked, defanged and freed of steering
//! characters by [`publish`](crate::publish::publish); a format only arranges it and has no words of its own.

mod article;
mod drawn;

use crate::case::Language;
use crate::mail::received::Trust;

pub use article::{Article, Content, Figure, Frame, FrontMatter, Notice};
pub use drawn::{Card, Drawn, Look, MailBody, MailPicture};

/// Text that is safe to show to anybody, but for the escaping of the format itself: people in it are masked, links cannot be
/// followed, and no character steers a terminal or reorders the line. Only `publish` makes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plain(String);

impl Plain {
    pub(crate) const fn new(text: String) -> Self {
        Self(text)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::fmt::Display for Plain {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.pad(&self.0)
    }
}

/// What a value says about the mail; formats show it by colour, and never by colour alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Neither.
    #[default]
    Neutral,
    /// It speaks against the mail.
    Bad,
    /// Take care.
    Warning,
    /// It speaks for the mail.
    Good,
    /// Less important.
    Faint,
}

impl Tone {
    /// In one word, as a style is named.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Bad => "bad",
            Self::Warning => "warning",
            Self::Good => "good",
            Self::Faint => "faint",
        }
    }
}

/// A value in a table or a list of facts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// What it says.
    pub text: Plain,
    /// It is quoted from the mail or technical: shown in a fixed pitch.
    pub code: bool,
    /// What it says about the mail.
    pub tone: Tone,
    /// It is the address of a page that may be followed: none of the mail's.
    pub link: bool,
}

/// A label and its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub label: Plain,
    /// One value a line.
    pub values: Vec<Cell>,
}

/// A report on a mail and the mails carried in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The language of all words.
    pub language: Language,
    /// The heading.
    pub title: Plain,
    /// One chapter a mail, the worst first.
    pub chapters: Vec<Chapter>,
    /// What made the report, and what was done to the text in it.
    pub colophon: Vec<Fact>,
}

/// A mail.
#[derive(Clone, Debug, PartialEq)]
pub struct Chapter {
    /// The chapter's anchor, `mail-1` …
    pub anchor: String,
    /// Which mail this is: the one handed in, or how it is carried in which; none where there is only one.
    pub role: Option<Plain>,
    /// The subject.
    pub heading: Plain,
    /// The verdict; none where no mail was judged.
    pub verdict: Option<VerdictCard>,
    /// The rest, in reading order.
    pub sections: Vec<Section>,
}

/// The verdict at the head of a chapter.
#[derive(Clone, Debug, PartialEq)]
pub struct VerdictCard {
    /// "Verdict".
    pub label: Plain,
    /// The class in words.
    pub class: Plain,
    /// How bad the class is.
    pub tone: Tone,
    /// What was found, in one or two sentences.
    pub summary: Plain,
    /// A remark that must not be missed: this mail is only carried, its forwarder is not accused.
    pub notice: Option<Plain>,
    /// The probability that the mail is unwanted.
    pub score: Gauge,
    /// How sure the verdict is.
    pub confidence: Gauge,
    /// In whose name, official domains.
    pub facts: Vec<Fact>,
}

/// A value between 0 and 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Gauge {
    /// What it measures.
    pub label: Plain,
    /// The value, 0 to 1.
    pub value: f32,
    /// The value in words, `97 %`.
    pub text: Plain,
}

/// A part of a chapter.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Kebab-case, the same in all languages: `findings`, `letter`, `path` …
    pub id: &'static str,
    /// The heading.
    pub title: Plain,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Plain),
    /// Points, one a line.
    List(Vec<Cell>),
    /// Points that are counted: steps to take, what numbers in a picture stand for.
    Steps(Vec<Cell>),
    /// Labels and values.
    Facts(Vec<Fact>),
    /// Rows and columns.
    Table(Table),
    /// Things with a name and facts of their own: links, attachments.
    Records(Vec<Record>),
    /// Findings, strongest first.
    Findings(Vec<FindingCard>),
    /// The text of the mail, with marks.
    Letter(Letter),
    /// The way that the mail came.
    Path(Path),
    /// Where hosts are.
    Map(Map),
    /// What stands behind links.
    Landings(Vec<LandingCard>),
    /// A picture in a file of its own.
    Figure(Figure),
    /// What must not be missed.
    Notice(Notice),
    /// Markdown that a person wrote, masked; what in it acts is for the format to leave out.
    Remarks(Plain),
}

/// What stands behind a link, as visits saw it.
#[derive(Clone, Debug, PartialEq)]
pub struct LandingCard {
    /// The link that was opened.
    pub link: Fact,
    /// What stands there, in a few words.
    pub kind: Plain,
    /// How bad that is.
    pub tone: Tone,
    /// What stands there, in one breath.
    pub summary: Plain,
    /// What must be said beside it: that it says nothing of then, whom the server saw, that visitors see different pages.
    pub remarks: Vec<Plain>,
    /// One where all visitors saw the same, else one a visitor.
    pub views: Vec<View>,
    /// Above what is known of each step.
    pub details: Plain,
    /// Visits, form and quiet facts.
    pub groups: Vec<FactGroup>,
}

/// Facts under a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactGroup {
    /// What they are about.
    pub title: Plain,
    /// The facts; never empty.
    pub facts: Vec<Fact>,
}

/// What a visitor of a link saw.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// As whom; none where all saw the same.
    pub visitor: Option<Plain>,
    /// The page.
    pub picture: Sight,
    /// The way to it.
    pub ladder: Ladder,
}

/// A picture, or why there is none.
#[derive(Clone, Debug, PartialEq)]
pub enum Sight {
    /// A picture.
    Picture(Box<Picture>),
    /// Why there is none.
    None(Plain),
}

/// A picture of a page in a frame that says what to think of it.
#[derive(Clone, PartialEq)]
pub struct Picture {
    /// A WebP file.
    pub webp: Vec<u8>,
    /// On the frame: "Fake – do not enter anything".
    pub frame: Plain,
    /// Across the picture, in a word, where it shows a fake.
    pub stamp: Option<Plain>,
    /// How bad it is.
    pub tone: Tone,
    /// What is seen, for those who do not see it.
    pub alt: Plain,
    /// As whom and when.
    pub caption: Plain,
    /// That there is a picture, for formats that cannot show it.
    pub instead: Plain,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Picture")
            .field("frame", &self.frame)
            .field("bytes", &self.webp.len())
            .finish()
    }
}

/// The way from a link to a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ladder {
    /// What it shows.
    pub caption: Plain,
    /// The steps, the link first.
    pub rungs: Vec<Rung>,
}

/// A step on the way to a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rung {
    /// Its number; some in the middle of a long way are left out.
    pub number: usize,
    /// What led here: "redirect by HTTP"; none for the link itself.
    pub led_by: Option<Plain>,
    /// That this is another domain than the step before.
    pub crossing: Option<Plain>,
    /// What the step is: the link, a step between, the last one.
    pub role: Plain,
    /// The status of the answer, or that there was none.
    pub status: Cell,
    /// The host, in pieces that add up.
    pub host: Vec<HostPiece>,
    /// How its host speaks.
    pub tone: Tone,
    /// Address and certificate in short, one a line.
    pub short: Vec<Plain>,
    /// All that is known of the step.
    pub facts: Vec<Fact>,
}

/// A piece of a host's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostPiece {
    /// The text.
    pub text: Plain,
    /// It bears a brand's name that the domain does not belong to.
    pub is_marked: bool,
}

/// Hosts on a map of the world.
#[derive(Clone, Debug, PartialEq)]
pub struct Map {
    /// What it shows.
    pub caption: Plain,
    /// Whose word the places are, and how far it goes.
    pub note: Plain,
    /// The hosts: those that the mail passed, as far as a table knows them, in order of time, then the others.
    pub points: Vec<MapPoint>,
    /// How many of them the mail passed.
    pub passed: usize,
    /// Where it went from the last of these: the recipient, whose place nobody needs to know.
    pub recipient: Plain,
}

/// A host on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct MapPoint {
    /// Its number in the legend.
    pub number: usize,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// How far off it may be, in kilometres.
    pub radius: f64,
    /// The mail came from there.
    pub is_origin: bool,
    /// An edge of a delivery network: whoever asks is told a server near to him.
    pub is_edge: bool,
    /// Its name, or its address where it has none.
    pub name: Plain,
    /// Where that is.
    pub place: Plain,
    /// What it is to the mail.
    pub role: Plain,
    /// When it handed the mail on, where it did.
    pub at: Option<Plain>,
}

/// Rows and columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What it shows.
    pub caption: Plain,
    /// The columns' heads; the first column names the row.
    pub columns: Vec<Plain>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
}

/// A thing with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its name.
    pub name: Cell,
    /// What is known of it.
    pub facts: Vec<Fact>,
}

/// A finding.
#[derive(Clone, Debug, PartialEq)]
pub struct FindingCard {
    /// Its number in the chapter, by which marks refer to it.
    pub number: usize,
    /// One line.
    pub title: Plain,
    /// Why it matters.
    pub explanation: Plain,
    /// Its group in words.
    pub group: Plain,
    /// What it adds to the score's log-odds, signed: `+2.4`; none where it has no weight and is only good to know.
    pub share: Option<Fact>,
    /// The weight's size on a scale from 0 to 1.
    pub strength: f32,
    /// Whether it speaks against the mail or for it.
    pub tone: Tone,
    /// Where to see it: a place and what stands there.
    pub grounds: Vec<Fact>,
    /// "More on this" and pages from the knowledge, which are no links of the mail; none where there are none.
    pub references: Option<Fact>,
    /// Its id in the case.
    pub id: String,
}

/// The text of a mail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letter {
    /// What it is, for those who hear the page.
    pub label: Plain,
    /// Pieces in reading order; lines end with `\n`.
    pub runs: Vec<Run>,
    /// A remark where the text goes on.
    pub cut: Option<Plain>,
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The text.
    pub text: Plain,
    /// The findings that it is marked by: number and title; none where it is not marked.
    pub marks: Vec<(usize, Plain)>,
}

/// The way that the mail came, sender first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// What it shows.
    pub caption: Plain,
    /// "Trust boundary": drawn above the first stop that may be believed.
    pub boundary: Plain,
    /// The stops: whoever handed the mail to the first server, then the servers.
    pub stops: Vec<Stop>,
}

/// A machine that the mail came through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Its name.
    pub name: Plain,
    /// Its part: the sender's machine, a relay, the recipient's server.
    pub role: Plain,
    /// The line that tells of the step to here, and how far it is believed; none for the first stop.
    pub step: Option<Step>,
    /// Whether the recipient's own servers begin here.
    pub is_boundary: bool,
}

/// A step from one stop to the next, as the `Received` line of the later one tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// How far the line is believed.
    pub trust: Trust,
    /// The same in words.
    pub trust_label: Plain,
    /// The same as a tone.
    pub tone: Tone,
    /// The address that the server saw, and how long it took: short, for a picture.
    pub short: Plain,
    /// All that the line tells.
    pub facts: Vec<Fact>,
}
