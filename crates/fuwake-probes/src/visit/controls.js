(...listening) => {
  const inline = ['onclick', 'onchange', 'oninput', 'onsubmit', 'onmousedown', 'onmouseup', 'onpointerdown',
    'onpointerup', 'ontouchstart', 'ontouchend', 'onkeydown', 'onkeyup', 'onfocus'];
  const MOST = 2000;
  const heard = new Set(listening);
  const listens = node => heard.has(node) || (dom.type(node) === 1 && inline.some(name => dom.has(node, name)));
  const isHeard = node => { for (let at = node; at; at = dom.parent(at)) if (listens(at)) return true; return false; };
  const isSeen = node => dom.boxes(node).length > 0 && !dom.has(node, 'disabled');
  const words = text => (text || '').slice(0, 2000).replace(/\s+/g, ' ').trim().slice(0, 100).toWellFormed();
  const body = dom.body(document);
  const beside = node => {
    for (let at = node, steps = 0; at && at !== body && steps < 3; at = dom.parent(at), steps++) {
      for (let before = dom.before(at), seen = 0; before && seen < 50; before = dom.before(before), seen++) {
        if (words(dom.text(before))) return words(dom.text(before)).slice(-60).toWellFormed();
      }
    }
    return '';
  };
  // A label may hold its control, whose choices are not its words.
  const spoken = label => {
    const copy = dom.copy(label, true);
    dom.inside(copy, 'select,button,textarea').forEach(one => dom.remove(one));
    return dom.text(copy);
  };
  const isForm = node => dom.tag(node) === 'FORM';
  const of = (node, name) => isForm(node) ? null : node[name];
  const isList = node => dom.tag(node) === 'SELECT';
  const labelled = node => { const labels = of(node, 'labels'); return labels && labels.length ? spoken(labels[0]) : ''; };
  const named = node => words(labelled(node)) || words(dom.value(node, 'aria-label'))
    || words(isList(node) ? '' : of(node, 'value') || dom.text(node))
    || words(dom.title(node)) || (isList(node) ? beside(node) : '') || words(of(node, 'name')) || words(dom.id(node));
  const isDead = node => {
    if (!(node instanceof HTMLElement) || !isSeen(node) || isHeard(node)) return false;
    if (isList(node)) return !node.form || !node.name;
    if (dom.tag(node) === 'A') return /^\s*javascript:\s*(void\b.*|;*)$/i.test(dom.value(node, 'href') || '');
    if (dom.closest(node, 'a[href],label')) return false;
    return !of(node, 'form') || (of(node, 'type') || '').toLowerCase() === 'button';
  };
  const all = selector => [...dom.all(document, selector)].slice(0, MOST);
  const controls = all('select,button,input[type=button],input[type=submit],[role=button],a[href^="javascript:" i]');
  const buttons = form => [...dom.elements(form)].slice(0, MOST).filter(one => ['submit', 'button', 'image'].includes(one.type));
  const fields = all('input:not([type=hidden]),select,textarea').filter(one => !one.form);
  const outside = all('button,input,select,textarea,[role=button]').filter(one => !of(one, 'form'));
  const forms = all('form').filter(form => form instanceof HTMLFormElement).slice(0, 30);
  const dead = [];
  for (const control of controls) if (dead.length < 20 && isDead(control)) dead.push(named(control));
  return {
    dead,
    forms: forms.map(form => listens(form) || buttons(form).some(listens)
      || (!dom.value(form, 'action') && isHeard(form))),
    takes_loose: fields.length > 0 && outside.some(isHeard),
  };
}
