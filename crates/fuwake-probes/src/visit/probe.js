() => {
  const MAIL = 'fuwake-decoy@example.com', WORD = 'fuwake-decoy', PASSWORD = 'Fuwake-Decoy-1';
  const isSeen = node => node.getClientRects().length > 0 && !node.disabled && !node.readOnly;
  const fields = form => [...(form ? form.elements : document.querySelectorAll('input,select,textarea'))]
    .filter(one => ['INPUT', 'SELECT', 'TEXTAREA'].includes(one.tagName) && isSeen(one) && (form || !one.form));
  const asks = list => list.filter(one => one.tagName !== 'INPUT' || !['submit', 'button', 'image', 'reset', 'file'].includes(one.type));
  const weigh = list => asks(list).length + (list.some(one => one.type === 'password') ? 100 : 0);
  const forms = [...document.forms, null].map(form => [form, fields(form)]).sort((a, b) => weigh(b[1]) - weigh(a[1]));
  const [form, own] = forms[0];
  const list = asks(own);
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
    if (one.type === 'checkbox' || one.type === 'radio') { if (!one.checked) one.click(); return; }
    if (one.tagName === 'SELECT') one.selectedIndex = one.options.length - 1;
    else {
      const kind = one.tagName === 'TEXTAREA' ? HTMLTextAreaElement : HTMLInputElement;
      Object.getOwnPropertyDescriptor(kind.prototype, 'value').set.call(one, value(one));
    }
    for (const name of ['input', 'change', 'blur']) one.dispatchEvent(new Event(name, { bubbles: true }));
  };
  list.forEach(fill);
  const buttons = [...(form ? form.elements : document.querySelectorAll('button,input[type=button],input[type=submit],[role=button]'))];
  const sends = buttons.find(one => isSeen(one) && (one.type === 'submit' || one.type === 'image'))
    || buttons.find(one => isSeen(one) && (one.tagName === 'BUTTON' || one.type === 'button' || one.getAttribute('role') === 'button'))
    || (form && form.querySelector('[onclick],a[href^="javascript:" i]'));
  setTimeout(() => { if (sends) sends.click(); else if (form) form.requestSubmit(); }, 0);
  return list.map(one => (one.name || one.id || '').slice(0, 100));
}
