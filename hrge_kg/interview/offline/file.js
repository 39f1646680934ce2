
"use strict";
// The file that is saved: YAML as hrge writes it, and nothing else.
const FILE = (() => {
  const SAID_ONCE = ["programme", "title"];
  const words = (said, key) => said[key] ?? [];

  function short(text) {
    return text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 100).replace(/-+$/, "");
  }

  const inline = (said) => `{${Object.entries(said).map(([key, list]) => `${key}: ${value(list)}`).join(", ")}}`;
  const value = (list) => (list.length === 1 ? list[0] : `[${list.join(", ")}]`);

  function ordered(slots, order) {
    return Object.fromEntries(order.filter((name) => words(slots, name).length).map((name) => [name, slots[name]]));
  }

  function write(state, order) {
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
      byQuestion.set(key, [...(byQuestion.get(key) ?? []), ordered(slots, order)]);
    }
    if (byQuestion.size) lines.push("answers:");
    const written = (slots) => (Object.keys(slots).length === 1 ? value(slots.holds) : inline(slots));
    for (const [key, every] of byQuestion) {
      if (every.length === 1) lines.push(`  ${key}: ${written(every[0])}`);
      else lines.push(`  ${key}:`, ...every.map((slots) => `    - ${written(slots)}`));
    }
    return `${lines.join("\n")}\n`;
  }

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
    return found;
  }

  return { short, write, read };
})();
