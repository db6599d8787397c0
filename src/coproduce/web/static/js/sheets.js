/* Typing in sheets: Enter keeps one, and without a net it stays on this device until there is one.
   Each sheet has a key of its own, so that one sent twice is kept once. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-sheets]");
  if (!form) return;
  const STORE = `sheets:${form.dataset.wave}`, BY_ITSELF = "sheets:by-itself", AGAIN_MS = 5000;
  const cells = [...form.querySelectorAll("[data-cell]")], first = cells[0];
  const wrong = form.querySelector("[data-wrong]");
  const box = document.querySelector("[data-waiting]");
  const list = box.querySelector("[data-waiting-list]");
  const said = box.querySelector("[data-waiting-said]");
  const recent = document.querySelector("[data-recent]");
  const bySelf = form.querySelector("[data-by-itself]");
  const fields = [...cells, ...form.querySelectorAll("textarea")];
  let sending = false;

  const waiting = () => { try { return JSON.parse(localStorage.getItem(STORE)) || []; } catch { return []; } };
  const keep = (sheets) => localStorage.setItem(STORE, JSON.stringify(sheets));

  /* A random UUID also where the page came without https, as in a hall with a server of its own. */
  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40; bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };
  const plain = (code) => code.toUpperCase().replace(/[^\p{L}\p{N}]/gu, "");
  const labelOf = (cell) => cell.labels[0].textContent.trim();

  /* What is wrong with a cell, in words; nothing where it can stand. The server looks again. */
  const whyNot = (cell) => {
    const value = cell.value.trim().toLowerCase(), { fits, low, high, says } = cell.dataset;
    if (cell === first && value && waiting().some((sheet) => plain(sheet.code) === plain(value) && sheet.who !== "p")) return "This code was typed in a moment ago, and waits below.";
    if (!value || value === "x" && says) return "";
    if (low !== undefined && !(/^\d{1,6}$/.test(value) && +value >= +low && +value <= +high)) return `“${value}” is no answer here. ${says}`;
    if (fits !== undefined && !fits.split(" ").includes(value)) return `“${value}” is no answer here. ${says || `Type ${fits.split(" ").join(" or ")}.`}`;
    return "";
  };
  const look = () => {
    const found = cells.map((cell) => [cell, whyNot(cell)]).filter(([, why]) => why);
    for (const cell of cells) {
      const isWrong = found.some(([each]) => each === cell);
      cell.parentElement.classList.toggle("has-error", isWrong);
      if (isWrong) cell.setAttribute("aria-invalid", "true"); else cell.removeAttribute("aria-invalid");
    }
    tell(found.map(([cell, why]) => `${labelOf(cell)}: ${why}`));
    return found.map(([cell]) => cell);
  };
  const tell = (sentences) => {
    wrong.hidden = !sentences.length;
    wrong.replaceChildren(...sentences.map((sentence) => {
      const row = document.createElement("li");
      row.textContent = sentence;
      return row;
    }));
  };

  const inWords = (sheet) => `${sheet.code || "no code"}: ${cells.slice(1, -2).map((cell) => sheet[cell.name] || ".").join(" ")}`;
  const button = (words, act) => {
    const made = document.createElement("button");
    made.type = "button"; made.className = "button small quiet"; made.textContent = words;
    made.addEventListener("click", act);
    return made;
  };
  const drop = (sheet) => { keep(waiting().filter((each) => each.key !== sheet.key)); show(); };
  const mend = (sheet) => {
    drop(sheet);
    for (const field of fields) field.value = sheet[field.name] || "";
    look();
    first.focus();
  };
  const show = (sentence) => {
    const sheets = waiting();
    box.hidden = sheets.length === 0;
    const refused = sheets.filter((sheet) => sheet.refused).length;
    said.textContent = sentence || `${sheets.length} waiting${refused ? `, ${refused} to mend` : ""}. They are sent by themselves; leave this page open.`;
    list.replaceChildren(...sheets.map((sheet) => {
      const row = document.createElement("li");
      const words = document.createElement("span");
      words.className = "typed";
      words.textContent = inWords(sheet);
      row.append(words);
      if (sheet.refused) row.append(` ${sheet.refused} `, button("Mend", () => mend(sheet)), " ", button("Throw away", () => drop(sheet)));
      return row;
    }));
  };

  /* What came through leaves the device; what cannot be kept stays here with the reason. */
  const settle = (answer) => {
    const kept = new Set(answer.kept);
    for (const sheet of waiting().filter((each) => kept.has(each.key))) {
      const row = document.querySelector("[data-row]").content.cloneNode(true);
      row.querySelector(".typed").textContent = inWords(sheet);
      row.querySelector("[name=key]").value = sheet.key;
      recent.prepend(row);
    }
    keep(waiting().filter((sheet) => !kept.has(sheet.key)).map((sheet) => (
      answer.refused[sheet.key] ? { ...sheet, refused: answer.refused[sheet.key] } : sheet)));
    document.querySelector("[data-count]").textContent = answer.count;
    show();
  };
  const send = async () => {
    const sheets = waiting().filter((sheet) => !sheet.refused);
    if (!sheets.length || sending) return;
    sending = true;
    try {
      const answer = await fetch(form.dataset.sheets, {
        method: "POST", redirect: "manual",
        headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        body: JSON.stringify({ sheets }),
      });
      if (answer.ok) settle(await answer.json());
      else if (answer.status < 500) show("Nothing is lost. Open this page again and sign in; then they are sent.");
    } catch { /* no net: they stay where they are */ } finally { sending = false; }
  };

  form.addEventListener("submit", (event) => {
    const bad = look();
    if (bad.length) { event.preventDefault(); bad[0].focus(); bad[0].select(); return; }
    const sheet = { key: newKey(), language: form.elements.language.value };
    for (const field of fields) sheet[field.name] = field.value.trim();
    if (!fields.some((field) => field !== first && !["who", "research"].includes(field.name) && field.value.trim())) return;  // the page says what is missing
    if (!sheet.code && !form.dataset.unlinked) return;
    try { keep([...waiting(), sheet]); } catch { return; }  // no room on the device: the plain way
    event.preventDefault();
    for (const field of fields) field.value = "";
    tell([]);
    first.focus();
    show();
    send();
  });

  const next = (cell) => { const at = cells.indexOf(cell); if (at >= 0 && at + 1 < cells.length) { cells[at + 1].focus(); cells[at + 1].select(); } };
  form.addEventListener("input", ({ target: cell }) => {
    if (!cells.includes(cell)) return;
    if (cell.getAttribute("aria-invalid")) look();
    const value = cell.value.trim().toLowerCase(), fits = (cell.dataset.fits || "").split(" ");
    const isWhole = fits.includes(value) && !fits.some((each) => each !== value && each.startsWith(value));
    if (bySelf.checked && value && (isWhole || value === "x" && cell.dataset.says)) next(cell);
  });
  form.addEventListener("change", ({ target }) => { if (cells.includes(target)) look(); });
  form.addEventListener("keydown", (event) => {
    if (event.target.matches("textarea") && event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
  });

  try { bySelf.checked = localStorage.getItem(BY_ITSELF) !== "no"; } catch { /* stays as it is */ }
  bySelf.addEventListener("change", () => { try { localStorage.setItem(BY_ITSELF, bySelf.checked ? "yes" : "no"); } catch { /* for this page alone */ } });
  form.querySelector("[data-with-scripts]").hidden = false;
  addEventListener("online", send);
  setInterval(send, AGAIN_MS);
  show();
  send();
})();
