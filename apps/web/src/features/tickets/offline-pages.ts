import { type Locale, localePath } from '../../i18n/routing.ts';

const workerPath = '/tickets-worker.js';
/** As the worker names it. */
const cachePrefix = 'urr-tickets';

/** Keeps the list of tickets and these tickets' pages openable without a network; false where a browser cannot. */
export async function keepPagesOffline(locale: Locale, ticketIds: readonly string[]): Promise<boolean> {
  // Service workers need a secure connection, or one's own machine.
  if (!('serviceWorker' in navigator)) return false;
  const list = localePath(locale, '/tickets');
  const pages = [list, ...ticketIds.map((ticketId) => `${list}/${ticketId}`)];
  try {
    // The scope is narrow: no other page of the shop goes through the worker.
    await navigator.serviceWorker.register(workerPath, { scope: list });
    const { active } = await navigator.serviceWorker.ready;
    return active === null ? false : await ask(active, pages);
  } catch {
    return false;
  }
}

/** Forgets the pages and the worker. */
export async function forgetOfflinePages(): Promise<void> {
  if ('caches' in globalThis) {
    const names = (await caches.keys()).filter((name) => name.startsWith(cachePrefix));
    await Promise.all(names.map((name) => caches.delete(name)));
  }
  if ('serviceWorker' in navigator) {
    const registrations = await navigator.serviceWorker.getRegistrations();
    const own = registrations.filter(({ active }) => active?.scriptURL.endsWith(workerPath));
    await Promise.all(own.map((registration) => registration.unregister()));
  }
}

function ask(worker: ServiceWorker, pages: readonly string[]): Promise<boolean> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.addEventListener('message', ({ data }: MessageEvent<{ isKept: boolean }>) => {
      port1.close();
      resolve(data.isKept);
    });
    port1.start();
    worker.postMessage({ pages, assets: loadedAssets() }, [port2]);
  });
}

/** Paths of what this page has loaded from our own site: some scripts are named by scripts alone. */
function loadedAssets(): string[] {
  const addresses = performance.getEntriesByType('resource').map(({ name }) => new URL(name));
  return addresses.filter(({ origin }) => origin === window.location.origin).map(({ pathname }) => pathname);
}
