// What pages cannot bend: names in a page (`<form name=body>`, `<input name=childNodes>`) stand before the properties of `document` and of
// forms, in every world; the accessors and methods of the prototypes do not.
const reads = (kind, name) => {
  const { get } = Object.getOwnPropertyDescriptor(kind.prototype, name);
  return node => get.call(node);
};
const calls = (kind, name) => {
  const method = kind.prototype[name];
  return (node, ...given) => method.apply(node, given);
};
const dom = {
  root: reads(Document, 'documentElement'), body: reads(Document, 'body'),
  all: calls(Document, 'querySelectorAll'), inside: calls(Element, 'querySelectorAll'), within: calls(Element, 'querySelector'),
  type: reads(Node, 'nodeType'), children: reads(Node, 'childNodes'), parent: reads(Node, 'parentNode'),
  before: reads(Node, 'previousSibling'), text: reads(Node, 'textContent'), copy: calls(Node, 'cloneNode'), base: reads(Node, 'baseURI'),
  tag: reads(Element, 'tagName'), id: reads(Element, 'id'), outer: reads(Element, 'outerHTML'),
  closest: calls(Element, 'closest'), boxes: calls(Element, 'getClientRects'), remove: calls(Element, 'remove'),
  has: calls(Element, 'hasAttribute'), value: calls(Element, 'getAttribute'), set: calls(Element, 'setAttribute'),
  words: reads(HTMLElement, 'innerText'), title: reads(HTMLElement, 'title'), click: calls(HTMLElement, 'click'),
  elements: reads(HTMLFormElement, 'elements'), send: calls(HTMLFormElement, 'requestSubmit'),
};
