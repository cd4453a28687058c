(() => {
  "use strict";
  const form = document.getElementById("search"), input = form.querySelector("input");
  const results = document.getElementById("results"), status = document.getElementById("status");
  const set = form.dataset, classes = JSON.parse(set.classes), english = document.documentElement.lang === "en";
  const SHOWN = 50, loaded = new Map();
  const unspaced = /[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]+|[^\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]+/gu;
  const isUnspaced = /^[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
  const cut = (text) => {
    const words = new Set();
    for (const run of text.normalize("NFKC").toLowerCase().match(/[\p{Alphabetic}\p{N}]+/gu) || []) {
      for (const piece of run.match(unspaced) || []) {
        const signs = [...piece];
        if (!isUnspaced.test(piece) || signs.length === 1) words.add(piece);
        else for (let at = 0; at + 1 < signs.length; at++) words.add(signs[at] + signs[at + 1]);
      }
    }
    return [...words];
  };
  const hash = (word) => new TextEncoder().encode(word).reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193) >>> 0, 0x811c9dc5);
  const load = (path) => {
    if (!loaded.has(path)) {
      loaded.set(path, fetch(set.root + "search/" + path + ".json").then((answer) => {
        if (!answer.ok) throw new Error(answer.status);
        return answer.json();
      }));
    }
    return loaded.get(path);
  };
  const holding = async (word) => {
    const words = await load("words/" + (hash(word) % Number(set.shards)));
    let number = 0;
    return Object.hasOwn(words, word) ? words[word].map((step) => (number += step)) : [];
  };
  const find = async (words) => {
    const lists = await Promise.all(words.map(holding));
    lists.sort((one, other) => one.length - other.length);
    return lists.reduce((found, list) => { const all = new Set(list); return found.filter((number) => all.has(number)); }).reverse();
  };
  const element = (name, text, more) => Object.assign(document.createElement(name), { textContent: text }, more);
  const row = ([slug, day, kind, japanese, englishTitle]) => {
    const inEnglish = englishTitle !== null && (english || japanese === null);
    const link = element("a", inEnglish ? englishTitle : japanese, { href: set.root + (inEnglish ? "en/" : "") + "cases/" + slug + "/" });
    if (inEnglish !== english) link.lang = inEnglish ? "en" : "ja";
    const item = element("li", "", { className: set.unwanted.split(" ").includes(kind) ? "case bad" : "case" }), heading = element("h2", ""), tags = element("p", "", { className: "tags" });
    heading.append(link);
    if (day) tags.append(element("time", day, { dateTime: day }), " ");
    tags.append(element("span", classes[kind] || kind, { className: "class" }));
    item.append(heading, tags);
    return item;
  };
  let turn = 0;
  const search = async () => {
    const mine = ++turn, asked = input.value.trim(), words = cut(asked);
    if (!words.length || words.every((word) => isUnspaced.test(word) && [...word].length < 2)) {
      results.replaceChildren();
      status.textContent = asked ? set.short : "";
      return;
    }
    try {
      const found = await find(words), each = Number(set.documents);
      const rows = await Promise.all(found.slice(0, SHOWN).map(async (number) => row((await load("cases/" + Math.floor(number / each)))[number % each])));
      if (mine !== turn) return;
      results.replaceChildren(...rows);
      status.textContent = found.length ? set.some.replace("{n}", found.length) : set.none;
    } catch {
      loaded.clear();
      if (mine === turn) status.textContent = set.failed;
    }
  };
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", "?" + new URLSearchParams({ q: input.value }));
    search();
  });
  input.value = new URLSearchParams(location.search).get("q") || "";
  if (input.value) search();
})();
