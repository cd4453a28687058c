function (...listening) {
  const inline = ['onclick', 'onchange', 'oninput', 'onsubmit', 'onmousedown', 'onmouseup', 'onpointerdown',
    'onpointerup', 'ontouchstart', 'ontouchend', 'onkeydown', 'onkeyup', 'onfocus'];
  const heard = new Set(listening);
  const listens = node => heard.has(node) || (node.nodeType === 1 && inline.some(name => node.hasAttribute(name)));
  const isHeard = node => { for (let at = node; at; at = at.parentNode) if (listens(at)) return true; return false; };
  const isSeen = node => node.getClientRects().length > 0 && !node.disabled;
  const words = text => (text || '').replace(/\s+/g, ' ').trim().slice(0, 100);
  const beside = node => {
    for (let at = node, steps = 0; at && at !== document.body && steps < 3; at = at.parentNode, steps++) {
      for (let before = at.previousSibling; before; before = before.previousSibling) {
        if (words(before.textContent)) return words(before.textContent).slice(-60);
      }
    }
    return '';
  };
  // A label may hold its control, whose choices are not its words.
  const spoken = label => {
    const copy = label.cloneNode(true);
    copy.querySelectorAll('select,button,textarea').forEach(one => one.remove());
    return copy.textContent;
  };
  const named = node => words(node.labels && node.labels.length ? spoken(node.labels[0]) : '')
    || words(node.getAttribute('aria-label')) || words(node.tagName === 'SELECT' ? '' : node.value || node.textContent)
    || words(node.title) || (node.tagName === 'SELECT' ? beside(node) : '') || words(node.name) || words(node.id);
  const isDead = node => {
    if (!isSeen(node) || isHeard(node)) return false;
    if (node.tagName === 'SELECT') return !node.form || !node.name;
    if (node.tagName === 'A') return /^\s*javascript:\s*(void\b.*|;*)$/i.test(node.getAttribute('href') || '');
    if (node.closest('a[href],label')) return false;
    return !node.form || (node.type || '').toLowerCase() === 'button';
  };
  const controls = document.querySelectorAll('select,button,input[type=button],input[type=submit],[role=button],a[href^="javascript:" i]');
  const buttons = form => [...form.elements].filter(one => ['submit', 'button', 'image'].includes(one.type));
  const fields = [...document.querySelectorAll('input:not([type=hidden]),select,textarea')].filter(one => !one.form);
  const outside = [...document.querySelectorAll('button,input,select,textarea,[role=button]')].filter(one => !one.form);
  return {
    dead: [...controls].filter(isDead).slice(0, 20).map(named),
    forms: [...document.querySelectorAll('form')].map(form => listens(form) || buttons(form).some(listens)
      || (!form.getAttribute('action') && isHeard(form))),
    takes_loose: fields.length > 0 && outside.some(isHeard),
  };
}
