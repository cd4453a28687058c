() => {
  const body = dom.body(document);
  const text = (body instanceof HTMLElement ? dom.words(body) || '' : '').trim();
  const isSeen = node => dom.boxes(node).length > 0;
  const fields = [...dom.all(document, 'input:not([type=hidden]),textarea')].slice(0, 500).filter(isSeen);
  const typed = fields.filter(one => ['text', 'email', 'tel', 'number', 'password', 'textarea'].includes(one.type));
  const going = /読み込み中|読込中|ロード中|お待ち(ください|下さい)|リダイレクト|移動します|転送(中|します)|redirect|loading|please wait|just a moment|one moment/i;
  if (typed.length > 1 || typed.some(one => one.type === 'password')) return 'asks';
  if (text.length < 200 && going.test(text)) return 'goes-on';
  const frames = dom.all(document, 'iframe,frame').length;
  return text.length > 80 || fields.length > 0 || frames > 0 ? 'shows' : 'nothing';
}
