import assert from 'node:assert/strict';
import { mock, test, type TestContext } from 'node:test';
import type { SeatStatus } from '@urr/contracts/ticket-reads.ts';
import {
  type Freshness,
  LiveStatus,
  looksBeforeStream,
  openWithinMs,
  pollEveryMs,
  type Stream,
} from './live-status.ts';
import { testChange, testStatus } from './test-hall.ts';

/** A stream in the hands of the test. */
class HandStream implements Stream {
  onopen: Stream['onopen'] = null;
  onerror: Stream['onerror'] = null;
  isClosed = false;
  readonly after: string;
  readonly #listeners = new Map<string, (event: MessageEvent<string>) => void>();

  constructor(after: string) {
    this.after = after;
  }

  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void {
    this.#listeners.set(type, listener);
  }

  close(): void {
    this.isClosed = true;
  }

  say(type: string, data: unknown): void {
    this.#listeners.get(type)?.(new MessageEvent(type, { data: JSON.stringify(data) }));
  }

  open(): void {
    this.onopen?.(new Event('open'));
  }

  fail(): void {
    this.onerror?.(new Event('error'));
  }
}

function follow(t: TestContext, readStatus: () => Promise<SeatStatus | undefined> = async () => undefined) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const streams: HandStream[] = [];
  const freshness: Freshness[] = [];
  const onStatus = mock.fn();
  const onChange = mock.fn();
  const openStream = (after: string) => {
    const stream = new HandStream(after);
    streams.push(stream);
    return stream;
  };
  const onFreshness = (state: Freshness) => void freshness.push(state);
  const live = new LiveStatus({ openStream, readStatus, onStatus, onChange, onFreshness }, 'a.1');
  live.follow();
  return { live, streams, freshness, onStatus, onChange };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('the stream begins after the version that is there', (t) => {
  const { streams, freshness } = follow(t);
  streams[0]?.open();
  assert.equal(streams[0]?.after, 'a.1');
  assert.deepEqual(freshness, ['live']);
});

test('after a pause it goes on after the last change, so that nothing is missed', (t) => {
  const { live, streams, onChange } = follow(t);
  streams[0]?.say('change', testChange({ version: 'a.7', held: [1] }));
  live.pause();
  live.follow();
  assert.ok(streams[0]?.isClosed);
  assert.equal(streams[1]?.after, 'a.7');
  assert.equal(onChange.mock.callCount(), 1);
});

test('a broken stream is looked after by polling, and then tried again', async (t) => {
  const { streams, freshness, onStatus } = follow(t, async () => testStatus([0, 0], 'b.3'));
  streams[0]?.fail();
  await settled();
  assert.deepEqual(freshness, ['polling']);
  for (let look = 0; look < looksBeforeStream; look += 1) {
    t.mock.timers.tick(pollEveryMs * 2);
    await settled();
  }
  assert.equal(onStatus.mock.callCount(), looksBeforeStream);
  assert.equal(streams.length, 2);
  assert.equal(streams[1]?.after, 'b.3');
});

test('a stream that never opens is given up', async (t) => {
  const { streams, freshness } = follow(t, async () => testStatus([0, 0]));
  t.mock.timers.tick(openWithinMs + 1);
  await settled();
  assert.ok(streams[0]?.isClosed);
  assert.deepEqual(freshness, ['polling']);
});

test('when not even a look succeeds, that is said', async (t) => {
  const { streams, freshness } = follow(t);
  streams[0]?.fail();
  await settled();
  assert.deepEqual(freshness, ['lost']);
});

test('an answer that comes after a pause is of no account', async (t) => {
  const { promise, resolve } = Promise.withResolvers<SeatStatus | undefined>();
  const { live, streams, onStatus } = follow(t, () => promise);
  streams[0]?.fail();
  live.pause();
  resolve(testStatus([0, 0]));
  await settled();
  assert.equal(onStatus.mock.callCount(), 0);
});
