() => {
  const MAIL = 'fuwake-decoy@example.com', WORD = 'fuwake-decoy', PASSWORD = 'Fuwake-Decoy-1';
  const isSeen = node => dom.boxes(node).length > 0 && !dom.has(node, 'disabled') && !dom.has(node, 'readonly');
  const inside = (form, selector) => [...(form ? dom.elements(form) : dom.all(document, selector))];
  const fields = form => inside(form, 'input,select,textarea')
    .filter(one => ['INPUT', 'SELECT', 'TEXTAREA'].includes(dom.tag(one)) && isSeen(one) && (form || !one.form));
  const asks = list => list.filter(one => dom.tag(one) !== 'INPUT' || !['submit', 'button', 'image', 'reset', 'file'].includes(one.type));
  const weigh = list => asks(list).length + (list.some(one => one.type === 'password') ? 100 : 0);
  const all = [...dom.all(document, 'form')].filter(form => form instanceof HTMLFormElement).slice(0, 100);
  const forms = [...all, null].map(form => [form, fields(form)]).sort((a, b) => weigh(b[1]) - weigh(a[1]));
  const [form, own] = forms[0];
  const list = asks(own).slice(0, 200);
  if (!list.length) return [];
  const hint = one => [one.name, one.id, one.autocomplete, one.placeholder].join(' ').toLowerCase();
  const value = one => {
    const about = hint(one), most = one.maxLength > 0 ? one.maxLength : 1000;
    const text = one.type === 'email' || /mail/.test(about) ? MAIL
      : one.type === 'password' ? PASSWORD
      : /cc-?num|card.?(no|num)|cardnumber|pan\b/.test(about) ? '4111111111111111'
      : /cvc|cvv|csc|security.?code/.test(about) ? '000'
      : /exp/.test(about) ? '12/40'
      : one.type === 'tel' || /tel|phone|mobile/.test(about) ? '09000000000'
      : /zip|postal/.test(about) ? '1000001'
      : one.type === 'number' || one.inputMode === 'numeric' ? '000000'
      : one.type === 'date' ? '2000-01-01' : one.type === 'month' ? '2040-12' : one.type === 'url' ? 'https://fuwake-decoy.example/'
      : WORD;
    return text.slice(0, most);
  };
  const fill = one => {
    if (one.type === 'checkbox' || one.type === 'radio') { if (!one.checked) dom.click(one); return; }
    if (dom.tag(one) === 'SELECT') one.selectedIndex = one.options.length - 1;
    else {
      const kind = dom.tag(one) === 'TEXTAREA' ? HTMLTextAreaElement : HTMLInputElement;
      Object.getOwnPropertyDescriptor(kind.prototype, 'value').set.call(one, value(one));
    }
    for (const name of ['input', 'change', 'blur']) one.dispatchEvent(new Event(name, { bubbles: true }));
  };
  list.forEach(fill);
  const buttons = inside(form, 'button,input[type=button],input[type=submit],[role=button]').filter(one => !(one instanceof HTMLFormElement));
  const sends = buttons.find(one => isSeen(one) && (one.type === 'submit' || one.type === 'image'))
    || buttons.find(one => isSeen(one) && (dom.tag(one) === 'BUTTON' || one.type === 'button' || dom.value(one, 'role') === 'button'))
    || (form && dom.within(form, '[onclick],a[href^="javascript:" i]'));
  setTimeout(() => { if (sends) dom.click(sends); else if (form) dom.send(form); }, 0);
  return list.map(one => (one.name || one.id || '').slice(0, 100).toWellFormed());
}
