import type { BrowserContext, ConsoleMessage, Page, Request } from 'playwright-core';

/** Something a page did that no page may do. */
export interface PageFault {
  readonly kind: 'console' | 'exception' | 'failed request' | 'foreign request' | 'server error';
  readonly page: string;
  readonly text: string;
}

/** A fault that a journey brings about on purpose, and why. */
export interface AllowedFault {
  readonly pattern: RegExp;
  readonly because: string;
}

/** Notes every fault of every page of a context. `origins` are the only ones it may reach. */
export function watchContext(context: BrowserContext, origins: readonly string[], faults: PageFault[]): void {
  context.on('page', (page) => watchPage(page, faults));
  context.on('request', (request) => {
    const origin = originOf(request.url());
    if (origin !== undefined && !origins.includes(origin))
      faults.push({ kind: 'foreign request', page: pageOf(request), text: request.url() });
  });
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? 'failed';
    // Leaving a page gives up what was under way; a foreign request is noted already.
    if (reason === 'net::ERR_ABORTED' || !origins.includes(originOf(request.url()) ?? '')) return;
    faults.push({ kind: 'failed request', page: pageOf(request), text: `${request.url()}: ${reason}` });
  });
  context.on('response', (response) => {
    if (response.status() < 500) return;
    const text = `${response.request().method()} ${response.url()}: ${response.status()}`;
    faults.push({ kind: 'server error', page: pageOf(response.request()), text });
  });
}

/** The faults that no rule allows. */
export function unexpected(faults: readonly PageFault[], allowed: readonly AllowedFault[]): PageFault[] {
  return faults.filter((fault) => !allowed.some(({ pattern }) => pattern.test(fault.text)));
}

// Violations of the security policy are errors of the console too.
function watchPage(page: Page, faults: PageFault[]): void {
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    faults.push({ kind: 'console', page: page.url(), text: textOf(message) });
  });
  page.on('pageerror', (error) => {
    faults.push({ kind: 'exception', page: page.url(), text: error.stack ?? error.message });
  });
}

function textOf(message: ConsoleMessage): string {
  const { url } = message.location();
  return `${message.text()} @ ${url}`;
}

function originOf(url: string): string | undefined {
  return /^(https?|wss?):/.test(url) ? new URL(url).origin.replace(/^ws/, 'http') : undefined;
}

// A request of a service worker has no frame.
function pageOf(request: Request): string {
  return request.serviceWorker() === null
    ? (request.frame().parentFrame() ?? request.frame()).url()
    : 'worker';
}
