import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchChromium, whyNoBrowser } from './chromium.ts';
import { type PageFault, unexpected, watchContext } from './watch-page.ts';

// Each detector is shown a page that does what it watches for.
const skip = whyNoBrowser() ?? false;
let server: Server;
let origin: string;
let browser: Browser;

const bodies: Readonly<Record<string, string>> = {
  '/quiet': '<p>nothing</p>',
  '/exception': '<script nonce="n">setTimeout(() => { throw new Error("thrown on purpose") })</script>',
  '/console': '<script nonce="n">console.error("said on purpose")</script>',
  '/inline': '<script>document.title = "ran"</script>',
  '/foreign': '<img src="http://127.0.0.2:9/pixel.png" alt="">',
  '/broken': '<script nonce="n">fetch("/reset").catch(() => {})</script>',
  '/failing': '<script nonce="n">fetch("/500")</script>',
};

before(async () => {
  if (skip !== false) return;
  server = createServer((request, response) => {
    const path = request.url ?? '';
    if (path === '/reset') return void request.socket.destroy();
    response.writeHead(path === '/500' ? 500 : 200, {
      'content-type': 'text/html',
      'content-security-policy': "script-src 'nonce-n'; img-src * data:",
    });
    response.end(`<!doctype html><title>t</title><link rel="icon" href="data:,">${bodies[path] ?? ''}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  server?.close();
});

async function faultsOf(path: string): Promise<PageFault[]> {
  const context = await browser.newContext();
  const faults: PageFault[] = [];
  watchContext(context, [origin], faults);
  const page = await context.newPage();
  await page.goto(origin + path);
  await page.waitForTimeout(150);
  await context.close();
  return faults;
}

const expected: readonly [path: string, kind: PageFault['kind'], text: RegExp][] = [
  ['/exception', 'exception', /thrown on purpose/],
  ['/console', 'console', /said on purpose/],
  ['/inline', 'console', /Content Security Policy/],
  ['/foreign', 'foreign request', /127\.0\.0\.2/],
  ['/broken', 'failed request', /\/reset/],
  ['/failing', 'server error', /\/500: 500/],
];

for (const [path, kind, text] of expected) {
  test(`a page with a fault of the kind ${path.slice(1)} is caught`, { skip }, async () => {
    const faults = await faultsOf(path);
    assert.ok(
      faults.some((fault) => fault.kind === kind && text.test(fault.text)),
      JSON.stringify(faults),
    );
  });
}

test('a page that does nothing wrong has no faults', { skip }, async () => {
  assert.deepEqual(await faultsOf('/quiet'), []);
});

test('a fault that is allowed is forgiven, and no other', { skip }, async () => {
  const faults = await faultsOf('/console');
  assert.deepEqual(unexpected(faults, [{ pattern: /on purpose/, because: 'it is' }]), []);
  assert.equal(unexpected(faults, [{ pattern: /other/, because: 'it is not' }]).length, 1);
});
