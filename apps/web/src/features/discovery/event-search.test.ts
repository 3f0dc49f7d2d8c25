import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  areDatesCrossed,
  countFilters,
  isQueryCut,
  listQueryOf,
  readEventSearch,
  searchPath,
} from './event-search.ts';

test('an address without a query asks for what can be booked, soonest first', () => {
  assert.deepEqual(listQueryOf(readEventSearch({})), { state: 'upcoming,on_sale', sort: 'startsAt' });
});

test('what an address says that means nothing is as if it were not said', () => {
  const search = readEventSearch({
    q: ' \u0000moon ',
    state: 'toString',
    sort: 'random',
    from: '2026-02-31',
    to: 'tomorrow',
    cursor: 'a b',
    city: ['서울특별시', 'x'],
  });
  assert.deepEqual(listQueryOf(search), {
    q: 'moon',
    city: '서울특별시',
    state: 'upcoming,on_sale',
    sort: 'startsAt',
  });
});

test('a search survives its address', () => {
  const search = readEventSearch({
    q: '달',
    state: 'past',
    sort: '-price',
    from: '2026-12-01',
    to: '2026-12-31',
  });
  const path = searchPath(search);
  assert.deepEqual(
    readEventSearch(Object.fromEntries(new URL(path, 'http://localhost').searchParams)),
    search,
  );
  assert.equal(searchPath(readEventSearch({})), '/search');
});

test('a long text is cut, keeps whole characters, and it is noticed', () => {
  assert.equal(readEventSearch({ q: `${'a'.repeat(99)}😀` }).q, 'a'.repeat(99));
  assert.equal(isQueryCut({ q: 'a'.repeat(101) }), true);
  assert.equal(isQueryCut({ q: ` ${'a'.repeat(100)} ` }), false);
});

test('a last day before the first is noticed', () => {
  assert.equal(areDatesCrossed({ from: '2026-12-02', to: '2026-12-01' }), true);
  assert.equal(areDatesCrossed({ from: '2026-12-01', to: '2026-12-01' }), false);
  assert.equal(areDatesCrossed({ from: '', to: '2026-12-01' }), false);
});

test('conditions are counted, words are not', () => {
  assert.equal(countFilters(readEventSearch({ q: 'x' })), 0);
  assert.equal(countFilters(readEventSearch({ city: 'Seoul', from: '2026-12-01' })), 2);
});
