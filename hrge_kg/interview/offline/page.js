
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

  // Words of ours, in the language of the page; what it lacks is English, and marked as that.
  function worded(text, holes = {}) {
    const small = text.charAt(0).toLowerCase() + text.slice(1);
    const found = DATA.words[text] ?? DATA.words[small]?.replace(/^./u, (first) => first.toUpperCase());
    const words = Object.entries(holes).reduce((so, [name, value]) => so.replace(`{${name}}`, value), found ?? text);
    const node = document.createTextNode(words);
    if (found !== undefined || DATA.language === "en" || !/\p{L}/u.test(text)) return node;
    const english = document.createElement("span");
    Object.assign(english, { lang: "en", dir: "ltr" }).append(node);
    return english;
  }

  // Words of the person.
  const own = (text) => document.createTextNode(text);

  // What stands on the page.

  function element(name, options = {}, ...inside) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(options)) {
      if (key in made) made[key] = value;
      else made.setAttribute(key, value);
    }
    made.append(...inside.map((one) => (typeof one === "string" ? worded(one) : one)));
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
    const forAll = DATA.defaults.includes(key) && said !== state.defaults;
    const unsaid = forAll ? "As for all answers" : "Not stated";
    const made = element("select", { id });
    for (const [word, text] of [["", unsaid], ...choices]) {
      const { lang = "", textContent } = worded(text); // an option holds nothing but text
      made.append(element("option", { value: word, lang }, own(textContent)));
    }
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
    made.append(element("p", {}, asked.why), ...asked.quotes.map((quote) => element("blockquote", { lang: "en", dir: "ltr" }, own(quote))));
    return made;
  }

  // Nothing is written for who does not know: the question stays open.
  function open(said, asked) {
    const name = `n${(number += 1)}`;
    return option("radio", name, "", "I do not know", "It stays open.", false, () => say(said, asked.key, []));
  }

  function fact(said, asked) {
    // A list that is closed stays so where another kind is ticked.
    let shut = asked.wider && closed(said, asked);
    const inside = options(said, asked.key, asked.choices, asked.several, () => shut && close(said, asked, true));
    if (!asked.several) {
      const unknown = open(said, asked);
      unknown.querySelector("input").name = inside[0].querySelector("input").name;
      inside.push(unknown);
    }
    if (asked.wider) {
      inside.push(
        option("checkbox", "", asked.key, "None of the others", "What is not ticked here is not so.", shut, (input) => {
          shut = input.checked;
          close(said, asked, shut);
        }),
      );
    }
    return fieldset(asked.text, asked.several ? "Tick all that is so." : asked.hint, ...inside, why(asked));
  }

  // The widest kinds that are neither named, nor wider or narrower than one that is named.
  function unnamed(said, asked) {
    const named = words(said, asked.key);
    const kinds = Object.keys(asked.wider);
    const wider = (one, other) => asked.wider[one]?.includes(other);
    const left = kinds.filter((kind) => !named.some((one) => one === kind || wider(one, kind) || wider(kind, one)));
    return left.filter((kind) => !left.some((other) => wider(kind, other)));
  }

  function closed(said, asked) {
    const left = unnamed(said, asked);
    return left.length > 0 && left.every((word) => words(said, "without").includes(word));
  }

  function close(said, asked, yes) {
    const kept = words(said, "without").filter((word) => !(word in asked.wider));
    say(said, "without", yes ? [...kept, ...unnamed(said, asked)] : kept);
  }

  const titled = (name) => (name ? own(name) : worded("A group without a name"));

  function groups() {
    const place = document.getElementById("groups");
    place.replaceChildren(
      ...state.groups.map(([name, said], index) => {
        const inside = element("details", { className: "group", open: state.groups.length === 1 });
        const summary = element("summary", {}, titled(name));
        const id = `f${(number += 1)}`;
        const input = element("input", { id, value: name, className: "long" });
        input.addEventListener("change", () => {
          const before = state.groups[index][0];
          const now = FILE.short(input.value);
          state.groups[index][0] = now;
          for (const [, slots] of state.answers) {
            if (slots.for) slots.for = slots.for.map((one) => (one === before ? now : one));
          }
          summary.replaceChildren(titled(now));
          changed();
          topics();
        });
        const label = element("label", { htmlFor: id, className: "over" }, "A short name for the group, as in: women");
        inside.append(summary, element("div", { className: "slot" }, label, input));
        inside.append(...DATA.people.map((asked) => fact(said, asked)));
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
        const named = state.groups.map(([name]) => [name, own(name.replaceAll("-", " ")), ""]);
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
    // What they mean stands once, above all questions.
    const labels = DATA.answers.map(([word, label]) => [word, label, ""]);
    const answers = options(slots, "holds", labels, false, () => {
      if (!state.answers.some(([, one]) => one === slots)) state.answers.push([asked.key, slots]);
      inside.parentElement.lastElementChild.hidden = false;
      changed();
      fill();
    });
    fill();
    inside.append(element("div", { className: "row" }, ...answers), later);
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
      add.hidden = !given.length;
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
        const made = element("details", { className: "topic" }, element("summary", {}, label, own(" "), count));
        made.countAnswers = () => {
          const given = asked.filter((one) => state.answers.some(([key]) => key === one.key)).length;
          count.replaceChildren(worded("{number} of {number2} questions answered", { number: given, number2: asked.length }));
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
      ...DATA.programme.map((asked) => fact(state.head, asked)),
      about,
      element("h2", {}, "Who is served, held or turned away"),
      element("p", { className: "hint" }, "If some are treated differently, make a group of them."),
      element("div", { id: "groups" }),
      add,
      element("h2", {}, "Questions, by topic"),
      ...DATA.answers.map(([, label, meaning]) => element("p", { className: "hint" }, label, own(": "), meaning)),
      element("div", { id: "topics" }),
    );
    groups();
    topics();
    changed();
  }

  function changed() {
    for (const topic of document.querySelectorAll("details.topic")) topic.countAnswers();
    const given = state.answers.filter(([, slots]) => words(slots, "holds").length).length;
    const told = given === 1 ? "One answer to questions so far." : "{number} answers to questions so far.";
    document.getElementById("count").replaceChildren(worded(told, { number: given }));
    if (document.getElementById("keep").checked) store();
  }

  // What would make the file unreadable; hrge says more when it reads it.
  function problems() {
    const found = [];
    const title = words(state.head, "title")[0] ?? "";
    if (!title) found.push(worded("The programme has no name."));
    if (title.length > 300) found.push(worded("The name of the programme is longer than 300 characters."));
    const names = state.groups.map(([name]) => name);
    if (names.some((name) => !name)) found.push(worded("A group has no name."));
    if (new Set(names).size < names.length) found.push(worded("Two groups have the same name."));
    const date = (text) => DATA.dates.some((one) => new RegExp(`^(?:${one})$`, "i").test(text));
    const dated = [["", state.defaults], ...state.answers];
    for (const [key, slots] of dated) {
      const where = key ? ` (${key})` : "";
      for (const name of ["since", "until", "on"]) {
        const text = words(slots, name)[0];
        if (text && !date(text)) found.push(worded("“{name}” is no date. Write a year, year-month or year-month-day, as in 2025-03-01, or March 2025.", { name: text + where }));
      }
      const amount = words(slots, "quantity")[0];
      if (amount && !/^\d{1,9}(\.\d{1,2})?$/.test(amount)) found.push(worded("“{name}” is no number. Write digits, as in 30 or 1.5.", { name: amount + where }));
      if (Boolean(amount) !== Boolean(words(slots, "unit")[0])) found.push(worded("A number and what it counts go together{name}.", { name: where }));
    }
    return found;
  }

  document.getElementById("download").addEventListener("click", () => {
    const found = problems();
    const told = document.getElementById("problems");
    told.replaceChildren(...found.map((one) => element("p", {}, one)));
    if (found.length) return;
    const text = FILE.write(state, SLOTS);
    const name = /^programme: (.*)$/m.exec(text)[1];
    const link = element("a", { download: `${name}.yaml`, href: URL.createObjectURL(new Blob([text], { type: "application/yaml" })) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  });

  document.getElementById("open").addEventListener("change", async (event) => {
    const told = document.getElementById("problems");
    try {
      const found = FILE.read(await event.target.files[0].text());
      const asked = new Set(DATA.topics.flatMap((topic) => topic.asked.map((one) => one.key)));
      const unknown = found.answers.find(([key]) => !asked.has(key));
      if (unknown) throw new Error(unknown[0]);
      state = found;
      told.replaceChildren();
      draw();
      window.scrollTo(0, 0);
    } catch (error) {
      told.replaceChildren(
        element("p", {}, worded("This page cannot read the file ({name}). Nothing is changed. hrge serve can read it.", { name: error.message.slice(0, 80) })),
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
  let saved = FILE.write(state, SLOTS);
  document.getElementById("download").addEventListener("click", () => {
    if (!problems().length) saved = FILE.write(state, SLOTS);
  });
  window.addEventListener("beforeunload", (event) => {
    if (!keep.checked && FILE.write(state, SLOTS) !== saved) event.preventDefault();
  });
})();
