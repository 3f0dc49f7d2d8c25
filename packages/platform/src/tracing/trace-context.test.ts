import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newTraceContext, readTraceContext, traceHeaders } from './trace-context.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';
const read = (traceparent: string, tracestate?: string) =>
  readTraceContext({ traceparent, ...(tracestate === undefined ? {} : { tracestate }) });

test('a context is handed on as it came', () => {
  const given = ['traceparent', `00-${traceId}-${spanId}-03`, 'tracestate', 'a=1,b=2'];
  const context = read(String(given[1]), 'a=1,b=2');
  assert.ok(context !== undefined);
  assert.deepEqual(traceHeaders(context), given);
  assert.deepEqual(readTraceContext({ traceparent: traceHeaders(newTraceContext(true))[1] })?.flags, 1);
});

test('a later version counts by what this one knows', () => {
  assert.equal(read(`01-${traceId}-${spanId}-01-more`)?.traceId, traceId);
});

test('a malformed context is none', () => {
  const malformed = [
    '',
    '00-zz',
    `ff-${traceId}-${spanId}-01`,
    `00-${traceId}-${spanId}-01-more`,
    `00-${traceId.toUpperCase()}-${spanId}-01`,
    `00-${'0'.repeat(32)}-${spanId}-01`,
    `00-${traceId}-${'0'.repeat(16)}-01`,
    `00-${traceId}-${spanId}-1`,
  ];
  for (const traceparent of malformed) assert.equal(read(traceparent, 'a=1'), undefined, traceparent);
  assert.equal(readTraceContext({ tracestate: 'a=1' }), undefined);
});

test('a state that is too long or no text is dropped alone', () => {
  for (const state of ['x'.repeat(513), 'a=\u00e9', ''])
    assert.equal(read(`00-${traceId}-${spanId}-01`, state)?.state, undefined);
});
