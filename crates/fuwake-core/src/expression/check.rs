//! Checks an expression before it runs: known facts, known functions, patterns that are constants, loops that end soon.

use cel::common::ast::{EntryExpr, Expr, IdedExpr, LiteralValue, SourceInfo};

use super::{Mistake, NESTING, Needs, Patterns, pattern};
use crate::case::{FACTS, MAIL_FACTS};

/// Functions that an expression may call; operators have names without letters, or begin with `@`.
const FUNCTIONS: [&str; 11] = [
    "bool",
    "contains",
    "double",
    "dyn",
    "endsWith",
    "int",
    "matches",
    "size",
    "startsWith",
    "string",
    "type",
];

/// What an expression names, and its patterns.
pub(super) fn check(
    tree: &IdedExpr,
    source: &SourceInfo,
    text: &str,
) -> Result<(Needs, Patterns), Vec<Mistake>> {
    let mut checker = Checker::new(source, text);
    checker.visit(tree);
    if checker.mistakes.is_empty() { Ok((checker.needs, checker.patterns)) } else { Err(checker.mistakes) }
}

struct Checker<'e> {
    source: &'e SourceInfo,
    text: &'e str,
    needs: Needs,
    patterns: Patterns,
    /// Variables of the loops around.
    bound: Vec<&'e str>,
    loops: usize,
    mistakes: Vec<Mistake>,
}

impl<'e> Checker<'e> {
    fn new(source: &'e SourceInfo, text: &'e str) -> Self {
        let (needs, patterns) = Default::default();
        Self { source, text, needs, patterns, bound: Vec::new(), loops: 0, mistakes: Vec::new() }
    }

    fn say(&mut self, at: &IdedExpr, message: String) {
        let offset = self.source.offset_for(at.id).map_or(0, |(start, _)| start as usize);
        let (line, column) = fuwake_data::place(self.text, offset);
        self.mistakes.push(Mistake { line, column, message });
    }

    fn visit(&mut self, tree: &'e IdedExpr) {
        match &tree.expr {
            Expr::Ident(name) => self.name(tree, name),
            Expr::Literal(LiteralValue::String(text)) => {
                self.needs.texts.insert(text.inner().to_owned());
            }
            Expr::Literal(_) | Expr::Unspecified => {}
            Expr::Select(select) => match &select.operand.expr {
                Expr::Ident(root) if root == "mail" && !self.is_bound(root) => {
                    self.field(tree, &select.field);
                }
                _ => self.visit(&select.operand),
            },
            Expr::Call(call) => {
                self.call(tree, &call.func_name, &call.args);
                call.target.iter().for_each(|target| self.visit(target));
                call.args.iter().for_each(|argument| self.visit(argument));
            }
            Expr::List(list) => list.elements.iter().for_each(|element| self.visit(element)),
            Expr::Map(map) => {
                for entry in &map.entries {
                    if let EntryExpr::MapEntry(entry) = &entry.expr {
                        self.visit(&entry.key);
                        self.visit(&entry.value);
                    }
                }
            }
            Expr::Comprehension(walk) => {
                self.visit(&walk.iter_range);
                let outside = self.bound.len();
                self.bound.extend([&walk.iter_var, &walk.accu_var].map(String::as_str));
                self.bound.extend(walk.iter_var2.as_deref());
                self.loops += 1;
                if self.loops > NESTING {
                    self.say(
                        tree,
                        format!("lists are walked through inside each other {NESTING} deep at most"),
                    );
                }
                for part in [&walk.accu_init, &walk.loop_cond, &walk.loop_step, &walk.result] {
                    self.visit(part);
                }
                self.loops -= 1;
                self.bound.truncate(outside);
            }
            Expr::Struct(_) => self.say(tree, "an expression makes no messages".to_owned()),
        }
    }

    fn is_bound(&self, name: &str) -> bool {
        name.starts_with('@') || self.bound.contains(&name)
    }

    fn name(&mut self, tree: &IdedExpr, name: &str) {
        if self.is_bound(name) {
            return;
        }
        if name == "mail" {
            self.say(tree, "name the field of mail, such as mail.subject".to_owned());
        } else if FACTS.contains(&name) {
            self.needs.roots.insert(name.to_owned());
        } else {
            self.say(tree, format!("there is no fact {name:?}; there are {}", FACTS.join(", ")));
        }
    }

    fn field(&mut self, tree: &IdedExpr, field: &str) {
        if MAIL_FACTS.contains(&field) {
            self.needs.mail.insert(field.to_owned());
        } else {
            self.say(tree, format!("mail has no field {field:?}; it has {}", MAIL_FACTS.join(", ")));
        }
    }

    fn call(&mut self, tree: &IdedExpr, name: &str, arguments: &[IdedExpr]) {
        let operator = !name.starts_with(|first: char| first.is_ascii_alphabetic());
        if !operator && !FUNCTIONS.contains(&name) {
            self.say(tree, format!("there is no function {name:?}; there are {}", FUNCTIONS.join(", ")));
        }
        if name != "matches" {
            return;
        }
        match arguments.last().map(|argument| &argument.expr) {
            Some(Expr::Literal(LiteralValue::String(text))) => match pattern(text.inner()) {
                Ok(pattern) => {
                    self.patterns.insert(text.inner().to_owned(), pattern);
                }
                Err(why) => self.say(tree, format!("no pattern: {why}")),
            },
            _ => self.say(tree, "a pattern is a text in quotes, not taken from the mail".to_owned()),
        }
    }
}
