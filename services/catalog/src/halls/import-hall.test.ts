import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as routes from '@urr/contracts/catalog.ts';
import type { HallImport } from '@urr/contracts/catalog-shapes.ts';
import {
  bodyOf,
  type Caller,
  type CatalogUnderTest,
  hallImport,
  refusalOf,
  someone,
  startCatalog,
} from '../testing/catalog-under-test.ts';

let catalog: CatalogUnderTest;
before(async () => (catalog = await startCatalog()));
after(() => catalog.stop());

const organiser = someone('organiser');
const take = (body: HallImport, caller: Caller = organiser, headers = {}) =>
  catalog.call(routes.importHall, { body, query: {} }, caller, headers);
const preview = (body: HallImport, caller: Caller = organiser) =>
  catalog.call(routes.importHall, { body, query: { dryRun: true } }, caller);
const count = async (table: string) =>
  (await catalog.sql.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`)).rows[0]?.count;
const auditsOf = async (hallId: string | null) =>
  (
    await catalog.sql.query<{ actor: string; action: string; before: unknown; after: { version: number } }>(
      'SELECT actor, action, before, after FROM audit_log WHERE subject = $1 ORDER BY id',
      [`hall:${hallId}`],
    )
  ).rows;

test('a new file of a hall makes a new version, the same seats again make none', async () => {
  const first = bodyOf(await take(hallImport('versions')));
  assert.deepEqual([first.version, first.isNew, first.seats], [1, true, 30]);
  const crlf = { ...hallImport('versions'), csv: hallImport('versions').csv.replaceAll('\n', '\r\n') };
  const same = bodyOf(await take(crlf));
  assert.deepEqual([same.version, same.isNew, same.layoutId], [1, false, first.layoutId]);
  const second = bodyOf(await take(hallImport('versions', 4)));
  assert.deepEqual([second.version, second.isNew, second.seats], [2, true, 40]);
  const shown = bodyOf(await catalog.call(routes.getHall, { params: { hallId: first.hallId ?? '' } }));
  assert.deepEqual([shown.version, shown.seats, shown.slug], [2, 40, 'versions']);
  const audits = await auditsOf(first.hallId);
  assert.deepEqual(
    audits.map((row) => [row.actor, row.action, row.before !== null, row.after.version]),
    [
      [organiser.accountId, 'hall.import', false, 1],
      [organiser.accountId, 'hall.import', true, 2],
    ],
  );
});

test('a layout version never changes, not even by hand', async () => {
  const { layoutId } = bodyOf(await take(hallImport('immutable')));
  await assert.rejects(
    catalog.sql.query(`UPDATE layouts SET seats = '[]' WHERE id = $1`, [layoutId]),
    /never changes/,
  );
  await assert.rejects(catalog.sql.query('DELETE FROM layouts WHERE id = $1', [layoutId]), /never changes/);
});

test('imports of one hall at once follow one another', async () => {
  const reports = await Promise.all([2, 3, 4, 5, 6].map((rows) => take(hallImport('race', rows))));
  const versions = reports.map((report) => bodyOf(report).version ?? 0).toSorted((a, b) => a - b);
  assert.deepEqual(versions, [1, 2, 3, 4, 5]);
});

test('a file with faults is refused whole, with its lines, and changes nothing', async () => {
  const good = hallImport('refused');
  const bad = {
    ...good,
    csv: good.csv.replace('Floor,2,1,R', 'Floor,2,1,Q').replace('Floor,3,1,R', 'Floor,,1,R'),
  };
  const before = [await count('halls'), await count('layouts'), await count('audit_log')];
  const result = await take(bad);
  assert.equal(refusalOf(result), 'hall-file-refused');
  const data = result.ok ? undefined : (result.problem.data as { total: number; errors: { line: number }[] });
  assert.deepEqual([data?.total, data?.errors.map(({ line }) => line)], [2, [12, 22]]);
  assert.deepEqual([await count('halls'), await count('layouts'), await count('audit_log')], before);
});

test('a preview tells counts and faults by line and changes nothing', async () => {
  const before = [await count('halls'), await count('layouts'), await count('audit_log')];
  const good = bodyOf(await preview(hallImport('preview')));
  assert.deepEqual([good.accepted, good.version, good.isNew, good.hallId], [true, 1, true, null]);
  assert.deepEqual(good.grades, [
    { grade: 'VIP', seats: 10, sellable: 10 },
    { grade: 'R', seats: 20, sellable: 20 },
  ]);
  const bad = { ...hallImport('preview'), csv: 'section,row,seat,grade,x,y,flags\nA,1,1,Q,0,0,' };
  const report = bodyOf(await preview(bad));
  assert.deepEqual([report.accepted, report.errorCount, report.errors[0]?.line], [false, 1, 2]);
  assert.deepEqual([await count('halls'), await count('layouts'), await count('audit_log')], before);
});

test('a key used for a preview does not answer for the import', async () => {
  const body = hallImport('keyed');
  const headers = { 'idempotency-key': 'one-key' };
  bodyOf(await catalog.call(routes.importHall, { body, query: { dryRun: true } }, organiser, headers));
  assert.equal(refusalOf(await take(body, organiser, headers)), 'idempotency-key-reused');
});

test('only its owner and admins import a hall again; fans and strangers import none', async () => {
  bodyOf(await take(hallImport('owned')));
  const other = someone('organiser');
  assert.equal(refusalOf(await take(hallImport('owned', 5), other)), 'forbidden');
  assert.equal(refusalOf(await preview(hallImport('owned', 5), other)), 'forbidden');
  assert.equal(refusalOf(await take(hallImport('fans'), someone('fan'))), 'forbidden');
  assert.equal(
    refusalOf(await catalog.call(routes.importHall, { body: hallImport('nobody'), query: {} })),
    'unauthenticated',
  );
  assert.equal(bodyOf(await take(hallImport('owned', 5), someone('admin'))).version, 2);
});

test('halls are listed page by page without a gap', async () => {
  for (const slug of ['page-a', 'page-b', 'page-c']) bodyOf(await take(hallImport(slug)));
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: 2, ...(cursor === undefined ? {} : { cursor }) };
    const page = bodyOf(await catalog.call(routes.listHalls, { query }, organiser));
    seen.push(...page.halls.map(({ slug }) => slug));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  assert.deepEqual(seen, seen.toSorted());
  assert.equal(seen.filter((slug) => slug.startsWith('page-')).length, 3);
  assert.equal(refusalOf(await catalog.call(routes.listHalls, { query: {} }, someone('fan'))), 'forbidden');
});
