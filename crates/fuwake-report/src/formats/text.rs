//! Text for a terminal.

mod landing;

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use fuwake_core::report::{
    Block, Chapter, Fact, FindingCard, Gauge, Letter, Map, Path, Record, Report, Section, Stop, Table, Tone,
    VerdictCard,
};

use super::Layout;
use super::width::{columns, padded, wrapped};

const BOLD: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();
const MARKED: Style = Style::new().bold().underline();

/// The widest label that shares a line with its value.
const LABEL: usize = 24;

pub(super) fn render(report: &Report, layout: Layout) -> String {
    let mut page = Page { out: String::new(), width: layout.width.clamp(40, 120) };
    page.line(0, report.title.as_str(), BOLD);
    for chapter in &report.chapters {
        page.chapter(chapter);
    }
    page.rule();
    page.facts(0, &report.colophon, FAINT);
    page.out
}

const fn style(tone: Tone) -> Style {
    match tone {
        Tone::Neutral => Style::new(),
        Tone::Bad => AnsiColor::Red.on_default().bold(),
        Tone::Warning => AnsiColor::Yellow.on_default(),
        Tone::Good => AnsiColor::Green.on_default(),
        Tone::Faint => FAINT,
    }
}

struct Page {
    out: String,
    width: usize,
}

impl Page {
    /// A paragraph, wrapped and indented.
    fn line(&mut self, indent: usize, text: &str, style: Style) {
        self.led(indent, "", text, style);
    }

    /// A paragraph behind a bullet, whose further lines stand under the first.
    fn led(&mut self, indent: usize, bullet: &str, text: &str, style: Style) {
        let hang = columns(bullet);
        for (at, line) in wrapped(text, self.width.saturating_sub(indent + hang)).iter().enumerate() {
            let lead = if at == 0 { bullet.to_owned() } else { " ".repeat(hang) };
            let _ = writeln!(self.out, "{}{lead}{style}{line}{style:#}", " ".repeat(indent));
        }
    }

    fn blank(&mut self) {
        self.out.push('\n');
    }

    fn rule(&mut self) {
        let rule = "─".repeat(self.width);
        let _ = writeln!(self.out, "\n{FAINT}{rule}{FAINT:#}");
    }

    fn chapter(&mut self, chapter: &Chapter) {
        self.rule();
        if let Some(role) = &chapter.role {
            self.line(0, role.as_str(), FAINT);
        }
        self.line(0, chapter.heading.as_str(), BOLD);
        self.blank();
        if let Some(verdict) = &chapter.verdict {
            self.verdict(verdict);
        }
        for section in &chapter.sections {
            self.section(section);
        }
    }

    fn verdict(&mut self, verdict: &VerdictCard) {
        let tone = style(verdict.tone);
        let banner = format!("{}: {}", verdict.label, verdict.class);
        self.led(0, "■ ", &banner, tone.bold());
        self.line(2, verdict.summary.as_str(), Style::new());
        if let Some(notice) = &verdict.notice {
            self.led(2, "※ ", notice.as_str(), BOLD);
        }
        self.gauge(&verdict.score, tone);
        self.gauge(&verdict.confidence, Style::new());
        self.facts(2, &verdict.facts, Style::new());
    }

    fn gauge(&mut self, gauge: &Gauge, style: Style) {
        let _ = writeln!(
            self.out,
            "  {} {style}{}{style:#} {BOLD}{}{BOLD:#}",
            gauge.label,
            bar(gauge.value, 20),
            gauge.text
        );
    }

    fn section(&mut self, section: &Section) {
        self.blank();
        let _ = writeln!(self.out, "{BOLD}▌ {}{BOLD:#}", section.title);
        for block in &section.blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(text) => self.line(2, text.as_str(), Style::new()),
            Block::List(points) => {
                for point in points {
                    self.led(2, "・", point.text.as_str(), style(point.tone));
                }
            }
            Block::Steps(steps) => {
                for (step, number) in steps.iter().zip(1..) {
                    self.led(2, &format!("{number}. "), step.text.as_str(), style(step.tone));
                }
            }
            Block::Facts(facts) => self.facts(2, facts, Style::new()),
            Block::Table(table) => self.table(table),
            Block::Records(records) => self.records(records),
            Block::Findings(findings) => findings.iter().for_each(|finding| self.finding(finding)),
            Block::Letter(letter) => self.letter(letter),
            Block::Path(path) => self.path(path),
            Block::Map(map) => self.map(map),
            Block::Landings(cards) => cards.iter().for_each(|card| self.landing(card)),
            Block::Figure(figure) => self.line(2, figure.alt.as_str(), FAINT),
            Block::Notice(notice) => {
                notice.paragraphs.iter().for_each(|text| self.line(2, text.as_str(), style(notice.tone)));
            }
            Block::Remarks(text) => {
                text.as_str().lines().for_each(|line| self.line(2, line, Style::new()));
            }
        }
    }

    /// The legend alone.
    fn map(&mut self, map: &Map) {
        self.line(2, map.caption.as_str(), FAINT);
        for point in &map.points {
            let at = point.at.as_ref().map_or_else(String::new, |at| format!(" {at}"));
            let text = format!("{} — {} ({}){at}", point.name, point.place, point.role);
            self.led(2, &format!("{}. ", point.number), &text, Style::new());
        }
        self.line(2, map.note.as_str(), FAINT);
    }

    /// Labels in a column, values beside them.
    fn facts(&mut self, indent: usize, facts: &[Fact], usual: Style) {
        let width = facts.iter().map(|fact| columns(fact.label.as_str())).max().unwrap_or(0).min(LABEL);
        for fact in facts {
            self.fact(indent, fact, width, usual);
        }
    }

    fn fact(&mut self, indent: usize, fact: &Fact, width: usize, usual: Style) {
        let label = fact.label.as_str();
        let mut lead = format!("{}  ", padded(label, width));
        let mut hang = width + 2;
        if columns(label) > width {
            self.line(indent, label, FAINT);
            hang = 4;
            lead = " ".repeat(hang);
        }
        for value in &fact.values {
            let tone = if value.tone == Tone::Neutral { usual } else { style(value.tone) };
            self.led(indent, &lead, value.text.as_str(), tone);
            lead = " ".repeat(hang);
        }
    }

    /// Rows as labels and values: a terminal is too narrow for Japanese tables.
    fn table(&mut self, table: &Table) {
        self.line(2, table.caption.as_str(), FAINT);
        for row in &table.rows {
            let Some((name, cells)) = row.split_first() else { continue };
            self.led(2, "・", name.text.as_str(), BOLD);
            let facts: Vec<Fact> = table
                .columns
                .iter()
                .skip(1)
                .zip(cells)
                .filter(|(_, cell)| !cell.text.is_empty())
                .map(|(head, cell)| Fact { label: head.clone(), values: vec![cell.clone()] })
                .collect();
            self.facts(4, &facts, Style::new());
        }
    }

    fn records(&mut self, records: &[Record]) {
        for (at, record) in records.iter().enumerate() {
            let bullet = format!("{}. ", at + 1);
            self.led(2, &bullet, record.name.text.as_str(), BOLD);
            self.facts(4, &record.facts, Style::new());
        }
    }

    fn finding(&mut self, finding: &FindingCard) {
        let tone = style(finding.tone);
        let bullet = format!("[{}] ", finding.number);
        self.led(2, &bullet, finding.title.as_str(), tone);
        let indent = 2 + columns(&bullet);
        let share = finding.share.as_ref().map(|share| {
            let values: String = share.values.iter().map(|value| value.text.as_str()).collect();
            format!(" · {} {} {values}", share.label, bar(finding.strength, 8))
        });
        self.line(indent, &format!("{}{}", finding.group, share.unwrap_or_default()), FAINT);
        self.line(indent, finding.explanation.as_str(), Style::new());
        for ground in &finding.grounds {
            for value in &ground.values {
                self.led(indent, "→ ", &format!("{}: {}", ground.label, value.text), FAINT);
            }
        }
    }

    fn letter(&mut self, letter: &Letter) {
        self.line(2, letter.label.as_str(), FAINT);
        let text = Marked::new(letter);
        for line in text.lines() {
            let _ = write!(self.out, "  {FAINT}│{FAINT:#} ");
            self.marked(&line);
        }
        if let Some(cut) = &letter.cut {
            self.line(2, cut.as_str(), FAINT);
        }
    }

    /// A line of marked pieces, broken where it is too wide.
    fn marked(&mut self, pieces: &[(String, bool)]) {
        let width = self.width.saturating_sub(4);
        let mut used = 0;
        for (text, marked) in pieces {
            let style = if *marked { MARKED } else { Style::new() };
            let mut rest = text.as_str();
            while !rest.is_empty() {
                let fitting = wrapped_head(rest, width.saturating_sub(used), used == 0);
                let (head, tail) = rest.split_at_checked(fitting).unwrap_or((rest, ""));
                let _ = write!(self.out, "{style}{head}{style:#}");
                used += columns(head);
                rest = tail;
                if !rest.is_empty() {
                    let _ = write!(self.out, "\n  {FAINT}│{FAINT:#} ");
                    used = 0;
                }
            }
        }
        self.blank();
    }

    fn path(&mut self, path: &Path) {
        self.line(2, path.caption.as_str(), FAINT);
        for stop in &path.stops {
            self.stop(stop, path);
        }
    }

    fn stop(&mut self, stop: &Stop, path: &Path) {
        if let Some(step) = &stop.step {
            let tone = style(step.tone);
            for fact in &step.facts {
                let values: Vec<&str> = fact.values.iter().map(|value| value.text.as_str()).collect();
                let lead = format!("   {tone}│{tone:#} ");
                let text = format!("{}: {}", fact.label, values.join(" "));
                for line in wrapped(&text, self.width.saturating_sub(5)) {
                    let _ = writeln!(self.out, "{lead}{line}");
                }
            }
            let _ = writeln!(self.out, "   {tone}▼{tone:#}");
        }
        if stop.is_boundary {
            let good = style(Tone::Good);
            self.led(2, "══ ", path.boundary.as_str(), good);
        }
        self.led(2, "● ", &format!("{} ({})", stop.name, stop.role), BOLD);
    }
}

/// How many bytes of a text fit into a width; at least one character on an empty line.
fn wrapped_head(text: &str, width: usize, empty: bool) -> usize {
    let mut used = 0;
    for (at, character) in text.char_indices() {
        used += columns(character.encode_utf8(&mut [0; 4]));
        if used > width && !(at == 0 && empty) {
            return at;
        }
    }
    text.len()
}

/// A text as pieces with and without marks.
struct Marked {
    pieces: Vec<(String, bool)>,
}

impl Marked {
    fn new(letter: &Letter) -> Self {
        let mut pieces = Vec::new();
        for (at, run) in letter.runs.iter().enumerate() {
            pieces.push((run.text.as_str().to_owned(), !run.marks.is_empty()));
            let next = letter.runs.get(at + 1).map(|next| next.marks.as_slice()).unwrap_or_default();
            for (number, _) in run.marks.iter().filter(|mark| !next.contains(mark)) {
                pieces.push((format!("[{number}]"), false));
            }
        }
        Self { pieces }
    }

    fn lines(&self) -> Vec<Vec<(String, bool)>> {
        let mut lines = vec![Vec::new()];
        for (text, marked) in &self.pieces {
            for (at, part) in text.split('\n').enumerate() {
                if at > 0 {
                    lines.push(Vec::new());
                }
                if let (Some(line), false) = (lines.last_mut(), part.is_empty()) {
                    line.push((part.to_owned(), *marked));
                }
            }
        }
        lines
    }
}

fn bar(value: f32, width: usize) -> String {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a value from 0 to 1 times a small width"
    )]
    let full = (value * width as f32).round() as usize;
    format!("{}{}", "█".repeat(full.min(width)), "░".repeat(width.saturating_sub(full)))
}
