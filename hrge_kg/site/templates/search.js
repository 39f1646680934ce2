"use strict";
// Looks for words in searchIndex (search-index.js): [path, label, kind, CURIE, names, words, rank].
(() => {
  const MOST = 60;
  const WEIGHTS = [0, 8, 2, 5, 6, 3];
  const query = new URLSearchParams(location.search).get("q") || "";
  const list = document.getElementById("found");
  const count = document.getElementById("count");
  const chosen = document.getElementById("kind");

  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const words = (text) => fold(text).match(/[a-z0-9]+/g) || [];
  const stem = (word) => {
    if (word.length < 5) return word;
    const short = word.replace(/(ing|ies|ed|es|s|y)$/, "");
    return short.length < 3 ? word : short;
  };

  const asked = [...new Set(words(query).map(stem))];
  const entries = searchIndex.map((entry) => ({
    entry,
    fields: [1, 2, 3, 4, 5].map((place) => [WEIGHTS[place], words(entry[place]).map(stem)]),
  }));

  // The best place of a word counts, a whole word more than its beginning.
  const weight = (fields, word) => {
    let best = 0;
    for (const [value, found] of fields) {
      for (const other of found) {
        if (other === word) best = Math.max(best, value * 2);
        else if (word.length > 2 && other.startsWith(word)) best = Math.max(best, value);
      }
    }
    return best;
  };

  const ranked = (all) => {
    const result = [];
    for (const { entry, fields } of entries) {
      const weights = asked.map((word) => weight(fields, word));
      if (all ? weights.every(Boolean) : weights.some(Boolean)) {
        const sum = weights.reduce((left, right) => left + right, 0);
        const phrase = fold(entry[1]) === fold(query.trim()) || entry[3] === query.trim() ? 50 : 0;
        result.push([sum + phrase - entry[6] / 10, entry]);
      }
    }
    return result.sort((left, right) => right[0] - left[0]).map((pair) => pair[1]);
  };

  const add = (parent, name, text, attributes = {}) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    for (const key of Object.keys(attributes)) element.setAttribute(key, attributes[key]);
    parent.append(element);
    return element;
  };

  // The words around the first that was asked for, with those asked for marked.
  const snippet = (parent, text) => {
    const parts = text.split(/([A-Za-z0-9\u00c0-\u024f]+)/);
    const hit = (part) => words(part).map(stem).some((word) => asked.some((one) => word.startsWith(one)));
    const first = Math.max(0, parts.findIndex(hit) - 24);
    if (first) parent.append("… ");
    for (const part of parts.slice(first, first + 80)) {
      if (hit(part)) add(parent, "mark", part);
      else parent.append(part);
    }
    if (parts.length > first + 80) parent.append(" …");
  };

  const show = (found) => {
    const some = chosen.value ? found.filter((entry) => entry[2] === chosen.value) : found;
    list.replaceChildren();
    for (const [path, label, kind, curie, names, text] of some.slice(0, MOST)) {
      const item = add(list, "li");
      const head = add(item, "p");
      add(head, "a", label, { href: path });
      head.append(" ");
      add(head, "span", `${kind} · ${curie}`, { class: "remark" });
      if (text) snippet(add(item, "p"), text);
      const other = names.split("; ").filter((name) => words(name).map(stem).some((word) => asked.includes(word)));
      if (other.length) add(item, "p", `also: ${other.slice(0, 3).join("; ")}`, { class: "remark" });
    }
    const more = some.length > MOST ? `, of which the first ${MOST} are shown` : "";
    count.textContent = `${some.length} found for “${query}”${loose ? ", with some of the words" : ""}${more}`;
  };

  const field = document.getElementById("q");
  field.value = query;
  let loose = false;
  if (!asked.length) {
    count.textContent = "Write some words into the field at the top.";
    field.focus();
    return;
  }
  let found = ranked(true);
  if (!found.length) {
    loose = true;
    found = ranked(false);
  }
  const kinds = [...new Set(found.map((entry) => entry[2]))].sort();
  add(chosen, "option", "all kinds", { value: "" });
  for (const kind of kinds) add(chosen, "option", kind, { value: kind });
  document.getElementById("kinds").hidden = kinds.length < 2;
  chosen.addEventListener("change", () => show(found));
  show(found);
})();
