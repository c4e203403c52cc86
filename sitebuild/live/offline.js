// A service worker: without a network, the pages, cells and Python that were used are
// there.  It begins with the first result of a cell, and knows nothing before.
//
// What has its content in its address, as Python does, comes from the browser's own cache,
// however old, as the browser has it compiled there, and else from what was kept.  All
// else is asked of the network each time, and what was kept is for when that does not
// answer, so no page is ever older than the network has it.

const SITE = self.registration.scope;
const asked = new URL(self.location).searchParams;
const named = (address) =>
  ["runtime", "archive"].some((name) => address.startsWith(asked.get(name)));
const OURS = `bp-kept ${SITE} `; // other sites of this host have caches beside
const NAME = OURS + self.location.search;

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil(begin());
});

async function begin() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(OURS) && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function kept(request) {
  const cache = await caches.open(NAME);
  return cache.match(request, { ignoreVary: true });
}

// Nothing breaks where there is no room.
async function keep(request, answer) {
  const cache = await caches.open(NAME);
  await cache.put(request, answer).catch(() => {});
}

async function ask(event) {
  const answer = await fetch(event.request);
  if (answer.ok) event.waitUntil(keep(event.request, answer.clone()));
  return answer;
}

async function ofAnyAge(event) {
  const there = await kept(event.request);
  if (!there) return ask(event);
  const answer = await fetch(event.request, { cache: "force-cache" }).catch(() => null);
  return answer?.ok ? answer : there;
}

const networkFirst = (event) =>
  ask(event).catch(async () => (await kept(event.request)) ?? Response.error());

self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method !== "GET") return;
  if (named(url)) event.respondWith(ofAnyAge(event));
  else if (url.startsWith(SITE)) event.respondWith(networkFirst(event));
});

// What a page had loaded before this was there, mostly from the browser's own cache.
async function keepAll(addresses) {
  for (const address of addresses) {
    if (!named(address) && !address.startsWith(SITE)) continue;
    if (await kept(address)) continue;
    const answer = await fetch(address, { cache: "force-cache" }).catch(() => null);
    if (answer?.ok) await keep(address, answer);
  }
}

self.addEventListener("message", (event) => event.waitUntil(keepAll(event.data)));
