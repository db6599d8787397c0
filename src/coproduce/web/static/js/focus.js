// Moves the focus to what went wrong, on load and after htmx has put a new part into the page.
(() => {
  const takeFocus = (within) => within.querySelector("[data-takes-focus]")?.focus();
  document.addEventListener("DOMContentLoaded", () => takeFocus(document));
  document.addEventListener("htmx:afterSettle", (event) => takeFocus(event.target));
})();
