// Steps through the picture on the big screen with the arrow keys, unless somebody is typing.
// Hand-held clickers send Page Up and Page Down: those work while a step has the focus.
(() => {
  const WHICH = { ArrowRight: "next", ArrowLeft: "back" };
  const OF_CLICKERS = { PageDown: "next", PageUp: "back" };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const which = WHICH[event.key] ?? (event.target.closest("#steps") ? OF_CLICKERS[event.key] : undefined);
    const button = which && document.querySelector(`#steps [data-step-key=${which}]`);
    if (!button) return;
    event.preventDefault();
    if (!button.ariaDisabled) button.click();
  });

  document.querySelectorAll(".keys-note").forEach((note) => { note.hidden = false; });
})();
