// Reads the queue by keyboard: S shows, L leaves out, M merges the statement that has the focus.
// The keys work only while a waiting statement has the focus, so they are in nobody's way.
(() => {
  const typesText = (element) => element.closest("input, textarea, select");
  const announce = (words) => { document.getElementById("said").textContent = words; };
  const ready = () => { document.querySelectorAll(".keys-note").forEach((note) => { note.hidden = false; }); };

  document.addEventListener("keydown", (event) => {
    const card = event.target.closest("[data-takes-keys]");
    if (!card || typesText(event.target) || event.ctrlKey || event.altKey || event.metaKey) return;
    const control = card.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!control) return;
    event.preventDefault();
    control.click();
    if (control.matches("summary")) card.querySelector("details[open] input[name=into]")?.focus();
  });

  document.addEventListener("DOMContentLoaded", ready);
  document.addEventListener("htmx:afterSettle", () => {
    ready();
    announce([...document.querySelectorAll(".message")].map((message) => message.textContent).join(" "));
    const next = document.querySelector("[data-takes-keys]") ?? document.querySelector("#main");
    next.focus();
  });
})();
