/* Answering: single keys that can be turned off, and the plain way when the smooth one fails. */
(() => {
  "use strict";
  const OFF = "shortcuts-off";
  const remembered = () => { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } };
  const remember = (off) => { try { localStorage.setItem(OFF, off ? "1" : "0"); } catch { /* this page only */ } };
  let off = remembered();

  const buttons = () => [...document.querySelectorAll(".answers [data-key]")];
  const hasKeyboard = () => matchMedia("(hover: hover) and (pointer: fine)").matches;

  /* Say which keys there are, wherever somebody is likely to have some. */
  const announce = () => {
    const line = document.getElementById("shortcuts");
    if (!line || !hasKeyboard()) return;
    line.hidden = false;
    line.querySelector("[data-shortcuts]").textContent = off ? "Turn the keys on" : "Turn the keys off";
    for (const button of buttons()) {
      if (off) button.removeAttribute("aria-keyshortcuts");
      else button.setAttribute("aria-keyshortcuts", button.dataset.key);
    }
  };

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-shortcuts]")) return;
    off = !off;
    remember(off);
    announce();
  });

  document.addEventListener("keydown", (event) => {
    if (off || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const button = buttons().find((one) => one.dataset.key === event.key.toUpperCase());
    if (button) { event.preventDefault(); button.click(); }
  });

  /* An answer that did not get through smoothly is sent again the plain way, and the page that
     comes back says what happened. Sending an answer twice changes nothing. */
  const sendPlainly = (event) => {
    const form = event.detail.elt;
    const choice = event.detail.requestConfig.parameters.choice;
    if (!(form instanceof HTMLFormElement) || choice === undefined) return;
    const field = document.createElement("input");
    field.type = "hidden"; field.name = "choice"; field.value = choice;
    form.append(field);
    form.submit();
  };
  document.addEventListener("htmx:responseError", sendPlainly);
  document.addEventListener("htmx:sendError", sendPlainly);
  document.addEventListener("htmx:afterSettle", announce);
  announce();
})();
