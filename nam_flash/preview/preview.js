/* Reloads the page when it has changed on disk, and keeps open the cards that were open. */
(function () {
  "use strict";
  const key = "nam-flash-open";
  const name = location.pathname.slice(1) || "index.html";
  const mark = document.documentElement.dataset.mark || "";
  let stream = null;

  /* Browsers allow few connections to one place: only a page that is seen listens. */
  function listen() {
    stream?.close();
    stream = null;
    if (document.hidden) return;
    const asked = new URLSearchParams({ page: name, mark });
    stream = new EventSource(`/-/changes?${asked}`);
    stream.addEventListener("message", reload);
    stream.addEventListener("open", () => say(""));
    stream.addEventListener("error", () => say("The preview has ended. Changes are not shown any more."));
  }

  function reload() {
    const open = [...document.querySelectorAll("[data-key]:has(> details[open])")];
    sessionStorage.setItem(key, JSON.stringify(open.map((card) => card.dataset.key)));
    stream.close();
    location.reload();
  }

  function say(text) {
    let bar = document.querySelector(".ended");
    if (!text) { bar?.remove(); return; }
    if (!bar) {
      bar = document.createElement("p");
      bar.className = "stale ended";
      bar.setAttribute("role", "status");
      document.body.append(bar);
    }
    bar.textContent = text;
  }

  document.addEventListener("visibilitychange", listen);
  listen();
  const open = new Set(JSON.parse(sessionStorage.getItem(key) || "[]"));
  sessionStorage.removeItem(key);
  for (const card of document.querySelectorAll("[data-key]")) {
    if (open.has(card.dataset.key)) card.querySelector("details").open = true;
  }
})();
