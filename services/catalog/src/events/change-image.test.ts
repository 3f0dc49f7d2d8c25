import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { callRoute } from '@urr/contracts/call-route.ts';
import { imageLimits, putEventImage, removeEventImage } from '@urr/contracts/catalog-images.ts';
import type { EventDetail } from '@urr/contracts/catalog-shapes.ts';
import * as routes from '@urr/contracts/catalog.ts';
import { AWS_STANDIN_REGION, awsStandinSkip, startS3 } from '@urr/testkit/aws-standin.ts';
import type { AwsStandin } from '@urr/testkit/aws-standin-process.ts';
import {
  bodyOf,
  type Caller,
  type CatalogUnderTest,
  refusalOf,
  someone,
  startCatalog,
} from '../testing/catalog-under-test.ts';
import { eventInput } from '../testing/event-input.ts';
import { jpeg, png, webp } from '../testing/pictures.ts';

const organiser = someone('organiser');

function desk(catalog: () => CatalogUnderTest) {
  return {
    draft: async (slug: string) =>
      bodyOf(await catalog().call(routes.createEvent, { body: eventInput(slug) }, organiser)).eventId,
    upload: (eventId: string, content: Buffer, type = 'image/png', caller: Caller = organiser) =>
      callRoute(
        putEventImage,
        { params: { eventId } },
        {
          baseUrl: catalog().url,
          headers: caller.headers,
          rawBody: new Blob([new Uint8Array(content)], { type }),
        },
      ),
    remove: (eventId: string, caller: Caller = organiser) =>
      catalog().call(removeEventImage, { params: { eventId } }, caller),
    show: async (eventId: string, caller?: Caller) =>
      bodyOf(await catalog().call(routes.getEvent, { params: { eventId } }, caller)),
    fetchImage: (event: EventDetail, headers: Record<string, string> = {}) =>
      fetch(catalog().url + (event.image?.address ?? '/none'), { headers }),
  };
}

describe('the picture of an event, in a folder', () => {
  let catalog: CatalogUnderTest;
  const { draft, upload, remove, show, fetchImage } = desk(() => catalog);
  before(async () => {
    catalog = await startCatalog();
  });
  after(() => catalog.stop());
  const imagesOf = async (eventId: string) =>
    (await catalog.sql.query('SELECT * FROM images WHERE event_id = $1', [eventId])).rows as unknown[];
  const auditsOf = async (eventId: string) =>
    (
      await catalog.sql.query(
        `SELECT actor, before, after FROM audit_log WHERE subject = $1 AND action = 'event.image' ORDER BY id`,
        [`event:${eventId}`],
      )
    ).rows as { actor: string; before: { image: unknown }; after: { image: unknown; bytes?: number } }[];

  test('is shown to everybody once uploaded, and served as what it is for a year', async () => {
    const eventId = await draft('pictured');
    bodyOf(await catalog.call(routes.publishEvent, { params: { eventId } }, organiser));
    const before = await show(eventId, organiser);
    assert.equal(before.image, undefined);
    for (const [type, file] of [
      ['image/png', png(300, 450)],
      ['image/jpeg', jpeg(300, 450)],
      ['image/webp', webp('VP8X', 300, 450)],
    ] as const) {
      const event = bodyOf(await upload(eventId, file, type));
      assert.deepEqual({ ...event.image, address: '' }, { address: '', width: 300, height: 450 });
      const answer = await fetchImage(event);
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('content-type'), type);
      assert.equal(answer.headers.get('content-length'), String(file.length));
      assert.equal(answer.headers.get('cache-control'), 'public, max-age=31536000, immutable');
      assert.ok(file.equals(Buffer.from(await answer.arrayBuffer())));
      const again = await fetchImage(event, { 'if-none-match': answer.headers.get('etag') ?? '' });
      assert.equal(again.status, 304);
      const head = await fetch(answer.url, { method: 'HEAD' });
      assert.deepEqual([head.status, head.headers.get('content-length')], [200, String(file.length)]);
    }
    const after = await show(eventId, organiser);
    assert.equal(after.organiser?.version, before.organiser?.version, 'ticket-service learns nothing');
    assert.deepEqual((await show(eventId)).image, after.image);
    const { events } = bodyOf(
      await catalog.call(routes.listEvents, { query: { q: 'pictured', mine: true } }, organiser),
    );
    assert.deepEqual(events[0]?.image, after.image);
  });

  test('may be replaced and taken away, and each change is recorded with its author', async () => {
    const eventId = await draft('changing');
    const first = bodyOf(await upload(eventId, png(300, 300, 'one')));
    const second = bodyOf(await upload(eventId, png(300, 300, 'two')));
    assert.notEqual(second.image?.address, first.image?.address);
    assert.equal((await fetchImage(first)).status, 200, 'pages that are open still show the old one');
    const none = bodyOf(await remove(eventId));
    assert.equal(none.image, undefined);
    const keyOf = (event: EventDetail) => event.image?.address.split('/').at(-1);
    assert.deepEqual(
      (await auditsOf(eventId)).map(({ actor, before, after }) => [actor, before.image, after.image]),
      [
        [organiser.accountId, null, keyOf(first)],
        [organiser.accountId, keyOf(first), keyOf(second)],
        [organiser.accountId, keyOf(second), null],
      ],
    );
  });

  test('the same picture again, or taking away none, changes nothing', async () => {
    const eventId = await draft('same-picture');
    bodyOf(await remove(eventId));
    const first = bodyOf(await upload(eventId, png()));
    assert.deepEqual(bodyOf(await upload(eventId, png())).image, first.image);
    assert.equal((await auditsOf(eventId)).length, 1);
    assert.equal((await imagesOf(eventId)).length, 1);
  });

  test('two at once: one is shown, the other one is left to the sweeper', async () => {
    const eventId = await draft('contested-picture');
    const both = await Promise.all([
      upload(eventId, png(300, 300, 'a')),
      upload(eventId, png(300, 300, 'b')),
    ]);
    assert.ok(both.every(({ ok }) => ok));
    const { rows } = await catalog.sql.query(
      'SELECT key FROM images WHERE event_id = $1 AND remove_after IS NULL',
      [eventId],
    );
    const shown = (await show(eventId, organiser)).image?.address;
    assert.deepEqual(
      rows.map(({ key }: { key: string }) => `/api/v1/images/${key}`),
      [shown],
    );
  });

  test('is nobody else’s to change', async () => {
    const eventId = await draft('foreign-picture');
    const others: readonly (readonly [Caller, string])[] = [
      [someone('fan'), 'forbidden'],
      [someone('organiser'), 'event-not-found'],
      [{ accountId: '', headers: {} }, 'unauthenticated'],
    ];
    for (const [caller, code] of others) {
      assert.equal(refusalOf(await upload(eventId, png(), 'image/png', caller)), code);
      assert.equal(refusalOf(await remove(eventId, caller)), code);
    }
    bodyOf(await catalog.call(routes.publishEvent, { params: { eventId } }, organiser));
    assert.equal(refusalOf(await upload(eventId, png(), 'image/png', someone('organiser'))), 'forbidden');
    assert.equal(refusalOf(await upload(randomUUID(), png())), 'event-not-found');
    assert.deepEqual(await imagesOf(eventId), []);
    bodyOf(await upload(eventId, png(), 'image/png', someone('admin')));
    bodyOf(await catalog.call(routes.cancelEvent, { params: { eventId } }, organiser));
    assert.equal(refusalOf(await upload(eventId, png(300, 300, 'late'))), 'event-cancelled');
  });

  test('a file that is no fitting picture is refused and leaves nothing', async () => {
    const eventId = await draft('refused-picture');
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');
    const refused: readonly (readonly [Buffer, string, string])[] = [
      [svg, 'image/svg+xml', 'unsupported-media-type'],
      [Buffer.from('{}'), 'application/json', 'unsupported-media-type'],
      [svg, 'image/png', 'image-unreadable'],
      [Buffer.from('<!doctype html><script>1</script>'), 'image/jpeg', 'image-unreadable'],
      [png(), 'image/jpeg', 'image-unreadable'],
      [Buffer.alloc(0), 'image/png', 'image-unreadable'],
      [png(100, 400), 'image/png', 'image-dimensions'],
      [Buffer.concat([png(), Buffer.alloc(imageLimits.bytes)]), 'image/png', 'payload-too-large'],
    ];
    for (const [file, type, code] of refused)
      assert.equal(refusalOf(await upload(eventId, file, type)), code, `${type} ${file.length}`);
    assert.deepEqual(await imagesOf(eventId), []);
    const largest = Buffer.concat([png(), Buffer.alloc(imageLimits.bytes)]).subarray(0, imageLimits.bytes);
    bodyOf(await upload(eventId, largest));
  });

  test('cannot be changed without end: twenty are kept at most until the sweeper has been', async () => {
    const eventId = await draft('restless');
    for (let n = 0; n < 20; n += 1) bodyOf(await upload(eventId, png(300, 300, String(n))));
    assert.equal(refusalOf(await upload(eventId, png(300, 300, 'more'))), 'image-changed-too-often');
    assert.equal((await imagesOf(eventId)).length, 20);
  });

  test('an address that names no picture is not found, and what cannot be one is refused', async () => {
    const statusOf = async (key: string) => (await fetch(`${catalog.url}/api/v1/images/${key}`)).status;
    assert.equal(await statusOf(`${'0'.repeat(40)}.png`), 404);
    for (const key of ['..%2Fsecrets', `${'0'.repeat(40)}.svg`, 'x'])
      assert.equal(await statusOf(key), 422, key);
  });
});

describe('the picture of an event, in S3', { skip: awsStandinSkip() }, () => {
  let s3: AwsStandin;
  let catalog: CatalogUnderTest;
  const { draft, upload, show, fetchImage } = desk(() => catalog);
  before(async () => {
    s3 = await startS3(['posters']);
    catalog = await startCatalog({
      AWS_S3_BUCKET: 'posters',
      AWS_REGION: AWS_STANDIN_REGION,
      AWS_ENDPOINT_URL: s3.url,
    });
  });
  after(async () => {
    await catalog.stop();
    await s3.stop();
  });

  test('is streamed from there; while S3 is away, uploads are refused and the event stays as it is', async () => {
    const eventId = await draft('in-s3');
    const event = bodyOf(await upload(eventId, png(900, 1200)));
    const answer = await fetchImage(event);
    assert.equal(answer.headers.get('content-type'), 'image/png');
    assert.ok(png(900, 1200).equals(Buffer.from(await answer.arrayBuffer())));
    await s3.stop();
    assert.equal(refusalOf(await upload(eventId, jpeg(), 'image/jpeg')), 'upstream-unavailable');
    assert.equal((await fetchImage(event)).status, 503);
    assert.deepEqual((await show(eventId, organiser)).image, event.image);
    s3 = await startS3(['posters'], { port: Number(new URL(s3.url).port) });
    bodyOf(await upload(eventId, jpeg(), 'image/jpeg'));
  });
});
