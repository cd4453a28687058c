//! GitHub-flavoured Markdown. What comes from the mail can neither open a link, tag, table or heading nor mention anybody.

mod article;
mod landing;

use std::fmt::Write as _;

use fuwake_core::report::{
    Block, Cell, Chapter, Fact, FindingCard, Gauge, Letter, Map, MapPoint, Path, Record, Report, Section,
    Stop, Table, VerdictCard,
};

use super::{Layout, remarks};

pub(super) use article::body;

pub(super) fn render(report: &Report, _: Layout) -> String {
    let mut page = Page::of_report();
    page.paragraph(&format!("# {}", escaped(report.title.as_str())));
    for chapter in &report.chapters {
        page.chapter(chapter);
    }
    page.paragraph("---");
    page.facts(&report.colophon);
    page.finished()
}

struct Page {
    out: String,
    /// The level of a section's heading.
    level: usize,
    /// What ends a line within a quotation.
    line_break: &'static str,
    /// Pages that may be followed are links.
    has_links: bool,
}

impl Page {
    /// A report's page; whatever looks like a link in it is none.
    const fn of_report() -> Self {
        Self { out: String::new(), level: 3, line_break: "<br>", has_links: false }
    }

    fn finished(mut self) -> String {
        self.out.truncate(self.out.trim_end().len());
        self.out.push('\n');
        self.out
    }

    fn paragraph(&mut self, text: &str) {
        let _ = writeln!(self.out, "{text}\n");
    }

    fn chapter(&mut self, chapter: &Chapter) {
        self.paragraph(&format!("## {}", escaped(chapter.heading.as_str())));
        if let Some(role) = &chapter.role {
            self.paragraph(&format!("<sub>{}</sub>", escaped(role.as_str())));
        }
        if let Some(verdict) = &chapter.verdict {
            self.verdict(verdict);
        }
        for section in &chapter.sections {
            self.section(section);
        }
    }

    fn verdict(&mut self, verdict: &VerdictCard) {
        let mut lines = vec![
            format!("<b>{}: {}</b>", escaped(verdict.label.as_str()), escaped(verdict.class.as_str())),
            escaped(verdict.summary.as_str()),
        ];
        lines.extend(verdict.notice.iter().map(|notice| format!("<b>{}</b>", escaped(notice.as_str()))));
        lines.push(gauge(&verdict.score));
        lines.push(gauge(&verdict.confidence));
        self.paragraph(&format!("> {}", lines.join("\n>\n> ")));
        self.facts(&verdict.facts);
    }

    fn section(&mut self, section: &Section) {
        self.paragraph(&format!("{} {}", "#".repeat(self.level), escaped(section.title.as_str())));
        for block in &section.blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(text) => self.paragraph(&escaped(text.as_str())),
            Block::List(points) => {
                let points: Vec<String> = points.iter().map(|point| format!("- {}", cell(point))).collect();
                self.paragraph(&points.join("\n"));
            }
            Block::Steps(steps) => {
                let steps = steps.iter().zip(1..).map(|(step, number)| format!("{number}. {}", cell(step)));
                self.paragraph(&steps.collect::<Vec<_>>().join("\n"));
            }
            Block::Facts(facts) => self.facts(facts),
            Block::Table(table) => self.table(table),
            Block::Records(records) => self.records(records),
            Block::Findings(findings) => self.findings(findings),
            Block::Letter(letter) => self.letter(letter),
            Block::Path(path) => self.path(path),
            Block::Map(map) => self.map(map),
            Block::Landings(cards) => cards.iter().for_each(|card| self.landing(card)),
            Block::Figure(figure) => self.figure(figure),
            Block::Notice(notice) => self.notice(notice),
            Block::Remarks(text) => self.paragraph(&remarks::markdown(text.as_str())),
        }
    }

    /// The legend alone.
    fn map(&mut self, map: &Map) {
        self.paragraph(&escaped(map.caption.as_str()));
        let line = |point: &MapPoint| {
            let [name, place, role] =
                [&point.name, &point.place, &point.role].map(|text| escaped(text.as_str()));
            let at = point.at.as_ref().map_or_else(String::new, |at| format!(" {}", escaped(at.as_str())));
            format!("{}. {name} — {place} ({role}){at}", point.number)
        };
        self.paragraph(&map.points.iter().map(line).collect::<Vec<_>>().join("\n"));
        self.paragraph(&escaped(map.note.as_str()));
    }

    fn facts(&mut self, facts: &[Fact]) {
        if !facts.is_empty() {
            let one = if self.has_links { linked_fact } else { fact };
            let lines: Vec<String> = facts.iter().map(|fact| format!("- {}", one(fact))).collect();
            self.paragraph(&lines.join("\n"));
        }
    }

    fn table(&mut self, table: &Table) {
        self.paragraph(&escaped(table.caption.as_str()));
        let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
        let mut lines = vec![
            row(table.columns.iter().map(|head| escaped(head.as_str())).collect()),
            row(table.columns.iter().map(|_| "---".to_owned()).collect()),
        ];
        for cells in &table.rows {
            lines.push(row(cells.iter().map(table_cell).collect()));
        }
        self.paragraph(&lines.join("\n"));
    }

    fn records(&mut self, records: &[Record]) {
        let mut lines = Vec::new();
        for (at, record) in records.iter().enumerate() {
            lines.push(format!("{}. {}", at + 1, cell(&record.name)));
            lines.extend(record.facts.iter().map(|fact| format!("    - {}", self::fact(fact))));
        }
        self.paragraph(&lines.join("\n"));
    }

    fn findings(&mut self, findings: &[FindingCard]) {
        let mut lines = Vec::new();
        for finding in findings {
            let share = finding.share.as_ref().map(|share| {
                let values: String = share.values.iter().map(|value| value.text.as_str()).collect();
                format!(", {} {}", escaped(share.label.as_str()), escaped(&values))
            });
            lines.push(format!(
                "- <b>\\[{}\\] {}</b> ({}{})  ",
                finding.number,
                escaped(finding.title.as_str()),
                escaped(finding.group.as_str()),
                share.unwrap_or_default(),
            ));
            lines.push(format!("  {}", escaped(finding.explanation.as_str())));
            let grounds = finding.grounds.iter().chain(&finding.references);
            lines.extend(grounds.map(|ground| format!("    - {}", fact(ground))));
        }
        self.paragraph(&lines.join("\n"));
    }

    /// A quotation: a fence would hide the marks.
    fn letter(&mut self, letter: &Letter) {
        self.paragraph(&escaped(letter.label.as_str()));
        let mut text = String::new();
        for (at, run) in letter.runs.iter().enumerate() {
            let lines: Vec<String> =
                run.text.as_str().split('\n').map(|line| marked(line, !run.marks.is_empty())).collect();
            text.push_str(&lines.join("\n"));
            let next = letter.runs.get(at + 1).map(|next| next.marks.as_slice()).unwrap_or_default();
            for (number, _) in run.marks.iter().filter(|mark| !next.contains(mark)) {
                let _ = write!(text, "<sup>{number}</sup>");
            }
        }
        let lines: Vec<&str> = text.trim_end().split('\n').map(str::trim).collect();
        self.paragraph(&format!("> {}", lines.join(&format!("{}\n> ", self.line_break))));
        if let Some(cut) = &letter.cut {
            self.paragraph(&escaped(cut.as_str()));
        }
    }

    fn path(&mut self, path: &Path) {
        self.paragraph(&escaped(path.caption.as_str()));
        let stops: Vec<String> =
            path.stops.iter().enumerate().map(|(at, stop)| self::stop(stop, at + 1, path)).collect();
        self.paragraph(&stops.join("\n"));
    }
}

fn stop(stop: &Stop, number: usize, path: &Path) -> String {
    let mut lines =
        vec![format!("{number}. <b>{}</b> ({})", code_or_words(stop), escaped(stop.role.as_str()))];
    if stop.is_boundary {
        lines.push(format!("    - <b>═══ {}</b>", escaped(path.boundary.as_str())));
    }
    let facts = stop.step.iter().flat_map(|step| &step.facts);
    lines.extend(facts.map(|fact| format!("    - {}", self::fact(fact))));
    lines.join("\n")
}

fn code_or_words(stop: &Stop) -> String {
    let name = stop.name.as_str();
    if name.contains('.') { code(name) } else { escaped(name) }
}

fn gauge(gauge: &Gauge) -> String {
    format!("{}: <b>{}</b>", escaped(gauge.label.as_str()), escaped(gauge.text.as_str()))
}

fn fact(fact: &Fact) -> String {
    let values: Vec<String> = fact.values.iter().map(cell).collect();
    format!("{}: {}", escaped(fact.label.as_str()), values.join("<br>"))
}

/// The same with pages that may be followed as links.
fn linked_fact(fact: &Fact) -> String {
    let mut values = String::new();
    for (at, value) in fact.values.iter().enumerate() {
        let between = if value.link { " " } else { "<br>" };
        values.push_str(if at == 0 { "" } else { between });
        values.push_str(&if value.link { format!("<{}>", value.text) } else { cell(value) });
    }
    format!("{}: {values}", escaped(fact.label.as_str()))
}

fn cell(cell: &Cell) -> String {
    if cell.code { code(cell.text.as_str()) } else { escaped(cell.text.as_str()) }
}

/// In a table a bar ends the cell even inside of code, so code is written as HTML there.
fn table_cell(cell: &Cell) -> String {
    if cell.code && !cell.text.is_empty() {
        format!("<code>{}</code>", escaped(cell.text.as_str()))
    } else {
        escaped(cell.text.as_str())
    }
}

fn marked(line: &str, is_marked: bool) -> String {
    if is_marked && !line.trim().is_empty() { format!("<b>{}</b>", escaped(line)) } else { escaped(line) }
}

/// A code span whose fence is longer than any run of backticks in it (CommonMark section 6.1).
fn code(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    // Blogs that run Liquid or Jinja read code too.
    if text.contains("{{") || text.contains("{%") {
        return format!("<code>{}</code>", escaped(text));
    }
    let fence = "`".repeat(longest_run(text, '`') + 1);
    let edge = if text.starts_with('`') || text.ends_with('`') || text.trim() != text { " " } else { "" };
    format!("{fence}{edge}{text}{edge}{fence}")
}

fn longest_run(text: &str, wanted: char) -> usize {
    let runs = text.split(|character| character != wanted).map(str::len);
    runs.max().unwrap_or(0)
}

/// Text in which nothing is markup: every character that could be is escaped (CommonMark section 2.4) or an entity, and `@name`
/// and `#1`, which GitHub reads after Markdown, are broken by an empty comment.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '@' => safe.push_str("@<!-- -->"),
            '#' => safe.push_str("\\#<!-- -->"),
            // A backslash is nothing to Liquid and Jinja, which read the page first.
            '{' => safe.push_str("&#123;"),
            '}' => safe.push_str("&#125;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => {
                safe.push('\\');
                safe.push(character);
            }
            '\n' => safe.push_str("<br>"),
            _ => safe.push(character),
        }
    }
    leading(safe)
}

/// A line that begins like a list, a heading or a rule does not.
fn leading(mut text: String) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let begins_list = text.starts_with(['-', '+', '='])
        || text.get(digits..).is_some_and(|rest| digits > 0 && rest.starts_with(['.', ')']));
    if begins_list {
        text.insert(digits, '\\');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_is_no_markup() {
        assert_eq!(escaped("[x](y) <b> |"), "\\[x\\](y) &lt;b&gt; \\|");
        assert_eq!(escaped("@octocat #1"), "@<!-- -->octocat \\#<!-- -->1");
        assert_eq!(escaped("1. a"), "1\\. a");
        assert_eq!(escaped("- a"), "\\- a");
        assert_eq!(code("a``b`"), "``` a``b` ```");
        assert_eq!(code("x"), "`x`");
    }
}
