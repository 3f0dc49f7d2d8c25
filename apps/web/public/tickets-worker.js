// Opens the pages of tickets without a network. It keeps what renders them and nothing personal: tickets and their keys
// are in the page's own store. Registered for the pages of tickets alone.

// Each language's pages have a worker and a cache of their own.
const cacheName = `urr-tickets-1 ${new URL(self.registration.scope).pathname}`;
/** A network at a crowded gate is often there and of no use. Milliseconds. */
const patienceMs = 4_000;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('message', (event) => {
  const answer = (isKept) => event.ports[0]?.postMessage({ isKept });
  event.waitUntil(
    keepPages(event.data).then(
      () => answer(true),
      () => answer(false),
    ),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(openPage(request));
  else if (isAsset(pathname)) event.respondWith(readAsset(request));
});

function isAsset(pathname) {
  return pathname.startsWith('/_next/static/');
}

/** The page as it is now, else as it was kept. */
async function openPage(request) {
  const kept = await caches.match(request.url, { cacheName, ignoreSearch: true, ignoreVary: true });
  if (kept === undefined) return fetch(request);
  try {
    const signal = AbortSignal.timeout(patienceMs);
    const response = await fetch(request, { signal });
    return response.status >= 500 ? kept : response;
  } catch {
    return kept;
  }
}

/** What a build made never changes under its name; what is made anew while developing is asked for first. */
async function readAsset(request) {
  const kept = await caches.match(request.url, { cacheName, ignoreVary: true });
  if (kept?.headers.get('cache-control')?.includes('immutable')) return kept;
  try {
    return await fetch(request);
  } catch (error) {
    if (kept === undefined) throw error;
    return kept;
  }
}

/** Keeps these pages with all they name and what one of them was seen to load, and nothing else. */
async function keepPages({ pages, assets }) {
  const cache = await caches.open(cacheName);
  const loaded = new Set(assets.filter(isAsset));
  for (const page of pages) {
    const html = await keepPage(cache, page);
    for (const [asset] of html.matchAll(/\/_next\/static\/[^"'\\\s<>]+/g)) loaded.add(asset);
  }
  await Promise.all([...loaded].map((asset) => keepAsset(cache, asset)));
  const wanted = new Set([...pages, ...loaded].map((path) => new URL(path, self.location.origin).href));
  const others = (await cache.keys()).filter(({ url }) => !wanted.has(url));
  await Promise.all(others.map((request) => cache.delete(request)));
}

async function keepPage(cache, page) {
  const response = await fetch(page, { credentials: 'same-origin', headers: { accept: 'text/html' } });
  if (!response.ok || response.redirected) throw new Error(`${page} cannot be kept`);
  await cache.put(page, response.clone());
  return response.text();
}

async function keepAsset(cache, asset) {
  const kept = await cache.match(asset, { ignoreVary: true });
  if (!kept?.headers.get('cache-control')?.includes('immutable')) await cache.add(asset);
}
