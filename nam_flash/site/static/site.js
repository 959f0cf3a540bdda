/* Search, filters, keys, day and night. Pages can be read and cards turned without it. */
(function () {
  "use strict";
  const root = document.documentElement.dataset.root;
  const $ = (selector, within) => (within || document).querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];

  /* ---- Day and night, menu ---- */

  const theme = $(".theme");
  function showTheme() {
    theme.setAttribute("aria-pressed", String(window.namFlashTheme.night));
  }
  theme.addEventListener("click", () => { window.namFlashTheme.toggle(); showTheme(); });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", showTheme);
  showTheme();

  const menu = $(".menu");
  menu.addEventListener("click", () => {
    const open = menu.getAttribute("aria-expanded") !== "true";
    menu.setAttribute("aria-expanded", String(open));
    $("#nav").classList.toggle("open", open);
  });

  /* ---- Search: what it reads is loaded when the reader first asks for it ---- */

  const PAGE = 30;
  const input = $("#q");
  const filters = $(".filters");
  const choice = Object.fromEntries(all(".filters select").map((select) => [select.name, select]));
  const found = $(".found");
  const list = $(".results");
  const count = $("#found-count");
  const more = $(".more");
  let index = null;
  let total = 0;
  let read = 0;
  let tags = [];
  let shown = PAGE;
  let loading = false;

  /* Words as readers type them: signs part words; × is x, γ is gamma; neither accents nor the commas
   * of thousands count; and what has hyphens is found without them too. */
  const GREEK = { α: "alpha", β: "beta", γ: "gamma", δ: "delta", κ: "kappa", μ: "mu" };

  function words(text, field) {
    const plain = text.normalize("NFKD").replace(/\p{M}/gu, "")
      .replace(/[αβγδκμ]/gi, (letter) => `-${GREEK[letter.toLowerCase()]}`)
      .replace(/(\d),(?=\d{3}\b)/g, "$1")
      .replace(/(\d)\s*[x×](?=\s|\d|u|$)/gi, "$1 x ");
    const found = plain.split(/[\s\p{P}\p{S}]+/u).filter(Boolean);
    if (!field) return found; /* what is searched for, as it was typed */
    for (const [joined] of plain.matchAll(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+/gu)) {
      const parts = joined.split("-");
      for (let i = 0; i < parts.length; i += 1) {
        for (let j = i + 2; j <= parts.length; j += 1) found.push(parts.slice(i, j).join(""));
      }
    }
    return found;
  }

  function script(path) {
    return new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = root + path;
      element.onload = resolve;
      element.onerror = () => reject(new Error(path));
      document.head.append(element);
    });
  }

  /* Each file of the search calls this with its facts. */
  let arrived = [];
  window.namFlashSearch = (data) => arrived.push(data);

  async function load() {
    if (loading) return;
    loading = true;
    try {
      await Promise.all([script("static/vendor/minisearch.js"), script("search/0.js")]);
      tags = arrived[0].tags;
      total = arrived[0].total;
      fillTags();
      index = new window.MiniSearch({
        fields: ["prompt", "answers", "more"],
        storeFields: ["prompt", "tags", "level", "kind", "cards"],
        tokenize: words,
        searchOptions: {
          boost: { prompt: 3, answers: 2 },
          combineWith: "AND",
          prefix: (term) => term.length > 1,
          fuzzy: (term) => (term.length > 4 ? 0.2 : false),
        },
      });
      const shards = arrived[0].shards;
      for (let i = 0; i < shards; i += 1) {
        if (i) await script(`search/${i}.js`);
        const facts = arrived[i].facts.map(
          ([id, prompt, answers, rest, tagged, level, kind, cards]) =>
            ({ id, prompt, answers, more: rest, tags: tagged, level, kind, cards }));
        /* In slices, so that typing is never held up. */
        await index.addAllAsync(facts, { chunkSize: 50 });
        arrived[i] = null;
        read += facts.length;
        show();
      }
    } catch (error) {
      count.textContent = `The search could not be loaded (${error.message}).`;
    }
  }

  function fillTags() {
    for (const [tag, label] of tags) choice.tag.append(new Option(label, tag));
    const wanted = new URLSearchParams(location.hash.slice(2)).get("tag");
    if (wanted && location.hash.startsWith("#?")) choice.tag.value = wanted;
  }

  function asked() {
    const filter = Object.fromEntries(
      Object.entries(choice).map(([name, select]) => [name, select.value]));
    return { q: input.value.trim(), ...filter };
  }

  function search(query) {
    const below = new Set();
    tags.forEach(([tag], i) => {
      if (tag === query.tag || tag.startsWith(`${query.tag}::`)) below.add(i);
    });
    const filter = (fact) =>
      (!query.level || fact.level === query.level) &&
      (!query.kind || fact.kind === query.kind) &&
      (!query.tag || fact.tags.some((tag) => below.has(tag)));
    return index.search(query.q || window.MiniSearch.wildcard, { filter });
  }

  function show() {
    const query = asked();
    const active = Object.values(query).some(Boolean);
    $(".page").hidden = active;
    found.hidden = !active;
    if (!active) { count.textContent = ""; return; }
    if (!index) { count.textContent = "Loading the search …"; return; }
    const facts = search(query);
    const number = facts.length.toLocaleString("en");
    const rest = read < total ? ` (${read.toLocaleString("en")} of ${total.toLocaleString("en")} read)` : "";
    count.textContent = facts.length
      ? `${number} fact${facts.length === 1 ? "" : "s"}${rest}`
      : `No fact matches${rest || ". Try fewer words, or clear the filters"}.`;
    list.replaceChildren(...facts.slice(0, shown).map(result));
    more.hidden = facts.length <= shown;
  }

  function result(fact) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `${root}facts/${fact.id}.html`;
    link.append(...marked(fact.prompt, fact.terms));
    const about = document.createElement("span");
    about.className = "about-result";
    const topic = fact.tags.length ? tags[fact.tags[0]][0].split("::").slice(1).join(" › ").replaceAll("_", " ") : "";
    about.textContent = `${topic} · ${fact.level} · ${fact.kind} · ${fact.cards} card${fact.cards === 1 ? "" : "s"}`;
    item.append(link, about);
    return item;
  }

  /* The prompt as nodes, never as HTML, with the words that were found marked. */
  function marked(text, terms) {
    if (!terms || !terms.length) return [text];
    const words = terms.map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return text.split(new RegExp(`(${words.join("|")})`, "giu")).map((part, i) => {
      if (i % 2 === 0) return part;
      const mark = document.createElement("mark");
      mark.textContent = part;
      return mark;
    });
  }

  function changed() {
    shown = PAGE;
    const query = Object.entries(asked()).filter(([, value]) => value);
    const address = query.length ? `#?${new URLSearchParams(query)}` : location.pathname + location.search;
    try { history.replaceState(null, "", address); } catch { /* a folder's pages may not */ }
    open();
    show();
  }

  function open() {
    filters.hidden = false;
    load();
  }

  /* The address says what is searched for; any other address shows the page. */
  function restore() {
    const searched = location.hash.startsWith("#?");
    const query = new URLSearchParams(searched ? location.hash.slice(2) : "");
    input.value = query.get("q") || "";
    for (const name of ["level", "kind", "tag"]) choice[name].value = query.get(name) || "";
    if (searched) open();
    const hidden = $(".page").hidden;
    show();
    if (hidden && !searched && location.hash) {
      document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
    }
  }

  function clear() {
    input.value = "";
    for (const select of Object.values(choice)) select.value = "";
    changed();
    input.focus();
  }

  input.addEventListener("focus", open);
  input.addEventListener("input", changed);
  filters.addEventListener("change", changed);
  $(".clear").addEventListener("click", clear);
  more.addEventListener("click", () => {
    const next = shown;
    shown += PAGE;
    show();
    list.children[next]?.querySelector("a").focus();
  });
  window.addEventListener("hashchange", restore);
  window.addEventListener("pageshow", (event) => { if (event.persisted) restore(); });

  /* ---- Keys: / to search; arrows through results and cards; Escape to leave the search ---- */

  function step(items, by) {
    const next = items.indexOf(document.activeElement) + by;
    if (next < 0) { input.focus(); return; }
    items[Math.min(next, items.length - 1)]?.focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const here = document.activeElement;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "/" && !here.matches("input, select, textarea")) {
      event.preventDefault();
      input.focus();
      input.select();
    } else if (event.key === "Escape" && (here === input || found.contains(here))) {
      clear();
    } else if (by && (here === input || here.closest(".results")) && !found.hidden) {
      event.preventDefault();
      step([...list.querySelectorAll("a")], by);
    } else if (by && here.matches(".flip summary")) {
      event.preventDefault();
      const cards = all(".flip summary");
      cards[Math.max(0, Math.min(cards.indexOf(here) + by, cards.length - 1))].focus();
    }
  });

  /* ---- All answers at once; on paper always ---- */

  const cards = () => all(".flip details, .spoiler");
  const every = $(".all");
  if (every) {
    every.hidden = !$(".flip");
    every.addEventListener("click", () => {
      const open_ = every.getAttribute("aria-pressed") !== "true";
      every.setAttribute("aria-pressed", String(open_));
      every.textContent = open_ ? "Hide all answers" : "Show all answers";
      for (const card of all(".flip details")) card.open = open_;
    });
  }
  /* An answer is often shorter than its question: do not leave the reader below it. */
  document.addEventListener("toggle", (event) => {
    const card = event.target.closest(".flip");
    if (card && card.contains(document.activeElement) && card.getBoundingClientRect().top < 0) {
      card.scrollIntoView();
    }
  }, true);

  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = cards().filter((card) => !card.open);
    for (const card of closed) card.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const card of closed) card.open = false;
  });

  restore();
})();
