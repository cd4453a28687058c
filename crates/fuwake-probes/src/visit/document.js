(() => {
  const root = document.documentElement;
  const copy = root ? root.cloneNode(true) : null;
  const kept = 'input,textarea';
  if (copy) {
    const copies = copy.querySelectorAll(kept);
    root.querySelectorAll(kept).forEach((field, place) => {
      if (copies[place] && field.value && !['file', 'checkbox', 'radio'].includes(field.type)) {
        copies[place].setAttribute('value', field.value.slice(0, 1000));
      }
    });
  }
  const written = node => node.nodeType === 8 ? '<!--' + node.data + '-->'
    : node.nodeType === 10 ? '<!DOCTYPE ' + node.name + '>'
    : node === root ? copy.outerHTML : '';
  return {
    url: location.href,
    html: [...document.childNodes].map(written).join('\n').slice(0, 4000000),
    text: (document.body ? document.body.innerText || '' : '').slice(0, 20000),
  };
})()
