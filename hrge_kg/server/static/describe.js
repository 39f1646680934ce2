// Keeps answers in this browser if the person asks for it, and turns screens without loading the
// page anew, so that what is filled in is not lost where the server does not answer. Without it
// every screen works as well.
"use strict";
(() => {
  const KEY = "hrge: a description";
  const main = document.querySelector("main");
  let step = 0;
  let busy = false;
  let leaving = false;
  let keeping = false;

  const field = (form, name) => form.querySelector(`[name="${name}"]`);
  const draft = () => main.querySelector('.turn [name="_form"]');

  // What we have to say stands on the page, in its language.
  function said(key, name = "") {
    const words = main.querySelector(`#said [data-said="${key}"]`).cloneNode(true);
    words.textContent = words.textContent.replace("{name}", name);
    return words;
  }

  const language = () => document.documentElement.lang;

  function kept() {
    try {
      return JSON.parse(localStorage.getItem(KEY));
    } catch {
      return null;
    }
  }

  function keep() {
    const form = draft()?.form;
    if (!form || !field(form, "_trail")) return;
    const now = new Date();
    const what = { form: draft().value, trail: field(form, "_trail").value, when: now.toISOString() };
    try {
      localStorage.setItem(KEY, JSON.stringify(what));
      keeping = true;
      tell("kept", now.toLocaleTimeString(language()));
    } catch {
      tell("keeps-nothing");
    }
  }

  function tell(key, name) {
    document.getElementById("kept-when")?.replaceChildren(...said(key, name).childNodes);
  }

  function title(form) {
    const line = /^title: (".*")$/m.exec(form);
    return line ? JSON.parse(line[1]) : said("unnamed").textContent;
  }

  // What a screen needs of the script, each time one is shown.
  function shown() {
    const found = kept();
    const offer = document.getElementById("kept");
    if (offer && found) {
      const when = new Date(found.when).toLocaleString(language());
      const what = document.getElementById("kept-what");
      what.replaceChildren(`${title(found.form)}. `, ...said("kept-on", when).childNodes);
      field(offer, "_form").value = found.form;
      field(offer, "_trail").value = found.trail;
      offer.hidden = false;
      offer.querySelector("form").addEventListener("submit", () => (keeping = true));
      document.getElementById("forget").addEventListener("click", () => {
        localStorage.removeItem(KEY);
        offer.hidden = true;
      });
    }
    const section = document.getElementById("keep");
    if (!section) return;
    const tick = document.getElementById("keep-here");
    section.hidden = false;
    // Another description that is kept is not replaced, unless the person ticks.
    keeping ||= found !== null && title(found.form) === title(draft()?.value ?? "");
    tick.checked = keeping;
    if (keeping) keep();
    else if (found) tell("replaces", title(found.form));
    tick.addEventListener("change", () => {
      if (tick.checked) {
        keep();
      } else {
        localStorage.removeItem(KEY);
        keeping = false;
        tell("deleted");
      }
    });
  }

  async function turn(form, button) {
    if (busy) return false;
    busy = true;
    main.setAttribute("aria-busy", "true");
    try {
      const sent = new FormData(form, button);
      const reply = await fetch("/describe", { method: "POST", body: sent });
      if (!reply.headers.get("content-type")?.startsWith("text/html")) {
        throw new Error(await reply.text());
      }
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      main.replaceChildren(...page.querySelector("main").childNodes);
      document.title = page.title;
      shown();
      window.scrollTo(0, 0);
      const first = document.getElementById("problem") ?? main.querySelector("h1");
      first.tabIndex = -1;
      first.focus();
      return true;
    } catch (error) {
      complain(error);
      return false;
    } finally {
      busy = false;
      main.removeAttribute("aria-busy");
    }
  }

  function complain(error) {
    document.getElementById("unanswered")?.remove();
    const told = document.createElement("p");
    told.id = "unanswered";
    told.className = "refused";
    told.setAttribute("role", "alert");
    const why = error instanceof TypeError ? "" : ` ${error.message}`;
    told.append(...said("unanswered").childNodes, why);
    main.prepend(told);
    window.scrollTo(0, 0);
  }

  document.addEventListener("submit", async (event) => {
    const { target: form, submitter: button } = event;
    if (!form.classList.contains("turn")) return;
    const elsewhere = button?.hasAttribute("formaction") || !form.action.endsWith("/describe");
    if (elsewhere) return;
    event.preventDefault();
    if (await turn(form, button)) {
      step += 1;
      history.pushState({ step }, "");
    }
  });

  // The browser's own Back and Forward are the interview's.
  window.addEventListener("popstate", async (event) => {
    const to = event.state?.step ?? 0;
    const name = to < step ? "back" : "next";
    step = to;
    const button =
      main.querySelector(`button[name="_act"][value="${name}"]`) ??
      main.querySelector('button[name="_act"][value="start"], button[name="_act"][value="next"]');
    if (button) await turn(button.form, button);
  });

  // Who leaves is asked, unless the answers are kept, or there are none.
  window.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    leaving = true;
    setTimeout(() => (leaving = false), 1_000);
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && draft()?.value && document.getElementById("keep") && !keeping) {
      event.preventDefault();
    }
  });

  history.replaceState({ step }, "");
  shown();
})();
