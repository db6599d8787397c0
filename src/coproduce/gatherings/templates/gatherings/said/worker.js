/* Lets the page for taking notes be opened again without a net. It keeps the shell of that page and
   what the shell is made of, and never an answer with anybody's words; it answers for nothing else. */
"use strict";
const KEEPS = {% autoescape off %}{{ keeps }}{% endautoescape %};
const STORE = `notes ${KEEPS.page}`;

/* Signed out, the shell is a way to the sign-in: that one is not kept. */
const keepShell = async () => {
  const answer = await fetch(KEEPS.shell, { redirect: "error" });
  if (answer.ok) await (await caches.open(STORE)).put(KEEPS.shell, answer);
};

const install = async () => {
  const store = await caches.open(STORE);
  for (const kept of await store.keys()) await store.delete(kept);
  await store.addAll(KEEPS.parts);
  await keepShell();
  await self.skipWaiting();
};

const page = async (request, event) => {
  try {
    const answer = await fetch(request);
    if (answer.ok) event.waitUntil(keepShell().catch(() => {}));
    return answer;
  } catch (noNet) {
    const kept = await caches.match(KEEPS.shell);
    if (kept) return kept;
    throw noNet;
  }
};

const part = async (request) => {
  try { return await fetch(request); } catch (noNet) {
    const kept = await caches.match(request);
    if (kept) return kept;
    throw noNet;
  }
};

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate" && pathname === KEEPS.page) event.respondWith(page(request, event));
  else if (KEEPS.parts.includes(pathname)) event.respondWith(part(request));
});
