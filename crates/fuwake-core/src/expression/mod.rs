//! What an operator's own finding asks of a case: an expression in CEL (Common Expression Language) over the facts of the case.
//!
//! Its cost is bounded before it ever sees a mail: the language has no loops but those over lists, these stand in each other
//! [`NESTING`] deep at most, and a case hands over lists and texts of a bounded size ([`crate::case`]). Patterns are compiled once.

mod check;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use cel::extractors::This;
use cel::parser::{ParseError, Parser};
use cel::{Context, Env, ExecutionError, Value};
use regex::Regex;

/// The longest expression, in bytes.
pub const LONGEST: usize = 4096;
/// How deep lists may be walked through inside each other.
pub const NESTING: usize = 2;
/// The largest compiled pattern, in bytes.
const PATTERN: usize = 1 << 20;
/// How much of the reason of a failure is told, in characters.
const REASON: usize = 160;

static LANGUAGE: LazyLock<Arc<Env>> = LazyLock::new(|| Arc::new(Env::stdlib()));

/// An expression, checked and ready to run.
#[derive(Clone, Debug)]
pub struct Expression {
    tree: cel::parser::Expression,
    pub(crate) needs: Needs,
    patterns: Patterns,
}

type Patterns = BTreeMap<String, Regex>;

/// What an expression names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Needs {
    /// Facts: `findings`, `reader` …
    pub(crate) roots: BTreeSet<String>,
    /// Fields of `mail`.
    pub(crate) mail: BTreeSet<String>,
    /// Texts that stand in it: ids of findings among them.
    pub(crate) texts: BTreeSet<String>,
}

/// Something wrong in an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Line in the expression, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// For a person.
    pub message: String,
}

impl Expression {
    /// Reads and checks an expression.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn new(text: &str) -> Result<Self, Vec<Mistake>> {
        if text.len() > LONGEST {
            let message = format!("an expression has {LONGEST} bytes at most");
            return Err(vec![Mistake { line: 1, column: 1, message }]);
        }
        let (tree, source) = Parser::new()
            .parse_with_source_info(text)
            .map_err(|faults| faults.errors.iter().map(mistake).collect::<Vec<_>>())?;
        let (needs, patterns) = check::check(&tree, &source, text)?;
        Ok(Self { tree, needs, patterns })
    }

    /// Whether it holds.
    pub(crate) fn holds(&self, facts: &Context<'_, '_>) -> Result<bool, String> {
        match Value::resolve(&self.tree, facts) {
            Ok(Value::Bool(holds)) => Ok(holds),
            Ok(_) => Err("the expression gives neither true nor false".to_owned()),
            Err(why) => Err(reason(&why)),
        }
    }
}

/// What expressions run on: the language, and the patterns of all of them.
pub(crate) fn context<'e>(expressions: impl Iterator<Item = &'e Expression>) -> Context<'static, 'static> {
    let patterns: Patterns = expressions
        .flat_map(|expression| &expression.patterns)
        .map(|(text, pattern)| (text.clone(), pattern.clone()))
        .collect();
    let mut context = Context::with_env(Arc::clone(&LANGUAGE));
    let matches = move |This(text): This<Arc<String>>, pattern: Arc<String>| {
        patterns.get(pattern.as_str()).is_some_and(|pattern| pattern.is_match(&text))
    };
    // The language leaves this name free, for its own form would read patterns out of mails.
    let _ = context.add_function("matches", matches);
    context
}

/// A pattern of bounded size; it matches in linear time.
fn pattern(text: &str) -> Result<Regex, String> {
    let built = regex::RegexBuilder::new(text).size_limit(PATTERN).build();
    built.map_err(|why| why.to_string().lines().last().unwrap_or_default().trim().to_owned())
}

fn mistake(fault: &ParseError) -> Mistake {
    let at = |place: isize| usize::try_from(place).unwrap_or(1).max(1);
    // What could stand there instead is a list of the grammar's own words.
    let message = fault.msg.split(" expecting ").next().unwrap_or_default().to_owned();
    Mistake { line: at(fault.pos.0), column: at(fault.pos.1), message }
}

/// The first line of why, without the values of the mail that may stand in it at length.
fn reason(why: &ExecutionError) -> String {
    let why = why.to_string();
    let line = why.lines().next().unwrap_or_default();
    line.chars().take(REASON).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(text: &str) -> Result<bool, String> {
        let expression = Expression::new(text).expect(text);
        let mut context = context([&expression].into_iter());
        let findings = vec!["spf-failed", "dkim-failed"];
        context.add_variable("findings", findings).expect("a list");
        let from = std::collections::HashMap::from([("domain", Value::Null)]);
        let mail = std::collections::HashMap::from([
            ("subject".to_owned(), Value::from("ご確認のお願い")),
            ("size".to_owned(), Value::Int(120)),
            ("from".to_owned(), Value::from(from)),
        ]);
        context.add_variable_from_value("mail", Value::from(mail));
        expression.holds(&context)
    }

    fn mistakes(text: &str) -> Vec<(usize, usize, String)> {
        let mistakes = Expression::new(text).expect_err(text);
        mistakes.into_iter().map(|fault| (fault.line, fault.column, fault.message)).collect()
    }

    #[test]
    fn expressions_are_asked_of_facts() {
        assert_eq!(holds("'spf-failed' in findings && mail.size > 100"), Ok(true));
        assert_eq!(holds("mail.subject.matches('^ご.*(願い|依頼)$')"), Ok(true));
        assert_eq!(holds("mail.from.domain != null && mail.from.domain.endsWith('.jp')"), Ok(false));
        assert_eq!(holds("findings.exists(id, id.startsWith('dkim'))"), Ok(true));
        assert!(holds("mail.from.domain.endsWith('.jp')").is_err());
        assert!(holds("mail.size").is_err());
    }

    #[test]
    fn mistakes_are_told_where_they_stand() {
        for (text, line, column, message) in [
            ("mail.subject ==", 1, 16, "mismatched input '<EOF>'"),
            ("'依頼' == mail.subjct", 1, 13, "mail has no field \"subjct\""),
            ("mial.subject == ''", 1, 1, "there is no fact \"mial\""),
            ("true &&\n  mail.text.has_words('')", 2, 22, "there is no function \"has_words\""),
            ("mail == null", 1, 1, "name the field of mail"),
            ("mail.text.matches(mail.subject)", 1, 18, "a pattern is a text in quotes"),
            ("mail.text.matches('(')", 1, 18, "unclosed group"),
            ("findings.all(a, findings.all(b, findings.all(c, a == c)))", 1, 45, "2 deep at most"),
        ] {
            let found = mistakes(text);
            assert_eq!((found.len(), found[0].0, found[0].1), (1, line, column), "{text}: {found:?}");
            assert!(found[0].2.contains(message), "{text}: {found:?}");
        }
        assert_eq!(mistakes(&" ".repeat(LONGEST + 1)).len(), 1);
    }
}
