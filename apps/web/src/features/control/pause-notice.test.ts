import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noticeFaults } from './pause-notice.ts';

test('a notice is a short line in both languages, the English one in plain letters', () => {
  assert.deepEqual(noticeFaults({ ko: '잠시 점검 중입니다', en: 'Back in a minute' }), {
    ko: false,
    en: false,
  });
  assert.deepEqual(noticeFaults({ ko: ' ', en: '' }), { ko: true, en: true });
  assert.deepEqual(noticeFaults({ ko: '가'.repeat(41), en: 'a'.repeat(81) }), { ko: true, en: true });
  assert.deepEqual(noticeFaults({ ko: '줄\n바꿈', en: '잠시만요' }), { ko: true, en: true });
  assert.deepEqual(noticeFaults({ ko: '🎫', en: 'ticket' }), { ko: true, en: false });
});
