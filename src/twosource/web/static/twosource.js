"use strict";
// Enhancement only: everything here does what a link or form on the page does too. Nothing is sent anywhere but to this server.
(() => {
  const all = (q, within = document) => [...within.querySelectorAll(q)];
  const one = (q, within = document) => within.querySelector(q);
  const shelf = {
    get(key) { try { return JSON.parse(localStorage.getItem(`twosource ${key}`)); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(`twosource ${key}`, JSON.stringify(value)); } catch { /* full or forbidden */ } },
  };

  // A word at the bottom of the window, read out too.
  let toast;
  const say = (words) => {
    if (!toast) {
      toast = document.createElement("p");
      toast.className = "toast";
      toast.setAttribute("role", "status");
      document.body.append(toast);
    }
    toast.textContent = words;
    toast.hidden = false;
    clearTimeout(say.timer);
    say.timer = setTimeout(() => { toast.hidden = true; }, 2500);
  };
  const OPENS = "a.c, a.permalink, a[data-evidence], a[data-keys]";
  const copy = async (text, what) => {
    try { await navigator.clipboard.writeText(text); say(`${what} copied`); } catch { say("This browser does not let pages copy"); }
  };

  // Evidence in a dialog: the part of the evidence page that is evidence, fetched from this server.
  let dialog, opener, turns = 0;
  const cache = new Map();
  const evidence = async (address) => {
    if (!cache.has(address)) {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(answer.statusText);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const part = one(".evidence", page);
      if (!part) throw new Error("no evidence");
      cache.set(address, part);
    }
    return document.importNode(cache.get(address), true);
  };
  const open = async (link) => {
    const address = link.getAttribute("href");
    const turn = ++turns;
    let part;
    try { part = await evidence(address.split("#")[0]); } catch { if (turn === turns) location.assign(address); return; }
    if (turn !== turns) return; // closed, or something else was opened, while it was fetched
    if (!dialog) {
      dialog = document.createElement("dialog");
      dialog.addEventListener("click", (e) => { if (e.target === dialog) dialog.close(); });
      dialog.addEventListener("close", () => { turns += 1; if (opener && opener.isConnected) opener.focus(); });
      document.body.append(dialog);
    }
    if (!dialog.open) opener = link;
    const close = document.createElement("button");
    close.className = "close";
    close.type = "button";
    close.textContent = "Close";
    close.addEventListener("click", () => dialog.close());
    for (const titled of all("[id]", part)) titled.removeAttribute("id");
    const heading = one("h1", part);
    dialog.setAttribute("aria-label", heading ? heading.textContent.trim() : "Evidence");
    dialog.replaceChildren(close, part);
    enliven(dialog);
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
    close.focus();
  };

  // Buttons that only work with this script are shown by it.
  const enliven = (within) => {
    for (const button of all("[data-copy]", within)) button.hidden = false;
  };
  document.addEventListener("click", (e) => {
    const button = e.target.closest("[data-copy]");
    if (button) {
      const from = button.dataset.copyFrom && one(`#${button.dataset.copyFrom}`) || one("textarea", button.parentElement);
      const text = button.dataset.copy ? new URL(button.dataset.copy, location.href).href : from ? from.value : "";
      copy(text, button.dataset.copy ? "Link" : "Citation");
      return;
    }
    if (e.defaultPrevented || e.button || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
    const link = e.target.closest(OPENS);
    if (link && typeof HTMLDialogElement === "function") {
      e.preventDefault();
      open(link);
    }
  });

  // The filter of statements: the server marked what the address asks for, from here on it is done in place.
  const filter = one("[data-filter]");
  if (filter) {
    const lines = all("section .statement[data-fits]").filter((line) => !line.closest("details"));
    const apply = () => {
      const ask = new FormData(filter);
      const [speaker, mode, rests] = ["speaker", "mode", "rests"].map((name) => ask.get(name));
      let shown = 0;
      for (const line of lines) {
        const [who, modes, bases] = line.dataset.fits.split("|");
        const fits = (!speaker || who === speaker)
          && (!mode || modes.split(" ").includes(mode))
          && (!rests || bases.split(" ").includes(rests));
        line.hidden = !fits;
        shown += fits;
      }
      const asked = [...ask].filter(([, value]) => value);
      one("[data-count]", filter).textContent = asked.length ? `${shown} of ${lines.length} shown` : "";
      const query = new URLSearchParams(asked).toString();
      history.replaceState(null, "", location.pathname + (query ? `?${query}` : "") + location.hash);
    };
    filter.addEventListener("change", apply);
    filter.addEventListener("submit", (e) => { e.preventDefault(); apply(); });
  }

  // What is new since the last visit: kept in this browser alone.
  const ago = (then) => new Date(then).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  const since = one("[data-since]");
  const story = document.body.dataset.story;
  if (story) {
    const before = shelf.get(`story ${story}`);
    const lines = [...new Set(all("main .line[id]").map((line) => line.id).filter((id) => !/^report-/.test(id)))];
    const seen = all("[data-seen]").map((line) => Number(line.dataset.seen));
    if (before && since && since.hidden) {
      const fresh = lines.filter((id) => !before.lines.includes(id));
      const reports = all("[data-seen]").filter((line) => Number(line.dataset.seen) > before.newest);
      for (const line of reports) one(".new", line).hidden = false;
      for (const id of fresh) {
        const heading = one("h3, th", document.getElementById(id));
        const mark = document.createElement("span");
        mark.className = "new";
        mark.textContent = "new";
        if (heading && before.lines.length) heading.append(" ", mark);
      }
      const parts = [reports.length && `${reports.length} new ${reports.length === 1 ? "report" : "reports"}`,
        fresh.length && `${fresh.length} new or changed ${fresh.length === 1 ? "line" : "lines"}`].filter(Boolean);
      since.textContent = `${parts.length ? parts.join(", ") : "Nothing new"} since your last visit, ${ago(before.at)}.`;
      since.hidden = false;
    }
    shelf.set(`story ${story}`, { at: Date.now(), lines: lines.slice(0, 2000), newest: Math.max(0, ...seen) });
    const known = shelf.get("stories") || {};
    known[story] = Number(document.body.dataset.changes);
    shelf.set("stories", Object.fromEntries(Object.entries(known).slice(-2000)));
  } else if (document.body.classList.contains("home")) {
    const known = shelf.get("stories");
    const last = shelf.get("home");
    let fresh = 0;
    for (const line of all("[data-story]")) {
      const is = last && (known || {})[line.dataset.story] !== Number(line.dataset.changes) && !(last.known[line.dataset.story] === line.dataset.changes);
      if (is) { one(".new", line).hidden = false; fresh += 1; }
    }
    if (last && since) {
      since.textContent = `${fresh ? `${fresh} new or changed` : "Nothing new"} since your last visit, ${ago(last.at)}.`;
      since.hidden = false;
    }
    const now = Object.fromEntries(all("[data-story]").map((line) => [line.dataset.story, line.dataset.changes]));
    shelf.set("home", { at: Date.now(), known: Object.fromEntries(Object.entries({ ...(last ? last.known : {}), ...now }).slice(-2000)) });
  }

  // Whose letter it is, for the pointer: the list of reports has it.
  const outlets = Object.fromEntries(all(".reports > li").map((line) => [one(".r", line).textContent, one(".outlet", line).textContent]));
  document.addEventListener("pointerover", (e) => {
    const chip = e.target.closest(".c, .r");
    if (chip && !chip.title) chip.title = outlets[chip.textContent.replace(/\d+$/, "")] || "";
  });

  // Which section is being read.
  const sections = all(".contents a");
  if (sections.length && "IntersectionObserver" in window) {
    const watch = new IntersectionObserver((seen) => {
      for (const { isIntersecting, target } of seen) {
        if (!isIntersecting) continue;
        for (const link of sections) {
          if (link.hash === `#${target.id}`) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
        }
      }
    }, { rootMargin: "-10% 0px -80% 0px" });
    for (const link of sections) { const target = one(link.hash); if (target) watch.observe(target); }
  }

  // Blocks of an article on demand.
  for (const box of all("[data-kinds]")) {
    box.addEventListener("change", () => one(".text").classList.toggle("kinds", box.checked));
  }

  // The form for adding: more boxes in place, files dropped anywhere on it, a word before too much is sent.
  const form = one("form[data-drop]");
  if (form) {
    const files = one("input[type=file]", form);
    const target = one(".drop", form);
    const more = one("[data-more]", form);
    const most = Number(form.dataset.most);
    const words = one("[data-drop-words]", form);
    if (words) words.hidden = false;
    if (more) {
      more.addEventListener("click", (e) => {
        e.preventDefault();
        const boxes = all("[data-box]", form);
        const box = boxes[0].cloneNode(true);
        for (const field of all("input, textarea", box)) { field.value = ""; field.removeAttribute("aria-invalid"); field.removeAttribute("aria-describedby"); }
        for (const wrong of all(".wrong", box)) wrong.remove();
        one("legend", box).textContent = `Text ${boxes.length + 1}`;
        boxes[boxes.length - 1].after(box);
        one("textarea", box).focus();
        if (boxes.length + 1 >= Number(more.dataset.more)) more.hidden = true;
      });
    }
    const carries = (e) => e.dataTransfer && [...e.dataTransfer.types].includes("Files");
    let within = 0;
    const light = (on) => { within = on ? within : 0; form.classList.toggle("over", on); };
    form.addEventListener("dragenter", (e) => { if (carries(e)) { e.preventDefault(); within += 1; light(true); } });
    form.addEventListener("dragover", (e) => { if (carries(e)) { e.preventDefault(); e.dataTransfer.dropEffect = "copy"; } });
    form.addEventListener("dragleave", (e) => { if (carries(e)) { within -= 1; if (within <= 0) light(false); } });
    form.addEventListener("drop", (e) => {
      if (!carries(e)) return;
      e.preventDefault();
      light(false);
      const both = new DataTransfer();
      for (const file of [...files.files, ...e.dataTransfer.files]) both.items.add(file);
      files.files = both.files;
      say(`${files.files.length} ${files.files.length === 1 ? "file" : "files"} chosen`);
      target.scrollIntoView({ block: "nearest" });
    });
    form.addEventListener("submit", (e) => {
      const size = [...files.files].reduce((sum, file) => sum + file.size, 0)
        + all("textarea", form).reduce((sum, box) => sum + new Blob([box.value]).size, 0);
      const note = one("[data-too-much]", form);
      note.hidden = size < most - 20000;
      if (!note.hidden) { e.preventDefault(); note.scrollIntoView({ block: "nearest" }); }
    });
  }

  // Keys.
  const lines = () => all("main .line").filter((line) => line.getClientRects().length);
  const here = () => one(".line.here");
  const reach = (line) => { line.tabIndex = -1; line.focus({ preventScroll: true }); };
  const go = (line) => {
    if (!line) return;
    const old = here();
    if (old) old.classList.remove("here");
    line.classList.add("here");
    reach(line);
    line.scrollIntoView({ block: "nearest", behavior: "instant" });
    const box = line.getBoundingClientRect();
    if (box.top < 60) scrollBy({ top: box.top - 60, behavior: "instant" });
  };
  const step = (by) => {
    const list = lines();
    const at = list.indexOf(here());
    if (at >= 0) { go(list[Math.min(list.length - 1, Math.max(0, at + by))]); return; }
    const next = list.findIndex((line) => line.getBoundingClientRect().top > 0);
    go(list[next < 0 ? 0 : next]);
  };
  const section = (to) => {
    const targets = sections.map((link) => one(link.hash)).filter(Boolean);
    if (!targets.length) return;
    const top = (el) => el.getBoundingClientRect().top;
    let at = targets.reduce((found, el, n) => (top(el) < 80 ? n : found), -1);
    if (to === "]") at += 1; else if (to === "[") at -= at >= 0 && top(targets[at]) < -10 ? 0 : 1; else at = Number(to) - 1;
    const target = targets[Math.min(targets.length - 1, Math.max(0, at))];
    const old = here();
    if (old) old.classList.remove("here");
    target.scrollIntoView({ behavior: "instant" });
    const first = lines().find((line) => target.contains(line));
    if (first) { first.classList.add("here"); reach(first); }
  };
  const themes = [null, "dark", "light"];
  const theme = () => {
    const root = document.documentElement;
    const next = themes[(themes.indexOf(root.dataset.theme || null) + 1) % 3];
    if (next) root.dataset.theme = next; else delete root.dataset.theme;
    try { if (next) localStorage.setItem("twosource theme", next); else localStorage.removeItem("twosource theme"); } catch { /* forbidden */ }
    say(next ? `${next} colours` : "colours as the system has them");
  };
  const cite = async () => {
    const within = dialog && dialog.open ? dialog : here();
    const link = within && within !== dialog ? one(OPENS, within) : null;
    let part = within === dialog ? dialog : document;
    try { if (link) part = await evidence(link.getAttribute("href").split("#")[0]); } catch { return; }
    const text = one(".cite textarea", part);
    if (text) copy(text.value, "Citation");
  };
  let chord = 0;
  document.addEventListener("keydown", (e) => {
    if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || e.isComposing) return;
    if (e.target.closest("input, textarea, select, [contenteditable]")) { if (e.key === "Escape") e.target.blur(); return; }
    const line = here();
    const link = line && (one("a.permalink", line) || one(OPENS, line) || one("h2 a, a", line));
    if (chord && Date.now() - chord < 1200) {
      const stop = all(".bar nav a").find((a) => a.dataset.key === e.key);
      chord = 0;
      if (stop) { e.preventDefault(); location.assign(stop.href); return; }
    }
    const does = {
      "?": () => open(one("[data-keys]")),
      j: () => step(1), k: () => step(-1),
      o: () => link && link.click(),
      v: () => { const out = one("a[data-outlet]", dialog && dialog.open ? dialog : line || document); if (out) window.open(out.href, "_blank", "noopener,noreferrer"); },
      c: cite, d: theme, g: () => { chord = Date.now(); },
      "/": () => { const box = one("#find"); if (box) box.focus(); else location.assign("/"); },
      p: () => { const paper = one("[data-print]"); if (paper) paper.click(); },
      "[": () => section("["), "]": () => section("]"),
    };
    if (e.key === "Enter" && e.target === line && link) { e.preventDefault(); link.click(); return; }
    const act = /^[1-9]$/.test(e.key) ? () => section(e.key) : does[e.key];
    if (!act || (dialog && dialog.open && !"cvd".includes(e.key))) return;
    e.preventDefault();
    act();
  });

  enliven(document);
})();
