import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { findBarriers } from './axe.ts';
import { launchChromium, whyNoBrowser } from './chromium.ts';
import { isWiderThanWindow } from './layout.ts';
import { weigh } from './weigh.ts';

// What judges the pages is shown pages of which the judgement is known.
const skip = whyNoBrowser() ?? false;
const noise = randomBytes(30_000).toString('base64');
let server: Server;
let origin: string;
let browser: Browser;

const good = '<h1>Seats</h1><label>Name <input></label>';
const bodies: Readonly<Record<string, string>> = {
  '/heavy': '<script src="/first.js"></script><script src="/second.js"></script>',
  '/good': good,
  '/nameless': '<h1>Seats</h1><button></button>',
  '/pale': '<h1>Seats</h1><p style="color:#aaa;background:#fff">Sold out</p>',
  '/wide': `${good}<div style="width:900px">wide</div>`,
};

before(async () => {
  if (skip !== false) return;
  server = createServer((request, response) => {
    const path = request.url ?? '';
    const isScript = path.endsWith('.js');
    const head = '<!doctype html><html lang="en"><title>Seats</title><link rel="icon" href="data:,">';
    const view = '<meta name="viewport" content="width=device-width">';
    response.writeHead(200, {
      'content-type': isScript ? 'text/javascript' : 'text/html',
      'content-encoding': 'gzip',
    });
    const body = isScript ? `"${path}${noise}"` : `${head}${view}<main>${bodies[path] ?? ''}</main>`;
    response.end(gzipSync(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  server?.close();
});

async function on<Outcome>(path: string, look: (page: Page) => Promise<Outcome>): Promise<Outcome> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await page.goto(origin + path);
  try {
    return await look(page);
  } finally {
    await context.close();
  }
}

test('every script that was loaded is weighed as it travels', { skip }, async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const load = weigh(page);
  await page.goto(`${origin}/heavy`);
  const one = gzipSync(`"/first.js${noise}"`).length;
  assert.ok(Math.abs((await load.scripts()) - 2 * one) < 200);
  assert.ok((await load.documents()) < 1_000);
  await context.close();
});

test('a button without a name and a pale text are found, and nothing on a good page', { skip }, async () => {
  const rulesOn = async (path: string) => (await on(path, findBarriers)).map(({ rule }) => rule);
  assert.deepEqual(await rulesOn('/nameless'), ['button-name']);
  assert.deepEqual(await rulesOn('/pale'), ['color-contrast']);
  assert.deepEqual(await rulesOn('/good'), []);
});

test('a page that is wider than a phone is found', { skip }, async () => {
  assert.equal(await on('/wide', isWiderThanWindow), true);
  assert.equal(await on('/good', isWiderThanWindow), false);
});
