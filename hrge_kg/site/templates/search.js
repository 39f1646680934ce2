"use strict";
// Looks for words in search-index.js: searchChapters has the headings, searchIndex the entries
// [path, label, kind, CURIE, names, words, number of the chapter].
(() => {
  const MOST = 12; // of each chapter, unless one kind is chosen
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
  let counted = asked;
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

  // Rare words count more than common ones ("inverse document frequency"), words that are nearly
  // everywhere do not count, and what has more of the words comes first.
  const ranked = () => {
    const weights = entries.map(({ fields }) => asked.map((word) => weight(fields, word)));
    const rarity = asked.map((_, at) => {
      const holding = weights.filter((some) => some[at]).length;
      return holding && holding < entries.length / 8 ? Math.log(entries.length / holding) : 0;
    });
    counted = asked.filter((_, at) => rarity[at]);
    const most = rarity.reduce((left, right) => left + right, 0);
    const result = [];
    entries.forEach(({ entry }, number) => {
      let sum = 0;
      let share = 0;
      weights[number].forEach((value, at) => {
        sum += value * rarity[at];
        if (value) share += rarity[at];
      });
      if (share && share >= 0.25 * most) {
        result.push([sum * (share / most) ** 2, entry]);
      }
    });
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
    const same = (word, one) => word === one || (one.length > 2 && word.startsWith(one));
    const hit = (part) => words(part).map(stem).some((word) => counted.some((one) => same(word, one)));
    const first = Math.max(0, parts.findIndex(hit) - 24);
    if (first) parent.append("… ");
    for (const part of parts.slice(first, first + 80)) {
      if (hit(part)) add(parent, "mark", part);
      else parent.append(part);
    }
    if (parts.length > first + 80) parent.append(" …");
  };

  const item = (parent, [path, label, kind, curie, names, text]) => {
    const found = add(parent, "li");
    const head = add(found, "p");
    add(head, "a", label, { href: path });
    head.append(" ");
    add(head, "span", `${kind} · ${curie}`, { class: "remark" });
    if (text) snippet(add(found, "p"), text);
    const holds = (name) => words(name).map(stem).some((word) => counted.includes(word));
    const others = names.split("; ").filter(holds).slice(0, 3);
    if (others.length) add(found, "p", `also: ${others.join("; ")}`, { class: "remark" });
  };

  // A number beside the name of a document is that of a part: told where nothing in the graph is it.
  const tellOfParts = () => {
    const numbers = asked.filter((word) => /^\d/.test(word));
    if (!numbers.length) return;
    const units = new Set(Object.values(searchParts).flatMap((labels) => labels.flatMap(
      (label) => (fold(label).match(/[a-z]+(?= \d)/g) || []).map(stem))));
    const named = counted.filter((word) => !/^\d/.test(word) && !units.has(word) && word !== "art");
    if (!named.length) return;
    const documents = entries.filter(({ entry, fields }) =>
      entry[0] in searchParts && named.every((word) => weight(fields.slice(0, 4), word)));
    if (documents.length !== 1) return;
    const { entry } = documents[0];
    const known = new Set(words([...searchParts[entry[0]], entry[1], entry[3], entry[4]].join(" ")));
    const missing = numbers.filter((one) => !known.has(one));
    if (!missing.length) return;
    const told = add(list, "p", `No part ${missing.join(", ")} of `, { class: "said" });
    add(told, "a", entry[1], { href: `${entry[0]}#cited` });
    told.append(" is cited in this section. Its page says what of it is.");
  };

  const sameName = (entry) =>
    entry[3] === query.trim() || words(entry[1]).join(" ") === words(query).join(" ");

  const show = (found) => {
    const some = chosen.value ? found.filter((entry) => entry[2] === chosen.value) : found;
    list.replaceChildren();
    tellOfParts();
    const groups = [["Of this name", some.filter(sameName)]];
    searchChapters.forEach((chapter, number) => {
      groups.push([chapter, some.filter((entry) => entry[6] === number && !sameName(entry))]);
    });
    for (const [chapter, here] of groups) {
      if (!here.length) continue;
      add(list, "h2", chapter);
      const items = add(list, "ul", "", { class: "norms" });
      const shown = chosen.value ? here : here.slice(0, MOST);
      for (const entry of shown) item(items, entry);
      if (shown.length < here.length) {
        const rest = `The first ${MOST} of ${here.length}; choose a kind to see all of it.`;
        add(list, "p", rest, { class: "remark" });
      }
    }
    count.textContent = `${some.length} found for “${query}”`;
  };

  const field = document.getElementById("q");
  field.value = query;
  if (!asked.length) {
    count.textContent = "Write some words into the field at the top.";
    field.focus();
    return;
  }
  const found = ranked();
  const kinds = [...new Set(found.map((entry) => entry[2]))].sort();
  add(chosen, "option", "all kinds", { value: "" });
  for (const kind of kinds) add(chosen, "option", kind, { value: kind });
  document.getElementById("kinds").hidden = kinds.length < 2;
  chosen.addEventListener("change", () => show(found));
  show(found);
})();
