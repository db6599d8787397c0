/* Taking notes: Enter keeps a note, and without a net it stays on this device until there is one.
   Each note has a key of its own, so that one sent twice is kept once. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-notes]");
  if (!form) return;
  const STORE = `notes:${form.dataset.gathering}`, AGAIN_MS = 5000;
  const words = form.elements.words;
  const box = document.querySelector("[data-waiting]");
  const list = box.querySelector("[data-waiting-list]");
  const said = box.querySelector("[data-waiting-said]");
  let sending = false;

  const waiting = () => { try { return JSON.parse(localStorage.getItem(STORE)) || []; } catch { return []; } };
  const keep = (notes) => localStorage.setItem(STORE, JSON.stringify(notes));

  /* A random UUID also where the page came without https, as in a hall with a server of its own. */
  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40; bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };

  const show = (sentence) => {
    const notes = waiting();
    box.hidden = notes.length === 0;
    said.textContent = sentence || `${notes.length} waiting. They are sent by themselves; this page may stay open.`;
    list.replaceChildren(...notes.map((note) => {
      const row = document.createElement("li");
      row.textContent = note.refused ? `${note.words} (${note.refused})` : note.words;
      return row;
    }));
  };

  /* What came through leaves the device; what cannot be kept stays here with the reason. */
  const settle = (answer) => {
    const kept = new Set(answer.kept);
    keep(waiting().filter((note) => !kept.has(note.key)).map((note) => (
      answer.refused[note.key] ? { ...note, refused: answer.refused[note.key] } : note)));
    show();
    if (kept.size && !waiting().length && !words.value.trim()) location.reload();
  };

  const send = async () => {
    const notes = waiting().filter((note) => !note.refused);
    if (!notes.length || sending) return;
    sending = true;
    try {
      const answer = await fetch(form.dataset.notes, {
        method: "POST", redirect: "manual",
        headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        body: JSON.stringify({ notes }),
      });
      if (answer.ok) settle(await answer.json());
      else if (answer.status < 500) show("Nothing is lost. Open this page again and sign in; then they are sent.");
    } catch { /* no net: they stay where they are */ } finally { sending = false; }
  };

  form.addEventListener("submit", (event) => {
    if (!words.value.trim()) return;  // the page says what is missing
    const note = {
      key: newKey(), words: words.value, said_at: new Date().toISOString(),
      source: form.elements.source.value, part: form.elements.part.value,
      question: form.elements.question.value, is_verbatim: form.elements.is_verbatim.checked ? "on" : "",
    };
    try { keep([...waiting(), note]); } catch { return; }  // no room on the device: the plain way
    event.preventDefault();
    words.value = "";
    words.focus();
    show();
    send();
  });

  words.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
  });
  /* Without a net the page itself can be opened again: worker.js keeps its shell, and no words. */
  navigator.serviceWorker?.register(form.dataset.worker).catch(() => {});
  addEventListener("online", send);
  setInterval(send, AGAIN_MS);
  show();
  send();
})();
