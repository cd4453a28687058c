() => {
  const LONGEST = 4000000;
  const root = dom.root(document), body = dom.body(document);
  const copy = root ? dom.copy(root, true) : null;
  const kept = 'input,textarea';
  if (copy) {
    const copies = dom.inside(copy, kept);
    dom.inside(root, kept).forEach((field, place) => {
      if (copies[place] && field.value && !['file', 'checkbox', 'radio'].includes(field.type)) {
        dom.set(copies[place], 'value', field.value.slice(0, 1000).toWellFormed());
      }
    });
  }
  const written = node => dom.type(node) === 8 ? '<!--' + node.data + '-->'
    : dom.type(node) === 10 ? '<!DOCTYPE ' + node.name + '>'
    : node === root ? dom.outer(copy) : '';
  const html = [...dom.children(document)].map(written).join('\n');
  // Frames that a set makes its body have no words.
  const words = body instanceof HTMLElement ? dom.words(body) || '' : '';
  return {
    url: location.href,
    origin: self.origin,
    base: dom.base(document),
    html: html.slice(0, LONGEST).toWellFormed(),
    is_cut: html.length > LONGEST,
    text: words.slice(0, 20000).toWellFormed(),
  };
}
