import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { addMailboxRoutes } from '../mailbox/mailbox-routes.ts';
import { createSimulator } from './app.ts';
import { loadConfig } from './config.ts';
import { keyEnvironment, temporaryFolder } from './test-simulator.ts';

const mailbox = { authServiceUrl: 'http://127.0.0.1:9', internalToken: 'unused' };

async function startPages(context: TestContext, hasMailbox: boolean) {
  const folder = await temporaryFolder(context);
  const app = await createSimulator(loadConfig({ ...keyEnvironment, SIMULATOR_STATE_DIR: folder }));
  context.after(() => app.close());
  if (hasMailbox) await app.register(async (pages) => addMailboxRoutes(pages, mailbox));
  return (path: string, language = 'ko') =>
    app.inject({ url: path, headers: { 'accept-language': language, host: 'localhost:3010' } });
}

const linksOf = (body: string) => [...body.matchAll(/href="([^"]+)"/g)].map(([, href = '']) => href);

test('the address that npm start prints says what this is, and leads to the pages there are', async (context) => {
  const read = await startPages(context, true);
  const korean = await read('/');
  assert.equal(korean.statusCode, 200);
  assert.match(String(korean.headers['content-type']), /^text\/html/);
  assert.match(korean.body, /<html lang="ko">[^]*모의 결제/);
  assert.deepEqual(linksOf(korean.body), ['/?lang=en', '/checkout/deposits', '/mailbox']);
  const english = await read('/?lang=en');
  assert.match(english.body, /<html lang="en">[^]*Payment simulator[^]*no money moves/);
  assert.deepEqual(linksOf(english.body), ['/?lang=ko', '/checkout/deposits?lang=en', '/mailbox?lang=en']);
  assert.equal((await read('/checkout/deposits?lang=en')).statusCode, 200);
});

test('where mails are sent, it names no mailbox', async (context) => {
  const read = await startPages(context, false);
  assert.deepEqual(linksOf((await read('/')).body), ['/?lang=en', '/checkout/deposits']);
});
