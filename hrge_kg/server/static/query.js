// Offers names of the graph while one types in the field. Without it the page works as well.
"use strict";
(() => {
  const field = document.getElementById("query");
  const list = document.getElementById("offers");
  const told = document.getElementById("told");
  const MOST = 8;
  let terms = [];
  let chosen = -1;

  fetch("/server/terms.json")
    .then((response) => (response.ok ? response.json() : { prefixes: {}, terms: [] }))
    .then((found) => {
      terms = found.terms.concat(
        Object.entries(found.prefixes).map(([prefix, iri]) => [`${prefix}:`, iri]),
      );
      if (document.activeElement === field) offer();
    });

  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", "offers");

  // The word before the caret, if it may be a name: not a variable, a string or a comment.
  function word() {
    const before = field.value.slice(0, field.selectionStart);
    const line = before.slice(before.lastIndexOf("\n") + 1);
    if (/(^|\s)#/.test(line) || (line.match(/"/g) || []).length % 2) return "";
    const found = /(?:^|[\s({/|^!])([A-Za-z][\w-]*:?[\w./-]*)$/.exec(line);
    return found && found[1].length > 1 ? found[1] : "";
  }

  function fitting(text) {
    const wanted = text.toLowerCase();
    const rank = ([name, label]) => {
      const small = name.toLowerCase();
      if (small.startsWith(wanted)) return small === wanted ? 9 : 0;
      if (small.slice(small.indexOf(":") + 1).startsWith(wanted)) return 1;
      return label.toLowerCase().startsWith(wanted) ? 2 : 9;
    };
    return terms
      .map((term) => [rank(term), term])
      .filter(([place]) => place < 9)
      .sort((a, b) => a[0] - b[0] || a[1][0].length - b[1][0].length)
      .slice(0, MOST)
      .map(([, term]) => term);
  }

  function hide() {
    list.hidden = true;
    chosen = -1;
    told.textContent = "";
    field.removeAttribute("aria-activedescendant");
  }

  function offer() {
    const text = word();
    const found = text ? fitting(text) : [];
    hide();
    if (!found.length) return;
    list.replaceChildren(
      ...found.map(([name, label], index) => {
        const item = document.createElement("li");
        item.id = `offer-${index}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        const code = document.createElement("code");
        code.textContent = name;
        item.append(code, label);
        item.dataset.name = name;
        item.addEventListener("mousedown", (event) => {
          event.preventDefault();
          take(name);
        });
        return item;
      }),
    );
    list.hidden = false;
    told.textContent = `${found.length} names fit: choose with the arrow keys and Tab`;
  }

  function choose(step) {
    const items = [...list.children];
    chosen = (chosen + step + items.length) % items.length;
    items.forEach((item, index) => item.setAttribute("aria-selected", String(index === chosen)));
    field.setAttribute("aria-activedescendant", items[chosen].id);
  }

  function take(name) {
    const end = field.selectionStart;
    field.setRangeText(name, end - word().length, end, "end");
    hide();
    field.focus();
  }

  field.addEventListener("input", offer);
  field.addEventListener("blur", hide);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      field.form.requestSubmit();
    } else if (list.hidden) {
      return;
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      choose(chosen < 0 && event.key === "ArrowUp" ? 0 : event.key === "ArrowDown" ? 1 : -1);
    } else if ((event.key === "Enter" || event.key === "Tab") && chosen >= 0) {
      take(list.children[chosen].dataset.name);
    } else if (event.key === "Escape") {
      hide();
    } else {
      return;
    }
    event.preventDefault();
  });
})();
