/* Reloads the page when it has changed on disk, and keeps open the cards that were open. */
(function () {
  "use strict";
  const key = "nam-flash-open";
  const name = location.pathname.slice(1) || "index.html";
  const stream = new EventSource(`/-/changes?page=${encodeURIComponent(name)}`);
  stream.addEventListener("message", () => {
    const open = [...document.querySelectorAll("[data-key]:has(> details[open])")];
    sessionStorage.setItem(key, JSON.stringify(open.map((card) => card.dataset.key)));
    stream.close();
    location.reload();
  });
  const open = new Set(JSON.parse(sessionStorage.getItem(key) || "[]"));
  sessionStorage.removeItem(key);
  for (const card of document.querySelectorAll("[data-key]")) {
    if (open.has(card.dataset.key)) card.querySelector("details").open = true;
  }
})();
