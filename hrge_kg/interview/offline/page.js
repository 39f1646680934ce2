
"use strict";
(() => {
  const DATA = JSON.parse(document.getElementById("data").textContent);
  const KEY = "hrge: a form in one file";
  const form = document.getElementById("form");
  const ANSWERED = DATA.slots.map((slot) => slot.name);
  const SLOTS = ["holds", "of", "for", ...ANSWERED];
  const SINGLE = ["since", "until", "on", "quantity"];
  let state = null;
  let number = 0;

  // The form: head, defaults, groups and answers, each with its words by key, as hrge has it.
  function fresh() {
    return structuredClone(DATA.begin);
  }

  const words = (said, key) => said[key] ?? [];
  function say(said, key, list) {
    if (list.length) said[key] = list;
    else delete said[key];
    changed();
  }

  // What stands on the page.

  function element(name, options = {}, ...inside) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(options)) {
      if (key in made) made[key] = value;
      else made.setAttribute(key, value);
    }
    made.append(...inside);
    return made;
  }

  function option(kind, name, word, label, meaning, checked, chosen) {
    const id = `f${(number += 1)}`;
    const input = element("input", { type: kind, name, id, value: word, checked });
    input.addEventListener("change", () => chosen(input));
    const row = element("div", { className: "tick" }, input, element("label", { htmlFor: id }, label));
    if (meaning) {
      row.append(element("span", { className: "hint", id: `${id}h` }, meaning));
      input.setAttribute("aria-describedby", `${id}h`);
    }
    return row;
  }

  function options(said, key, choices, several, after = () => {}) {
    const name = `n${(number += 1)}`;
    return choices.map(([word, label, meaning]) =>
      option(several ? "checkbox" : "radio", name, word, label, meaning, words(said, key).includes(word), (input) => {
        const left = several ? words(said, key).filter((one) => one !== word) : [];
        say(said, key, input.checked ? [...left, word] : left);
        after();
      }),
    );
  }

  function field(label, said, key, long = false) {
    const id = `f${(number += 1)}`;
    const input = element("input", { id, value: words(said, key)[0] ?? "", className: long ? "long" : "" });
    input.addEventListener("input", () => say(said, key, input.value.trim() ? [input.value.trim()] : []));
    return element("div", { className: "slot" }, element("label", { htmlFor: id, className: "over" }, label), input);
  }

  function select(label, said, key, choices) {
    const id = `f${(number += 1)}`;
    const made = element("select", { id }, element("option", { value: "" }, "Not stated"));
    for (const [word, text] of choices) made.append(element("option", { value: word }, text));
    made.value = words(said, key)[0] ?? "";
    made.addEventListener("change", () =>
      say(said, key, made.value ? [made.value, ...words(said, key).slice(1)] : []),
    );
    return element("div", { className: "slot" }, element("label", { htmlFor: id, className: "over" }, label), made);
  }

  function slot(said, name) {
    const { label, choices } = DATA.slots.find((one) => one.name === name);
    return choices.length ? select(label, said, name, choices) : field(label, said, name);
  }

  function fieldset(legend, hint, ...inside) {
    const made = element("fieldset", {}, element("legend", {}, legend));
    if (hint) made.append(element("p", { className: "hint" }, hint));
    made.append(...inside);
    return made;
  }

  function why(asked) {
    const made = element("details", { className: "why" }, element("summary", {}, "Why this is asked"));
    made.append(element("p", {}, asked.why), ...asked.quotes.map((quote) => element("blockquote", {}, quote)));
    return made;
  }

  // Nothing is written for who does not know: the question stays open.
  function open(said, asked) {
    const name = `n${(number += 1)}`;
    return option("radio", name, "", "I do not know", "It stays open.", false, () => say(said, asked.key, []));
  }

  function fact(said, asked, redraw) {
    const inside = options(said, asked.key, asked.choices, asked.several);
    if (!asked.several) {
      const unknown = open(said, asked);
      unknown.querySelector("input").name = inside[0].querySelector("input").name;
      inside.push(unknown);
    }
    if (asked.others) {
      inside.push(
        option("checkbox", "", asked.key, "Nobody else", "Nobody is there of a kind that is not ticked above.", closed(said, asked), (input) => {
          const kinds = Object.keys(asked.others);
          const kept = words(said, "without").filter((word) => !kinds.includes(word));
          say(said, "without", input.checked ? [...kept, ...unnamed(said, asked)] : kept);
          if (input.checked && !words(said, asked.key).length) redraw();
        }),
      );
    }
    return fieldset(asked.text, asked.several ? "Tick all that is so." : asked.hint, ...inside, why(asked));
  }

  const others = (asked, word) => asked.others[word] ?? [];
  function unnamed(said, asked) {
    const named = words(said, asked.key);
    if (!named.length) return [];
    return others(asked, named[0]).filter((word) => named.every((one) => others(asked, one).includes(word)));
  }

  function closed(said, asked) {
    const left = unnamed(said, asked);
    return left.length > 0 && left.every((word) => words(said, "without").includes(word));
  }

  // "Nobody else" stays true where another kind is ticked afterwards.
  function followed(said) {
    for (const asked of DATA.people) {
      if (!asked.others) continue;
      const named = words(said, asked.key);
      const without = words(said, "without").filter((word) => !named.includes(word));
      const wide = Object.keys(asked.others).filter(
        (word) => without.includes(word) && !unnamed(said, asked).includes(word) && named.length,
      );
      const left = without.filter((word) => !wide.includes(word));
      if (left.length) said.without = left;
      else delete said.without;
    }
  }

  function groups() {
    const place = document.getElementById("groups");
    place.replaceChildren(
      ...state.groups.map(([name, said], index) => {
        const inside = element("details", { className: "group", open: state.groups.length === 1 });
        const summary = element("summary", {}, name || "A group without a name");
        const id = `f${(number += 1)}`;
        const input = element("input", { id, value: name, className: "long" });
        input.addEventListener("change", () => {
          const before = state.groups[index][0];
          const now = short(input.value);
          state.groups[index][0] = now;
          for (const [, slots] of state.answers) {
            if (slots.for) slots.for = slots.for.map((one) => (one === before ? now : one));
          }
          summary.textContent = now || "A group without a name";
          changed();
          topics();
        });
        const label = element("label", { htmlFor: id, className: "over" }, "A short name for the group, as in: women");
        inside.append(summary, element("div", { className: "slot" }, label, input));
        inside.append(...DATA.people.map((asked) => fact(said, asked, groups)));
        const gone = element("button", { type: "button" }, "Remove this group");
        gone.addEventListener("click", () => {
          state.groups.splice(index, 1);
          changed();
          groups();
          topics();
        });
        inside.append(gone);
        return inside;
      }),
    );
  }

  function short(text) {
    return text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 100).replace(/-+$/, "");
  }

  function answer(asked, slots, redraw) {
    const inside = element("div", { className: "answer" });
    const later = element("div");
    const fill = () => {
      if (!words(slots, "holds").length || later.childNodes.length) return;
      if (asked.of) {
        later.append(
          fieldset(
            "Of what is your answer true?",
            "If you tick nothing, a yes says that it is so of something, and a no that it is so of nothing.",
            ...options(slots, "of", DATA.things[asked.of], true),
          ),
        );
      }
      if (state.groups.length > 1) {
        const named = state.groups.map(([name]) => [name, name.replaceAll("-", " "), ""]);
        later.append(fieldset("Of whom is your answer true?", "If you tick nobody, it is true of all of them.", ...options(slots, "for", named, true)));
      }
      later.append(...asked.wanted.map((name) => slot(slots, name)));
      const more = element("details", {}, element("summary", {}, "Say more: how often, why, since when, who says so"));
      more.append(...ANSWERED.filter((name) => !asked.wanted.includes(name)).map((name) => slot(slots, name)));
      const gone = element("button", { type: "button" }, "Take this answer back");
      gone.addEventListener("click", () => {
        state.answers = state.answers.filter(([, one]) => one !== slots);
        changed();
        redraw();
      });
      later.append(more, gone);
    };
    const answers = options(slots, "holds", DATA.answers, false, () => {
      if (!state.answers.some(([, one]) => one === slots)) state.answers.push([asked.key, slots]);
      changed();
      fill();
    });
    fill();
    inside.append(...answers, later);
    return inside;
  }

  function question(asked) {
    const made = fieldset(asked.text, asked.hint);
    const body = element("div");
    const redraw = () => {
      const given = state.answers.filter(([key]) => key === asked.key).map(([, slots]) => slots);
      body.replaceChildren(...(given.length ? given : [{}]).map((slots) => answer(asked, slots, redraw)));
      const add = element("button", { type: "button" }, "Add another answer to this question");
      add.addEventListener("click", () => {
        body.insertBefore(answer(asked, {}, redraw), add);
      });
      body.append(add);
    };
    redraw();
    made.append(body, why(asked));
    return made;
  }

  function topics() {
    const place = document.getElementById("topics");
    const opened = [...place.children].map((one) => one.open);
    place.replaceChildren(
      ...DATA.topics.map(({ label, asked }, index) => {
        const count = element("span", { className: "hint" });
        const made = element("details", { className: "topic" }, element("summary", {}, `${label} `, count));
        made.countAnswers = () => {
          const given = asked.filter((one) => state.answers.some(([key]) => key === one.key)).length;
          count.textContent = `${given} of ${asked.length} questions answered`;
        };
        made.addEventListener("toggle", () => {
          if (made.open && made.childElementCount === 1) made.append(...asked.map(question));
        });
        made.open = Boolean(opened[index]);
        made.countAnswers();
        return made;
      }),
    );
  }

  function draw() {
    number = 0;
    const about = element("details", {}, element("summary", {}, "Who says so, and when: once for all answers"));
    about.append(...DATA.defaults.map((name) => slot(state.defaults, name)));
    const add = element("button", { type: "button" }, "Add a group of people");
    add.addEventListener("click", () => {
      state.groups.push(["", {}]);
      groups();
      changed();
    });
    form.replaceChildren(
      element("h2", {}, "The programme"),
      field("What is the programme called? One line, without names of persons.", state.head, "title", true),
      ...DATA.programme.map((asked) => fact(state.head, asked, draw)),
      about,
      element("h2", {}, "Who is served, held or turned away"),
      element("p", { className: "hint" }, "If some are treated differently, make a group of them."),
      element("div", { id: "groups" }),
      add,
      element("h2", {}, "Questions, by topic"),
      element("div", { id: "topics" }),
    );
    groups();
    topics();
    changed();
  }

  function changed() {
    for (const [, said] of state.groups) followed(said);
    for (const topic of document.querySelectorAll("details.topic")) topic.countAnswers();
    const given = state.answers.filter(([, slots]) => words(slots, "holds").length).length;
    document.getElementById("count").textContent = `${given} answer${given === 1 ? "" : "s"} to questions so far.`;
    if (document.getElementById("keep").checked) store();
  }

  // The file that is saved.

  const SAID_ONCE = ["programme", "title"];
  const inline = (said) => `{${Object.entries(said).map(([key, list]) => `${key}: ${value(list)}`).join(", ")}}`;
  const value = (list) => (list.length === 1 ? list[0] : `[${list.join(", ")}]`);

  function ordered(slots) {
    return Object.fromEntries(SLOTS.filter((name) => words(slots, name).length).map((name) => [name, slots[name]]));
  }

  function yaml() {
    const title = words(state.head, "title")[0] ?? "";
    const name = words(state.head, "programme")[0] ?? (short(title) || "my-programme");
    const lines = [`programme: ${name}`, `title: ${JSON.stringify(title)}`];
    for (const [key, list] of Object.entries(state.head)) {
      if (!SAID_ONCE.includes(key)) lines.push(`${key}: ${value(list)}`);
    }
    if (Object.keys(state.defaults).length) lines.push(`answered: ${inline(state.defaults)}`);
    lines.push("groups:");
    const groups = state.groups.length ? state.groups : [["people", {}]];
    for (const [group, said] of groups) {
      lines.push(`  ${group}:${Object.keys(said).length ? ` ${inline(said)}` : ""}`);
    }
    const byQuestion = new Map();
    for (const [key, slots] of state.answers) {
      if (!words(slots, "holds").length) continue;
      byQuestion.set(key, [...(byQuestion.get(key) ?? []), ordered(slots)]);
    }
    if (byQuestion.size) lines.push("answers:");
    const written = (slots) => (Object.keys(slots).length === 1 ? value(slots.holds) : inline(slots));
    for (const [key, every] of byQuestion) {
      if (every.length === 1) lines.push(`  ${key}: ${written(every[0])}`);
      else lines.push(`  ${key}:`, ...every.map((slots) => `    - ${written(slots)}`));
    }
    return `${lines.join("\n")}\n`;
  }

  // What would make the file unreadable; hrge says more when it reads it.
  function problems() {
    const found = [];
    const title = words(state.head, "title")[0] ?? "";
    if (!title) found.push("The programme has no name.");
    if (title.length > 300) found.push("The name of the programme is longer than 300 characters.");
    const names = state.groups.map(([name]) => name);
    if (names.some((name) => !name)) found.push("A group has no name.");
    if (new Set(names).size < names.length) found.push("Two groups have the same name.");
    const date = (text) => /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/.test(text);
    const dated = [["", state.defaults], ...state.answers];
    for (const [key, slots] of dated) {
      const where = key ? ` (${key})` : "";
      for (const name of ["since", "until", "on"]) {
        const text = words(slots, name)[0];
        if (text && !date(text)) found.push(`“${text}” is no date${where}. Write a year, year-month or year-month-day, as in 2025-03-01.`);
      }
      const amount = words(slots, "quantity")[0];
      if (amount && !/^\d{1,9}(\.\d{1,2})?$/.test(amount)) found.push(`“${amount}” is no number${where}. Write digits, as in 30 or 1.5.`);
      if (Boolean(amount) !== Boolean(words(slots, "unit")[0])) found.push(`A number and what it counts go together${where}.`);
    }
    return found;
  }

  document.getElementById("download").addEventListener("click", () => {
    const found = problems();
    const told = document.getElementById("problems");
    told.replaceChildren(...found.map((one) => element("p", {}, one)));
    if (found.length) return;
    const text = yaml();
    const name = /^programme: (.*)$/m.exec(text)[1];
    const link = element("a", { download: `${name}.yaml`, href: URL.createObjectURL(new Blob([text], { type: "application/yaml" })) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  });

  // A file that is read again: only what hrge writes itself. Anything else is left to hrge.

  const WORD = "[^\\s{}\\[\\],:]+";
  function list(text) {
    const found = new RegExp(`^(?:(${WORD})|\\[(${WORD}(?:, ${WORD})*)\\])$`).exec(text);
    if (!found) throw new Error(text);
    return found[1] ? [found[1]] : found[2].split(", ");
  }

  function mapping(text) {
    if (!/^\{.*\}$/.test(text)) throw new Error(text);
    const said = {};
    for (const part of text.slice(1, -1).match(/[^,[]+(\[[^\]]*\])?(, |$)/g) ?? []) {
      const [key, ...rest] = part.replace(/, $/, "").split(": ");
      said[key] = list(rest.join(": "));
    }
    return said;
  }

  function read(text) {
    const found = { head: {}, defaults: {}, groups: [], answers: [] };
    let part = "";
    let key = "";
    for (const line of text.replace(/\r/g, "").split("\n")) {
      if (!line) continue;
      const [, indent, dash, name, rest] = /^( *)(- )?(?:([a-z0-9-]+):(?: |$))?(.*)$/.exec(line);
      const slots = () => (rest.startsWith("{") ? mapping(rest) : { holds: list(rest) });
      if (!indent && name) {
        part = rest ? "" : name;
        if (name === "title") found.head.title = [JSON.parse(rest)];
        else if (name === "answered") found.defaults = mapping(rest);
        else if (rest) found.head[name] = list(rest);
      } else if (part === "groups" && indent.length === 2 && name) {
        found.groups.push([name, rest ? mapping(rest) : {}]);
      } else if (part === "answers" && indent.length === 2 && name) {
        key = name;
        if (rest) found.answers.push([key, slots()]);
      } else if (part === "answers" && indent.length === 4 && dash && key) {
        const said = line.slice(6);
        found.answers.push([key, said.startsWith("{") ? mapping(said) : { holds: list(said) }]);
      } else {
        throw new Error(line);
      }
    }
    const asked = new Set(DATA.topics.flatMap((topic) => topic.asked.map((one) => one.key)));
    const unknown = found.answers.find(([name]) => !asked.has(name));
    if (unknown) throw new Error(unknown[0]);
    return found;
  }

  document.getElementById("open").addEventListener("change", async (event) => {
    const told = document.getElementById("problems");
    try {
      state = read(await event.target.files[0].text());
      told.replaceChildren();
      draw();
      window.scrollTo(0, 0);
    } catch (error) {
      told.replaceChildren(
        element("p", {}, `This page cannot read the file (${error.message.slice(0, 80)}). Nothing is changed. hrge serve can read it.`),
      );
    }
  });

  // What the browser keeps, if the person asks for it.

  function store() {
    try {
      localStorage.setItem(KEY, JSON.stringify(state));
    } catch {
      document.getElementById("keep").checked = false;
    }
  }

  const keep = document.getElementById("keep");
  keep.addEventListener("change", () => {
    if (keep.checked) store();
    else localStorage.removeItem(KEY);
  });
  try {
    state = JSON.parse(localStorage.getItem(KEY));
    keep.checked = state !== null;
  } catch {
    state = null;
  }
  state ??= fresh();
  draw();
  let saved = yaml();
  document.getElementById("download").addEventListener("click", () => {
    if (!problems().length) saved = yaml();
  });
  window.addEventListener("beforeunload", (event) => {
    if (!keep.checked && yaml() !== saved) event.preventDefault();
  });
})();
