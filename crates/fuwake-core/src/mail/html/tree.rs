//! An HTML document as a browser builds it (html5ever), in an arena of plain indices, within bounds on depth and nodes.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::interface::tree_builder::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, Namespace, QualName, TokenizerResult};

/// Elements inside each other; html5ever walks its stack for most tags, so depth costs time squared.
const DEEPEST: usize = 256;
/// Nodes of a document.
const MOST_NODES: usize = 200_000;

/// Bytes that are fed at once.
const PIECE: usize = 16 * 1024;

/// No node: the document is nobody's child and nobody's sibling.
pub const NONE: u32 = 0;

/// What a node is.
#[derive(Debug)]
pub enum Data {
    /// The root.
    Document,
    /// An element.
    Element(Element),
    /// Text; neighbours are merged.
    Text(StrTendril),
    /// A comment.
    Comment(StrTendril),
    /// A processing instruction.
    Other,
}

/// An element's name and attributes.
#[derive(Debug)]
pub struct Element {
    /// Its name.
    pub name: QualName,
    /// Its attributes.
    pub attributes: Vec<Attribute>,
}

impl Element {
    /// The value of the attribute `name`, whatever its namespace (`xlink:href` is `href`).
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|a| &*a.name.local == name).map(|a| &*a.value)
    }
}

/// A node and its neighbours.
#[derive(Debug)]
pub struct Node {
    /// What it is.
    pub data: Data,
    /// What it stands in; [`NONE`] for the document.
    pub parent: u32,
    /// Its first child; [`NONE`] where it has none.
    pub first: u32,
    last: u32,
    /// What follows it in the same parent; [`NONE`] at the end.
    pub next: u32,
    previous: u32,
    depth: u32,
}

/// A document.
#[derive(Debug)]
pub struct Tree {
    /// All nodes; the document is the first.
    pub nodes: Vec<Node>,
    /// Something was left out to keep the bounds.
    pub cut: bool,
}

/// Builds the tree of an HTML text.
pub fn parse(html: &str) -> Tree {
    let sink = Sink::default();
    let options =
        TreeBuilderOpts { scripting_enabled: false, drop_doctype: true, ..TreeBuilderOpts::default() };
    let guard =
        Guard { builder: TreeBuilder::new(sink, options), cut: Cell::new(false), tokens: Cell::new(0) };
    let tokenizer = Tokenizer::new(guard, TokenizerOpts::default());
    feed(&tokenizer, html);
    tokenizer.end();
    let cut = tokenizer.sink.cut.get();
    Tree { nodes: tokenizer.sink.builder.sink.nodes.into_inner(), cut }
}

/// Feeds the text in pieces. html5ever compares every attribute of a tag with all before it, so a tag that does not end
/// for two pieces gets no more attributes: what separates them is left out.
fn feed(tokenizer: &Tokenizer<Guard>, html: &str) {
    let mut rest = html;
    let mut unfinished = 0;
    while !rest.is_empty() {
        let (piece, behind) = rest.split_at(rest.floor_char_boundary(PIECE));
        rest = behind;
        let queue = BufferQueue::default();
        if unfinished < 2 {
            queue.push_back(StrTendril::from_slice(piece));
        } else {
            tokenizer.sink.cut.set(true);
            let separators = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '=');
            queue.push_back(StrTendril::from_slice(&piece.replace(separators, "")));
        }
        let before = tokenizer.sink.tokens.get();
        while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
        unfinished = if tokenizer.sink.tokens.get() == before { unfinished + 1 } else { 0 };
    }
}

/// Stands between tokenizer and tree builder and drops what would break the bounds.
struct Guard {
    builder: TreeBuilder<u32, Sink>,
    cut: Cell<bool>,
    tokens: Cell<usize>,
}

impl Guard {
    fn refuses(&self, token: &Token) -> bool {
        match token {
            Token::EOFToken => false,
            Token::TagToken(Tag { kind: TagKind::StartTag, name, .. }) => {
                self.full() || (self.builder.sink.depth.get() as usize > DEEPEST && !is_leaf(name))
            }
            _ => self.full(),
        }
    }

    fn full(&self) -> bool {
        self.builder.sink.nodes.borrow().len() > MOST_NODES
    }
}

/// Elements that hold no elements; those with raw text must reach the builder, which tells the tokenizer so.
fn is_leaf(name: &LocalName) -> bool {
    matches!(
        &**name,
        "area"
            | "base"
            | "br"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "wbr"
            | "script"
            | "style"
            | "title"
            | "textarea"
            | "xmp"
            | "iframe"
            | "noembed"
            | "noframes"
            | "plaintext"
    )
}

impl TokenSink for Guard {
    type Handle = u32;

    fn process_token(&self, token: Token, line_number: u64) -> TokenSinkResult<u32> {
        if !matches!(token, Token::ParseError(_)) {
            self.tokens.set(self.tokens.get() + 1);
        }
        if self.refuses(&token) {
            self.cut.set(true);
            return TokenSinkResult::Continue;
        }
        self.builder.process_token(token, line_number)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// The arena while it is built.
struct Sink {
    nodes: RefCell<Vec<Node>>,
    depth: Cell<u32>,
}

impl Default for Sink {
    fn default() -> Self {
        let root =
            Node { data: Data::Document, parent: 0, first: 0, last: 0, next: 0, previous: 0, depth: 0 };
        Self { nodes: RefCell::new(vec![root]), depth: Cell::new(0) }
    }
}

impl Sink {
    fn add(&self, data: Data) -> u32 {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node { data, parent: 0, first: 0, last: 0, next: 0, previous: 0, depth: 0 });
        u32::try_from(nodes.len() - 1).unwrap_or(NONE)
    }

    /// Puts `child` behind the last child of `parent`.
    fn append_node(&self, parent: u32, child: u32) {
        self.detach(child);
        let mut nodes = self.nodes.borrow_mut();
        let last = nodes[parent as usize].last;
        nodes[child as usize].parent = parent;
        nodes[child as usize].previous = last;
        nodes[child as usize].depth = nodes[parent as usize].depth + 1;
        self.depth.set(nodes[child as usize].depth);
        nodes[parent as usize].last = child;
        match last {
            NONE => nodes[parent as usize].first = child,
            _ => nodes[last as usize].next = child,
        }
    }

    fn insert_before(&self, sibling: u32, child: u32) {
        self.detach(child);
        let mut nodes = self.nodes.borrow_mut();
        let (parent, previous) = (nodes[sibling as usize].parent, nodes[sibling as usize].previous);
        let node = &mut nodes[child as usize];
        (node.parent, node.previous, node.next) = (parent, previous, sibling);
        nodes[child as usize].depth = nodes[sibling as usize].depth;
        nodes[sibling as usize].previous = child;
        match previous {
            NONE => nodes[parent as usize].first = child,
            _ => nodes[previous as usize].next = child,
        }
    }

    fn detach(&self, child: u32) {
        let mut nodes = self.nodes.borrow_mut();
        let node = &mut nodes[child as usize];
        let (parent, previous, next) = (node.parent, node.previous, node.next);
        (node.parent, node.previous, node.next) = (NONE, NONE, NONE);
        match previous {
            NONE if nodes[parent as usize].first == child => nodes[parent as usize].first = next,
            NONE => {}
            _ => nodes[previous as usize].next = next,
        }
        match next {
            NONE if nodes[parent as usize].last == child => nodes[parent as usize].last = previous,
            NONE => {}
            _ => nodes[next as usize].previous = previous,
        }
    }

    /// Joins `text` to the text node `node`; false where it is none.
    fn join(&self, node: u32, text: &StrTendril) -> bool {
        match &mut self.nodes.borrow_mut()[node as usize].data {
            Data::Text(before) => {
                before.push_tendril(text);
                true
            }
            _ => false,
        }
    }
}

/// An element's name, held by value: html5ever may change the tree while it looks at it.
#[derive(Debug)]
struct Name(QualName);

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl TreeSink for Sink {
    type Handle = u32;
    type Output = ();
    type ElemName<'a> = Name;

    fn finish(self) {}

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> u32 {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a u32) -> Name {
        match &self.nodes.borrow()[*target as usize].data {
            Data::Element(element) => Name(element.name.clone()),
            _ => Name(QualName::new(None, Namespace::default(), LocalName::default())),
        }
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> u32 {
        self.add(Data::Element(Element { name, attributes }))
    }

    fn create_comment(&self, text: StrTendril) -> u32 {
        self.add(Data::Comment(text))
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> u32 {
        self.add(Data::Other)
    }

    fn append(&self, parent: &u32, child: NodeOrText<u32>) {
        match child {
            NodeOrText::AppendNode(node) => self.append_node(*parent, node),
            NodeOrText::AppendText(text) => {
                let last = self.nodes.borrow()[*parent as usize].last;
                if !self.join(last, &text) {
                    let node = self.add(Data::Text(text));
                    self.append_node(*parent, node);
                }
                self.depth.set(self.nodes.borrow()[*parent as usize].depth);
            }
        }
    }

    fn append_based_on_parent_node(&self, element: &u32, previous: &u32, child: NodeOrText<u32>) {
        if self.nodes.borrow()[*element as usize].parent == NONE {
            self.append(previous, child);
        } else {
            self.append_before_sibling(element, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn pop(&self, node: &u32) {
        self.depth.set(self.nodes.borrow()[*node as usize].depth.saturating_sub(1));
    }

    /// A template shows nothing; its contents stay with it.
    fn get_template_contents(&self, target: &u32) -> u32 {
        *target
    }

    fn same_node(&self, one: &u32, other: &u32) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &u32, child: NodeOrText<u32>) {
        match child {
            NodeOrText::AppendNode(node) => self.insert_before(*sibling, node),
            NodeOrText::AppendText(text) => {
                let previous = self.nodes.borrow()[*sibling as usize].previous;
                if !self.join(previous, &text) {
                    let node = self.add(Data::Text(text));
                    self.insert_before(*sibling, node);
                }
            }
        }
    }

    fn add_attrs_if_missing(&self, target: &u32, attributes: Vec<Attribute>) {
        if let Data::Element(element) = &mut self.nodes.borrow_mut()[*target as usize].data {
            for attribute in attributes {
                if !element.attributes.iter().any(|a| a.name == attribute.name) {
                    element.attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &u32) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &u32, new_parent: &u32) {
        let mut child = self.nodes.borrow()[*node as usize].first;
        while child != NONE {
            let next = self.nodes.borrow()[child as usize].next;
            self.append_node(*new_parent, child);
            child = next;
        }
    }
}
