import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { test, type TestContext } from 'node:test';
import { takesPageRequest } from './page-request.ts';

async function answerTo(context: TestContext, raw: string): Promise<string> {
  const server = createServer((request, response) => {
    if (takesPageRequest(request, response)) response.end('page');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const reader = connect((server.address() as AddressInfo).port, '127.0.0.1');
  context.after(() => {
    reader.destroy();
    server.close();
  });
  reader.write(raw);
  return String(((await once(reader, 'data')) as [Buffer])[0]);
}

test('whatever is shown cannot be framed or taken for something else', async (context) => {
  const answer = await answerTo(context, 'GET /a.b HTTP/1.1\r\nhost: x\r\n\r\n');
  assert.match(answer, /^HTTP\/1\.1 200 /);
  for (const header of [/frame-ancestors 'none'/, /x-content-type-options: nosniff/, /x-frame-options: DENY/])
    assert.match(answer, header);
});

test('methods and addresses that no page has are refused before anything is rendered', async (context) => {
  for (const [line, status] of [
    ['TRACE /ko', 405],
    ['OPTIONS *', 405],
    ['GET http://evil.example/ko', 400],
    ['GET /ko/%E0%A4%A', 400],
  ] as const)
    assert.match(
      await answerTo(context, `${line} HTTP/1.1\r\nhost: x\r\n\r\n`),
      new RegExp(`^HTTP/1\\.1 ${status} `),
      line,
    );
});
