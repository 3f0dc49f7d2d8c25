import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readAnswer } from './answer-bytes.ts';

const answers = {
  plain: 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello',
  chunked:
    'HTTP/1.1 409 Conflict\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1a\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n',
  empty: 'HTTP/1.1 204 No Content\r\nx: y\r\n\r\n',
  closing: 'HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\n\r\n',
} as const;

test('an answer is read with its status and its whole length', () => {
  const read = (text: string) => readAnswer(Buffer.from(text));
  assert.deepEqual(read(answers.plain), { status: 200, length: answers.plain.length, isLast: false });
  assert.deepEqual(read(answers.chunked), { status: 409, length: answers.chunked.length, isLast: false });
  assert.deepEqual(read(answers.empty), { status: 204, length: answers.empty.length, isLast: false });
  assert.deepEqual(read(answers.closing), { status: 503, length: answers.closing.length, isLast: true });
});

test('an answer cut anywhere is not complete', () => {
  const anyCut = fc
    .constantFrom(...Object.values(answers))
    .chain((text) => fc.tuple(fc.constant(text), fc.integer({ min: 0, max: text.length - 1 })));
  fc.assert(
    fc.property(anyCut, ([text, cut]) => {
      assert.equal(readAnswer(Buffer.from(text.slice(0, cut))), undefined);
    }),
  );
});

test('what is no answer, or one without a length, is a fault', () => {
  assert.throws(() => readAnswer(Buffer.from('hello\r\n\r\n')), /no answer/);
  assert.throws(() => readAnswer(Buffer.from('HTTP/1.1 200 OK\r\nx: y\r\n\r\n')), /without a length/);
  assert.throws(
    () => readAnswer(Buffer.from('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n')),
    /without a size/,
  );
});
