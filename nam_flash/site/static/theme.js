/* Day or night, before the first paint: the reader's choice, else that of the system. */
(function () {
  "use strict";
  const page = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  let kept = null; // where storage is forbidden, the choice lasts for the page
  function chosen() {
    try { return window.localStorage.getItem("nam-flash-night"); } catch { return kept; }
  }
  function apply() {
    const choice = chosen();
    page.classList.toggle("nightMode", choice === null ? dark.matches : choice === "1");
  }
  window.namFlashTheme = {
    get night() { return page.classList.contains("nightMode"); },
    toggle() {
      kept = this.night ? "0" : "1";
      try { window.localStorage.setItem("nam-flash-night", kept); } catch { /* kept above */ }
      apply();
    },
  };
  dark.addEventListener("change", apply);
  page.classList.add("scripted");
  apply();
})();
